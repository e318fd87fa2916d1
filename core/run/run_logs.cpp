// SPDX-License-Identifier: Apache-2.0
#include "core/run/run_logs.h"

#include "core/run/run_log_sink.h"

#include <utility>

namespace falconer {

namespace {

/// Why a log ended, as a sentence.
std::string reason(const std::exception& error)
{
    const auto* fault = dynamic_cast<const Error*>(&error);
    return fault ? sentence(fault->faults().front()) : std::string(error.what());
}

} // namespace

RunLogs::RunLogs() = default;
RunLogs::~RunLogs() = default;
RunLogs::RunLogs(RunLogs&&) noexcept = default;
RunLogs& RunLogs::operator=(RunLogs&&) noexcept = default;

void RunLogs::open(
    const RunFolder& run, const Recipe& recipe, const RunFacts& facts, std::optional<std::int64_t> resumedFrom, Say say)
{
    m_entries.clear();
    m_say = say ? std::move(say) : [](const std::string&, bool) {};
    const RunLogInput input{run, recipe, facts, resumedFrom, m_say};
    if (recipe.logging.tensorboard)
        add("TensorBoard", [&] { return makeTensorBoardLog(input); });
    if (recipe.logging.wandb != "off")
        add("Weights & Biases", [&] { return makeWandbLog(input); });
    if (recipe.logging.csv)
        add("CSV", [&] { return makeCsvLog(input); });
}

bool RunLogs::attempt(const std::string& name, const std::function<void()>& work)
{
    try {
        work();
        return true;
    } catch (const std::exception& error) {
        m_say("the " + name + " log of this run ends here, training goes on. " + reason(error), true);
        return false;
    }
}

void RunLogs::add(const std::string& name, const std::function<std::unique_ptr<RunLogSink>()>& make)
{
    attempt(name, [&] { m_entries.push_back({name, make()}); });
}

void RunLogs::forEach(const std::function<void(RunLogSink&)>& call)
{
    // A log that failed is gone, so that of a full disk each says so once.
    std::erase_if(m_entries, [&](const Entry& entry) { return !attempt(entry.name, [&] { call(*entry.sink); }); });
}

void RunLogs::step(const StepMetrics& metrics)
{
    forEach([&](RunLogSink& sink) { sink.step(metrics); });
}

void RunLogs::eval(const EvalMetrics& metrics)
{
    forEach([&](RunLogSink& sink) { sink.eval(metrics); });
}

void RunLogs::sample(std::int64_t step, std::size_t index, const std::string& prompt, const std::string& answer)
{
    forEach([&](RunLogSink& sink) { sink.sample(step, index, prompt, answer); });
}

void RunLogs::checkpoint(std::int64_t step, const std::filesystem::path& folder)
{
    forEach([&](RunLogSink& sink) { sink.checkpoint(step, folder); });
}

void RunLogs::finish(const RunOutcome& outcome)
{
    forEach([&](RunLogSink& sink) { sink.finish(outcome); });
    m_entries.clear();
}

} // namespace falconer
