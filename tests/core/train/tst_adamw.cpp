// SPDX-License-Identifier: Apache-2.0
#include "core/train/optimizer.h"

#include <ATen/ATen.h>

#include <QTest>

#include <cmath>

using namespace falconer;

class TestAdamW : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFormula();
    void clipping();
};

void TestAdamW::theFormula()
{
    TrainingSettings training;
    training.weightDecay = 0.1;
    at::Tensor parameter = at::tensor({1.0f, -2.0f}).requires_grad_(true);
    const auto optimizer = makeOptimizer(training, {{"p", parameter}});
    double p = 1, m = 0, v = 0;
    for (int t = 1; t <= 5; ++t) {
        const double g = 0.5 * t - 1;
        parameter.mutable_grad() = at::tensor({static_cast<float>(g), 0.0f});
        optimizer->step(1e-2);
        p *= 1 - 1e-2 * 0.1;
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        p -= 1e-2 / (1 - std::pow(0.9, t)) * m / (std::sqrt(v) / std::sqrt(1 - std::pow(0.999, t)) + 1e-8);
        QVERIFY2(std::abs(parameter[0].item<double>() - p) < 1e-6, qPrintable(QString("step %1").arg(t)));
    }
    QVERIFY(std::abs(parameter[1].item<double>() + 2 * std::pow(1 - 1e-3, 5)) < 1e-6); // decay alone
}

void TestAdamW::clipping()
{
    at::Tensor a = at::zeros({1}).requires_grad_(true);
    at::Tensor b = at::zeros({1}).requires_grad_(true);
    const auto optimizer = makeOptimizer({}, {{"a", a}, {"b", b}});
    const auto clip = [&](double maximum) { return clipGradients(optimizer->parameters(), maximum); };
    const auto set = [&] {
        a.mutable_grad() = at::full({1}, 3.0);
        b.mutable_grad() = at::full({1}, 4.0);
    };
    set();
    QCOMPARE(clip(0), 5.0);
    QCOMPARE(a.grad().item<double>(), 3.0);
    QCOMPARE(clip(10), 5.0);
    QCOMPARE(a.grad().item<double>(), 3.0);
    QCOMPARE(clip(1), 5.0); // the norm before clipping
    QVERIFY(std::abs(a.grad().item<double>() - 0.6) < 1e-6);
    optimizer->zeroGradients();
    QVERIFY(!a.grad().defined());
}

QTEST_GUILESS_MAIN(TestAdamW)
#include "tst_adamw.moc"
