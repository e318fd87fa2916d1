// SPDX-License-Identifier: Apache-2.0
#include "core/inference/generate_engine.h"

#include "core/model/decoder.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace falconer {

namespace {

/// Tokens of prompts that one pass reads at most.
constexpr std::int64_t kPassTokens = 1024;

std::size_t indexOf(std::int64_t value) { return static_cast<std::size_t>(value); }
std::int64_t count(const std::vector<std::int32_t>& ids) { return static_cast<std::int64_t>(ids.size()); }

/// Takes the adapter off while it lives.
class AdapterOff {
public:
    explicit AdapterOff(Decoder& decoder)
        : m_decoder(decoder)
        , m_was(decoder.adapterEnabled())
    {
        m_decoder.enableAdapter(false);
    }
    ~AdapterOff() { m_decoder.enableAdapter(m_was); }
    AdapterOff(const AdapterOff&) = delete;
    AdapterOff& operator=(const AdapterOff&) = delete;

private:
    Decoder& m_decoder;
    bool m_was;
};

} // namespace

GenerationEngine::GenerationEngine(
    LoadedModel& model, const GenerateOptions& options, OnTextOf onText, KeyValueCache& cache, bool keepCache)
    : m_model(model)
    , m_options(options)
    , m_onText(std::move(onText))
    , m_cache(cache)
    , m_keepCache(keepCache)
    , m_stopIds(options.stopIds)
{
    const auto own = model.tokenizer->stopIds();
    m_stopIds.insert(m_stopIds.end(), own.begin(), own.end());
}

std::vector<std::int32_t> GenerationEngine::encode(
    const LoadedModel& model, const std::string& prompt, const GenerateOptions& options, const std::string& subject)
{
    const Tokenizer& tokenizer = *model.tokenizer;
    const ModelSpec& spec = model.decoder->spec();
    std::vector<std::int32_t> ids = tokenizer.encode(prompt, options.addSpecial);
    if (ids.empty() && tokenizer.bos())
        ids.push_back(*tokenizer.bos());
    if (ids.empty())
        throw Error(
            ErrorCode::requestInvalid, subject, "it is empty and the model has no start token", "write a prompt");
    for (const std::int32_t id : ids)
        if (id < 0 || id >= spec.vocabulary)
            throw Error(ErrorCode::modelIncomplete, "tokenizer",
                fmt::format("it makes the id {}, which the model does not have", id),
                "use a tokenizer and weights that belong together");
    if (spec.context > 0 && count(ids) >= spec.context)
        throw Error(ErrorCode::requestInvalid, subject,
            fmt::format("it has {} tokens, which leaves no room for an answer in the {} that the model can read",
                ids.size(), spec.context),
            "shorten it");
    return ids;
}

std::vector<Generated> GenerationEngine::run(std::vector<std::vector<std::int32_t>> prompts, std::int64_t cached)
{
    const at::NoGradGuard noGrad;
    std::optional<AdapterOff> adapterOff;
    if (!m_options.useAdapter)
        adapterOff.emplace(*m_model.decoder);

    m_answers.resize(prompts.size());
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        m_answers[i].promptTokens = count(prompts[i]);
        m_promptTokens += count(prompts[i]);
        m_waiting.push_back({i, std::move(prompts[i]), 0, Sampler(m_options.sampling, m_options.seed),
            AnswerText(m_options.stopStrings)});
    }
    if (cached > 0) {
        m_waiting.front().read = cached;
        m_promptTokens -= cached;
    }

    while (true) {
        admit();
        if (m_running.empty())
            break;
        if (m_options.cancel && m_options.cancel->raised()) {
            cancelAll();
            break;
        }
        reportProgress();
        const std::vector<bool> answered = forward();
        const std::size_t vocabulary = indexOf(m_model.decoder->spec().vocabulary);
        std::span<float> logits(m_logits);
        std::vector<std::size_t> ended;
        for (std::size_t i = 0; i < m_running.size(); ++i) {
            if (!answered[i])
                continue;
            Sequence& sequence = m_running[i];
            if (accept(sequence, sequence.sampler.choose(logits.first(vocabulary), sequence.ids)))
                ended.push_back(i);
            logits = logits.subspan(vocabulary);
        }
        for (auto i = ended.rbegin(); i != ended.rend(); ++i)
            drop(*i);
    }
    return std::move(m_answers);
}

void GenerationEngine::admit()
{
    while (!m_waiting.empty() && static_cast<std::int64_t>(m_running.size()) < m_options.batch) {
        m_running.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
}

std::vector<bool> GenerationEngine::forward()
{
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> lengths;
    std::vector<std::int64_t> lastRows; // of the sequences that are read to their end
    std::vector<bool> answered;
    std::int64_t room = kPassTokens;
    for (Sequence& sequence : m_running) {
        const std::int64_t unread = count(sequence.ids) - sequence.read;
        const std::int64_t length = unread == 1 ? 1 : std::min(unread, room); // an answer always moves on
        room -= std::min(room, length);
        const auto begin = sequence.ids.begin() + sequence.read;
        ids.insert(ids.end(), begin, begin + length);
        lengths.push_back(length);
        answered.push_back(length == unread);
        if (answered.back())
            lastRows.push_back(static_cast<std::int64_t>(ids.size()) - 1);
        if (sequence.read < m_answers[sequence.prompt].promptTokens)
            m_promptRead += length;
        sequence.read += length;
    }

    Decoder& decoder = *m_model.decoder;
    at::Tensor hidden = decoder.forward(at::tensor(at::ArrayRef<std::int64_t>(ids), at::kLong), lengths, &m_cache);
    m_logits.clear();
    if (lastRows.empty())
        return answered;
    if (lastRows.size() < ids.size())
        hidden
            = hidden.index_select(0, at::tensor(at::ArrayRef<std::int64_t>(lastRows), at::kLong).to(hidden.device()));
    const at::Tensor logits = decoder.logits(hidden).to(at::kCPU).contiguous();
    m_logits.assign(logits.const_data_ptr<float>(), logits.const_data_ptr<float>() + logits.numel());
    return answered;
}

bool GenerationEngine::accept(Sequence& sequence, std::int32_t id)
{
    if (std::find(m_stopIds.begin(), m_stopIds.end(), id) != m_stopIds.end())
        return finish(sequence, Finish::stopToken);
    Generated& answer = m_answers[sequence.prompt];
    sequence.ids.push_back(id);
    answer.ids.push_back(id);
    ++answer.newTokens;
    ++m_made;
    if (sequence.text.append(m_model.tokenizer->bytes(id)))
        return finish(sequence, Finish::stopString);
    const std::string piece = sequence.text.take();
    if (m_onText && !piece.empty() && !m_onText(sequence.prompt, piece)) {
        answer.text = sequence.text.whole();
        answer.finish = Finish::cancelled;
        return true;
    }
    if (answer.newTokens == m_options.maxNewTokens)
        return finish(sequence, Finish::length);
    if (count(sequence.ids) == m_model.decoder->spec().context)
        return finish(sequence, Finish::context);
    return false;
}

bool GenerationEngine::finish(Sequence& sequence, Finish how)
{
    Generated& answer = m_answers[sequence.prompt];
    answer.text = sequence.text.whole();
    answer.finish = how;
    const std::string rest = sequence.text.takeRest();
    if (m_onText && !rest.empty())
        m_onText(sequence.prompt, rest);
    return true;
}

void GenerationEngine::drop(std::size_t index)
{
    const auto at = static_cast<std::ptrdiff_t>(index);
    m_running.erase(m_running.begin() + at);
    if (m_keepCache)
        return;
    for (auto& layer : m_cache.layers)
        layer.erase(layer.begin() + at);
    m_cache.lengths.erase(m_cache.lengths.begin() + at);
}

void GenerationEngine::cancelAll()
{
    for (Sequence& sequence : m_running)
        finish(sequence, Finish::cancelled);
    for (Sequence& sequence : m_waiting)
        finish(sequence, Finish::cancelled);
}

void GenerationEngine::reportProgress() const
{
    if (m_promptRead < m_promptTokens)
        report(m_options.progress, "reading", m_promptRead, m_promptTokens);
    else
        report(m_options.progress, "generating", m_made,
            m_options.maxNewTokens * static_cast<std::int64_t>(m_answers.size()));
}

} // namespace falconer
