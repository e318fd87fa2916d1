// SPDX-License-Identifier: Apache-2.0
#include "core/inference/evaluate.h"

#include "core/base/error.h"
#include "core/inference/batch_loss.h"
#include "core/model/decoder.h"
#include "core/ops/cross_entropy.h"

#include <ATen/ATen.h>

#include <cmath>

namespace falconer {

at::Tensor batchLoss(Decoder& decoder, const Batch& batch)
{
    const c10::Device device = decoder.options().device;
    const auto tensor = [&](const std::vector<std::int64_t>& values) {
        return at::tensor(at::ArrayRef<std::int64_t>(values), at::kLong).to(device);
    };
    const at::Tensor hidden = decoder.forward(tensor(batch.ids), batch.lengths);
    return frozenCrossEntropy(hidden.index_select(0, tensor(batch.positions)), decoder.head(), tensor(batch.targets));
}

Evaluation evaluate(Decoder& decoder, const SampleStore& samples, const Progress& progress, std::int64_t tokens)
{
    const at::NoGradGuard noGrad;
    double sum = 0;
    Evaluation result;
    const auto total = static_cast<std::int64_t>(samples.size());
    for (std::int64_t row = 0; row < total;) {
        report(progress, "evaluating", row, total);
        std::vector<std::int64_t> rows;
        for (std::int64_t filled = 0; row < total; ++row) {
            filled += samples.lengthAt(static_cast<std::size_t>(row));
            if (filled > tokens && !rows.empty())
                break;
            rows.push_back(row);
        }
        const Batch batch = collate(samples, rows);
        if (batch.targets.empty())
            continue;
        sum += batchLoss(decoder, batch).item<double>();
        result.tokens += static_cast<std::int64_t>(batch.targets.size());
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
