// SPDX-License-Identifier: Apache-2.0
#include "core/base/fault_list.h"

#include <algorithm>

namespace falconer {

bool FaultList::attempt(const std::function<void()>& part)
{
    constexpr int kWrongRequest = 2;
    try {
        part();
        return true;
    } catch (const Error& error) {
        if (error.exitCode() != kWrongRequest)
            throw;
        add(error.faults());
        return false;
    }
}

void FaultList::add(const std::vector<Fault>& faults)
{
    for (const Fault& fault : faults) {
        const bool known = std::any_of(
            m_faults.begin(), m_faults.end(), [&](const Fault& other) { return sentence(other) == sentence(fault); });
        if (!known)
            m_faults.push_back(fault);
    }
}

void FaultList::check() const
{
    if (!m_faults.empty())
        throw Error(m_faults);
}

} // namespace falconer
