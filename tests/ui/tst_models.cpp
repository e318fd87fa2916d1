// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_session.h"
#include "ui/models/log_model.h"
#include "ui/models/metrics_model.h"
#include "ui/models/model_list_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::eval;
using falconer::test::step;

namespace {

constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::QtTest;

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class TestModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void metricsGrow()
    {
        MetricsModel model;
        QAbstractItemModelTester tester(&model, kFatal);
        model.append(eval(0, 3.0), true);
        model.append({step(1, 2.9), step(2, 2.7)});
        model.append(eval(2, 2.8), true);
        model.append({step(3, 2.5)});
        model.append({});
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(cell(model, 0, MetricsModel::stepColumn), QStringLiteral("0"));
        QCOMPARE(cell(model, 0, MetricsModel::lossColumn), QString());
        QCOMPARE(cell(model, 0, MetricsModel::validationColumn), QStringLiteral("3.000"));
        QCOMPARE(cell(model, 2, MetricsModel::lossColumn), QStringLiteral("2.700"));
        QCOMPARE(cell(model, 2, MetricsModel::validationColumn), QStringLiteral("2.800"));
        QCOMPARE(cell(model, 3, MetricsModel::validationColumn), QString());
        QCOMPARE(model.lastStep()->step, 3);
        QCOMPARE(model.best()->step, 2);
        QCOMPARE(model.curves().raw.size(), std::size_t(3));
        QCOMPARE(model.curves().validation.size(), std::size_t(2));
        QCOMPARE(*model.curves().best, QPointF(2, 2.8));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.lastStep());
        QVERIFY(!model.best());
        QVERIFY(model.curves().raw.empty());
    }

    void smoothingIsUnbiasedFromTheStart()
    {
        MetricsModel model;
        model.append({step(1, 2.0)});
        QVERIFY(std::abs(*model.lastSmoothed() - 2.0) < 1e-12);
        model.append({step(2, 3.0)});
        // (0.85 * 0.15 * 2 + 0.15 * 3) / (0.85 * 0.15 + 0.15)
        QVERIFY(std::abs(*model.lastSmoothed() - 0.705 / 0.2775) < 1e-12);
        for (int i = 3; i < 200; ++i)
            model.append({step(i, 3.0)});
        QVERIFY(std::abs(*model.lastSmoothed() - 3.0) < 1e-9);
    }

    void aLossThatIsNoNumberStaysOutOfTheCurves()
    {
        MetricsModel model;
        QAbstractItemModelTester tester(&model, kFatal);
        model.append({step(1, 2.0), step(2, std::nan("")), step(3, 2.0)});
        model.append(eval(3, std::nan("")), false);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.curves().raw.size(), std::size_t(2));
        QVERIFY(model.curves().validation.empty());
        QCOMPARE(cell(model, 1, MetricsModel::lossColumn), QStringLiteral("–"));
        QVERIFY(std::abs(*model.lastSmoothed() - 2.0) < 1e-12);
    }

    void smoothingAnewIsSmoothingFromTheStart()
    {
        MetricsModel model;
        MetricsModel other;
        QAbstractItemModelTester tester(&model, kFatal);
        other.setSmoothing(0.6);
        model.append({step(1, 2.0), step(2, 3.0), step(3, std::nan(""))});
        other.append({step(1, 2.0), step(2, 3.0), step(3, std::nan(""))});
        QSignalSpy changed(&model, &MetricsModel::smoothingChanged);
        model.setSmoothing(0.6);
        model.setSmoothing(0.6);
        QCOMPARE(changed.size(), 1);
        model.append({step(4, 2.5)});
        other.append({step(4, 2.5)});
        QCOMPARE(model.curves().smoothed, other.curves().smoothed);
        QCOMPARE(cell(model, 3, MetricsModel::smoothedColumn), cell(other, 3, MetricsModel::smoothedColumn));
        model.setSmoothing(7);
        QCOMPARE(model.smoothing(), 0.99);
        QVERIFY(std::isfinite(*model.lastSmoothed()));
    }

    void everyAxisKnowsItsSteps()
    {
        MetricsModel model;
        QCOMPARE(model.xAt(10, XAxis::tokens), 0.0);
        std::vector<StepMetrics> steps{step(10, 2.0), step(20, 2.0), step(30, 2.0)};
        steps[1].tokens = 15'000; // not in proportion
        steps[2].seconds = std::nan(""); // a log that lacks it
        model.append(steps);
        QCOMPARE(model.xAt(10, XAxis::tokens), 10'000.0);
        QCOMPARE(model.xAt(5, XAxis::tokens), 5'000.0);
        QCOMPARE(model.xAt(15, XAxis::tokens), 12'500.0);
        QCOMPARE(model.xAt(60, XAxis::tokens), 60'000.0); // as it went so far
        QCOMPARE(model.stepAt(12'500, XAxis::tokens), 15.0);
        QCOMPARE(model.stepAt(60'000, XAxis::tokens), 60.0);
        QCOMPARE(model.xAt(30, XAxis::time), 20.0);
        QCOMPARE(model.xAt(17, XAxis::step), 17.0);
        QCOMPARE(model.xOf(1, XAxis::epoch), steps[1].epoch);
        const QList<QByteArray> lines = model.csv()().split('\n');
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines[3].startsWith("30,"));
        QVERIFY(lines[3].contains(",30000,,2,")); // no number, no text
    }

    void historyOfAResumedRun()
    {
        MetricsModel model;
        QAbstractItemModelTester tester(&model, kFatal);
        MetricsHistory history;
        for (int i = 1; i <= 6; ++i)
            history.steps.push_back(step(i, 3.0 - 0.1 * i));
        history.evals = {eval(2, 2.9), eval(4, 2.5), eval(6, 2.6)};
        model.load(history);
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(model.best()->step, 4);
        QCOMPARE(model.lastEval()->step, 6);
        QCOMPARE(cell(model, 3, MetricsModel::validationColumn), QStringLiteral("2.500"));
    }

    void logKeepsTheNewest()
    {
        LogModel model;
        QAbstractItemModelTester tester(&model, kFatal);
        model.append(LogModel::Level::info, QStringLiteral("one\ntwo\n"));
        QCOMPARE(model.rowCount(), 2);
        model.append(LogModel::Level::error, QStringLiteral("three"));
        QCOMPARE(cell(model, 2, LogModel::textColumn), QStringLiteral("three"));
        QVERIFY(model.index(2, LogModel::textColumn).data(Qt::DecorationRole).isValid());
        QVERIFY(model.index(2, LogModel::textColumn)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .contains(QLatin1String("three")));
        QVERIFY(!model.index(0, LogModel::textColumn).data(Qt::DecorationRole).isValid());
        model.clear();
        QCOMPARE(model.rowCount(), 0);

        LogModel full; // the tester looks at every row at every change, so it comes when the log is nearly full
        for (int i = 0; i < LogModel::kCapacity - 1; ++i)
            full.append(LogModel::Level::info, QString::number(i));
        QAbstractItemModelTester fullTester(&full, kFatal);
        for (int i = LogModel::kCapacity - 1; i < LogModel::kCapacity + 3; ++i)
            full.append(LogModel::Level::info, QString::number(i));
        QCOMPARE(full.rowCount(), LogModel::kCapacity);
        QCOMPARE(cell(full, 0, LogModel::textColumn), QStringLiteral("3"));
    }

    void modelNamesLeadToPaths()
    {
        ModelListModel model;
        QAbstractItemModelTester tester(&model, kFatal);
        model.setEntries({{QStringLiteral("tiiuae/falcon-7b"), QStringLiteral("/m/falcon"), {}, {}, {}},
            {QStringLiteral("a/twin"), QStringLiteral("/m/a"), {}, {}, {}},
            {QStringLiteral("b/twin"), QStringLiteral("/m/b"), {}, {}, {}},
            {QStringLiteral("same"), QStringLiteral("/m/1"), {}, {}, {}},
            {QStringLiteral("same"), QStringLiteral("/m/2"), {}, QStringLiteral("broken"), {}}});
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.pathOf(QStringLiteral(" tiiuae/falcon-7b ")), QStringLiteral("/m/falcon"));
        QCOMPARE(model.pathOf(QStringLiteral("falcon-7b")), QStringLiteral("/m/falcon"));
        QCOMPARE(model.pathOf(QStringLiteral("twin")), QStringLiteral("twin"));
        QCOMPARE(model.pathOf(QStringLiteral("/else/where")), QStringLiteral("/else/where"));
        QCOMPARE(model.pathOf({}), QString());
        QCOMPARE(model.rowOf(QStringLiteral("/m/./falcon/")), 0);
        QCOMPARE(model.rowOf(QStringLiteral("/m/none")), -1);
        // Namesakes stay apart.
        QCOMPARE(model.pathOf(model.index(3, 0).data().toString()), QStringLiteral("/m/1"));
        QCOMPARE(model.pathOf(model.index(4, 0).data().toString()), QStringLiteral("/m/2"));
        QVERIFY(model.index(4, 0).data(Qt::ToolTipRole).toString().contains(QLatin1String("broken")));
        model.setEntries({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestModels)
#include "tst_models.moc"
