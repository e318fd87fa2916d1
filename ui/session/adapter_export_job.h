// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "ui/session/services.h"

#include <QFutureWatcher>
#include <QObject>
#include <QTimer>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace falconer::ui {

/// What an export came to.
struct AdapterExportResult {
    std::filesystem::path folder;
    bool written = false; ///< the folder is there, complete
    bool cancelled = false; ///< on request; while it was written, nothing remains
    std::vector<Fault> faults; ///< of writing, or of the check that followed it
    std::optional<AdapterProof> proof;
};

/// Writes an adapter, reloads it and measures it again, in a worker thread.
class AdapterExportJob : public QObject {
    Q_OBJECT

public:
    enum class Step { write, reload, measure };
    struct Order {
        std::filesystem::path run;
        std::filesystem::path adapter;
        std::filesystem::path target;
        std::optional<double> recorded; ///< its validation loss as the run recorded it
    };

    AdapterExportJob(const Services& services, QObject* parent = nullptr);
    /// Asks the worker to end and does not wait for it.
    ~AdapterExportJob() override;

    bool isRunning() const { return m_watcher.isRunning(); }
    Step step() const { return m_step; }
    /// Does nothing while one is running.
    void start(const Order& order);
    /// While it writes: nothing remains. After: the folder stays, the check ends.
    void cancel();

Q_SIGNALS:
    void progressed(falconer::ui::AdapterExportJob::Step step, const QString& phase, qint64 done, qint64 total);
    void finished(const falconer::ui::AdapterExportResult& result);

private:
    struct Shared;
    void look();

    const Services& m_services;
    std::shared_ptr<Shared> m_shared;
    QFutureWatcher<AdapterExportResult> m_watcher;
    QTimer m_timer;
    Step m_step = Step::write;
};

} // namespace falconer::ui
