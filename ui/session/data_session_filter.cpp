// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/data_session_filter.h"

#include <algorithm>

namespace falconer::ui {
namespace {

/// Rows of the file of which everything is known.
std::size_t countedRows(const RowsKnown::File& file) { return std::min(file.facts.size(), file.bad.size()); }

class Lister {
public:
    Lister(const RowsKnown& known, const RowPredicate& wanted, const CancelFlag& cancel)
        : m_known(known)
        , m_wanted(wanted)
        , m_cancel(cancel)
    {
    }

    /// Adds the wanted ones of the file's rows in [from, to); `again`: they were looked at when they had no facts yet.
    /// `first` is the number of the file's first row. False: ended early.
    bool look(const RowsKnown::File& file, qint64 first, std::size_t from, std::size_t to, bool again,
        std::vector<qint64>& found) const
    {
        constexpr std::size_t kBetweenLooks = 4096;
        for (std::size_t row = from; row < to; ++row) {
            if (row % kBetweenLooks == 0 && m_cancel.raised())
                return false;
            const SurveyedRow* facts = row < file.facts.size() ? &file.facts[row] : nullptr;
            if (wants(file, first, row, facts) && !(again && wants(file, first, row, nullptr)))
                found.push_back(first + static_cast<qint64>(row));
        }
        return true;
    }

private:
    bool wants(const RowsKnown::File& file, qint64 first, std::size_t row, const SurveyedRow* facts) const
    {
        const qint64 number = first + static_cast<qint64>(row);
        const auto at = static_cast<std::size_t>(number);
        const bool held = m_known.held && (file.validation || (at < m_known.held->size() && (*m_known.held)[at] != 0));
        return m_wanted({number, file.bad[row] != 0 || (facts && facts->isBad()), held, facts});
    }

    const RowsKnown& m_known;
    const RowPredicate& m_wanted;
    const CancelFlag& m_cancel;
};

} // namespace

RowList listRows(
    const RowsKnown& known, std::vector<RowsSeen> seen, const RowPredicate& wanted, const CancelFlag& cancel)
{
    RowList found;
    found.seen = std::move(seen);
    found.seen.resize(known.files.size());
    const Lister lister(known, wanted, cancel);
    qint64 first = 0;
    for (std::size_t number = 0; number < known.files.size(); ++number) {
        const RowsKnown::File& file = known.files[number];
        RowsSeen& done = found.seen[number];
        const std::size_t counted = countedRows(file);
        if (!lister.look(file, first, done.facts, std::min(counted, done.rows), true, found.rows)
            || !lister.look(file, first, done.rows, file.bad.size(), false, found.rows))
            return found;
        done = {file.bad.size(), counted};
        first += static_cast<qint64>(file.bad.size());
    }
    return found;
}

std::size_t rowsToSee(const RowsKnown& known, const std::vector<RowsSeen>& seen)
{
    std::size_t rows = 0;
    for (std::size_t number = 0; number < known.files.size(); ++number) {
        const RowsSeen done = number < seen.size() ? seen[number] : RowsSeen{};
        const RowsKnown::File& file = known.files[number];
        rows += file.bad.size() - done.rows;
        rows += std::min(countedRows(file), done.rows) - std::min(countedRows(file), done.facts);
    }
    return rows;
}

std::vector<qint64> inBoth(const std::vector<qint64>& rows, const SharedList<qint64>& others)
{
    std::vector<qint64> both;
    std::size_t other = 0;
    for (const qint64 row : rows) {
        while (other < others.size() && others[other] < row)
            ++other;
        if (other < others.size() && others[other] == row)
            both.push_back(row);
    }
    return both;
}

SidesResult chooseSides(const RowsKnown& known, const SurveyReport& report, double share, std::uint64_t seed)
{
    const std::vector<std::uint8_t> chosen = heldBack(report.questions, share, seed);
    SidesResult result;
    auto held = std::make_shared<std::vector<std::uint8_t>>();
    std::size_t good = 0; // the choice is of good rows only; bad ones stand between them in the file
    for (const RowsKnown::File& file : known.files)
        for (std::size_t row = 0; row < file.facts.size(); ++row) {
            const bool bad = file.facts[row].isBad();
            if (file.validation) {
                result.heldRows += bad ? 0 : 1;
                continue;
            }
            held->push_back(!bad && good < chosen.size() ? chosen[good++] : std::uint8_t{0});
            result.heldRows += held->back();
        }
    result.held = std::move(held);
    return result;
}

} // namespace falconer::ui
