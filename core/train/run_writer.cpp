// SPDX-License-Identifier: Apache-2.0
#include "core/train/run_writer.h"

#include "core/model/adapter_folder.h"

#include <utility>

namespace falconer {

bool isDiskRefusal(ErrorCode code) { return code == ErrorCode::diskFull || code == ErrorCode::fileUnwritable; }

RunWriter::RunWriter(const RunFolder& run, Say say)
    : m_run(run)
    , m_say(std::move(say))
{
}

bool RunWriter::attempt(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        if (!isDiskRefusal(error.code()))
            throw;
        if (!std::exchange(m_refused, true))
            m_say("The run cannot be saved for now; what waits is written as soon as it can be. "
                    + sentence(error.faults().front()),
                true);
        return false;
    }
    if (std::exchange(m_refused, false))
        m_say("The run can be saved again.", false);
    return true;
}

void RunWriter::flush()
{
    for (; !m_lines.empty(); m_lines.pop_front())
        std::visit([this](const auto& line) { m_run.append(line); }, m_lines.front());
    if (m_best) {
        writeAdapterFolder(m_run.best(), *m_best);
        m_best.reset();
    }
}

bool RunWriter::tryFlush()
{
    return attempt([this] { flush(); });
}

void RunWriter::add(std::variant<StepMetrics, EvalMetrics> line)
{
    m_lines.push_back(line);
    tryFlush();
}

void RunWriter::keepBest(const LoraAdapter& adapter)
{
    m_best = adapter.copy();
    tryFlush();
}

bool RunWriter::checkpoint(const std::function<void()>& write)
{
    return attempt([&] {
        flush();
        write();
    });
}

} // namespace falconer
