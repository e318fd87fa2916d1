// SPDX-License-Identifier: Apache-2.0
#include "core/train/report.h"

#include "core/base/memory.h"
#include "core/base/text.h"
#include "core/config/recipe_io.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <torch/headeronly/version.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <thread>

#include <sys/utsname.h>

namespace falconer {

namespace {

constexpr double kMebibyte = 1024.0 * 1024.0;

/// `text` where Markdown might take it for markup or for the end of a table's cell.
std::string cell(const std::string& text)
{
    std::string safe;
    for (const char letter : text) {
        if (letter == '|' || letter == '\\' || letter == '`' || letter == '*' || letter == '<')
            safe += '\\';
        safe += letter == '\n' || letter == '\r' ? ' ' : letter;
    }
    return safe;
}

/// `text` in a fence that it cannot close itself.
std::string fenced(const std::string& text, const char* language = "")
{
    std::string fence = "```";
    while (text.find(fence) != std::string::npos)
        fence += '`';
    return fence + language + "\n" + text + (text.ends_with('\n') ? "" : "\n") + fence + "\n";
}

/// One word of a POSIX shell, whatever is in it.
std::string shellWord(const std::string& text)
{
    std::string word = "'";
    for (const char letter : toValidUtf8(text))
        word += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return word + "'";
}

/// The options of `falconer generate` that hold the base as it was trained on; it computes in float32 by itself.
std::string baseOptions(const QuantizationSettings& quantization)
{
    std::string text = " --quantization " + quantization.type;
    if (quantization.computeDtype != "float32")
        text += " --set quantization.compute_dtype=" + quantization.computeDtype;
    if (quantization.doubleQuant != QuantizationSettings().doubleQuant)
        text += fmt::format(" --set quantization.double_quant={}", quantization.doubleQuant);
    return text;
}

/// As Python reads it (JSON's escapes are Python's).
std::string quoted(const std::string& text)
{
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string size(std::int64_t bytes) { return fmt::format("{:.0f} MiB", static_cast<double>(bytes) / kMebibyte); }

template <class Metrics>
std::string point(const std::optional<Metrics>& metrics)
{
    return metrics ? fmt::format("{:.4f} (step {})", metrics->loss, metrics->step) : "-";
}

template <class Metrics>
std::optional<Metrics> endOf(const std::vector<Metrics>& curve, bool first)
{
    if (curve.empty())
        return std::nullopt;
    return first ? curve.front() : curve.back();
}

std::string headline(const ReportInput& in)
{
    std::string text = fmt::format(
        "# {}\n\nThe run {} at {}.", cell(in.started.folder.filename().string()), name(in.ended.state), utcTime());
    const std::optional<EvalMetrics>& start = in.ended.start;
    const std::optional<EvalMetrics>& best = in.ended.best;
    if (start && best)
        text += fmt::format(
            " The validation loss went from {:.4f} to {:.4f} (perplexity {:.2f} to {:.2f}), best at step {}.",
            start->loss, best->loss, start->perplexity, best->perplexity, best->step);
    text += "\n";
    for (const Fault& fault : in.ended.faults)
        text += "\n> " + cell(sentence(fault)) + "\n";
    return text;
}

std::string curves(const ReportInput& in)
{
    std::string text = "\n## Curves\n\n| loss | first | best | last |\n|---|---|---|---|\n";
    text += fmt::format(
        "| training | {} | | {} |\n", point(endOf(in.history.steps, true)), point(endOf(in.history.steps, false)));
    const auto first = in.ended.start ? in.ended.start : endOf(in.history.evals, true);
    if (first || in.ended.best)
        text += fmt::format("| validation | {} | {} | {} |\n", point(first), point(in.ended.best),
            point(endOf(in.history.evals, false)));
    text += "\n";
    if (const auto last = endOf(in.history.steps, false)) {
        const double rate = last->seconds > 0 ? static_cast<double>(last->tokens) / last->seconds : 0;
        text += fmt::format("- Steps: {} of {}; epoch {:.2f}\n- Tokens: {} in {:.0f} s ({:.0f} tokens/s)\n", last->step,
            in.started.totalSteps, last->epoch, last->tokens, last->seconds, rate);
    }
    return text
        + fmt::format("- Rows: {} for training, {} for validation\n", in.started.trainRows, in.started.validationRows);
}

std::string sentinel(const ReportInput& in)
{
    if (!in.ended.sentinel)
        return {};
    const SentinelVerdict& verdict = *in.ended.sentinel;
    std::string text = fmt::format("\n## Overfitting sentinel\n\nState: **{}**", name(verdict.state));
    if (verdict.alertStep)
        text += fmt::format(", first alert at step {}", *verdict.alertStep);
    text += ".\n\n";
    for (const std::string& line : verdict.evidence.sentences)
        text += "- " + cell(line) + "\n";
    return text;
}

std::string memory(const ReportInput& in)
{
    if (!in.memory)
        return {};
    std::string text = "\n## Memory\n\n| class | bytes |\n|---|---|\n";
    for (const auto& [what, bytes] : in.memory->planned)
        text += fmt::format("| {} | {} |\n", cell(what), size(bytes));
    if (in.memory->plannedPeak)
        text += fmt::format("| planned peak | {} |\n", size(*in.memory->plannedPeak));
    if (in.memory->measuredPeak)
        text += fmt::format("| measured peak | {} |\n", size(*in.memory->measuredPeak));
    if (in.memory->plannedPeak && in.memory->measuredPeak && *in.memory->measuredPeak > 0)
        text += fmt::format("\nThe plan was {:+.1f} % off.\n",
            100.0 * (static_cast<double>(*in.memory->plannedPeak) / static_cast<double>(*in.memory->measuredPeak) - 1));
    return text;
}

std::string proof(const ReportInput& in)
{
    if (!in.ended.proof)
        return {};
    const AdapterProof& proof = *in.ended.proof;
    return fmt::format("\nRead back from its files, the adapter has a loss of {:.6f} on the {} rows; in memory it was "
                       "{:.6f} (difference {:.2e}).\n",
        proof.after, proof.validation ? "validation" : "first training", proof.before, proof.after - proof.before);
}

std::string loading(const ReportInput& in)
{
    if (in.ended.adapter.empty())
        return {};
    const std::filesystem::path model = in.recipe.model;
    const bool isGguf = model.extension() == ".gguf";
    // Transformers takes a folder and the file's name apart.
    const std::string base = isGguf
        ? quoted(model.parent_path().string()) + ", gguf_file=" + quoted(model.filename().string())
        : quoted(in.recipe.model);
    std::string text = fmt::format("\n## The adapter\n\n{} of {} parameters were trained; the adapter is in `{}`.\n",
        in.started.trainableParameters, in.started.totalParameters, in.ended.adapter.string());
    text += proof(in);
    text += "\n"
        + fenced(fmt::format("from peft import PeftModel\n"
                             "from transformers import AutoModelForCausalLM, AutoTokenizer\n\n"
                             "tokenizer = AutoTokenizer.from_pretrained({0})\n"
                             "base = AutoModelForCausalLM.from_pretrained({0}, dtype=\"{1}\")\n"
                             "model = PeftModel.from_pretrained(base, {2})\n",
                     base, in.recipe.quantization.computeDtype, quoted(in.ended.adapter.string())),
            "python");
    const std::string prompt
        = in.recipe.training.samplePrompts.empty() ? "…" : in.recipe.training.samplePrompts.front();
    text += "\nOr without Python:\n\n"
        + fenced("falconer generate --model " + shellWord(in.recipe.model) + " --adapter "
                + shellWord(in.ended.adapter.string()) + baseOptions(in.recipe.quantization) + " --prompt "
                + shellWord(prompt),
            "sh");
    text += "\nHints: write prompts as the training rows had them";
    if (in.recipe.data.templateName != "none")
        text += " (data.template: " + cell(in.recipe.data.templateName) + ")";
    return text
        + ". Temperature 0 shows what was learnt; 0.7 with top-p 0.9 gives more variety. Load the base as it was "
          "trained"
          " on (the quantization above), or expect slightly different answers.\n";
}

/// The first and the last answer to each prompt: what training changed.
std::string samples(const ReportInput& in)
{
    std::map<std::size_t, std::pair<const SampleAnswer*, const SampleAnswer*>> byPrompt;
    for (const SampleAnswer& sample : in.samples) {
        auto& ends = byPrompt[sample.index];
        ends.first = ends.first ? ends.first : &sample;
        ends.second = &sample;
    }
    std::string text = byPrompt.empty() ? "" : "\n## Samples\n";
    for (const auto& [index, ends] : byPrompt) {
        text += "\nPrompt\n\n" + fenced(ends.first->prompt);
        const auto answer = [](const SampleAnswer& sample) {
            return fmt::format("\nStep {}{}\n\n{}", sample.step, cell(repetitionNote(sample)), fenced(sample.answer));
        };
        text += answer(*ends.first);
        if (ends.second != ends.first)
            text += answer(*ends.second);
    }
    return text;
}

std::string environment(const ReportInput& in)
{
    std::string text
        = fmt::format("\n## Environment\n\n- Device: {}\n- Model: {}\n", in.started.device, cell(in.recipe.model));
    for (const auto& [what, value] : runEnvironment())
        text += fmt::format("- {}: {}\n", what, cell(value));
    return text;
}

/// The value of the first "KEY…: value" line of a file under /proc.
std::string procValue(const char* file, std::string_view key)
{
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        const std::size_t colon = line.find(':');
        if (!line.starts_with(key) || colon == std::string::npos)
            continue;
        const std::size_t begin = line.find_first_not_of(" \t", colon + 1);
        return begin == std::string::npos ? std::string() : line.substr(begin);
    }
    return {};
}

} // namespace

std::string runReport(const ReportInput& input)
{
    return headline(input) + curves(input) + sentinel(input) + memory(input) + loading(input) + samples(input)
        + "\n## Settings\n\n" + fenced(writeRecipe(input.recipe), "yaml") + environment(input);
}

std::vector<std::pair<std::string, std::string>> runEnvironment()
{
    std::vector<std::pair<std::string, std::string>> values{{"LibTorch", TORCH_VERSION}};
    if (const std::string processor = procValue("/proc/cpuinfo", "model name"); !processor.empty())
        values.emplace_back("Processor", fmt::format("{}, {} threads", processor, std::thread::hardware_concurrency()));
    if (const std::int64_t bytes = machineMemory().total; bytes > 0)
        values.emplace_back("Memory", size(bytes));
    utsname system{};
    if (::uname(&system) == 0)
        values.emplace_back("System", fmt::format("{} {} {}", system.sysname, system.release, system.machine));
    return values;
}

} // namespace falconer
