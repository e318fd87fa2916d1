// SPDX-License-Identifier: Apache-2.0
#include "core/inference/generate.h"

#include "core/inference/generate_engine.h"
#include "core/model/decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace falconer {

namespace {

void check(const GenerateOptions& options)
{
    if (std::vector<Fault> faults = faultsOf(options); !faults.empty())
        throw Error(std::move(faults));
}

OnTextOf ofOne(const OnText& onText)
{
    if (!onText)
        return {};
    return [&onText](std::size_t, std::string_view text) { return onText(text); };
}

} // namespace

std::vector<Fault> faultsOf(const GenerateOptions& options)
{
    std::vector<Fault> faults = faultsOf(options.sampling);
    const auto atLeastOne = [&](std::int64_t value, const char* name) {
        if (value < 1)
            faults.push_back({ErrorCode::requestInvalid, name, "must be a whole number of at least 1", {}});
    };
    atLeastOne(options.maxNewTokens, "max_new_tokens");
    atLeastOne(options.batch, "batch");
    if (std::any_of(options.stopStrings.begin(), options.stopStrings.end(),
            [](const std::string& stop) { return stop.empty(); }))
        faults.push_back({ErrorCode::requestInvalid, "stop", "an empty text would end every answer at once",
            "leave it out, or name the text to stop at"});
    return faults;
}

std::string_view name(Finish finish)
{
    switch (finish) {
    case Finish::stopToken: return "stop_token";
    case Finish::stopString: return "stop_string";
    case Finish::length: return "length";
    case Finish::context: return "context";
    case Finish::cancelled: return "cancelled";
    }
    return {};
}

Generated generate(LoadedModel& model, const std::string& prompt, const GenerateOptions& options, const OnText& onText)
{
    check(options);
    KeyValueCache cache;
    GenerationEngine engine(model, options, ofOne(onText), cache);
    return std::move(engine.run({GenerationEngine::encode(model, prompt, options, "prompt")}).front());
}

std::vector<Generated> generate(
    LoadedModel& model, std::span<const std::string> prompts, const GenerateOptions& options, const OnTextOf& onText)
{
    check(options);
    std::vector<std::vector<std::int32_t>> ids;
    for (std::size_t i = 0; i < prompts.size(); ++i)
        ids.push_back(GenerationEngine::encode(
            model, prompts[i], options, prompts.size() == 1 ? "prompt" : fmt::format("prompt {}", i + 1)));
    KeyValueCache cache;
    return GenerationEngine(model, options, onText, cache).run(std::move(ids));
}

struct Conversation::Kept {
    KeyValueCache cache;
    std::vector<std::int32_t> ids; ///< prompt and answer; the cache holds the first of them
    bool adapter = true; ///< whether they were read with the adapter on
};

Conversation::Conversation(LoadedModel& model)
    : m_model(model)
    , m_kept(std::make_unique<Kept>())
{
}

Conversation::~Conversation() = default;
Conversation::Conversation(Conversation&&) noexcept = default;
Conversation& Conversation::operator=(Conversation&&) noexcept = default;

Generated Conversation::generate(const std::string& text, const GenerateOptions& options, const OnText& onText)
{
    check(options);
    std::vector<std::int32_t> ids = GenerationEngine::encode(m_model, text, options, "prompt");
    // Taken out, so that an error on the way leaves nothing half-read behind.
    Kept kept = std::exchange(*m_kept, {});
    m_reused = 0;
    if (kept.adapter == options.useAdapter && kept.cache.past(0) > 0) {
        // The last token is always read: its answer is wanted.
        const std::int64_t known
            = std::min(kept.cache.past(0), static_cast<std::int64_t>(std::min(kept.ids.size(), ids.size() - 1)));
        m_reused = std::mismatch(ids.begin(), ids.begin() + known, kept.ids.begin()).first - ids.begin();
        kept.cache.lengths[0] = m_reused;
    } else {
        kept.cache = {};
    }
    GenerationEngine engine(m_model, options, ofOne(onText), kept.cache, /*keepCache=*/true);
    Generated answer = std::move(engine.run({ids}, m_reused).front());
    kept.ids = std::move(ids);
    kept.ids.insert(kept.ids.end(), answer.ids.begin(), answer.ids.end());
    kept.adapter = options.useAdapter;
    *m_kept = std::move(kept);
    return answer;
}

std::int64_t Conversation::reusedTokens() const { return m_reused; }

void Conversation::clear()
{
    *m_kept = {};
    m_reused = 0;
}

} // namespace falconer
