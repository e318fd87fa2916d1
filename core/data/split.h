// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/text_key.h"
#include "core/data/text_row.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace falconer {

/// 0..n-1 in an order that depends on the seed only, the same on every platform.
std::vector<std::size_t> shuffledOrder(std::size_t n, std::uint64_t seed);

/// What two rows share that ask the same: the prompt, or what a conversation begins with before its first answer; of a
/// row without either, the whole text.
TextKey questionKey(const TextRow& row);

/// Chooses which rows of the training files are held back for validation. Rows with the same prompt stay on one side,
/// else the validation loss would be measured on questions that were trained on. Which rows do, questionKey()
/// says. The choice depends on the rows, the share and the seed only: not on the tokenizer, nor on the
/// platform.
class ValidationSplit {
public:
    /// Adds the next row, in file order.
    void add(const TextRow& row);

    /// 1 for each row that goes to validation: as near to share * rows as whole groups allow, drawn in an order
    /// shuffled by `seed`; at least one group and never all of them. All 0 when there are fewer than two groups or
    /// share is 0.
    std::vector<std::uint8_t> choose(double share, std::uint64_t seed) const;

    std::int64_t groups() const { return static_cast<std::int64_t>(m_groupSizes.size()); }

private:
    std::unordered_map<TextKey, std::size_t, TextKey::Hash> m_groupByKey;
    std::vector<std::int64_t> m_groupSizes;
    std::vector<std::size_t> m_groupOfRow;
};

} // namespace falconer
