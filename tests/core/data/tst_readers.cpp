// SPDX-License-Identifier: Apache-2.0
#include "core/data/delimited_reader.h"
#include "core/data/json_reader.h"
#include "core/data/text_reader.h"

#include "tests/core/data/data_files.h"

#include <QTest>

using namespace falconer;
using falconer::test::contains;
using falconer::test::faultOf;
using falconer::test::json;

class TestReaders : public QObject {
    Q_OBJECT

    /// The rows as "number:column=text;…", and "place!problem" where one is refused; ends at what stops the reading.
    static QByteArray summary(RowReader& reader)
    {
        std::string all;
        Row row;
        for (int limit = 0; limit < 100000; ++limit) {
            try {
                if (!reader.next(row))
                    return QByteArray::fromStdString(all);
                all += std::to_string(row.line) + ":";
                for (const Cell& cell : row.cells)
                    all += cell.column + "=" + (cell.kind == CellKind::text ? cell.text : cell.value.dump()) + ";";
            } catch (const Error& error) {
                const Fault& fault = error.faults().front();
                all += fault.subject + "!" + fault.problem;
                if (fault.code != ErrorCode::dataInvalid)
                    return QByteArray::fromStdString(all);
            }
            all += "\n";
        }
        return "endless";
    }
    static std::string_view view(const QByteArray& text) { return {text.data(), std::size_t(text.size())}; }
    static void columns()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("rows");
    }
    static void add(const char* tag, QByteArray text, QByteArray rows) { QTest::newRow(tag) << text << rows; }

private Q_SLOTS:
    void readsJson_data()
    {
        columns();
        add("empty list", "[]", "");
        add("spread out", json(" [\n {'a': 'x'}\n ,\n{'a':\n'y'} ] \n"), "1:a=x;\n2:a=y;\n");
        add("mark", "\xEF\xBB\xBF[{\"a\":1}]", "1:a=1;\n");
        add("brackets in strings", json("[{'a': ']}\\'{['}, {'a': '\\\\'}]"), "1:a=]}\"{[;\n2:a=\\;\n");
        add("nested", json("[{'m': [{'b': 1, 'a': {}}]}]"), json("1:m=[{'b':1,'a':{}}];\n"));
        add("under data", json("{'version': 2, 'about': {'data': [1]}, 'data': [{'a': 'x'}], 'more': 3}"), "1:a=x;\n");
        add("under train", json("{'train': [{'a': 'x'}, {'a': 'y'}]}"), "1:a=x;\n2:a=y;\n");
        add("bad rows are passed over", json("[1, {'a': 'x'}, 'no', [1, 2], {'a': }, null, {'a': 'y'}]"),
            "d.json, row 1!a number, not an object\n2:a=x;\nd.json, row 3!text, not an object\n"
            "d.json, row 4!a list, not an object\n"
            "d.json, row 5!not JSON at byte 7: unexpected '}'\nd.json, row 6!null, not an object\n7:a=y;\n");
        add("cut in a row", json("[{'a': 'x'}, {'a': 'y"),
            "1:a=x;\nd.json, row 2!the file ends inside this row: it is cut off, or a quote or a bracket is not "
            "closed");
        add("cut between rows", json("[{'a': 'x'}, "),
            "1:a=x;\nd.json, row 1!the list ends without its closing bracket after this row: the file is cut off");
        add("no comma", json("[{'a': 'x'} {'a': 'y'}]"),
            "1:a=x;\nd.json, row 1!something other than a comma follows this row");
        add("two commas", json("[{'a': 'x'},, {'a': 'y'}]"),
            "1:a=x;\nd.json, row 2!a row is missing between two commas");
        add("comma at the end", json("[{'a': 'x'},]"), "1:a=x;\n");
        add("NUL", QByteArray("[{\"a\": \"\0\"}]", 12), "d.json, row 1!byte 8 of the row is a NUL byte\n");
        add("not UTF-8", "[{\"a\": \"\xE9\"}]", "d.json, row 1!byte 8 of the row (0xE9) is not UTF-8\n");
        add("too deep", "[{\"a\": " + QByteArray(100000, '[') + QByteArray(100000, ']') + "}]",
            "d.json, row 1!nested deeper than 64 levels\n");
        add("too many values", "[{\"a\": [" + QByteArray("0,").repeated(1'000'001) + "0]}]",
            "d.json, row 1!more than 1000000 values\n");
    }
    void readsJson()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, rows);
        JsonReader reader(view(text), "d.json");
        QCOMPARE(summary(reader), rows);
    }

    void refusesDocumentsWithoutRows_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"", "  ", "7", "'a'", "{}", "{'a': 1}", "{'data': {'a': 1}}", "{'data'",
                 "{'data': ", "{'rows': 3, 'data': }", "{1: 2}"})
            QTest::newRow(text) << json(text);
    }
    void refusesDocumentsWithoutRows()
    {
        QFETCH(QByteArray, text);
        const Fault fault = faultOf([&] { JsonReader(view(text), "d.json"); });
        QVERIFY(fault.code == ErrorCode::dataInvalid || fault.code == ErrorCode::fileMalformed);
        QVERIFY(!fault.fix.empty());
    }

    void readsCsv_data()
    {
        columns();
        add("empty", "", "");
        add("header only", "a,b\n", "");
        add("plain", "a,b\n1,2\n3,4\n", "2:a=1;b=2;\n3:a=3;b=4;\n");
        add("no line break at the end", "a,b\n1,2", "2:a=1;b=2;\n");
        add("CRLF", "a,b\r\n1,2\r\n\r\n3,4\r\n", "2:a=1;b=2;\n4:a=3;b=4;\n");
        add("mark and quoted header", "\xEF\xBB\xBF\"a\",\"b c\"\n1,2\n", "2:a=1;b c=2;\n");
        add("quotes", "a,b\n\"x, \"\"y\"\"\",\"\"\n", "2:a=x, \"y\";b=;\n");
        add("line breaks", "a,b\n\"1\n2\r\n3\",x\ny,z\n", "2:a=1\n2\r\n3;b=x;\n5:a=y;b=z;\n");
        add("empty cells", "a,b\n,\n", "2:a=;b=;\n");
        add("a quote inside", "a,b\nx\"y\",z\n", "2:a=x\"y\";b=z;\n");
        add("lone CR", "a\nx\ry\n", "2:a=x\ry;\n");
        add("CR at the end", "a\nx\r", "2:a=x;\n");
        add("blank lines", "\n\na\n\n  \nx\n", "6:a=x;\n");
        add("an empty quoted cell is a row", "a\n\"\"\n", "2:a=;\n");
        add("too few and too many", "a,b\n1\n1,2,3\n4,5\n",
            "d.csv, line 2!the row has 1 cell, but the header has 2\nd.csv, line 3!the row has 3 cells, but the header "
            "has 2\n4:a=4;b=5;\n");
        add("text behind a quote", "a,b\n\"x\"y,z\n1,2\n",
            "d.csv, line 2!something follows the closing quote of cell 1\n3:a=1;b=2;\n");
        add("open quote", "a,b\n1,2\n\"x,y\nz,w\n",
            "2:a=1;b=2;\nd.csv, line 3!a quote that is opened in this row is never closed");
        add("not UTF-8", "a\n\xE9\nx\n", "d.csv, line 2!byte 1 of the row (0xE9) is not UTF-8\n3:a=x;\n");
        add("NUL", QByteArray("a\n\0\nx\n", 6), "d.csv, line 2!byte 1 of the row is a NUL byte\n3:a=x;\n");
        add("many cells", "a\n" + QByteArray(100000, ',') + "\nx\n", "d.csv, line 2!more than 1000 columns\n3:a=x;\n");
    }
    void readsCsv()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, rows);
        DelimitedReader reader(view(text), "d.csv", ',');
        QCOMPARE(summary(reader), rows);
        QCOMPARE(summary(reader).contains("endless"), false);
    }

    void readsTsv()
    {
        DelimitedReader reader("a\tb\n1,2\t\"x\ty\"\n", "d.tsv", '\t');
        QCOMPARE(summary(reader), QByteArray("2:a=1,2;b=x\ty;\n"));
    }

    void refusesHeaders_data()
    {
        columns();
        add("no name", "a,,b\n", "a column has no name");
        add("semicolons", "frage;antwort\n\"a\";\"b\"\n", "its columns are parted by semicolons");
        add("twice", "a,b,a\n", "two columns have the same name");
        add("not UTF-8", "a,\xFF\n", "not UTF-8");
    }
    void refusesHeaders()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, rows);
        const Fault fault = faultOf([&] { DelimitedReader(view(text), "d.csv", ','); });
        QCOMPARE(fault.subject, std::string("d.csv, line 1"));
        QVERIFY(contains(fault.problem, rows.toStdString()));
    }

    void readsText()
    {
        TextReader reader(std::string_view("\xEF\xBB\xBFone\r\n\n \t\n  two  \n\xFF\nthree"), "d.txt");
        QCOMPARE(summary(reader),
            QByteArray(
                "1:text=one;\n4:text=  two  ;\nd.txt, line 5!byte 1 of the line (0xFF) is not UTF-8\n6:text=three;\n"));
    }

    void opensByNameAndContent_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("rows");
        const auto file = [](const char* name, QByteArray text, const char* rows) {
            QTest::newRow((name + text.left(12)).constData()) << QString(name) << text << QByteArray(rows);
        };
        file("d.jsonl", json("{'a': 'x'}\n{'a': 'y'}\n"), "1:a=x;\n2:a=y;\n");
        file("d.json", json("{'a': 'x'}\n{'a': 'y'}\n"), "1:a=x;\n2:a=y;\n");
        file("d.json", json("{'a': 'x'}"), "1:a=x;\n");
        file("d.json", json("{'data': [{'a': 'x'}]}"), "1:a=x;\n");
        file("d.json", json("{\n'data': [\n{'a': 'x'}\n]}"), "1:a=x;\n");
        file("d.json", json("\n[{'a': 'x'}]"), "1:a=x;\n");
        file("d.jsonl", json("[{'a': 'x'}]"), "1:a=x;\n");
        file("d.jsonl", json("{'data': [{'a': 'x'}]}"), "1:data=[{\"a\":\"x\"}];\n");
        file("D.CSV", "a,b\n1,2\n", "2:a=1;b=2;\n");
        file("d.tab", "a\tb\n1\t2\n", "2:a=1;b=2;\n");
        file("d.md", "# one\n", "1:text=# one;\n");
        file("d.unknown", json("{'a': 'x'}\n"), "1:a=x;\n");
    }
    void opensByNameAndContent()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, rows);
        const test::DataFiles files;
        const auto reader = openRows(files.write(name.toStdString(), view(text)));
        QCOMPARE(summary(*reader), rows);
        QCOMPARE(reader->position(), reader->size());
    }

    void readsBigFiles()
    {
        // Rows that lie across the pieces in which a file is read.
        std::string csv = "n,text\n";
        std::string list = "[";
        const std::string filler(70'000, 'x');
        constexpr int kRows = 100;
        for (int i = 0; i < kRows; ++i) {
            csv += std::to_string(i) + ",\"" + filler + "\n\"\"\"\n";
            list += (i ? ",\n" : "") + ("{\"n\": \"" + std::to_string(i)) + "\", \"text\": \"" + filler + "\\n\\\"\"}";
        }
        const test::DataFiles files;
        for (const std::string& path : {files.write("d.csv", csv), files.write("d.json", list + "]")}) {
            const auto reader = openRows(path);
            Row row;
            for (int i = 0; i < kRows; ++i) {
                QVERIFY(reader->next(row));
                QCOMPARE(row.find("n")->text, std::to_string(i));
                QCOMPARE(row.find("text")->text, filler + "\n\"");
            }
            QVERIFY(!reader->next(row));
        }
    }

    void refusesOtherFiles()
    {
        const test::DataFiles files;
        for (const char* name : {"d.csv", "d.json", "d.txt", "d.jsonl"}) {
            QVERIFY(contains(faultOf([&] { openRows(files.write(name, "\x1F\x8B\x08")); }).problem, "compressed"));
            QVERIFY(contains(faultOf([&] { openRows(files.write(name, "\xFF\xFEx")); }).problem, "UTF-16"));
            QCOMPARE(faultOf([&] { openRows(std::string("/nowhere/") + name); }).code, ErrorCode::fileMissing);
        }
        QCOMPARE(faultOf([&] { openRows(std::filesystem::temp_directory_path()); }).code, ErrorCode::fileUnreadable);
    }
};

QTEST_GUILESS_MAIN(TestReaders)
#include "tst_readers.moc"
