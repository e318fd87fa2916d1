// SPDX-License-Identifier: Apache-2.0
#include "core/inference/evaluate.h"

#include "core/base/error.h"
#include "core/inference/batch_loss.h"
#include "core/model/decoder.h"
#include "core/ops/cross_entropy.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace falconer {

at::Tensor batchLoss(Decoder& decoder, const Batch& batch)
{
    const auto tensor = [&](const std::vector<std::int64_t>& values) {
        return at::tensor(at::ArrayRef<std::int64_t>(values), at::kLong).view({batch.rows, batch.length});
    };
    const at::Tensor ids = tensor(batch.ids);
    // Position t of a row predicts the label at t + 1.
    at::Tensor labels = at::full({batch.rows, batch.length}, -100, at::kLong);
    labels.narrow(1, 0, batch.length - 1).copy_(tensor(batch.labels).narrow(1, 1, batch.length - 1));
    labels = labels.flatten();
    const at::Tensor kept = at::nonzero(labels != -100).squeeze(1);
    const c10::Device device = decoder.options().device;
    const at::Tensor hidden = decoder.forward(ids).index_select(0, kept.to(device));
    return frozenCrossEntropy(hidden, decoder.head(), labels.index_select(0, kept).to(device));
}

Evaluation evaluate(
    Decoder& decoder, std::span<const Sample> samples, std::int64_t padId, std::int64_t rows, const Progress& progress)
{
    const at::NoGradGuard noGrad;
    std::vector<std::int64_t> order(samples.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t left, std::int64_t right) {
        return samples[static_cast<std::size_t>(left)].ids.size() < samples[static_cast<std::size_t>(right)].ids.size();
    });
    double sum = 0;
    Evaluation result;
    const auto total = static_cast<std::int64_t>(order.size());
    for (std::int64_t first = 0; first < total; first += rows) {
        report(progress, "evaluating", first, total);
        const std::int64_t count = std::min(rows, total - first);
        const Batch batch = collate(
            samples, std::span(order).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)), padId);
        if (batch.targets == 0)
            continue;
        sum += batchLoss(decoder, batch).item<double>();
        result.tokens += batch.targets;
    }
    report(progress, "evaluating", total, total);
    if (result.tokens == 0)
        throw Error(ErrorCode::dataInvalid, "validation data", "every label is masked, so there is nothing to measure",
            "raise data.max_length, or use rows with a completion");
    result.loss = sum / static_cast<double>(result.tokens);
    result.perplexity = std::exp(result.loss);
    return result;
}

} // namespace falconer
