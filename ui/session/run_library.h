// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/run_scan.h"

#include <QFutureWatcher>
#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>

#include <filesystem>
#include <map>
#include <utility>
#include <variant>
#include <vector>

namespace falconer::ui {

class Workspace;

/// A run that was moved to the bin, or could not be.
struct BinnedRun {
    std::filesystem::path path; ///< where it was
    QString place; ///< where it is now; empty when the system does not say
    QString problem; ///< empty: it is in the bin
};

/// The runs of this machine: those in the runs folder, the ones that were opened lately, and those that the person
/// added. Looks in a worker, rows first; the live run's row follows the run itself.
class RunLibrary : public QObject {
    Q_OBJECT

public:
    explicit RunLibrary(Workspace& workspace, QObject* parent = nullptr);
    /// Waits for notes that are still being written, and for the file that a scan is just reading.
    ~RunLibrary() override;

    RunsModel* model() const { return m_model; }
    /// Looks again. While a scan is under way, another follows it.
    void refresh();
    bool isScanning() const { return m_scan.isRunning(); }
    /// At least one scan has ended.
    bool isKnown() const { return m_known; }

    /// Shown at once, written in a worker; noteFailed() when that cannot be done.
    void setNotes(const std::filesystem::path& run, const QString& notes, const QStringList& tags);

    /// A run's folder, or one that holds runs; kept between starts.
    void addFolder(const QString& folder);
    void removeFolder(const QString& folder);
    QStringList addedFolders() const;

    /// Moves runs to the system's bin in a worker; binned() tells what became of each. A run that is being trained
    /// stays.
    void moveToBin(const std::vector<std::filesystem::path>& runs);
    /// Takes runs out of the bin again; putBack() follows.
    void putBack(const std::vector<BinnedRun>& runs);

Q_SIGNALS:
    /// A scan has ended.
    void scanned();
    void noteFailed(const QString& message);
    void binned(const std::vector<falconer::ui::BinnedRun>& runs);
    /// What could not be put back has its problem.
    void restored(const std::vector<falconer::ui::BinnedRun>& runs);

private:
    using ScanPart = std::variant<std::vector<RunRow>, std::vector<KnownRun>>;
    ScanRequest request() const;
    void take(int part);
    void updateLive();

    Workspace& m_workspace;
    RunsModel* m_model;
    QFutureWatcher<ScanPart> m_scan;
    QFutureWatcher<std::vector<BinnedRun>> m_bin;
    QFutureWatcher<std::vector<BinnedRun>> m_restore;
    std::map<std::filesystem::path, KnownRun> m_read;
    /// Notes that a scan which began before them must not undo.
    std::map<std::filesystem::path, std::pair<QString, QStringList>> m_noted;
    QThreadPool m_writer; ///< one thread: notes are written in the order in which they were typed
    QTimer m_live;
    bool m_again = false;
    bool m_known = false;
};

} // namespace falconer::ui
