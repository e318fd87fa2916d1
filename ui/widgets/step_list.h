// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace falconer::ui {

class ElidedLabel;
class IconLabel;

/// The steps of a longer piece of work, side by side, each with its state in words as well as in an icon.
class StepList : public QWidget {
    Q_OBJECT

public:
    enum class State { pending, active, done, skipped, failed };

    explicit StepList(const QStringList& names, QWidget* parent = nullptr);
    /// `detail` stands behind the name while it is not empty: "12 of 32".
    void set(int step, State state, const QString& detail = {});
    State state(int step) const { return m_steps[static_cast<std::size_t>(step)].state; }
    /// All pending.
    void reset();

private:
    struct Step {
        QString name;
        IconLabel* icon;
        ElidedLabel* text;
        State state = State::pending;
    };
    std::vector<Step> m_steps;
};

} // namespace falconer::ui
