// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/run_adapters.h"

#include <QFutureWatcher>
#include <QWidget>

#include <vector>

class QComboBox;

namespace falconer::ui {

class Workspace;

/// Which run, and which of its adapters: two boxes that Playground and Export share. What is chosen is the workspace's
/// selection; folders are read in a worker thread.
class AdapterPicker : public QWidget {
    Q_OBJECT

public:
    enum class Without { notAllowed, baseModel };

    /// With Without::baseModel the draft's model can be chosen alone.
    AdapterPicker(Workspace& workspace, Without without, QWidget* parent = nullptr);

    /// What is chosen and read; nullptr while nothing is, or while it is being read.
    const RunAdapters* run() const { return m_current ? &*m_current : nullptr; }
    /// nullptr for a base model alone, and where the run has none.
    const RunAdapter* adapter() const;
    bool isReading() const { return m_details.isRunning(); }
    /// Nothing is chosen.
    bool isEmpty() const;
    /// Looks for runs again, and reads the chosen one again.
    void refresh();
    /// Why nothing can be chosen now; empty: something can.
    void setObstacle(const QString& why);
    /// The draft's model alone. Without::baseModel only.
    void chooseBaseModel();

Q_SIGNALS:
    /// run(), adapter() or isReading() is another one.
    void changed();

private:
    void listRuns();
    void showRuns(const std::vector<std::filesystem::path>& runs);
    void onRunChosen(int index);
    void onAdapterChosen(int index);
    void followSelection();
    void read();
    void onRead();
    void fillAdapters();
    void selectRow();
    void judge();

    Workspace& m_workspace;
    bool m_allowsBase;
    bool m_base = false; ///< the base model alone is chosen
    QComboBox* m_runs;
    QComboBox* m_adapters;
    std::optional<RunAdapters> m_current;
    QFutureWatcher<std::vector<std::filesystem::path>> m_list;
    QFutureWatcher<RunAdapters> m_details;
    bool m_again = false; ///< another one was chosen while one was being read
    QString m_obstacle;
};

} // namespace falconer::ui
