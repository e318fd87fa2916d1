// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/dataset.h"
#include "core/inference/batch_loss.h"
#include "core/model/adapter_folder.h"
#include "core/model/checkpoint.h"
#include "core/model/decoder.h"
#include "tests/support/paths.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <QTest>

#include <cmath>

using namespace falconer;
using nlohmann::json;

class TestDecoder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logitsAndGradientsOfTheReference_data() { cases(); }
    void logitsAndGradientsOfTheReference();
    void cacheChangesNothing_data() { cases(); }
    void cacheChangesNothing();
    void paddingChangesNothing_data() { cases(); }
    void paddingChangesNothing();
    void bfloat16IsNear_data() { cases(); }
    void bfloat16IsNear();
    void ggufIsTheSameModel();
    void adapterCanBeTakenOff();
    void missingTensorIsNamed();

private:
    void cases()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"falcon-7b", "falcon-7b-nf4", "falcon-40b-nf4", "falcon-rw", "llama-nf4"})
            QTest::newRow(name) << name;
    }
    struct Case {
        json golden;
        std::unique_ptr<Decoder> decoder;
        std::shared_ptr<LoraAdapter> adapter;
        at::Tensor ids;
    };
    Case load(const QString& name, at::ScalarType dtype = at::kFloat)
    {
        const auto folder = test::golden("runs") / name.toStdString();
        Case result;
        result.golden = json::parse(readFile(folder / "golden.json"));
        LoadOptions options;
        options.weights = *weightTypeNamed(result.golden["quantization"].get<std::string>());
        options.computeType = dtype;
        const Checkpoint checkpoint(folder / "model");
        result.decoder = Decoder::load(checkpoint, options);
        result.adapter
            = std::make_shared<LoraAdapter>(readAdapterFolder(folder / "initial_adapter", checkpoint.spec()));
        result.decoder->setAdapter(result.adapter);
        const auto ids = result.golden["probe_ids"].get<std::vector<std::int64_t>>();
        result.ids = at::tensor(at::ArrayRef<std::int64_t>(ids)).unsqueeze(0);
        return result;
    }
    static at::Tensor logitsOf(Decoder& decoder, const at::Tensor& ids)
    {
        const at::NoGradGuard noGrad;
        return decoder.logits(decoder.forward(ids));
    }
};

void TestDecoder::logitsAndGradientsOfTheReference()
{
    QFETCH(QString, name);
    Case c = load(name);
    const at::Tensor logits = logitsOf(*c.decoder, c.ids);
    const auto last = c.golden["probe_logits_last"].get<std::vector<float>>();
    QVERIFY(at::allclose(logits[logits.size(0) - 1], at::tensor(at::ArrayRef<float>(last)), 1e-5, 1e-5));
    const auto norms = c.golden["probe_logits_row_norms"].get<std::vector<float>>();
    QVERIFY(at::allclose(logits.norm(2, 1), at::tensor(at::ArrayRef<float>(norms)), 1e-5, 1e-5));

    // The first micro-batch: its loss and every gradient's norm.
    const auto folder = test::golden("runs") / name.toStdString();
    DataSettings settings;
    settings.maxLength = 96;
    DatasetReport report;
    const auto tokenizer = loadTokenizer(folder / "model");
    const std::vector<Sample> samples = loadSamples((folder / "train.jsonl").string(), settings, *tokenizer, report);
    const std::vector<std::int64_t> rows{0, 1, 2, 3};
    const Batch batch = collate(samples, rows, *tokenizer->pad());
    const at::Tensor loss = batchLoss(*c.decoder, batch) / static_cast<double>(batch.targets);
    loss.backward();
    const auto near = [](double value, double expected, double tolerance) {
        return std::abs(value - expected) <= tolerance * std::abs(expected);
    };
    QVERIFY(near(loss.item<double>(), c.golden["first_micro_batch_loss"].get<double>(), 1e-6));
    const json& gradients = c.golden["first_micro_batch_grad_norms"];
    QCOMPARE(gradients.size(), 2 * c.adapter->pairs.size());
    for (const LoraPair& pair : c.adapter->pairs) {
        const std::string prefix = "base_model.model." + pair.module;
        QVERIFY(near(pair.a.grad().norm().item<double>(), gradients[prefix + ".lora_A.weight"].get<double>(), 1e-5));
        QVERIFY(near(pair.b.grad().norm().item<double>(), gradients[prefix + ".lora_B.weight"].get<double>(), 1e-5));
    }
}

void TestDecoder::cacheChangesNothing()
{
    QFETCH(QString, name);
    Case c = load(name);
    const at::NoGradGuard noGrad;
    const at::Tensor expected = logitsOf(*c.decoder, c.ids);
    const std::int64_t prefix = 5;
    KeyValueCache cache;
    at::Tensor logits = c.decoder->logits(c.decoder->forward(c.ids.narrow(1, 0, prefix), &cache));
    QVERIFY(at::allclose(logits, expected.narrow(0, 0, prefix), 1e-4, 1e-4));
    for (std::int64_t t = prefix; t < c.ids.size(1); ++t) {
        logits = c.decoder->logits(c.decoder->forward(c.ids.narrow(1, t, 1), &cache));
        QVERIFY2(at::allclose(logits[0], expected[t], 1e-4, 1e-4), qPrintable(QString("position %1").arg(t)));
    }
    QCOMPARE(cache.length, c.ids.size(1));
}

void TestDecoder::paddingChangesNothing()
{
    QFETCH(QString, name);
    Case c = load(name);
    const at::NoGradGuard noGrad;
    const std::int64_t length = c.ids.size(1);
    const at::Tensor alone = c.decoder->forward(c.ids.narrow(1, 0, 9));
    at::Tensor batch = at::zeros({2, length}, at::kLong);
    batch[0].copy_(c.ids[0]);
    batch[1].narrow(0, 0, 9).copy_(c.ids[0].narrow(0, 0, 9));
    const at::Tensor padded = c.decoder->forward(batch).view({2, length, -1});
    QVERIFY(at::allclose(padded[1].narrow(0, 0, 9), alone, 1e-4, 1e-4));
    QVERIFY(at::allclose(padded[0], c.decoder->forward(c.ids), 1e-4, 1e-4));
}

void TestDecoder::bfloat16IsNear()
{
    QFETCH(QString, name);
    Case wide = load(name);
    Case narrow = load(name, at::kBFloat16);
    const at::Tensor expected = logitsOf(*wide.decoder, wide.ids);
    const at::Tensor logits = logitsOf(*narrow.decoder, narrow.ids);
    const double error = ((logits - expected).norm() / expected.norm()).item<double>();
    QVERIFY2(error < 0.03 && error > 0, qPrintable(QString::number(error)));
}

void TestDecoder::ggufIsTheSameModel()
{
    const Checkpoint folder(test::golden("runs/llama-nf4/model"));
    const Checkpoint gguf(test::golden("model/llama.gguf"));
    LoadOptions options;
    options.weights = WeightType::plain;
    const auto fromFolder = Decoder::load(folder, options);
    const auto fromGguf = Decoder::load(gguf, options);
    QCOMPARE(fromGguf->spec().parameters(), fromFolder->spec().parameters());
    const at::Tensor ids = at::arange(1, 60, at::kLong).unsqueeze(0);
    QVERIFY(at::equal(logitsOf(*fromFolder, ids), logitsOf(*fromGguf, ids)));
}

void TestDecoder::adapterCanBeTakenOff()
{
    Case c = load("falcon-7b");
    const at::Tensor tuned = logitsOf(*c.decoder, c.ids);
    c.decoder->enableAdapter(false);
    const at::Tensor base = logitsOf(*c.decoder, c.ids);
    QVERIFY(!at::equal(tuned, base));
    c.decoder->setAdapter(nullptr);
    c.decoder->enableAdapter(true);
    QVERIFY(at::equal(logitsOf(*c.decoder, c.ids), base));
}

void TestDecoder::missingTensorIsNamed()
{
    const Checkpoint checkpoint(test::golden("runs/falcon-7b/model"));
    try {
        checkpoint.load("transformer.h.9.mlp.dense_h_to_4h.weight", {1, 1});
        QFAIL("it was found");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::modelIncomplete);
        QVERIFY(QString(error.what()).contains("transformer.h.9.mlp.dense_h_to_4h.weight"));
    }
    QVERIFY_EXCEPTION_THROWN(checkpoint.load("transformer.ln_f.weight", {3}), Error);
}

QTEST_GUILESS_MAIN(TestDecoder)
#include "tst_decoder.moc"
