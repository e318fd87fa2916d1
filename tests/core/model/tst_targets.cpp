// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/model/adapter_config.h"
#include "core/model/spec.h"
#include "core/model/targets.h"
#include "tests/support/paths.h"

#include <QTest>

using namespace falconer;

class TestTargets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_spec = readModelSpec(test::golden("runs/llama-nf4/model")); }
    void allLinear();
    void suffixRule();
    void fullMatch();
    void layerRanges();
    void refusals_data();
    void refusals();
    void configNamesExactlyThoseModules();

private:
    std::vector<std::string> resolve(const std::variant<std::string, std::vector<std::string>>& targets,
        const std::variant<std::string, std::vector<std::int64_t>>& layers = std::string("all"))
    {
        LoraSettings settings;
        settings.targets = targets;
        settings.layers = layers;
        return resolveTargets(m_spec, settings);
    }
    ModelSpec m_spec;
};

void TestTargets::allLinear() { QCOMPARE(resolve("all-linear").size(), std::size_t{14}); }

void TestTargets::suffixRule()
{
    const auto chosen = resolve(std::vector<std::string>{"q_proj", "mlp.up_proj"});
    QCOMPARE(chosen.size(), std::size_t{4});
    QCOMPARE(chosen[0], std::string("model.layers.0.self_attn.q_proj"));
    QCOMPARE(chosen[1], std::string("model.layers.0.mlp.up_proj"));
    // "proj" is not a whole part of any path, "layers.1…" is.
    QCOMPARE(resolve(std::vector<std::string>{"model.layers.1.self_attn.v_proj"}).size(), std::size_t{1});
}

void TestTargets::fullMatch()
{
    QCOMPARE(resolve(R"(.*\.(k|v)_proj)").size(), std::size_t{4});
    QCOMPARE(resolve(R"(model\.layers\.1\..*)").size(), std::size_t{7});
}

void TestTargets::layerRanges()
{
    QCOMPARE(resolve("all-linear", "0").size(), std::size_t{7});
    QCOMPARE(resolve("all-linear", "0-1").size(), std::size_t{14});
    QCOMPARE(resolve("all-linear", std::vector<std::int64_t>{1, 1}).size(), std::size_t{7});
}

void TestTargets::refusals_data()
{
    QTest::addColumn<QString>("targets");
    QTest::addColumn<QString>("layers");
    QTest::addColumn<QString>("says");
    QTest::newRow("Falcon's name") << "[query_key_value]"
                                   << "all"
                                   << "no linear called query_key_value";
    QTest::newRow("part of a name") << "[proj]"
                                    << "all"
                                    << "no linear called proj";
    QTest::newRow("nothing matches") << "q_proj"
                                     << "all"
                                     << "nothing to train";
    QTest::newRow("broken expression") << "(q_proj"
                                       << "all"
                                       << "not a valid regular expression";
    QTest::newRow("no such layer") << "all-linear"
                                   << "0-2"
                                   << "layers are 0 to 1";
}

void TestTargets::refusals()
{
    QFETCH(QString, targets);
    QFETCH(QString, layers);
    QFETCH(QString, says);
    try {
        if (targets.startsWith('['))
            resolve(std::vector<std::string>{targets.mid(1, targets.size() - 2).toStdString()}, layers.toStdString());
        else
            resolve(targets.toStdString(), layers.toStdString());
        QFAIL("it was accepted");
    } catch (const Error& error) {
        QVERIFY2(QString(error.what()).contains(says, Qt::CaseInsensitive), error.what());
        QCOMPARE(error.code(), ErrorCode::recipeInvalid);
    }
}

void TestTargets::configNamesExactlyThoseModules()
{
    Recipe recipe;
    const auto configFor = [&](const std::vector<std::string>& modules, const std::vector<std::int64_t>& layers) {
        return adapterConfigFor(recipe, modules, layers, m_spec.layers, "base");
    };
    const AdapterConfig all = configFor(resolve("all-linear"), {0, 1});
    QCOMPARE(all.targetModules.size(), std::size_t{7});
    QVERIFY(!all.layers);
    const AdapterConfig oneLayer = configFor(resolve(std::vector<std::string>{"q_proj"}, "1"), {1});
    QCOMPARE(oneLayer.targetModules, std::vector<std::string>{"q_proj"});
    QCOMPARE(oneLayer.layers.value(), std::vector<std::int64_t>{1});
    // q in layer 0 and k in layer 1 cannot be said with suffixes and layers.
    const std::vector<std::string> mixed = resolve(R"(.*0\.self_attn\.q_proj|.*1\.self_attn\.k_proj)");
    QCOMPARE(configFor(mixed, {0, 1}).targetModules, mixed);
}

QTEST_GUILESS_MAIN(TestTargets)
#include "tst_targets.moc"
