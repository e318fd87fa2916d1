// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/run_forecast.h"
#include "ui/widgets/card.h"

#include <map>
#include <optional>
#include <string>

class QGridLayout;
class QLabel;

namespace falconer::ui {

class ElidedLabel;
class Workspace;

/// What will run, in a few lines that follow the draft: the Train page shows the copy that was frozen at Start.
class RecipeSummaryCard : public Card {
    Q_OBJECT

public:
    explicit RecipeSummaryCard(Workspace& workspace, QWidget* parent = nullptr);
    /// What a line says, first and second row, for tests and screen readers: "model", "data", "adapter", "base",
    /// "length", "time", "disk", "changed".
    QString text(const char* line) const;

Q_SIGNALS:
    /// The person wants to see only what was changed.
    void changedRequested();

private:
    struct Line {
        ElidedLabel* fact = nullptr;
        ElidedLabel* detail = nullptr;
    };

    void addLine(QGridLayout* grid, const char* id, const QString& name);
    void set(const char* id, const QString& fact, const QString& detail);
    void refresh();
    void showTime(const std::optional<RunForecast>& forecast);

    Workspace& m_workspace;
    std::map<std::string, Line> m_lines;
    QLabel* m_changed;
};

} // namespace falconer::ui
