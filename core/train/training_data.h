// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/data/batches.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <string>
#include <vector>

namespace falconer {

/// The rows of a run and the order in which its steps see them. That order is a function of recipe, epoch and step, so
/// a resumed run needs no more than the number of its step to go on exactly.
class TrainingData {
public:
    TrainingData() = default;
    TrainingData(Dataset data, const Recipe& recipe);

    const Dataset& rows() const { return m_data; }
    const SampleStore& validation() const { return m_data.validation; }
    /// What a micro-batch counts: packs of rows with data.packing, else rows.
    std::int64_t sequences() const { return m_packs.size(); }

    /// Micro-batches first .. last - 1 of an epoch, of micro_batch sequences each (the last one of the epoch perhaps
    /// fewer).
    std::vector<Batch> microBatches(std::int64_t epoch, std::int64_t first, std::int64_t last);
    /// The micro-batch with the most tokens that any order can make: what memory must be enough for.
    Batch longest() const;

    /// "rows 3, 17 of train.jsonl": where a micro-batch came from, for messages; at most a few of them.
    std::string describe(const Batch& batch) const;

private:
    Dataset m_data;
    Packs m_packs{{0}, {}};
    std::vector<std::int64_t> m_lengths; ///< tokens of each pack
    std::uint64_t m_seed = 0;
    std::int64_t m_microBatch = 1;
    std::int64_t m_stepSequences = 1;
    bool m_shuffle = true;
    bool m_grouped = false;
    std::vector<std::int64_t> m_order; ///< of m_orderEpoch
    std::int64_t m_orderEpoch = -1;
};

} // namespace falconer
