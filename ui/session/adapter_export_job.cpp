// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/adapter_export_job.h"

#include "core/base/error.h"
#include "ui/session/adapter_export.h"
#include "ui/text/fault_text.h"

#include <QtConcurrent>

#include <exception>
#include <mutex>
#include <string>

namespace falconer::ui {
namespace {

constexpr int kTickMilliseconds = 100;

} // namespace

/// What worker and window both touch; the last of them lets it go.
struct AdapterExportJob::Shared {
    CancelFlag cancel;
    std::mutex mutex;
    Step step = Step::write;
    std::string phase;
    long long done = 0;
    long long total = 0;

    bool take(Step at, std::string_view what, long long soFar, long long all)
    {
        const std::lock_guard lock(mutex);
        step = at;
        phase = what;
        done = soFar;
        total = all;
        return !cancel.raised();
    }
};

AdapterExportJob::AdapterExportJob(const Services& services, QObject* parent)
    : QObject(parent)
    , m_services(services)
{
    m_timer.setInterval(kTickMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &AdapterExportJob::look);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        m_timer.stop();
        look(); // at how far it came
        Q_EMIT finished(m_watcher.result());
    });
}

AdapterExportJob::~AdapterExportJob()
{
    if (m_shared)
        m_shared->cancel.raise();
}

void AdapterExportJob::start(const Order& order)
{
    if (isRunning())
        return;
    m_step = Step::write;
    m_shared = std::make_shared<Shared>();
    m_watcher.setFuture(QtConcurrent::run([order, shared = m_shared, prove = m_services.proveAdapter] {
        AdapterExportResult result;
        result.folder = order.target;
        try {
            exportAdapter(order.adapter, order.target, [&](std::string_view phase, long long done, long long total) {
                return shared->take(Step::write, phase, done, total);
            });
            result.written = true;
            if (prove)
                result.proof = prove(order.run, order.adapter, order.target, order.recorded,
                    [&](std::string_view phase, long long done, long long total) {
                        const Step step = phase == "evaluating" ? Step::measure : Step::reload;
                        return shared->take(step, phase, done, total);
                    });
        } catch (const Error& error) {
            result.cancelled = error.code() == ErrorCode::cancelled;
            if (!result.cancelled)
                result.faults = error.faults();
        } catch (const std::exception& error) {
            result.faults = {{ErrorCode::internal, order.target.string(), error.what(), {}}};
        }
        return result;
    }));
    m_timer.start();
}

void AdapterExportJob::cancel()
{
    if (isRunning())
        m_shared->cancel.raise();
}

void AdapterExportJob::look()
{
    QString phase;
    qint64 done = 0;
    qint64 total = 0;
    {
        const std::lock_guard lock(m_shared->mutex);
        m_step = m_shared->step;
        phase = toQString(m_shared->phase);
        done = m_shared->done;
        total = m_shared->total;
    }
    Q_EMIT progressed(m_step, phase, done, total);
}

} // namespace falconer::ui
