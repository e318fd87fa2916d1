// SPDX-License-Identifier: Apache-2.0
#include "core/data/row_lens.h"
#include "core/data/row_reader.h"
#include "core/data/row_survey.h"

#include "tests/core/data/data_files.h"
#include "tests/core/data/fake_tokenizer.h"

#include <QTest>
#include <fmt/format.h>
#include <map>

using namespace falconer;
using falconer::test::FakeTokenizer;
using falconer::test::faultOf;

class TestRowSurvey : public QObject {
    Q_OBJECT

    test::DataFiles m_files;
    FakeTokenizer m_tokenizer;

    struct Surveyed {
        std::map<std::int32_t, std::vector<SurveyedRow>> files;
        SurveyReport report;

        std::vector<SurveyedRow> all() const
        {
            std::vector<SurveyedRow> rows;
            for (const auto& [file, part] : files)
                rows.insert(rows.end(), part.begin(), part.end());
            return rows;
        }
    };

    Surveyed survey(const DataSettings& settings)
    {
        Surveyed result;
        result.report = surveyRows(settings, m_tokenizer, [&](std::int32_t file, std::span<const SurveyedRow> rows) {
            auto& part = result.files[file];
            part.insert(part.end(), rows.begin(), rows.end());
        });
        return result;
    }

    static std::string rows(int count, int salt)
    {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += i % 50 == 7
                ? "{\"prompt\": 5}\n"
                : fmt::format("{{\"prompt\": \"{}\", \"completion\": \"{}\"}}\n",
                    std::string(static_cast<std::size_t>((i * 7 + salt) % 13 + 1), 'p') // shared prompts
                        + std::to_string(i % 90),
                    std::string(static_cast<std::size_t>(i * i % 31), 'c'));
        return text;
    }

    void compareWithPreview(const DataSettings& settings)
    {
        const Surveyed found = survey(settings);
        const LengthStats stats(found.all());
        const Preview preview = previewDataset(settings, 42, m_tokenizer, 10'000);
        QCOMPARE(found.report.report.rows, preview.report.rows);
        QCOMPARE(found.report.report.badRows, preview.report.badRows);
        QCOMPARE(found.report.report.overlap, preview.report.overlap);
        QCOMPARE(stats.cutAt(settings.maxLength), preview.report.cut);
        QCOMPARE(stats.maskedAt(settings.maxLength), preview.report.fullyMasked);
        QCOMPARE(stats.histogram().counts, preview.lengths.counts);
        QCOMPARE(stats.histogram().edges, preview.lengths.edges);
        QCOMPARE(stats.histogram().median, preview.lengths.median);
        QCOMPARE(stats.histogram().percentile95, preview.lengths.percentile95);
        QCOMPARE(stats.histogram().longest, preview.lengths.longest);
        QCOMPARE(found.report.problems.size(), preview.problems.size());
        const auto* share = std::get_if<double>(&settings.validation);
        const std::vector<std::uint8_t> held = heldBack(found.report.questions, share ? *share : 0, 42);
        QCOMPARE(held.size(), preview.rows.size());
        for (std::size_t i = 0; i < held.size(); ++i)
            QCOMPARE(held[i] != 0, preview.rows[i].validation);
    }

private Q_SLOTS:
    void agreesWithPreview_data()
    {
        QTest::addColumn<int>("maxLength");
        QTest::addColumn<bool>("file");
        QTest::addColumn<QString>("lossOn");
        for (const int maxLength : {2, 5, 13, 20, 512})
            for (const bool file : {false, true})
                for (const char* lossOn : {"completion", "all"})
                    QTest::addRow("%d %s %s", maxLength, file ? "a file" : "a share", lossOn)
                        << maxLength << file << QString::fromLatin1(lossOn);
    }
    void agreesWithPreview()
    {
        QFETCH(int, maxLength);
        QFETCH(bool, file);
        QFETCH(QString, lossOn);
        DataSettings settings;
        settings.train = {{m_files.write("a.jsonl", rows(700, 0)), 1.0}, {m_files.write("b.jsonl", rows(300, 5)), 1.0}};
        settings.validation = 0.1;
        if (file)
            settings.validation = m_files.write("v.jsonl", rows(120, 5));
        settings.onBadRow = "skip";
        settings.maxLength = maxLength;
        settings.lossOn = lossOn.toStdString();
        compareWithPreview(settings);
    }

    void badRowsKeepTheirPlace()
    {
        DataSettings settings;
        settings.train = {
            {m_files.write("a.jsonl", "{\"text\": \"x\"}\n{\"text\": 5}\n\n{oops\n{\"text\": \"x\"}\n{\"text\": 1}\n"),
                1.0}};
        const Surveyed found = survey(settings); // on_bad_row: stop
        const auto& part = found.files.at(0);
        QCOMPARE(part.size(), std::size_t{5});
        QCOMPARE(part[0].length, 2);
        QCOMPARE(part[0].firstTarget, 1);
        QVERIFY(part[1].isBad() && part[2].isBad() && part[4].isBad());
        QVERIFY(!part[0].repeats);
        QVERIFY(part[3].repeats);
        QCOMPARE(found.report.report.badRows, 3);
        QCOMPARE(found.report.problems.size(), std::size_t{3});
    }

    void statsOfNothing()
    {
        const LengthStats stats;
        QCOMPARE(stats.cutAt(1), 0);
        QCOMPARE(stats.maskedAt(1), 0);
        QCOMPARE(LengthStats(std::vector<SurveyedRow>(3)).rows(), 0);
        QVERIFY(heldBack({}, 0.5, 42).empty());
    }

    void canBeCancelled()
    {
        DataSettings settings;
        settings.train = {{m_files.write("a.jsonl", rows(700, 0)), 1.0}};
        const Fault fault = faultOf([&] {
            surveyRows(
                settings, m_tokenizer, {}, [](std::string_view, long long done, long long) { return done == 0; });
        });
        QCOMPARE(fault.code, ErrorCode::cancelled);
    }

    void lensShowsWhatPreviewShows()
    {
        DataSettings settings;
        settings.train = {{m_files.write("a.jsonl", "{\"prompt\": \"PQ\", \"completion\": \"x€ab\"}\n"), 1.0}};
        settings.maxLength = 3;
        const Preview preview = previewDataset(settings, 42, m_tokenizer, 1);
        const auto reader = openRows(settings.train.front().path);
        Row row;
        QVERIFY(reader->next(row));
        RowLens lens(settings, m_tokenizer);
        const LensRow shown = lens.look(row, RowFormat::promptCompletion, "a.jsonl");
        const auto& wanted = preview.rows.front().tokens;
        QCOMPARE(shown.tokens.size(), wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            QCOMPARE(shown.tokens[i].id, wanted[i].id);
            QCOMPARE(shown.tokens[i].text, wanted[i].text);
            QCOMPARE(shown.tokens[i].learned, wanted[i].learned);
            QCOMPARE(shown.tokens[i].seam, i == 2 || i + 1 == wanted.size());
        }
        QVERIFY(shown.tokens.back().special);
        QCOMPARE(shown.text, preview.rows.front().text);
    }

    void lensMarksTheSeamsOfATemplate()
    {
        DataSettings settings;
        settings.templateName = "chatml";
        RowLens lens(settings, m_tokenizer);
        Row row;
        row.cells.push_back({"prompt", CellKind::text, " ask\n", {}});
        row.cells.push_back({"completion", CellKind::text, "say", {}});
        const LensRow shown = lens.look(row, RowFormat::promptCompletion, "a.jsonl");
        QVERIFY(shown.isChat);
        std::string marked;
        for (const LensToken& token : shown.tokens)
            marked += (token.seam ? "|" : "") + token.text;
        QVERIFY2(marked.find("|ask|") != std::string::npos, marked.c_str());
        QVERIFY2(marked.find("|say|") != std::string::npos, marked.c_str());
    }
};

QTEST_GUILESS_MAIN(TestRowSurvey)
#include "tst_row_survey.moc"
