// SPDX-License-Identifier: Apache-2.0
#include "core/data/row_index.h"

#include "tests/core/data/data_files.h"
#include "tests/support/paths.h"

#include <QTest>
#include <fmt/format.h>

using namespace falconer;
using falconer::test::faultOf;

namespace {

struct Indexed {
    std::shared_ptr<const IndexedFile> file;
    std::vector<RowBlock> blocks;

    IndexedRow at(std::size_t i) const
    {
        return file->read(blocks[i / RowIndexer::kBlockRows])[i % RowIndexer::kBlockRows];
    }
};

Indexed indexOf(const std::filesystem::path& path)
{
    RowIndexer indexer(path);
    Indexed result;
    for (RowBlock block; indexer.next(block);)
        result.blocks.push_back(block);
    result.file = indexer.file();
    return result;
}

/// What reading from front to back gives.
std::vector<IndexedRow> inOrder(const std::filesystem::path& path)
{
    std::vector<IndexedRow> rows;
    const auto reader = openRows(path);
    for (;;) {
        IndexedRow row;
        try {
            if (!reader->next(row.row))
                return rows;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::dataInvalid)
                return rows;
            row.fault = error.faults().front();
        }
        rows.push_back(std::move(row));
    }
}

void compare(const std::filesystem::path& path)
{
    const Indexed indexed = indexOf(path);
    const std::vector<IndexedRow> wanted = inOrder(path);
    QVERIFY(!wanted.empty());
    std::size_t rows = 0;
    for (const RowBlock& block : indexed.blocks)
        rows += static_cast<std::size_t>(block.rows);
    QCOMPARE(rows, wanted.size());
    for (std::size_t i = wanted.size(); i-- > 0;) { // any order
        const IndexedRow row = indexed.at(i);
        QCOMPARE(row.fault.has_value(), wanted[i].fault.has_value());
        if (row.fault) {
            QCOMPARE(row.fault->subject, wanted[i].fault->subject);
            QCOMPARE(row.fault->problem, wanted[i].fault->problem);
            continue;
        }
        QCOMPARE(row.row.line, wanted[i].row.line);
        QCOMPARE(row.row.unit == RowUnit::line, wanted[i].row.unit == RowUnit::line);
        QCOMPARE(row.row.cells.size(), wanted[i].row.cells.size());
        for (std::size_t c = 0; c < row.row.cells.size(); ++c) {
            QCOMPARE(row.row.cells[c].column, wanted[i].row.cells[c].column);
            QVERIFY(row.row.cells[c].kind == wanted[i].row.cells[c].kind);
            QCOMPARE(row.row.cells[c].text, wanted[i].row.cells[c].text);
            QVERIFY(row.row.cells[c].value == wanted[i].row.cells[c].value);
        }
    }
}

} // namespace

class TestRowIndex : public QObject {
    Q_OBJECT

    test::DataFiles m_files;

private Q_SLOTS:
    void readsAnyRowAgain_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QByteArray lines("\xEF\xBB\xBF");
        QByteArray text;
        QByteArray csv("prompt,completion\r\n");
        QByteArray tsv("prompt\tcompletion\n");
        QByteArray document("{\"data\": [");
        for (int i = 0; i < 200; ++i) {
            const QByteArray n = QByteArray::number(i);
            if (i % 7 == 3) { // blank lines, broken rows, cells over several lines
                lines += "\r\n  \n";
                text += "\n\n";
                csv += "\"two\nlines, " + n + "\",\"a \"\"quote\"\"\"\r\n";
            }
            lines += i % 64 == 0 ? QByteArray("{broken\n") : "{\"prompt\": \"é" + n + "\", \"n\": " + n + "}\n";
            text += i % 64 == 0 ? QByteArray("\xFF\n") : "line " + n + "\n";
            csv += i % 64 == 0 ? QByteArray("one,two,three\n") : "p" + n + ",c" + n + "\n";
            tsv += "p" + n + "\tc" + n + "\n";
            document += (i ? ",\n" : "") + QByteArray(i % 64 == 0 ? "5" : "{\"a\": \"" + n + "\", \"l\": [1, null]}");
        }
        document += "]}";
        QTest::newRow("lines") << "rows.jsonl" << lines;
        QTest::newRow("text") << "rows.txt" << text;
        QTest::newRow("csv") << "rows.CSV" << csv;
        QTest::newRow("tsv") << "rows.tsv" << tsv;
        QTest::newRow("a document") << "rows.json" << document;
        QTest::newRow("a document that is cut off") << "cut.json" << document.left(document.size() - 40);
        QTest::newRow("a quote that is never closed") << "open.csv" << QByteArray(csv + "\"a,b\nc,d\n");
    }
    void readsAnyRowAgain()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        const std::string path = m_files.write(name.toStdString(), content.toStdString());
        std::vector<RowBlock> blocks;
        RowIndexer indexer(path);
        try {
            for (RowBlock block; indexer.next(block);)
                blocks.push_back(block);
            compare(path);
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::fileMalformed);
            // The rows before that place can be used.
            std::size_t rows = 0;
            for (const RowBlock& block : blocks)
                rows += indexer.file()->read(block).size();
            QCOMPARE(rows, inOrder(path).size());
        }
    }

    void readsArrowFilesAgain()
    {
        for (const char* name : {"rows.parquet", "rows.arrow", "rows.feather", "awkward.parquet"})
            compare(test::golden(std::filesystem::path("data") / name));
    }

    void saysThatTheFileChanged()
    {
        const std::string path = m_files.write("rows.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
        const Indexed indexed = indexOf(path);
        QCOMPARE(indexed.at(1).row.cells.front().text, std::string("b"));
        m_files.write("rows.jsonl", "{\"text\": \"a\"}\n");
        QCOMPARE(faultOf([&] { indexed.at(0); }).code, ErrorCode::fileUnreadable);
    }

    void missingAndEmptyFiles()
    {
        QCOMPARE(faultOf([] { RowIndexer indexer("/nowhere.jsonl"); }).code, ErrorCode::fileMissing);
        QVERIFY(indexOf(m_files.write("empty.jsonl", "")).blocks.empty());
        QVERIFY(indexOf(m_files.write("blank.txt", "\n\n")).blocks.empty());
    }
};

QTEST_GUILESS_MAIN(TestRowIndex)
#include "tst_row_index.moc"
