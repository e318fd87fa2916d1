// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/config/recipe_io.h"
#include "tests/core/config/recipe_support.h"
#include "tests/support/paths.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cstdlib>
#include <filesystem>
#include <limits>

using namespace falconer;
using namespace falconer::test;
namespace fs = std::filesystem;

namespace {

using Numbers = std::optional<std::vector<std::int64_t>>;

Numbers layersOf(const std::string& yaml)
{
    return layerNumbers(parse(kRequired, {"lora.layers=" + yaml}).recipe.lora);
}

} // namespace

class TestRecipeReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbers_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<double>("value");
        QTest::newRow("whole") << "3" << 3.0;
        QTest::newRow("plus") << "+3" << 3.0;
        QTest::newRow("point") << "3." << 3.0;
        QTest::newRow("no zero") << ".5" << 0.5;
        QTest::newRow("exponent without point") << "2e-4" << 2e-4;
        QTest::newRow("exponent") << "2.0e-4" << 2e-4;
        QTest::newRow("capital exponent") << "2E-4" << 2e-4;
        QTest::newRow("plus exponent") << "1e+2" << 100.0;
        QTest::newRow("seventeen digits") << "0.10000000000000001" << 0.1;
    }
    void numbers()
    {
        QFETCH(QString, written);
        QFETCH(double, value);
        const Recipe recipe = parse(kRequired + "training: {learning_rate: " + written.toStdString() + "}\n").recipe;
        QVERIFY(recipe.training.learningRate == value);
    }

    void booleans()
    {
        for (const char* yes : {"true", "True", "TRUE", "yes", "on", "ON"})
            QVERIFY2(parse(kRequired, {std::string("lora.rslora=") + yes}).recipe.lora.rslora, yes);
        for (const char* no : {"false", "False", "no", "off", "OFF"})
            QVERIFY2(!parse(kRequired, {std::string("data.shuffle=") + no}).recipe.data.shuffle, no);
    }

    void seedTakesTheWholeRange()
    {
        QCOMPARE(parse(kRequired, {"training.seed=18446744073709551615"}).recipe.training.seed,
            std::numeric_limits<std::uint64_t>::max());
        QCOMPARE(parse(kRequired, {"training.seed=0"}).recipe.training.seed, std::uint64_t{0});
    }

    void wordsThatYamlTakesForBooleans()
    {
        const Recipe recipe
            = parse(kRequired + "logging: {wandb: off}\ntraining: {gradient_checkpointing: off}\n").recipe;
        QCOMPARE(recipe.logging.wandb, std::string("off"));
        QCOMPARE(recipe.training.gradientCheckpointing, std::string("off"));
    }

    void autoAndNull()
    {
        const Recipe standard = parse(kRequired).recipe;
        const Recipe recipe = parse(
            kRequired + "training: {eval_every: auto, save_every: 7, max_steps: null, warmup_steps: ~}\noutput:\n")
                                  .recipe;
        QVERIFY(!recipe.training.evalEvery && !recipe.training.maxSteps && !recipe.training.warmupSteps);
        QCOMPARE(recipe.training.saveEvery, std::optional<std::int64_t>(7));
        QVERIFY(recipe.output == standard.output);
    }

    void emptySectionsAndCollections()
    {
        const LoadedRecipe loaded = parse(
            kRequired + "lora:\ntraining:\n  sample_prompts:\n  scheduler_options:\nsentinel: {}\nlogging: null\n");
        QVERIFY(loaded.recipe == parse(kRequired).recipe);
        QVERIFY(loaded.keysSet.count("training.sample_prompts") == 1);
    }

    void collections()
    {
        const Recipe recipe
            = parse("model: tiny\n"
                    "data:\n  train: [{path: a.jsonl}]\n  columns: {prompt: Question, completion: \"12\"}\ntraining:\n "
                    " scheduler_options: {num_cycles: 2, lr_end: 1e-7}\n  optimizer_options:\n    beta1: 0.8\n    eps: "
                    "1e-6\n  sample_prompts:\n    - |\n      Two\n      lines\n    - 'off'\n")
                  .recipe;
        QCOMPARE(recipe.data.train.size(), std::size_t{1});
        QCOMPARE(recipe.data.train[0].path, std::string("/recipes/a.jsonl"));
        QVERIFY(recipe.data.train[0].weight == 1);
        QCOMPARE(
            recipe.data.columns, (std::map<std::string, std::string>{{"completion", "12"}, {"prompt", "Question"}}));
        QCOMPARE(
            recipe.training.schedulerOptions, (std::map<std::string, double>{{"lr_end", 1e-7}, {"num_cycles", 2}}));
        QCOMPARE(recipe.training.optimizerOptions, (std::map<std::string, double>{{"beta1", 0.8}, {"eps", 1e-6}}));
        QCOMPARE(recipe.training.samplePrompts, (std::vector<std::string>{"Two\nlines\n", "off"}));
    }

    void targets()
    {
        using Names = std::vector<std::string>;
        QCOMPARE(std::get<std::string>(parse(kRequired).recipe.lora.targets), std::string("all-linear"));
        QCOMPARE(std::get<Names>(parse(kRequired, {"lora.targets=[q_proj,v_proj]"}).recipe.lora.targets),
            (Names{"q_proj", "v_proj"}));
        QCOMPARE(std::get<std::string>(parse(kRequired, {R"(lora.targets='.*\.h\.[0-3]\..*')"}).recipe.lora.targets),
            std::string(R"(.*\.h\.[0-3]\..*)"));
    }

    void layers()
    {
        QVERIFY(layersOf("all") == std::nullopt);
        QVERIFY(layersOf("[1, 0, 1]") == (std::vector<std::int64_t>{0, 1}));
        QVERIFY(layersOf("\"0-3,7\"") == (std::vector<std::int64_t>{0, 1, 2, 3, 7}));
        QVERIFY(layersOf("5 , 2 - 3,3") == (std::vector<std::int64_t>{2, 3, 5}));
        QVERIFY(layersOf("4") == (std::vector<std::int64_t>{4}));
        QVERIFY(layersOf("0-9999")->size() == 10000);
    }

    void keysWithoutEffectAreFine()
    {
        QCOMPARE(sentences(faultsOf(kRequired,
                     {"quantization.type=none", "quantization.double_quant=true", "training.scheduler=constant",
                         "training.warmup_steps=50", "training.max_steps=10", "training.epochs=0",
                         "training.scheduler_options={lr_end: 5, decay_steps: 100000}", "sentinel.enabled=false",
                         "sentinel.patience=9", "sentinel.action=stop"})),
            QString());
    }

    void jsonIsYaml()
    {
        const Recipe recipe
            = parse("{\"model\": \"tiny\",\n \"data\": {\"train\": \"a\\u00e4.jsonl\", \"validation\": 0},\n"
                    " \"lora\": {\"rank\": 4, \"init_from\": null}}")
                  .recipe;
        QCOMPARE(recipe.data.train[0].path, std::string("/recipes/aä.jsonl"));
        QVERIFY(std::get<double>(recipe.data.validation) == 0);
        QCOMPARE(recipe.lora.rank, std::int64_t{4});
    }

    void windowsFilesAreRead()
    {
        const Recipe recipe
            = parse("\xEF\xBB\xBFmodel: tiny\r\ndata:\r\n  train: a.jsonl\r\nlora:\r\n  rank: 4\r\n").recipe;
        QCOMPARE(recipe.model, std::string("tiny"));
        QCOMPARE(recipe.lora.rank, std::int64_t{4});
    }

    void overridesWinInOrder()
    {
        const LoadedRecipe loaded = parse(kRequired + "lora: {rank: 4, alpha: 8}\n",
            {"lora.rank=16", "lora.rank=32", "training.learning_rate=1e-3", "data.columns.prompt=Frage",
                "training.optimizer_options.beta1=0.5", "lora={dropout: 0.1}"});
        QCOMPARE(loaded.recipe.lora.rank, std::int64_t{32});
        QVERIFY(loaded.recipe.lora.alpha == 8); // a map for a section changes only the keys that it has
        QVERIFY(loaded.recipe.lora.dropout == 0.1);
        QVERIFY(loaded.recipe.training.learningRate == 1e-3);
        QCOMPARE(loaded.recipe.data.columns.at("prompt"), std::string("Frage"));
        QVERIFY(loaded.recipe.training.optimizerOptions.at("beta1") == 0.5);
        QCOMPARE(loaded.keysSet,
            (std::set<std::string>{"data.columns", "data.train", "lora.alpha", "lora.dropout", "lora.rank", "model",
                "training.learning_rate", "training.optimizer_options"}));
    }

    void anOverrideRepairsWhatTheFileLacks()
    {
        QCOMPARE(sentences(faultsOf("", {"model=m", "data.train=d.jsonl"})), QString());
        QCOMPARE(sentences(faultsOf("model: m\ndata: null\n", {"data.train=d.jsonl"})), QString());
        QCOMPARE(sentences(faultsOf(kRequired + "lora: {rank: abc}\n", {"lora.rank=8"})), QString());
        QCOMPARE(parse(kRequired, {"model=a=b"}).recipe.model, std::string("a=b"));
    }

    void pathsStartAtTheRecipe()
    {
        QTemporaryDir folder;
        const fs::path base = folder.path().toStdString();
        fs::create_directories(base / "recipes");
        fs::create_directories(base / "models/tiny");
        writeFile(base / "recipes/my.yaml",
            "model: ../models/tiny/\ndata:\n  train: rows.jsonl\n  validation: ./held/../held.jsonl\nlora: {init_from: "
            "~/adapter}\noutput: runs/one\n");
        qputenv("HOME", "/home/someone");
        const Recipe recipe = loadRecipe(base / "recipes/my.yaml").recipe;
        QCOMPARE(recipe.file, base / "recipes/my.yaml");
        QCOMPARE(recipe.model, (base / "models/tiny").string());
        QCOMPARE(recipe.data.train[0].path, (base / "recipes/rows.jsonl").string());
        QCOMPARE(std::get<std::string>(recipe.data.validation), (base / "recipes/held.jsonl").string());
        QCOMPARE(*recipe.lora.initFrom, std::string("/home/someone/adapter"));
        QCOMPARE(*recipe.output, (base / "recipes/runs/one").string());
    }

    void pathsOfOverridesStartAtTheCurrentFolder()
    {
        QTemporaryDir folder, current;
        const fs::path before = fs::current_path();
        const fs::path base = folder.path().toStdString();
        const fs::path here = fs::canonical(current.path().toStdString());
        fs::create_directories(here / "org/model");
        writeFile(base / "run.yaml", "model: org/model\ndata: {train: rows.jsonl}\n");
        fs::current_path(here);
        const auto restore = qScopeGuard([&] { fs::current_path(before); });
        const std::vector<std::string> overrides = {"data.train=[rows.jsonl]", "data.validation=v.jsonl", "output=out"};
        const Recipe recipe = loadRecipe(base / "run.yaml", overrides).recipe;
        QCOMPARE(recipe.model, std::string("org/model")); // there is none beside the recipe
        QCOMPARE(recipe.data.train[0].path, (here / "rows.jsonl").string());
        QCOMPARE(std::get<std::string>(recipe.data.validation), (here / "v.jsonl").string());
        QCOMPARE(*recipe.output, (here / "out").string());
        const std::vector<std::string> model = {"model=org/model"};
        // A folder that merely has the name of a model does not hide it; a model folder is taken.
        QCOMPARE(loadRecipe(base / "run.yaml", model).recipe.model, std::string("org/model"));
        writeFile(here / "org/model/config.json", "{}");
        QCOMPARE(loadRecipe(base / "run.yaml", model).recipe.model, (here / "org/model").string());
        fs::current_path(base);
        QCOMPARE(loadRecipe("run.yaml").recipe.file, base / "run.yaml");
    }

    void aModelThatIsNoPathStaysAName()
    {
        QCOMPARE(parse("model: tiiuae/falcon-7b\ndata: {train: a}\n").recipe.model, std::string("tiiuae/falcon-7b"));
        QCOMPARE(parse("model: ./nowhere\ndata: {train: a}\n").recipe.model, std::string("/recipes/nowhere"));
        QCOMPARE(parse("model: /no/where/\ndata: {train: a}\n").recipe.model, std::string("/no/where"));
        QCOMPARE(parse("model: \"123\"\ndata: {train: a}\n").recipe.model, std::string("123"));
    }

    void missingRecipe()
    {
        try {
            loadRecipe("/nowhere/run.yaml");
            QFAIL("read a recipe that is not there");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::fileMissing);
            QCOMPARE(error.exitCode(), 2);
        }
    }

    void exampleRecipesAreValid()
    {
        int count = 0;
        for (const fs::directory_entry& entry : fs::directory_iterator(sourceRoot() / "resources/recipes")) {
            QCOMPARE(entry.path().extension(), fs::path(".yaml"));
            const std::vector<std::string> overrides = {"model=/m", "data.train=/d.jsonl"};
            const Recipe recipe = loadRecipe(entry.path(), overrides).recipe;
            QCOMPARE(recipe.model, std::string("/m"));
            ++count;
        }
        QVERIFY(count >= 1);
    }
};

QTEST_GUILESS_MAIN(TestRecipeReading)
#include "tst_recipe_reading.moc"
