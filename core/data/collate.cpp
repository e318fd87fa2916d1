// SPDX-License-Identifier: Apache-2.0
#include "core/data/batches.h"

#include "core/base/error.h"

#include <algorithm>
#include <fmt/format.h>

namespace falconer {
namespace {

constexpr std::int64_t kIgnored = -100; // PyTorch's ignore_index

const Sample& sampleAt(std::span<const Sample> samples, std::int64_t index)
{
    if (index < 0 || static_cast<std::size_t>(index) >= samples.size())
        throw Error(ErrorCode::internal, "a batch", fmt::format("row {} of {} was asked for", index, samples.size()));
    return samples[static_cast<std::size_t>(index)];
}

} // namespace

Batch collate(std::span<const Sample> samples, std::span<const std::int64_t> indices, std::int64_t padId)
{
    Batch batch;
    batch.rows = static_cast<std::int64_t>(indices.size());
    for (const std::int64_t index : indices)
        batch.length = std::max(batch.length, static_cast<std::int64_t>(sampleAt(samples, index).ids.size()));
    const auto cells = static_cast<std::size_t>(batch.rows * batch.length);
    batch.ids.assign(cells, padId);
    batch.labels.assign(cells, kIgnored);
    batch.sources.assign(indices.begin(), indices.end());

    std::size_t first = 0;
    for (const std::int64_t index : indices) {
        const Sample& sample = sampleAt(samples, index);
        for (std::size_t i = 0; i < sample.ids.size(); ++i) {
            batch.ids[first + i] = sample.ids[i];
            if (sample.learn[i])
                batch.labels[first + i] = sample.ids[i];
        }
        batch.targets += sample.targets();
        batch.tokens += static_cast<std::int64_t>(sample.ids.size());
        first += static_cast<std::size_t>(batch.length);
    }
    return batch;
}

} // namespace falconer
