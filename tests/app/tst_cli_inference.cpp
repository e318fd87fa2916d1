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
    void severalPromptsAtOnce();
    void stopsAndPenalizes();
    void wrongOptionsAreAllTold();
    void chatIsRendered();
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
    QCOMPARE(object["ids"].toArray().size(), object["new_tokens"].toInt());
    QCOMPARE(object["finish"].toString(), object["stopped"].toBool() ? QString("stop_token") : QString("length"));
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

void TestCliInference::severalPromptsAtOnce()
{
    const QStringList start{"generate", "--model", goldenRun("falcon-rw") + "/model", "--max-new-tokens", "12",
        "--temperature", "0.9", "--top-k", "40", "--min-p", "0.01"};
    const QStringList prompts{"The baker", "Who mends the kettle?\n", "雨"};
    QStringList together = start;
    QByteArray text;
    QJsonArray answers;
    for (const QString& prompt : prompts) {
        together += {"--prompt", prompt};
        answers.append(runFalconer(start + QStringList{"--prompt", prompt, "--json"}).json());
        text += "--- " + prompt.toUtf8() + "\n" + answers.last().toObject()["text"].toString().toUtf8() + "\n";
    }
    QCOMPARE(runFalconer(together + QStringList("--json")).json(), (QJsonObject{{"answers", answers}}));
    QCOMPARE(runFalconer(together).out, text);
}

void TestCliInference::stopsAndPenalizes()
{
    const QStringList start{"generate", "--model", goldenRun("falcon-rw") + "/model", "--prompt", "The baker",
        "--max-new-tokens", "32", "--json"};
    const QJsonObject plain = runFalconer(start).json();
    const QJsonObject penalized = runFalconer(start + QStringList{"--repetition-penalty", "1.5"}).json();
    QVERIFY(plain["ids"] != penalized["ids"]);
    const QString said = penalized["text"].toString();
    const QString stop = said.mid(4, 2);
    const QJsonObject stopped
        = runFalconer(start + QStringList{"--repetition-penalty", "1.5", "--stop", "never said", "--stop", stop})
              .json();
    QCOMPARE(stopped["text"].toString(), said.left(said.indexOf(stop)));
    QCOMPARE(stopped["finish"].toString(), QString("stop_string"));
    QVERIFY(stopped["stopped"].toBool());
}

void TestCliInference::wrongOptionsAreAllTold()
{
    const Outcome outcome = runFalconer({"generate", "--model", goldenRun("falcon-rw") + "/model", "--prompt", "x",
        "--max-new-tokens", "-3", "--temperature", "warm", "--top-k", "1.5", "--top-p", "0", "--min-p", "2",
        "--repetition-penalty", "0", "--seed", "", "--stop", "", "--set", "quantization.type=int9", "--json"});
    QCOMPARE(outcome.exitCode, 2);
    QStringList subjects;
    for (const QJsonValue& fault : outcome.errors())
        subjects.append(fault["subject"].toString());
    QCOMPARE(subjects.first(8),
        (QStringList{"--max-new-tokens", "--temperature", "--top-k", "--top-p", "--min-p", "--repetition-penalty",
            "--seed", "--stop"}));
    QCOMPARE(subjects.size(), 9);
    QVERIFY2(outcome.err.contains("int9"), outcome.err.constData());
}

void TestCliInference::chatIsRendered()
{
    const QStringList start{
        "generate", "--model", goldenRun("falcon-7b") + "/model", "--max-new-tokens", "4", "--json", "--prompt"};
    const QString rendered = "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n"
                             "<|im_start|>assistant\n";
    const QStringList chatml{"--set", "data.template=chatml"};
    const QJsonObject chat = runFalconer(start + QStringList{"Hello", "--system", "Be brief."} + chatml).json();
    QCOMPARE(chat, runFalconer(start + QStringList{rendered}).json());
    const QJsonObject alone = runFalconer(start + QStringList{"Hello", "--chat"} + chatml).json();
    QVERIFY(alone["prompt_tokens"].toInt() < chat["prompt_tokens"].toInt());
    const Outcome none = runFalconer(start + QStringList{"Hello", "--chat"});
    QCOMPARE(none.exitCode, 2);
    QVERIFY2(none.err.contains("the model has none"), none.err.constData());
}

QTEST_GUILESS_MAIN(TestCliInference)
#include "tst_cli_inference.moc"
