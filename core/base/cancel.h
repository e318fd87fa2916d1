// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <atomic>
#include <functional>
#include <string_view>

namespace falconer {

/// A flag that one thread raises and another polls between two small pieces of work.
class CancelFlag {
public:
    void raise() noexcept { m_raised.store(true, std::memory_order_relaxed); }
    void lower() noexcept { m_raised.store(false, std::memory_order_relaxed); }
    bool raised() const noexcept { return m_raised.load(std::memory_order_relaxed); }

private:
    std::atomic<bool> m_raised{false};
};

/// Reports long work: a named phase and how far it is, 0..total (total 0: unknown). Return false to cancel: the work
/// then throws Error(cancelled) and leaves nothing half-made.
using Progress = std::function<bool(std::string_view phase, long long done, long long total)>;

inline void report(const Progress& progress, std::string_view phase, long long done, long long total)
{
    if (progress && !progress(phase, done, total))
        throw Error(ErrorCode::cancelled, std::string(phase), "stopped on request");
}

} // namespace falconer
