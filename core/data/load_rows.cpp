// SPDX-License-Identifier: Apache-2.0
#include "core/data/load_rows.h"

#include "core/base/fault_list.h"
#include "core/data/mixture.h"
#include "core/data/split.h"
#include "core/data/text_key.h"

#include <fmt/format.h>
#include <unordered_set>

namespace falconer {
namespace {

/// The texts of a validation file, to recognise training rows that give its answers away.
class HeldTexts {
public:
    void add(const TextRow& row)
    {
        m_questions.insert(questionKey(row));
        m_texts.insert(textKey(row.text()));
    }
    bool meets(const TextRow& row) const
    {
        return m_questions.contains(questionKey(row)) || m_texts.contains(textKey(row.text()));
    }

private:
    std::unordered_set<TextKey, TextKey::Hash> m_questions;
    std::unordered_set<TextKey, TextKey::Hash> m_texts;
};

bool nothingToLearn(const SampleStore& samples)
{
    for (std::size_t i = 0; i < samples.size(); ++i)
        if (samples.targetsAt(i) > 0)
            return false;
    return true;
}

void mergeReports(DatasetReport& whole, const DatasetReport& part)
{
    whole.rows += part.rows;
    whole.badRows += part.badRows;
    whole.cut += part.cut;
    whole.fullyMasked += part.fullyMasked;
    whole.sources.insert(whole.sources.end(), part.sources.begin(), part.sources.end());
    for (const std::string& warning : part.warnings)
        whole.warnings.push_back("Validation file: " + warning);
}

/// Fills rows.held, learned and measured.
void takeSides(LoadedRows& rows, const ValidationSplit& split, std::uint64_t seed)
{
    rows.held = split.choose(rows.sources.share, seed);
    rows.held.resize(rows.training.size(), 0); // with a validation file nothing was added to the split
    std::vector<std::vector<std::size_t>> byFile(rows.sources.train.size());
    for (std::size_t i = 0; i < rows.training.size(); ++i) {
        if (rows.training.targetsAt(i) == 0)
            continue;
        if (rows.held[i])
            rows.measured.push_back(i);
        else
            byFile[static_cast<std::size_t>(rows.training.fileAt(i))].push_back(i);
    }
    rows.learned = mixFiles(byFile, rows.sources.weights, seed);
    if (!rows.sources.validation) {
        rows.validation = rows.training;
        return;
    }
    for (std::size_t i = 0; i < rows.validation.size(); ++i)
        if (rows.validation.targetsAt(i) > 0)
            rows.measured.push_back(i);
}

void warnOfSides(LoadedRows& rows, const ValidationSplit& split)
{
    const auto warning = [&](std::string text) { rows.report.warnings.push_back(std::move(text)); };
    const bool share = rows.sources.share > 0 && !rows.training.empty();
    if (share && split.groups() < 2)
        warning(rows.training.size() == 1
                ? "There is only one row, so none could be held back for validation and nothing will show overfitting. "
                  "Name a file under data.validation."
                : "All rows share one prompt, so none could be held back for validation. Name a file under "
                  "data.validation.");
    else if (share && rows.measured.empty())
        warning("Every row held back for validation is fully masked, so nothing is validated.");
    else if (rows.measured.size() == 1)
        warning("Only one row is there to validate on, so the validation loss says little and overfitting cannot be "
                "told from chance. Hold back more rows with data.validation.");
    if (const std::int64_t overlap = rows.report.overlap; overlap > 0)
        warning(fmt::format("{} of {} training rows {} a prompt or the whole text with the validation file, so the "
                            "validation loss will look better than it is.",
            overlap, rows.training.size(), overlap == 1 ? "shares" : "share"));
}

} // namespace

LoadedRows loadRows(const DataSettings& settings, std::uint64_t seed, const Tokenizer& tokenizer,
    const Progress& progress, const RowObserver& observer, std::optional<std::tm> now)
{
    LoadedRows rows{SourceFiles(settings), SampleStore(), {}, SampleStore(), {}, {}, {}, {}, {}};
    const auto add = [&](RowPipeline& pipeline, const TextRow& text, const EncodedRow& encoded, std::int32_t file,
                         SampleStore& samples) {
        const Sample sample = pipeline.cut(encoded, text.line, file);
        samples.append(sample);
        if (observer)
            observer(text, encoded, sample);
    };

    // A broken file does not hide that the next one is broken too.
    FaultList faults;
    // The validation file comes first, so that each training row can be compared with it while it passes.
    HeldTexts held;
    DatasetReport heldReport;
    std::vector<Fault> heldProblems;
    if (const auto& file = rows.sources.validation) {
        RowPipeline pipeline(settings, tokenizer, heldReport, progress, now);
        faults.attempt([&] {
            pipeline.read(*file, [&](const TextRow& text, const EncodedRow& encoded) {
                held.add(text);
                add(pipeline, text, encoded, rows.sources.validationIndex(), rows.validation);
            });
        });
        pipeline.warn();
        if (nothingToLearn(rows.validation))
            rows.refusals.push_back(pipeline.emptiness(*file, "to validate on"));
        heldProblems = pipeline.problems();
    }

    RowPipeline pipeline(settings, tokenizer, rows.report, progress, now);
    ValidationSplit split;
    for (std::size_t file = 0; file < rows.sources.train.size(); ++file) {
        faults.attempt([&] {
            pipeline.read(rows.sources.train[file], [&](const TextRow& text, const EncodedRow& encoded) {
                if (rows.sources.validation)
                    rows.report.overlap += held.meets(text) ? 1 : 0;
                else if (rows.sources.share > 0)
                    split.add(text);
                add(pipeline, text, encoded, static_cast<std::int32_t>(file), rows.training);
            });
        });
    }
    faults.check();
    pipeline.warn();

    takeSides(rows, split, seed);
    if (nothingToLearn(rows.training))
        rows.refusals.push_back(pipeline.emptiness(rows.sources.train.front(), "to train on"));
    else if (rows.learned.empty())
        rows.refusals.push_back({ErrorCode::dataInvalid, rows.sources.train.front(),
            "every label is masked in the rows that data.validation leaves to train on",
            "raise data.max_length, or hold back a smaller share"});
    rows.problems = pipeline.problems();
    rows.problems.insert(rows.problems.end(), heldProblems.begin(), heldProblems.end());
    mergeReports(rows.report, heldReport);
    warnOfSides(rows, split);
    return rows;
}

} // namespace falconer
