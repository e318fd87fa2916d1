// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/inference/generate.h"
#include "tests/core/inference/inference_support.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>

using namespace falconer;

/// Greedy answers against Transformers' (tests/oracle/generate.py), up to the first token whose score led the second
/// one by less than kTie: from there on the order of summation decides.
class TestGenerateReference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void greedyIsTransformers_data();
    void greedyIsTransformers();

private:
    nlohmann::json m_golden;
};

namespace {

constexpr double kTie = 1e-3;

/// The answer as far as it is decided, without the stop token.
std::vector<std::int32_t> decided(const nlohmann::json& answer)
{
    auto ids = answer["ids"].get<std::vector<std::int32_t>>();
    const auto gaps = answer["gaps"].get<std::vector<double>>();
    const auto tie = std::find_if(gaps.begin(), gaps.end(), [](double gap) { return gap < kTie; });
    ids.resize(static_cast<std::size_t>(tie - gaps.begin()));
    if (!ids.empty() && ids.back() == 0)
        ids.pop_back();
    return ids;
}

} // namespace

void TestGenerateReference::initTestCase()
{
    m_golden = nlohmann::json::parse(readFile(test::golden("inference/greedy.json")));
    QVERIFY(m_golden.size() >= 6);
}

void TestGenerateReference::greedyIsTransformers_data()
{
    QTest::addColumn<QString>("run");
    QTest::addColumn<bool>("adapter");
    for (const auto& [run, answers] : m_golden.items())
        for (const bool adapter : {false, true})
            QTest::addRow("%s%s", run.c_str(), adapter ? ", adapter" : "") << QString::fromStdString(run) << adapter;
}

void TestGenerateReference::greedyIsTransformers()
{
    QFETCH(QString, run);
    QFETCH(bool, adapter);
    LoadedModel model = test::loadGolden(run.toStdString(), /*adapter=*/true);
    const auto& answers = m_golden[run.toStdString()][adapter ? "adapter" : "base"];
    QVERIFY(answers.size() >= 6);

    GenerateOptions options;
    options.maxNewTokens = 32;
    options.useAdapter = adapter; // off without loading again
    std::size_t compared = 0;
    for (const double penalty : {1.0, 1.3}) {
        options.sampling.repetitionPenalty = penalty;
        std::vector<std::string> prompts;
        std::vector<std::vector<std::int32_t>> expected;
        for (const auto& answer : answers) {
            if (answer["repetition_penalty"] != penalty)
                continue;
            prompts.push_back(answer["prompt"]);
            expected.push_back(decided(answer));
            QCOMPARE(model.tokenizer->encode(prompts.back()), answer["prompt_ids"].get<std::vector<std::int32_t>>());
        }
        const std::vector<Generated> together = generate(model, std::span<const std::string>(prompts), options);
        for (std::size_t i = 0; i < prompts.size(); ++i)
            for (const Generated& made : {together[i], generate(model, prompts[i], options)}) {
                QVERIFY(made.ids.size() >= expected[i].size());
                QCOMPARE((std::vector<std::int32_t>(
                             made.ids.begin(), made.ids.begin() + static_cast<std::ptrdiff_t>(expected[i].size()))),
                    expected[i]);
                compared += expected[i].size();
            }
    }
    QVERIFY(compared > 100); // ties leave enough to compare
}

QTEST_GUILESS_MAIN(TestGenerateReference)
#include "tst_generate_reference.moc"
