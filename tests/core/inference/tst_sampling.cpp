// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/inference/sampling.h"
#include "tests/support/paths.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <cmath>
#include <limits>
#include <map>

using namespace falconer;

class TestSampling : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filtersAsTheReference();
    void penaltyOfGreedyAnswers();
    void drawsByProbability();
    void streamDependsOnTheSeedAlone();
    void alwaysLeavesAToken();
    void refusesWhatIsNotANumber();
    void namesEveryFault();
};

namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

/// Equal but for the last bit of a division, in which compilers may differ.
bool same(float left, float right) { return left == right || std::abs(left - right) <= 1e-6F * std::abs(right); }

} // namespace

void TestSampling::filtersAsTheReference()
{
    const auto cases = nlohmann::json::parse(readFile(test::golden("inference/sampling.json")));
    QVERIFY(cases.size() >= 25);
    for (const auto& golden : cases) {
        const std::string what = golden["options"].dump();
        SamplingOptions options;
        options.temperature = golden["options"].value("temperature", 1.0);
        options.topK = golden["options"].value("top_k", std::int64_t{0});
        options.topP = golden["options"].value("top_p", 1.0);
        options.minP = golden["options"].value("min_p", 0.0);
        options.repetitionPenalty = golden["options"].value("repetition_penalty", 1.0);
        QVERIFY2(faultsOf(options).empty(), what.c_str());
        auto logits = golden["logits"].get<std::vector<float>>();
        penalizeRepetition(logits, golden["context"].get<std::vector<std::int32_t>>(), options.repetitionPenalty);
        filterLogits(logits, options);
        QCOMPARE(logits.size(), golden["filtered"].size());
        for (std::size_t i = 0; i < logits.size(); ++i) {
            const float expected = golden["filtered"][i].is_null() ? -kInfinity : golden["filtered"][i].get<float>();
            QVERIFY2(same(logits[i], expected),
                qPrintable(QString("%1, token %2: %3, not %4").arg(what.c_str()).arg(i).arg(logits[i]).arg(expected)));
        }
    }
}

void TestSampling::penaltyOfGreedyAnswers()
{
    SamplingOptions options;
    options.repetitionPenalty = 2;
    Sampler sampler(options, 1);
    const std::vector<std::int32_t> context{0, 0, 3, -1, 99}; // ids that the model does not have are no fault
    std::vector<float> logits{4, 2.5, 1, -1};
    QCOMPARE(sampler.choose(logits, context), 1); // 4 / 2 once, not for each time that it was there
    QCOMPARE(logits, (std::vector<float>{2, 2.5, 1, -2}));
    QCOMPARE(likeliest(std::vector<float>{1, 3, 3}), 1);
}

void TestSampling::drawsByProbability()
{
    SamplingOptions options;
    options.temperature = 1;
    options.topK = 3;
    Sampler sampler(options, 3);
    const std::vector<float> logits{std::log(0.5F), std::log(0.3F), std::log(0.15F), std::log(0.05F)};
    std::map<std::int32_t, int> seen;
    constexpr int kDraws = 20'000;
    for (int i = 0; i < kDraws; ++i) {
        std::vector<float> copy = logits;
        ++seen[sampler.choose(copy, {})];
    }
    QVERIFY(!seen.contains(3));
    const double expected[] = {0.5 / 0.95, 0.3 / 0.95, 0.15 / 0.95};
    for (int id = 0; id < 3; ++id) // within 5 standard deviations
        QVERIFY(std::abs(seen[id] - kDraws * expected[id]) < 5 * std::sqrt(kDraws * expected[id] * (1 - expected[id])));
}

void TestSampling::streamDependsOnTheSeedAlone()
{
    SamplingOptions options;
    options.temperature = 1;
    const auto answer = [&](std::uint64_t seed) {
        Sampler sampler(options, seed);
        std::vector<std::int32_t> ids;
        for (int i = 0; i < 12; ++i) {
            std::vector<float> logits(64, 0.0F);
            ids.push_back(sampler.choose(logits, ids));
        }
        return ids;
    };
    QCOMPARE(answer(5), answer(5));
    QVERIFY(answer(5) != answer(6));
    // The same on every machine: the standard fixes the generator's numbers (mt19937_64 with its default seed).
    QCOMPARE(answer(5489), (std::vector<std::int32_t>{50, 16, 45, 60, 1, 25, 16, 1, 33, 22, 17, 35}));
}

void TestSampling::alwaysLeavesAToken()
{
    SamplingOptions options;
    options.topK = 1;
    options.topP = std::numeric_limits<double>::min();
    options.minP = 1;
    for (const double temperature : {std::numeric_limits<double>::min(), 1e-7, 1e-3, 1.0, 1e30}) {
        options.temperature = temperature;
        Sampler sampler(options, 1);
        std::vector<float> logits{1, 3, 2};
        QCOMPARE(sampler.choose(logits, {}), 1);
        std::vector<float> single{-7};
        QCOMPARE(sampler.choose(single, {}), 0);
    }
    options = {};
    options.temperature = 1e300; // beyond float32: no number is left that is none
    options.repetitionPenalty = 1e300;
    std::vector<float> logits{-1, 3, 2};
    const std::int32_t id = Sampler(options, 1).choose(logits, std::vector<std::int32_t>{0});
    QVERIFY(id >= 0 && id < 3);
}

void TestSampling::refusesWhatIsNotANumber()
{
    for (const double temperature : {0.0, 1.0}) {
        SamplingOptions options;
        options.temperature = temperature;
        for (const float bad : {kInfinity, -kInfinity, std::numeric_limits<float>::quiet_NaN()}) {
            std::vector<float> logits{1, bad, 2};
            try {
                Sampler(options, 1).choose(logits, {});
                QFAIL("it chose");
            } catch (const Error& error) {
                QCOMPARE(error.code(), ErrorCode::numericFailure);
            }
        }
    }
}

void TestSampling::namesEveryFault()
{
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    const auto subjects = [](const SamplingOptions& options) {
        std::vector<std::string> names;
        for (const Fault& fault : faultsOf(options))
            names.push_back(fault.subject);
        return names;
    };
    QVERIFY(subjects({}).empty());
    const std::vector<std::string> all{"temperature", "top_k", "top_p", "min_p", "repetition_penalty"};
    QCOMPARE(subjects({-0.1, -1, 0, -0.1, 0}), all);
    QCOMPARE(subjects({kNan, -1, kNan, kNan, kNan}), all);
    QCOMPARE(subjects({kInfinity, -1, 1.01, 1.01, kInfinity}), all);
    QVERIFY(subjects({0, 0, 1, 1, 0.5}).empty());
}

QTEST_GUILESS_MAIN(TestSampling)
#include "tst_sampling.moc"
