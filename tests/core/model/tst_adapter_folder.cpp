// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/tensor_file.h"
#include "core/model/adapter_folder.h"
#include "core/model/targets.h"
#include "tests/support/paths.h"

#include <ATen/ATen.h>

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

using namespace falconer;
using nlohmann::json;

class TestAdapterFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void initialMatricesArePeftsBitForBit();
    void refusesAnotherModel();
    void refusesTensorsThatDoNotFit();
    void targetsChosenOtherwiseAreNamed();
    void patternsKeepTheirOrder();
    void badExpressionsAreRefused();
    void recipeAndAdapterAgree();
    void refusesWhatItCannotDo_data();
    void refusesWhatItCannotDo();
    void scales();

private:
    static void refused(const std::filesystem::path& folder, const ModelSpec& spec, const QStringList& parts)
    {
        try {
            readAdapterFolder(folder, spec);
            QFAIL("it was accepted");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::adapterMismatch);
            for (const QString& part : parts)
                QVERIFY2(QString(error.what()).contains(part), error.what());
        }
    }
    const std::filesystem::path m_golden = test::golden("runs/falcon-7b");
    const ModelSpec m_spec = readModelSpec(m_golden / "model");
};

void TestAdapterFolder::roundTrip()
{
    const QTemporaryDir temporary;
    const std::filesystem::path folder = std::filesystem::path(temporary.path().toStdString()) / "adapter";
    const LoraAdapter adapter = readAdapterFolder(m_golden / "final_adapter", m_spec);
    QCOMPARE(adapter.pairs.size(), std::size_t{8});
    writeAdapterFolder(folder, adapter);
    const LoraAdapter again = readAdapterFolder(folder, m_spec);
    QCOMPARE(again.config.rank, 8);
    QCOMPARE(again.config.alpha, 16.0);
    QCOMPARE(again.parameters(), adapter.parameters());
    for (std::size_t i = 0; i < adapter.pairs.size(); ++i) {
        QVERIFY(at::equal(adapter.pairs[i].a, again.pairs[i].a));
        QVERIFY(at::equal(adapter.pairs[i].b, again.pairs[i].b));
        QCOMPARE(again.pairs[i].module, adapter.pairs[i].module);
    }
}

void TestAdapterFolder::initialMatricesArePeftsBitForBit()
{
    AdapterConfig config;
    config.rank = 4;
    config.alpha = 8;
    const LoraAdapter adapter = makeAdapter(m_spec, config, resolveTargets(m_spec, {}), 7, false);
    const auto file = openSafetensors(test::golden("model/peft_initial_seed7.safetensors"));
    QCOMPARE(file->tensors().size(), 2 * adapter.pairs.size());
    for (const LoraPair& pair : adapter.pairs) {
        for (const auto& [part, tensor] : {std::pair("A", pair.a), std::pair("B", pair.b)}) {
            const TensorView* view = file->find("base_model.model." + pair.module + ".lora_" + part + ".weight");
            QVERIFY(view && view->shape == tensor.sizes().vec());
            at::Tensor expected = at::empty(tensor.sizes(), at::kFloat);
            decode(*view, 0, {expected.mutable_data_ptr<float>(), static_cast<std::size_t>(expected.numel())});
            QVERIFY2(at::equal(tensor, expected), pair.module.c_str());
        }
    }
}

void TestAdapterFolder::refusesAnotherModel()
{
    const ModelSpec other = readModelSpec(test::golden("runs/llama-nf4/model"));
    try {
        readAdapterFolder(m_golden / "final_adapter", other);
        QFAIL("it was accepted");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::adapterMismatch);
        QVERIFY(QString(error.what()).contains("adapter_model.safetensors"));
    }
    ModelSpec wider = m_spec;
    wider.linears[0].in *= 2;
    refused(m_golden / "final_adapter", wider,
        {"h.0.self_attention.query_key_value.lora_A.weight", "is 8 x 128", "need 8 x 256"});
}

void TestAdapterFolder::refusesTensorsThatDoNotFit()
{
    const std::filesystem::path lora = test::golden("model/lora");
    const ModelSpec rw = readModelSpec(test::golden("runs/falcon-rw/model"));
    ModelSpec other = rw;
    other.linears[0].out += 128;
    refused(lora / "dora-bias", other, {"query_key_value.lora_B.weight", "is 384 x 4", "need 512 x 4"});
    // A folder whose settings ask for more, or for less, than its file holds.
    const auto changed = [&](const char* from, const std::string& key, const std::string& value,
                             const QStringList& parts) {
        const QTemporaryDir temporary;
        const std::filesystem::path folder = temporary.path().toStdString();
        json config = json::parse(readFile(lora / from / "adapter_config.json"));
        config[key] = json::parse(value);
        writeFile(folder / "adapter_config.json", config.dump());
        std::filesystem::copy_file(lora / from / "adapter_model.safetensors", folder / "adapter_model.safetensors");
        refused(folder, rw, parts);
    };
    changed("bias-all", "use_dora", "true", {"h.1.self_attention.query_key_value.lora_magnitude_vector", "missing"});
    changed("dora-bias", "use_dora", "false", {"no place", "lora_magnitude_vector", "128"});
    changed("dora-bias", "bias", R"("none")", {"no place", "base_layer.bias"});
    changed("dora-bias", "rank_pattern", R"({"query_key_value":7})", {"lora_A.weight", "is 4 x 128", "need 7 x 128"});
    changed("bias-all", "modules_to_save", R"(["lm_head"])", {"base_model.model.lm_head.weight", "missing"});
    changed(
        "bias-all", "modules_to_save", R"(["h.1.mlp"])", {"both a pair and a whole weight", "h.1.mlp.dense_4h_to_h"});
    changed("everything", "modules_to_save", "null", {"no place", "ln_f.weight", "128"});
}

void TestAdapterFolder::targetsChosenOtherwiseAreNamed()
{
    const ModelSpec rw = readModelSpec(test::golden("runs/falcon-rw/model"));
    const std::filesystem::path from = test::golden("model/lora/bias-all");
    const QTemporaryDir temporary;
    const std::filesystem::path folder = temporary.path().toStdString();
    json config = json::parse(readFile(from / "adapter_config.json"));
    config["target_modules"] = R"(.*\.1\.(.*query_key_value|.*4h_to_h))";
    config["layers_to_transform"] = nullptr;
    writeFile(folder / "adapter_config.json", config.dump());
    std::filesystem::copy_file(from / "adapter_model.safetensors", folder / "adapter_model.safetensors");
    const LoraAdapter adapter = readAdapterFolder(folder, rw);
    QCOMPARE(adapter.config.targetModules, (std::vector<std::string>{"dense_4h_to_h", "query_key_value"}));
    QCOMPARE(adapter.config.layers.value(), std::vector<std::int64_t>{1});
}

void TestAdapterFolder::patternsKeepTheirOrder()
{
    AdapterConfig config;
    config.rankPattern = {{"z.*", 3}, {R"(a\.(b|c))", 5}, {"b", 7}};
    config.alphaPattern = {{"^model.layers.1.q_proj$", 2.5}, {"q_proj", 4}};
    QCOMPARE(config.rankOf("a.b"), 5);
    QCOMPARE(config.rankOf("x.a.c"), 5);
    QCOMPARE(config.rankOf("xa.c"), 8); // the key must follow a dot
    QCOMPARE(config.rankOf("x.b"), 7);
    QCOMPARE(config.rankOf("b.x"), 8);
    QCOMPARE(config.rankOf("b.z"), 3);
    QCOMPARE(config.alphaOf("model.layers.1.q_proj"), 2.5);
    QCOMPARE(config.alphaOf("model.layers.2.q_proj"), 4.0);
    const QTemporaryDir temporary;
    const std::filesystem::path folder = temporary.path().toStdString();
    writeFile(folder / "adapter_config.json", writeAdapterConfig(config));
    const AdapterConfig again = readAdapterConfig(folder);
    QCOMPARE(again.rankPattern, config.rankPattern);
    QCOMPARE(again.alphaPattern, config.alphaPattern);
}

void TestAdapterFolder::badExpressionsAreRefused()
{
    AdapterConfig config;
    config.rankPattern = {{"(q_proj", 3}};
    const auto says = [&](const QString& text) {
        try {
            config.rankOf(std::string(60, 'a') + "!b");
            QFAIL("it was accepted");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::recipeInvalid);
            QVERIFY2(QString(error.what()).contains("lora.rank_pattern"), error.what());
            QVERIFY2(QString(error.what()).contains(text), error.what());
        }
    };
    says("not a valid regular expression");
    config.rankPattern = {{"(a|aa)+b", 3}};
    says("takes too long");
}

void TestAdapterFolder::recipeAndAdapterAgree()
{
    LoadedRecipe recipe;
    AdapterConfig adapter = readAdapterConfig(test::golden("model/lora/everything"));
    recipe.recipe.lora.bias = "none";
    QVERIFY(contradictions(recipe, adapter).empty()); // nothing was set
    for (const char* key : {"lora.bias", "lora.dora", "lora.rank_pattern", "lora.alpha_pattern", "lora.modules_to_save",
             "lora.init", "lora.rslora", "lora.rank"})
        recipe.keysSet.insert(key);
    QCOMPARE(contradictions(recipe, adapter).size(), std::size_t{7});
    recipe.recipe.lora.init = "pissa";
    QCOMPARE(contradictions(recipe, adapter).size(), std::size_t{8});
    adopt(recipe.recipe.lora, adapter);
    QVERIFY(contradictions(recipe, adapter).empty());
    QCOMPARE(recipe.recipe.lora.rankPattern.size(), std::size_t{1});
    QVERIFY(recipe.recipe.lora.dora);
}

void TestAdapterFolder::refusesWhatItCannotDo_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("says");
    QTest::newRow("kind") << R"({"peft_type":"IA3"})"
                          << "IA3";
    QTest::newRow("a bias of B") << R"({"lora_bias":true})"
                                 << "lora_bias";
    QTest::newRow("activated") << R"({"alora_invocation_tokens":[1,2]})"
                               << "activated LoRA";
    QTest::newRow("tokens") << R"({"trainable_token_indices":[5]})"
                            << "trainable tokens";
    QTest::newRow("replication") << R"({"layer_replication":[[0,1]]})"
                                 << "layer replication";
    QTest::newRow("CorDA") << R"({"init_lora_weights":"corda"})"
                           << "CorDA";
    QTest::newRow("bias") << R"({"bias":"some"})"
                          << "'some'";
    QTest::newRow("pattern's rank") << R"({"rank_pattern":{"q":0}})"
                                    << "rank_pattern.q is 0";
    QTest::newRow("pattern's type") << R"({"rank_pattern":{"q":"4"}})"
                                    << "rank_pattern.q";
    QTest::newRow("pattern's key") << R"({"alpha_pattern":{"(q":4}})"
                                   << "regular expression";
    QTest::newRow("saved modules") << R"({"modules_to_save":"lm_head"})"
                                   << "modules_to_save";
    QTest::newRow("rank") << R"({"r":0})"
                          << "rank r is 0";
    QTest::newRow("huge rank") << R"({"r":1000000000000})"
                               << "rank r";
    QTest::newRow("broken") << "{"
                            << "not a JSON object";
}

void TestAdapterFolder::refusesWhatItCannotDo()
{
    QFETCH(QString, config);
    QFETCH(QString, says);
    const QTemporaryDir temporary;
    const std::filesystem::path folder = temporary.path().toStdString();
    writeFile(folder / "adapter_config.json", config.toStdString());
    try {
        readAdapterConfig(folder);
        QFAIL("it was accepted");
    } catch (const Error& error) {
        QVERIFY2(QString(error.what()).contains(says), error.what());
    }
}

void TestAdapterFolder::scales()
{
    AdapterConfig config;
    config.rank = 16;
    config.alpha = 32;
    QCOMPARE(config.scaleOf("a"), 2.0);
    config.rslora = true;
    QCOMPARE(config.scaleOf("a"), 8.0);
}

QTEST_GUILESS_MAIN(TestAdapterFolder)
#include "tst_adapter_folder.moc"
