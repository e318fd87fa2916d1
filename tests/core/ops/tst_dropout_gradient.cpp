// SPDX-License-Identifier: Apache-2.0
#include "core/ops/device.h"
#include "core/ops/dropout.h"

#include <ATen/ATen.h>

#include <QTest>

using namespace falconer;

class TestDropoutGradient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void backwardUsesTheSameMask();
    void followsTheGenerator();
};

void TestDropoutGradient::backwardUsesTheSameMask()
{
    for (const at::ScalarType dtype : {at::kFloat, at::kBFloat16}) {
        at::Generator generator = makeGenerator(c10::Device(c10::kCPU), 1);
        at::Tensor x = at::ones({300, 101}, dtype).requires_grad_(true);
        const at::Tensor y = dropout(x, 0.25, generator);
        QCOMPARE(y.scalar_type(), dtype);
        y.sum().backward();
        QVERIFY(at::equal(x.grad(), y.detach())); // x is all ones, so both are the scaled mask
        const double kept = (y != 0).to(at::kFloat).mean().item<double>();
        QVERIFY(kept > 0.73 && kept < 0.77);
    }
}

void TestDropoutGradient::followsTheGenerator()
{
    at::Generator first = makeGenerator(c10::Device(c10::kCPU), 1);
    at::Generator second = makeGenerator(c10::Device(c10::kCPU), 1);
    const at::Tensor x = at::ones({1000});
    const at::Tensor y = dropout(x, 0.5, first);
    QVERIFY(at::equal(y, dropout(x, 0.5, second)));
    QVERIFY(!at::equal(y, dropout(x, 0.5, first)));
}

QTEST_GUILESS_MAIN(TestDropoutGradient)
#include "tst_dropout_gradient.moc"
