// SPDX-License-Identifier: Apache-2.0
#include "core/data/row_encoder.h"

#include "core/base/error.h"
#include "core/data/token_ranges.h"

#include <algorithm>
#include <fmt/format.h>

namespace falconer {

std::size_t EncodedRow::firstTarget() const
{
    if (learn.empty())
        return 0;
    return static_cast<std::size_t>(std::find(learn.begin() + 1, learn.end(), std::uint8_t{1}) - learn.begin());
}

RowEncoder::RowEncoder(const DataSettings& settings, const Tokenizer& tokenizer)
    : m_tokenizer(tokenizer)
    , m_maxLength(settings.maxLength)
{
    if (settings.lossOn == "assistant")
        m_lossOn = LossOn::assistant;
    else if (settings.lossOn == "all")
        m_lossOn = LossOn::all;
    else if (settings.lossOn != "completion")
        throw Error(ErrorCode::recipeInvalid, "data.loss_on", fmt::format("\"{}\" is not known", settings.lossOn),
            "use completion, assistant or all");
    if (settings.maxLength < 2)
        throw Error(ErrorCode::recipeInvalid, "data.max_length",
            fmt::format("{} tokens leave nothing to predict", settings.maxLength), "use at least 2");
    if (const auto eos = tokenizer.eos())
        m_endOfText = tokenizer.bytes(*eos);
}

EncodedRow RowEncoder::encode(const TextRow& row) const
{
    EncodedRow encoded;
    std::string text = row.text();
    if (!row.isChat && !row.completion.ends_with(m_endOfText))
        text += m_endOfText;
    encoded.ids = m_tokenizer.encode(text, !row.isChat);
    if (row.hasPrompt) {
        const std::vector<std::int32_t> prompt = m_tokenizer.encode(row.prompt, !row.isChat);
        const auto differ = std::mismatch(prompt.begin(), prompt.end(), encoded.ids.begin(), encoded.ids.end());
        encoded.completionStart = static_cast<std::size_t>(differ.second - encoded.ids.begin());
        encoded.promptMerged = encoded.completionStart < prompt.size();
    }

    encoded.learn.assign(encoded.ids.size(), 1);
    if (m_lossOn == LossOn::all)
        return encoded;
    if (m_lossOn == LossOn::assistant && row.isChat)
        encoded.learn = answerMask(text, tokenRanges(text, encoded.ids, m_tokenizer), row.answers);
    std::fill_n(encoded.learn.begin(), encoded.completionStart, std::uint8_t{0});
    return encoded;
}

Sample RowEncoder::cut(const EncodedRow& row) const
{
    const auto length = static_cast<std::ptrdiff_t>(std::min(row.ids.size(), static_cast<std::size_t>(m_maxLength)));
    Sample sample;
    sample.ids.assign(row.ids.begin(), row.ids.begin() + length);
    sample.learn.assign(row.learn.begin(), row.learn.begin() + length);
    return sample;
}

std::int64_t Sample::targets() const
{
    return learn.empty() ? 0 : std::count(learn.begin() + 1, learn.end(), std::uint8_t{1});
}

} // namespace falconer
