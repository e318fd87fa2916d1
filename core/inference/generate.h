// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/cancel.h"
#include "core/inference/loaded_model.h"
#include "core/inference/sampling.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

struct GenerateOptions {
    std::int64_t maxNewTokens = 128;
    SamplingOptions sampling;
    /// Every prompt has a random stream of its own that starts from it: what is answered beside it changes nothing.
    std::uint64_t seed = 42;
    std::vector<std::string> stopStrings; ///< the answer ends in front of the first of them
    std::vector<std::int32_t> stopIds; ///< beside the tokenizer's own
    bool addSpecial = true; ///< false for a rendered chat, which has its special tokens in it
    bool useAdapter = true; ///< false: the base model answers; the adapter stays loaded and is on again afterwards
    std::int64_t batch = 16; ///< prompts answered at the same time; the others wait
    const CancelFlag* cancel = nullptr; ///< looked at before each token; what there is by then is returned
    /// Phase "reading" (tokens of the prompts) and then "generating" (tokens made, of at most so many).
    Progress progress;
};

/// Everything that is out of range, each with requestInvalid and the option's name ("max_new_tokens") as its subject.
std::vector<Fault> faultsOf(const GenerateOptions& options);

/// Why an answer ended.
enum class Finish {
    stopToken,
    stopString,
    length, ///< maxNewTokens
    context, ///< prompt and answer fill all positions that the model knows
    cancelled ///< by the flag, or by onText
};
/// "stop_token".
std::string_view name(Finish finish);

struct Generated {
    std::string text; ///< the completion alone
    std::vector<std::int32_t> ids; ///< its tokens, without the stop token; a stop string's are among them
    std::int64_t promptTokens = 0;
    std::int64_t newTokens = 0;
    Finish finish = Finish::length;

    /// Ended by itself rather than by a limit.
    bool stopped() const { return finish == Finish::stopToken || finish == Finish::stopString; }
};

/// Receives the completion as it is made: whole characters only, nothing that may still become a stop string. Return
/// false to end early.
using OnText = std::function<bool(std::string_view text)>;
/// The same for several prompts.
using OnTextOf = std::function<bool(std::size_t prompt, std::string_view text)>;

/// Continues a prompt with a key/value cache. Throws requestInvalid for options out of range (all of them at once), for
/// an empty prompt of a model without a start token and for one that leaves no room for an answer, numericFailure when
/// the model answers with numbers that are none, and cancelled when options.progress says so.
Generated generate(
    LoadedModel& model, const std::string& prompt, const GenerateOptions& options, const OnText& onText = {});

/// The same for several prompts, which are answered together: as one ends, the next one waiting takes its place. Each
/// answer is what it would be alone, but for the rounding of sums over other shapes.
std::vector<Generated> generate(LoadedModel& model, std::span<const std::string> prompts,
    const GenerateOptions& options, const OnTextOf& onText = {});

/// A conversation that grows at its end: what the model has read of it is kept, so that only what is new is read. Keep
/// the model alive; clear() after another adapter was set or the weights were trained.
class Conversation {
public:
    explicit Conversation(LoadedModel& model);
    ~Conversation();
    Conversation(Conversation&&) noexcept;
    Conversation& operator=(Conversation&&) noexcept;

    /// Continues `text`, the whole conversation so far. As much of it as agrees with what was read and answered before
    /// is not read again; so an edited message costs only what follows it. Otherwise as generate().
    Generated generate(const std::string& text, const GenerateOptions& options, const OnText& onText = {});

    /// Tokens that the last call did not have to read.
    std::int64_t reusedTokens() const;
    void clear();

private:
    struct Kept;
    std::reference_wrapper<LoadedModel> m_model;
    std::unique_ptr<Kept> m_kept;
    std::int64_t m_reused = 0;
};

} // namespace falconer
