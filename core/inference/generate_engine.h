// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/generate.h"
#include "core/inference/generate_text.h"
#include "core/model/attention.h"

#include <deque>

namespace falconer {

/// What generate() and Conversation run: sequences that each have a place in the cache and go on by a token a step, all
/// in one forward pass. Prompts are read in the same pass, a bounded number of tokens at a time, so that a long one
/// neither needs the memory of all its activations nor keeps the others waiting.
class GenerationEngine {
public:
    /// `cache` is of the sequences that will run, in their order; sequences that end leave it unless `keepCache`.
    GenerationEngine(LoadedModel& model, const GenerateOptions& options, OnTextOf onText, KeyValueCache& cache,
        bool keepCache = false);

    /// Ids of a prompt, checked against the model. `subject` is what errors call it.
    static std::vector<std::int32_t> encode(const LoadedModel& model, const std::string& prompt,
        const GenerateOptions& options, const std::string& subject);

    /// The answers to the prompts in their order. The first `cached` ids of the first one are in the cache.
    std::vector<Generated> run(std::vector<std::vector<std::int32_t>> prompts, std::int64_t cached = 0);

private:
    struct Sequence {
        std::size_t prompt = 0; ///< its index
        std::vector<std::int32_t> ids; ///< prompt and answer
        std::int64_t read = 0; ///< of them, what is in the cache
        Sampler sampler;
        AnswerText text;
    };

    void admit();
    /// One forward pass; true for each sequence that has a next token now, whose logits [vocabulary] are in `m_logits`.
    std::vector<bool> forward();
    /// Takes in the next token; returns true when the sequence has ended.
    bool accept(Sequence& sequence, std::int32_t id);
    /// Returns true.
    bool finish(Sequence& sequence, Finish how);
    void drop(std::size_t index);
    void cancelAll();
    void reportProgress() const;

    LoadedModel& m_model;
    const GenerateOptions& m_options;
    OnTextOf m_onText;
    KeyValueCache& m_cache;
    bool m_keepCache;
    std::vector<std::int32_t> m_stopIds;
    std::deque<Sequence> m_waiting;
    std::vector<Sequence> m_running; ///< in the cache's order
    std::vector<Generated> m_answers;
    std::vector<float> m_logits; ///< of the sequences that have some, one after the other
    std::int64_t m_promptTokens = 0; ///< of all prompts that had to be read
    std::int64_t m_promptRead = 0;
    std::int64_t m_made = 0;
};

} // namespace falconer
