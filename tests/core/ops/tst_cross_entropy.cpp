// SPDX-License-Identifier: Apache-2.0
#include "core/ops/cross_entropy.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <QTest>

using namespace falconer;

class TestCrossEntropy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsTheUnchunkedOne_data();
    void equalsTheUnchunkedOne();
    void largeLogitsDoNotOverflow();
};

void TestCrossEntropy::equalsTheUnchunkedOne_data()
{
    QTest::addColumn<int>("rows");
    for (const int rows : {1, 127, 128, 129, 300})
        QTest::addRow("%d rows", rows) << rows;
}

void TestCrossEntropy::equalsTheUnchunkedOne()
{
    QFETCH(int, rows);
    at::Generator generator = at::detail::createCPUGenerator(3);
    const auto normal = [&](std::int64_t n, std::int64_t m) {
        return at::randn({n, m}, generator, at::TensorOptions().dtype(at::kFloat));
    };
    at::Tensor head = normal(101, 24).requires_grad_(true);
    at::Tensor referenceHead = head.detach().clone().requires_grad_(true);
    const at::Tensor targets = at::randint(101, {rows}, generator, at::TensorOptions().dtype(at::kLong));
    at::Tensor hidden = normal(rows, 24).requires_grad_(true);
    at::Tensor reference = hidden.detach().clone().requires_grad_(true);
    const at::Tensor ours = frozenCrossEntropy(hidden, head, targets) / 3.0;
    const at::Tensor expected
        = at::cross_entropy_loss(at::mm(reference, referenceHead.t()), targets, {}, at::Reduction::Sum) / 3.0;
    QVERIFY(at::allclose(ours, expected, 1e-6, 1e-6));
    ours.backward();
    expected.backward();
    QVERIFY(at::allclose(hidden.grad(), reference.grad(), 1e-5, 1e-6));
    QVERIFY(at::allclose(head.grad(), referenceHead.grad(), 1e-5, 1e-6));

    // Each gradient alone.
    at::Tensor onlyHidden = hidden.detach().clone().requires_grad_(true);
    (frozenCrossEntropy(onlyHidden, head.detach(), targets) / 3.0).backward();
    QVERIFY(at::equal(onlyHidden.grad(), hidden.grad()));
    at::Tensor onlyHead = head.detach().clone().requires_grad_(true);
    (frozenCrossEntropy(hidden.detach(), onlyHead, targets) / 3.0).backward();
    QVERIFY(at::equal(onlyHead.grad(), head.grad()));
}

void TestCrossEntropy::largeLogitsDoNotOverflow()
{
    const at::Tensor hidden = at::full({1, 2}, 1000.0).requires_grad_(true);
    const at::Tensor head = at::tensor({1.0f, 1.0f, -1.0f, -1.0f}).view({2, 2});
    const at::Tensor loss = frozenCrossEntropy(hidden, head, at::tensor({std::int64_t{0}}));
    QCOMPARE(loss.item<double>(), 0.0);
}

QTEST_GUILESS_MAIN(TestCrossEntropy)
#include "tst_cross_entropy.moc"
