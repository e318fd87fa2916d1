// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/run/sweep.h"
#include "core/train/session.h"
#include "ui/models/queue_model.h"
#include "ui/session/queue_check.h"

#include <QFutureWatcher>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <filesystem>
#include <memory>
#include <vector>

namespace falconer::ui {

class Workspace;

/// Runs that wait for their turn, and what became of those that had it. They go one after the other through the
/// window's RunController, past a failure. The queue is kept in the runs folder (queue/list.json, queue/queue.json), so
/// that a window that is opened again shows where it stands. Stopping a run from outside (the Train page, closing the
/// window) ends the queue too: that run is interrupted, and the next start() goes on with it.
class QueueRunner : public QObject {
    Q_OBJECT

public:
    enum class Phase {
        idle,
        checking, ///< the preflight looks, in a worker
        running, ///< also while another run is still in the way
        lastRun ///< the run at hand ends, then the queue rests
    };

    explicit QueueRunner(Workspace& workspace);
    /// Waits for files that are being written, and for the file that a preflight is just reading.
    ~QueueRunner() override;

    QueueModel* model();
    Phase phase() const { return m_phase; }
    bool isActive() const { return m_phase == Phase::running || m_phase == Phase::lastRun; }
    /// The run of the queue that trains now; empty: none.
    const QString& current() const { return m_current; }
    int waiting();
    /// Where queue.json lies.
    const std::filesystem::path& home();

    /// Adds a run at the end; a name that is taken gets a number. Returns the name that it has.
    QString add(const LoadedRecipe& recipe, const QString& name);
    /// Adds a run for each point of the grid. Faults of the axes' keys and values (then nothing is added) are returned.
    std::vector<Fault> addSweep(const LoadedRecipe& recipe, const QString& name, const std::vector<SweepAxis>& axes);
    /// Adds what a queue file lists; it is read in a worker. fileAdded() follows.
    void addFile(const QString& file);

    /// None of these touches the run that trains now.
    void remove(int row);
    /// Puts a waiting run at another place, which is never before one that has had its turn.
    void move(int from, int to);
    /// A run that failed or was stopped waits again; it goes on from its newest checkpoint.
    void retry(int row);
    void removeOver();

    /// Only looks; checked() follows.
    void check();
    /// Looks, and runs when nothing is wrong; checked() follows.
    void start();
    void cancelCheck();
    /// The run at hand is the last one for now.
    void stopAfterThis(bool stop = true);
    /// Ends the run at hand, keeps what it learned, and goes on with the next.
    void skipThis();

Q_SIGNALS:
    /// phase(), current() or the list is another.
    void phaseChanged();
    /// The preflight is over; a queue that was to start does when `ok`.
    void checked(bool ok, const QString& problem);
    /// How many runs a queue file brought; 0 and why when it could not be read.
    void fileAdded(int runs, const QString& problem);
    /// Every run has had its turn: time for the morning report.
    void finished();
    /// A run was stopped from outside, or the person asked for a rest; runs still wait.
    void rested();
    /// The queue's files could not be read or written.
    void storeFailed(const QString& message);

private:
    struct AddedFile {
        std::vector<QueueItem> items;
        QString problem;
    };

    void load();
    void look(bool thenRun);
    void takeCheck();
    void takeFile();
    void startNext();
    void scheduleNext();
    void takeEnd(const RunEnded& end);
    /// Nobody may be there to go on with a run that paused by itself, and the others wait.
    void watchPause();
    void setPhase(Phase phase);
    void rest();
    void enlist(QueueItem item);
    QString freeName(const QString& wanted) const;
    std::filesystem::path freeFolder(const QString& name) const;
    void saveList();
    void saveState();

    Workspace& m_workspace;
    QueueModel* m_model;
    std::filesystem::path m_home;
    Phase m_phase = Phase::idle;
    QString m_current;
    bool m_loaded = false;
    bool m_runAfterCheck = false;
    bool m_asked = false; ///< the run at hand was asked to stop
    bool m_skipping = false;
    QString m_note; ///< why the queue ended the run at hand
    QTimer m_patience; ///< with a run that waits for the disk
    std::shared_ptr<const QueueClaim> m_claim;
    QueueState m_state;
    std::shared_ptr<CancelFlag> m_cancel = std::make_shared<CancelFlag>();
    QFutureWatcher<QueueCheck> m_check;
    QFutureWatcher<AddedFile> m_file;
    QThreadPool m_writer; ///< one thread: the files are written in the order of what happened
};

} // namespace falconer::ui
