// SPDX-License-Identifier: Apache-2.0
#include "core/data/split.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace falconer {
namespace {

/// A number in 0..bound-1, the same with every standard library (std::uniform_int_distribution is not).
std::uint64_t below(std::mt19937_64& engine, std::uint64_t bound)
{
    // Numbers from the incomplete last stretch are drawn again, so that every result is equally likely.
    const std::uint64_t limit = std::numeric_limits<std::uint64_t>::max() / bound * bound;
    std::uint64_t number = engine();
    while (number >= limit)
        number = engine();
    return number % bound;
}

} // namespace

std::vector<std::size_t> shuffledOrder(std::size_t n, std::uint64_t seed)
{
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::mt19937_64 engine(seed);
    for (std::size_t i = n; i > 1; --i)
        std::swap(order[i - 1], order[below(engine, i)]);
    return order;
}

TextKey questionKey(const TextRow& row)
{
    if (!row.question.empty())
        return textKey(row.question);
    // The prefix keeps a completion from meeting a prompt of the same words.
    return textKey(row.prompt.empty() ? std::string(1, '\0') + row.completion : row.prompt);
}

void ValidationSplit::add(const TextRow& row)
{
    const auto [entry, isNew] = m_groupByKey.try_emplace(questionKey(row), m_groupSizes.size());
    if (isNew)
        m_groupSizes.push_back(0);
    ++m_groupSizes[entry->second];
    m_groupOfRow.push_back(entry->second);
}

std::vector<std::uint8_t> ValidationSplit::choose(double share, std::uint64_t seed) const
{
    std::vector<std::uint8_t> held(m_groupOfRow.size(), 0);
    const std::size_t count = m_groupSizes.size();
    if (!(share > 0) || count < 2)
        return held;

    const auto wanted = std::llround(std::min(share, 1.0) * static_cast<double>(m_groupOfRow.size()));
    std::vector<std::uint8_t> chosen(count, 0);
    std::int64_t rows = 0;
    std::size_t groups = 0;
    const std::vector<std::size_t> order = shuffledOrder(count, seed);
    for (const std::size_t group : order) {
        if (groups + 1 == count || rows == wanted)
            break;
        if (rows + m_groupSizes[group] <= wanted) {
            chosen[group] = 1;
            rows += m_groupSizes[group];
            ++groups;
        }
    }
    // What is left out is now too big to fit. One more group may still come nearer, and there must be at least one.
    std::size_t smallest = count;
    for (const std::size_t group : order)
        if (!chosen[group] && (smallest == count || m_groupSizes[group] < m_groupSizes[smallest]))
            smallest = group;
    const bool nearer = rows < wanted && rows + m_groupSizes[smallest] - wanted < wanted - rows;
    if (groups == 0 || (nearer && groups + 1 < count))
        chosen[smallest] = 1;

    for (std::size_t row = 0; row < held.size(); ++row)
        held[row] = chosen[m_groupOfRow[row]];
    return held;
}

} // namespace falconer
