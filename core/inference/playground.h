// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/inference/generate.h"
#include "core/inference/generate_chat.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace falconer {

/// Who answers: the model as it is, or with the adapter on. Both use the same weights in memory.
enum class PlaygroundSide { base, tuned };

/// What must be in memory to answer. Another value loads anew.
struct PlaygroundModel {
    std::filesystem::path path; ///< a model folder or .gguf
    QuantizationSettings quantization;
    std::string device = "auto";
    bool operator==(const PlaygroundModel&) const = default;
};

/// A conversation that one side is to continue. Without a chat template the messages' contents, end to end, are the
/// text to continue.
struct PlaygroundTurn {
    PlaygroundSide side = PlaygroundSide::base;
    std::vector<ChatMessage> messages;
};

struct PlaygroundQuestion {
    PlaygroundModel model;
    std::optional<std::filesystem::path> adapter; ///< a PEFT folder; needed by a turn of the tuned side
    std::string templateName = "auto"; ///< the recipe's data.template; "none": plain text
    std::vector<PlaygroundTurn> turns; ///< answered one after the other
    std::int64_t maxNewTokens = 256;
    SamplingOptions sampling;
    std::uint64_t seed = 42;
};

// Events, small values, in the order in which they happened.

/// "loading", "quantizing" and "preparing the adapter" belong to no side; "reading" and "generating" do. total 0:
/// unknown.
struct PlaygroundPhase {
    std::optional<PlaygroundSide> side;
    std::string phase;
    std::int64_t done = 0;
    std::int64_t total = 0;
};
/// Model and adapter are in memory.
struct PlaygroundReady {
    std::string device; ///< "cpu (avx2, 2 threads)"
};
/// What a side is about to read.
struct PlaygroundPrompt {
    PlaygroundSide side = PlaygroundSide::base;
    std::string text;
};
/// More of an answer: whole characters.
struct PlaygroundText {
    PlaygroundSide side = PlaygroundSide::base;
    std::string text;
};
struct PlaygroundAnswer {
    PlaygroundSide side = PlaygroundSide::base;
    Finish finish = Finish::length;
    std::int64_t promptTokens = 0;
    std::int64_t reusedTokens = 0; ///< of the prompt, what was known from the turns before
    std::int64_t newTokens = 0;
    double firstTokenSeconds = 0; ///< until the first token
    double tokensPerSecond = 0; ///< after it; 0 where there was no second one
};
/// Last event of every question. `faults` is empty unless something went wrong; a question that was stopped while the
/// model was loading has none either.
struct PlaygroundDone {
    std::vector<Fault> faults;
    bool stopped = false;
};

using PlaygroundEvent = std::variant<PlaygroundPhase, PlaygroundReady, PlaygroundPrompt, PlaygroundText,
    PlaygroundAnswer, PlaygroundDone>;

/// Answers questions on a thread of its own: questions in, events out. The model stays loaded between them; another
/// adapter is put onto it without reading the weights again, and what a side has read of its conversation is kept. An
/// interface so that the window can be tested with a scripted one.
class Playground {
public:
    virtual ~Playground() = default;

    /// Answers, loading what is not loaded yet. Call again only after PlaygroundDone.
    virtual void ask(PlaygroundQuestion question) = 0;
    /// Ends the question at hand after the token, or the layer being loaded, at hand. Safe from any thread.
    virtual void stop() = 0;
    /// Lets model and adapter go. Call while no question is being answered.
    virtual void unload() = 0;
    /// Everything that happened since the last call; empty when nothing did. Never blocks.
    virtual std::vector<PlaygroundEvent> drain() = 0;
};

/// Destroying it stops the question at hand and waits for that.
std::unique_ptr<Playground> makePlayground();

} // namespace falconer
