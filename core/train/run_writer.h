// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/model/lora.h"
#include "core/run/run_folder.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace falconer {

/// Whether the disk refused, which may pass.
bool isDiskRefusal(ErrorCode code);

/// Writes what a run leaves behind, and outlives a full disk: what cannot be written now is kept and tried again with
/// the next thing, so a night's training is not lost to somebody else's download. A checkpoint is never older than the
/// metrics beside it: it is not begun before they are all on the disk.
class RunWriter {
public:
    using Say = std::function<void(const std::string& text, bool warning)>;
    RunWriter(const RunFolder& run, Say say);

    void append(const StepMetrics& metrics) { add(metrics); }
    void append(const EvalMetrics& metrics) { add(metrics); }
    /// best/ becomes a copy of `adapter` as it is now.
    void keepBest(const LoraAdapter& adapter);
    /// Runs `write` when everything before it is written. False when the disk would not have it: the checkpoint is then
    /// missing, and the one before is intact.
    bool checkpoint(const std::function<void()>& write);

    /// Everything that waits must be written now. Throws diskFull or fileUnwritable.
    void flush();
    /// flush() without throwing; false when something still waits.
    bool tryFlush();

private:
    void add(std::variant<StepMetrics, EvalMetrics> line);
    /// Runs `action`; a refusal of the disk is said once, until a write succeeds again.
    bool attempt(const std::function<void()>& action);

    RunFolder m_run;
    Say m_say;
    std::deque<std::variant<StepMetrics, EvalMetrics>> m_lines; ///< not yet in metrics.jsonl
    std::optional<LoraAdapter> m_best; ///< not yet in best/
    bool m_refused = false;
};

} // namespace falconer
