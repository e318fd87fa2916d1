// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <functional>
#include <vector>

namespace falconer {

/// Gathers what is wrong with a request, so that all of it is told at once and not one thing after another.
class FaultList {
public:
    /// Runs `part` and keeps the faults that it throws; false when it threw. What is not the request's own fault
    /// (exit code 1 or 130: cancelled, out of memory, a defect) is thrown on.
    bool attempt(const std::function<void()>& part);
    /// A fault that is there already is not said twice.
    void add(const std::vector<Fault>& faults);

    const std::vector<Fault>& faults() const { return m_faults; }
    /// Throws all of them; does nothing when there are none.
    void check() const;

private:
    std::vector<Fault> m_faults;
};

} // namespace falconer
