// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli_support.h"

#include <cmath>

using namespace falconer::test;

/// `eval` and `generate` on the models and adapters of the golden runs.
class TestCliInference : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void evaluatesAsTheReference_data();
    void evaluatesAsTheReference();
    void generatesAsItStreams();
    void generationIsRepeatable();
};

void TestCliInference::evaluatesAsTheReference_data() { addGoldenRuns(); }

void TestCliInference::evaluatesAsTheReference()
{
    QFETCH(QString, name);
    const QJsonObject golden = readObject(goldenRun(name) + "/golden.json");
    const Outcome outcome = runFalconer({"eval", "--model", goldenRun(name) + "/model", "--data",
        goldenRun(name) + "/validation.jsonl", "--adapter", goldenRun(name) + "/final_adapter", "--quantization",
        golden["quantization"].toString(), "--set", "data.max_length=96", "--set", "device=cpu", "--json"});
    QCOMPARE(outcome.exitCode, 0);
    const QJsonObject object = outcome.json();
    const double expected = golden["evals"].toArray().last().toObject()["eval_loss_token_mean"].toDouble();
    const double loss = object["loss"].toDouble();
    QVERIFY2(std::abs(loss - expected) <= 1e-5 * expected, qPrintable(QString::number(loss, 'g', 10)));
    QVERIFY(std::abs(object["perplexity"].toDouble() - std::exp(loss)) <= 1e-9 * std::exp(loss));
    QVERIFY(object["tokens"].toInt() > 0);
}

void TestCliInference::generatesAsItStreams()
{
    const QStringList arguments{"generate", "--model", goldenRun("llama-nf4") + "/model", "--adapter",
        goldenRun("llama-nf4") + "/final_adapter", "--prompt", "Who paints the lighthouse?\n", "--max-new-tokens",
        "24"};
    const Outcome streamed = runFalconer(arguments);
    QCOMPARE(streamed.exitCode, 0);
    const Outcome whole = runFalconer(arguments + QStringList("--json"));
    QCOMPARE(whole.exitCode, 0);
    const QJsonObject object = whole.json();
    QVERIFY(!object["text"].toString().isEmpty());
    QCOMPARE(QString::fromUtf8(streamed.out), object["text"].toString() + "\n");
    QVERIFY(object["prompt_tokens"].toInt() > 3);
    QVERIFY(object["new_tokens"].toInt() >= 1 && object["new_tokens"].toInt() <= 24);
    QCOMPARE(object["stopped"].toBool(), object["new_tokens"].toInt() < 24);
}

void TestCliInference::generationIsRepeatable()
{
    const auto answer = [](const QString& seed) {
        const Outcome outcome
            = runFalconer({"generate", "--model", goldenRun("falcon-rw") + "/model", "--prompt", "The baker",
                "--max-new-tokens", "32", "--temperature", "1.0", "--top-p", "0.95", "--seed", seed, "--json"});
        return outcome.json()["text"].toString();
    };
    const QString first = answer("7");
    QVERIFY(!first.isEmpty());
    QCOMPARE(answer("7"), first);
    QVERIFY(answer("8") != first); // 32 draws from a nearly random model
}

QTEST_GUILESS_MAIN(TestCliInference)
#include "tst_cli_inference.moc"
