// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli_support.h"

#include <QTemporaryDir>

#include <csignal>

using namespace falconer::test;

/// The verbs queue and compare.
class TestCliQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QJsonObject recipe = goldenRecipe("llama-nf4");
        recipe["lora"] = QJsonObject{{"rank", 4}, {"dropout", 0}};
        QJsonObject training = recipe["training"].toObject();
        training["warmup_steps"] = 0; // the runs here are shorter than the golden one's warm-up
        recipe["training"] = training;
        QVERIFY(writeRecipe(path("tiny.yaml"), recipe));
    }

    void aSweepRunsAndIsSkippedTheNextTime()
    {
        QVERIFY(writeAll(path("night.yaml"),
            "- recipe: tiny.yaml\n  set: {training: {max_steps: 2, eval_every: 1}}\n"
            "  sweep: {lora.rank: [2, 4], training.learning_rate: [1.0e-3, 1.0e-4]}\n  samples: 3\n  seed: 1\n"));
        const Outcome first = runFalconer({"queue", "night.yaml", "--json"}, m_folder->path());
        QVERIFY2(first.exitCode == 0, first.err.constData());
        const QJsonArray runs = first.json()["runs"].toArray();
        QCOMPARE(runs.size(), 3);
        QCOMPARE(first.json()["finished"].toInt(), 3);
        for (int i = 0; i < runs.size(); ++i) {
            const QJsonObject run = runs[i].toObject();
            QCOMPARE(run["state"].toString(), QString("finished"));
            QVERIFY(QFile::exists(run["run"].toString() + "/adapter/adapter_config.json"));
            if (i > 0) // sorted
                QVERIFY(run["best_eval_loss"].toDouble() >= runs[i - 1].toObject()["best_eval_loss"].toDouble());
        }

        const Outcome again = runFalconer({"queue", "night.yaml", "--json"}, m_folder->path());
        QCOMPARE(again.exitCode, 0);
        for (const QJsonValue& run : again.json()["runs"].toArray())
            QVERIFY(run["skipped"].toBool());
        const Outcome table = runFalconer({"queue", "night.yaml"}, m_folder->path());
        QVERIFY2(table.out.contains("finished before"), table.out.constData());

        const QString a = runs[0].toObject()["run"].toString();
        const QString b = runs[1].toObject()["run"].toString();
        const Outcome compared = runFalconer({"compare", a, b, "--json"});
        QCOMPARE(compared.exitCode, 0);
        QCOMPARE(compared.json()["runs"].toArray().size(), 2);
        const QJsonObject settings = compared.json()["settings"].toObject();
        QVERIFY(!settings.isEmpty());
        for (const QString& key : settings.keys())
            QVERIFY2(key == "lora.rank" || key == "training.learning_rate", qPrintable(key));
        QVERIFY(compared.json()["runs"].toArray()[0].toObject()["trainable_parameters"].toInt() > 0);
    }

    void everyFaultComesBeforeAnythingRuns()
    {
        QVERIFY(writeAll(path("rows.jsonl"), "{\"question\": \"a\"}\n"));
        QVERIFY(writeAll(path("night.yaml"),
            "- recipe: tiny.yaml\n  set: {training.max_steps: 1}\n"
            "- recipe: tiny.yaml\n  set: {model: /no/such/model}\n"
            "- recipe: tiny.yaml\n  set: {data.train: rows.jsonl, data.validation: 0}\n"
            "- recipe: tiny.yaml\n  set: {lora.targets: [no_such_layer]}\n"));
        const Outcome outcome = runFalconer({"queue", "night.yaml", "--json"}, m_folder->path());
        QCOMPARE(outcome.exitCode, 2);
        for (const char* part : {"entry 2", "/no/such/model", "entry 3", "rows.jsonl", "entry 4", "lora.targets"})
            QVERIFY2(outcome.err.contains(part), outcome.err.constData());
        QVERIFY(!outcome.err.contains("entry 1"));
        QVERIFY(!QFile::exists(path("runs")));
        QVERIFY(outcome.errors().size() >= 3);
    }

    void anOutputThatCannotBeMadeIsRefused()
    {
        QVERIFY(writeAll(path("night.yaml"), "- recipe: tiny.yaml\n- recipe: tiny.yaml\n  set: {lora.rank: 2}\n"));
        const Outcome outcome
            = runFalconer({"queue", "night.yaml", "--output", "tiny.yaml/runs", "--json"}, m_folder->path());
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains("tiny.yaml is not a folder"), outcome.err.constData());
    }

    void aFailureDoesNotEndTheQueue()
    {
        // A learning rate that no loss survives.
        QVERIFY(writeAll(path("night.yaml"),
            "- recipe: tiny.yaml\n  set: {training: {max_steps: 6, learning_rate: 1.0e+30, max_grad_norm: 0}}\n"
            "- recipe: tiny.yaml\n  set: {training.max_steps: 1}\n"));
        const Outcome outcome = runFalconer({"queue", "night.yaml", "--json"}, m_folder->path());
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.json()["failed"].toInt(), 1);
        QCOMPARE(outcome.json()["finished"].toInt(), 1);
    }

    void anInterruptedQueueGoesOn()
    {
        QVERIFY(writeAll(path("night.yaml"),
            "- recipe: tiny.yaml\n  set: {training.max_steps: 100000, training.eval_every: 50000}\n"
            "- recipe: tiny.yaml\n  set: {training.max_steps: 1}\n"));
        const auto process = startFalconer({"queue", "night.yaml", "--json"}, m_folder->path());
        const QString metrics = path("runs/night/01-tiny/metrics.jsonl");
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(metrics), kProcessMilliseconds);
        ::kill(static_cast<pid_t>(process->processId()), SIGINT);
        const Outcome outcome = finish(*process);
        QCOMPARE(outcome.exitCode, 130);
        QVERIFY(outcome.json()["interrupted"].toBool());
        QStringList states;
        for (const QJsonValue& run : outcome.json()["runs"].toArray())
            states.append(run["name"].toString() + " " + run["state"].toString());
        states.sort();
        QCOMPARE(states, QStringList({"01-tiny interrupted", "02-tiny waiting"}));

        // Changed settings do not pass for the same run.
        QVERIFY(writeAll(path("night.yaml"), "- recipe: tiny.yaml\n  set: {training.max_steps: 2}\n"));
        const Outcome changed = runFalconer({"queue", "night.yaml"}, m_folder->path());
        QCOMPARE(changed.exitCode, 2);
        QVERIFY2(changed.err.contains("training.max_steps was 100000 and is 2 now"), changed.err.constData());
    }

    void compareNamesWhatIsNoRun()
    {
        const Outcome outcome = runFalconer({"compare", "/no/such/run", m_folder->path(), "--json"});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY(outcome.err.contains("/no/such/run") && outcome.err.contains(m_folder->path().toUtf8()));
        QCOMPARE(runFalconer({"compare", m_folder->path()}).exitCode, 2);
        QCOMPARE(runFalconer({"compare"}).exitCode, 2);
    }

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCliQueue)
#include "tst_cli_queue.moc"
