// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"

#include <cctype>
#include <utility>

namespace falconer {

std::string sentence(const Fault& fault)
{
    std::string text;
    if (!fault.subject.empty())
        text += fault.subject + ": ";
    text += fault.problem + ".";
    if (!fault.fix.empty()) {
        std::string fix = fault.fix;
        fix[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(fix[0])));
        text += " " + fix + ".";
    }
    return text;
}

Error::Error(ErrorCode code, std::string subject, std::string problem, std::string fix)
    : Error({Fault{code, std::move(subject), std::move(problem), std::move(fix)}})
{
}

Error::Error(std::vector<Fault> faults)
    : m_faults(std::move(faults))
{
    if (m_faults.empty())
        m_faults.push_back({ErrorCode::internal, {}, "an error without a description", {}});
    for (const Fault& fault : m_faults)
        m_what += (m_what.empty() ? "" : "\n") + sentence(fault);
}

int Error::exitCode() const noexcept
{
    switch (code()) {
    case ErrorCode::cancelled: return 130;
    case ErrorCode::fileUnwritable:
    case ErrorCode::diskFull:
    case ErrorCode::outOfMemory:
    case ErrorCode::numericFailure:
    case ErrorCode::internal: return 1;
    default: return 2;
    }
}

std::string_view name(ErrorCode code)
{
    switch (code) {
    case ErrorCode::fileMissing: return "file_missing";
    case ErrorCode::fileUnreadable: return "file_unreadable";
    case ErrorCode::fileUnwritable: return "file_unwritable";
    case ErrorCode::diskFull: return "disk_full";
    case ErrorCode::fileTruncated: return "file_truncated";
    case ErrorCode::fileMalformed: return "file_malformed";
    case ErrorCode::modelUnsupported: return "model_unsupported";
    case ErrorCode::modelIncomplete: return "model_incomplete";
    case ErrorCode::adapterMismatch: return "adapter_mismatch";
    case ErrorCode::recipeInvalid: return "recipe_invalid";
    case ErrorCode::dataInvalid: return "data_invalid";
    case ErrorCode::requestInvalid: return "request_invalid";
    case ErrorCode::deviceUnavailable: return "device_unavailable";
    case ErrorCode::outOfMemory: return "out_of_memory";
    case ErrorCode::numericFailure: return "numeric_failure";
    case ErrorCode::cancelled: return "cancelled";
    case ErrorCode::internal: return "internal";
    }
    return "internal";
}

} // namespace falconer
