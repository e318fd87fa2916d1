// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/data_session.h"

#include "core/base/files.h"
#include "core/data/source_files.h"

#include <QThreadPool>
#include <QtConcurrent>

#include <algorithm>

namespace falconer::ui {
namespace {

constexpr int kTick = 30; // ms
constexpr int kRowsEvery = 120; // ms between two growths of the table, each of which costs its headers some work
constexpr int kBlocksKept = 256;
constexpr std::size_t kRepeatsKept = 100;

/// Whether rows and their texts stay what they are.
bool sameRows(const DataSettings& a, const DataSettings& b)
{
    const auto samePath = [](const WeightedFile& x, const WeightedFile& y) { return x.path == y.path; };
    return std::ranges::equal(a.train, b.train, samePath) && a.format == b.format && a.columns == b.columns
        && a.templateName == b.templateName
        && (a.validation == b.validation || (a.validation.index() == 0 && b.validation.index() == 0));
}

} // namespace

DataSession::DataSession(QObject* parent)
    : QObject(parent)
    , m_cells(kBlocksKept)
{
    m_timer.setInterval(kTick);
    connect(&m_timer, &QTimer::timeout, this, &DataSession::drain);
    connect(&m_cellsWatcher, &QFutureWatcherBase::finished, this, &DataSession::deliverCells);
    connect(&m_tokenizerWatcher, &QFutureWatcherBase::finished, this, &DataSession::deliverTokenizer);
    connect(&m_lookWatcher, &QFutureWatcherBase::finished, this, &DataSession::deliverLook);
    connect(&m_sidesWatcher, &QFutureWatcherBase::finished, this, &DataSession::deliverSides);
}

DataSession::~DataSession()
{
    // Workers own what they work with, so nobody waits for them here.
    if (m_scan)
        m_scan->cancel.raise();
    if (m_survey)
        m_survey->cancel.raise();
    if (m_search)
        m_search->cancel.raise();
}

void DataSession::show(const Recipe& recipe)
{
    const bool rows = !m_shown || !sameRows(m_settings, recipe.data);
    const bool model = !m_shown || m_model != recipe.model;
    const bool counts = rows || model || m_settings.lossOn != recipe.data.lossOn;
    const bool sides = counts || m_settings.validation != recipe.data.validation || m_seed != recipe.training.seed;
    m_settings = recipe.data;
    m_seed = recipe.training.seed;
    m_model = recipe.model;
    m_shown = true;
    if (rows) {
        start();
        return;
    }
    for (std::size_t i = 0; i < m_settings.train.size(); ++i)
        m_files[i].weight = m_settings.train[i].weight;
    if (model)
        startTokenizer();
    else if (counts)
        startSurvey();
    else if (sides)
        startSides();
    if (counts)
        startLook();
}

void DataSession::reload()
{
    if (m_shown)
        start();
}

void DataSession::start()
{
    forgetCounts(); // while its listeners can still ask for the rows that they know
    ++m_generation;
    m_files.clear();
    m_cells.clear();
    m_wanted.clear();
    m_fetching.clear();
    m_faults.clear();
    m_matches.clear();
    m_rows = m_trainingRows = m_badRows = 0;
    m_lookRow = -1;
    m_look = {};
    for (const WeightedFile& file : m_settings.train) {
        DataFile& added = m_files.emplace_back();
        added.path = file.path;
        added.weight = file.weight;
    }
    if (const auto* path = std::get_if<std::string>(&m_settings.validation); path && !m_files.empty()) {
        DataFile& added = m_files.emplace_back();
        added.path = *path;
        added.validation = true;
    }
    Q_EMIT filesReset();
    startScan();
    if (m_tokenizer && m_tokenizerModel == m_model)
        startSurvey();
    else
        startTokenizer();
    Q_EMIT looked();
}

void DataSession::startScan()
{
    if (m_scan)
        m_scan->cancel.raise();
    m_scan.reset();
    m_rowsUnsaid = false;
    m_sinceRows.invalidate();
    if (m_files.empty())
        return;
    m_scan = std::make_shared<ScanJob>();
    dataThreads().start([job = m_scan, files = m_files, settings = m_settings] { scanFiles(job, files, settings); });
    m_timer.start();
}

void DataSession::startTokenizer()
{
    forgetCounts();
    m_tokenizer.reset();
    if (m_model.empty()) {
        Q_EMIT stateChanged();
        return;
    }
    if (!m_tokenizerWatcher.isRunning())
        m_tokenizerWatcher.setFuture(QtConcurrent::run(&dataThreads(), readTokenizer, m_model));
    Q_EMIT stateChanged();
}

void DataSession::deliverTokenizer()
{
    TokenizerResult result = m_tokenizerWatcher.result();
    if (m_model.empty())
        return;
    if (result.model != m_model) {
        m_tokenizerWatcher.setFuture(QtConcurrent::run(&dataThreads(), readTokenizer, m_model));
        return;
    }
    m_tokenizer = std::move(result.tokenizer);
    m_tokenizerModel = std::move(result.model);
    m_countFaults = std::move(result.faults);
    if (m_tokenizer)
        startSurvey();
    startLook();
    Q_EMIT stateChanged();
}

void DataSession::forgetCounts()
{
    if (m_survey)
        m_survey->cancel.raise();
    m_survey.reset();
    m_stats = std::make_shared<LengthStats>();
    m_report.reset();
    m_countFaults.clear();
    m_longest = {};
    m_held.reset();
    m_heldRows = 0;
    m_repeats = 0;
    m_repeated.clear();
    m_sidesKnown = false;
    ++m_sidesGeneration;
    ++m_knownGeneration;
    for (DataFile& file : m_files)
        file.facts.clear();
    Q_EMIT statsChanged();
    Q_EMIT factsChanged();
}

void DataSession::startSurvey()
{
    forgetCounts();
    if (!m_tokenizer || m_files.empty())
        return;
    m_survey = std::make_shared<SurveyJob>();
    dataThreads().start(
        [job = m_survey, settings = m_settings, tokenizer = m_tokenizer] { surveyFiles(job, settings, tokenizer); });
    m_timer.start();
    Q_EMIT stateChanged();
}

void DataSession::startSides()
{
    if (!m_report)
        return;
    ++m_sidesGeneration;
    m_sidesKnown = false;
    if (m_sidesWatcher.isRunning())
        return; // it starts again when it is done
    const auto* share = std::get_if<double>(&m_settings.validation);
    m_sidesWatcher.setFuture(QtConcurrent::run(&dataThreads(),
        [known = known(), report = m_report, held = share ? *share : 0.0, seed = m_seed,
            generation = m_sidesGeneration] {
            SidesResult sides = chooseSides(known, *report, held, seed);
            sides.generation = generation;
            return sides;
        }));
}

void DataSession::deliverSides()
{
    const SidesResult sides = m_sidesWatcher.result();
    if (sides.generation != m_sidesGeneration)
        return startSides();
    m_held = sides.held;
    m_heldRows = sides.heldRows;
    m_sidesKnown = true;
    ++m_knownGeneration;
    Q_EMIT factsChanged();
    Q_EMIT stateChanged();
}

void DataSession::drain()
{
    if (m_scan)
        for (const ScanNews& news : m_scan->take())
            handle(news);
    if (m_rowsUnsaid && (!m_sinceRows.isValid() || m_sinceRows.elapsed() >= kRowsEvery || !m_scan)) {
        m_rowsUnsaid = false;
        m_sinceRows.start();
        Q_EMIT rowsAdded();
        Q_EMIT stateChanged();
    }
    if (m_survey) {
        const std::shared_ptr<SurveyJob> job = m_survey;
        const std::vector<SurveyNews> all = job->take();
        for (const SurveyNews& news : all)
            handle(news);
        if (!all.empty()) {
            Q_EMIT factsChanged();
            Q_EMIT stateChanged();
        }
    }
    if (m_search) {
        const std::vector<SearchNews> all = m_search->take();
        for (const SearchNews& news : all) {
            m_matches.append(news.rows);
            if (news.finished)
                m_search.reset();
        }
        if (!all.empty())
            Q_EMIT searchChanged();
    }
    if (!m_scan && !m_survey && !m_search && !m_rowsUnsaid)
        m_timer.stop();
}

void DataSession::handle(const ScanNews& news)
{
    DataFile& file = m_files[news.file];
    if (news.head) {
        file.bytes = news.head->bytes;
        file.rows = news.head->rows;
        file.format = news.head->format;
        file.why = news.head->why;
        file.columns = news.head->columns;
        file.unrecognised = news.head->unrecognised;
    }
    file.blocks.append(news.blocks);
    file.bad.append(news.bad);
    m_rows += static_cast<qint64>(news.bad.size());
    if (!file.validation)
        m_trainingRows += static_cast<qint64>(news.bad.size());
    m_badRows += std::count(news.bad.begin(), news.bad.end(), std::uint8_t{1});
    m_faults.insert(m_faults.end(), news.faults.begin(), news.faults.end());
    m_rowsUnsaid = true;
    if (!news.finished)
        return;
    m_scan.reset();
    if (!m_searchText.isEmpty())
        startSearch();
}

void DataSession::handle(const SurveyNews& news)
{
    if (!news.rows.empty()) {
        SharedList<SurveyedRow>& facts = m_files[news.file].facts;
        for (std::size_t i = 0; i < news.rows.size(); ++i) {
            if (!news.rows[i].repeats)
                continue;
            ++m_repeats;
            if (m_repeated.size() < kRepeatsKept)
                m_repeated.push_back({news.file, facts.size() + i});
        }
        facts.append(news.rows);
    }
    if (news.stats) {
        m_stats = news.stats;
        m_longest = news.longest;
        Q_EMIT statsChanged();
    }
    if (!news.report && news.faults.empty())
        return;
    m_report = news.report;
    m_countFaults = news.faults;
    m_survey.reset();
    startSides();
}

} // namespace falconer::ui
