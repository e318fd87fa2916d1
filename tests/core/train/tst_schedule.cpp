// SPDX-License-Identifier: Apache-2.0
#include "core/train/schedule.h"
#include "tests/support/paths.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace falconer;

class TestSchedule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void transformersFactors_data();
    void transformersFactors();
    void warmup();
    void polynomialAndConstant();
    void equalTrainer();
};

void TestSchedule::transformersFactors_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("option");
    QTest::addColumn<double>("value");
    QTest::addColumn<QList<double>>("factors");
    // Printed by Transformers 5.23 for 2 warm-up steps of 8, learning rate 1.
    QTest::newRow("linear") << "linear"
                            << "" << 0.0 << QList<double>{0, .5, 1, .833333, .666667, .5, .333333, .166667, 0};
    QTest::newRow("cosine") << "cosine"
                            << "" << 0.0 << QList<double>{0, .5, 1, .933013, .75, .5, .25, .066987, 0};
    QTest::newRow("restarts") << "cosine_with_restarts"
                              << "num_cycles" << 2.0 << QList<double>{0, .5, 1, .75, .25, 1, .75, .25, 0};
    QTest::newRow("inverse_sqrt") << "inverse_sqrt"
                                  << "" << 0.0
                                  << QList<double>{0, .5, 1, .816497, .707107, .632456, .57735, .534522, .5};
    QTest::newRow("wsd") << "warmup_stable_decay"
                         << "decay_steps" << 3.0 << QList<double>{0, .5, 1, 1, 1, 1, .75, .25, 0};
    QTest::newRow("minimum") << "cosine"
                             << "min_lr_ratio" << 0.1 << QList<double>{0, .5, 1, .939711, .775, .55, .325, .160289, .1};
}

void TestSchedule::transformersFactors()
{
    QFETCH(QString, kind);
    QFETCH(QString, option);
    QFETCH(double, value);
    QFETCH(QList<double>, factors);
    Schedule schedule;
    schedule.kind = kind.toStdString();
    schedule.learningRate = 1;
    schedule.totalSteps = 8;
    schedule.warmupSteps = 2;
    if (!option.isEmpty())
        schedule.options[option.toStdString()] = value;
    for (int done = 0; done < factors.size(); ++done)
        QVERIFY2(
            std::abs(learningRateAt(schedule, done) - factors[done]) < 6e-7, qPrintable(QString("step %1").arg(done)));
}

void TestSchedule::warmup()
{
    TrainingSettings training;
    training.warmupRatio = 0.03;
    QCOMPARE(makeSchedule(training, 100).warmupSteps, 3);
    QCOMPARE(makeSchedule(training, 101).warmupSteps, 4); // rounded up
    training.warmupSteps = 0;
    QCOMPARE(makeSchedule(training, 100).warmupSteps, 0);
    QCOMPARE(learningRateAt(makeSchedule(training, 100), 0), training.learningRate);
}

void TestSchedule::polynomialAndConstant()
{
    TrainingSettings training;
    training.learningRate = 1e-3;
    training.warmupSteps = 0;
    training.scheduler = "polynomial";
    training.schedulerOptions = {{"lr_end", 1e-4}, {"power", 2.0}};
    QVERIFY(std::abs(learningRateAt(makeSchedule(training, 10), 5) - (9e-4 * 0.25 + 1e-4)) < 1e-12);
    QVERIFY(std::abs(learningRateAt(makeSchedule(training, 10), 11) - 1e-4) < 1e-12);
    training.scheduler = "constant";
    training.warmupSteps = 5; // has no effect
    QCOMPARE(learningRateAt(makeSchedule(training, 10), 0), 1e-3);
    training.scheduler = "constant_with_warmup";
    QCOMPARE(learningRateAt(makeSchedule(training, 10), 0), 0.0);
    QCOMPARE(learningRateAt(makeSchedule(training, 10), 9), 1e-3);
}

/// Every scheduler over awkward lengths, as Trainer's own scheduler went through them (tests/oracle/optimizers.py).
void TestSchedule::equalTrainer()
{
    QFile file(QString::fromStdString(test::golden("train/schedules.json").string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).object()["cases"].toArray();
    QCOMPARE(cases.size(), 17 * 12);
    double worst = 0;
    for (const QJsonValue& made : cases) {
        TrainingSettings training;
        training.learningRate = made["learning_rate"].toDouble();
        training.scheduler = made["scheduler"].toString().toStdString();
        const QJsonObject options = made["options"].toObject();
        for (const QString& key : options.keys())
            training.schedulerOptions[key.toStdString()] = options[key].toDouble();
        const double warmup = made["warmup"].toDouble();
        if (warmup > 0 && warmup < 1)
            training.warmupRatio = warmup;
        else
            training.warmupSteps = static_cast<std::int64_t>(warmup);
        const Schedule schedule = makeSchedule(training, made["total"].toInteger());
        QCOMPARE(schedule.warmupSteps, made["warmup_steps"].toInteger());
        const QJsonArray rates = made["rates"].toArray();
        for (qsizetype done = 0; done < rates.size(); ++done) {
            const double expected = rates[done].toDouble();
            const double rate = learningRateAt(schedule, done);
            const double off = std::abs(rate - expected) / std::max(expected, 1e-12 * training.learningRate);
            worst = std::max(worst, off);
            QVERIFY2(off <= 1e-15,
                qPrintable(QString("%1 of %2 steps, %3 to warm up, step %4: %5 is not %6")
                               .arg(made["scheduler"].toString())
                               .arg(made["total"].toInteger())
                               .arg(warmup)
                               .arg(done)
                               .arg(rate, 0, 'g', 17)
                               .arg(expected, 0, 'g', 17)));
        }
    }
    qInfo("largest relative difference %.2g", worst);
}

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
