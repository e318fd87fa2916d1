// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/recipe_text.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <set>

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

    void everyFieldReadsBackWhatItShows()
    {
        Recipe recipe;
        recipe.model = "org/model: \"odd\"";
        recipe.data.train = {{"/a, b.jsonl", 1.0}, {"/c.jsonl", 0.5}};
        recipe.data.validation = std::string("/held: out.jsonl");
        recipe.data.columns = {{"prompt", "Frage, deutsch"}, {"completion", "{answer}"}};
        recipe.data.templateName = "none";
        recipe.lora.targets = Names{"q_proj", "v_proj"};
        recipe.lora.modulesToSave = {"lm_head", "wte"};
        recipe.lora.rankPattern = {{"layers.1.q_proj", 4}, {"q_proj", 32}};
        recipe.lora.alphaPattern = {{"q_proj", 0.5}};
        recipe.lora.initFrom = "/adapter";
        recipe.training.maxSteps = 7;
        recipe.training.evalEvery = 3;
        recipe.training.learningRate = 1.5e-5;
        recipe.training.schedulerOptions = {{"min_lr_ratio", 0.1}};
        recipe.training.samplePrompts = {"one\ntwo\n", "a \\n that is none, a \\ and \\\\n", "three"};
        recipe.training.seed = 18'446'744'073'709'551'615U;
        recipe.output = "/runs/x";
        for (const Recipe& from : {recipe, Recipe{}}) {
            Recipe copy = from == recipe ? Recipe{} : recipe;
            for (const RecipeValue& value : recipeValues(from))
                setFieldText(copy, value.key, fieldText(from, value));
            if (from.data.train.empty())
                copy.data.train.clear(); // an empty line is a file without a name
            for (const RecipeValue& value : recipeValues(from)) {
                const auto now = recipeValues(copy);
                const auto same
                    = std::find_if(now.begin(), now.end(), [&](const auto& v) { return v.key == value.key; });
                QVERIFY2(same->yaml == value.yaml, (value.key + ": " + same->yaml).c_str());
            }
        }
    }

    void aTextThatIsNoValueThrowsAndChangesNothing()
    {
        const std::pair<const char*, const char*> bad[]
            = {{"lora.rank", "many"}, {"lora.rank", ""}, {"lora.rank", "1, 2"}, {"data.columns", "prompt: ["},
                {"data.columns", "nothing: x"}, {"training.max_steps", "soon"}, {"training.eval_every", "1.5"},
                {"data.train", "[{weight: 2}]"}, {"lora.dora", "perhaps"}};
        for (const auto& each : bad) {
            Recipe recipe;
            bool threw = false;
            try {
                setFieldText(recipe, each.first, each.second);
            } catch (const Error&) {
                threw = true;
            }
            QVERIFY2(threw, each.second);
            QVERIFY2(recipe == Recipe{}, each.second);
        }
    }

    void emptyMeansNothingSet()
    {
        Recipe recipe;
        recipe.training.maxSteps = 5;
        recipe.training.evalEvery = 5;
        recipe.output = "/x";
        recipe.lora.layers = std::string("1");
        for (const char* key : {"training.max_steps", "training.eval_every", "output", "lora.layers"})
            setFieldText(recipe, key, " ");
        QVERIFY(recipe == Recipe{});
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
        // Two that start within a second do not meet.
        const QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        std::set<std::filesystem::path> places;
        for (int i = 0; i < 3; ++i) {
            const std::filesystem::path made = runFolder(recipe, root);
            places.insert(made);
            std::filesystem::create_directories(made);
        }
        QCOMPARE(places.size(), std::size_t(3));
        recipe.output = "/elsewhere";
        QVERIFY(runFolder(recipe, "/runs").empty());
        recipe.output.reset();
        recipe.file = "/recipes/a.yaml";
        QVERIFY(runFolder(recipe, "/runs").empty());
    }
};

QTEST_GUILESS_MAIN(TestRecipeText)
#include "tst_recipe_text.moc"
