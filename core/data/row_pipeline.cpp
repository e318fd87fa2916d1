// SPDX-License-Identifier: Apache-2.0
#include "core/data/row_pipeline.h"

#include "core/base/files.h"
#include "core/data/row_reader.h"

#include <algorithm>
#include <fmt/format.h>

namespace falconer {
namespace {

constexpr std::int64_t kReportEvery = 64; // rows between two reports of progress
constexpr std::size_t kProblemsKept = 100;

/// A row that is skipped by now is not told that it can be skipped.
Fault skipped(Fault fault)
{
    constexpr std::string_view kAdvice = ", or set data.on_bad_row to skip";
    if (fault.fix.ends_with(kAdvice))
        fault.fix.resize(fault.fix.size() - kAdvice.size());
    return fault;
}

std::string rows(std::int64_t count) { return count == 1 ? "1 row" : fmt::format("{} rows", count); }

} // namespace

RowPipeline::RowPipeline(const DataSettings& settings, const Tokenizer& tokenizer, DatasetReport& report,
    const Progress& progress, std::optional<std::tm> now)
    : m_report(report)
    , m_progress(progress)
    , m_columns(settings)
    , m_renderer(settings, tokenizer, now)
    , m_encoder(settings, tokenizer)
    , m_skip(settings.onBadRow == "skip")
    , m_lossOnCompletion(settings.lossOn == "completion")
{
}

void RowPipeline::read(const std::string& file, const Sink& sink)
{
    const std::unique_ptr<RowReader> reader = openRows(expandPath(file));
    const auto tell = [&] {
        report(m_progress, "reading data", static_cast<long long>(reader->position()),
            static_cast<long long>(reader->size()));
    };
    tell();
    SourceReport source;
    source.file = file;
    std::optional<RowFormat> format;
    Row row;
    for (std::int64_t count = 0;; ++count) {
        if (count % kReportEvery == 0)
            tell();
        TextRow texts;
        try {
            if (!reader->next(row))
                break;
            if (!format) {
                RecognisedFormat recognised = m_columns.recognise(row, reader->name());
                format = recognised.format;
                source.format = name(recognised.format);
                source.why = std::move(recognised.why);
                for (const Cell& cell : row.cells)
                    source.columns.push_back(cell.column);
            }
            texts = m_renderer.render(m_columns.content(row, *format, reader->name()), reader->name());
        } catch (const Error& error) {
            if (!m_skip || error.code() != ErrorCode::dataInvalid)
                throw;
            ++m_report.rows;
            ++m_report.badRows;
            if (m_problems.size() < kProblemsKept)
                m_problems.push_back(skipped(error.faults().front()));
            continue;
        }
        ++m_report.rows;
        ++source.rows;
        const EncodedRow encoded = m_encoder.encode(texts);
        if (encoded.promptMerged && ++(texts.isChat ? m_parted : m_merged) == 1)
            (texts.isChat ? m_firstParted : m_firstMerged) = place(reader->name(), texts.line, texts.unit);
        m_anyWhole |= texts.isChat && !texts.hasPrompt;
        m_anyPlain |= !texts.isChat;
        sink(texts, encoded);
    }
    tell();
    m_report.sources.push_back(std::move(source));
}

Sample RowPipeline::cut(const EncodedRow& row, std::int64_t line, std::int32_t file)
{
    const auto length = static_cast<std::int64_t>(row.ids.size());
    // Index 0 cannot be predicted, so the first target that counts is at index 1 at the earliest.
    const std::int64_t rescue = static_cast<std::int64_t>(row.firstTarget()) + 1;
    Sample sample = m_encoder.cut(row);
    sample.row = line;
    sample.file = file;
    if (length > m_encoder.maxLength())
        ++m_report.cut;
    if (sample.targets() == 0) {
        ++m_report.fullyMasked;
        if (rescue <= length) {
            m_shortestRescue = m_shortestRescue == 0 ? rescue : std::min(m_shortestRescue, rescue);
            m_longestRescue = std::max(m_longestRescue, rescue);
        }
    }
    return sample;
}

void RowPipeline::warn()
{
    const auto warning = [&](std::string text) { m_report.warnings.push_back(std::move(text)); };
    if (m_report.badRows > 0)
        warning(fmt::format("{} skipped; the first: {}", rows(m_report.badRows), sentence(m_problems.front())));
    if (m_report.cut > 0)
        warning(
            fmt::format("{} of {} {} longer than data.max_length ({}) and {} cut.", m_report.cut, rows(m_report.rows),
                m_report.cut == 1 ? "is" : "are", m_encoder.maxLength(), m_report.cut == 1 ? "is" : "are"));
    if (m_report.fullyMasked > 0) {
        std::string text = fmt::format("Every token of {} is masked, so {} left out.", rows(m_report.fullyMasked),
            m_report.fullyMasked == 1 ? "it teaches nothing and is" : "they teach nothing and are");
        if (std::string fix = rescue(); !fix.empty()) {
            fix.front() = 'R';
            text += " " + fix + ".";
        }
        warning(std::move(text));
    }
    if (m_merged > 0)
        warning(fmt::format("In {} the end of the prompt merges with the completion into one token (the first: {}); "
                            "the loss begins where the two part. End prompts where a token ends, as at a line break.",
            rows(m_merged), m_firstMerged));
    if (m_parted > 0)
        warning(fmt::format("In {} the prompt by itself is not how the whole conversation begins (the first: {}): the "
                            "chat template renders the two otherwise, or a token reaches over the border; the loss "
                            "begins where they part.",
            rows(m_parted), m_firstParted));
    if (m_anyWhole && m_lossOnCompletion)
        warning("A conversation that is one list of messages has no completion of its own, so every token of it is "
                "learned, the user's too (as TRL does). Set data.loss_on to assistant to learn the answers alone.");
    if (m_anyPlain && !m_encoder.hasEndOfText())
        warning("The tokenizer has no end-of-text token, so the model does not learn where a completion ends.");
}

std::string RowPipeline::rescue() const
{
    if (m_longestRescue == 0)
        return {};
    if (m_shortestRescue == m_longestRescue)
        return fmt::format("raise data.max_length to {} to keep what can be kept", m_longestRescue);
    return fmt::format("raise data.max_length to {} to keep the first of them, to {} to keep all that can be kept",
        m_shortestRescue, m_longestRescue);
}

Fault RowPipeline::emptiness(const std::string& file, std::string_view purpose) const
{
    Fault fault{ErrorCode::dataInvalid, file, {}, {}};
    if (m_report.fullyMasked > 0) {
        fault.problem = fmt::format(
            "every label is masked: within data.max_length ({}) no row has a token {}", m_encoder.maxLength(), purpose);
        fault.fix = rescue();
        if (fault.fix.empty())
            fault.fix = "give rows with an answer that is not empty";
    } else if (m_report.badRows > 0) {
        const Fault& first = m_problems.front();
        fault.problem = fmt::format("nothing is left {}: all {} were skipped, the first, {}, because {}", purpose,
            rows(m_report.badRows), first.subject, first.problem);
        fault.fix = "correct the rows, or map their columns with data.columns";
    } else {
        fault.problem = fmt::format("there is no row {}", purpose);
        fault.fix = "give a file with rows";
    }
    return fault;
}

} // namespace falconer
