// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/data_jobs.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/data/columns.h"
#include "core/hub/local_models.h"
#include "ui/text/fault_text.h"

#include <QThreadPool>

#include <algorithm>

namespace falconer::ui {
namespace {

constexpr std::size_t kShownBytes = 400; // of a text in the table: a line holds no more
constexpr std::size_t kRowsOfNews = 2048;
constexpr std::size_t kFirstStats = 512; // rows; further ones at each doubling

/// The beginning of a text on one line.
QString onOneLine(std::string_view text)
{
    std::string_view head = text.substr(0, kShownBytes);
    head = head.substr(0, completeUtf8Prefix(head));
    QString line = QString::fromUtf8(head.data(), static_cast<qsizetype>(head.size())).simplified();
    if (head.size() < text.size())
        line += QStringLiteral("…");
    return line;
}

std::string wordsOf(const nlohmann::ordered_json& message)
{
    const auto content = message.find("content");
    if (content == message.end())
        return {};
    if (content->is_string())
        return content->get<std::string>();
    return content->dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

struct Texts {
    std::string prompt;
    std::string completion;
};

/// Of a conversation: what was asked first, and everything behind it.
Texts textsOf(const RowContent& content)
{
    if (!content.isConversation)
        return {content.prompt, content.completion};
    Texts texts;
    bool asked = false;
    for (const auto& message : content.messages) {
        const std::string role = message.value("role", std::string());
        if (!asked && role == "assistant")
            asked = true;
        std::string& text = asked ? texts.completion : texts.prompt;
        text += (text.empty() ? "" : "\n") + role + ": " + wordsOf(message);
    }
    return texts;
}

/// A row whose columns do not tell what it is: all of them.
Texts allCells(const Row& row)
{
    Texts texts;
    for (const Cell& cell : row.cells) {
        const std::string value = cell.kind == CellKind::text
            ? cell.text
            : cell.value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
        texts.completion += (texts.completion.empty() ? "" : " · ") + cell.column + ": " + value;
    }
    return texts;
}

/// Texts of a row; of a bad one the fault and what can be shown of it.
Texts read(const ColumnMap& columns, const IndexedRow& row, const std::optional<RowFormat>& format,
    const std::string& name, std::optional<Fault>& fault)
{
    fault = row.fault;
    if (fault)
        return {};
    if (!format)
        return allCells(row.row);
    try {
        return textsOf(columns.content(row.row, *format, name));
    } catch (const Error& error) {
        fault = error.faults().front();
        return allCells(row.row);
    }
}

std::vector<Fault> internalFault(const std::exception& error)
{
    return {{ErrorCode::internal, "data", toValidUtf8(error.what()), {}}};
}

class Scanner {
public:
    Scanner(ScanJob& job, const DataSettings& settings)
        : m_job(job)
        , m_columns(settings)
    {
    }

    void scan(std::size_t number, DataFile head)
    {
        m_number = number;
        m_head = std::move(head);
        m_headSaid = false;
        const std::filesystem::path path = expandPath(m_head.path);
        RowIndexer indexer(path);
        m_name = indexer.name();
        m_head.rows = indexer.file();
        std::error_code ignored;
        const auto bytes = std::filesystem::file_size(path, ignored);
        m_head.bytes = ignored ? 0 : static_cast<qint64>(bytes);
        std::size_t wanted = RowIndexer::kBlockRows; // the first rows are shown at once
        ScanNews news;
        RowBlock block;
        const auto visit = [&](const Row& row, const Fault* fault) { news.bad.push_back(isBad(row, fault) ? 1 : 0); };
        const auto say = [&] {
            news.file = m_number;
            if (!m_headSaid)
                news.head = m_head;
            m_headSaid = true;
            m_job.post(std::exchange(news, {}));
        };
        try {
            while (indexer.next(block, visit)) {
                news.blocks.push_back(block);
                m_job.done = m_before + static_cast<long long>(indexer.position());
                if (m_job.cancel.raised())
                    return;
                if (news.bad.size() < wanted)
                    continue;
                say();
                wanted = kRowsOfNews;
            }
        } catch (const Error& error) {
            std::size_t rows = 0; // without those of a block that was not finished
            for (const RowBlock& each : news.blocks)
                rows += static_cast<std::size_t>(each.rows);
            news.bad.resize(rows);
            news.faults = error.faults();
        }
        m_before += static_cast<long long>(indexer.size());
        say();
    }

private:
    bool isBad(const Row& row, const Fault* fault)
    {
        if (fault)
            return true;
        if (!m_head.format)
            recognise(row);
        if (!m_head.format)
            return false; // it is the mapping that is wrong, not the row
        try {
            m_columns.content(row, *m_head.format, m_name);
        } catch (const Error&) {
            return true;
        }
        return false;
    }

    void recognise(const Row& row)
    {
        try {
            RecognisedFormat found = m_columns.recognise(row, m_name);
            m_head.format = found.format;
            m_head.why = std::move(found.why);
            m_head.unrecognised.reset();
            m_headSaid = false;
        } catch (const Error& error) {
            if (m_head.unrecognised)
                return; // as the rows before it
            m_head.unrecognised = error.faults().front();
        }
        m_head.columns.clear();
        for (const Cell& cell : row.cells)
            m_head.columns.push_back(toValidUtf8(cell.column));
    }

    ScanJob& m_job;
    ColumnMap m_columns;
    std::size_t m_number = 0;
    DataFile m_head;
    bool m_headSaid = false;
    std::string m_name;
    long long m_before = 0; // bytes of the files that are done
};

} // namespace

QThreadPool& dataThreads()
{
    static QThreadPool pool;
    static const bool ready = [] {
        pool.setMaxThreadCount(7);
        pool.setThreadPriority(QThread::LowPriority);
        return true;
    }();
    static_cast<void>(ready);
    return pool;
}

void scanFiles(const std::shared_ptr<ScanJob>& job, std::vector<DataFile> files, const DataSettings& settings)
{
    ScanNews last;
    last.finished = true;
    try {
        long long total = 0;
        for (const DataFile& file : files) {
            std::error_code ignored;
            const auto bytes = std::filesystem::file_size(expandPath(file.path), ignored);
            total += ignored ? 0 : static_cast<long long>(bytes);
        }
        job->total = total;
        Scanner scanner(*job, settings);
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (job->cancel.raised())
                return;
            last.file = i;
            scanner.scan(i, std::move(files[i]));
        }
    } catch (const Error& error) {
        if (error.code() == ErrorCode::cancelled)
            return;
        last.faults = error.faults();
    } catch (const std::exception& error) {
        last.faults = internalFault(error);
    }
    job->post(std::move(last));
}

void surveyFiles(
    const std::shared_ptr<SurveyJob>& job, const DataSettings& settings, std::shared_ptr<const Tokenizer> tokenizer)
{
    std::vector<SurveyedRow> all;
    std::vector<std::int64_t> counts; // rows of each file
    std::size_t nextStats = kFirstStats;
    SurveyPlace longest;
    SurveyNews news;
    const auto say = [&](bool withStats) {
        if (withStats) {
            news.stats = std::make_shared<LengthStats>(all);
            news.longest = longest;
        }
        job->post(std::exchange(news, {}));
    };
    const auto observe = [&](std::int32_t number, std::span<const SurveyedRow> rows) {
        const auto file = static_cast<std::size_t>(number);
        counts.resize(std::max(counts.size(), file + 1), 0);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (rows[i].length > longest.length)
                longest = {file, static_cast<std::size_t>(counts[file]) + i, rows[i].length};
        counts[file] += static_cast<std::int64_t>(rows.size());
        all.insert(all.end(), rows.begin(), rows.end());
        news.file = file;
        news.rows.assign(rows.begin(), rows.end());
        const bool due = all.size() >= nextStats;
        if (due)
            nextStats = all.size() * 2;
        say(due);
    };
    const Progress progress = [&](std::string_view, long long done, long long total) {
        job->done = done;
        job->total = total;
        return !job->cancel.raised();
    };
    try {
        auto report = std::make_shared<SurveyReport>(surveyRows(settings, *tokenizer, observe, progress));
        news.report = std::move(report);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::cancelled)
            return;
        news.faults = error.faults();
    } catch (const std::exception& error) {
        news.faults = internalFault(error);
    }
    say(true);
}

void searchRows(const std::shared_ptr<SearchJob>& job, const std::vector<DataFile>& files, const DataSettings& settings,
    const QString& text)
{
    try {
        const ColumnMap columns(settings);
        qint64 row = 0;
        SearchNews news;
        for (const DataFile& file : files) {
            for (std::size_t block = 0; block < file.blocks.size(); ++block) {
                if (job->cancel.raised())
                    return;
                for (const IndexedRow& indexed : file.rows->read(file.blocks[block])) {
                    std::optional<Fault> fault;
                    const Texts texts = read(columns, indexed, file.format, file.path, fault);
                    if (QString::fromStdString(texts.prompt).contains(text, Qt::CaseInsensitive)
                        || QString::fromStdString(texts.completion).contains(text, Qt::CaseInsensitive)
                        || (fault && QString::fromStdString(sentence(*fault)).contains(text, Qt::CaseInsensitive)))
                        news.rows.push_back(row);
                    ++row;
                }
                job->done = row;
                if (!news.rows.empty())
                    job->post(std::exchange(news, {}));
            }
        }
    } catch (const Error&) {
        // A file that has changed: the table says so where its rows are read.
    }
    job->post({{}, true});
}

CellsResult readCells(std::uint64_t generation, const std::vector<BlockRequest>& requests, const DataSettings& settings)
{
    CellsResult result;
    result.generation = generation;
    for (const BlockRequest& request : requests) {
        std::vector<RowCells> cells;
        try {
            const ColumnMap columns(settings);
            for (const IndexedRow& row : request.rows->read(request.block)) {
                std::optional<Fault> fault;
                const Texts texts = read(columns, row, request.format, request.name, fault);
                RowCells shown;
                shown.prompt = onOneLine(texts.prompt);
                shown.completion = onOneLine(texts.completion);
                shown.place = toQString(place(request.name, row.row.line, row.row.unit));
                if (fault)
                    shown.problem = describe(*fault);
                cells.push_back(std::move(shown));
            }
        } catch (const Error& error) {
            cells.assign(static_cast<std::size_t>(request.block.rows), {});
            for (RowCells& shown : cells)
                shown.problem = describe(error.faults().front());
        }
        result.blocks.emplace_back(request.key, std::move(cells));
    }
    return result;
}

TokenizerResult readTokenizer(const std::string& model)
{
    TokenizerResult result;
    result.model = model;
    try {
        result.tokenizer = loadTokenizerFor(resolveModel(model));
    } catch (const Error& error) {
        result.faults = error.faults();
    } catch (const std::exception& error) {
        result.faults = internalFault(error);
    }
    return result;
}

LookResult lookAt(qint64 row, const BlockRequest& request, std::size_t within, const DataSettings& settings,
    const std::shared_ptr<const Tokenizer>& tokenizer)
{
    LookResult result;
    result.row = row;
    try {
        const std::vector<IndexedRow> rows = request.rows->read(request.block);
        const IndexedRow& indexed = rows.at(within);
        result.place = place(request.name, indexed.row.line, indexed.row.unit);
        std::optional<Fault> fault;
        const Texts texts = read(ColumnMap(settings), indexed, request.format, request.name, fault);
        result.lens.text = texts.prompt.empty() ? texts.completion : texts.prompt + "\n" + texts.completion;
        if (fault)
            result.faults = {*fault};
        if (fault || !tokenizer || !request.format)
            return result;
        RowLens lens(settings, *tokenizer);
        result.lens = lens.look(indexed.row, *request.format, request.name);
        result.tokenized = true;
    } catch (const Error& error) {
        result.faults = error.faults();
    } catch (const std::exception& error) {
        result.faults = internalFault(error);
    }
    return result;
}

} // namespace falconer::ui
