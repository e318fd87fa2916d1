// SPDX-License-Identifier: Apache-2.0
#include "core/data/row_encoder.h"

#include "core/base/error.h"

#include <algorithm>
#include <fmt/format.h>

namespace falconer {

RowEncoder::RowEncoder(const DataSettings& settings, const Tokenizer& tokenizer)
    : m_tokenizer(tokenizer)
    , m_maxLength(settings.maxLength)
    , m_learnAll(settings.lossOn == "all")
{
    if (settings.lossOn != "completion" && settings.lossOn != "all")
        throw Error(ErrorCode::recipeInvalid, "data.loss_on",
            fmt::format("{} is not available in this version", settings.lossOn), "use completion or all");
    if (settings.maxLength < 2)
        throw Error(ErrorCode::recipeInvalid, "data.max_length",
            fmt::format("{} tokens leave nothing to predict", settings.maxLength), "use at least 2");
    if (const auto eos = tokenizer.eos())
        m_endOfText = tokenizer.bytes(*eos);
}

EncodedRow RowEncoder::encode(const TextRow& row) const
{
    const std::vector<std::int32_t> prompt = m_tokenizer.encode(row.prompt);
    std::string text = row.prompt + row.completion;
    if (!row.completion.ends_with(m_endOfText))
        text += m_endOfText;

    EncodedRow encoded;
    encoded.ids = m_tokenizer.encode(text);
    const auto differ = std::mismatch(prompt.begin(), prompt.end(), encoded.ids.begin(), encoded.ids.end());
    encoded.completionStart = static_cast<std::size_t>(differ.second - encoded.ids.begin());
    encoded.promptMerged = encoded.completionStart < prompt.size();
    encoded.firstTarget = m_learnAll ? 0 : encoded.completionStart;
    return encoded;
}

Sample RowEncoder::cut(const EncodedRow& row) const
{
    Sample sample;
    const std::size_t length = std::min(row.ids.size(), static_cast<std::size_t>(m_maxLength));
    sample.ids.assign(row.ids.begin(), row.ids.begin() + static_cast<std::ptrdiff_t>(length));
    sample.learn.assign(sample.ids.size(), 0);
    for (std::size_t i = row.firstTarget; i < sample.learn.size(); ++i)
        sample.learn[i] = 1;
    return sample;
}

std::int64_t Sample::targets() const
{
    return learn.empty() ? 0 : std::count(learn.begin() + 1, learn.end(), std::uint8_t{1});
}

} // namespace falconer
