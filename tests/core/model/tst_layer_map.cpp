// SPDX-License-Identifier: Apache-2.0
// A map written into a recipe must mean exactly that map, as the resolver and PEFT's rules read it.
#include "core/base/error.h"
#include "core/config/recipe_io.h"
#include "core/model/adapter_config.h"
#include "core/model/layer_map.h"
#include "core/model/targets.h"
#include "tests/support/paths.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <set>

using namespace falconer;

namespace {

ModelSpec withLayers(const char* run, std::int64_t layers)
{
    ModelSpec spec = readModelSpec(test::golden("runs") / run / "model");
    spec.layers = layers;
    return spec;
}

/// What a training run would make of the recipe: modules from the resolver, ranks from the adapter's settings.
LayerMap asTrained(const ModelSpec& spec, const Recipe& recipe)
{
    LayerMap map(spec);
    const std::vector<std::string> modules = resolveTargets(spec, recipe.lora);
    const AdapterConfig config
        = adapterConfigFor(recipe, modules, resolveLayers(spec, recipe.lora), spec.layers, "base");
    const std::set<std::string> chosen(modules.begin(), modules.end());
    for (std::size_t module = 0; module < map.modules; ++module)
        for (std::size_t layer = 0; layer < map.layers; ++layer) {
            const std::string path
                = spec.blockName(static_cast<std::int64_t>(layer)) + "." + spec.linears[module].module;
            if (chosen.contains(path))
                map.at(module, layer) = config.rankOf(path);
        }
    return map;
}

Recipe fromFile(const LoraSettings& lora)
{
    Recipe recipe;
    recipe.model = "model";
    recipe.data.train = {{"rows.jsonl", 1.0}};
    recipe.lora = lora;
    return parseRecipe(writeRecipe(recipe), "run.yaml", "/").recipe;
}

void fill(LayerMap& map, std::size_t module, std::size_t first, std::size_t last, std::int64_t rank)
{
    for (std::size_t layer = first; layer <= last; ++layer)
        map.at(module, layer) = rank;
}

} // namespace

class TestLayerMap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCellAlikeIsAllLinear();
    void wholeModulesAreNames();
    void layersAreRanges();
    void oneRankElsewhereIsTheRank();
    void otherRanksArePatterns();
    void unequalLayersAreAnExpression();
    void anyMapComesBack_data();
    void anyMapComesBack();
    void nothingChosenIsAMapToo();
    void whatIsTrainedWholeStays();
    void alphaPatternsWithoutACellGo();
    void typedFormsAreRead();
    void refusalsAreTheResolvers();
    void parametersAreCounted();
};

void TestLayerMap::everyCellAlikeIsAllLinear()
{
    const ModelSpec spec = withLayers("falcon-7b", 32);
    LayerMap map(spec);
    std::fill(map.ranks.begin(), map.ranks.end(), 16);
    LoraSettings lora;
    lora.targets = std::vector<std::string>{"dense"};
    lora.layers = std::string("0-3");
    lora.rankPattern = {{"dense", 4}};
    writeLayerMap(lora, spec, map);
    QCOMPARE(lora, LoraSettings{});
}

void TestLayerMap::wholeModulesAreNames()
{
    const ModelSpec spec = withLayers("falcon-7b", 4);
    LayerMap map(spec);
    fill(map, 0, 0, 3, 16);
    fill(map, 1, 0, 3, 16);
    LoraSettings lora;
    writeLayerMap(lora, spec, map);
    QCOMPARE(std::get<std::vector<std::string>>(lora.targets), (std::vector<std::string>{"query_key_value", "dense"}));
    QCOMPARE(std::get<std::string>(lora.layers), std::string("all"));
    QVERIFY(lora.rankPattern.empty());
}

void TestLayerMap::layersAreRanges()
{
    const ModelSpec spec = withLayers("falcon-7b", 32);
    LayerMap map(spec);
    for (std::size_t module = 0; module < 4; ++module) {
        fill(map, module, 4, 12, 16);
        fill(map, module, 31, 31, 16);
    }
    LoraSettings lora;
    writeLayerMap(lora, spec, map);
    QCOMPARE(std::get<std::string>(lora.targets), std::string("all-linear"));
    QCOMPARE(std::get<std::string>(lora.layers), std::string("4-12,31"));
    QCOMPARE(readLayerMap(spec, lora), map);
}

void TestLayerMap::oneRankElsewhereIsTheRank()
{
    const ModelSpec spec = withLayers("falcon-7b", 2);
    LayerMap map(spec);
    fill(map, 2, 0, 1, 64);
    LoraSettings lora;
    writeLayerMap(lora, spec, map);
    QCOMPARE(lora.rank, 64);
    QCOMPARE(lora.alpha, LoraSettings{}.alpha);
    QVERIFY(lora.rankPattern.empty());
}

void TestLayerMap::otherRanksArePatterns()
{
    const ModelSpec spec = withLayers("falcon-7b", 32);
    LayerMap map(spec);
    for (std::size_t module = 0; module < 4; ++module)
        fill(map, module, 4, 31, module == 0 ? 8 : 16);
    fill(map, 2, 30, 31, 32);
    fill(map, 3, 30, 31, 32);
    LoraSettings lora;
    writeLayerMap(lora, spec, map);
    QCOMPARE(lora.rank, 16);
    const std::vector<std::pair<std::string, std::int64_t>> expected
        = {{"query_key_value", 8}, {R"(h\.(30|31)\.(mlp\.dense_h_to_4h|mlp\.dense_4h_to_h))", 32}};
    QCOMPARE(lora.rankPattern, expected);
    QCOMPARE(asTrained(spec, fromFile(lora)), map);
}

void TestLayerMap::unequalLayersAreAnExpression()
{
    const ModelSpec spec = withLayers("falcon-7b", 3);
    LayerMap map(spec);
    fill(map, 0, 0, 2, 16);
    fill(map, 1, 1, 1, 16);
    LoraSettings lora;
    writeLayerMap(lora, spec, map);
    QCOMPARE(std::get<std::string>(lora.targets),
        std::string(R"(transformer\.h\.([0-9]+\.self_attention\.query_key_value|1\.self_attention\.dense))"));
    QCOMPARE(asTrained(spec, fromFile(lora)), map);
}

void TestLayerMap::anyMapComesBack_data()
{
    QTest::addColumn<QString>("run");
    QTest::addColumn<int>("layers");
    for (const char* run : {"falcon-7b", "falcon-40b-nf4", "llama-nf4"})
        for (const int layers : {1, 2, 12, 80})
            QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(run)).arg(layers)))
                << QString(run) << layers;
}

void TestLayerMap::anyMapComesBack()
{
    QFETCH(QString, run);
    QFETCH(int, layers);
    const ModelSpec spec = withLayers(qPrintable(run), layers);
    std::mt19937 random(7);
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    const std::int64_t ranks[] = {0, 4, 16, 16, 128};
    for (int round = 0; round < 20; ++round) {
        LayerMap map(spec);
        // Rectangles as a person draws them, and single cells between them.
        for (std::size_t i = 0; i < 1 + below(6); ++i) {
            const std::size_t first = below(map.layers);
            const std::size_t last = first + below(map.layers - first);
            const std::int64_t rank = ranks[below(5)];
            const std::size_t firstModule = below(map.modules);
            for (std::size_t module = firstModule; module < map.modules && module <= firstModule + i; ++module)
                fill(map, module, first, last, rank);
        }
        map.at(below(map.modules), below(map.layers)) = 16;
        LoraSettings lora;
        lora.rankPattern = {{"stale", 3}};
        writeLayerMap(lora, spec, map);
        const Recipe recipe = fromFile(lora);
        QCOMPARE(recipe.lora, lora);
        QCOMPARE(asTrained(spec, recipe), map);
        QCOMPARE(readLayerMap(spec, recipe.lora), map);
    }
}

void TestLayerMap::nothingChosenIsAMapToo()
{
    const ModelSpec spec = withLayers("llama-nf4", 2);
    LoraSettings lora;
    lora.alphaPattern = {{"q_proj", 8}};
    const LayerMap none(spec);
    writeLayerMap(lora, spec, none);
    QVERIFY(std::get<std::vector<std::string>>(lora.targets).empty());
    QCOMPARE(lora.alphaPattern.size(), std::size_t(1));
    QCOMPARE(readLayerMap(spec, lora), none);
    QCOMPARE(trainedParameters(spec, lora, none), 0);
    Recipe recipe;
    recipe.lora = lora;
    const std::vector<Fault> faults = validate(recipe);
    QVERIFY(
        std::any_of(faults.begin(), faults.end(), [](const Fault& fault) { return fault.subject == "lora.targets"; }));
}

void TestLayerMap::whatIsTrainedWholeStays()
{
    const ModelSpec spec = withLayers("llama-nf4", 3);
    LoraSettings lora;
    lora.modulesToSave = {"layers.1.mlp.up_proj"};
    LayerMap map = readLayerMap(spec, lora);
    const auto up
        = static_cast<std::size_t>(std::find_if(spec.linears.begin(), spec.linears.end(), [](const auto& linear) {
              return linear.module == "mlp.up_proj";
          }) - spec.linears.begin());
    QCOMPARE(map.at(up, 1), LayerMap::kWhole);
    QCOMPARE(map.at(up, 0), 16);
    LoraSettings again = lora;
    again.targets = std::vector<std::string>{"q_proj"};
    writeLayerMap(again, spec, map);
    QCOMPARE(again, lora);
    map.at(up, 0) = 0;
    writeLayerMap(again, spec, map);
    QCOMPARE(readLayerMap(spec, again), map);
}

void TestLayerMap::alphaPatternsWithoutACellGo()
{
    const ModelSpec spec = withLayers("llama-nf4", 2);
    LoraSettings lora;
    lora.alphaPattern = {{"q_proj", 8}, {"layers.1.*", 4}, {"o_proj", 2}};
    LayerMap map(spec);
    fill(map, 0, 0, 0, 16);
    writeLayerMap(lora, spec, map);
    QCOMPARE(lora.alphaPattern.size(), std::size_t(1));
    QCOMPARE(asTrained(spec, fromFile(lora)), map);
}

void TestLayerMap::typedFormsAreRead()
{
    const ModelSpec spec = withLayers("llama-nf4", 12);
    LoraSettings lora;
    lora.targets = std::string(R"(.*\.(q|v)_proj)");
    lora.layers = std::vector<std::int64_t>{3, 11};
    lora.rankPattern = {{"layers.1[0-9].*", 4}, {"q_proj", 2}}; // the first match wins
    const LayerMap map = readLayerMap(spec, lora);
    QCOMPARE(map.at(0, 3), 2);
    QCOMPARE(map.at(0, 11), 4);
    QCOMPARE(map.at(2, 3), 16);
    QCOMPARE(map.at(2, 11), 4);
    QCOMPARE(map.at(1, 3), LayerMap::kOut);
    QCOMPARE(map.at(0, 4), LayerMap::kOut);
}

void TestLayerMap::refusalsAreTheResolvers()
{
    const ModelSpec spec = withLayers("falcon-7b", 2);
    LoraSettings lora;
    lora.targets = std::vector<std::string>{"q_proj"};
    QVERIFY_THROWS_EXCEPTION(Error, readLayerMap(spec, lora));
    lora = {};
    lora.rankPattern = {{"(", 4}};
    QVERIFY_THROWS_EXCEPTION(Error, readLayerMap(spec, lora));
    lora = {};
    lora.layers = std::string("2");
    QVERIFY_THROWS_EXCEPTION(Error, readLayerMap(spec, lora));
}

void TestLayerMap::parametersAreCounted()
{
    ModelSpec spec = withLayers("falcon-7b", 32);
    spec.linears = {{"self_attention.query_key_value", 4672, 4544, false}, {"self_attention.dense", 4544, 4544, false},
        {"mlp.dense_h_to_4h", 18176, 4544, false}, {"mlp.dense_4h_to_h", 4544, 18176, false}};
    LoraSettings lora;
    QCOMPARE(trainedParameters(spec, lora, readLayerMap(spec, lora)), 16 * 32 * (9216 + 9088 + 2 * 22720));
    lora.dora = true;
    QCOMPARE(trainedParameters(spec, lora, readLayerMap(spec, lora)),
        16 * 32 * (9216 + 9088 + 2 * 22720) + 32 * (4672 + 4544 + 18176 + 4544));
    lora = {};
    lora.bias = "all"; // LayerNorms have one
    QVERIFY(trainedParameters(spec, lora, readLayerMap(spec, lora)) > 16 * 32 * (9216 + 9088 + 2 * 22720));
    lora = {};
    lora.modulesToSave = {"lm_head"};
    QCOMPARE(trainedParameters(spec, lora, readLayerMap(spec, lora)),
        16 * 32 * (9216 + 9088 + 2 * 22720) + spec.vocabulary * spec.hidden);
}

QTEST_GUILESS_MAIN(TestLayerMap)
#include "tst_layer_map.moc"
