// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/run_comparison.h"

#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

#include <filesystem>
#include <vector>

class QCheckBox;
class QLabel;
class QStackedWidget;

namespace falconer::ui {

class Card;
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

Q_SIGNALS:
    /// A run of the sweep was chosen.
    void chosen(const std::filesystem::path& run);
    /// The numbers on show are those of the ticked runs.
    void shown();

private:
    QWidget* buildOverlay();
    QWidget* buildSweep();
    void load();
    void take();
    void showComparison();
    void showTable();

    RunLibrary& m_library;
    View m_view = View::overlay;
    RunComparison m_comparison;
    std::vector<std::filesystem::path> m_loading;
    QFutureWatcher<RunComparison> m_watcher;
    QTimer m_again;
    QStackedWidget* m_stack;
    QLabel* m_hint;
    OverlayChart* m_overlay;
    DifferencesModel* m_differences;
    RunsTable* m_table;
    QCheckBox* m_only;
    QLabel* m_conclusion;
    ParallelChart* m_sweep;
    QLabel* m_sweepText;
};

} // namespace falconer::ui
