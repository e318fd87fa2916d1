// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"
#include "core/config/recipe.h"
#include "core/data/row_index.h"
#include "core/data/row_lens.h"
#include "core/data/row_survey.h"
#include "ui/session/data_session_list.h"

#include <QString>
#include <QStringList>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

class QThreadPool;

namespace falconer::ui {

/// Threads of the Data page's workers: one for each kind of work, so that a long one never keeps texts from arriving.
QThreadPool& dataThreads();

/// A file of the recipe's data and what is known of it.
struct DataFile {
    std::string path; ///< as the recipe writes it
    double weight = 1;
    bool validation = false;
    qint64 bytes = 0;
    std::optional<RowFormat> format;
    std::string why; ///< "the first row has the columns prompt and completion"
    std::vector<std::string> columns; ///< of its first row
    std::optional<Fault> unrecognised; ///< why no format fits
    std::shared_ptr<const IndexedFile> rows;
    SharedList<RowBlock> blocks;
    SharedList<std::uint8_t> bad; ///< of each row, 1 where it cannot be used
    SharedList<SurveyedRow> facts; ///< of each row, as far as they were counted
};

/// A row's texts as the table shows them: cut to what fits a line.
struct RowCells {
    QString prompt;
    QString completion;
    QString problem; ///< core's sentence about a bad row
    QString place; ///< "cynic.jsonl, line 88"
};

/// Work in another thread that reports as it goes on. The session takes what there is on a timer and may let go of the
/// job at any time; the worker then finds its flag raised and ends.
template <typename News>
struct Job {
    CancelFlag cancel;
    std::atomic<long long> done{0};
    std::atomic<long long> total{0};

    void post(News news)
    {
        const std::scoped_lock lock(m_mutex);
        m_news.push_back(std::move(news));
    }
    std::vector<News> take()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_news, {});
    }

private:
    std::mutex m_mutex;
    std::vector<News> m_news;
};

/// Rows of one file that were found, or something about it.
struct ScanNews {
    std::size_t file = 0;
    std::optional<DataFile> head; ///< format and columns: once, and again when a later row told them
    std::vector<RowBlock> blocks;
    std::vector<std::uint8_t> bad; ///< of each row of the blocks
    std::vector<Fault> faults; ///< the file ends here
    bool finished = false; ///< nothing more comes
};
using ScanJob = Job<ScanNews>;
void scanFiles(const std::shared_ptr<ScanJob>& job, std::vector<DataFile> files, const DataSettings& settings);

struct SurveyPlace {
    std::size_t file = 0;
    std::size_t row = 0;
    std::int32_t length = -1;
};
struct SurveyNews {
    std::size_t file = 0;
    std::vector<SurveyedRow> rows; ///< the next ones of the file
    std::shared_ptr<const LengthStats> stats; ///< now and then, and at the end
    SurveyPlace longest; ///< with `stats`
    std::shared_ptr<const SurveyReport> report; ///< at the end
    std::vector<Fault> faults; ///< instead of a report
};
using SurveyJob = Job<SurveyNews>;
void surveyFiles(
    const std::shared_ptr<SurveyJob>& job, const DataSettings& settings, std::shared_ptr<const Tokenizer> tokenizer);

struct SearchNews {
    std::vector<qint64> rows;
    bool finished = false;
};
using SearchJob = Job<SearchNews>;
void searchRows(const std::shared_ptr<SearchJob>& job, const std::vector<DataFile>& files, const DataSettings& settings,
    const QString& text);

struct CellsResult {
    std::uint64_t generation = 0;
    std::vector<std::pair<quint64, std::vector<RowCells>>> blocks;
};
struct BlockRequest {
    quint64 key = 0;
    RowBlock block;
    std::shared_ptr<const IndexedFile> rows;
    std::optional<RowFormat> format;
    std::string name; ///< of the file, for messages
};
CellsResult readCells(
    std::uint64_t generation, const std::vector<BlockRequest>& requests, const DataSettings& settings);

struct TokenizerResult {
    std::string model;
    std::shared_ptr<const Tokenizer> tokenizer;
    std::vector<Fault> faults;
};
TokenizerResult readTokenizer(const std::string& model);

/// A row under the microscope.
struct LookResult {
    qint64 row = -1;
    std::string place;
    LensRow lens; ///< its tokens; without a tokenizer the text alone
    bool tokenized = false;
    std::vector<Fault> faults; ///< why the row cannot be shown as tokens
};
LookResult lookAt(qint64 row, const BlockRequest& request, std::size_t within, const DataSettings& settings,
    const std::shared_ptr<const Tokenizer>& tokenizer);

} // namespace falconer::ui
