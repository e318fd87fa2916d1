// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"

#include <QFutureWatcher>
#include <QtConcurrent>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace falconer::ui {

/// Work in another thread of which only the newest counts: what is under way is cancelled when other work comes, and
/// its result is dropped. Destroying the task cancels and does not wait, so the work must own all that it touches.
template <class Result>
class LatestTask {
public:
    using Work = std::function<Result(const Progress& progress)>;
    struct Outcome {
        std::optional<Result> result;
        std::vector<Fault> faults; ///< when there is no result
    };

    /// `done` is called in the thread of this object, once for the newest work.
    explicit LatestTask(std::function<void(Outcome)> done)
        : m_done(std::move(done))
    {
        QObject::connect(&m_watcher, &QFutureWatcherBase::finished, &m_watcher, [this] { deliver(); });
    }
    ~LatestTask() { cancel(); }
    LatestTask(const LatestTask&) = delete;
    LatestTask& operator=(const LatestTask&) = delete;

    void start(Work work)
    {
        cancel();
        m_next = std::move(work);
        if (!m_watcher.isRunning())
            launch();
    }

    void cancel()
    {
        m_next = nullptr;
        m_wanted = false;
        if (m_cancel)
            m_cancel->raise();
    }

    bool isBusy() const { return m_wanted || m_next; }

private:
    void launch()
    {
        m_cancel = std::make_shared<CancelFlag>();
        m_wanted = true;
        m_watcher.setFuture(QtConcurrent::run([work = std::exchange(m_next, nullptr), cancel = m_cancel]() -> Outcome {
            try {
                return {work([&](std::string_view, long long, long long) { return !cancel->raised(); }), {}};
            } catch (const Error& error) {
                return {{}, error.faults()};
            } catch (const std::exception& error) {
                return {{}, {Fault{ErrorCode::internal, {}, error.what(), {}}}};
            }
        }));
    }

    void deliver()
    {
        Outcome outcome = m_watcher.result();
        if (m_next)
            launch();
        else if (std::exchange(m_wanted, false))
            m_done(std::move(outcome));
    }

    std::function<void(Outcome)> m_done;
    QFutureWatcher<Outcome> m_watcher;
    std::shared_ptr<CancelFlag> m_cancel;
    Work m_next;
    bool m_wanted = false; ///< the result of what runs
};

} // namespace falconer::ui
