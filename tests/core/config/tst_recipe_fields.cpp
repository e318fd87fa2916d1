// SPDX-License-Identifier: Apache-2.0
#include "core/config/fields.h"
#include "core/config/recipe_io.h"
#include "tests/core/config/recipe_support.h"

#include <QtTest>

#include <set>

using namespace falconer;
using namespace falconer::test;

namespace {

/// The contract's listing of run.yaml, without its comments.
const std::string kListing = R"(model: tiny
device: auto
quantization: {type: nf4, double_quant: true, compute_dtype: bfloat16}
data:
  train: data.jsonl
  validation: 0.05
  format: auto
  columns: {}
  template: auto
  loss_on: completion
  on_bad_row: stop
  max_length: 512
  packing: false
  group_by_length: false
  shuffle: true
lora: {rank: 16, alpha: 32, dropout: 0.05, targets: all-linear,
       layers: all, bias: none, init: default, rslora: false, dora: false,
       modules_to_save: [], rank_pattern: {}, alpha_pattern: {}, init_from: null}
training:
  epochs: 3
  max_steps: null
  micro_batch: 1
  gradient_accumulation: 16
  learning_rate: 2.0e-4
  scheduler: cosine
  scheduler_options: {}
  warmup_steps: null
  warmup_ratio: 0.03
  optimizer: adamw
  optimizer_options: {}
  weight_decay: 0.0
  max_grad_norm: 1.0
  gradient_checkpointing: auto
  eval_every: auto
  save_every: auto
  keep_checkpoints: 3
  sample_prompts: []
  seed: 42
sentinel: {enabled: true, patience: 3, min_delta: 0.0, action: notify}
logging: {tensorboard: true, wandb: off, csv: false}
output: null
)";

const std::vector<std::string> kKeys = {"model", "device", "quantization.type", "quantization.double_quant",
    "quantization.compute_dtype", "data.train", "data.validation", "data.format", "data.columns", "data.template",
    "data.loss_on", "data.on_bad_row", "data.max_length", "data.packing", "data.group_by_length", "data.shuffle",
    "lora.rank", "lora.alpha", "lora.dropout", "lora.targets", "lora.layers", "lora.bias", "lora.init", "lora.rslora",
    "lora.dora", "lora.modules_to_save", "lora.rank_pattern", "lora.alpha_pattern", "lora.init_from", "training.epochs",
    "training.max_steps", "training.micro_batch", "training.gradient_accumulation", "training.learning_rate",
    "training.scheduler", "training.scheduler_options", "training.warmup_steps", "training.warmup_ratio",
    "training.optimizer", "training.optimizer_options", "training.weight_decay", "training.max_grad_norm",
    "training.gradient_checkpointing", "training.eval_every", "training.save_every", "training.keep_checkpoints",
    "training.sample_prompts", "training.seed", "sentinel.enabled", "sentinel.patience", "sentinel.min_delta",
    "sentinel.action", "logging.tensorboard", "logging.wandb", "logging.csv", "output"};

} // namespace

class TestRecipeFields : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysAreThoseOfTheContractInOrder()
    {
        std::vector<std::string> keys;
        for (const FieldInfo& info : recipeFields())
            keys.emplace_back(info.key);
        QCOMPARE(keys, kKeys);
    }

    void defaultsAreThoseOfTheContract()
    {
        const LoadedRecipe listed = parse(kListing);
        const LoadedRecipe shortest = parse("model: tiny\ndata: {train: data.jsonl}\n");
        QVERIFY(listed.recipe == shortest.recipe);
        QCOMPARE(listed.keysSet, (std::set<std::string>(kKeys.begin(), kKeys.end())));
        QCOMPARE(shortest.keysSet, (std::set<std::string>{"model", "data.train"}));
        QVERIFY(shortest.recipe.training.learningRate == 2.0e-4);
        QCOMPARE(shortest.recipe.logging.wandb, std::string("off"));
        QVERIFY(!shortest.recipe.training.maxSteps && !shortest.recipe.training.evalEvery && !shortest.recipe.output);
    }

    void publishedDefaultsReadBackToTheDefaults()
    {
        const Recipe standard = parse(kRequired).recipe;
        for (const FieldInfo& info : recipeFields()) {
            if (info.key == "model" || info.key == "data.train")
                continue;
            const std::string set = std::string(info.key) + "=" + std::string(info.defaultValue);
            const LoadedRecipe loaded = parse(kRequired, {set});
            QVERIFY2(loaded.recipe == standard, set.c_str());
            QVERIFY2(loaded.keysSet.count(std::string(info.key)) == 1, set.c_str());
        }
        QCOMPARE(findField("lora.rank")->defaultValue, std::string_view("16"));
        QCOMPARE(findField("logging.wandb")->defaultValue, std::string_view("\"off\""));
        QCOMPARE(findField("training.eval_every")->defaultValue, std::string_view("auto"));
        QCOMPARE(findField("training.max_steps")->defaultValue, std::string_view("null"));
        QCOMPARE(findField("lora.rank_pattern")->defaultValue, std::string_view("{}"));
        QCOMPARE(findField("training.sample_prompts")->defaultValue, std::string_view("[]"));
    }

    void everyKeyIsExplained()
    {
        std::set<std::string_view> helps;
        for (const FieldInfo& info : recipeFields()) {
            QVERIFY2(info.help.size() >= 60 && info.help.ends_with('.'), info.key.data());
            QVERIFY2(helps.insert(info.help).second, info.key.data());
            QVERIFY2((info.kind == FieldKind::choice) == !info.choices.empty(), info.key.data());
        }
    }

    void everyChoiceIsTaken()
    {
        for (const FieldInfo& info : recipeFields())
            for (const std::string_view choice : info.choices) {
                std::vector<std::string> set = {std::string(info.key) + "=" + std::string(choice)};
                if (choice == "text")
                    set.push_back("data.loss_on=all"); // plain text has no completion
                const std::vector<Fault> faults = faultsOf(kRequired, set);
                QVERIFY2(faults.empty(), qPrintable(sentences(faults)));
            }
    }

    void boundsArePublished()
    {
        QCOMPARE(findField("lora.rank")->minimum, std::optional<double>(1));
        QCOMPARE(findField("training.warmup_ratio")->maximum, std::optional<double>(1));
        QCOMPARE(findField("data.max_length")->minimum, std::optional<double>(2));
        QVERIFY(!findField("lora.alpha")->maximum);
    }

    void findFieldKnowsOnlyWholeKeys()
    {
        QVERIFY(findField("lora.rank") != nullptr);
        QCOMPARE(findField("lora.rank")->kind, FieldKind::integer);
        QCOMPARE(findField("quantization.type")->kind, FieldKind::choice);
        QVERIFY(findField("lora") == nullptr);
        QVERIFY(findField("rank") == nullptr);
        QVERIFY(findField("") == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestRecipeFields)
#include "tst_recipe_fields.moc"
