// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/run/json_lines.h"
#include "core/run/run_folder.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer {

namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

/// One line: a step, an evaluation, or both.
struct MetricsLine {
    std::int64_t step = 0;
    std::optional<StepMetrics> training;
    std::optional<EvalMetrics> evaluation;
};

/// Reads the keys of one line; every fault names the line.
class LineReader {
public:
    LineReader(const fs::path& file, const JsonLine& line)
        : m_file(file)
        , m_line(line)
    {
    }

    /// nullopt: a last line that a killed writer left unfinished.
    std::optional<MetricsLine> read()
    {
        m_object = Json::parse(m_line.text, nullptr, false);
        if (m_object.is_discarded() || !m_object.is_object()) {
            if (!m_line.finished)
                return std::nullopt;
            throw fault(m_object.is_discarded() ? "is not valid JSON" : "is not a JSON object");
        }
        MetricsLine line;
        line.step = whole("step", std::nullopt);
        if (line.step < 0)
            throw fault("has a step below 0");
        if (m_object.contains("loss"))
            line.training = StepMetrics{line.step, number("epoch"), number("loss"), number("grad_norm"),
                number("learning_rate"), whole("tokens", 0), number("tokens_per_second"), number("seconds")};
        if (m_object.contains("eval_loss")) {
            const double loss = number("eval_loss");
            line.evaluation = EvalMetrics{line.step, loss,
                m_object.contains("eval_perplexity") ? number("eval_perplexity") : std::exp(loss),
                whole("eval_tokens", 0)};
        }
        return line;
    }

private:
    Error fault(const std::string& problem) const
    {
        return Error(ErrorCode::fileMalformed, m_file.filename().string() + ", line " + std::to_string(m_line.number),
            problem, "remove or repair this line of " + m_file.string());
    }

    /// NaN for a key that is missing (a log of another program) or null (a value that was not finite).
    double number(const char* key) const
    {
        const auto found = m_object.find(key);
        if (found == m_object.end() || found->is_null())
            return kUnknown;
        if (!found->is_number())
            throw fault(std::string(key) + " is not a number");
        return found->get<double>();
    }

    std::int64_t whole(const char* key, std::optional<std::int64_t> standard) const
    {
        const auto found = m_object.find(key);
        if (found == m_object.end() && standard)
            return *standard;
        if (found == m_object.end())
            throw fault(std::string("has no ") + key);
        constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        const bool fits
            = found->is_number_unsigned() ? found->get<std::uint64_t>() <= kMost : found->is_number_integer();
        if (!fits)
            throw fault(std::string(key) + " is not a whole number");
        return found->get<std::int64_t>();
    }

    const fs::path& m_file;
    JsonLine m_line;
    Json m_object;
};

} // namespace

void RunFolder::append(const StepMetrics& metrics) const
{
    appendJsonLine(metricsFile(),
        OrderedJson{{"step", metrics.step}, {"epoch", metrics.epoch}, {"loss", metrics.loss},
            {"grad_norm", metrics.gradNorm}, {"learning_rate", metrics.learningRate}, {"tokens", metrics.tokens},
            {"tokens_per_second", metrics.tokensPerSecond}, {"seconds", metrics.seconds}});
}

void RunFolder::append(const EvalMetrics& metrics) const
{
    appendJsonLine(metricsFile(),
        OrderedJson{{"step", metrics.step}, {"eval_loss", metrics.loss}, {"eval_perplexity", metrics.perplexity},
            {"eval_tokens", metrics.tokens}});
}

void RunFolder::cutMetrics(std::int64_t step) const
{
    std::error_code error;
    if (!fs::exists(metricsFile(), error))
        return;
    const std::string content = readFile(metricsFile());
    std::string kept;
    forEachJsonLine(content, [&](const JsonLine& line) {
        // The bytes themselves are kept: a newer version may have written keys that this one does not know.
        const std::optional<MetricsLine> read = LineReader(metricsFile(), line).read();
        if (read && read->step <= step)
            kept.append(line.text).append("\n");
    });
    if (kept != content)
        writeFile(metricsFile(), kept);
}

MetricsHistory readMetrics(const fs::path& metricsFile)
{
    const std::string content = readFile(metricsFile);
    MetricsHistory history;
    forEachJsonLine(content, [&](const JsonLine& line) {
        const std::optional<MetricsLine> read = LineReader(metricsFile, line).read();
        if (read && read->training)
            history.steps.push_back(*read->training);
        if (read && read->evaluation)
            history.evals.push_back(*read->evaluation);
    });
    return history;
}

} // namespace falconer
