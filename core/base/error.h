// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

/// What went wrong, by kind. The window turns the kind into a translated heading; the command line turns it into an
/// exit code.
enum class ErrorCode {
    fileMissing, ///< a path that does not exist
    fileUnreadable, ///< it exists and cannot be read
    fileUnwritable, ///< it cannot be created or written
    diskFull, ///< no space left while writing
    fileTruncated, ///< shorter than its own header says
    fileMalformed, ///< its content breaks its format
    modelUnsupported, ///< an architecture, tokenizer or tensor type that Falconer does not know
    modelIncomplete, ///< a tensor is missing or has the wrong shape
    adapterMismatch, ///< an adapter that does not belong to the model
    recipeInvalid, ///< a key or a value of the recipe
    dataInvalid, ///< a row of the data
    requestInvalid, ///< a command-line argument, or a request that does not fit the state of things
    deviceUnavailable, ///< the device asked for is not there
    outOfMemory, ///< memory ran out
    numericFailure, ///< the loss is no longer a finite number
    cancelled, ///< the user asked to stop
    internal ///< a defect in Falconer
};

/// One thing that is wrong: what it is about, what is the matter, and what would fix it.
struct Fault {
    ErrorCode code = ErrorCode::internal;
    std::string subject; ///< "cynic.jsonl, line 88", "lora.rank": a file and place, a key, a tensor
    std::string problem; ///< a clause without full stop: "a quote is not closed"
    std::string fix; ///< a clause without full stop: "close it, or skip the row"; may be empty
};

/// "subject: problem. Fix." as one line of English; the command line prints it.
std::string sentence(const Fault& fault);

/// The one exception type that core throws. It carries at least one fault; validation reports all of them at once.
class Error : public std::exception {
public:
    Error(ErrorCode code, std::string subject, std::string problem, std::string fix = {});
    explicit Error(std::vector<Fault> faults);

    const char* what() const noexcept override { return m_what.c_str(); }
    ErrorCode code() const noexcept { return m_faults.front().code; }
    const std::vector<Fault>& faults() const noexcept { return m_faults; }

    /// 2 when the request was wrong (input that the user gave), 130 when cancelled, 1 when the run failed.
    int exitCode() const noexcept;

private:
    std::vector<Fault> m_faults;
    std::string m_what;
};

/// The stable name of a code, as written to events.jsonl: "file_missing".
std::string_view name(ErrorCode code);

} // namespace falconer
