// SPDX-License-Identifier: Apache-2.0
// Whole runs with each optimizer, scheduler and 16-bit type against TRL's (tests/oracle/optimizer_runs.py).
#include "core/formats/tensor_file.h"
#include "core/train/session.h"
#include "tests/app/cli_support.h"

#include <QTemporaryDir>

#include <cmath>

using namespace falconer;
using namespace falconer::test;

namespace {

// What an independent recomputation in float32 leaves room for, as in tst_cli_train.
constexpr double kLossTolerance = 1e-5;
constexpr double kGradNormTolerance = 1e-4;
constexpr double kAdapterTolerance = 1e-3;
// In bfloat16 only the curve can agree: the mean difference over all steps, and the largest.
constexpr double kMeanTolerance = 1e-3;
constexpr double kLargestTolerance = 0.005;

QJsonObject recipeOf(const QJsonObject& made)
{
    QJsonObject recipe = goldenRecipe(made["base"].toString());
    QJsonObject training = recipe["training"].toObject();
    const QJsonObject changes = made["training"].toObject();
    for (const QString& key : changes.keys())
        training[key] = changes[key];
    if (changes.contains("warmup_ratio"))
        training["warmup_steps"] = QJsonValue::Null;
    recipe["training"] = training;
    QJsonObject quantization = recipe["quantization"].toObject();
    quantization["compute_dtype"] = made["compute_dtype"];
    recipe["quantization"] = quantization;
    return recipe;
}

RunEnded runToEnd(LoadedRecipe recipe, const std::filesystem::path& folder)
{
    const std::unique_ptr<Session> session = makeSession(std::move(recipe), folder);
    session->start();
    while (true) {
        session->waitForEvents(1000);
        for (SessionEvent& event : session->drain())
            if (const auto* ended = std::get_if<RunEnded>(&event)) {
                RunEnded result = *ended;
                session->join();
                return result;
            }
    }
}

double relative(double value, double expected) { return std::abs(value - expected) / std::abs(expected); }

/// The largest relative distance of a tensor of one file from that of the other; 1 when a tensor is missing.
double adapterDistance(const std::string& made, const std::string& expected)
{
    const auto ours = openSafetensors(made);
    const auto theirs = openSafetensors(expected);
    double worst = ours->tensors().size() == theirs->tensors().size() ? 0 : 1;
    for (const TensorView& wanted : theirs->tensors()) {
        const TensorView* tensor = ours->find(wanted.name);
        if (!tensor || tensor->shape != wanted.shape)
            return 1;
        std::vector<float> a(static_cast<std::size_t>(wanted.elements()));
        std::vector<float> b(a.size());
        decode(*tensor, 0, a);
        decode(wanted, 0, b);
        double difference = 0;
        double norm = 0;
        for (std::size_t i = 0; i < a.size(); ++i) {
            difference += std::pow(double(a[i]) - double(b[i]), 2);
            norm += std::pow(double(b[i]), 2);
        }
        worst = std::max(worst, std::sqrt(difference / norm));
    }
    return worst;
}

} // namespace

class TestGoldenVariants : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalTrl_data();
    void equalTrl();
};

void TestGoldenVariants::equalTrl_data()
{
    QTest::addColumn<QJsonObject>("made");
    const QJsonArray cases = readObject(goldenRun("variants.json"))["cases"].toArray();
    QVERIFY(cases.size() >= 17);
    for (const QJsonValue& made : cases)
        QTest::newRow(qPrintable(made["name"].toString())) << made.toObject();
}

void TestGoldenVariants::equalTrl()
{
    QFETCH(QJsonObject, made);
    const QTemporaryDir folder;
    const QString run = folder.filePath("run");
    const RunEnded ended = runToEnd(parseRecipe(QJsonDocument(recipeOf(made)).toJson().toStdString(), "variant.yaml",
                                        std::filesystem::path(folder.path().toStdString()), {}),
        run.toStdString());
    QVERIFY2(ended.state == SessionState::finished, ended.faults.empty() ? "" : sentence(ended.faults.front()).c_str());

    const bool exact = made["compute_dtype"].toString() == "float32";
    const QJsonArray steps = made["steps"].toArray();
    const QList<QByteArray> lines = metricsLines(run, "loss");
    QCOMPARE(lines.size(), steps.size());
    double worstLoss = 0;
    double worstNorm = 0;
    double sum = 0;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const QJsonObject expected = steps[i].toObject();
        const QJsonObject line = QJsonDocument::fromJson(lines[i]).object();
        QCOMPARE(line["step"].toInt(), expected["step"].toInt());
        QVERIFY2(line["learning_rate"].toDouble() == expected["learning_rate"].toDouble(), lines[i].constData());
        worstLoss = std::max(worstLoss, relative(line["loss"].toDouble(), expected["loss"].toDouble()));
        worstNorm = std::max(worstNorm, relative(line["grad_norm"].toDouble(), expected["grad_norm"].toDouble()));
        sum += line["loss"].toDouble() - expected["loss"].toDouble();
    }
    const QJsonArray evals = made["evals"].toArray();
    const QList<QByteArray> evalLines = metricsLines(run, "eval_loss");
    QCOMPARE(evalLines.size(), evals.size());
    double worstEval = 0;
    for (qsizetype i = 0; i < evals.size(); ++i) {
        const QJsonObject line = QJsonDocument::fromJson(evalLines[i]).object();
        QCOMPARE(line["step"].toInt(), evals[i]["step"].toInt());
        worstEval
            = std::max(worstEval, relative(line["eval_loss"].toDouble(), evals[i]["eval_loss_token_mean"].toDouble()));
    }
    const double mean = sum / static_cast<double>(steps.size());
    double adapter = 0;
    if (made["adapter"].toBool())
        adapter = adapterDistance(run.toStdString() + "/adapter/adapter_model.safetensors",
            goldenRun("variants/" + made["name"].toString() + ".safetensors").toStdString());
    qInfo("largest relative difference: loss %.2g, gradient norm %.2g, validation loss %.2g, adapter %.2g; mean "
          "difference of the loss %.2g",
        worstLoss, worstNorm, worstEval, adapter, mean);
    if (exact) {
        QVERIFY(worstLoss <= kLossTolerance);
        QVERIFY(worstEval <= kLossTolerance);
        QVERIFY(worstNorm <= kGradNormTolerance);
        QVERIFY(adapter <= kAdapterTolerance);
    } else {
        QVERIFY(std::abs(mean) <= kMeanTolerance);
        QVERIFY(worstLoss <= kLargestTolerance);
        QVERIFY(worstEval <= kMeanTolerance);
    }
}

QTEST_GUILESS_MAIN(TestGoldenVariants)
#include "tst_golden_variants.moc"
