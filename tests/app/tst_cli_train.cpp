// SPDX-License-Identifier: Apache-2.0
#include "core/formats/tensor_file.h"
#include "tests/app/cli_support.h"

#include <QTemporaryDir>

#include <cmath>

using namespace falconer::test;

namespace {

// What an independent recomputation in float32 leaves room for, and a wrong quantization does not (it is off by 1e-4).
constexpr double kLossTolerance = 1e-5;
constexpr double kGradNormTolerance = 1e-4;
constexpr double kAdapterTolerance = 1e-3;

bool near(double value, double expected, double tolerance)
{
    const bool isNear = std::abs(value - expected) <= tolerance * std::abs(expected);
    if (!isNear)
        qWarning("%.9g is not %.9g: off by %.2g", value, expected, std::abs(value - expected) / std::abs(expected));
    return isNear;
}

std::vector<float> values(const falconer::TensorView& tensor)
{
    std::vector<float> decoded(static_cast<std::size_t>(tensor.elements()));
    falconer::decode(tensor, 0, decoded);
    return decoded;
}

} // namespace

/// Trains through the command line and compares every figure with what the Hugging Face stack computed.
class TestCliTrain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void metricsEqualTheGoldenRun_data();
    void metricsEqualTheGoldenRun();
    void adapterEqualsTheGoldenRun_data() { addGoldenRuns(); }
    void adapterEqualsTheGoldenRun();
    void summaryTellsWhatMetricsSay_data() { addGoldenRuns(); }
    void summaryTellsWhatMetricsSay();
    void runIsListed();
    void refusesAFolderThatHoldsARun();
    void progressStaysOnStandardError();
    void progressOnATerminalIsOneLine();
    void stopsNothingOnResumeOfAFinishedRun();

private:
    QString run(const QString& name) const { return m_folder.filePath("runs/" + name); }

    const QTemporaryDir m_folder;
    QMap<QString, Outcome> m_outcomes;
};

void TestCliTrain::initTestCase()
{
    QVERIFY(m_folder.isValid());
    for (const QString name : kGoldenRuns) {
        const QString recipe = m_folder.filePath(name + ".yaml");
        QVERIFY(writeRecipe(recipe, goldenRecipe(name)));
        m_outcomes[name] = runFalconer({"train", recipe, "--output", run(name), "--json"});
        QVERIFY2(m_outcomes[name].exitCode == 0, m_outcomes[name].err.constData());
    }
}

void TestCliTrain::metricsEqualTheGoldenRun_data() { addGoldenRuns(); }

void TestCliTrain::metricsEqualTheGoldenRun()
{
    QFETCH(QString, name);
    const QJsonObject golden = readObject(goldenRun(name) + "/golden.json");

    const QJsonArray steps = golden["steps"].toArray();
    const QList<QByteArray> stepLines = metricsLines(run(name), "loss");
    QCOMPARE(stepLines.size(), steps.size());
    for (int i = 0; i < steps.size(); ++i) {
        const QJsonObject expected = steps[i].toObject();
        const QJsonObject made = QJsonDocument::fromJson(stepLines[i]).object();
        QCOMPARE(made["step"].toInt(), expected["step"].toInt());
        QVERIFY(near(made["loss"].toDouble(), expected["loss"].toDouble(), kLossTolerance));
        QVERIFY(near(made["grad_norm"].toDouble(), expected["grad_norm"].toDouble(), kGradNormTolerance));
        QVERIFY2(made["learning_rate"].toDouble() == expected["learning_rate"].toDouble(), stepLines[i].constData());
    }

    const QJsonArray evals = golden["evals"].toArray();
    const QList<QByteArray> evalLines = metricsLines(run(name), "eval_loss");
    QCOMPARE(evalLines.size(), evals.size());
    for (int i = 0; i < evals.size(); ++i) {
        const QJsonObject expected = evals[i].toObject();
        const QJsonObject made = QJsonDocument::fromJson(evalLines[i]).object();
        QCOMPARE(made["step"].toInt(), expected["step"].toInt());
        QVERIFY(near(made["eval_loss"].toDouble(), expected["eval_loss_token_mean"].toDouble(), kLossTolerance));
        QVERIFY(near(made["eval_perplexity"].toDouble(), std::exp(made["eval_loss"].toDouble()), 1e-9));
    }
}

void TestCliTrain::adapterEqualsTheGoldenRun()
{
    QFETCH(QString, name);
    // In these runs the last evaluation is the best, so adapter/ is the last adapter.
    const QString made = run(name) + "/adapter/adapter_model.safetensors";
    const QString expected = goldenRun(name) + "/final_adapter/adapter_model.safetensors";
    const auto ours = falconer::openSafetensors(made.toStdString());
    const auto theirs = falconer::openSafetensors(expected.toStdString());
    QCOMPARE(ours->tensors().size(), theirs->tensors().size());
    for (const falconer::TensorView& wanted : theirs->tensors()) {
        const falconer::TensorView* tensor = ours->find(wanted.name);
        QVERIFY2(tensor, wanted.name.c_str());
        QVERIFY2(tensor->shape == wanted.shape, wanted.name.c_str());
        const std::vector<float> a = values(*tensor);
        const std::vector<float> b = values(wanted);
        double difference = 0;
        double norm = 0;
        for (std::size_t i = 0; i < a.size(); ++i) {
            difference += std::pow(double(a[i]) - double(b[i]), 2);
            norm += std::pow(double(b[i]), 2);
        }
        const double relative = std::sqrt(difference / norm);
        QVERIFY2(
            relative <= kAdapterTolerance, qPrintable(QString("%1: off by %2").arg(wanted.name.c_str()).arg(relative)));
    }
}

void TestCliTrain::summaryTellsWhatMetricsSay()
{
    QFETCH(QString, name);
    const QJsonObject summary = m_outcomes[name].json();
    QCOMPARE(summary.keys(),
        QStringList({"adapter", "alert_step", "best_eval_loss", "best_step", "run", "sentinel", "start_eval_loss",
            "state", "steps"}));
    QCOMPARE(summary["state"].toString(), QString("finished"));
    QCOMPARE(summary["run"].toString(), run(name));
    QCOMPARE(summary["adapter"].toString(), run(name) + "/adapter");
    QCOMPARE(summary["steps"].toInt(), 12);
    const QJsonObject last = QJsonDocument::fromJson(metricsLines(run(name), "eval_loss").last()).object();
    QCOMPARE(summary["best_step"].toInt(), last["step"].toInt());
    QCOMPARE(summary["best_eval_loss"].toDouble(), last["eval_loss"].toDouble());
    QVERIFY(summary["start_eval_loss"].toDouble() > summary["best_eval_loss"].toDouble());
}

void TestCliTrain::runIsListed()
{
    const QJsonArray runs = runFalconer({"runs", m_folder.filePath("runs"), "--json"}).json()["runs"].toArray();
    QCOMPARE(runs.size(), qsizetype(std::size(kGoldenRuns)));
    for (const QJsonValue& value : runs) {
        const QJsonObject listed = value.toObject();
        QCOMPARE(listed["state"].toString(), QString("finished"));
        QCOMPARE(listed["steps"].toInt(), 12);
        QCOMPARE(listed["best_step"].toInt(), 12);
    }
    const Outcome table = runFalconer({"runs"}, m_folder.path());
    QCOMPARE(table.exitCode, 0);
    QVERIFY(QString(table.out).contains(QRegularExpression("falcon-40b-nf4 +finished")));
}

void TestCliTrain::refusesAFolderThatHoldsARun()
{
    const QByteArray before = readAll(run("falcon-7b") + "/metrics.jsonl");
    const Outcome outcome
        = runFalconer({"train", m_folder.filePath("falcon-7b.yaml"), "--output", run("falcon-7b"), "--json"});
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.errors()[0].toObject()["code"].toString(), QString("request_invalid"));
    QVERIFY(outcome.err.contains("resume"));
    QCOMPARE(readAll(run("falcon-7b") + "/metrics.jsonl"), before);
}

void TestCliTrain::progressStaysOnStandardError()
{
    const QByteArray& progress = m_outcomes["falcon-7b"].err;
    for (const char* line : {"step 4  eval loss ", "step 8  eval loss ", "step 12  eval loss "})
        QVERIFY2(progress.contains(line), progress.constData());
    QVERIFY(!progress.contains('\r')); // it is not a terminal
}

void TestCliTrain::progressOnATerminalIsOneLine()
{
    // script(1) lends the program a terminal.
    const QString command = QString("stty cols 60; '%1' train '%2' --output '%3'")
                                .arg(falconerProgram(), m_folder.filePath("falcon-7b.yaml"), run("on-a-terminal"));
    QProcess process;
    process.start("script", {"--quiet", "--return", "--command", command, "/dev/null"});
    const Outcome outcome = finish(process);
    QVERIFY2(outcome.exitCode == 0, outcome.out.constData());
    QVERIFY(QDir(run("on-a-terminal")).removeRecursively());
    int redrawn = 0;
    for (const QString& line : QString::fromUtf8(outcome.out).split("\r\x1b[K")) {
        const QString drawn = line.split("\r\n").last();
        redrawn += drawn.contains("/12  loss ") ? 1 : 0;
        QVERIFY2(drawn.size() <= 60, qPrintable(drawn));
    }
    QVERIFY2(redrawn > 0, outcome.out.constData());
    QVERIFY(outcome.out.contains("finished after 12 steps of 12"));
}

void TestCliTrain::stopsNothingOnResumeOfAFinishedRun()
{
    const QByteArray before = readAll(run("falcon-rw") + "/metrics.jsonl");
    const QByteArray adapter = readAll(run("falcon-rw") + "/adapter/adapter_model.safetensors");
    const Outcome outcome = runFalconer({"resume", run("falcon-rw"), "--json"});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.json()["state"].toString(), QString("finished"));
    QCOMPARE(outcome.json()["steps"].toInt(), 12);
    QCOMPARE(readAll(run("falcon-rw") + "/metrics.jsonl"), before);
    QCOMPARE(readAll(run("falcon-rw") + "/adapter/adapter_model.safetensors"), adapter);
}

QTEST_GUILESS_MAIN(TestCliTrain)
#include "tst_cli_train.moc"
