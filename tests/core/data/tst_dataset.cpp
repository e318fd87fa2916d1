// SPDX-License-Identifier: Apache-2.0
#include "core/data/dataset.h"

#include "tests/core/data/data_files.h"
#include "tests/core/data/fake_tokenizer.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

using namespace falconer;
using falconer::test::all;
using falconer::test::contains;
using falconer::test::FakeTokenizer;
using falconer::test::faultOf;
using falconer::test::json;

class TestDataset : public QObject {
    Q_OBJECT

    test::DataFiles m_files;
    FakeTokenizer m_tokenizer;

    DataSettings settingsFor(std::string_view content)
    {
        DataSettings settings;
        settings.train = {{m_files.write("rows.jsonl", content), 1.0}};
        settings.validation = 0.0;
        return settings;
    }
    static std::string row(const std::string& prompt, const std::string& completion)
    {
        return "{\"prompt\": \"" + prompt + "\", \"completion\": \"" + completion + "\"}\n";
    }
    static bool anyWarning(const DatasetReport& report, std::string_view part)
    {
        for (const std::string& warning : report.warnings)
            if (warning.find(part) != std::string::npos)
                return true;
        for (const std::string& warning : report.warnings)
            qWarning("warning: %s", warning.c_str());
        return false;
    }

private Q_SLOTS:
    void masksThePrompt()
    {
        const DataSettings settings = settingsFor("\n" + row("P", "xy") + row("Q", "z<end>"));
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.train.size(), std::size_t{2});
        QVERIFY(dataset.validation.empty());
        QCOMPARE(dataset.files, std::vector<std::string>{settings.train.front().path});
        const Sample first = dataset.train.at(0);
        QCOMPARE(first.ids, (std::vector<std::int32_t>{'P', 'x', 'y', FakeTokenizer::kEnd}));
        QCOMPARE(first.learn, (std::vector<std::uint8_t>{0, 1, 1, 1}));
        QCOMPARE(first.row, 2);
        QCOMPARE(first.file, 0);
        QCOMPARE(first.targets(), 3);
        // The end is not doubled where the row brings it.
        QCOMPARE(dataset.train.at(1).ids, (std::vector<std::int32_t>{'Q', 'z', FakeTokenizer::kEnd}));
        QCOMPARE(dataset.report.rows, 2);
        QVERIFY(dataset.report.warnings.empty());
    }

    void learnsEverythingWhenAsked()
    {
        DataSettings settings = settingsFor(row("PQ", "x"));
        settings.lossOn = "all";
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.train.at(0).learn, (std::vector<std::uint8_t>{1, 1, 1, 1}));
        QCOMPARE(dataset.train.at(0).targets(), 3);
    }

    void theTokenizersOwnBeginningIsMasked()
    {
        FakeTokenizer tokenizer;
        tokenizer.addsBegin = true;
        const Dataset dataset = loadDataset(settingsFor(row("P", "x")), 42, tokenizer);
        QCOMPARE(
            dataset.train.at(0).ids, (std::vector<std::int32_t>{FakeTokenizer::kBegin, 'P', 'x', FakeTokenizer::kEnd}));
        QCOMPARE(dataset.train.at(0).learn, (std::vector<std::uint8_t>{0, 0, 1, 1}));
    }

    void theMaskBeginsWhereTheIdsPart()
    {
        // "Pa" + "b" becomes P, ab: the "a" of the prompt is gone, and TRL learns the merged token.
        const Dataset dataset = loadDataset(settingsFor(row("Pa", "b")), 42, m_tokenizer);
        QCOMPARE(dataset.train.at(0).ids, (std::vector<std::int32_t>{'P', FakeTokenizer::kAb, FakeTokenizer::kEnd}));
        QCOMPARE(dataset.train.at(0).learn, (std::vector<std::uint8_t>{0, 1, 1}));
        QVERIFY(anyWarning(dataset.report, "In 1 row the end of the prompt merges"));
        QVERIFY(anyWarning(dataset.report, "line 1"));
    }

    void worksWithoutAnEndOfText()
    {
        FakeTokenizer tokenizer;
        tokenizer.hasEnd = false;
        const Dataset dataset = loadDataset(settingsFor(row("P", "x")), 42, tokenizer);
        QCOMPARE(dataset.train.at(0).ids, (std::vector<std::int32_t>{'P', 'x'}));
        QVERIFY(anyWarning(dataset.report, "no end-of-text token"));
    }

    void cutsAndDrops()
    {
        DataSettings settings
            = settingsFor(row("P", "wxyz") + row("PQRSTUV", "x") + row("PQR", "x") + row("PQRS", "x") + row("P", "x"));
        settings.maxLength = 4;
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.train.size(), std::size_t{3});
        QCOMPARE(dataset.train.at(0).ids, (std::vector<std::int32_t>{'P', 'w', 'x', 'y'}));
        QCOMPARE(dataset.train.at(0).learn, (std::vector<std::uint8_t>{0, 1, 1, 1}));
        QCOMPARE(dataset.train.at(1).ids, (std::vector<std::int32_t>{'P', 'Q', 'R', 'x'}));
        QCOMPARE(dataset.train.at(1).row, 3);
        QCOMPARE(dataset.train.at(2).row, 5);
        QCOMPARE(dataset.report.cut, 4);
        QCOMPARE(dataset.report.fullyMasked, 2);
        QVERIFY(anyWarning(dataset.report, "Every token of 2 rows is masked"));
        QVERIFY(anyWarning(dataset.report, "Raise data.max_length to 5 to keep the first of them, to 8 to keep all"));
        QVERIFY(anyWarning(dataset.report, "4 of 5 rows are longer than data.max_length (4)"));
    }

    void aRowOfOneTokenTeachesNothing()
    {
        const Dataset dataset = loadDataset(settingsFor(row("", "") + row("", "x")), 42, m_tokenizer);
        QCOMPARE(dataset.train.size(), std::size_t{1});
        QCOMPARE(dataset.train.at(0).ids, (std::vector<std::int32_t>{'x', FakeTokenizer::kEnd}));
        QCOMPARE(dataset.report.fullyMasked, 1);
    }

    void everyLabelMaskedIsAnError()
    {
        DataSettings settings = settingsFor(row("PQRSTU", "x") + row("PQRSTUVW", "x"));
        settings.maxLength = 4;
        const Fault fault = faultOf([&] { loadDataset(settings, 42, m_tokenizer); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QCOMPARE(fault.subject, settings.train.front().path);
        QVERIFY(contains(fault.problem, "every label is masked"));
        QVERIFY(contains(fault.fix, "raise data.max_length to 7"));
        QVERIFY(contains(fault.fix, "9"));
        // With the advice taken it works.
        settings.maxLength = 7;
        QCOMPARE(loadDataset(settings, 42, m_tokenizer).train.size(), std::size_t{1});
    }

    void mapsColumns()
    {
        DataSettings settings = settingsFor("{\"question\": \"P\", \"answer\": \"x\", \"prompt\": 7}\n");
        settings.columns = {{"prompt", "question"}, {"completion", "answer"}};
        QCOMPARE(loadDataset(settings, 42, m_tokenizer).train.at(0).ids,
            (std::vector<std::int32_t>{'P', 'x', FakeTokenizer::kEnd}));
    }

    void refusesRows_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("problem");
        const auto add = [](const char* tag, QByteArray line, const char* problem) {
            QTest::newRow(tag) << line << QByteArray(problem);
        };
        add("no completion", json("{'prompt': 'P', 'answer': 'x'}"),
            "the row has no completion; columns found: prompt and answer");
        add("no prompt", json("{'completion': 'P'}"), "the row has no prompt; columns found: completion");
        add("nothing", "{}", "columns found: none");
        add("number", json("{'prompt': 'P', 'completion': 5}"), "the row's completion is a number, not text");
        add("object", json("{'prompt': {'a': 'P'}, 'completion': 'x'}"), "the row's prompt is an object, not text");
        add("null", json("{'prompt': null, 'completion': 'x'}"), "the row's prompt is null, not text");
        add("messages", json("{'messages': [{'role': 'user', 'content': 'x'}]}"), "no prompt; columns found: messages");
        add("messages in prompt", json("{'prompt': [{'role': 'user', 'content': 'x'}], 'completion': 'x'}"),
            "one of prompt and completion holds messages");
        add("no message", json("{'prompt': [], 'completion': [{'role': 'user', 'content': 'x'}]}"),
            "there is no message in it");
        add("plain text", json("{'text': 'x'}"), "no prompt; columns found: text");
        add("broken", json("{'prompt': 'P"), "a quote is not closed");
        QByteArray many = json("{'a\\nb': 1");
        for (int i = 0; i < 100; ++i)
            many += ",\"" + QByteArray(500, 'c') + QByteArray::number(i) + "\": 1";
        add("many columns", many + "}", "a?b, cccc");
    }
    void refusesRows()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, problem);
        DataSettings settings = settingsFor(row("P", "x") + "\n" + line.toStdString() + "\n" + row("Q", "y"));
        const std::string& path = settings.train.front().path;
        const Fault fault = faultOf([&] { loadDataset(settings, 42, m_tokenizer); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QCOMPARE(fault.subject, path + ", line 3");
        QVERIFY(contains(fault.problem, problem.toStdString()));
        QVERIFY(fault.problem.size() < 1000);
        QVERIFY(fault.problem.find('\n') == std::string::npos);
        QVERIFY(!fault.fix.empty());

        settings.onBadRow = "skip";
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.train.size(), std::size_t{2});
        QCOMPARE(dataset.report.rows, 3);
        QCOMPARE(dataset.report.badRows, 1);
        QVERIFY(anyWarning(dataset.report, "1 row skipped; the first: " + path + ", line 3"));
        QVERIFY(!anyWarning(dataset.report, "on_bad_row")); // it is skipped already
    }

    void nothingLeftIsAnError()
    {
        DataSettings settings = settingsFor("\n\n");
        Fault fault = faultOf([&] { loadDataset(settings, 42, m_tokenizer); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QVERIFY(contains(fault.problem, "no row to train on"));

        settings = settingsFor("{\"a\": 1}\n{\"a\": 2}\n");
        settings.onBadRow = "skip";
        fault = faultOf([&] { loadDataset(settings, 42, m_tokenizer); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QVERIFY(contains(fault.problem, "all 2 rows were skipped"));
        QVERIFY(contains(fault.problem, "line 1"));
    }

    void refusesSettings_data()
    {
        QTest::addColumn<QString>("key");
        for (const char* key :
            {"data.train", "data.format", "data.columns", "data.loss_on", "data.max_length", "data.validation"})
            QTest::newRow(key) << QString(key);
    }
    void refusesSettings()
    {
        QFETCH(QString, key);
        DataSettings settings = settingsFor(row("P", "x"));
        if (key == "data.train")
            settings.train.front().weight = 0.0;
        else if (key == "data.format")
            settings.format = "shareGPT";
        else if (key == "data.columns")
            settings.columns = {{"instructions", "q"}};
        else if (key == "data.loss_on")
            settings.lossOn = "assistants";
        else if (key == "data.max_length")
            settings.maxLength = 1;
        else
            settings.validation = std::numeric_limits<double>::quiet_NaN();
        const Fault fault = faultOf([&] { loadDataset(settings, 42, m_tokenizer); });
        QCOMPARE(fault.code, ErrorCode::recipeInvalid);
        QCOMPARE(QString::fromStdString(fault.subject), key);
    }

    void severalFilesAreNumbered()
    {
        DataSettings settings;
        settings.validation = 0.0;
        settings.train = {
            {m_files.write("one.jsonl", row("P", "x")), 1.0}, {m_files.write("two.jsonl", "\n" + row("Q", "y")), 1.0}};
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.train.size(), std::size_t{2});
        QCOMPARE(dataset.train.at(1).file, 1);
        QCOMPARE(dataset.train.at(1).row, 2);
        QVERIFY(contains(dataset.files[1], "two.jsonl"));
    }

    void holdsBackAShare()
    {
        std::string content;
        for (int i = 0; i < 100; ++i)
            content += row("P" + std::to_string(i / 2), "x" + std::to_string(i));
        DataSettings settings = settingsFor(content);
        settings.validation = 0.1;
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.validation.size(), std::size_t{10});
        QCOMPARE(dataset.train.size(), std::size_t{90});
        const auto byRow = [](const Sample& a, const Sample& b) { return a.row < b.row; };
        QVERIFY(std::ranges::is_sorted(all(dataset.train), byRow));
        QVERIFY(std::ranges::is_sorted(all(dataset.validation), byRow));
        // Lines 2k+1 and 2k+2 share a prompt.
        for (const Sample& sample : all(dataset.validation)) {
            const std::int64_t twin = (sample.row - 1) % 2 == 0 ? sample.row + 1 : sample.row - 1;
            QVERIFY(
                std::ranges::any_of(all(dataset.validation), [&](const Sample& other) { return other.row == twin; }));
        }
    }

    void theSplitDoesNotDependOnTheCut()
    {
        std::string content;
        for (int i = 0; i < 60; ++i)
            content += row(
                std::string(static_cast<std::size_t>(1 + i % 9), static_cast<char>('A' + i % 26)) + std::to_string(i),
                "x");
        DataSettings settings = settingsFor(content);
        settings.validation = 0.2;
        const auto heldRows = [&] {
            std::vector<std::int64_t> lines;
            for (const Sample& sample : all(loadDataset(settings, 7, m_tokenizer).validation))
                lines.push_back(sample.row);
            return lines;
        };
        const std::vector<std::int64_t> whole = heldRows();
        QCOMPARE(whole.size(), std::size_t{12});
        settings.maxLength = 6;
        const std::vector<std::int64_t> cut = heldRows();
        QVERIFY(cut.size() < whole.size());
        QVERIFY(std::includes(whole.begin(), whole.end(), cut.begin(), cut.end()));
    }

    void onePromptCannotBeSplit()
    {
        DataSettings settings = settingsFor(row("P", "x") + row("P", "y") + row("P", "z"));
        settings.validation = 0.3;
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.train.size(), std::size_t{3});
        QVERIFY(dataset.validation.empty());
        QVERIFY(anyWarning(dataset.report, "All rows share one prompt"));
    }

    void aSingleRowToValidateOnIsWarnedOf()
    {
        DataSettings settings = settingsFor(row("P", "x") + row("Q", "y") + row("R", "z"));
        settings.validation = 0.05;
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.validation.size(), std::size_t{1});
        QVERIFY(anyWarning(dataset.report, "Only one row is there to validate on"));

        settings = settingsFor(row("P", "x"));
        settings.validation = 0.5;
        const Dataset one = loadDataset(settings, 42, m_tokenizer);
        QVERIFY(one.validation.empty());
        QCOMPARE(one.train.size(), std::size_t{1});
        QVERIFY(anyWarning(one.report, "There is only one row"));
    }

    void anEmptyValidationFileIsAnError()
    {
        DataSettings settings = settingsFor(row("P", "x"));
        settings.validation = m_files.write("held.jsonl", "\n");
        const Fault fault = faultOf([&] { loadDataset(settings, 42, m_tokenizer); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QVERIFY(contains(fault.subject, "held.jsonl"));
        QVERIFY(contains(fault.problem, "no row to validate on"));
    }

    void mixesFilesByWeight()
    {
        const auto many = [](char letter, int rows) {
            std::string content;
            for (int i = 0; i < rows; ++i)
                content += row(letter + std::to_string(i), "x");
            return content;
        };
        DataSettings settings;
        settings.train = {{m_files.write("a.jsonl", many('A', 40)), 2.5},
            {m_files.write("b.csv", "prompt,completion\nB,x\n"), 3.0}, {m_files.write("c.jsonl", many('C', 40)), 0.25}};
        settings.validation = 0.1;
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.validation.size(), std::size_t{8});
        std::map<std::pair<int, std::int64_t>, int> times;
        std::array<int, 3> rows{};
        for (const Sample& sample : all(dataset.train)) {
            ++times[{sample.file, sample.row}];
            ++rows[static_cast<std::size_t>(sample.file)];
        }
        std::array<int, 3> held{};
        for (const Sample& sample : all(dataset.validation)) {
            QVERIFY(!times.contains({sample.file, sample.row}));
            ++held[static_cast<std::size_t>(sample.file)];
        }
        QCOMPARE(rows[0], int(std::llround(2.5 * (40 - held[0]))));
        QCOMPARE(rows[1], 3 * (1 - held[1]));
        QCOMPARE(rows[2], int(std::llround(0.25 * (40 - held[2]))));
        for (const auto& [which, count] : times)
            QVERIFY(which.first == 0 ? count == 2 || count == 3 : count == (which.first == 1 ? 3 : 1));

        const Dataset again = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(again.fingerprint(), dataset.fingerprint());
        QVERIFY(loadDataset(settings, 43, m_tokenizer).fingerprint() != dataset.fingerprint());
    }

    void dataLargerThanItsMemoryTrainsTheSame()
    {
        std::string content;
        for (int i = 0; i < 3000; ++i)
            content += row("P" + std::to_string(i), std::string(1000 + static_cast<std::size_t>(i % 700), 'x'));
        DataSettings settings = settingsFor(content);
        settings.validation = 0.1;
        settings.maxLength = 2000;
        const Dataset whole = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(whole.train.spilled(), std::uint64_t{0});
        qputenv("FALCONER_DATA_MEMORY", "1");
        const Dataset spilled = loadDataset(settings, 42, m_tokenizer);
        qunsetenv("FALCONER_DATA_MEMORY");
        QVERIFY(spilled.train.spilled() > 10u << 20);
        QCOMPARE(spilled.fingerprint(), whole.fingerprint());
        for (std::size_t i = 0; i < whole.train.size(); i += 37)
            QCOMPARE(spilled.train.at(i).ids, whole.train.at(i).ids);
    }

    void aValidationFileIsTakenAsItIs()
    {
        DataSettings settings = settingsFor(row("A", "x") + row("B", "x") + row("", "Cx") + row("D", "x"));
        const std::string held = m_files.write("held.jsonl", row("A", "other") + row("C", "x") + row("C", "x"));
        settings.validation = held;
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.train.size(), std::size_t{4});
        QCOMPARE(dataset.validation.size(), std::size_t{3});
        QCOMPARE(dataset.files, (std::vector<std::string>{settings.train.front().path, held}));
        QCOMPARE(dataset.validation.at(2).file, 1);
        QCOMPARE(dataset.validation.at(2).row, 3);
        QCOMPARE(dataset.report.rows, 7);
        QCOMPARE(dataset.report.overlap, 2); // the prompt A, and the text "Cx"
        QVERIFY(anyWarning(
            dataset.report, "2 of 4 training rows share a prompt or the whole text with the validation file"));
    }

    void saysWhatIsWrongWithEachFile()
    {
        DataSettings settings = settingsFor(row("A", "x") + "oops\n");
        settings.train.push_back({"/nowhere/more.jsonl", 1.0});
        settings.validation = m_files.write("held.jsonl", "{\"a\": 1}\n");
        try {
            loadDataset(settings, 42, m_tokenizer);
            QFAIL("three broken files were taken");
        } catch (const Error& error) {
            QCOMPARE(error.faults().size(), std::size_t{3});
            QVERIFY(contains(error.faults()[0].subject, "held.jsonl, line 1"));
            QCOMPARE(error.faults()[1].subject, settings.train.front().path + ", line 2");
            QCOMPARE(error.faults()[2].code, ErrorCode::fileMissing);
        }
        // Without a tokenizer, as far as the first rows.
        const std::vector<Fault> faults = firstRowFaults(settings);
        QCOMPARE(faults.size(), std::size_t{2});
        QCOMPARE(faults[0].code, ErrorCode::fileMissing);
        QVERIFY(contains(faults[1].subject, "held.jsonl, line 1"));
        settings.onBadRow = "skip";
        QCOMPARE(firstRowFaults(settings).size(), std::size_t{1});
        QVERIFY(firstRowFaults(settingsFor(row("A", "x"))).empty());
    }

    void aValidationFileThatTeachesNothingIsAnError()
    {
        DataSettings settings = settingsFor(row("A", "x"));
        const std::string held = m_files.write("held.jsonl", row("ABCDEF", "x"));
        settings.validation = held;
        settings.maxLength = 4;
        const Fault fault = faultOf([&] { loadDataset(settings, 42, m_tokenizer); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QCOMPARE(fault.subject, held);
        QVERIFY(contains(fault.problem, "to validate on"));
    }

    void countsTheValidationFileToo()
    {
        DataSettings settings = settingsFor(row("A", "x") + "oops\n");
        settings.validation = m_files.write("held.jsonl", row("B", "x") + "oops\n" + row("B", "wxyz"));
        settings.onBadRow = "skip";
        settings.maxLength = 4;
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.report.rows, 5);
        QCOMPARE(dataset.report.badRows, 2);
        QCOMPARE(dataset.report.cut, 1);
        QVERIFY(anyWarning(dataset.report, "Validation file: 1 row skipped"));
    }

    void loadsOneFileForEvaluation()
    {
        DataSettings settings;
        DatasetReport report;
        const std::string path = m_files.write("eval.jsonl", row("A", "x") + row("", ""));
        const SampleStore samples = loadSamples(path, settings, m_tokenizer, report);
        QCOMPARE(samples.size(), std::size_t{1});
        QCOMPARE(report.rows, 2);
        QCOMPARE(report.fullyMasked, 1);
        const std::string empty = m_files.write("empty.jsonl", "");
        DatasetReport other;
        QCOMPARE(faultOf([&] { loadSamples(empty, settings, m_tokenizer, other); }).code, ErrorCode::dataInvalid);
        QCOMPARE(
            faultOf([&] { loadSamples("/nowhere.jsonl", settings, m_tokenizer, other); }).code, ErrorCode::fileMissing);
    }

    void canBeCancelled()
    {
        std::string content;
        for (int i = 0; i < 1000; ++i)
            content += row("P", "x");
        int calls = 0;
        long long last = 0;
        const Progress progress = [&](std::string_view, long long done, long long total) {
            last = done;
            return ++calls < 5 && done <= total;
        };
        const Fault fault = faultOf([&] { loadDataset(settingsFor(content), 42, m_tokenizer, progress); });
        QCOMPARE(fault.code, ErrorCode::cancelled);
        QCOMPARE(calls, 5);
        QVERIFY(last > 0 && last < static_cast<long long>(content.size()));
    }
};

QTEST_GUILESS_MAIN(TestDataset)
#include "tst_dataset.moc"
