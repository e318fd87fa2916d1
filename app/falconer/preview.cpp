// SPDX-License-Identifier: Apache-2.0
#include "core/data/preview.h"
#include "app/falconer/console.h"
#include "app/falconer/options.h"
#include "app/falconer/progress_view.h"
#include "app/falconer/text_table.h"
#include "app/falconer/token_grid.h"
#include "app/falconer/verb.h"
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/config/recipe_io.h"
#include "core/hub/local_models.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace falconer::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::int64_t kDefaultRows = 3;

ordered_json toJson(const PreviewTotals& totals)
{
    return {{"rows", totals.rows}, {"tokens", totals.tokens}, {"targets", totals.targets}};
}

/// ids, pieces and mask are what the model sees: what max_length leaves of the row.
ordered_json toJson(const PreviewRow& row)
{
    ordered_json ids = ordered_json::array();
    ordered_json pieces = ordered_json::array();
    ordered_json mask = ordered_json::array();
    for (std::size_t i = 0; i < static_cast<std::size_t>(row.kept); ++i) {
        ids.push_back(row.tokens[i].id);
        pieces.push_back(row.tokens[i].text);
        mask.push_back(row.tokens[i].learned ? 1 : 0);
    }
    return {{"file", row.file}, {"line", row.line}, {"prompt", row.prompt}, {"completion", row.completion},
        {"text", row.text}, {"chat", row.isChat}, {"ids", std::move(ids)}, {"pieces", std::move(pieces)},
        {"mask", std::move(mask)}, {"length", row.tokens.size()}, {"targets", row.targets},
        {"validation", row.validation}, {"dropped", row.dropped}};
}

ordered_json toJson(const SourceReport& source)
{
    return {{"file", source.file}, {"format", source.format}, {"why", source.why}, {"columns", source.columns},
        {"rows", source.rows}};
}

ordered_json toJson(const Preview& preview)
{
    ordered_json sources = ordered_json::array();
    for (const SourceReport& source : preview.report.sources)
        sources.push_back(toJson(source));
    ordered_json rows = ordered_json::array();
    for (const PreviewRow& row : preview.rows)
        rows.push_back(toJson(row));
    const LengthHistogram& lengths = preview.lengths;
    ordered_json problems = ordered_json::array();
    for (const Fault& fault : preview.problems)
        problems.push_back(sentence(fault));
    return {{"sources", std::move(sources)}, {"rows", std::move(rows)},
        {"lengths",
            {{"edges", lengths.edges}, {"counts", lengths.counts}, {"median", lengths.median},
                {"percentile95", lengths.percentile95}, {"longest", lengths.longest},
                {"longest_line", lengths.longestLine}, {"longest_file", lengths.longestFile}}},
        {"max_length", preview.maxLength}, {"cut", preview.report.cut}, {"fully_masked", preview.report.fullyMasked},
        {"bad_rows", preview.report.badRows}, {"overlap", preview.report.overlap}, {"train", toJson(preview.train)},
        {"validation", toJson(preview.validation)}, {"warnings", preview.report.warnings},
        {"problems", std::move(problems)}, {"refusals", cli::toJson(preview.refusals)}};
}

/// What a file turned out to hold, and why it was taken for that.
std::string sourceText(const SourceReport& source, std::size_t width)
{
    if (source.format.empty())
        return source.file + "\n  no row that can be read\n";
    const std::string rows
        = fmt::format("{} {}, {}: {}", source.rows, source.rows == 1 ? "row" : "rows", source.format, source.why);
    return fmt::format("{}\n  {}\n  {}\n", source.file, cutTo(rows, width - 2),
        cutTo("columns: " + onOneLine(join(source.columns)), width - 2));
}

/// The text as it stands, indented, its first lines.
std::string chatText(const std::string& text, std::size_t width)
{
    constexpr std::size_t kMostLines = 30;
    std::string shown;
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text.size(); ++lines) {
        if (lines == kMostLines)
            return shown + "  …\n";
        const std::size_t end = std::min(text.find('\n', at), text.size());
        shown += "  " + cutTo(onOneLine(text.substr(at, end - at)), width - 2) + "\n";
        at = end + 1;
    }
    return shown;
}

std::string rowText(const PreviewRow& row, std::size_t width)
{
    std::string text = fmt::format("{}: {} tokens", place(row.file, row.line, row.unit), row.tokens.size());
    if (static_cast<std::size_t>(row.kept) < row.tokens.size())
        text += fmt::format(", cut to {}", row.kept);
    text += fmt::format(", {} learned", row.targets);
    if (row.validation)
        text += ", held back for validation";
    if (row.dropped)
        text += ", not used: every token is masked";
    text += "\n";
    if (row.isChat)
        return text + chatText(row.text, width)
            + tokenGrid(std::span(row.tokens).first(static_cast<std::size_t>(row.kept)), width) + "\n";
    const std::size_t room = width - std::string_view("  completion  ").size();
    if (!row.prompt.empty())
        text += "  prompt      " + cutTo(onOneLine(row.prompt), room) + "\n";
    text += "  completion  " + cutTo(onOneLine(row.completion), room) + "\n";
    return text + tokenGrid(std::span(row.tokens).first(static_cast<std::size_t>(row.kept)), width) + "\n";
}

std::string totalsText(const Preview& preview)
{
    const auto totals = [](std::string_view name, const PreviewTotals& sums) {
        return fmt::format(
            "{:<11}{:>8} rows {:>10} tokens {:>10} learned\n", name, sums.rows, sums.tokens, sums.targets);
    };
    const LengthHistogram& lengths = preview.lengths;
    std::string text = "length in tokens, before the cut\n" + histogramText(lengths);
    if (!lengths.counts.empty())
        text += fmt::format("  median {}, 95 of 100 rows have at most {}, longest {} ({})\n", lengths.median,
            lengths.percentile95, lengths.longest,
            place(lengths.longestFile, lengths.longestLine, lengths.longestUnit));
    text += "\n" + totals("train", preview.train) + totals("validation", preview.validation);
    return text
        + fmt::format("cut at {} tokens: {}, fully masked: {}, skipped: {}\n", preview.maxLength, preview.report.cut,
            preview.report.fullyMasked, preview.report.badRows);
}

class PreviewVerb : public Verb {
public:
    PreviewVerb()
        : Verb("preview", "show rows as the model will see them", "falconer preview recipe.yaml --rows 2")
    {
    }

    void declare(CLI::App& arguments) override
    {
        addOption(arguments, "RUN.yaml", m_recipe, "The recipe")->required()->type_name("");
        addOption(arguments, "--rows", m_rows, fmt::format("How many rows to show (default: {})", kDefaultRows))
            ->type_name("N")
            ->check(wholeNumber(0));
        addSettings(arguments, m_settings);
    }

    int run(Console& console) override
    {
        const Recipe recipe = loadRecipe(expandPath(m_recipe), m_settings).recipe;
        const auto tokenizer = loadTokenizerFor(resolveModel(recipe.model));
        ProgressView progress(console);
        const Preview preview
            = previewDataset(recipe.data, recipe.training.seed, *tokenizer, m_rows, progress.callback());
        console.status("");
        for (const std::string& warning : preview.report.warnings)
            console.note("warning: " + warning);
        for (const Fault& fault : preview.problems)
            console.note("skipped: " + sentence(fault));

        // The rows are shown all the same: they tell why.
        const int exitCode = preview.refusals.empty() ? 0 : Error(preview.refusals).exitCode();
        if (console.json()) {
            console.object(toJson(preview));
            return exitCode;
        }
        for (const SourceReport& source : preview.report.sources)
            console.text(sourceText(source, console.width()));
        console.text("\n");
        for (const PreviewRow& row : preview.rows)
            console.text(rowText(row, console.width()));
        console.text(totalsText(preview));
        for (const Fault& fault : preview.refusals)
            console.note("training refuses this: " + sentence(fault));
        return exitCode;
    }

private:
    std::string m_recipe;
    std::int64_t m_rows = kDefaultRows;
    std::vector<std::string> m_settings;
};

} // namespace

std::unique_ptr<Verb> makePreviewVerb() { return std::make_unique<PreviewVerb>(); }

} // namespace falconer::cli
