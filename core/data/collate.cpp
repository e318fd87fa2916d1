// SPDX-License-Identifier: Apache-2.0
#include "core/data/batches.h"

#include "core/base/error.h"

#include <fmt/format.h>

namespace falconer {

Batch collate(const SampleStore& samples, std::span<const std::int64_t> indices)
{
    Batch batch;
    batch.sources.assign(indices.begin(), indices.end());
    for (const std::int64_t index : indices) {
        if (index < 0 || index >= static_cast<std::int64_t>(samples.size()))
            throw Error(
                ErrorCode::internal, "a batch", fmt::format("row {} of {} was asked for", index, samples.size()));
        const Sample sample = samples.at(static_cast<std::size_t>(index));
        for (std::size_t i = 0; i < sample.ids.size(); ++i) {
            if (i > 0 && sample.learn[i]) {
                batch.positions.push_back(batch.tokens() - 1);
                batch.targets.push_back(sample.ids[i]);
            }
            batch.ids.push_back(sample.ids[i]);
        }
        batch.lengths.push_back(static_cast<std::int64_t>(sample.ids.size()));
    }
    return batch;
}

} // namespace falconer
