// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/dataset.h"
#include "core/inference/batch_loss.h"
#include "core/model/adapter_folder.h"
#include "core/model/checkpoint.h"
#include "core/model/decoder.h"
#include "core/ops/device.h"
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
    void sequencesDoNotSeeEachOther_data() { cases(); }
    void sequencesDoNotSeeEachOther();
    void packingChangesNoLossAndNoGradient_data() { cases(); }
    void packingChangesNoLossAndNoGradient();
    void recomputingChangesNothing_data() { cases(); }
    void recomputingChangesNothing();
    void bfloat16IsNear_data() { cases(); }
    void bfloat16IsNear();
    void ggufIsTheSameModel();
    void adapterCanBeTakenOff();
    void missingTensorIsNamed();

private:
    void cases()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"falcon-7b", "falcon-7b-nf4", "falcon-40b-nf4", "falcon-rw", "llama-nf4",
                 "falcon-7b-dora", "llama-rank-pattern"})
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
        result.ids = at::tensor(at::ArrayRef<std::int64_t>(ids));
        return result;
    }
    static at::Tensor logitsOf(Decoder& decoder, const at::Tensor& ids)
    {
        const at::NoGradGuard noGrad;
        return decoder.logits(forward(decoder, ids));
    }
    static at::Tensor forward(Decoder& decoder, const at::Tensor& ids, KeyValueCache* cache = nullptr)
    {
        const std::int64_t length = ids.size(0);
        return decoder.forward(ids, {&length, 1}, cache);
    }
    static SampleStore rowsOf(const QString& name, const Tokenizer& tokenizer)
    {
        DataSettings settings;
        settings.maxLength = 96;
        DatasetReport report;
        return loadSamples(
            (test::golden("runs") / name.toStdString() / "train.jsonl").string(), settings, tokenizer, report);
    }
    static std::vector<at::Tensor> takeGradients(LoraAdapter& adapter)
    {
        std::vector<at::Tensor> gradients;
        for (at::Tensor& tensor : adapter.tensors()) {
            gradients.push_back(tensor.grad().clone());
            tensor.mutable_grad().reset();
        }
        return gradients;
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
    const auto tokenizer = loadTokenizer(test::golden("runs") / name.toStdString() / "model");
    const Batch batch = collate(rowsOf(name, *tokenizer), std::vector<std::int64_t>{0, 1, 2, 3});
    const at::Tensor loss = batchLoss(*c.decoder, batch) / static_cast<double>(batch.targets.size());
    loss.backward();
    const auto near = [](double value, double expected, double tolerance) {
        return std::abs(value - expected) <= tolerance * std::abs(expected);
    };
    QVERIFY(near(loss.item<double>(), c.golden["first_micro_batch_loss"].get<double>(), 1e-6));
    const json& gradients = c.golden["first_micro_batch_grad_norms"];
    const std::vector<AdapterTensor> trained = c.adapter->trained();
    QCOMPARE(gradients.size(), trained.size());
    for (const AdapterTensor& part : trained) {
        const bool magnitude = part.name.ends_with("lora_magnitude_vector"); // has a suffix more in PEFT's memory
        const double expected = gradients[part.name + (magnitude ? ".weight" : "")].get<double>();
        QVERIFY2(near(part.tensor.grad().norm().item<double>(), expected, 1e-5), part.name.c_str());
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
    at::Tensor logits = c.decoder->logits(forward(*c.decoder, c.ids.narrow(0, 0, prefix), &cache));
    QVERIFY(at::allclose(logits, expected.narrow(0, 0, prefix), 1e-4, 1e-4));
    // The rest three at a time, and what is left one by one.
    for (std::int64_t t = prefix; t < c.ids.size(0);) {
        const std::int64_t fresh = t + 3 < c.ids.size(0) ? 3 : 1;
        logits = c.decoder->logits(forward(*c.decoder, c.ids.narrow(0, t, fresh), &cache));
        QVERIFY2(
            at::allclose(logits, expected.narrow(0, t, fresh), 1e-4, 1e-4), qPrintable(QString("position %1").arg(t)));
        t += fresh;
    }
    QCOMPARE(cache.lengths, std::vector<std::int64_t>{c.ids.size(0)});

    // Two sequences of different lengths side by side; the shorter one pauses for a step.
    KeyValueCache two;
    const std::vector<std::int64_t> lengths{7, 3};
    c.decoder->forward(at::cat({c.ids.narrow(0, 0, 7), c.ids.narrow(0, 0, 3)}), lengths, &two);
    const std::vector<std::int64_t> firstOnly{1, 0};
    logits = c.decoder->logits(c.decoder->forward(c.ids.narrow(0, 7, 1), firstOnly, &two));
    QVERIFY(at::allclose(logits[0], expected[7], 1e-4, 1e-4));
    const std::vector<std::int64_t> both{1, 2};
    logits = c.decoder->logits(c.decoder->forward(at::cat({c.ids.narrow(0, 8, 1), c.ids.narrow(0, 3, 2)}), both, &two));
    QVERIFY(at::allclose(logits, at::stack({expected[8], expected[3], expected[4]}), 1e-4, 1e-4));
    QCOMPARE(two.lengths, (std::vector<std::int64_t>{9, 5}));
}

void TestDecoder::sequencesDoNotSeeEachOther()
{
    QFETCH(QString, name);
    Case c = load(name);
    const at::NoGradGuard noGrad;
    const at::Tensor whole = forward(*c.decoder, c.ids);
    const at::Tensor part = forward(*c.decoder, c.ids.narrow(0, 0, 9));
    const std::vector<std::int64_t> lengths{9, c.ids.size(0), 1};
    const at::Tensor packed
        = c.decoder->forward(at::cat({c.ids.narrow(0, 0, 9), c.ids, c.ids.narrow(0, 4, 1)}), lengths);
    QVERIFY(at::allclose(packed.narrow(0, 0, 9), part, 1e-4, 1e-4));
    QVERIFY(at::allclose(packed.narrow(0, 9, c.ids.size(0)), whole, 1e-4, 1e-4));
    QVERIFY(
        at::allclose(packed.narrow(0, 9 + c.ids.size(0), 1), forward(*c.decoder, c.ids.narrow(0, 4, 1)), 1e-4, 1e-4));
}

void TestDecoder::packingChangesNoLossAndNoGradient()
{
    QFETCH(QString, name);
    Case c = load(name);
    const auto tokenizer = loadTokenizer(test::golden("runs") / name.toStdString() / "model");
    const SampleStore rows = rowsOf(name, *tokenizer);
    const std::vector<std::int64_t> together{0, 1, 2, 3, 4};
    double apart = 0;
    for (const std::int64_t row : together) {
        const at::Tensor loss = batchLoss(*c.decoder, collate(rows, {&row, 1}));
        loss.backward();
        apart += loss.item<double>();
    }
    const std::vector<at::Tensor> expected = takeGradients(*c.adapter);
    const at::Tensor loss = batchLoss(*c.decoder, collate(rows, together));
    loss.backward();
    QVERIFY2(std::abs(loss.item<double>() - apart) <= 1e-6 * apart,
        qPrintable(QString::number(loss.item<double>() - apart)));
    const std::vector<at::Tensor> packed = takeGradients(*c.adapter);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double norm = expected[i].norm().item<double>();
        QVERIFY((packed[i] - expected[i]).norm().item<double>() <= 1e-5 * norm + 1e-9);
    }
}

void TestDecoder::recomputingChangesNothing()
{
    QFETCH(QString, name);
    Case c = load(name);
    const auto tokenizer = loadTokenizer(test::golden("runs") / name.toStdString() / "model");
    const Batch batch = collate(rowsOf(name, *tokenizer), std::vector<std::int64_t>{0, 1, 2});
    const auto run = [&](Recompute what) {
        // Dropout as well: the second time must draw what the first one drew.
        c.decoder->setDropout(0.2, makeGenerator(c.decoder->options().device, 7));
        c.decoder->setRecompute(what);
        const at::Tensor loss = batchLoss(*c.decoder, batch);
        loss.backward();
        std::vector<at::Tensor> result = takeGradients(*c.adapter);
        result.push_back(loss.detach());
        return result;
    };
    const std::vector<at::Tensor> kept = run(Recompute::off);
    for (const Recompute what : {Recompute::selective, Recompute::full}) {
        const std::vector<at::Tensor> again = run(what);
        for (std::size_t i = 0; i < kept.size(); ++i)
            QVERIFY(at::equal(again[i], kept[i]));
    }
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
    const at::Tensor ids = at::arange(1, 60, at::kLong);
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
