// SPDX-License-Identifier: Apache-2.0
#include "core/config/fields.h"
#include "core/config/recipe_io.h"
#include "tests/core/config/recipe_support.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <random>

using namespace falconer;
using namespace falconer::test;

namespace {

/// Draws recipes whose values are valid and awkward.
class Dice {
public:
    explicit Dice(unsigned seed)
        : m_random(seed)
    {
    }

    std::size_t below(std::size_t end) { return m_random() % end; }
    bool coin() { return below(2) == 1; }
    std::int64_t whole(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(high - low + 1));
    }

    /// Any positive double that is not tiny or huge beyond `most`, all bits of its mantissa in use.
    double number(double most)
    {
        const double unit = std::ldexp(static_cast<double>(m_random() >> 11) + 1, -53);
        switch (below(4)) {
        case 0: return unit * most;
        case 1: return std::min(most, std::pow(10.0, -static_cast<double>(below(300))));
        case 2: return std::min(most, 1.0);
        default: return std::min(most, unit * 1e-7);
        }
    }

    std::string text()
    {
        static const std::vector<std::string> kAwkward = {"off", "on", "null", "~", "true", "False", "yes", "N", "1e3",
            "0x1F", "1_000", "12:30", "2001-01-01", ".5", "-", "- a", "a: b", "a #b", "#a", "'", "\"", "\\", "\\n",
            "a\nb", "\n", " a", "a ", "\t", "\r\n", "{a}", "[a]", "a,b", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a",
            "?", ": ", "<<", "=", "auto", "all-linear", "none", ".nan", "-.inf", "---", "...", "ä€😀", "\xC2\x85x",
            "\xE2\x80\xA8y", "\xEF\xBB\xBFz", "\x01\x1B", "\x7F", "a/b.c-d_e", "C:\\x", "cuda:0",
            std::string(2000, 'k'), std::string(300, ' ') + "x"};
        std::string text = kAwkward[below(kAwkward.size())];
        while (below(3) == 0)
            text += kAwkward[below(kAwkward.size())];
        return text;
    }

    std::string path() { return "/" + std::string("folder ") + std::to_string(below(9)) + "/" + visible(text()) + "x"; }

    template <std::size_t N>
    std::string oneOf(const char* const (&choices)[N])
    {
        return choices[below(N)];
    }

    Recipe recipe()
    {
        Recipe r;
        r.model = coin() ? path() : "org/name";
        r.device = oneOf({"auto", "cpu", "cuda:0", "cuda:15"});
        r.quantization = {oneOf({"none", "int8", "fp4", "nf4"}), coin(), oneOf({"bfloat16", "float32"})};
        r.data.train = {{path(), 1}};
        if (coin())
            r.data.validation = path();
        else
            r.data.validation = coin() ? 0.0 : number(0.999);
        r.data.format = oneOf({"auto", "prompt-completion"});
        for (const char* role : {"prompt", "completion", "text"})
            if (coin())
                r.data.columns[role] = text();
        r.data.templateName = oneOf({"auto", "none"});
        r.data.lossOn = oneOf({"completion", "all"});
        r.data.onBadRow = oneOf({"stop", "skip"});
        r.data.maxLength = whole(2, 1 << 20);
        r.data.shuffle = coin();
        r.lora.rank = whole(1, 65536);
        r.lora.alpha = number(1e300);
        r.lora.dropout = number(0.99);
        if (coin())
            r.lora.targets = std::vector<std::string>{text(), text()};
        else
            r.lora.targets = text();
        if (coin())
            r.lora.layers = std::vector<std::int64_t>{whole(0, 9), whole(0, 9999)};
        else
            r.lora.layers = oneOf({"all", "0-15,20", "7"});
        r.lora.rslora = coin();
        if (coin())
            r.lora.initFrom = path();
        r.training.epochs = number(1000);
        if (coin())
            r.training.maxSteps = whole(1001, 1'000'000'000);
        r.training.microBatch = whole(1, 64);
        r.training.gradientAccumulation = whole(1, 1'000'000);
        r.training.learningRate = number(1e10);
        r.training.scheduler = oneOf({"linear", "cosine", "constant", "inverse_sqrt"});
        for (const char* option : {"num_cycles", "power", "lr_end"})
            if (coin())
                r.training.schedulerOptions[option] = number(100);
        if (coin())
            r.training.warmupSteps = whole(0, 1000);
        r.training.warmupRatio = number(1);
        for (const char* option : {"beta1", "beta2", "eps"})
            if (coin())
                r.training.optimizerOptions[option] = number(0.99);
        r.training.weightDecay = number(100);
        r.training.maxGradNorm = coin() ? 0 : number(100);
        r.training.gradientCheckpointing = oneOf({"auto", "off"});
        if (coin())
            r.training.evalEvery = whole(1, 1000);
        if (coin())
            r.training.saveEvery = whole(1, 1000);
        r.training.keepCheckpoints = whole(1, 100);
        for (std::size_t i = below(4); i > 0; --i)
            r.training.samplePrompts.push_back(text());
        r.training.seed = m_random();
        r.logging.tensorboard = coin();
        if (coin())
            r.output = path();
        return r;
    }

private:
    /// A path's part: no slashes, no dots that a path would swallow.
    static std::string visible(std::string text)
    {
        for (char& c : text)
            if (c == '/' || c == '.')
                c = '_';
        return text;
    }

    std::mt19937_64 m_random;
};

Recipe readBack(const std::string& yaml) { return parseRecipe(yaml, "run.yaml", "/elsewhere").recipe; }

} // namespace

class TestRecipeWriting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theStandardRecipe()
    {
        const Recipe recipe = parse(kRequired).recipe;
        QCOMPARE(QString::fromStdString(writeRecipe(recipe)), QString(R"(model: tiny
device: auto
quantization:
  type: nf4
  double_quant: true
  compute_dtype: bfloat16
data:
  train: /recipes/rows.jsonl
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
lora:
  rank: 16
  alpha: 32
  dropout: 0.05
  targets: all-linear
  layers: all
  bias: none
  init: default
  rslora: false
  dora: false
  modules_to_save: []
  rank_pattern: {}
  alpha_pattern: {}
  init_from: null
training:
  epochs: 3
  max_steps: null
  micro_batch: 1
  gradient_accumulation: 16
  learning_rate: 0.0002
  scheduler: cosine
  scheduler_options: {}
  warmup_steps: null
  warmup_ratio: 0.03
  optimizer: adamw
  optimizer_options: {}
  weight_decay: 0
  max_grad_norm: 1
  gradient_checkpointing: auto
  eval_every: auto
  save_every: auto
  keep_checkpoints: 3
  sample_prompts: []
  seed: 42
sentinel:
  enabled: true
  patience: 3
  min_delta: 0
  action: notify
logging:
  tensorboard: true
  wandb: "off"
  csv: false
output: null
)"));
        QVERIFY(readBack(writeRecipe(recipe)) == recipe);
    }

    void awkwardValues()
    {
        Recipe recipe = parse(kRequired).recipe;
        recipe.model = "off";
        recipe.training.samplePrompts = {"off", "null", "1e3", "two\nlines", "a, b", " "};
        recipe.training.learningRate = 1e-7;
        recipe.lora.alpha = 0.1 + 0.2;
        recipe.lora.targets = std::vector<std::string>{"q_proj", "h.0.dense"};
        recipe.lora.layers = std::string("0-15,20");
        recipe.device = "cuda:0";
        const QString yaml = QString::fromStdString(writeRecipe(recipe));
        for (const char* line :
            {"model: \"off\"\n", "  sample_prompts: [\"off\", \"null\", \"1e3\", \"two\\nlines\", \"a, b\", \" \"]\n",
                "  learning_rate: 1.0e-07\n", "  alpha: 0.30000000000000004\n", "  targets: [q_proj, h.0.dense]\n",
                "  layers: \"0-15,20\"\n", "device: \"cuda:0\"\n"})
            QVERIFY2(yaml.contains(line), qPrintable(yaml));
        QVERIFY(readBack(yaml.toStdString()) == recipe);
    }

    void listsAndMapsAreWrittenInTheirOrder()
    {
        Recipe recipe = parse(kRequired).recipe;
        recipe.data.train = {{"/a", 1}, {"/b c", 0.25}};
        recipe.lora.rankPattern = {{"z.*", 4}, {"a", 8}};
        recipe.lora.alphaPattern = {{"q: proj", 0.1}};
        recipe.lora.modulesToSave = {"lm_head"};
        const QString yaml = QString::fromStdString(writeRecipe(recipe));
        QVERIFY2(yaml.contains("train: [{path: /a, weight: 1}, {path: \"/b c\", weight: 0.25}]\n"), qPrintable(yaml));
        QVERIFY2(yaml.contains("rank_pattern: {\"z.*\": 4, a: 8}\n"), qPrintable(yaml));
        QVERIFY2(yaml.contains("alpha_pattern: {\"q: proj\": 0.1}\n"), qPrintable(yaml));
        QVERIFY2(yaml.contains("modules_to_save: [lm_head]\n"), qPrintable(yaml));
        QVERIFY(readBack(yaml.toStdString()) == recipe);
    }

    void randomRecipesRoundTrip()
    {
        for (unsigned seed = 0; seed < 1000; ++seed) {
            const Recipe recipe = Dice(seed).recipe();
            const std::string yaml = writeRecipe(recipe);
            try {
                QVERIFY2(readBack(yaml) == recipe, yaml.c_str());
                QCOMPARE(writeRecipe(readBack(yaml)), yaml);
            } catch (const Error& error) {
                QFAIL((std::string(error.what()) + "\n" + yaml).c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRecipeWriting)
#include "tst_recipe_writing.moc"
