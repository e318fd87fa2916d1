// SPDX-License-Identifier: Apache-2.0
#include "core/data/load_rows.h"

#include "core/data/split.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_set>

namespace falconer {
namespace {

/// The texts of a validation file, to recognise training rows that give its answers away.
class HeldTexts {
public:
    void add(const TextRow& row)
    {
        if (!row.prompt.empty())
            m_prompts.insert(row.prompt);
        m_texts.insert(row.prompt + row.completion);
    }
    bool meets(const TextRow& row) const
    {
        return m_prompts.contains(row.prompt) || m_texts.contains(row.prompt + row.completion);
    }

private:
    std::unordered_set<std::string> m_prompts;
    std::unordered_set<std::string> m_texts;
};

bool allMasked(const std::vector<Sample>& samples)
{
    return std::all_of(samples.begin(), samples.end(), [](const Sample& sample) { return sample.targets() == 0; });
}

void mergeReports(DatasetReport& whole, const DatasetReport& part)
{
    whole.rows += part.rows;
    whole.badRows += part.badRows;
    whole.cut += part.cut;
    whole.fullyMasked += part.fullyMasked;
    for (const std::string& warning : part.warnings)
        whole.warnings.push_back("Validation file: " + warning);
}

void warnOfSides(LoadedRows& rows, const ValidationSplit& split)
{
    const auto warning = [&](std::string text) { rows.report.warnings.push_back(std::move(text)); };
    const auto usable = [&](std::size_t i) { return rows.held[i] && rows.training[i].targets() > 0; };
    bool anyHeld = false;
    for (std::size_t i = 0; i < rows.training.size() && !anyHeld; ++i)
        anyHeld = usable(i);
    if (rows.sources.share > 0 && !rows.training.empty() && split.groups() < 2)
        warning(
            "All rows share one prompt, so none could be held back for validation. Name a file under data.validation.");
    else if (rows.sources.share > 0 && !rows.training.empty() && !anyHeld)
        warning("Every row held back for validation is fully masked, so nothing is validated.");
    if (const std::int64_t overlap = rows.report.overlap; overlap > 0)
        warning(fmt::format("{} of {} training rows {} a prompt or the whole text with the validation file, so the "
                            "validation loss will look better than it is.",
            overlap, rows.training.size(), overlap == 1 ? "shares" : "share"));
}

} // namespace

LoadedRows loadRows(const DataSettings& settings, std::uint64_t seed, const Tokenizer& tokenizer,
    const Progress& progress, bool allowEmpty, const RowObserver& observer)
{
    LoadedRows rows{SourceFiles(settings), {}, {}, {}, {}, {}};
    const auto add = [&](RowPipeline& pipeline, const TextRow& text, const EncodedRow& encoded, std::int32_t file,
                         std::vector<Sample>& samples) {
        samples.push_back(pipeline.cut(encoded, text.line, file));
        if (observer)
            observer(text, encoded, samples.back());
    };

    // The validation file comes first, so that each training row can be compared with it while it passes.
    HeldTexts held;
    DatasetReport heldReport;
    std::vector<Fault> heldProblems;
    if (const auto& file = rows.sources.validation) {
        RowPipeline pipeline(settings, tokenizer, heldReport, progress);
        pipeline.read(*file, [&](const TextRow& text, const EncodedRow& encoded) {
            held.add(text);
            add(pipeline, text, encoded, rows.sources.validationIndex(), rows.validation);
        });
        pipeline.warn();
        if (!allowEmpty && allMasked(rows.validation))
            pipeline.refuseEmpty(*file, "to validate on");
        heldProblems = pipeline.problems();
    }

    RowPipeline pipeline(settings, tokenizer, rows.report, progress);
    ValidationSplit split;
    for (std::size_t file = 0; file < rows.sources.train.size(); ++file) {
        pipeline.read(rows.sources.train[file], [&](const TextRow& text, const EncodedRow& encoded) {
            if (rows.sources.validation)
                rows.report.overlap += held.meets(text) ? 1 : 0;
            else if (rows.sources.share > 0)
                split.add(text);
            add(pipeline, text, encoded, static_cast<std::int32_t>(file), rows.training);
        });
    }
    pipeline.warn();
    if (!allowEmpty && allMasked(rows.training))
        pipeline.refuseEmpty(rows.sources.train.front(), "to train on");

    rows.held = split.choose(rows.sources.share, seed);
    rows.held.resize(rows.training.size(), 0); // with a validation file nothing was added to the split
    rows.problems = pipeline.problems();
    rows.problems.insert(rows.problems.end(), heldProblems.begin(), heldProblems.end());
    mergeReports(rows.report, heldReport);
    warnOfSides(rows, split);
    return rows;
}

} // namespace falconer
