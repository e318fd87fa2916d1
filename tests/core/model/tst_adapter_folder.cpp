// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/tensor_file.h"
#include "core/model/adapter_folder.h"
#include "core/model/targets.h"
#include "tests/support/paths.h"

#include <ATen/ATen.h>

#include <QTemporaryDir>
#include <QTest>

using namespace falconer;

class TestAdapterFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void initialMatricesArePeftsBitForBit();
    void refusesAnotherModel();
    void refusesWhatItCannotDo_data();
    void refusesWhatItCannotDo();
    void scales();

private:
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
    QVERIFY_EXCEPTION_THROWN(readAdapterFolder(m_golden / "final_adapter", wider), Error);
}

void TestAdapterFolder::refusesWhatItCannotDo_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("says");
    QTest::newRow("kind") << R"({"peft_type":"IA3"})"
                          << "IA3";
    QTest::newRow("dora") << R"({"use_dora":true})"
                          << "DoRA";
    QTest::newRow("patterns") << R"({"rank_pattern":{"q":4}})"
                              << "patterns";
    QTest::newRow("saved modules") << R"({"modules_to_save":["lm_head"]})"
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
    QCOMPARE(loraScale(config), 2.0);
    config.rslora = true;
    QCOMPARE(loraScale(config), 8.0);
}

QTEST_GUILESS_MAIN(TestAdapterFolder)
#include "tst_adapter_folder.moc"
