// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/inference/evaluate.h"
#include "core/inference/loaded_model.h"
#include "tests/support/paths.h"

#include <QTest>

#include <cmath>

using namespace falconer;

class TestEvaluate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void batchingChangesNothing();
    void reportsProgressAndCanBeCancelled();
    void nothingToMeasure();

private:
    LoadedModel m_model;
    SampleStore m_samples;
};

void TestEvaluate::initTestCase()
{
    const auto folder = test::golden("runs/falcon-rw");
    QuantizationSettings quantization;
    quantization.type = "none";
    quantization.computeDtype = "float32";
    m_model = loadModel(folder / "model", quantization, "cpu", std::nullopt);
    DatasetReport report;
    m_samples = loadSamples((folder / "validation.jsonl").string(), {}, *m_model.tokenizer, report);
    QCOMPARE(m_samples.size(), std::size_t{24});
}

void TestEvaluate::batchingChangesNothing()
{
    const Evaluation one = evaluate(*m_model.decoder, m_samples, {}, 1);
    for (const std::int64_t tokens : {64, 300, 100000}) {
        const Evaluation many = evaluate(*m_model.decoder, m_samples, {}, tokens);
        QCOMPARE(many.tokens, one.tokens);
        QVERIFY(std::abs(many.loss - one.loss) < 1e-6 * one.loss);
    }
    QCOMPARE(one.perplexity, std::exp(one.loss));
}

void TestEvaluate::reportsProgressAndCanBeCancelled()
{
    std::vector<long long> seen;
    const Progress watch = [&](std::string_view, long long done, long long total) {
        seen.push_back(done);
        return total == 24;
    };
    evaluate(*m_model.decoder, m_samples, watch, 200);
    QVERIFY(seen.size() > 3);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    QCOMPARE(seen.front(), 0);
    QCOMPARE(seen.back(), 24);
    try {
        evaluate(*m_model.decoder, m_samples, [](std::string_view, long long done, long long) { return done < 4; }, 200);
        QFAIL("it went on");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::cancelled);
    }
}

void TestEvaluate::nothingToMeasure()
{
    SampleStore masked;
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        Sample sample = m_samples.at(i);
        sample.learn.assign(sample.ids.size(), 0);
        masked.append(sample);
    }
    QVERIFY_EXCEPTION_THROWN(evaluate(*m_model.decoder, masked), Error);
}

QTEST_GUILESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
