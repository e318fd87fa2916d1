// SPDX-License-Identifier: Apache-2.0
#include "core/data/dataset.h"

#include "tests/core/data/data_files.h"
#include "tests/support/paths.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace falconer;
using nlohmann::json;

/// Ids and labels against TRL's own: the goldens' first rows, and awkward rows made by tests/oracle/data_trl_rows.py.
class TestTrlRows : public QObject {
    Q_OBJECT

    static json parse(const std::filesystem::path& path)
    {
        std::ifstream stream(path);
        return json::parse(stream);
    }
    static std::vector<std::int64_t> labelsOf(const Sample& sample)
    {
        std::vector<std::int64_t> labels;
        for (std::size_t i = 0; i < sample.ids.size(); ++i)
            labels.push_back(sample.learn[i] ? sample.ids[i] : -100);
        return labels;
    }

private Q_SLOTS:
    void theFirstRowOfEveryGoldenRun_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"falcon-7b", "falcon-7b-nf4", "falcon-40b-nf4", "falcon-rw", "llama-nf4"})
            QTest::newRow(name) << QString(name);
    }
    void theFirstRowOfEveryGoldenRun()
    {
        QFETCH(QString, name);
        const std::filesystem::path folder = test::golden("runs") / name.toStdString();
        const json golden = parse(folder / "golden.json");
        const auto tokenizer = loadTokenizer(folder / "model");
        DataSettings settings;
        settings.train = {{(folder / "train.jsonl").string(), 1.0}};
        settings.validation = (folder / "validation.jsonl").string();
        settings.maxLength = golden["training"]["max_length"];
        const Dataset dataset = loadDataset(settings, 42, *tokenizer);
        QCOMPARE(dataset.train.size(), std::size_t{64});
        QCOMPARE(dataset.validation.size(), std::size_t{24});
        const Sample first = dataset.train.at(0);
        QCOMPARE(first.ids, golden["row0"]["input_ids"].get<std::vector<std::int32_t>>());
        QCOMPARE(labelsOf(first), golden["row0"]["labels"].get<std::vector<std::int64_t>>());
    }

    void awkwardRows()
    {
        const json golden = parse(test::golden("data/trl_rows.json"));
        const test::DataFiles files;
        int compared = 0;
        for (const json& item : golden["cases"]) {
            const auto name = item["case"].get<std::string>();
            const auto tokenizer = loadTokenizer(test::golden("runs") / name / "model");
            DataSettings settings;
            settings.maxLength = item["max_length"];
            settings.lossOn = item["loss_on"];
            for (std::size_t i = 0; i < golden["texts"].size(); ++i) {
                const json& texts = golden["texts"][i];
                const std::string tag = name + ": " + texts.dump();
                // The second row is always usable, so that the first may be dropped.
                const std::string path = files.write("rows.jsonl",
                    json{{"prompt", texts[0]}, {"completion", texts[1]}}.dump()
                        + "\n{\"prompt\":\"P\",\"completion\":\"x\"}\n");
                DatasetReport report;
                const SampleStore samples = loadSamples(path, settings, *tokenizer, report);
                const json& expected = item["rows"][i];
                const auto labels
                    = expected.is_null() ? std::vector<std::int64_t>() : expected[1].get<std::vector<std::int64_t>>();
                // Falconer also drops a row whose only target is its first token: nothing can predict that one.
                const bool used = std::any_of(labels.begin() + (labels.empty() ? 0 : 1), labels.end(),
                    [](std::int64_t label) { return label != -100; });
                QVERIFY2(samples.size() == (used ? 2u : 1u), tag.c_str());
                if (!used)
                    continue;
                QVERIFY2(samples.at(0).ids == expected[0].get<std::vector<std::int32_t>>(), tag.c_str());
                QVERIFY2(labelsOf(samples.at(0)) == labels, tag.c_str());
                ++compared;
            }
        }
        QVERIFY(compared > 100);
    }
};

QTEST_GUILESS_MAIN(TestTrlRows)
#include "tst_trl_rows.moc"
