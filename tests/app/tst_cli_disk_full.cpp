// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli_support.h"

#include <QDirIterator>
#include <QTemporaryDir>

#include <csignal>

using namespace falconer::test;

namespace {

/// The program's environment on a disk where only so many bytes fit.
QProcessEnvironment smallDisk(const QString& folder, qint64 bytes)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("LD_PRELOAD", QCoreApplication::applicationDirPath() + "/falconer_full_disk.so");
    environment.insert("FALCONER_TEST_DISK", QDir(folder).canonicalPath());
    environment.insert("FALCONER_TEST_DISK_BYTES", QString::number(bytes));
    return environment;
}

QList<double> losses(const QString& run)
{
    QList<double> losses;
    for (const QByteArray& line : metricsLines(run, "loss"))
        losses.append(QJsonDocument::fromJson(line).object()["loss"].toDouble());
    return losses;
}

/// Reads until the program says that it waits; what it said is in `err`.
bool waitsForRoom(QProcess& process, QByteArray& err)
{
    process.setReadChannel(QProcess::StandardError);
    while (!err.contains("for room on the disk") && process.waitForReadyRead(kProcessMilliseconds))
        err += process.readAllStandardError();
    return err.contains("for room on the disk");
}

} // namespace

/// The disk runs full while a run saves: exit code 1, one sentence, nothing half-written, and the run can go on later.
class TestCliDiskFull : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void leavesNothingHalfWritten_data();
    void leavesNothingHalfWritten();
    void goesOnWhenThereIsRoom();

private:
    const QTemporaryDir m_folder;
    QString m_recipe;
};

void TestCliDiskFull::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QJsonObject recipe = goldenRecipe("falcon-7b");
    QJsonObject training = recipe["training"].toObject();
    training["save_every"] = 2;
    recipe["training"] = training;
    m_recipe = m_folder.filePath("recipe.yaml");
    QVERIFY(writeRecipe(m_recipe, recipe));
    const Outcome outcome = runFalconer({"train", m_recipe, "--output", m_folder.filePath("whole")});
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
}

void TestCliDiskFull::leavesNothingHalfWritten_data()
{
    QTest::addColumn<int>("kilobytes");
    QTest::newRow("not even the recipe") << 0;
    QTest::newRow("the first checkpoint") << 60;
    QTest::newRow("a later checkpoint") << 500;
    QTest::newRow("much later") << 1500;
}

void TestCliDiskFull::leavesNothingHalfWritten()
{
    QFETCH(int, kilobytes);
    const QString disk = m_folder.filePath(QString("disk-%1").arg(kilobytes));
    const QString run = disk + "/run";
    QVERIFY(QDir().mkpath(disk));
    const auto process
        = startFalconer({"train", m_recipe, "--output", run, "--json"}, {}, smallDisk(disk, kilobytes * 1000));
    QByteArray err;
    if (kilobytes > 0) { // it trains to the end, and there it waits
        QVERIFY2(waitsForRoom(*process, err), err.constData());
        ::kill(static_cast<pid_t>(process->processId()), SIGINT);
    }
    Outcome outcome = finish(*process);
    outcome.err.prepend(err);
    QVERIFY2(outcome.exitCode == 1, outcome.err.constData());
    QCOMPARE(outcome.json()["state"].toString(), QString("failed"));
    QCOMPARE(outcome.errors().size(), 1);
    QCOMPARE(outcome.errors()[0].toObject()["code"].toString(), QString("disk_full"));
    QVERIFY2(outcome.err.contains("no space is left"), outcome.err.constData());
    QVERIFY(kilobytes == 0 || outcome.errors()[0].toObject()["fix"].toString().contains("falconer resume " + run));

    // Every adapter and checkpoint that has its name is whole; there are no leftovers beside them.
    QDirIterator entries(disk, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo entry(entries.next());
        QVERIFY2(!entry.fileName().startsWith('.'), qPrintable(entry.filePath()));
        if (entry.fileName().startsWith("checkpoint-") || entry.fileName() == "best" || entry.fileName() == "adapter")
            QCOMPARE(QFile(entry.filePath() + "/adapter_model.safetensors").size(),
                QFile(m_folder.filePath("whole/adapter/adapter_model.safetensors")).size());
    }
    if (!QFile::exists(run + "/run.yaml"))
        return; // not even begun

    const Outcome resumed = runFalconer({"resume", run, "--json"});
    QVERIFY2(resumed.exitCode == 0, resumed.err.constData());
    QCOMPARE(losses(run).size(), 12);
    QCOMPARE(losses(run), losses(m_folder.filePath("whole")));
}

/// Room that comes back while it waits ends the run as if nothing had been.
void TestCliDiskFull::goesOnWhenThereIsRoom()
{
    const QString disk = m_folder.filePath("freed");
    QVERIFY(QDir().mkpath(disk));
    const auto process
        = startFalconer({"train", m_recipe, "--output", disk + "/run", "--json"}, {}, smallDisk(disk, 500'000));
    QByteArray err;
    QVERIFY2(waitsForRoom(*process, err), err.constData());
    QVERIFY2(err.contains("nothing is lost"), err.constData());
    QVERIFY(writeAll(QDir(disk).canonicalPath() + ".room", ""));
    const Outcome outcome = finish(*process);
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    QCOMPARE(outcome.json()["state"].toString(), QString("finished"));
    QCOMPARE(losses(disk + "/run"), losses(m_folder.filePath("whole")));
    QCOMPARE(readAll(disk + "/run/adapter/adapter_model.safetensors"),
        readAll(m_folder.filePath("whole/adapter/adapter_model.safetensors")));
}

QTEST_GUILESS_MAIN(TestCliDiskFull)
#include "tst_cli_disk_full.moc"
