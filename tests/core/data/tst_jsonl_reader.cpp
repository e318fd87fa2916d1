// SPDX-License-Identifier: Apache-2.0
#include "core/data/jsonl_reader.h"

#include "tests/core/data/data_files.h"

#include <QTest>

using namespace falconer;
using falconer::test::contains;
using falconer::test::faultOf;
using falconer::test::json;

class TestJsonlReader : public QObject {
    Q_OBJECT

private:
    /// The rows of a text as "line:column=text;…", and "line!problem" where one is refused.
    static std::string summary(std::string_view text)
    {
        JsonlReader reader(text, "rows.jsonl");
        std::string all;
        Row row;
        for (;;) {
            try {
                if (!reader.next(row))
                    return all;
                all += std::to_string(row.line) + ":";
                for (const Cell& cell : row.cells)
                    all += cell.column + "=" + (cell.kind == CellKind::text ? cell.text : std::string(name(cell.kind)))
                        + ";";
            } catch (const Error& error) {
                all += std::to_string(reader.line()) + "!" + error.faults().front().problem;
            }
            all += "\n";
        }
    }

private Q_SLOTS:
    void readsRows_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("rows");
        const auto row = [](const char* tag, QByteArray text, const char* rows) {
            QTest::newRow(tag) << text << QByteArray(rows);
        };
        row("empty", "", "");
        row("only blank lines", "\n \t\r\n\n", "");
        row("plain", "{\"a\":\"x\"}\n{\"a\":\"y\"}\n", "1:a=x;\n2:a=y;\n");
        row("no line break at the end", "{\"a\":\"x\"}", "1:a=x;\n");
        row("blank lines count", "\n\n{\"a\":\"x\"}\n\n{\"a\":\"y\"}", "3:a=x;\n5:a=y;\n");
        row("CRLF", "{\"a\":\"x\"}\r\n{\"a\":\"y\"}\r\n", "1:a=x;\n2:a=y;\n");
        row("byte order mark", "\xEF\xBB\xBF{\"a\":\"x\"}", "1:a=x;\n");
        row("only a byte order mark", "\xEF\xBB\xBF", "");
        row("escapes", json("{'a':'\\'\\\\\\/\\n\\t\\u00e9\\ud83d\\ude00'}"), "1:a=\"\\/\n\t\u00e9\U0001F600;\n");
        row("kinds", json("{'a':1,'b':-2,'c':3.5e1,'d':true,'e':null,'f':[1,['x']],'g':{'a':'inner'},'h':''}"),
            "1:a=a number;b=a number;c=a number;d=true or false;e=null;f=a list;g=an object;h=;\n");
        row("no columns", "{}", "1:\n");
        row("a repeated column keeps the last", json("{'a':'x','b':'y','a':[]}"), "1:a=a list;b=y;\n");
        row("deeper keys stay out", json("{'a':{'b':{'c':'x'}},'d':[{'e':'f'}],'g':'h'}"),
            "1:a=an object;d=a list;g=h;\n");
    }
    void readsRows()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, rows);
        QCOMPARE(QByteArray::fromStdString(summary(std::string_view(text.data(), std::size_t(text.size())))), rows);
    }

    void refusesBrokenLines_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("problem");
        const auto row = [](const char* tag, QByteArray line, const char* problem) {
            QTest::newRow(tag) << line << QByteArray(problem);
        };
        row("open quote", json("{'a': 'x"), "a quote is not closed");
        row("open object", json("{'a': 'x'"), "ends before its object does");
        row("open list", json("{'a': [1, 2"), "ends before its object does");
        row("two objects", json("{'a': 'x'} {'a': 'y'}"), "something follows the object at byte 12");
        row("comma at the end", json("{'a': 'x',}"), "not JSON at byte 11");
        row("single quotes", "{'a': 'x'}", "not JSON at byte 2");
        row("a word", "hello", "not JSON at byte 1");
        row("text", "\"hello\"", "text, not an object");
        row("number", "17", "a number, not an object");
        row("null", "null", "null, not an object");
        row("list", "[1, 2]", "a list, not an object");
        row("control character", "{\"a\": \"x\ty\"}", "not JSON at byte 9");
        row("half a surrogate pair", json("{'a': '\\ud83d'}"), "not JSON at byte");
        row("Latin-1", "{\"a\": \"caf\xE9\"}", "byte 11 of the line (0xE9) is not UTF-8");
        row("overlong", "{\"a\": \"\xC0\xAF\"}", "byte 8 of the line (0xC0) is not UTF-8");
        row("surrogate in UTF-8", "{\"a\": \"\xED\xA0\x80\"}", "is not UTF-8");
        row("cut character", "{\"a\": \"\xE2\x82", "byte 8 of the line (0xE2) is not UTF-8");
        row("NUL behind the object", QByteArray("{\"a\": \"x\"}\0 more", 16), "byte 11 of the line is a NUL byte");
        row("number too big", "{\"a\": 1e999}", "not JSON at byte");
        row("too deep", "{\"a\": " + QByteArray(100000, '[') + QByteArray(100000, ']') + "}",
            "nested deeper than 64 levels");
        row("too deep and open", "{\"a\": " + QByteArray("{\"a\":").repeated(100000), "nested deeper than 64 levels");
        QByteArray columns = "{\"x\":1";
        for (int i = 0; i < 1000; ++i)
            columns += ",\"" + QByteArray::number(i) + "\":1";
        row("too many columns", columns + "}", "more than 1000 columns");
    }
    void refusesBrokenLines()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, problem);
        // The third of four lines, so that the number and going on afterwards are seen too.
        const QByteArray text = "{\"a\":\"x\"}\n\n" + line + "\n{\"a\":\"y\"}\n";
        JsonlReader reader(std::string_view(text.data(), std::size_t(text.size())), "folder/rows.jsonl");
        Row row;
        QVERIFY(reader.next(row));
        const Fault fault = faultOf([&] { reader.next(row); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QCOMPARE(fault.subject, std::string("folder/rows.jsonl, line 3"));
        QVERIFY(contains(fault.problem, problem.toStdString()));
        QVERIFY(!fault.fix.empty());
        QVERIFY(fault.problem.size() < 200);
        QVERIFY(reader.next(row));
        QCOMPARE(row.line, 4);
        QCOMPARE(row.find("a")->text, std::string("y"));
        QVERIFY(!reader.next(row));
        QCOMPARE(reader.position(), reader.size());
    }

    void nestingUpToTheLimitIsFine()
    {
        const std::string text = "{\"a\": " + std::string(63, '[') + std::string(63, ']') + ", \"b\": \"x\"}";
        QCOMPARE(summary(text), std::string("1:a=a list;b=x;\n"));
    }

    void namesOtherFormats_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("problem");
        QTest::newRow("UTF-16 LE") << QByteArray("\xFF\xFE{\0\"\0", 6) << QByteArray("UTF-16");
        QTest::newRow("UTF-16 BE") << QByteArray("\xFE\xFF\0{\0\"", 6) << QByteArray("UTF-16");
        QTest::newRow("Parquet") << QByteArray("PAR1\x15\x04") << QByteArray("Parquet");
        QTest::newRow("gzip") << QByteArray("\x1F\x8B\x08") << QByteArray("compressed");
    }
    void namesOtherFormats()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, problem);
        const test::DataFiles files;
        const std::string path = files.write("rows.jsonl", content.toStdString());
        const Fault fault = faultOf([&] { JsonlReader reader{std::filesystem::path(path)}; });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QCOMPARE(fault.subject, path);
        QVERIFY(contains(fault.problem, problem.toStdString()));
    }

    void readsABigFile()
    {
        // Many times what is read at once.
        std::string content;
        const std::string filler(4000, 'x');
        constexpr int kRows = 5000;
        for (int i = 0; i < kRows; ++i)
            content += "{\"n\": \"" + std::to_string(i) + "\", \"filler\": \"" + filler + "\"}\n";
        const test::DataFiles files;
        JsonlReader reader{std::filesystem::path(files.write("rows.jsonl", content))};
        Row row;
        int count = 0;
        for (; reader.next(row); ++count) {
            QCOMPARE(row.line, count + 1);
            QCOMPARE(row.find("n")->text, std::to_string(count));
        }
        QCOMPARE(count, kRows);
    }

    void nestedValuesAreKept()
    {
        JsonlReader reader(
            std::string_view("{\"m\": [{\"role\": \"user\", \"b\": 1, \"a\": [true, null, 2.5]}]}"), "x");
        Row row;
        QVERIFY(reader.next(row));
        // Keys in file order: templates show them so.
        QCOMPARE(row.find("m")->value.dump(), std::string("[{\"role\":\"user\",\"b\":1,\"a\":[true,null,2.5]}]"));
    }

    void aFileThatChangesIsNoticed()
    {
        std::string content;
        while (content.size() < 3'000'000)
            content += "{\"a\": \"x\"}\n";
        const test::DataFiles files;
        for (const bool shorter : {false, true}) {
            const std::filesystem::path path = files.write("rows.jsonl", content);
            JsonlReader reader{path};
            Row row;
            QVERIFY(reader.next(row));
            std::filesystem::resize_file(path, shorter ? 1'500'000 : content.size() + 12);
            const Fault fault = faultOf([&] {
                while (reader.next(row)) { }
            });
            // Cut inside a line, the broken line may be met first.
            if (!shorter || fault.code != ErrorCode::dataInvalid) {
                QCOMPARE(fault.code, ErrorCode::fileUnreadable);
                QVERIFY(contains(fault.problem, "changed while it was being read"));
            }
        }
    }

    void aMissingFileIsNamed()
    {
        const Fault fault = faultOf([] { JsonlReader reader{std::filesystem::path("/nowhere/rows.jsonl")}; });
        QCOMPARE(fault.code, ErrorCode::fileMissing);
        QVERIFY(contains(fault.subject, "/nowhere/rows.jsonl"));
    }

    void aFolderIsRefused()
    {
        const Fault fault = faultOf([] { JsonlReader reader{std::filesystem::temp_directory_path()}; });
        QCOMPARE(fault.code, ErrorCode::fileUnreadable);
    }
};

QTEST_GUILESS_MAIN(TestJsonlReader)
#include "tst_jsonl_reader.moc"
