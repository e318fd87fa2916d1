// SPDX-License-Identifier: Apache-2.0
#include "core/train/training_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>
#include <set>

namespace falconer {

TrainingData::TrainingData(Dataset data, const Recipe& recipe)
    : m_data(std::move(data))
    , m_seed(recipe.training.seed)
    , m_microBatch(recipe.training.microBatch)
    , m_stepSequences(recipe.training.microBatch * recipe.training.gradientAccumulation)
    , m_shuffle(recipe.data.shuffle)
    , m_grouped(recipe.data.groupByLength)
{
    std::vector<std::int64_t> lengths(m_data.train.size());
    for (std::size_t i = 0; i < lengths.size(); ++i)
        lengths[i] = m_data.train.lengthAt(i);
    if (!recipe.data.packing) {
        m_packs = oneEach(static_cast<std::int64_t>(lengths.size()));
        m_lengths = std::move(lengths);
        return;
    }
    m_packs = packByLength(lengths, recipe.data.maxLength);
    for (std::int64_t pack = 0; pack < m_packs.size(); ++pack) {
        std::int64_t tokens = 0;
        for (const std::int64_t row : m_packs.at(pack))
            tokens += lengths[static_cast<std::size_t>(row)];
        m_lengths.push_back(tokens);
    }
}

std::vector<Batch> TrainingData::microBatches(std::int64_t epoch, std::int64_t first, std::int64_t last)
{
    if (m_orderEpoch != epoch) {
        m_order = m_grouped ? groupedOrder(m_lengths, m_stepSequences, m_seed, epoch)
                            : epochOrder(sequences(), m_seed, epoch, m_shuffle);
        m_orderEpoch = epoch;
    }
    std::vector<Batch> batches;
    for (std::int64_t index = first; index < last; ++index) {
        std::vector<std::int64_t> rows;
        const std::int64_t end = std::min(sequences(), (index + 1) * m_microBatch);
        for (std::int64_t i = index * m_microBatch; i < end; ++i) {
            const auto pack = m_packs.at(m_order[static_cast<std::size_t>(i)]);
            rows.insert(rows.end(), pack.begin(), pack.end());
        }
        batches.push_back(collate(m_data.train, rows));
    }
    return batches;
}

Batch TrainingData::longest() const
{
    std::vector<std::int64_t> order(m_lengths.size());
    std::iota(order.begin(), order.end(), std::int64_t{0});
    const std::int64_t count = std::min(m_microBatch, sequences());
    std::partial_sort(order.begin(), order.begin() + count, order.end(), [&](std::int64_t left, std::int64_t right) {
        return m_lengths[static_cast<std::size_t>(left)] > m_lengths[static_cast<std::size_t>(right)];
    });
    std::vector<std::int64_t> rows;
    for (std::int64_t i = 0; i < count; ++i) {
        const auto pack = m_packs.at(order[static_cast<std::size_t>(i)]);
        rows.insert(rows.end(), pack.begin(), pack.end());
    }
    return collate(m_data.train, rows);
}

std::string TrainingData::describe(const Batch& batch) const
{
    constexpr std::size_t kShown = 8;
    std::map<std::int32_t, std::set<std::int64_t>> rowsByFile;
    for (const std::int64_t source : batch.sources) {
        const auto index = static_cast<std::size_t>(source);
        rowsByFile[m_data.train.fileAt(index)].insert(m_data.train.rowAt(index));
    }
    std::string text;
    for (const auto& [file, rows] : rowsByFile) {
        text += (text.empty() ? "" : ", ") + std::string(rows.size() == 1 ? "row " : "rows ");
        std::size_t shown = 0;
        for (const std::int64_t row : rows) {
            if (shown == kShown) {
                text += ", …";
                break;
            }
            text += (shown++ == 0 ? "" : ", ") + std::to_string(row);
        }
        text += " of " + std::filesystem::path(m_data.files[static_cast<std::size_t>(file)]).filename().string();
    }
    return text;
}

} // namespace falconer
