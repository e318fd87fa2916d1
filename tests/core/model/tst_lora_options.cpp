// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/tensor_file.h"
#include "core/model/adapter_folder.h"
#include "core/model/checkpoint.h"
#include "core/model/decoder.h"
#include "core/model/lora_init.h"
#include "core/model/targets.h"
#include "core/ops/cross_entropy.h"
#include "tests/support/paths.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <set>

using namespace falconer;

namespace {

constexpr std::int64_t kLength = 24; // of each of the two rows; the oracle script has the same figures
constexpr std::int64_t kLarge = 20'000;
constexpr std::array<std::int64_t, 2> kLengths{kLength, kLength};

struct Case {
    const char* name;
    const char* model;
    WeightType weights = WeightType::plain;
    bool doubleQuantize = true;
    bool folder = false; ///< PEFT's own folder is there
};
constexpr Case kCases[] = {{"gaussian", "llama-nf4"}, {"rslora", "falcon-7b"},
    {"patterns", "llama-nf4", WeightType::plain, true, true}, {"patterns-rslora", "falcon-7b"}, {"dora", "falcon-7b"},
    {"dora-bias", "falcon-rw", WeightType::plain, true, true}, {"dora-nf4", "llama-nf4", WeightType::nf4},
    {"pissa", "falcon-7b", WeightType::plain, true, true}, {"pissa-dora", "falcon-rw"}, {"olora", "falcon-rw"},
    {"olora-nf4", "llama-nf4", WeightType::nf4}, {"loftq", "falcon-7b", WeightType::nf4, false},
    {"bias-all", "falcon-rw", WeightType::plain, true, true}, {"bias-lora-only", "falcon-rw"},
    {"saved-tied", "falcon-rw"}, {"saved-head", "falcon-rw"}, {"saved-nf4", "llama-nf4", WeightType::nf4},
    {"saved-mlp", "falcon-rw"}, {"everything", "falcon-rw", WeightType::plain, true, true}};

std::filesystem::path goldens() { return test::golden("model/lora"); }

at::Tensor valuesOf(const TensorView& view)
{
    at::Tensor values = at::empty(view.shape, at::kFloat);
    decode(view, 0, {values.mutable_data_ptr<float>(), static_cast<std::size_t>(values.numel())});
    return values;
}

at::Tensor wave(const at::Tensor& like)
{
    return (0.02 * at::cos(0.37 * at::arange(like.numel(), at::kDouble)).to(at::kFloat)).view(like.sizes());
}

at::Tensor digest(const at::Tensor& gradient)
{
    const at::Tensor columns = at::cos(at::arange(gradient.size(1), at::kDouble)).to(at::kFloat);
    return at::stack({gradient.norm(2, 1), at::mv(gradient, columns)});
}

at::Tensor ids()
{
    const at::Tensor position = at::arange(kLength, at::kLong);
    const at::Tensor row = 7 * position * position + 3 * position + 5;
    return at::cat({row, row + 11}).remainder(640);
}

at::Tensor lastLogits(Decoder& decoder)
{
    const at::NoGradGuard noGrad;
    const at::Tensor hidden = decoder.forward(ids(), kLengths);
    return decoder.logits(hidden).index_select(0, at::tensor({kLength - 1, 2 * kLength - 1}));
}

at::Tensor meanLoss(Decoder& decoder)
{
    const at::Tensor all = ids().view({2, kLength});
    const at::Tensor hidden = decoder.forward(ids(), kLengths).view({2, kLength, -1});
    const at::Tensor predicting = hidden.narrow(1, 0, kLength - 1).reshape({2 * (kLength - 1), -1});
    const at::Tensor targets = all.narrow(1, 1, kLength - 1).reshape({-1});
    return frozenCrossEntropy(predicting, decoder.head(), targets) / static_cast<double>(targets.numel());
}

double difference(const at::Tensor& made, const at::Tensor& expected)
{
    const double norm = expected.norm().item<double>();
    return (made - expected).norm().item<double>() / (norm > 0 ? norm : 1);
}

bool near(const std::string& what, const at::Tensor& made, const at::Tensor& expected, double tolerance)
{
    if (made.sizes() != expected.sizes()) {
        qWarning("%s has another shape", what.c_str());
        return false;
    }
    const double off = difference(made.detach(), expected);
    if (!(off <= tolerance))
        qWarning("%s is off by %.3g", what.c_str(), off);
    return off <= tolerance;
}

} // namespace

/// Each LoRA option against PEFT: what it starts with, logits, loss, every gradient, and the folders both ways.
class TestLoraOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsPeft_data() { cases(false); }
    void equalsPeft();
    void readsPeftsFolder_data() { cases(true); }
    void readsPeftsFolder();
    void writtenFolderAppliesToTheUnchangedBase_data() { cases(false); }
    void writtenFolderAppliesToTheUnchangedBase();
    void baseComesBack_data() { cases(false); }
    void baseComesBack();
    void resumedAdapterIsTheSame_data();
    void resumedAdapterIsTheSame();
    void loftqNeedsQuantization();
    void rankBeyondTheMatrixIsRefused();
    void decayAndEmbeddingFlags();

private:
    void cases(bool foldersOnly)
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < std::size(kCases); ++i)
            if (!foldersOnly || kCases[i].folder)
                QTest::newRow(kCases[i].name) << static_cast<int>(i);
    }
    struct Loaded {
        std::unique_ptr<Checkpoint> checkpoint;
        std::unique_ptr<Decoder> decoder;
    };
    static Loaded load(const Case& c)
    {
        Loaded loaded;
        loaded.checkpoint = std::make_unique<Checkpoint>(test::golden("runs") / c.model / "model");
        LoadOptions options;
        options.weights = c.weights;
        options.doubleQuantize = c.doubleQuantize;
        loaded.decoder = Decoder::load(*loaded.checkpoint, options);
        return loaded;
    }
    static AdapterConfig configOf(const Case& c)
    {
        if (c.folder)
            return readAdapterConfig(goldens() / c.name);
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        writeFile(path / "adapter_config.json", readFile(goldens() / (std::string(c.name) + ".json")));
        return readAdapterConfig(path);
    }
    /// As PEFT's get_peft_model after torch.manual_seed(7).
    static std::shared_ptr<LoraAdapter> fresh(const Case& c, Loaded& loaded)
    {
        const AdapterConfig config = configOf(c);
        LoraSettings settings;
        settings.targets = config.targetModules;
        if (config.layers)
            settings.layers = *config.layers;
        settings.modulesToSave = config.modulesToSave;
        const ModelSpec& spec = loaded.checkpoint->spec();
        auto adapter
            = std::make_shared<LoraAdapter>(makeAdapter(spec, config, resolveTargets(spec, settings), 7, false));
        loaded.decoder->setAdapter(adapter, loaded.checkpoint.get());
        return adapter;
    }
    /// To the point at which PEFT was measured: its own initial matrices (the signs of singular vectors are arbitrary),
    /// and every tensor moved.
    static void move(LoraAdapter& adapter, const TensorFile& golden)
    {
        const at::NoGradGuard noGrad;
        for (AdapterTensor& part : adapter.trained()) {
            if (const TensorView* initial = golden.find("initial." + part.name))
                part.tensor.copy_(valuesOf(*initial));
            part.tensor.add_(wave(part.tensor));
        }
    }
    static std::unique_ptr<TensorFile> goldenOf(const Case& c)
    {
        return openSafetensors(goldens() / (std::string(c.name) + ".safetensors"));
    }
    /// On a quantized base PEFT quantizes W − B·A anew, which loses something else than W lost: about as much as
    /// quantization loses at all. We keep W, so that the adapter fits the model that it is handed over for.
    static double tolerance(const Case& c) { return std::string(c.name) == "olora-nf4" ? 0.2 : 2e-5; }
};

void TestLoraOptions::equalsPeft()
{
    QFETCH(int, index);
    const Case& c = kCases[index];
    Loaded loaded = load(c);
    const auto golden = goldenOf(c);
    const std::shared_ptr<LoraAdapter> adapter = fresh(c, loaded);

    const std::string& init = adapter->config.init;
    for (const LoraPair& pair : adapter->pairs) {
        const std::string prefix = std::string("initial.") + kAdapterPrefix + pair.module;
        const TensorView* a = golden->find(prefix + ".lora_A.weight");
        const TensorView* b = golden->find(prefix + ".lora_B.weight");
        QVERIFY(a && b);
        if (init == "default" || init == "gaussian") {
            QVERIFY2(at::equal(pair.a, valuesOf(*a)), pair.module.c_str());
            QVERIFY2(at::equal(pair.b, valuesOf(*b)), pair.module.c_str());
        } else {
            QVERIFY(near(pair.module, at::mm(pair.b, pair.a), at::mm(valuesOf(*b), valuesOf(*a)), 1e-4));
        }
        if (const TensorView* change = golden->find("change." + pair.module + ".weight"); change && init != "loftq")
            QVERIFY(near("change of " + pair.module, digest(-pair.scale * at::mm(pair.initialB, pair.initialA)),
                valuesOf(*change), 1e-4));
        const TensorView* magnitude = golden->find(prefix + ".lora_magnitude_vector");
        QCOMPARE(magnitude != nullptr, adapter->config.dora);
        if (magnitude)
            QVERIFY(near(prefix, pair.magnitude, valuesOf(*magnitude), 1e-6));
    }

    move(*adapter, *golden);
    QVERIFY(near("logits", lastLogits(*loaded.decoder), valuesOf(*golden->find("logits")), tolerance(c)));
    std::set<std::string> seen;
    for (const Recompute recompute : {Recompute::off, Recompute::selective, Recompute::full}) {
        loaded.decoder->setRecompute(recompute);
        const at::Tensor loss = meanLoss(*loaded.decoder);
        QVERIFY(near("loss", loss, valuesOf(*golden->find("loss")), tolerance(c)));
        loss.backward();
        for (AdapterTensor& part : adapter->trained()) {
            const TensorView* expected = golden->find("grad." + part.name);
            QVERIFY2(expected, part.name.c_str());
            QVERIFY2(part.tensor.grad().defined(), part.name.c_str());
            const at::Tensor gradient = part.tensor.numel() > kLarge ? digest(part.tensor.grad()) : part.tensor.grad();
            QVERIFY(near(part.name, gradient, valuesOf(*expected), tolerance(c) > 0.1 ? 1.0 : 10 * tolerance(c)));
            part.tensor.mutable_grad().reset();
            seen.insert(expected->name);
        }
    }
    for (const TensorView& view : golden->tensors())
        QVERIFY2(!view.name.starts_with("grad.") || seen.contains(view.name), view.name.c_str());
}

void TestLoraOptions::readsPeftsFolder()
{
    QFETCH(int, index);
    const Case& c = kCases[index];
    Loaded loaded = load(c);
    auto adapter = std::make_shared<LoraAdapter>(readAdapterFolder(goldens() / c.name, loaded.checkpoint->spec()));
    loaded.decoder->setAdapter(adapter);
    const at::Tensor expected = valuesOf(*goldenOf(c)->find("logits"));
    QVERIFY(near("logits", lastLogits(*loaded.decoder), expected, tolerance(c)));

    // Written anew it says the same.
    const QTemporaryDir temporary;
    const std::filesystem::path folder = std::filesystem::path(temporary.path().toStdString()) / "adapter";
    writeAdapterFolder(folder, *adapter);
    Loaded other = load(c);
    other.decoder->setAdapter(std::make_shared<LoraAdapter>(readAdapterFolder(folder, other.checkpoint->spec())));
    QVERIFY(near("logits of the copy", lastLogits(*other.decoder), expected, tolerance(c)));
}

void TestLoraOptions::writtenFolderAppliesToTheUnchangedBase()
{
    QFETCH(int, index);
    const Case& c = kCases[index];
    Loaded loaded = load(c);
    const std::shared_ptr<LoraAdapter> adapter = fresh(c, loaded);
    move(*adapter, *goldenOf(c));
    const at::Tensor expected = lastLogits(*loaded.decoder);

    // tests/oracle/peft_loads_adapter.py loads what is left here with PEFT.
    const QTemporaryDir temporary;
    const QString kept = qEnvironmentVariable("FALCONER_KEEP_ADAPTERS", temporary.path());
    const std::filesystem::path folder = std::filesystem::path(kept.toStdString()) / c.name;
    writeAdapterFolder(folder, *adapter);
    Loaded other = load(c);
    const auto again = std::make_shared<LoraAdapter>(readAdapterFolder(folder, other.checkpoint->spec()));
    other.decoder->setAdapter(again);
    QVERIFY(!again->pairs.front().initialA.defined());
    QVERIFY(near("logits", lastLogits(*other.decoder), expected, 1e-5));
    QCOMPARE(again->tensors().size(), adapter->tensors().size());
}

void TestLoraOptions::baseComesBack()
{
    QFETCH(int, index);
    const Case& c = kCases[index];
    Loaded loaded = load(c);
    const at::Tensor base = lastLogits(*loaded.decoder);
    const std::shared_ptr<LoraAdapter> adapter = fresh(c, loaded);
    move(*adapter, *goldenOf(c));
    QVERIFY(difference(lastLogits(*loaded.decoder), base) > 1e-3);
    const double tolerance = 1e-5;
    loaded.decoder->enableAdapter(false);
    QVERIFY(near("adapter off", lastLogits(*loaded.decoder), base, tolerance));
    loaded.decoder->enableAdapter(true);
    loaded.decoder->setAdapter(nullptr);
    QVERIFY(near("adapter taken off", lastLogits(*loaded.decoder), base, tolerance));

    Loaded other = load(c);
    other.decoder->setAdapter(adapter, other.checkpoint.get());
    other.decoder->setAdapter(nullptr, other.checkpoint.get());
    QVERIFY(at::equal(lastLogits(*other.decoder), base));
}

void TestLoraOptions::resumedAdapterIsTheSame_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("quantized");
    for (std::size_t i = 0; i < std::size(kCases); ++i)
        if (const QString name = kCases[i].name; name.contains("pissa") || name.contains("olora"))
            for (const bool quantized : {false, true})
                QTest::addRow("%s, %s", kCases[i].name, quantized ? "nf4" : "plain")
                    << static_cast<int>(i) << quantized;
}

void TestLoraOptions::resumedAdapterIsTheSame()
{
    QFETCH(int, index);
    QFETCH(bool, quantized);
    Case c = kCases[index];
    c.weights = quantized ? WeightType::nf4 : WeightType::plain;
    for (const bool rslora : {false, true}) {
        Loaded loaded = load(c);
        Recipe recipe;
        AdapterConfig config = configOf(c);
        config.rslora = rslora;
        adopt(recipe.lora, config);
        recipe.lora.init = config.init;
        const ModelSpec& spec = loaded.checkpoint->spec();
        const auto adapter
            = std::make_shared<LoraAdapter>(makeAdapter(spec, config, resolveTargets(spec, recipe.lora), 7, false));
        loaded.decoder->setAdapter(adapter, loaded.checkpoint.get());
        {
            const at::NoGradGuard noGrad;
            for (const at::Tensor& tensor : adapter->tensors())
                tensor.add_(wave(tensor));
        }
        const QTemporaryDir temporary;
        const std::filesystem::path folder = std::filesystem::path(temporary.path().toStdString()) / "checkpoint";
        writeAdapterFolder(folder, *adapter);
        auto resumed = std::make_shared<LoraAdapter>(readAdapterFolder(folder, spec));
        splitInitial(*resumed, recipe.lora, folder.string());
        Loaded other = load(c);
        other.decoder->setAdapter(resumed, other.checkpoint.get());
        const std::vector<AdapterTensor> before = adapter->trained();
        const std::vector<AdapterTensor> after = resumed->trained();
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            QCOMPARE(after[i].name, before[i].name);
            QVERIFY2(at::equal(after[i].tensor, before[i].tensor), before[i].name.c_str());
        }
        QVERIFY(at::equal(lastLogits(*other.decoder), lastLogits(*loaded.decoder))); // bit for bit
    }
}

void TestLoraOptions::loftqNeedsQuantization()
{
    Case c{"loftq", "falcon-7b"};
    Loaded loaded = load(c);
    try {
        fresh(c, loaded);
        QFAIL("it was accepted");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::recipeInvalid);
        QVERIFY2(QString(error.what()).contains("lora.init"), error.what());
    }
}

void TestLoraOptions::rankBeyondTheMatrixIsRefused()
{
    const ModelSpec spec = readModelSpec(test::golden("runs/falcon-7b/model"));
    AdapterConfig config;
    config.rank = 129;
    const std::vector<std::string> modules{"transformer.h.0.self_attention.dense"};
    QCOMPARE(makeAdapter(spec, config, modules, 1, false).pairs.size(), std::size_t{1});
    for (const char* init : {"pissa", "olora", "loftq"}) {
        config.init = init;
        try {
            makeAdapter(spec, config, modules, 1, false);
            QFAIL("it was accepted");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("128 x 128"), error.what());
            QVERIFY2(QString(error.what()).contains("self_attention.dense"), error.what());
        }
    }
}

void TestLoraOptions::decayAndEmbeddingFlags()
{
    const ModelSpec spec = readModelSpec(test::golden("runs/falcon-rw/model"));
    AdapterConfig config;
    config.dora = true;
    config.bias = "all";
    config.modulesToSave = {"word_embeddings", "lm_head", "ln_f"};
    LoraAdapter adapter = makeAdapter(spec, config, {"transformer.h.1.self_attention.dense"}, 1, false);
    adapter.pairs[0].magnitude = at::ones({128});
    for (std::vector<ReplacedTensor>* group : {&adapter.biases, &adapter.saved})
        for (ReplacedTensor& tensor : *group)
            tensor.values = at::ones({2});
    std::vector<std::string> decaying;
    std::vector<std::string> embeddings;
    for (const AdapterTensor& part : adapter.trained()) {
        if (part.decay)
            decaying.push_back(part.name);
        if (part.embedding)
            embeddings.push_back(part.name);
    }
    const std::string dense = "base_model.model.transformer.h.1.self_attention.dense";
    QCOMPARE(decaying,
        (std::vector<std::string>{dense + ".lora_A.weight", dense + ".lora_B.weight", dense + ".lora_magnitude_vector",
            "base_model.model.transformer.word_embeddings.weight", "base_model.model.lm_head.weight"}));
    QCOMPARE(embeddings, std::vector<std::string>{"base_model.model.transformer.word_embeddings.weight"});
    QCOMPARE(adapter.trained().size(), std::size_t{3 + 12 + 4}); // 6 biases a layer; ln_f's own is saved
}

QTEST_GUILESS_MAIN(TestLoraOptions)
#include "tst_lora_options.moc"
