// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/recipe_text.h"

#include <QTest>

using namespace falconer;
using namespace falconer::ui;

using Names = std::vector<std::string>;

class TestRecipeText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void targets()
    {
        LoraSettings lora;
        const auto names = [&] { return std::get<Names>(lora.targets); };
        const auto text = [&] { return std::get<std::string>(lora.targets); };
        QCOMPARE(targetsText(lora), std::string("all-linear"));
        setTargets(lora, "q_proj, v_proj");
        QCOMPARE(names(), (Names{"q_proj", "v_proj"}));
        QCOMPARE(targetsText(lora), std::string("q_proj, v_proj"));
        setTargets(lora, " query_key_value ,");
        QCOMPARE(names(), Names{"query_key_value"});
        setTargets(lora, R"(.*\.(q|v)_proj)");
        QCOMPARE(text(), std::string(R"(.*\.(q|v)_proj)"));
        setTargets(lora, "layers.{0,3}.dense");
        QCOMPARE(text(), std::string("layers.{0,3}.dense"));
        setTargets(lora, " all-linear ");
        QCOMPARE(text(), std::string("all-linear"));
        setTargets(lora, "");
        QVERIFY(names().empty());
    }

    void layers()
    {
        LoraSettings lora;
        QCOMPARE(layersText(lora), std::string("all"));
        lora.layers = std::vector<std::int64_t>{0, 1, 7};
        QCOMPARE(layersText(lora), std::string("0,1,7"));
    }

    void namesOfRuns()
    {
        Recipe recipe;
        QCOMPARE(runName(recipe), std::string());
        recipe.model = "/models/falcon-7b/";
        recipe.data.train = {{"/data/cynic.jsonl", 1.0}};
        QCOMPARE(runName(recipe), std::string("falcon-7b-cynic"));
        recipe.model = "/models/smol.Q4.gguf";
        QCOMPARE(runName(recipe), std::string("smol.Q4-cynic"));
        recipe.file = "/recipes/starter.yaml";
        QCOMPARE(runName(recipe), std::string("starter"));
        QCOMPARE(trainText(recipe.data), std::string("cynic.jsonl"));
    }

    void onlyARecipeWithoutAFileNeedsAPlace()
    {
        Recipe recipe;
        recipe.model = "m";
        recipe.data.train = {{"d.jsonl", 1.0}};
        const std::filesystem::path place = runFolder(recipe, "/runs");
        QCOMPARE(place.parent_path(), std::filesystem::path("/runs"));
        QVERIFY(place.filename().string().starts_with("m-d-20"));
        QVERIFY(place.filename().string().find(':') == std::string::npos);
        recipe.output = "/elsewhere";
        QVERIFY(runFolder(recipe, "/runs").empty());
        recipe.output.reset();
        recipe.file = "/recipes/a.yaml";
        QVERIFY(runFolder(recipe, "/runs").empty());
    }
};

QTEST_GUILESS_MAIN(TestRecipeText)
#include "tst_recipe_text.moc"
