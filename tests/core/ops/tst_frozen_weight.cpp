// SPDX-License-Identifier: Apache-2.0
#include "core/ops/frozen_linear.h"
#include "core/ops/frozen_weight.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <QTest>

using namespace falconer;

class TestFrozenWeight : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kernelsEqualAten_data();
    void kernelsEqualAten();
    void quantizationIsNearTheWeight();
    void memoryIsThatOfTheFormat();
    void gradientFlowsToTheInput_data();
    void gradientFlowsToTheInput();
};

namespace {

at::Tensor weightOf(std::int64_t out, std::int64_t in)
{
    at::Generator generator = at::detail::createCPUGenerator(7);
    return at::randn({out, in}, generator, at::TensorOptions().dtype(at::kFloat)) * 0.05;
}

void typeRows()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<bool>("doubleQuantize");
    QTest::newRow("plain") << int(WeightType::plain) << false;
    QTest::newRow("int8") << int(WeightType::int8) << false;
    QTest::newRow("fp4") << int(WeightType::fp4) << false;
    QTest::newRow("nf4") << int(WeightType::nf4) << false;
    QTest::newRow("nf4 double") << int(WeightType::nf4) << true;
    QTest::newRow("fp4 double") << int(WeightType::fp4) << true;
}

} // namespace

void TestFrozenWeight::kernelsEqualAten_data() { typeRows(); }

void TestFrozenWeight::kernelsEqualAten()
{
    QFETCH(int, type);
    QFETCH(bool, doubleQuantize);
    // Rows that blocks straddle, an odd count, one element, and several pieces of work.
    const std::pair<std::int64_t, std::int64_t> shapes[]
        = {{1, 1}, {3, 21}, {7, 96}, {64, 64}, {129, 577}, {300, 1000}};
    for (const auto& [out, in] : shapes) {
        const FrozenWeight frozen
            = freeze(weightOf(out, in), static_cast<WeightType>(type), doubleQuantize, at::kFloat);
        for (const at::ScalarType dtype : {at::kFloat, at::kBFloat16, at::kHalf}) {
            const at::Tensor ours = dequantize(frozen, dtype);
            QCOMPARE(ours.scalar_type(), dtype);
            QVERIFY2(at::equal(ours, dequantizeByAten(frozen, dtype)), qPrintable(QString("%1 x %2").arg(out).arg(in)));
        }
    }
}

void TestFrozenWeight::quantizationIsNearTheWeight()
{
    const at::Tensor weight = weightOf(256, 320);
    const auto error = [&](WeightType type, bool doubleQuantize) {
        const at::Tensor back = dequantize(freeze(weight, type, doubleQuantize, at::kFloat), at::kFloat);
        return ((back - weight).norm() / weight.norm()).item<double>();
    };
    const double nf4 = error(WeightType::nf4, false);
    QVERIFY(nf4 > 0.05 && nf4 < 0.11);
    QVERIFY(error(WeightType::nf4, true) < nf4 * 1.05);
    QVERIFY(error(WeightType::fp4, false) > nf4); // NF4 is the better code for normal weights
    QVERIFY(error(WeightType::int8, false) < 0.02);
    QCOMPARE(error(WeightType::plain, false), 0.0);
}

void TestFrozenWeight::memoryIsThatOfTheFormat()
{
    const at::Tensor weight = weightOf(512, 512);
    const auto bits = [&](WeightType type, bool doubleQuantize) {
        return 8.0 * static_cast<double>(freeze(weight, type, doubleQuantize, at::kBFloat16).bytes()) / (512 * 512);
    };
    QCOMPARE(bits(WeightType::nf4, false), 4.5);
    QVERIFY(bits(WeightType::nf4, true) < 4.13);
    QCOMPARE(bits(WeightType::plain, false), 16.0);
}

void TestFrozenWeight::gradientFlowsToTheInput_data() { typeRows(); }

void TestFrozenWeight::gradientFlowsToTheInput()
{
    QFETCH(int, type);
    QFETCH(bool, doubleQuantize);
    const auto frozen = std::make_shared<const FrozenWeight>(
        freeze(weightOf(48, 64), static_cast<WeightType>(type), doubleQuantize, at::kFloat));
    const at::Tensor dense = dequantize(*frozen, at::kFloat);
    const at::Tensor bias = at::linspace(-1, 1, 48);
    at::Tensor x = weightOf(5, 64).requires_grad_(true);
    at::Tensor reference = x.detach().clone().requires_grad_(true);
    const at::Tensor y = frozenLinear(x, frozen, bias);
    const at::Tensor expected = at::linear(reference, dense, bias);
    QVERIFY(at::allclose(y, expected, 1e-6, 1e-6));
    y.pow(2).sum().backward();
    expected.pow(2).sum().backward();
    QVERIFY(at::allclose(x.grad(), reference.grad(), 1e-5, 1e-6));
    // Without a gradient to give, no graph is kept.
    QVERIFY(!frozenLinear(x.detach(), frozen, {}).requires_grad());
}

QTEST_GUILESS_MAIN(TestFrozenWeight)
#include "tst_frozen_weight.moc"
