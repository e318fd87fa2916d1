// SPDX-License-Identifier: Apache-2.0
#include "core/train/loss_scaler.h"
#include "tests/core/train/optimizer_support.h"

#include <QTest>

#include <limits>

using namespace falconer;
using namespace falconer::test;

class TestLossScaler : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scalesAsGradScaler();
    void unscalesAsGradScaler();
    void findsWhatIsNotFinite();
    void endsWhenTheScaleIsUsedUp();
    void neverGrowsToInfinity();
    void warnsAboutFloat16();
};

void TestLossScaler::scalesAsGradScaler()
{
    const QJsonObject golden = goldenObject("train/optimizers.json")["scaler"].toObject();
    QCOMPARE(golden["interval"].toInteger(), LossScaler::kGrowthInterval);
    const QJsonArray overflows = golden["overflows"].toArray();
    LossScaler scaler;
    QCOMPARE(scaler.scale(), 65536.0);
    QList<std::pair<qint64, double>> changes;
    double last = 0;
    for (qint64 step = 1; step <= golden["steps"].toInteger(); ++step) {
        scaler.update(!overflows.contains(step));
        if (scaler.scale() != last)
            changes.emplace_back(step, scaler.scale());
        last = scaler.scale();
        if (step == 950) // as after a checkpoint
            scaler = LossScaler(scaler.state());
    }
    const QJsonArray expected = golden["changes"].toArray();
    QCOMPARE(changes.size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        QCOMPARE(changes[i].first, expected[i].toArray()[0].toInteger());
        QCOMPARE(changes[i].second, expected[i].toArray()[1].toDouble());
    }
    QCOMPARE(scaler.skipped(), static_cast<std::int64_t>(overflows.size()));
}

void TestLossScaler::unscalesAsGradScaler()
{
    const QJsonObject golden = goldenObject("train/optimizers.json")["scaler"].toObject();
    LossScaler::State state;
    state.scale = golden["final_scale"].toDouble();
    const std::vector<TrainableTensor> parameters = {{"p", at::zeros({3}).requires_grad_(true)}};
    at::Tensor tensor = parameters[0].tensor;
    tensor.mutable_grad() = at::tensor({3.0F, -5.0e-3F, 7.0e4F});
    QVERIFY(LossScaler(state).unscale(parameters));
    QVERIFY(at::equal(tensor.grad(), storedTensor(golden["unscaled"], {3})));
}

void TestLossScaler::findsWhatIsNotFinite()
{
    for (const float bad : {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
             std::numeric_limits<float>::quiet_NaN()}) {
        const std::vector<TrainableTensor> parameters = {{"a", at::zeros({70}).requires_grad_(true)},
            {"b", at::zeros({3}).requires_grad_(true)}, {"without a gradient", at::zeros({3}).requires_grad_(true)}};
        at::Tensor a = parameters[0].tensor;
        at::Tensor b = parameters[1].tensor;
        a.mutable_grad() = at::ones({70});
        b.mutable_grad() = at::ones({3});
        QVERIFY(LossScaler().unscale(parameters));
        b.mutable_grad().select(0, 2).fill_(bad);
        QVERIFY(!LossScaler().unscale(parameters));
    }
    QVERIFY(LossScaler().unscale({}));
}

void TestLossScaler::endsWhenTheScaleIsUsedUp()
{
    LossScaler scaler;
    int skipped = 0;
    while (!scaler.exhausted() && skipped < 1000) {
        scaler.update(false);
        ++skipped;
    }
    QCOMPARE(skipped, 41); // from 2^16 to below 2^-24
    QCOMPARE(scaler.skipped(), 41);
}

void TestLossScaler::neverGrowsToInfinity()
{
    LossScaler::State state;
    state.scale = std::ldexp(1.0, 127);
    state.finiteSteps = LossScaler::kGrowthInterval - 1;
    LossScaler scaler(state);
    scaler.update(true);
    QCOMPARE(scaler.scale(), std::ldexp(1.0, 127));
}

void TestLossScaler::warnsAboutFloat16()
{
    QVERIFY(!precisionWarning("bfloat16", 7'000'000'000));
    QVERIFY(!precisionWarning("float32", 7'000'000'000));
    QVERIFY(precisionWarning("float16", 135'000'000));
    const std::optional<std::string> large = precisionWarning("float16", 7'217'189'760);
    QVERIFY(large);
    QVERIFY2(large->find("often fails on 7B models") != std::string::npos, large->c_str());
    QVERIFY2(large->find("7.2 billion") != std::string::npos, large->c_str());
}

QTEST_GUILESS_MAIN(TestLossScaler)
#include "tst_loss_scaler.moc"
