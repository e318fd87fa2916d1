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
    std::vector<Sample> m_samples;
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
    const Evaluation one = evaluate(*m_model.decoder, m_samples, 0, 1);
    for (const std::int64_t rows : {2, 7, 100}) {
        const Evaluation many = evaluate(*m_model.decoder, m_samples, 0, rows);
        QCOMPARE(many.tokens, one.tokens);
        QVERIFY(std::abs(many.loss - one.loss) < 1e-6 * one.loss);
    }
    QCOMPARE(one.perplexity, std::exp(one.loss));
}

void TestEvaluate::reportsProgressAndCanBeCancelled()
{
    std::vector<long long> seen;
    evaluate(*m_model.decoder, m_samples, 0, 10, [&](std::string_view, long long done, long long total) {
        seen.push_back(done);
        return total == 24;
    });
    QCOMPARE(seen, (std::vector<long long>{0, 10, 20, 24}));
    try {
        evaluate(
            *m_model.decoder, m_samples, 0, 10, [](std::string_view, long long done, long long) { return done < 10; });
        QFAIL("it went on");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::cancelled);
    }
}

void TestEvaluate::nothingToMeasure()
{
    std::vector<Sample> masked = m_samples;
    for (Sample& sample : masked)
        sample.learn.assign(sample.ids.size(), 0);
    QVERIFY_EXCEPTION_THROWN(evaluate(*m_model.decoder, masked, 0), Error);
}

QTEST_GUILESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
