// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli_support.h"

#include <QTemporaryDir>

using namespace falconer::test;

/// The verb plan: the contract's JSON, and what is refused.
class TestCliPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void jsonIsTheContract();
    void gpuThatIsNotHereIsPlanned();
    void settingsChangeThePlan();
    void tableNamesWhatMemoryIsFor();
    void nothingIsWritten();
    void isRefused_data();
    void isRefused();
    void everyFaultIsListed();

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCliPlan::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QVERIFY(copyFolder(goldenRun("falcon-7b") + "/model", path("model")));
    QVERIFY(writeAll(path("train.jsonl"), readAll(goldenRun("falcon-7b") + "/train.jsonl")));
    QVERIFY(writeAll(path("recipe.yaml"), "model: model\ndata: {train: train.jsonl}\n"));
}

void TestCliPlan::jsonIsTheContract()
{
    const Outcome outcome = runFalconer({"plan", path("recipe.yaml"), "--device", "cpu", "--json"});
    QCOMPARE(outcome.exitCode, 0);
    const QJsonObject plan = outcome.json();
    QCOMPARE(plan.keys(), QStringList({"fits", "gpu", "predicted_peak_bytes", "ram", "suggestions", "weight_error"}));
    QVERIFY(plan["gpu"].isNull());
    QVERIFY(plan["fits"].toBool()); // a model of a megabyte
    double sum = 0;
    const QJsonObject ram = plan["ram"].toObject();
    for (const char* kind : {"weights", "quantization_state", "adapters", "gradients", "optimizer", "activations",
             "logits", "workspace", "libtorch", "data"}) {
        QVERIFY2(ram.contains(kind), kind);
        sum += ram[kind].toDouble();
    }
    QCOMPARE(ram.size(), 10);
    QCOMPARE(sum, plan["predicted_peak_bytes"].toDouble());
    const QJsonObject errors = plan["weight_error"].toObject();
    QVERIFY(errors["bfloat16"].toDouble() < errors["int8"].toDouble());
    QVERIFY(errors["int8"].toDouble() < errors["nf4"].toDouble());
    QVERIFY(errors["nf4"].toDouble() < errors["fp4"].toDouble());
    for (const QJsonValue& suggestion : plan["suggestions"].toArray()) {
        QCOMPARE(suggestion.toObject().keys(), QStringList({"change", "saves_bytes"}));
        QVERIFY(suggestion["saves_bytes"].toDouble() > 0);
    }
}

void TestCliPlan::gpuThatIsNotHereIsPlanned()
{
    const QJsonObject plan = runFalconer({"plan", path("recipe.yaml"), "--device", "cuda:0", "--json"}).json();
    double sum = 0;
    for (const QJsonValue& bytes : plan["gpu"].toObject())
        sum += bytes.toDouble();
    QCOMPARE(sum, plan["predicted_peak_bytes"].toDouble());
    QVERIFY(plan["ram"].toObject()["libtorch"].toDouble() > 0);
    QVERIFY(plan["fits"].isNull() || !plan["fits"].toBool()); // that GPU's memory is not known
}

void TestCliPlan::settingsChangeThePlan()
{
    const auto classBytes = [&](const QString& setting, const char* kind) {
        return runFalconer({"plan", path("recipe.yaml"), "--device", "cpu", "--json", "--set", setting})
            .json()["ram"]
            .toObject()[kind]
            .toDouble();
    };
    QVERIFY(classBytes("quantization.type=none", "weights") > 2 * classBytes("quantization.type=nf4", "weights"));
    QVERIFY(classBytes("lora.rank=64", "adapters") > 7 * classBytes("lora.rank=8", "adapters"));
}

void TestCliPlan::tableNamesWhatMemoryIsFor()
{
    const Outcome outcome = runFalconer({"plan", path("recipe.yaml"), "--device", "cpu"});
    QCOMPARE(outcome.exitCode, 0);
    for (const char* text : {"weights", "optimizer", "activations", "peak", "It fits", "nf4"})
        QVERIFY2(outcome.out.contains(text), outcome.out.constData());
    QVERIFY(runFalconer({"plan", path("recipe.yaml"), "--device", "cuda:0"}).out.contains("GPU"));
}

void TestCliPlan::nothingIsWritten()
{
    const QStringList before = QDir(m_folder->path()).entryList();
    QCOMPARE(runFalconer({"plan", path("recipe.yaml"), "--device", "cpu"}, m_folder->path()).exitCode, 0);
    QCOMPARE(QDir(m_folder->path()).entryList(), before);
}

void TestCliPlan::isRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    const QString recipe = "recipe.yaml";
    QTest::newRow("no recipe") << QStringList() << "RUN.yaml";
    QTest::newRow("missing recipe") << QStringList{"missing.yaml"} << "missing.yaml";
    QTest::newRow("unknown device") << QStringList{recipe, "--device", "tpu"} << "tpu";
    QTest::newRow("device without a number") << QStringList{recipe, "--device", "cuda:"} << "cuda:";
    QTest::newRow("unknown key") << QStringList{recipe, "--set", "lora.ranks=8"} << "lora.rank";
    QTest::newRow("missing model") << QStringList{recipe, "--set", "model=nowhere"} << "nowhere";
    QTest::newRow("missing data") << QStringList{recipe, "--set", "data.train=none.jsonl"} << "none.jsonl";
    QTest::newRow("broken data") << QStringList{recipe, "--set", "data.train=broken.jsonl"} << "line 1";
    QTest::newRow("unknown target") << QStringList{recipe, "--set", "lora.targets=[nonsense]"} << "lora.targets";
    QTest::newRow("layer that is not there") << QStringList{recipe, "--set", "lora.layers=[99]"} << "lora.layers";
    QTest::newRow("missing adapter") << QStringList{recipe, "--set", "lora.init_from=gone"} << "gone";
    QTest::newRow("unknown argument") << QStringList{recipe, "--fast"} << "--fast";
}

void TestCliPlan::isRefused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    QVERIFY(writeAll(path("broken.jsonl"), "{\"prompt\": \n"));
    const Outcome outcome = runFalconer(QStringList{"plan", "--json"} + arguments, m_folder->path());
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.errors().isEmpty(), false);
    QVERIFY2(outcome.err.contains(says.toUtf8()), outcome.err.constData());
}

void TestCliPlan::everyFaultIsListed()
{
    const Outcome outcome = runFalconer({"plan", "recipe.yaml", "--json", "--device", "tpu", "--set", "model=nowhere",
                                            "--set", "lora.init_from=gone", "--set", "data.train=none.jsonl"},
        m_folder->path());
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.errors().size(), 4);
    for (const char* part : {"tpu", "nowhere", "gone", "none.jsonl"})
        QVERIFY2(outcome.err.contains(part), outcome.err.constData());
}

QTEST_GUILESS_MAIN(TestCliPlan)
#include "tst_cli_plan.moc"
