// SPDX-License-Identifier: Apache-2.0
#include "core/data/row_survey.h"

#include "core/data/row_pipeline.h"
#include "core/data/source_files.h"
#include "core/data/split.h"
#include "core/data/text_key.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace falconer {
namespace {

constexpr std::size_t kBatch = 256; // rows handed over at once

using Keys = std::unordered_set<TextKey, TextKey::Hash>;

SurveyedRow measure(const EncodedRow& encoded)
{
    SurveyedRow row;
    const auto limit = static_cast<std::size_t>(SurveyedRow::kNever - 1);
    row.length = static_cast<std::int32_t>(std::min(encoded.ids.size(), limit));
    const std::size_t first = encoded.firstTarget();
    if (first < encoded.ids.size())
        row.firstTarget = static_cast<std::int32_t>(std::min(first, limit));
    return row;
}

/// Collects the rows of a file, bad ones included, and hands them over in batches.
class Batches {
public:
    Batches(const SurveyObserver& observe, std::int32_t file)
        : m_observe(observe)
        , m_file(file)
    {
    }
    /// `number`: of the row within its file, bad ones counted.
    void add(std::int64_t number, const SurveyedRow& row)
    {
        fillTo(number);
        m_rows.push_back(row);
        if (m_rows.size() >= kBatch)
            flush();
    }
    void finish(std::int64_t rows)
    {
        fillTo(rows);
        flush();
    }

private:
    void fillTo(std::int64_t number)
    {
        while (m_given + static_cast<std::int64_t>(m_rows.size()) < number)
            m_rows.emplace_back();
    }
    void flush()
    {
        if (m_rows.empty())
            return;
        if (m_observe)
            m_observe(m_file, m_rows);
        m_given += static_cast<std::int64_t>(m_rows.size());
        m_rows.clear();
    }

    const SurveyObserver& m_observe;
    std::int32_t m_file;
    std::vector<SurveyedRow> m_rows;
    std::int64_t m_given = 0;
};

void merge(DatasetReport& whole, const DatasetReport& part)
{
    whole.rows += part.rows;
    whole.badRows += part.badRows;
    whole.sources.insert(whole.sources.end(), part.sources.begin(), part.sources.end());
    whole.warnings.insert(whole.warnings.end(), part.warnings.begin(), part.warnings.end());
}

/// What the pipeline warns of, but for bad rows, which are listed one by one.
void warnOfRows(RowPipeline& pipeline, DatasetReport& report)
{
    pipeline.warn();
    if (report.badRows > 0)
        report.warnings.erase(report.warnings.begin());
}

} // namespace

SurveyReport surveyRows(
    const DataSettings& given, const Tokenizer& tokenizer, const SurveyObserver& observe, const Progress& progress)
{
    DataSettings settings = given;
    settings.onBadRow = "skip";
    settings.maxLength = DataSettings{}.maxLength;
    const SourceFiles sources(settings);
    SurveyReport result;

    Keys heldQuestions;
    Keys heldTexts;
    DatasetReport heldReport;
    std::vector<Fault> heldProblems;
    if (sources.validation) {
        RowPipeline pipeline(settings, tokenizer, heldReport, progress, {});
        Batches batches(observe, sources.validationIndex());
        pipeline.read(*sources.validation, [&](const TextRow& text, const EncodedRow& encoded) {
            SurveyedRow row = measure(encoded);
            heldQuestions.insert(questionKey(text));
            row.repeats = !heldTexts.insert(textKey(text.text())).second;
            batches.add(heldReport.rows - 1, row);
        });
        batches.finish(heldReport.rows);
        warnOfRows(pipeline, heldReport);
        heldProblems = pipeline.problems();
    }

    RowPipeline pipeline(settings, tokenizer, result.report, progress, {});
    Keys texts;
    std::unordered_map<TextKey, std::uint32_t, TextKey::Hash> questions;
    for (std::size_t file = 0; file < sources.train.size(); ++file) {
        const std::int64_t before = result.report.rows;
        Batches batches(observe, static_cast<std::int32_t>(file));
        pipeline.read(sources.train[file], [&](const TextRow& text, const EncodedRow& encoded) {
            SurveyedRow row = measure(encoded);
            const TextKey question = questionKey(text);
            const TextKey whole = textKey(text.text());
            row.repeats = !texts.insert(whole).second;
            row.overlaps = heldQuestions.contains(question) || heldTexts.contains(whole);
            result.report.overlap += row.overlaps ? 1 : 0;
            result.questions.push_back(
                questions.try_emplace(question, static_cast<std::uint32_t>(questions.size())).first->second);
            batches.add(result.report.rows - 1 - before, row);
        });
        batches.finish(result.report.rows - before);
    }
    warnOfRows(pipeline, result.report);
    result.problems = pipeline.problems();
    result.problems.insert(result.problems.end(), heldProblems.begin(), heldProblems.end());
    merge(result.report, heldReport);
    return result;
}

std::vector<std::uint8_t> heldBack(std::span<const std::uint32_t> questions, double share, std::uint64_t seed)
{
    // The choice depends on which rows share a question, not on what it says: its number stands for it.
    ValidationSplit split;
    TextRow row;
    for (const std::uint32_t question : questions) {
        row.prompt = std::to_string(question);
        split.add(row);
    }
    return split.choose(share, seed);
}

LengthStats::LengthStats(std::span<const SurveyedRow> rows)
{
    for (const SurveyedRow& row : rows) {
        if (row.isBad())
            continue;
        m_lengths.push_back(row.length);
        m_firstTargets.push_back(row.firstTarget);
        m_tokens += row.length;
        if (row.firstTarget != SurveyedRow::kNever)
            m_rescue = std::max<std::int64_t>(m_rescue, std::int64_t{row.firstTarget} + 1);
    }
    std::sort(m_lengths.begin(), m_lengths.end());
    std::sort(m_firstTargets.begin(), m_firstTargets.end());
    m_histogram = makeHistogram({m_lengths.begin(), m_lengths.end()});
}

std::int64_t LengthStats::cutAt(std::int64_t maxLength) const
{
    return m_lengths.end() - std::upper_bound(m_lengths.begin(), m_lengths.end(), maxLength);
}

std::int64_t LengthStats::maskedAt(std::int64_t maxLength) const
{
    return m_firstTargets.end() - std::lower_bound(m_firstTargets.begin(), m_firstTargets.end(), maxLength);
}

} // namespace falconer
