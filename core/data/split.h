// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/columns.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace falconer {

/// Chooses which rows of the training files are held back for validation. Rows with the same prompt stay on one side,
/// else the validation loss would be measured on questions that were trained on. Rows without a prompt are told apart
/// by their whole text. The choice depends on the rows, the share and the seed only: not on the tokenizer, nor on the
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
    std::unordered_map<std::string, std::size_t> m_groupByKey;
    std::vector<std::int64_t> m_groupSizes;
    std::vector<std::size_t> m_groupOfRow;
};

} // namespace falconer
