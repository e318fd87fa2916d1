// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli_support.h"

#include <QTemporaryDir>

#include <cmath>

using namespace falconer::test;

namespace {

/// Twelve evaluations, ten training steps each: the validation loss falls to step 40, then rises by 3 % of itself each
/// time, while the training loss goes on falling.
QByteArray overfitting()
{
    QByteArray lines;
    for (int eval = 1; eval <= 12; ++eval) {
        for (int step = 10 * eval - 9; step <= 10 * eval; ++step)
            lines += QByteArray("{\"step\":") + QByteArray::number(step) + ",\"loss\":"
                + QByteArray::number(3.0 - 0.02 * step + 0.01 * (step % 3)) + ",\"a_key_of_tomorrow\":[1]}\n";
        const double loss = 2.0 + 0.06 * std::abs(eval - 4) + 0.002 * (eval % 2);
        lines += QByteArray("{\"step\":") + QByteArray::number(10 * eval) + ",\"eval_loss\":" + QByteArray::number(loss)
            + "}\n";
    }
    return lines;
}

} // namespace

/// The verb `sentinel`.
class TestCliSentinel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_metrics = m_folder->filePath("metrics.jsonl");
        QVERIFY(writeAll(m_metrics, overfitting()));
    }

    void saysWhatItFound()
    {
        const Outcome outcome = runFalconer({"sentinel", m_metrics});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(
            outcome.out.startsWith("Overfitting: validation loss rose 24.0 % since step 40 while training loss fell "),
            outcome.out.constData());
        QVERIFY(outcome.err.isEmpty());
    }

    void jsonHasTheFourKeys()
    {
        const Outcome outcome = runFalconer({"sentinel", m_metrics, "--json"});
        QCOMPARE(outcome.exitCode, 0);
        const QJsonObject object = outcome.json();
        QCOMPARE(object.keys(), (QStringList{"alert_step", "best_step", "evidence", "state"}));
        QCOMPARE(object["state"].toString(), QString("overfitting"));
        QCOMPARE(object["best_step"].toInt(), 40);
        QVERIFY(object["alert_step"].toInt() > 40 && object["alert_step"].toInt() <= 80);
        const QJsonObject evidence = object["evidence"].toObject();
        QCOMPARE(evidence["evaluations_above"].toInt(), 8);
        QVERIFY(evidence["train_change"].toDouble() < 0);
        QVERIFY(!evidence["divergence"].toBool());
        QVERIFY(!evidence["sentences"].toArray().isEmpty());
    }

    void takesTheRunsFolderToo()
    {
        QCOMPARE(runFalconer({"sentinel", m_folder->path(), "--json"}).json(),
            runFalconer({"sentinel", m_metrics, "--json"}).json());
    }

    void moreThanThePatienceThereIsNoAlert()
    {
        const QJsonObject object = runFalconer({"sentinel", m_metrics, "--patience", "9", "--json"}).json();
        QCOMPARE(object["state"].toString(), QString("watch"));
        QVERIFY(object["alert_step"].isNull());
    }

    void anEmptyFileIsFineAndWarned()
    {
        QVERIFY(writeAll(m_metrics, ""));
        const Outcome outcome = runFalconer({"sentinel", m_metrics, "--json"});
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.json()["state"].toString(), QString("fine"));
        QVERIFY(outcome.json()["best_step"].isNull());
        QVERIFY(outcome.err.contains("holds no evaluation"));
    }

    void wrongRequestsAreExplained_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no file") << QStringList{} << QByteArray("METRICS");
        QTest::newRow("missing") << QStringList{"/nowhere/metrics.jsonl"} << QByteArray("/nowhere/metrics.jsonl");
        QTest::newRow("patience") << QStringList{"m", "--patience", "0"} << QByteArray("a whole number of at least 1");
        QTest::newRow("min delta") << QStringList{"m", "--min-delta", "-1"} << QByteArray("a number of at least 0");
    }

    void wrongRequestsAreExplained()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, says);
        const Outcome outcome = runFalconer(QStringList{"sentinel"} + arguments);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains(says), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
    }

    void aBrokenLineIsNamed()
    {
        QVERIFY(writeAll(m_metrics, overfitting() + "{\"step\":\n{}\n"));
        const Outcome outcome = runFalconer({"sentinel", m_metrics});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains("metrics.jsonl, line 133: "), outcome.err.constData());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_metrics;
};

QTEST_GUILESS_MAIN(TestCliSentinel)
#include "tst_cli_sentinel.moc"
