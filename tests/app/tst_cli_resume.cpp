// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli_support.h"

#include <QDeadlineTimer>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <signal.h>

using namespace falconer::test;

namespace {

constexpr int kSteps = 40;

/// A run in which everything that must survive matters: quantized, shuffled, with dropout, several epochs.
QJsonObject longRecipe()
{
    QJsonObject recipe = goldenRecipe("falcon-7b-nf4");
    QJsonObject data = recipe["data"].toObject();
    data["shuffle"] = true;
    recipe["data"] = data;
    QJsonObject lora = recipe["lora"].toObject();
    lora["dropout"] = 0.1;
    recipe["lora"] = lora;
    QJsonObject training = recipe["training"].toObject();
    training["max_steps"] = kSteps;
    training["save_every"] = 2;
    recipe["training"] = training;
    return recipe;
}

/// The characters of a value, so that nothing is hidden by reading it as a number.
QByteArray text(const QByteArray& line, const char* key)
{
    const QRegularExpression pattern(QString("\"%1\":\\s*([^,}]+)").arg(key));
    return pattern.match(QString::fromUtf8(line)).captured(1).toUtf8();
}

/// What must be the same bit for bit: everything but the times.
QStringList figures(const QString& run)
{
    QStringList figures;
    for (const QByteArray& line : readAll(run + "/metrics.jsonl").split('\n'))
        for (const char* key :
            {"step", "epoch", "loss", "grad_norm", "learning_rate", "tokens", "eval_loss", "eval_tokens"})
            figures += QString("%1 %2").arg(key, QString::fromUtf8(text(line, key)));
    return figures;
}

} // namespace

/// A run that was killed or stopped, and then resumed, ends with the numbers of one that ran through.
class TestCliResume : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void resumesAfterKill_data();
    void resumesAfterKill();
    void resumesAfterInterrupt_data();
    void resumesAfterInterrupt();
    void resumesTwice();
    void secondInterruptEndsAtOnce();
    void ignoredHangUpStaysIgnored();
    void refusesAFolderWithoutRun();

private:
    QString start(const QString& name, std::unique_ptr<QProcess>& process);
    void waitForLines(const QString& run, int lines);
    void compareWithUninterrupted(const QString& run);

    const QTemporaryDir m_folder;
    QString m_recipe;
    QString m_whole; ///< the run that nothing interrupts
};

void TestCliResume::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_recipe = m_folder.filePath("long.yaml");
    m_whole = m_folder.filePath("whole");
    QVERIFY(writeRecipe(m_recipe, longRecipe()));
    const Outcome outcome = runFalconer({"train", m_recipe, "--output", m_whole});
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    QCOMPARE(metricsLines(m_whole, "loss").size(), kSteps);
    QVERIFY(outcome.out.contains("finished after 40 steps of 40"));
    QVERIFY(outcome.out.contains(m_whole.toUtf8() + "/adapter"));
}

QString TestCliResume::start(const QString& name, std::unique_ptr<QProcess>& process)
{
    const QString run = m_folder.filePath(name);
    process = startFalconer({"train", m_recipe, "--output", run, "--json"});
    return run;
}

void TestCliResume::waitForLines(const QString& run, int lines)
{
    const QDeadlineTimer deadline(kProcessMilliseconds);
    while (metricsLines(run, "loss").size() < lines && !deadline.hasExpired())
        QTest::qSleep(1);
    QVERIFY(metricsLines(run, "loss").size() >= lines);
    QVERIFY(metricsLines(run, "loss").size() < kSteps); // there is something left to interrupt
}

void TestCliResume::compareWithUninterrupted(const QString& run)
{
    const Outcome outcome = runFalconer({"resume", run, "--json"});
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    QCOMPARE(outcome.json()["state"].toString(), QString("finished"));
    QCOMPARE(outcome.json()["steps"].toInt(), kSteps);
    QCOMPARE(figures(run), figures(m_whole));
    for (const char* file : {"adapter/adapter_model.safetensors", "best/adapter_model.safetensors"})
        QVERIFY2(readAll(run + "/" + file) == readAll(m_whole + "/" + file), file);
}

void TestCliResume::resumesAfterKill_data()
{
    QTest::addColumn<int>("lines");
    QTest::newRow("before the first checkpoint") << 1;
    QTest::newRow("a few steps in") << 7;
    QTest::newRow("in another epoch") << 21;
    QTest::newRow("near the end") << 33;
}

void TestCliResume::resumesAfterKill()
{
    QFETCH(int, lines);
    std::unique_ptr<QProcess> process;
    const QString run = start(QString("killed-%1").arg(lines), process);
    waitForLines(run, lines);
    process->kill();
    QVERIFY(process->waitForFinished());
    QCOMPARE(process->exitStatus(), QProcess::CrashExit);
    compareWithUninterrupted(run);
}

void TestCliResume::resumesAfterInterrupt_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<int>("lines");
    QTest::newRow("Ctrl+C") << SIGINT << 5;
    QTest::newRow("kill") << SIGTERM << 14;
    QTest::newRow("closed terminal") << SIGHUP << 23;
}

void TestCliResume::resumesAfterInterrupt()
{
    QFETCH(int, signal);
    QFETCH(int, lines);
    std::unique_ptr<QProcess> process;
    const QString run = start(QString("stopped-%1").arg(lines), process);
    waitForLines(run, lines);
    ::kill(static_cast<pid_t>(process->processId()), signal);
    const Outcome outcome = finish(*process);
    QCOMPARE(outcome.exitCode, 130);
    QCOMPARE(outcome.json()["state"].toString(), QString("stopped"));
    const int steps = outcome.json()["steps"].toInt();
    QVERIFY(steps >= lines && steps < kSteps);
    QVERIFY(QDir(run + QString("/checkpoints/checkpoint-%1").arg(steps)).exists());
    QVERIFY(QDir(outcome.json()["adapter"].toString()).exists());
    compareWithUninterrupted(run);
}

void TestCliResume::resumesTwice()
{
    std::unique_ptr<QProcess> process;
    const QString run = start("twice", process);
    waitForLines(run, 5);
    process->kill();
    QVERIFY(process->waitForFinished());
    process = startFalconer({"resume", run, "--json"});
    waitForLines(run, 17);
    process->kill();
    QVERIFY(process->waitForFinished());
    compareWithUninterrupted(run);
}

void TestCliResume::secondInterruptEndsAtOnce()
{
    std::unique_ptr<QProcess> process;
    const QString run = start("impatient", process);
    waitForLines(run, 3);
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    // Both may arrive as one; either way it ends with 130, and nothing is half-written.
    QCOMPARE(finish(*process).exitCode, 130);
    compareWithUninterrupted(run);
}

void TestCliResume::ignoredHangUpStaysIgnored()
{
    const QString run = m_folder.filePath("nohup");
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    process.start("nohup", {falconerProgram(), "train", m_recipe, "--output", run});
    QVERIFY(process.waitForStarted());
    waitForLines(run, 3);
    ::kill(static_cast<pid_t>(process.processId()), SIGHUP);
    QCOMPARE(finish(process).exitCode, 0);
    QCOMPARE(figures(run), figures(m_whole));
}

void TestCliResume::refusesAFolderWithoutRun()
{
    const Outcome outcome = runFalconer({"resume", m_folder.path(), "--json"});
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.json()["state"].toString(), QString("failed"));
    QVERIFY(outcome.err.contains(m_folder.path().toUtf8()));
    QCOMPARE(outcome.errors().size(), 1);
}

QTEST_GUILESS_MAIN(TestCliResume)
#include "tst_cli_resume.moc"
