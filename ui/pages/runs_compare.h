// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/run_comparison.h"

#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

#include <filesystem>
#include <map>
#include <set>
#include <utility>
#include <vector>

class QCheckBox;
class QLabel;
class QStackedWidget;

namespace falconer::ui {

class Card;
class ChartTable;
class DifferencesModel;
class OverlayChart;
class ParallelChart;
class RunLibrary;
class RunsTable;

/// The ticked runs side by side: their curves and differences, or the sweep that they are as parallel coordinates.
class RunsCompare : public QWidget {
    Q_OBJECT

public:
    enum class View { overlay, sweep };

    explicit RunsCompare(RunLibrary& library, QWidget* parent = nullptr);
    ~RunsCompare() override;
    void setView(View view);
    /// Draws that run stronger.
    void highlight(const std::filesystem::path& run);

    DifferencesModel* differences() const { return m_differences; }
    OverlayChart* overlay() const { return m_overlay; }
    ParallelChart* sweep() const { return m_sweep; }
    QString conclusionText() const;
    /// Runs whose files were read so far, those read again included.
    int readings() const { return m_readings; }

Q_SIGNALS:
    /// A run of the sweep was chosen.
    void chosen(const std::filesystem::path& run);
    /// The numbers on show are those of the ticked runs.
    void shown();

protected:
    void showEvent(QShowEvent* event) override;

private:
    /// One run's part of a comparison.
    using Part = std::pair<std::filesystem::path, RunComparison>;

    QWidget* buildOverlay();
    QWidget* buildSweep();
    /// Shows the ticked runs, after reading those that were not read yet or have changed since.
    void load();
    void readOrShow(bool changedOnes);
    void take();
    bool isTicked(const std::filesystem::path& run) const;
    /// The parts of the ticked runs, all of which are there.
    RunComparison merged() const;
    void showComparison();
    void showSweep(const QString& words);
    void showTable();

    RunLibrary& m_library;
    View m_view = View::overlay;
    RunComparison m_comparison;
    std::map<std::filesystem::path, RunComparison> m_parts; ///< of the ticked runs that were read
    std::set<std::filesystem::path> m_stale; ///< they have changed since
    std::filesystem::path m_swept; ///< the run that is selected in the sweep
    QFutureWatcher<std::vector<Part>> m_watcher;
    int m_readings = 0;
    bool m_due = false; ///< something is to be read when somebody looks
    QTimer m_again;
    QStackedWidget* m_stack;
    QLabel* m_hint;
    OverlayChart* m_overlay;
    DifferencesModel* m_differences;
    RunsTable* m_table;
    QCheckBox* m_only;
    QLabel* m_conclusion;
    ParallelChart* m_sweep;
    ChartTable* m_sweepTable;
    QLabel* m_sweepText;
};

} // namespace falconer::ui
