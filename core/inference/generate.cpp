// SPDX-License-Identifier: Apache-2.0
#include "core/inference/generate.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/model/decoder.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>

namespace falconer {

namespace {

/// The next id out of logits [vocabulary] (float32, CPU).
std::int64_t choose(const at::Tensor& logits, const GenerateOptions& options, at::Generator& generator)
{
    if (options.temperature <= 0)
        return logits.argmax().item<std::int64_t>();
    const at::Tensor probabilities = at::softmax(logits / options.temperature, 0);
    if (options.topP >= 1)
        return at::multinomial(probabilities, 1, false, generator).item<std::int64_t>();
    auto [sorted, order] = probabilities.sort(0, /*descending=*/true);
    // The smallest set whose mass reaches topP: a token stays when the mass before it is below topP.
    const at::Tensor kept = sorted.masked_fill(sorted.cumsum(0) - sorted >= options.topP, 0.0);
    return order[at::multinomial(kept, 1, false, generator).item<std::int64_t>()].item<std::int64_t>();
}

} // namespace

Generated generate(LoadedModel& model, const std::string& prompt, const GenerateOptions& options,
    const std::function<bool(std::string_view)>& onText)
{
    const at::NoGradGuard noGrad;
    const Tokenizer& tokenizer = *model.tokenizer;
    std::vector<std::int32_t> ids = tokenizer.encode(prompt);
    if (ids.empty() && tokenizer.bos())
        ids.push_back(*tokenizer.bos());
    if (ids.empty())
        throw Error(
            ErrorCode::requestInvalid, "prompt", "it is empty and the model has no start token", "write a prompt");
    for (const std::int32_t id : ids)
        if (id < 0 || id >= model.decoder->spec().vocabulary)
            throw Error(ErrorCode::modelIncomplete, "tokenizer",
                "it makes the id " + std::to_string(id) + ", which the model does not have",
                "use a tokenizer and weights that belong together");

    Generated result;
    result.promptTokens = static_cast<std::int64_t>(ids.size());
    at::Generator generator = at::detail::createCPUGenerator(options.seed);
    KeyValueCache cache;
    at::Tensor input = at::tensor(at::ArrayRef<std::int32_t>(ids)).to(at::kLong).unsqueeze(0);
    std::string bytes; // of everything made so far
    std::size_t published = 0; // how much of it onText has seen
    while (result.newTokens < options.maxNewTokens) {
        const at::Tensor hidden = model.decoder->forward(input, &cache);
        const at::Tensor last = hidden.narrow(0, hidden.size(0) - 1, 1);
        const std::int64_t id = choose(model.decoder->logits(last).squeeze(0).to(at::kCPU), options, generator);
        const auto stops = tokenizer.stopIds();
        if (std::find(stops.begin(), stops.end(), id) != stops.end()) {
            result.stopped = true;
            break;
        }
        ++result.newTokens;
        bytes += tokenizer.bytes(static_cast<std::int32_t>(id));
        const std::size_t complete = completeUtf8Prefix(bytes);
        if (onText && complete > published) {
            if (!onText(toValidUtf8(std::string_view(bytes).substr(published, complete - published))))
                break;
            published = complete;
        }
        input = at::full({1, 1}, id, at::kLong);
    }
    if (onText && published < bytes.size())
        onText(toValidUtf8(std::string_view(bytes).substr(published)));
    result.text = toValidUtf8(bytes);
    return result;
}

} // namespace falconer
