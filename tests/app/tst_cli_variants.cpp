// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli_support.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace falconer::test;

namespace {

/// A golden run repeated with something else: what differs is merged into the base run's recipe.
QJsonObject merged(QJsonObject recipe, const QJsonObject& changes)
{
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        if (change->isObject())
            recipe[change.key()] = merged(recipe[change.key()].toObject(), change->toObject());
        else
            recipe[change.key()] = *change;
    }
    return recipe;
}

double relative(double value, double expected) { return std::abs(value - expected) / std::abs(expected); }

} // namespace

/// Every optimizer, schedule, way of packing, masking and recomputing, through the command line, against Trainer, TRL,
/// PEFT and bitsandbytes. A run in bfloat16 rounds differently at every operation: it is compared by its curve.
class TestCliVariants : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsTheGoldenRun_data();
    void equalsTheGoldenRun();
};

void TestCliVariants::equalsTheGoldenRun_data()
{
    QTest::addColumn<QJsonObject>("golden");
    const QJsonArray all = readObject(goldenRun("data_variants.json"))["cases"].toArray();
    QVERIFY(all.size() >= 3);
    for (const QJsonValue& value : all)
        QTest::newRow(qPrintable(value["name"].toString())) << value.toObject();
}

void TestCliVariants::equalsTheGoldenRun()
{
    QFETCH(QJsonObject, golden);
    const QTemporaryDir folder;
    QJsonObject changes = golden["recipe"].toObject();
    QJsonObject data = changes.value("data").toObject();
    for (const char* key : {"train", "validation", "template"})
        if (data.contains(key))
            data[key] = goldenRun(data[key].toString());
    if (!data.isEmpty())
        changes["data"] = data;
    const QJsonObject recipe = merged(goldenRecipe(golden["base"].toString()), changes);
    const QString file = folder.filePath("recipe.yaml");
    QVERIFY(writeRecipe(file, recipe));
    const QString run = folder.filePath("run");
    const Outcome outcome = runFalconer({"train", file, "--output", run, "--json"});
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());

    const QJsonArray steps = golden["steps"].toArray();
    const QList<QByteArray> lines = metricsLines(run, "loss");
    QCOMPARE(lines.size(), steps.size());
    double worstLoss = 0;
    double worstNorm = 0;
    for (int i = 0; i < steps.size(); ++i) {
        const QJsonObject expected = steps[i].toObject();
        const QJsonObject made = QJsonDocument::fromJson(lines[i]).object();
        worstLoss = std::max(worstLoss, relative(made["loss"].toDouble(), expected["loss"].toDouble()));
        worstNorm = std::max(worstNorm, relative(made["grad_norm"].toDouble(), expected["grad_norm"].toDouble()));
        QCOMPARE(made["learning_rate"].toDouble(), expected["learning_rate"].toDouble());
    }
    const QList<QByteArray> evals = metricsLines(run, "eval_loss");
    double worstEval = 0;
    for (const QJsonValue& value : golden["evals"].toArray())
        for (const QByteArray& line : evals)
            if (const QJsonObject made = QJsonDocument::fromJson(line).object(); made["step"] == value["step"])
                worstEval = std::max(
                    worstEval, relative(made["eval_loss"].toDouble(), value["eval_loss_token_mean"].toDouble()));
    const QString figures = QString("loss %1, gradient norm %2, evaluation %3")
                                .arg(worstLoss, 0, 'g', 2)
                                .arg(worstNorm, 0, 'g', 2)
                                .arg(worstEval, 0, 'g', 2);
    qInfo("%s: %s", qPrintable(golden["name"].toString()), qPrintable(figures));
    QVERIFY2(worstLoss < 1e-6 && worstNorm < 1e-5 && worstEval < 1e-6, qPrintable(figures));
}

QTEST_GUILESS_MAIN(TestCliVariants)
#include "tst_cli_variants.moc"
