// SPDX-License-Identifier: Apache-2.0
#include "kernels/dropout.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace falconer::kernels;

class TestDropout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheShareAndTheMean();
    void doesNotDependOnTheCut();
    void seedsAndNeighboursAreIndependent();
    void badArguments();
};

namespace {

std::vector<float> drop(std::uint64_t seed, std::int64_t first, std::int64_t count, double keep)
{
    std::vector<float> values(static_cast<std::size_t>(count), 1.0f);
    if (dropout(seed, first, count, keep, values.data(), values.data()) != Status::ok)
        values.clear();
    return values;
}

} // namespace

void TestDropout::keepsTheShareAndTheMean()
{
    for (const double keep : {0.05, 0.5, 0.95}) {
        const std::int64_t n = 1 << 20;
        double sum = 0;
        std::int64_t kept = 0;
        for (const float value : drop(42, 0, n, keep)) {
            QVERIFY(value == 0.0f || value == static_cast<float>(1 / keep));
            sum += value;
            kept += value != 0.0f;
        }
        const double deviation = std::sqrt(keep * (1 - keep) / static_cast<double>(n));
        QVERIFY(std::abs(static_cast<double>(kept) / static_cast<double>(n) - keep) < 5 * deviation);
        QVERIFY(std::abs(sum / static_cast<double>(n) - 1) < 5 * deviation / keep);
    }
    for (const float value : drop(7, 0, 1000, 1.0))
        QCOMPARE(value, 1.0f);
}

void TestDropout::doesNotDependOnTheCut()
{
    const std::vector<float> whole = drop(3, 0, 1001, 0.7);
    for (const std::int64_t cut : {0, 1, 2, 7, 500, 999, 1000, 1001}) {
        std::vector<float> parts = drop(3, 0, cut, 0.7);
        const std::vector<float> rest = drop(3, cut, 1001 - cut, 0.7);
        parts.insert(parts.end(), rest.begin(), rest.end());
        QCOMPARE(parts, whole);
    }
}

void TestDropout::seedsAndNeighboursAreIndependent()
{
    const std::vector<float> a = drop(1, 0, 100000, 0.5);
    const std::vector<float> b = drop(2, 0, 100000, 0.5);
    int sameSeeds = 0;
    int sameNeighbours = 0;
    for (std::size_t i = 0; i + 1 < a.size(); ++i) {
        sameSeeds += a[i] == b[i];
        sameNeighbours += a[i] == a[i + 1];
    }
    QVERIFY(std::abs(sameSeeds - 50000) < 800); // five standard deviations
    QVERIFY(std::abs(sameNeighbours - 50000) < 800);
}

void TestDropout::badArguments()
{
    float x = 1;
    QCOMPARE(dropout(1, 0, 1, 0.0, &x, &x), Status::badArgument);
    QCOMPARE(dropout(1, 0, 1, 1.5, &x, &x), Status::badArgument);
    QCOMPARE(dropout(1, 0, 1, std::nan(""), &x, &x), Status::badArgument);
    QCOMPARE(dropout(1, -1, 1, 0.5, &x, &x), Status::badArgument);
    QCOMPARE(dropout(1, 0, -1, 0.5, &x, &x), Status::badArgument);
    QCOMPARE(dropout(1, 0, 1, 0.5, nullptr, &x), Status::badArgument);
    QCOMPARE(dropout(1, 0, 0, 0.5, nullptr, nullptr), Status::ok);
}

QTEST_GUILESS_MAIN(TestDropout)
#include "tst_dropout.moc"
