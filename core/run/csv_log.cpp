// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/run/append_file.h"
#include "core/run/run_log_sink.h"

#include <fmt/format.h>

#include <charconv>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer {

namespace {

constexpr std::string_view kHeader
    = "step,epoch,loss,grad_norm,learning_rate,tokens,tokens_per_second,seconds,eval_loss,"
      "eval_perplexity,eval_tokens\n";

/// The lines of an earlier session that stay true; one that is unfinished, or that somebody else made, goes.
std::string keptLines(const RunLogInput& input, const std::string& content)
{
    std::string kept;
    if (!content.starts_with(kHeader))
        return kept;
    for (std::size_t at = kHeader.size(); at < content.size();) {
        const std::size_t end = content.find('\n', at);
        if (end == std::string::npos)
            break;
        std::int64_t step = -1;
        const auto [stop, error] = std::from_chars(content.data() + at, content.data() + end, step);
        if (error == std::errc() && *stop == ',' && step >= 0 && input.keeps(step))
            kept.append(content, at, end + 1 - at);
        at = end + 1;
    }
    return kept;
}

/// The file, begun or cut back in one step.
fs::path prepared(const RunLogInput& input)
{
    const fs::path file = input.folder() / "metrics.csv";
    makeFolders(input.folder());
    std::error_code error;
    const std::string before = fs::exists(file, error) ? readFile(file) : std::string();
    const std::string wanted = std::string(kHeader) + keptLines(input, before);
    if (wanted != before)
        writeFile(file, wanted);
    return file;
}

/// A line a step and a line an evaluation, as metrics.jsonl has them, for spreadsheets. Numbers read back to the same
/// value.
class CsvLog : public RunLogSink {
public:
    explicit CsvLog(const RunLogInput& input)
        : m_file(prepared(input))
    {
    }

    void step(const StepMetrics& m) override
    {
        m_file.append(fmt::format("{},{},{},{},{},{},{},{},,,\n", m.step, m.epoch, m.loss, m.gradNorm, m.learningRate,
            m.tokens, m.tokensPerSecond, m.seconds));
    }

    void eval(const EvalMetrics& m) override
    {
        m_file.append(fmt::format("{},,,,,,,,{},{},{}\n", m.step, m.loss, m.perplexity, m.tokens));
    }

private:
    AppendFile m_file;
};

} // namespace

std::unique_ptr<RunLogSink> makeCsvLog(const RunLogInput& input) { return std::make_unique<CsvLog>(input); }

} // namespace falconer
