// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rows_model.h"

#include "ui/session/data_session.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"

#include <QThreadPool>
#include <QtConcurrent>

#include <algorithm>
#include <iterator>
#include <utility>

namespace falconer::ui {
namespace {

constexpr int kFilterEvery = 250; // ms, while rows are still being counted
/// A table is a pixel column: at some 30 px a row more would not fit its scroll bar's numbers.
constexpr qint64 kMostRows = 50'000'000;
/// So many are gone through in less time than a worker takes to begin.
constexpr std::size_t kAtOnce = 20'000;

} // namespace

RowsModel::RowsModel(DataSession& session, QObject* parent)
    : QAbstractTableModel(parent)
    , m_session(session)
{
    m_filterTimer.setSingleShot(true);
    m_filterTimer.setInterval(kFilterEvery);
    connect(&m_filterTimer, &QTimer::timeout, this, &RowsModel::filter);
    connect(&session, &DataSession::filesReset, this, &RowsModel::reset);
    connect(&session, &DataSession::rowsAdded, this, &RowsModel::grow);
    connect(&session, &DataSession::searchChanged, this, [this] {
        if (m_search != m_session.searchText())
            startOver();
        m_search = m_session.searchText();
        filterSoon();
    });
    connect(&m_listing, &QFutureWatcherBase::finished, this, [this] { take(m_listing.result()); });
    connect(&session, &DataSession::factsChanged, this, [this] {
        if (m_filtered || isToBeFiltered())
            filterSoon();
        if (m_rows > 0)
            Q_EMIT dataChanged(index(0, tokensColumn), index(m_rows - 1, noteColumn));
    });
    connect(&session, &DataSession::cellsArrived, this, [this](qint64 first, qint64 count) {
        if (m_rows == 0)
            return;
        if (m_filtered) {
            const auto begin = std::lower_bound(m_numbers.begin(), m_numbers.end(), first);
            const auto end = std::lower_bound(begin, m_numbers.end(), first + count);
            if (begin != end)
                Q_EMIT dataChanged(index(static_cast<int>(begin - m_numbers.begin()), 0),
                    index(static_cast<int>(end - m_numbers.begin()) - 1, columns - 1));
        } else if (first < m_rows) {
            Q_EMIT dataChanged(index(static_cast<int>(first), 0),
                index(static_cast<int>(std::min<qint64>(first + count, m_rows)) - 1, columns - 1));
        }
    });
    m_rows = static_cast<int>(std::min(session.rowCount(), kMostRows));
}

RowsModel::~RowsModel()
{
    if (m_cancel)
        m_cancel->raise(); // the worker owns what it works with, so nobody waits for it
}

bool RowsModel::isToBeFiltered() const { return m_show != Show::all || !m_session.searchText().isEmpty(); }

void RowsModel::setShow(Show show)
{
    if (m_show == show)
        return;
    m_show = show;
    startOver();
    filter();
}

void RowsModel::setMaxLength(std::int64_t maxLength)
{
    if (m_maxLength == maxLength)
        return;
    m_maxLength = maxLength;
    if (m_show == Show::cut || m_show == Show::problems) {
        startOver();
        filterSoon();
    }
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, noteColumn), index(m_rows - 1, noteColumn));
}

qint64 RowsModel::numberAt(int line) const
{
    if (line < 0 || line >= m_rows)
        return -1;
    return m_filtered ? m_numbers[static_cast<std::size_t>(line)] : line;
}

int RowsModel::lineOf(qint64 number) const
{
    if (number < 0)
        return -1;
    if (!m_filtered)
        return number < m_rows ? static_cast<int>(number) : -1;
    const auto found = std::lower_bound(m_numbers.begin(), m_numbers.end(), number);
    return found != m_numbers.end() && *found == number ? static_cast<int>(found - m_numbers.begin()) : -1;
}

void RowsModel::reset()
{
    startOver();
    beginResetModel();
    m_rows = 0;
    m_numbers.clear();
    endResetModel();
}

void RowsModel::grow()
{
    if (m_filtered || isToBeFiltered()) {
        filterSoon();
        return;
    }
    const int rows = static_cast<int>(std::min(m_session.rowCount(), kMostRows));
    if (rows <= m_rows)
        return;
    beginInsertRows({}, m_rows, rows - 1);
    m_rows = rows;
    endInsertRows();
}

void RowsModel::filterSoon()
{
    if (!m_filterTimer.isActive())
        m_filterTimer.start();
}

RowPredicate RowsModel::wanted() const
{
    return [show = m_show, maxLength = m_maxLength](const KnownRow& row) {
        switch (show) {
        case Show::all: return true;
        case Show::validation: return !row.bad && row.held;
        case Show::cut: return row.facts && row.facts->isCut(maxLength);
        case Show::problems: return row.bad || (row.facts && (row.facts->isMasked(maxLength) || row.facts->overlaps));
        }
        return false;
    };
}

void RowsModel::filter()
{
    m_filterTimer.stop();
    if (!isToBeFiltered())
        showAll();
    else if (m_show == Show::all)
        listMatches();
    else
        list();
}

void RowsModel::showAll()
{
    if (!m_filtered)
        return;
    beginResetModel();
    m_filtered = false;
    m_numbers = {};
    m_rows = static_cast<int>(std::min(m_session.rowCount(), kMostRows));
    endResetModel();
}

void RowsModel::listMatches()
{
    const SharedList<qint64>& matches = m_session.matches();
    const bool whole = !m_filtered || m_shown != m_change || matches.size() < m_numbers.size();
    std::vector<qint64> rows;
    for (std::size_t i = whole ? 0 : m_numbers.size(); i < matches.size(); ++i)
        rows.push_back(matches[i]);
    show(std::move(rows), whole);
}

void RowsModel::startOver()
{
    ++m_change;
    if (m_cancel)
        m_cancel->raise();
}

void RowsModel::list()
{
    if (m_listing.isRunning()) {
        m_again = true; // there is more by now, or something else is wanted
        return;
    }
    RowsKnown known = m_session.known();
    const bool searching = !m_session.searchText().isEmpty();
    Listed listed;
    listed.change = m_change;
    listed.generation = known.generation;
    listed.whole = !m_filtered || m_shown != m_change || known.generation != m_generation || searching;
    std::vector<RowsSeen> seen = listed.whole ? std::vector<RowsSeen>() : m_seen;
    const bool atOnce = rowsToSee(known, seen) <= kAtOnce;
    m_cancel = std::make_shared<CancelFlag>();
    auto work = [listed = std::move(listed), known = std::move(known), seen = std::move(seen), wanted = wanted(),
                    searching, matches = m_session.matches(), cancel = m_cancel] {
        Listed result = listed;
        result.list = listRows(known, seen, wanted, *cancel);
        if (searching)
            result.list.rows = inBoth(result.list.rows, matches);
        return result;
    };
    if (atOnce)
        take(work());
    else
        m_listing.setFuture(QtConcurrent::run(&dataThreads(), std::move(work)));
}

void RowsModel::take(Listed listed)
{
    if (listed.change == m_change && isToBeFiltered() && m_show != Show::all) {
        m_generation = listed.generation;
        m_seen = std::move(listed.list.seen);
        show(std::move(listed.list.rows), listed.whole);
    } else {
        m_again = true;
    }
    if (std::exchange(m_again, false))
        filter();
}

void RowsModel::show(std::vector<qint64> rows, bool whole)
{
    m_shown = m_change;
    if (!whole && rows.empty())
        return;
    constexpr auto kMost = static_cast<std::size_t>(kMostRows);
    if (!whole && (m_numbers.empty() || rows.front() > m_numbers.back())) {
        rows.resize(std::min(rows.size(), kMost - m_numbers.size()));
        if (rows.empty())
            return;
        beginInsertRows({}, m_rows, m_rows + static_cast<int>(rows.size()) - 1);
        m_numbers.insert(m_numbers.end(), rows.begin(), rows.end());
        m_rows = static_cast<int>(m_numbers.size());
        endInsertRows();
        return;
    }
    if (!whole) { // of a file that stands before the last one listed
        std::vector<qint64> merged;
        merged.reserve(m_numbers.size() + rows.size());
        std::ranges::merge(m_numbers, rows, std::back_inserter(merged));
        rows = std::move(merged);
    }
    rows.resize(std::min(rows.size(), kMost));
    if (m_filtered && rows == m_numbers)
        return;
    beginResetModel();
    m_filtered = true;
    m_numbers = std::move(rows);
    m_rows = static_cast<int>(m_numbers.size());
    endResetModel();
}

int RowsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_rows; }

int RowsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QString RowsModel::note(qint64 number) const
{
    if (m_session.isBad(number))
        return tr("cannot be used");
    QStringList notes;
    if (const SurveyedRow* facts = m_session.facts(number)) {
        if (facts->isMasked(m_maxLength))
            notes << tr("masked");
        else if (facts->isCut(m_maxLength))
            notes << tr("cut");
        if (facts->overlaps)
            notes << tr("also in validation");
        else if (facts->repeats)
            notes << tr("repeats");
    }
    if (m_session.sidesKnown() && m_session.isHeld(number))
        notes << tr("validation");
    return notes.join(QStringLiteral(", "));
}

QVariant RowsModel::decoration(qint64 number) const
{
    if (m_session.isBad(number))
        return icon(QStringLiteral("alert"), Token::error);
    const SurveyedRow* facts = m_session.facts(number);
    if (facts && (facts->isMasked(m_maxLength) || facts->isCut(m_maxLength) || facts->overlaps))
        return icon(QStringLiteral("alert"), Token::warn);
    return {};
}

QVariant RowsModel::data(const QModelIndex& index, int role) const
{
    const qint64 number = numberAt(index.row());
    if (!index.isValid() || number < 0)
        return {};
    if (role == NumberRole)
        return number;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter)
            | int(index.column() == rowColumn || index.column() == tokensColumn ? Qt::AlignTrailing : Qt::AlignLeading);
    if (role == Qt::DecorationRole && index.column() == noteColumn)
        return decoration(number);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case rowColumn:
        if (role == Qt::DisplayRole)
            return countText(number + 1);
        if (const RowCells* cells = m_session.cells(number))
            return cells->place;
        return {};
    case promptColumn:
    case completionColumn: {
        const RowCells* cells = m_session.cells(number);
        if (!cells)
            return role == Qt::DisplayRole ? QStringLiteral("…") : QString();
        if (role == Qt::ToolTipRole)
            return cells->problem;
        if (index.column() == completionColumn && cells->completion.isEmpty())
            return cells->problem;
        return index.column() == promptColumn ? cells->prompt : cells->completion;
    }
    case tokensColumn: {
        const SurveyedRow* facts = m_session.facts(number);
        if (role == Qt::DisplayRole && facts && !facts->isBad())
            return countText(facts->length);
        return {};
    }
    case noteColumn:
        if (role == Qt::DisplayRole)
            return note(number);
        if (const RowCells* cells = m_session.cells(number); cells && !cells->problem.isEmpty())
            return cells->problem;
        return note(number);
    default: return {};
    }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter)
            | int(section == rowColumn || section == tokensColumn ? Qt::AlignTrailing : Qt::AlignLeading);
    if (role != Qt::DisplayRole)
        return {};
    const bool text = !m_session.files().empty() && m_session.files().front().format == RowFormat::text;
    switch (section) {
    case rowColumn: return tr("Row");
    case promptColumn: return tr("Prompt");
    case completionColumn: return text ? tr("Text") : tr("Completion");
    case tokensColumn: return tr("Tokens");
    case noteColumn: return tr("Note");
    default: return {};
    }
}

} // namespace falconer::ui
