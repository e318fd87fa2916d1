// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli_support.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace falconer::test;

namespace {

constexpr int kSteps = 24;

QJsonObject recipe()
{
    QJsonObject recipe = goldenRecipe("falcon-7b-nf4");
    QJsonObject lora = recipe["lora"].toObject();
    lora["dropout"] = 0.1; // the generator's state matters
    recipe["lora"] = lora;
    QJsonObject training = recipe["training"].toObject();
    training["max_steps"] = kSteps;
    training["save_every"] = 1; // most of the time goes into saving
    training["eval_every"] = 3;
    training["keep_checkpoints"] = 2;
    recipe["training"] = training;
    recipe["logging"] = QJsonObject{{"csv", true}};
    return recipe;
}

/// metrics.jsonl without the times: everything else must be the same to the last digit.
QByteArray figures(const QString& run)
{
    static const QRegularExpression times(",\"(tokens_per_second|seconds)\":[^,}]+");
    return QString::fromUtf8(readAll(run + "/metrics.jsonl")).remove(times).toUtf8();
}

} // namespace

/// One run is killed with SIGKILL again and again at random moments, in loading, training, evaluating and saving, and
/// always resumed: it ends as the run that nobody disturbed. FALCONER_KILLS sets how often (10).
class TestCliKills : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKillResumesToTheSameRun();
};

void TestCliKills::everyKillResumesToTheSameRun()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath("recipe.yaml");
    QVERIFY(writeRecipe(file, recipe()));
    const QString whole = folder.filePath("whole");
    QElapsedTimer clock;
    clock.start();
    const Outcome undisturbed = runFalconer({"train", file, "--output", whole});
    QVERIFY2(undisturbed.exitCode == 0, undisturbed.err.constData());
    const auto duration = static_cast<int>(clock.elapsed());

    const int wanted
        = qEnvironmentVariableIntValue("FALCONER_KILLS") > 0 ? qEnvironmentVariableIntValue("FALCONER_KILLS") : 10;
    const auto seed = static_cast<quint32>(qEnvironmentVariableIntValue("FALCONER_SEED"));
    QRandomGenerator random(seed);
    int kills = 0;
    int insideASave = 0;
    for (int round = 0; kills < wanted; ++round) {
        const QString run = folder.filePath(QString("run-%1").arg(round));
        bool finished = false;
        for (bool begun = false; !finished; begun = true) {
            const bool resumes = begun && QFile::exists(run + "/run.yaml");
            const QStringList arguments
                = resumes ? QStringList{"resume", run} : QStringList{"train", file, "--output", run};
            const auto process = startFalconer(arguments);
            if (kills < wanted && !process->waitForFinished(static_cast<int>(random.bounded(duration)) + 1)) {
                process->kill();
                ++kills;
                QVERIFY(process->waitForFinished());
                const QStringList open
                    = QDir(run + "/checkpoints").entryList({".falconer-tmp*"}, QDir::AllEntries | QDir::Hidden);
                insideASave += open.isEmpty() ? 0 : 1;
                // What has its name is whole, at every moment.
                for (const QFileInfo& saved : QDir(run + "/checkpoints").entryInfoList({"checkpoint-*"}, QDir::Dirs))
                    for (const char* part : {"adapter_model.safetensors", "optimizer.safetensors", "rng.safetensors",
                             "trainer_state.json", "recipe.yaml"})
                        QVERIFY2(QFileInfo(saved.filePath() + "/" + part).size() > 0, qPrintable(saved.filePath()));
            } else {
                if (process->state() != QProcess::NotRunning)
                    QVERIFY(process->waitForFinished(kProcessMilliseconds));
                const QByteArray said = process->readAllStandardError();
                QVERIFY2(process->exitStatus() == QProcess::NormalExit && process->exitCode() == 0, said.constData());
                finished = true;
            }
        }
        QCOMPARE(figures(run), figures(whole));
        for (const char* part : {"adapter/adapter_model.safetensors", "best/adapter_model.safetensors"})
            QVERIFY2(readAll(run + "/" + part) == readAll(whole + "/" + part), part);
        QVERIFY(QDir(run + "/checkpoints").entryList({".falconer-tmp*"}, QDir::AllEntries | QDir::Hidden).isEmpty());
    }
    qInfo("%d kills, %d of them inside a save; every run ended as the undisturbed one", kills, insideASave);
}

QTEST_GUILESS_MAIN(TestCliKills)
#include "tst_cli_kills.moc"
