// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/inference/generate.h"
#include "core/model/decoder.h"
#include "tests/support/paths.h"

#include <ATen/ATen.h>

#include <QTest>

using namespace falconer;

class TestGenerate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void greedyIsTheArgmaxOfFullForwards_data();
    void greedyIsTheArgmaxOfFullForwards();
    void samplingFollowsTheSeed();
    void streamsWholeCharactersAndStops();
    void adapterChangesTheAnswer();

private:
    static LoadedModel load(const std::string& name, bool adapter = false)
    {
        QuantizationSettings settings;
        settings.type = "none";
        settings.computeDtype = "float32";
        const auto folder = test::golden("runs") / name;
        return loadModel(
            folder / "model", settings, "cpu", adapter ? std::optional(folder / "final_adapter") : std::nullopt);
    }
};

void TestGenerate::greedyIsTheArgmaxOfFullForwards_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"falcon-7b", "falcon-40b-nf4", "falcon-rw", "llama-nf4"})
        QTest::newRow(name) << name;
}

void TestGenerate::greedyIsTheArgmaxOfFullForwards()
{
    QFETCH(QString, name);
    LoadedModel model = load(name.toStdString());
    const std::string prompt = "Describe the kettle in one line.\n";
    GenerateOptions options;
    options.maxNewTokens = 12;
    const Generated generated = generate(model, prompt, options);
    QVERIFY(generated.newTokens > 0);

    const at::NoGradGuard noGrad;
    const std::vector<std::int32_t> start = model.tokenizer->encode(prompt);
    std::vector<std::int64_t> ids(start.begin(), start.end());
    std::string expected;
    for (int i = 0; i < 12; ++i) {
        const at::Tensor hidden = model.decoder->forward(at::tensor(at::ArrayRef<std::int64_t>(ids)).unsqueeze(0));
        const auto id = model.decoder->logits(hidden)[hidden.size(0) - 1].argmax().item<std::int64_t>();
        if (id == model.tokenizer->eos())
            break;
        ids.push_back(id);
        expected += model.tokenizer->bytes(static_cast<std::int32_t>(id));
    }
    std::vector<std::int32_t> made(ids.begin() + static_cast<std::ptrdiff_t>(start.size()), ids.end());
    QCOMPARE(generated.text, model.tokenizer->decode(made));
}

void TestGenerate::samplingFollowsTheSeed()
{
    LoadedModel model = load("falcon-7b");
    GenerateOptions options;
    options.maxNewTokens = 24;
    options.temperature = 1.0;
    options.topP = 0.9;
    const std::string first = generate(model, "Who mends", options).text;
    QCOMPARE(generate(model, "Who mends", options).text, first);
    options.seed = 43;
    QVERIFY(generate(model, "Who mends", options).text != first);
    options.topP = 1e-9; // only the most likely token is left
    const std::string nucleus = generate(model, "Who mends", options).text;
    options.temperature = 0;
    QCOMPARE(generate(model, "Who mends", options).text, nucleus);
}

void TestGenerate::streamsWholeCharactersAndStops()
{
    LoadedModel model = load("llama-nf4");
    GenerateOptions options;
    options.maxNewTokens = 60;
    options.temperature = 1.5; // a random model at a high temperature makes bytes of broken characters
    std::string streamed;
    int pieces = 0;
    const Generated all = generate(model, "雨", options, [&](std::string_view text) {
        streamed += text;
        ++pieces;
        return true;
    });
    QVERIFY(pieces > 1);
    QVERIFY(QString::fromStdString(streamed).toStdString() == streamed);
    QCOMPARE(QString::fromStdString(all.text).toStdString(), all.text);
    const Generated cut = generate(model, "雨", options, [](std::string_view) { return false; });
    QVERIFY(cut.newTokens < all.newTokens);
}

void TestGenerate::adapterChangesTheAnswer()
{
    LoadedModel base = load("llama-nf4");
    LoadedModel tuned = load("llama-nf4", true);
    GenerateOptions options;
    options.maxNewTokens = 20;
    QVERIFY(generate(base, "Who mends the kettle?\n", options).text
        != generate(tuned, "Who mends the kettle?\n", options).text);
}

QTEST_GUILESS_MAIN(TestGenerate)
#include "tst_generate.moc"
