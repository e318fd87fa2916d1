// SPDX-License-Identifier: Apache-2.0
#include "core/train/run_plan.h"

#include <QTest>

using namespace falconer;

class TestRunPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsAsTrainer();
    void maxStepsWin();
    void automaticEvaluations();
    void withoutValidation();
};

void TestRunPlan::countsAsTrainer()
{
    TrainingSettings training;
    training.microBatch = 4;
    training.gradientAccumulation = 4;
    training.epochs = 1.5;
    const RunPlan plan = makeRunPlan(training, 70, 8);
    QCOMPARE(plan.microBatches, 18); // the last one holds 2 rows
    QCOMPARE(plan.stepsPerEpoch, 5); // the last one accumulates 2 micro-batches
    QCOMPARE(plan.totalSteps, 8);
}

void TestRunPlan::maxStepsWin()
{
    TrainingSettings training;
    training.maxSteps = 7;
    QCOMPARE(makeRunPlan(training, 1000, 0).totalSteps, 7);
    QCOMPARE(makeRunPlan(training, 3, 0).stepsPerEpoch, 1);
}

void TestRunPlan::automaticEvaluations()
{
    TrainingSettings training;
    training.microBatch = 1;
    training.gradientAccumulation = 1;
    training.epochs = 2;
    const RunPlan plan = makeRunPlan(training, 100, 10);
    QCOMPARE(plan.evalEvery, 10); // 20 over the run
    QCOMPARE(plan.saveEvery, 10);
    training.epochs = 50;
    QCOMPARE(makeRunPlan(training, 100, 10).evalEvery, 100); // at least one an epoch
    training.evalEvery = 3;
    const RunPlan fixed = makeRunPlan(training, 100, 10);
    QVERIFY(fixed.evaluatesAt(3) && !fixed.evaluatesAt(4) && fixed.evaluatesAt(fixed.totalSteps));
}

void TestRunPlan::withoutValidation()
{
    TrainingSettings training;
    const RunPlan plan = makeRunPlan(training, 160, 0);
    QVERIFY(!plan.evaluatesAt(plan.totalSteps));
    QVERIFY(plan.savesAt(plan.totalSteps));
    QVERIFY(plan.saveEvery > 0);
}

QTEST_GUILESS_MAIN(TestRunPlan)
#include "tst_run_plan.moc"
