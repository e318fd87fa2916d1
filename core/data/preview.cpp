// SPDX-License-Identifier: Apache-2.0
#include "core/data/preview.h"

#include "core/base/text.h"
#include "core/data/load_rows.h"

#include <algorithm>
#include <cmath>

namespace falconer {
namespace {

std::vector<PreviewToken> tokensOf(const EncodedRow& row, const Tokenizer& tokenizer)
{
    std::vector<PreviewToken> tokens;
    tokens.reserve(row.ids.size());
    std::string pending; // bytes of a character that is not complete yet
    for (std::size_t i = 0; i < row.ids.size(); ++i) {
        pending += tokenizer.bytes(row.ids[i]);
        const std::size_t whole = i + 1 == row.ids.size() ? pending.size() : completeUtf8Prefix(pending);
        tokens.push_back({row.ids[i], toValidUtf8(std::string_view(pending).substr(0, whole)), row.learn[i] != 0});
        pending.erase(0, whole);
    }
    return tokens;
}

/// The smallest of 1, 2, 5, 10, 20, 50, … that is at least `width`.
std::int64_t roundUp(std::int64_t width)
{
    for (std::int64_t power = 1;; power *= 10)
        for (const std::int64_t digit : {1, 2, 5})
            if (digit * power >= width)
                return digit * power;
}

/// The smallest length that at least `share` of the rows do not exceed (nearest rank).
std::int64_t quantile(const std::vector<std::int64_t>& sorted, double share)
{
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

PreviewTotals totalsOf(const SampleStore& samples, const std::vector<std::size_t>& chosen)
{
    PreviewTotals totals;
    for (const std::size_t i : chosen) {
        ++totals.rows;
        totals.tokens += samples.lengthAt(i);
        totals.targets += samples.targetsAt(i);
    }
    return totals;
}

} // namespace

LengthHistogram makeHistogram(const std::vector<std::int64_t>& lengths, std::int64_t buckets)
{
    LengthHistogram histogram;
    if (lengths.empty())
        return histogram;
    std::vector<std::int64_t> sorted = lengths;
    std::sort(sorted.begin(), sorted.end());
    histogram.longest = sorted.back();
    histogram.median = quantile(sorted, 0.5);
    histogram.percentile95 = quantile(sorted, 0.95);

    // Starting at a multiple of the width can cost one bucket more, so the width is chosen with one to spare.
    const std::int64_t usable = std::max<std::int64_t>(buckets - 1, 1);
    const std::int64_t width = roundUp((sorted.back() - sorted.front()) / usable + 1);
    const std::int64_t first = sorted.front() / width * width;
    histogram.counts.assign(static_cast<std::size_t>((sorted.back() - first) / width + 1), 0);
    for (const std::int64_t length : sorted)
        ++histogram.counts[static_cast<std::size_t>((length - first) / width)];
    for (std::size_t i = 0; i <= histogram.counts.size(); ++i)
        histogram.edges.push_back(first + static_cast<std::int64_t>(i) * width);
    return histogram;
}

Preview previewDataset(const DataSettings& settings, std::uint64_t seed, const Tokenizer& tokenizer, std::int64_t rows,
    const Progress& progress)
{
    Preview preview;
    const SourceFiles sources(settings);
    const std::vector<std::string> files = sources.all();
    std::vector<std::int64_t> lengths;
    std::int64_t longest = -1;
    const auto observe = [&](const TextRow& text, const EncodedRow& encoded, const Sample& sample) {
        const auto length = static_cast<std::int64_t>(encoded.ids.size());
        const std::string& file = files[static_cast<std::size_t>(sample.file)];
        lengths.push_back(length);
        if (length > longest) {
            longest = length;
            preview.lengths.longestLine = text.line;
            preview.lengths.longestUnit = text.unit;
            preview.lengths.longestFile = file;
        }
        const bool fromValidation = sources.validation && sample.file == sources.validationIndex();
        if (fromValidation || static_cast<std::int64_t>(preview.rows.size()) >= rows)
            return;
        PreviewRow shown;
        shown.file = file;
        shown.line = text.line;
        shown.unit = text.unit;
        shown.text = text.text();
        shown.isChat = text.isChat;
        shown.prompt = text.prompt;
        shown.completion = text.completion;
        shown.tokens = tokensOf(encoded, tokenizer);
        shown.kept = static_cast<std::int64_t>(sample.ids.size());
        shown.targets = sample.targets();
        shown.dropped = shown.targets == 0;
        preview.rows.push_back(std::move(shown));
    };
    LoadedRows loaded = loadRows(settings, seed, tokenizer, progress, observe);

    for (std::size_t i = 0; i < preview.rows.size(); ++i)
        preview.rows[i].validation = loaded.held[i] != 0;
    preview.train = totalsOf(loaded.training, loaded.learned);
    preview.validation = totalsOf(loaded.validation, loaded.measured);

    LengthHistogram histogram = makeHistogram(lengths);
    histogram.longestUnit = preview.lengths.longestUnit;
    histogram.longestLine = preview.lengths.longestLine;
    histogram.longestFile = std::move(preview.lengths.longestFile);
    preview.lengths = std::move(histogram);
    preview.maxLength = settings.maxLength;
    preview.report = std::move(loaded.report);
    preview.problems = std::move(loaded.problems);
    preview.refusals = std::move(loaded.refusals);
    return preview;
}

} // namespace falconer
