// SPDX-License-Identifier: Apache-2.0
#include "core/model/adapted_linear.h"
#include "core/ops/device.h"
#include "core/ops/dropout.h"

#include <ATen/ATen.h>

#include <QTest>

using namespace falconer;

/// The adapted linear against the same formula written with LibTorch's operators, dropout included.
class TestAdaptedLinear : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsTheFormula_data();
    void equalsTheFormula();
    void bfloat16IsNear();
};

namespace {

struct Inputs {
    at::Tensor x, bias;
    LoraPair pair;

    std::vector<at::Tensor> leaves() const
    {
        std::vector<at::Tensor> all{x, bias, pair.a, pair.b};
        if (pair.magnitude.defined())
            all.push_back(pair.magnitude);
        return all;
    }
};

Inputs makeInputs(bool dora)
{
    at::Generator generator = makeGenerator(c10::Device(c10::kCPU), 5);
    const auto normal = [&](std::vector<std::int64_t> sizes, double scale) {
        return (scale * at::randn(sizes, generator, at::TensorOptions().dtype(at::kFloat))).requires_grad_(true);
    };
    Inputs in;
    in.x = normal({9, 64}, 1);
    in.bias = normal({40}, 1);
    in.pair.a = normal({3, 64}, 0.2);
    in.pair.b = normal({40, 3}, 0.2);
    in.pair.scale = 1.7;
    if (dora)
        in.pair.magnitude = (normal({40}, 0.1) + 0.8).detach().requires_grad_(true);
    return in;
}

at::Tensor makeWeight()
{
    at::Generator generator = makeGenerator(c10::Device(c10::kCPU), 6);
    return 0.1 * at::randn({40, 64}, generator, at::TensorOptions().dtype(at::kFloat));
}

} // namespace

void TestAdaptedLinear::equalsTheFormula_data()
{
    QTest::addColumn<bool>("dora");
    QTest::addColumn<double>("probability");
    QTest::addColumn<bool>("quantized");
    for (const bool dora : {false, true})
        for (const double probability : {0.0, 0.3})
            for (const bool quantized : {false, true})
                QTest::addRow("%s, dropout %g, %s", dora ? "DoRA" : "LoRA", probability, quantized ? "nf4" : "plain")
                    << dora << probability << quantized;
}

void TestAdaptedLinear::equalsTheFormula()
{
    QFETCH(bool, dora);
    QFETCH(double, probability);
    QFETCH(bool, quantized);
    const auto weight = std::make_shared<const FrozenWeight>(
        freeze(makeWeight(), quantized ? WeightType::nf4 : WeightType::plain, true, at::kFloat));
    std::optional<at::Generator> generator = makeGenerator(c10::Device(c10::kCPU), 11);
    const Inputs in = makeInputs(dora);
    const at::Tensor made = adaptedLinear(in.x, weight, in.bias, in.pair, probability, generator);

    at::Generator same = makeGenerator(c10::Device(c10::kCPU), 11);
    const at::Tensor mask = probability > 0 ? dropout(at::ones({9, 64}), probability, same) : at::ones({9, 64});
    const Inputs ref = makeInputs(dora);
    const at::Tensor w = dequantize(*weight, at::kFloat);
    const at::Tensor dropped = ref.x * mask;
    const at::Tensor update = ref.pair.scale * at::mm(at::mm(dropped, ref.pair.a.t()), ref.pair.b.t());
    at::Tensor expected = at::mm(ref.x, w.t()) + ref.bias;
    if (dora) {
        const at::Tensor norms = (w + ref.pair.scale * at::mm(ref.pair.b, ref.pair.a)).norm(2, 1).detach();
        const at::Tensor gain = ref.pair.magnitude / norms;
        expected = expected + (gain - 1) * at::mm(dropped, w.t()) + gain * update;
    } else {
        expected = expected + update;
    }
    QVERIFY(at::allclose(made, expected, 1e-5, 1e-5));
    const at::Tensor outer = at::arange(made.numel(), at::kFloat).sin().view(made.sizes());
    (made * outer).sum().backward();
    (expected * outer).sum().backward();
    const std::vector<at::Tensor> ours = in.leaves();
    const std::vector<at::Tensor> theirs = ref.leaves();
    for (std::size_t i = 0; i < ours.size(); ++i)
        QVERIFY2(at::allclose(ours[i].grad(), theirs[i].grad(), 1e-4, 1e-5), qPrintable(QString::number(i)));
}

void TestAdaptedLinear::bfloat16IsNear()
{
    for (const bool dora : {false, true}) {
        const Inputs in = makeInputs(dora);
        std::optional<at::Generator> none;
        const auto wide = std::make_shared<const FrozenWeight>(freeze(makeWeight(), WeightType::nf4, true, at::kFloat));
        const at::Tensor expected = adaptedLinear(in.x, wide, in.bias, in.pair, 0, none);
        const at::Tensor x = in.x.detach().to(at::kBFloat16);
        const at::Tensor made = adaptedLinear(x, wide, in.bias.to(at::kBFloat16), in.pair, 0, none);
        QCOMPARE(made.scalar_type(), at::kBFloat16);
        const double error = ((made.to(at::kFloat) - expected).norm() / expected.norm()).detach().item<double>();
        QVERIFY2(error < 0.01, qPrintable(QString::number(error)));
        made.to(at::kFloat).sum().backward();
        QCOMPARE(in.pair.a.grad().scalar_type(), at::kFloat);
        QVERIFY(!dora || in.pair.magnitude.grad().defined());
    }
}

QTEST_GUILESS_MAIN(TestAdaptedLinear)
#include "tst_adapted_linear.moc"
