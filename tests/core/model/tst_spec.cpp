// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/model/spec.h"

#include <QTemporaryDir>
#include <QTest>

using namespace falconer;

class TestSpec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void falcon7b();
    void oldNames();
    void falcon40b();
    void falconRw();
    void falcon11b();
    void llama();
    void ropeTypes();
    void refusals_data();
    void refusals();

private:
    ModelSpec read(const std::string& config)
    {
        writeFile(folder() / "config.json", config);
        return readModelSpec(folder());
    }
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }
    QTemporaryDir m_folder;
};

void TestSpec::falcon7b()
{
    const ModelSpec spec = read(R"({"model_type":"falcon","hidden_size":4544,"num_hidden_layers":32,
        "num_attention_heads":71,"num_kv_heads":71,"multi_query":true,"parallel_attn":true,"vocab_size":65024})");
    QCOMPARE(spec.kvHeads, 1); // num_kv_heads counts only in the new architecture
    QCOMPARE(spec.linears[0].out, 4672);
    QVERIFY(spec.parallel && spec.mlpNorm.empty() && spec.tiedHead);
    QCOMPARE(spec.parameters(), 6'921'720'704);
}

void TestSpec::oldNames()
{
    const ModelSpec old7b = read(R"({"model_type":"RefinedWebModel","n_layer":5,"n_head":7,"hidden_size":448,
        "multi_query":true,"parallel_attn":true,"bias":false,"alibi":false,"vocab_size":65024})");
    QCOMPARE(old7b.layers, 5);
    QCOMPARE(old7b.heads, 7);
    QCOMPARE(old7b.kvHeads, 1);
    QCOMPARE(old7b.attentionNorm, std::string("input_layernorm"));
    const ModelSpec old40b
        = read(R"({"model_type":"RefinedWeb","n_layer":60,"n_head":128,"n_head_kv":8,"hidden_size":8192})");
    QCOMPARE(old40b.kvHeads, 8);
    QCOMPARE(old40b.attentionNorm, std::string("ln_attn"));
}

void TestSpec::falcon40b()
{
    const ModelSpec spec = read(R"({"model_type":"falcon","hidden_size":8192,"num_hidden_layers":60,
        "num_attention_heads":128,"num_kv_heads":8,"new_decoder_architecture":true})");
    QCOMPARE(spec.linears[0].out, (128 + 16) * 64);
    QCOMPARE(spec.mlpNorm, std::string("ln_mlp"));
    QCOMPARE(spec.parameters(), 41'303'293'952);
}

void TestSpec::falconRw()
{
    const ModelSpec spec = read(R"({"model_type":"falcon","hidden_size":2048,"num_hidden_layers":24,
        "num_attention_heads":32,"multi_query":false,"parallel_attn":false,"bias":true,"alibi":true,"vocab_size":50304})");
    QCOMPARE(spec.kvHeads, 32);
    QVERIFY(spec.positions == PositionKind::alibi && !spec.parallel && spec.linears[0].bias);
    QCOMPARE(spec.mlpNorm, std::string("post_attention_layernorm"));
    QCOMPARE(spec.parameters(), 1'311'625'216);
}

void TestSpec::falcon11b()
{
    const ModelSpec spec = read(R"({"model_type":"falcon","hidden_size":4096,"num_hidden_layers":60,
        "num_attention_heads":32,"num_kv_heads":8,"new_decoder_architecture":true,"num_ln_in_parallel_attn":1,
        "ffn_hidden_size":16384,"tie_word_embeddings":false,"rope_theta":500042.0,"max_position_embeddings":8192})");
    QCOMPARE(spec.attentionNorm, std::string("input_layernorm"));
    QVERIFY(spec.mlpNorm.empty() && spec.parallel && !spec.tiedHead);
    QCOMPARE(spec.rope.theta, 500042.0);
    QCOMPARE(spec.parameters(), 11'102'822'400);
}

void TestSpec::llama()
{
    const ModelSpec spec = read(R"({"model_type":"llama","hidden_size":3072,"num_hidden_layers":28,
        "num_attention_heads":12,"num_key_value_heads":4,"head_dim":256,"intermediate_size":23040,"vocab_size":131072,
        "rms_norm_eps":1e-6,"rope_theta":1000042})");
    QCOMPARE(spec.linears.size(), std::size_t{7});
    QVERIFY(spec.norm == NormKind::rmsNorm && spec.mlp == MlpKind::swiglu && !spec.parallel);
    QCOMPARE(spec.parameters(), 7'455'550'464); // Falcon3-7B
}

void TestSpec::ropeTypes()
{
    const ModelSpec spec = read(R"({"model_type":"llama","rope_scaling":{"rope_type":"llama3","factor":8.0,
        "low_freq_factor":1.0,"high_freq_factor":4.0,"original_max_position_embeddings":8192},"rope_theta":500000.0})");
    QCOMPARE(spec.rope.type, std::string("llama3"));
    QCOMPARE(spec.rope.originalContext, 8192);
    QCOMPARE(spec.rope.theta, 500000.0);
}

void TestSpec::refusals_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown architecture") << R"({"model_type":"falcon_h1"})"
                                          << "the architecture 'falcon_h1' is not known";
    QTest::newRow("no type") << "{}"
                             << "it names no model_type";
    QTest::newRow("not JSON") << "{\"model_type\":"
                              << "not a JSON object";
    QTest::newRow("a list") << "[1]"
                            << "not a JSON object";
    QTest::newRow("wrong type") << R"({"model_type":"llama","hidden_size":"big"})"
                                << "the key hidden_size is not an integer";
    QTest::newRow("zero heads") << R"({"model_type":"falcon","num_attention_heads":0})"
                                << "is 0";
    QTest::newRow("negative") << R"({"model_type":"llama","hidden_size":-64})"
                              << "is -64";
    QTest::newRow("too large") << R"({"model_type":"llama","vocab_size":9000000000000000000})"
                               << "vocabulary size";
    QTest::newRow("uneven groups")
        << R"({"model_type":"llama","num_attention_heads":6,"num_key_value_heads":4,"head_dim":16})"
        << "not a multiple";
    QTest::newRow("rope") << R"({"model_type":"llama","rope_scaling":{"type":"su"}})"
                          << "rope type 'su'";
    QTest::newRow("activation") << R"({"model_type":"falcon","activation":"relu"})"
                                << "activation 'relu'";
}

void TestSpec::refusals()
{
    QFETCH(QString, config);
    QFETCH(QString, says);
    try {
        read(config.toStdString());
        QFAIL("it was accepted");
    } catch (const Error& error) {
        const QString what = error.what();
        QVERIFY2(what.contains(says), error.what());
        QVERIFY2(what.contains("config.json"), error.what());
        QCOMPARE(error.exitCode(), 2);
    }
}

QTEST_GUILESS_MAIN(TestSpec)
#include "tst_spec.moc"
