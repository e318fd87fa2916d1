// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_folder.h"
#include "ui/widgets/card.h"

#include <QFutureWatcher>
#include <QPointF>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

class QPushButton;

namespace falconer::ui {

class ElidedLabel;
class Pill;
class Workspace;

/// The run that was opened last: where it stands, and the way back into it. Hidden when there was none.
class HomeContinue : public Card {
    Q_OBJECT

public:
    explicit HomeContinue(Workspace& workspace, QWidget* parent = nullptr);
    /// Looks again for the last run.
    void refresh();
    QPushButton* goOnButton() const { return m_goOn; }

Q_SIGNALS:
    /// Whether there is a run to show.
    void shown(bool there);

private:
    class Curve;
    struct Last {
        RunSummary summary;
        std::vector<QPointF> validation;
        std::optional<std::int64_t> saved; ///< step of the newest checkpoint
    };
    static Last read(const std::filesystem::path& folder);
    void showLast();

    Workspace& m_workspace;
    QFutureWatcher<Last> m_reading;
    std::filesystem::path m_folder;
    ElidedLabel* m_name;
    Pill* m_state;
    ElidedLabel* m_facts;
    ElidedLabel* m_said;
    Curve* m_curve;
    QPushButton* m_open;
    QPushButton* m_goOn;
    bool m_resumes = false; ///< the button goes on with the run; else it opens the playground
};

} // namespace falconer::ui
