// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/sentinel_curves.h"

#include <QtTest>

using namespace falconer;
using namespace falconer::test;

/// The smaller, fixed part of tests/bench/bench_sentinel.cpp: what the sentinel must keep up. The bounds lie a little
/// below what it reached on these curves, not at the goal (95 % found, 2 % false alarms), which it misses: noise that
/// is alike from one evaluation to the next costs it most, then restarts of the learning rate. The seed was not used to
/// choose the sentinel's constants.
class TestSentinelBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsUp_data()
    {
        QTest::addColumn<int>("maker");
        QTest::addColumn<double>("leastDetection");
        QTest::addColumn<double>("mostAlarms");
        QTest::newRow("formulas") << 0 << 0.88 << 0.05;
        QTest::newRow("dynamics") << 1 << 0.91 << 0.07;
        QTest::newRow("textbook") << 2 << 0.95 << 0.03;
    }

    void keepsUp()
    {
        QFETCH(int, maker);
        QFETCH(double, leastDetection);
        QFETCH(double, mostAlarms);
        constexpr std::size_t kCurves = 300;
        constexpr std::uint64_t kSeed = 7000;
        const BenchResult result = measure(maker == 0 ? curvesByFormulas(kSeed, kCurves, kCurves)
                : maker == 1                          ? curvesByDynamics(kSeed, kCurves, kCurves)
                                                      : curvesByTextbook(kSeed, kCurves, kCurves));
        const QString figures = QString("detection %1, false alarms %2, early %3")
                                    .arg(result.detection())
                                    .arg(result.alarms())
                                    .arg(result.early);
        qInfo("%s", qPrintable(figures));
        QCOMPARE(result.overfitting, kCurves);
        QCOMPARE(result.calm, kCurves);
        QVERIFY2(result.detection() >= leastDetection, qPrintable(figures));
        QVERIFY2(result.alarms() <= mostAlarms, qPrintable(figures));
    }
};

QTEST_GUILESS_MAIN(TestSentinelBench)
#include "tst_sentinel_bench.moc"
