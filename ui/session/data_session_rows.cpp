// SPDX-License-Identifier: GPL-3.0-or-later
// What a DataSession tells of single rows, and what it fetches for them.
#include "ui/session/data_session.h"

#include <QThreadPool>
#include <QtConcurrent>

#include <algorithm>

namespace falconer::ui {
namespace {

constexpr std::size_t kBlocksAtOnce = 8;
constexpr std::size_t kBlocksWanted = 32; // what was scrolled past is not fetched

quint64 keyOf(std::size_t file, std::size_t block) { return quint64{file} << 40 | quint64{block}; }

double shareOf(long long done, long long total)
{
    return total > 0 ? std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0) : 0;
}

} // namespace

DataSession::Place DataSession::placeOf(qint64 row) const
{
    auto rest = static_cast<std::size_t>(row);
    std::size_t file = 0;
    while (file + 1 < m_files.size() && rest >= m_files[file].bad.size())
        rest -= m_files[file++].bad.size();
    return {file, rest};
}

qint64 DataSession::numberOf(const Place& place) const
{
    qint64 row = static_cast<qint64>(place.row);
    for (std::size_t file = 0; file < place.file; ++file)
        row += static_cast<qint64>(m_files[file].bad.size());
    return row;
}

double DataSession::readShare() const { return m_scan ? shareOf(m_scan->done, m_scan->total) : 1; }

double DataSession::countedShare() const { return m_survey ? shareOf(m_survey->done, m_survey->total) : 0; }

bool DataSession::isBad(qint64 row) const
{
    const Place at = placeOf(row);
    const DataFile& file = m_files[at.file];
    return file.bad[at.row] != 0 || (at.row < file.facts.size() && file.facts[at.row].isBad());
}

const SurveyedRow* DataSession::facts(qint64 row) const
{
    const Place at = placeOf(row);
    const DataFile& file = m_files[at.file];
    return at.row < file.facts.size() ? &file.facts[at.row] : nullptr;
}

bool DataSession::isHeld(qint64 row) const
{
    if (row >= m_trainingRows)
        return true;
    const auto at = static_cast<std::size_t>(row);
    return m_held && at < m_held->size() && (*m_held)[at] != 0;
}

qint64 DataSession::longestRow() const
{
    if (m_longest.length < 0 || m_longest.file >= m_files.size())
        return -1;
    return numberOf({m_longest.file, m_longest.row});
}

RowsKnown DataSession::known() const
{
    RowsKnown known;
    known.generation = m_knownGeneration;
    for (const DataFile& file : m_files)
        known.files.push_back({file.validation, file.bad, file.facts});
    if (m_sidesKnown)
        known.held = m_held;
    return known;
}

std::vector<qint64> DataSession::repeatedRows() const
{
    std::vector<qint64> rows;
    for (const Place& place : m_repeated)
        rows.push_back(numberOf(place));
    std::sort(rows.begin(), rows.end());
    return rows;
}

const RowCells* DataSession::cells(qint64 row)
{
    const Place at = placeOf(row);
    const std::size_t block = at.row / RowIndexer::kBlockRows;
    const quint64 key = keyOf(at.file, block);
    if (const auto* found = m_cells.object(key)) {
        const std::size_t within = at.row % RowIndexer::kBlockRows;
        return within < found->size() ? &(*found)[within] : nullptr;
    }
    const auto isIn = [key](const std::vector<quint64>& keys) { return std::ranges::find(keys, key) != keys.end(); };
    if (!isIn(m_wanted) && !isIn(m_fetching)) {
        m_wanted.push_back(key);
        if (m_wanted.size() > kBlocksWanted)
            m_wanted.erase(m_wanted.begin());
        fetch();
    }
    return nullptr;
}

void DataSession::fetch()
{
    if (m_cellsWatcher.isRunning() || m_wanted.empty())
        return;
    std::vector<BlockRequest> requests;
    while (!m_wanted.empty() && requests.size() < kBlocksAtOnce) {
        const quint64 key = m_wanted.back();
        m_wanted.pop_back();
        m_fetching.push_back(key);
        const DataFile& file = m_files[key >> 40];
        requests.push_back({key, file.blocks[key & ((quint64{1} << 40) - 1)], file.rows, file.format, file.path});
    }
    m_cellsWatcher.setFuture(
        QtConcurrent::run(&dataThreads(), [requests, settings = m_settings, generation = m_generation] {
            return readCells(generation, requests, settings);
        }));
}

void DataSession::deliverCells()
{
    CellsResult result = m_cellsWatcher.result();
    m_fetching.clear();
    if (result.generation == m_generation)
        for (auto& [key, cells] : result.blocks) {
            const qint64 first = numberOf({key >> 40, (key & ((quint64{1} << 40) - 1)) * RowIndexer::kBlockRows});
            const auto count = static_cast<qint64>(cells.size());
            m_cells.insert(key, new std::vector<RowCells>(std::move(cells)));
            Q_EMIT cellsArrived(first, count);
        }
    fetch();
}

void DataSession::search(const QString& text)
{
    if (text == m_searchText)
        return;
    m_searchText = text;
    startSearch();
}

void DataSession::startSearch()
{
    if (m_search)
        m_search->cancel.raise();
    m_search.reset();
    m_matches.clear();
    Q_EMIT searchChanged();
    if (m_searchText.isEmpty() || m_files.empty())
        return;
    m_search = std::make_shared<SearchJob>();
    dataThreads().start([job = m_search, files = m_files, settings = m_settings, text = m_searchText] {
        searchRows(job, files, settings, text);
    });
    m_timer.start();
}

void DataSession::look(qint64 row)
{
    if (row == m_lookRow)
        return;
    m_lookRow = row;
    startLook();
}

void DataSession::startLook()
{
    if (m_lookRow < 0 || m_lookRow >= m_rows) {
        m_look = {};
        Q_EMIT looked();
        return;
    }
    if (m_lookWatcher.isRunning()) {
        m_lookAgain = true;
        return;
    }
    const Place at = placeOf(m_lookRow);
    const DataFile& file = m_files[at.file];
    const BlockRequest request{0, file.blocks[at.row / RowIndexer::kBlockRows], file.rows, file.format, file.path};
    m_lookWatcher.setFuture(QtConcurrent::run(&dataThreads(),
        [row = m_lookRow, request, within = at.row % RowIndexer::kBlockRows, settings = m_settings,
            tokenizer = m_tokenizer] { return lookAt(row, request, within, settings, tokenizer); }));
}

void DataSession::deliverLook()
{
    if (std::exchange(m_lookAgain, false))
        return startLook();
    LookResult result = m_lookWatcher.result();
    if (result.row != m_lookRow)
        return;
    m_look = std::move(result);
    Q_EMIT looked();
}

} // namespace falconer::ui
