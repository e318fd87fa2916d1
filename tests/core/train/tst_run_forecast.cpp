// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/dataset.h"
#include "core/model/checkpoint.h"
#include "core/model/layer_map.h"
#include "core/train/plan_parts.h"
#include "core/train/run_forecast.h"
#include "tests/support/paths.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace falconer;

namespace {

const std::filesystem::path kRun = test::golden("runs/llama-nf4");

Recipe recipeOf()
{
    Recipe recipe;
    recipe.model = (kRun / "model").string();
    recipe.device = "cpu";
    recipe.data.train = {{(kRun / "train.jsonl").string(), 1.0}};
    recipe.data.validation = (kRun / "validation.jsonl").string();
    return recipe;
}

} // namespace

class TestRunForecast : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatThePlannerSays();
    void rowsAreReadOnce();
    void aChangedFileIsReadAgain();
    void rowsThatCannotBeReadAreAssumed();
    void faultsOfTheRecipeAreNamed();
    void aMissingModelIsNamed();
    void cancelledReadingIsNotKept();
    void shapeOfAModel();
    void countsWhatTheAdapterTrains();
    void weightErrorsAreKept();
    void aGpuNeedNotBeHere();
};

void TestRunForecast::saysWhatThePlannerSays()
{
    const Recipe recipe = recipeOf();
    RunForecaster forecaster;
    const RunForecast forecast = forecaster.forecast(recipe);
    const Checkpoint checkpoint(recipe.model);
    const auto tokenizer = loadTokenizerFor(recipe.model);
    PlanFacts facts = planFacts(recipe, *tokenizer, false);
    facts.storedBytesPerWeight = storedBytesPerWeight(checkpoint);
    const MemoryPlan plan = planMemory(recipe, checkpoint.spec(), facts);
    QCOMPARE(forecast.plan.peak, plan.peak);
    QCOMPARE(forecast.plan.phase, plan.phase);
    QCOMPARE(forecast.trainRows, static_cast<std::int64_t>(facts.rows.size()));
    QVERIFY(forecast.validationRows > 0);
    QVERIFY(forecast.steps);
    QCOMPARE(forecast.steps->totalSteps,
        makeRunPlan(recipe.training, forecast.trainRows, forecast.validationRows).totalSteps);
    double tokens = 0;
    for (const std::int64_t length : facts.rows)
        tokens += static_cast<double>(std::min(length, recipe.data.maxLength));
    const double epochs
        = static_cast<double>(forecast.steps->totalSteps) / static_cast<double>(forecast.steps->stepsPerEpoch);
    QCOMPARE(forecast.runTokens, static_cast<std::int64_t>(tokens * epochs));
    QVERIFY(forecast.evalTokens >= 2 * forecast.validationRows); // before the first step and after the last
    QVERIFY(forecast.rowsProblem.empty());
    QVERIFY(forecast.machine > 0);
    QVERIFY(forecast.device.starts_with("cpu ("));
    QCOMPARE(forecast.peaks.size(), std::size_t(4));
    QCOMPARE(forecast.peaks[3].type, std::string("nf4"));
    QCOMPARE(forecast.peaks[3].peak, plan.peak);
    QVERIFY(forecast.peaks[0].peak >= forecast.peaks[3].peak);
    QVERIFY(forecast.tables > 0 && forecast.tables <= plan.ram[MemoryClass::weights]);
    for (const PlanSuggestion& suggestion : forecast.suggestions)
        QVERIFY(suggestion.savesBytes > 0);
}

void TestRunForecast::rowsAreReadOnce()
{
    RunForecaster forecaster;
    Recipe recipe = recipeOf();
    forecaster.forecast(recipe);
    int reads = 0;
    const Progress count = [&](std::string_view phase, long long, long long) {
        reads += phase == "opening the model" ? 0 : 1;
        return true;
    };
    QElapsedTimer clock;
    clock.start();
    constexpr int kChanges = 20;
    for (int i = 0; i < kChanges; ++i) {
        recipe.lora.rank = 4 + i;
        recipe.data.maxLength = 64 + i;
        recipe.training.microBatch = 1 + i;
        forecaster.forecast(recipe, count);
    }
    QCOMPARE(reads, 0);
    QVERIFY2(clock.elapsed() < 100 * kChanges, qPrintable(QString::number(clock.elapsed())));
    recipe.data.validation = 0.5;
    const RunForecast split = forecaster.forecast(recipe, count);
    QVERIFY(reads > 0);
    QVERIFY(split.validationRows > 1);
}

void TestRunForecast::aChangedFileIsReadAgain()
{
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("rows.jsonl").toStdString();
    const std::string text = readFile(kRun / "train.jsonl");
    writeFile(file, text);
    Recipe recipe = recipeOf();
    recipe.data.train = {{file.string(), 1.0}};
    RunForecaster forecaster;
    const std::int64_t before = forecaster.forecast(recipe).trainRows;
    writeFile(file, text + text);
    QCOMPARE(forecaster.forecast(recipe).trainRows, 2 * before);
}

void TestRunForecast::rowsThatCannotBeReadAreAssumed()
{
    Recipe recipe = recipeOf();
    recipe.data.train = {{"/nowhere/rows.jsonl", 1.0}};
    RunForecaster forecaster;
    const RunForecast forecast = forecaster.forecast(recipe);
    QVERIFY(forecast.plan.peak > 0);
    QVERIFY(!forecast.steps);
    QCOMPARE(forecast.longestRow, recipe.data.maxLength);
    QVERIFY(forecast.rowsProblem.find("/nowhere/rows.jsonl") != std::string::npos);
    recipe.data.train.clear();
    QVERIFY(!forecaster.forecast(recipe).rowsProblem.empty());
}

void TestRunForecast::faultsOfTheRecipeAreNamed()
{
    RunForecaster forecaster;
    Recipe recipe = recipeOf();
    recipe.training.microBatch = 0;
    recipe.data.maxLength = 0;
    try {
        forecaster.forecast(recipe);
        QFAIL("not refused");
    } catch (const Error& error) {
        QCOMPARE(error.faults().size(), std::size_t(2));
    }
    recipe = recipeOf();
    recipe.lora.targets = std::vector<std::string>{"query_key_value"};
    QVERIFY_THROWS_EXCEPTION(Error, forecaster.forecast(recipe));
    recipe.lora.targets = std::vector<std::string>{};
    QVERIFY_THROWS_EXCEPTION(Error, forecaster.forecast(recipe));
}

void TestRunForecast::aMissingModelIsNamed()
{
    RunForecaster forecaster;
    Recipe recipe = recipeOf();
    recipe.model = "/nowhere/model";
    try {
        forecaster.forecast(recipe);
        QFAIL("not refused");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::fileMissing);
    }
    QVERIFY_THROWS_EXCEPTION(Error, forecaster.describe("/nowhere/model"));
}

void TestRunForecast::cancelledReadingIsNotKept()
{
    RunForecaster forecaster;
    const Recipe recipe = recipeOf();
    try {
        forecaster.forecast(recipe, [](std::string_view phase, long long, long long) {
            return phase == std::string_view("opening the model");
        });
        QFAIL("not cancelled");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::cancelled);
    }
    QVERIFY(forecaster.forecast(recipe).steps);
}

void TestRunForecast::shapeOfAModel()
{
    RunForecaster forecaster;
    const ModelSpec spec = forecaster.describe(recipeOf().model);
    QCOMPARE(spec.family, std::string("llama"));
    QCOMPARE(spec.linears.size(), std::size_t(7));
    QTemporaryDir folder;
    writeFile(
        folder.filePath("config.json").toStdString(), R"({"model_type": "falcon", "num_hidden_layers": 12000000})");
    QVERIFY_THROWS_EXCEPTION(Error, forecaster.describe(folder.path().toStdString()));
}

void TestRunForecast::countsWhatTheAdapterTrains()
{
    const ModelSpec spec = readModelSpec(kRun / "model");
    for (const char* what : {"plain", "dora", "biases", "pattern", "head"}) {
        Recipe recipe = recipeOf();
        recipe.lora.dora = what == std::string("dora");
        recipe.lora.bias = what == std::string("biases") ? "all" : "none";
        if (what == std::string("pattern"))
            recipe.lora.rankPattern = {{"layers.1.mlp.*", 5}};
        if (what == std::string("head"))
            recipe.lora.modulesToSave = {"lm_head", "layers.0.mlp.up_proj"};
        QCOMPARE(trainedParameters(spec, recipe.lora, readLayerMap(spec, recipe.lora)),
            planParts(recipe, spec, {}).trainedElements());
    }
}

void TestRunForecast::weightErrorsAreKept()
{
    RunForecaster forecaster;
    const Recipe recipe = recipeOf();
    const std::vector<WeightError> errors = forecaster.weightErrors(recipe);
    QCOMPARE(errors.size(), std::size_t(4));
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(forecaster.weightErrors(recipe).front().error, errors.front().error);
    QVERIFY(clock.elapsed() < 50);
}

void TestRunForecast::aGpuNeedNotBeHere()
{
    RunForecaster forecaster;
    Recipe recipe = recipeOf();
    recipe.device = "cuda:7";
    const RunForecast forecast = forecaster.forecast(recipe);
    QVERIFY(forecast.plan.gpu);
    QCOMPARE(forecast.machine, 0);
    QVERIFY(!forecast.plan.fits);
}

QTEST_GUILESS_MAIN(TestRunForecast)
#include "tst_run_forecast.moc"
