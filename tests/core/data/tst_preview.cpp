// SPDX-License-Identifier: Apache-2.0
#include "core/data/preview.h"

#include "tests/core/data/data_files.h"
#include "tests/core/data/fake_tokenizer.h"

#include <QTest>
#include <numeric>

using namespace falconer;
using falconer::test::all;
using falconer::test::contains;
using falconer::test::FakeTokenizer;
using falconer::test::faultOf;

class TestPreview : public QObject {
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

private Q_SLOTS:
    void showsRowsWhole()
    {
        DataSettings settings = settingsFor(row("PQ", "xyz") + row("PQRST", "x") + row("P", "x"));
        settings.maxLength = 4;
        const Preview preview = previewDataset(settings, 42, m_tokenizer, 2);
        QCOMPARE(preview.rows.size(), std::size_t{2});
        const PreviewRow& first = preview.rows[0];
        QCOMPARE(first.file, settings.train.front().path);
        QCOMPARE(first.line, 1);
        QCOMPARE(first.prompt, std::string("PQ"));
        QCOMPARE(first.completion, std::string("xyz"));
        QCOMPARE(first.tokens.size(), std::size_t{6});
        QCOMPARE(first.tokens[1].text, std::string("Q"));
        QVERIFY(!first.tokens[1].learned);
        QVERIFY(first.tokens[2].learned);
        QVERIFY(first.tokens[5].learned); // cut off, shown all the same
        QCOMPARE(first.tokens[5].id, FakeTokenizer::kEnd);
        QCOMPARE(first.tokens[5].text, std::string("<end>"));
        QCOMPARE(first.kept, 4);
        QCOMPARE(first.targets, 2);
        QVERIFY(!first.dropped);
        QVERIFY(preview.rows[1].dropped);
        QCOMPARE(preview.train.rows, 2);
        QCOMPARE(preview.train.tokens, 7);
        QCOMPARE(preview.train.targets, 4);
        QCOMPARE(preview.validation.rows, 0);
        QCOMPARE(preview.maxLength, 4);
        QCOMPARE(preview.report.cut, 2);
        QCOMPARE(preview.report.fullyMasked, 1);
        QCOMPARE(preview.lengths.longest, 7);
        QCOMPARE(preview.lengths.longestLine, 2);
        QCOMPARE(preview.lengths.longestFile, settings.train.front().path);
        QCOMPARE(preview.lengths.median, 6);
    }

    void aCharacterOfSeveralTokensStandsWithTheLast()
    {
        const Preview preview = previewDataset(settingsFor(row("é", "€x")), 42, m_tokenizer, 1);
        std::vector<std::string> texts;
        for (const PreviewToken& token : preview.rows[0].tokens)
            texts.push_back(token.text);
        QCOMPARE(texts, (std::vector<std::string>{"", "é", "", "", "€", "x", "<end>"}));
    }

    void agreesWithTheTrainingSet()
    {
        std::string content;
        for (int i = 0; i < 50; ++i)
            content += row("P" + std::to_string(i), std::string(static_cast<std::size_t>(i % 7), 'x'));
        DataSettings settings = settingsFor(content);
        settings.validation = 0.2;
        settings.maxLength = 6;
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        const Preview preview = previewDataset(settings, 42, m_tokenizer, 1000);
        QCOMPARE(preview.rows.size(), std::size_t{50});
        QCOMPARE(preview.train.rows, std::int64_t(dataset.train.size()));
        QCOMPARE(preview.validation.rows, std::int64_t(dataset.validation.size()));
        std::vector<std::int64_t> held;
        for (const PreviewRow& shown : preview.rows)
            if (shown.validation)
                held.push_back(shown.line);
        std::vector<std::int64_t> expected;
        for (const Sample& sample : all(dataset.validation))
            expected.push_back(sample.row);
        QCOMPARE(held, expected);
        std::int64_t targets = 0;
        for (const Sample& sample : all(dataset.train))
            targets += sample.targets();
        QCOMPARE(preview.train.targets, targets);
        QCOMPARE(preview.report.warnings, dataset.report.warnings);
    }

    void showsWhatTrainingWouldRefuse()
    {
        DataSettings settings = settingsFor(row("PQRST", "x"));
        settings.maxLength = 3;
        Preview preview = previewDataset(settings, 42, m_tokenizer, 5);
        QCOMPARE(preview.train.rows, 0);
        QCOMPARE(preview.report.fullyMasked, 1);
        QVERIFY(preview.rows[0].dropped);
        const auto sameAsTraining = [&] {
            const Fault fault = faultOf([&] { loadDataset(settings, 42, m_tokenizer); });
            return preview.refusals.size() == 1 && sentence(preview.refusals[0]) == sentence(fault);
        };
        QVERIFY(sameAsTraining());
        QVERIFY(contains(preview.refusals[0].fix, "raise data.max_length to 6"));
        QVERIFY(contains(preview.report.warnings.back(), "Raise data.max_length to 6"));

        settings.maxLength = 7;
        preview = previewDataset(settings, 42, m_tokenizer, 5);
        QVERIFY(preview.refusals.empty());

        settings = settingsFor("");
        preview = previewDataset(settings, 42, m_tokenizer, 5);
        QVERIFY(preview.rows.empty());
        QVERIFY(sameAsTraining());
        QVERIFY(preview.lengths.counts.empty());

        settings = settingsFor(row("P", "x") + "oops\n");
        QCOMPARE(faultOf([&] { previewDataset(settings, 42, m_tokenizer, 5); }).code, ErrorCode::dataInvalid);
        settings.onBadRow = "skip";
        preview = previewDataset(settings, 42, m_tokenizer, 5);
        QCOMPARE(preview.problems.size(), std::size_t{1});
        QCOMPARE(preview.problems[0].subject, settings.train.front().path + ", line 2");
    }

    void countsAValidationFile()
    {
        DataSettings settings = settingsFor(row("P", "x"));
        settings.validation = m_files.write("held.jsonl", row("Q", "xy") + row("R", "x"));
        const Preview preview = previewDataset(settings, 42, m_tokenizer, 5);
        QCOMPARE(preview.rows.size(), std::size_t{1});
        QCOMPARE(preview.validation.rows, 2);
        QCOMPARE(preview.validation.targets, 5);
        QCOMPARE(std::accumulate(preview.lengths.counts.begin(), preview.lengths.counts.end(), std::int64_t{0}), 3);
    }

    void bucketsLengths_data()
    {
        QTest::addColumn<QList<int>>("lengths");
        QTest::newRow("one") << QList<int>{7};
        QTest::newRow("same") << QList<int>{7, 7, 7};
        QTest::newRow("zero") << QList<int>{0, 1};
        QTest::newRow("far apart") << QList<int>{3, 1000003};
        QTest::newRow("39 wide") << QList<int>{1, 39};
        QTest::newRow("40 wide") << QList<int>{1, 40};
        QTest::newRow("41 wide") << QList<int>{1, 41};
        QTest::newRow("uneven start") << QList<int>{9, 19, 20, 21, 399, 400, 401};
    }
    void bucketsLengths()
    {
        QFETCH(QList<int>, lengths);
        const LengthHistogram histogram = makeHistogram({lengths.begin(), lengths.end()});
        QVERIFY(!histogram.counts.empty() && histogram.counts.size() <= 40);
        QCOMPARE(histogram.edges.size(), histogram.counts.size() + 1);
        const std::int64_t width = histogram.edges[1] - histogram.edges[0];
        std::vector<std::int64_t> counted(histogram.counts.size(), 0);
        for (std::size_t i = 0; i < counted.size(); ++i) {
            QCOMPARE(histogram.edges[i + 1] - histogram.edges[i], width);
            for (const int length : lengths)
                counted[i] += histogram.edges[i] <= length && length < histogram.edges[i + 1] ? 1 : 0;
        }
        QCOMPARE(histogram.counts, counted);
        QCOMPARE(std::accumulate(counted.begin(), counted.end(), std::int64_t{0}), lengths.size());
        QVERIFY(histogram.counts.front() > 0 && histogram.counts.back() > 0);
    }

    void quantilesAreRows()
    {
        std::vector<std::int64_t> lengths(100);
        std::iota(lengths.rbegin(), lengths.rend(), 1);
        const LengthHistogram histogram = makeHistogram(lengths);
        QCOMPARE(histogram.median, 50);
        QCOMPARE(histogram.percentile95, 95);
        QCOMPARE(histogram.longest, 100);
    }
};

QTEST_GUILESS_MAIN(TestPreview)
#include "tst_preview.moc"
