// SPDX-License-Identifier: Apache-2.0
#include "core/config/recipe_io.h"
#include "tests/core/config/recipe_support.h"

#include <QtTest>

using namespace falconer;
using namespace falconer::test;

class TestRecipeFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Text after the two required lines, and every sentence that it must cause.
    void inTheFile_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* yaml, const char* expected) {
            QTest::newRow(name) << QString(yaml) << QString(expected);
        };
        // unknown keys
        row("near key in a section", "lora:\n  rnak: 8",
            "run.yaml, line 4: lora.rnak is not a known key. The nearest known key is lora.rank.");
        row("near key in brackets", "lora: {alpha: 3,\n  rnak: 8}",
            "run.yaml, line 4: lora.rnak is not a known key. The nearest known key is lora.rank.");
        row("near section", "trainig: {epochs: 1}",
            "run.yaml, line 3: trainig is not a known key. The nearest known key is training.");
        row("key at the top", "rank: 8", "run.yaml, line 3: rank is not a known key. Write it as rank inside lora.");
        row("near key at the top", "lerning_rate: 8",
            "run.yaml, line 3: lerning_rate is not a known key. The nearest known key is training.learning_rate.");
        row("key in the wrong section", "lora: {epochs: 8}",
            "run.yaml, line 3: lora.epochs is not a known key. Write it as epochs inside training.");
        row("dotted key", "lora.rank: 8",
            "run.yaml, line 3: lora.rank is not a known key. Write it as rank inside lora.");
        row("key like nothing", "logging: {zzz: 1}",
            "run.yaml, line 3: logging.zzz is not a known key. The keys here are tensorboard, wandb and csv.");
        row("key like nothing at the top", "zzz: 1",
            "run.yaml, line 3: zzz is not a known key. The keys here are model, device, quantization, data, lora, "
            "training, sentinel, logging and output.");
        row("scheduler option", "training:\n  scheduler_options: {num_cycle: 2}",
            "run.yaml, line 4: training.scheduler_options.num_cycle is not a known key. The nearest known key is "
            "training.scheduler_options.num_cycles.");
        row("optimizer option", "training:\n  optimizer_options:\n    betta1: 2",
            "run.yaml, line 5: training.optimizer_options.betta1 is not a known key. The nearest known key is "
            "training.optimizer_options.beta1.");
        // types
        row("text for a whole number", "lora: {rank: abc}",
            "run.yaml, line 3: lora.rank must be a whole number, not the text \"abc\".");
        row("quoted number", "lora: {rank: \"8\"}",
            "run.yaml, line 3: lora.rank must be a whole number, not the text \"8\".");
        row("fraction for a whole number", "lora: {rank: 3.0}",
            "run.yaml, line 3: lora.rank must be a whole number, not the number 3.0.");
        row("exponent for a whole number", "lora: {rank: 1e1}",
            "run.yaml, line 3: lora.rank must be a whole number, not the number 1e1.");
        row("underscore in a number", "data2: 1\ntraining: {max_steps: 1_000}",
            "run.yaml, line 3: data2 is not a known key. The nearest known key is data.\nrun.yaml, line 4: "
            "training.max_steps must be a whole number, not the text \"1_000\".");
        row("too many digits", "training: {max_steps: 99999999999999999999}",
            "run.yaml, line 3: training.max_steps must be a whole number of at most 64 bits, not the number "
            "99999999999999999999.");
        row("list for a number", "lora:\n  alpha: [1]", "run.yaml, line 4: lora.alpha must be a number, not a list.");
        row("map for a text", "output: {a: 1}", "run.yaml, line 3: output must be text, not a map of keys.");
        row("number for a text", "output: 5",
            "run.yaml, line 3: output must be text, not the number 5. Put it into quotes if it is meant as text.");
        row("boolean for a path", "lora: {init_from: true}",
            "run.yaml, line 3: lora.init_from must be text, not true. Put it into quotes if it is meant as text.");
        row("null for a number", "lora: {rank: null}",
            "run.yaml, line 3: lora.rank must be a whole number, not empty.");
        row("nothing for a boolean",
            "lora:\n  rslora:", "run.yaml, line 4: lora.rslora must be true or false, not empty.");
        row("number for a boolean", "lora: {rslora: 1}",
            "run.yaml, line 3: lora.rslora must be true or false, not the number 1.");
        row("infinity", "lora: {alpha: .inf}",
            "run.yaml, line 3: lora.alpha must be a finite number, not the number .inf.");
        row("no number", "lora: {alpha: .nan}",
            "run.yaml, line 3: lora.alpha must be a finite number, not the number .nan.");
        row("beyond double", "lora: {alpha: 1e999}",
            "run.yaml, line 3: lora.alpha must be a finite number, not the number 1e999.");
        row("negative seed", "training: {seed: -1}",
            "run.yaml, line 3: training.seed must be a whole number of at least 0, not the number -1.");
        row("seed beyond 64 bits", "training: {seed: 18446744073709551616}",
            "run.yaml, line 3: training.seed must be a whole number from 0 to 18446744073709551615, not the number "
            "18446744073709551616.");
        row("word for eval_every", "training: {eval_every: often}",
            "run.yaml, line 3: training.eval_every must be a whole number or auto, not the text \"often\".");
        row("auto for max_steps", "training: {max_steps: auto}",
            "run.yaml, line 3: training.max_steps must be a whole number, not the text \"auto\".");
        row("scalar for a section", "lora: 5",
            "run.yaml, line 3: lora must be a section with the keys rank, alpha, dropout, targets, layers, bias, init, "
            "rslora, dora, modules_to_save, rank_pattern, alpha_pattern and init_from, not the number 5.");
        row("scalar for prompts", "training: {sample_prompts: Hello}",
            "run.yaml, line 3: training.sample_prompts must be a list of texts, not the text \"Hello\".");
        row("number in prompts", "training:\n  sample_prompts:\n    - Hello\n    - 42",
            "run.yaml, line 6: training.sample_prompts[1] must be text, not the number 42. Put it into quotes if it is "
            "meant as text.");
        row("text among options", "training: {scheduler_options: {power: big}}",
            "run.yaml, line 3: training.scheduler_options.power must be a number, not the text \"big\".");
        row("list of options", "training: {scheduler_options: [1]}",
            "run.yaml, line 3: training.scheduler_options must be a map of options to numbers, not a list.");
        row("text among layers", "lora: {layers: [0, x]}",
            "run.yaml, line 3: lora.layers[1] must be a whole number, not the text \"x\".");
        row("map of targets", "lora: {targets: {a: b}}",
            "run.yaml, line 3: lora.targets must be all-linear, a list of names, or a regular expression, not a map of "
            "keys.");
        // choices
        row("near choice", "quantization: {type: nf5}",
            "run.yaml, line 3: quantization.type must be one of none, int8, fp4, nf4, not nf5. The nearest is nf4.");
        row("far choice", "quantization: {type: gptq}",
            "run.yaml, line 3: quantization.type must be one of none, int8, fp4, nf4, not gptq.");
        row("wandb on", "logging: {wandb: on}",
            "run.yaml, line 3: logging.wandb must be one of off, offline, online, not on.");
        row("wandb false", "logging: {wandb: false}",
            "run.yaml, line 3: logging.wandb must be one of off, offline, online, not false.");
        row("empty choice", "training: {scheduler: ''}",
            "run.yaml, line 3: training.scheduler must be one of linear, cosine, cosine_with_restarts, polynomial, "
            "constant, constant_with_warmup, inverse_sqrt, warmup_stable_decay, not empty.");
        row("device", "device: gpu",
            "run.yaml, line 3: device must be auto, cpu or cuda:0 (a GPU by its number), not gpu. Write cuda:0.");
        row("device number", "device: cuda:x",
            "run.yaml, line 3: device must be auto, cpu or cuda:0 (a GPU by its number), not cuda:x.");
        // ranges
        row("rank 0", "lora: {rank: 0}", "run.yaml, line 3: lora.rank must be from 1 to 65536, not 0.");
        row("alpha 0", "lora: {alpha: 0}", "run.yaml, line 3: lora.alpha must be more than 0, not 0.");
        row("dropout 1", "lora: {dropout: 1}", "run.yaml, line 3: lora.dropout must be at least 0 and below 1, not 1.");
        row("negative dropout", "lora: {dropout: -0.1}",
            "run.yaml, line 3: lora.dropout must be at least 0 and below 1, not -0.1.");
        row("micro-batch 0", "training: {micro_batch: 0}",
            "run.yaml, line 3: training.micro_batch must be from 1 to 65536, not 0.");
        row("accumulation", "training: {gradient_accumulation: -2}",
            "run.yaml, line 3: training.gradient_accumulation must be from 1 to 1000000, not -2.");
        row("warm-up", "training: {warmup_ratio: 3}",
            "run.yaml, line 3: training.warmup_ratio must be from 0 to 1, not 3.");
        row("rate", "training: {learning_rate: 0}",
            "run.yaml, line 3: training.learning_rate must be more than 0, not 0.");
        row("no epochs", "training: {epochs: 0}",
            "run.yaml, line 3: training.epochs must be more than 0 when max_steps is not set. Set one of the two.");
        row("negative epochs", "training: {epochs: -1, max_steps: 5}",
            "run.yaml, line 3: training.epochs must be from 0 to 1000000, not -1.");
        row("no steps", "training: {max_steps: 0}",
            "run.yaml, line 3: training.max_steps must be from 1 to 1000000000, not 0.");
        row("eval_every", "training: {eval_every: 0}",
            "run.yaml, line 3: training.eval_every must be from 1 to 1000000000, not 0.");
        row("beta", "training: {optimizer_options: {beta1: 0.9,\n beta2: 1.0}}",
            "run.yaml, line 4: training.optimizer_options.beta2 must be at least 0 and below 1, not 1.");
        row("eps", "training: {optimizer_options: {eps: 0}}",
            "run.yaml, line 3: training.optimizer_options.eps must be more than 0 and at most 1, not 0.");
        row("decay steps", "training: {scheduler_options: {decay_steps: 2.5}}",
            "run.yaml, line 3: training.scheduler_options.decay_steps must be a whole number, not 2.5.");
        row("length", "data.max_length: 1\n",
            "run.yaml, line 3: data.max_length is not a known key. Write it as max_length inside data.");
        row("layers backwards", "lora: {layers: \"5-3\"}",
            "run.yaml, line 3: lora.layers has the range 5-3, which runs backwards. Write 3-5.");
        row("layers broken", "lora: {layers: \"0-15,,20\"}",
            "run.yaml, line 3: lora.layers has the part \"\", which is no layer number or range. Write all, a list "
            "such as [0, 1], or ranges such as \"0-15,20\".");
        row("layers negative", "lora: {layers: [-1]}",
            "run.yaml, line 3: lora.layers names layer -1, which no model has. Write all, a list such as [0, 1], or "
            "ranges such as \"0-15,20\".");
        row("layers none", "lora: {layers: []}",
            "run.yaml, line 3: lora.layers names no layer. Write all, a list such as [0, 1], or ranges such as "
            "\"0-15,20\".");
        row("layers beyond", "lora: {layers: 10000}",
            "run.yaml, line 3: lora.layers has the part \"10000\", which is no layer number or range. Write all, a "
            "list such as [0, 1], or ranges such as \"0-15,20\".");
        row("targets none", "lora: {targets: []}",
            "run.yaml, line 3: lora.targets names no layer to adapt. Use all-linear, or a list such as [q_proj, "
            "v_proj].");
        row("target empty", "lora: {targets: [a, '']}",
            "run.yaml, line 3: lora.targets[1] must not be empty. Fill it in, or remove it from the list.");
        // together
        row("polynomial end", "training:\n  scheduler: polynomial\n  scheduler_options:\n    lr_end: 1e-3",
            "run.yaml, line 6: training.scheduler_options.lr_end is 0.001, and the polynomial schedule must end below "
            "learning_rate, 0.0002. Lower lr_end, or raise learning_rate.");
        row("polynomial's own end", "training: {scheduler: polynomial, learning_rate: 1e-8}",
            "run.yaml, line 3: training.learning_rate is 1.0e-08, and the polynomial schedule ends at 1.0e-07 when "
            "lr_end does not say otherwise. Raise learning_rate, or set scheduler_options.lr_end.");
        row("warm-up longer than the run", "training: {max_steps: 412, warmup_steps: 500}",
            "run.yaml, line 3: training.warmup_steps is 500, longer than the run, which is 412 steps. Use 13 (3 %).");
        row("polynomial without steps", "training: {max_steps: 4, warmup_steps: 4, scheduler: polynomial}",
            "run.yaml, line 3: training.warmup_steps leaves the polynomial schedule no step after its warm-up. Use "
            "fewer steps.");
        row("decay longer than the run",
            "training: {max_steps: 10, warmup_steps: 4, scheduler: warmup_stable_decay, scheduler_options: "
            "{decay_steps: 7}}",
            "run.yaml, line 3: training.scheduler_options.decay_steps is 7, and with 4 warm-up steps longer than the "
            "run, which is 10 steps. Use fewer steps.");
        // twice
        row("duplicate key", "lora: {rank: 8}\noutput: a\nlora: {alpha: 8}",
            "run.yaml, line 5: the key lora is given twice; the first is on line 3. Remove one of the two.");
        row("duplicate inside", "lora:\n  rank: 8\n  alpha: 1\n  rank: 9",
            "run.yaml, line 6: the key rank is given twice; the first is on line 4. Remove one of the two.");
        // all of them, in the order of the file
        row("many at once", "lora: {rnak: 1, rank: 0, alpha: x}\ntraining:\n  epochs: -1\n  seed: no",
            "run.yaml, line 3: lora.rnak is not a known key. The nearest known key is lora.rank.\nrun.yaml, line 3: "
            "lora.alpha must be a number, not the text \"x\".\nrun.yaml, line 6: training.seed must be a whole number "
            "of at least 0, not the text \"no\".\nrun.yaml, line 3: lora.rank must be from 1 to 65536, not "
            "0.\nrun.yaml, line 5: training.epochs must be from 0 to 1000000, not -1.");
    }
    void inTheFile()
    {
        QFETCH(QString, yaml);
        QFETCH(QString, expected);
        const std::vector<Fault> faults = faultsOf(kRequired + yaml.toStdString() + "\n");
        QCOMPARE(sentences(faults), expected);
        for (const Fault& fault : faults)
            QCOMPARE(fault.code, ErrorCode::recipeInvalid);
        QCOMPARE(Error(faults).exitCode(), 2);
    }

    /// The whole text.
    void whole_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* yaml, const char* expected) {
            QTest::newRow(name) << QString(yaml) << QString(expected);
        };
        const char* const nothing
            = "run.yaml: model is missing. Name the model's folder, its .gguf file or its Hub id.\n"
              "run.yaml: data.train is missing. Name the file with the training rows.";
        row("empty", "", nothing);
        row("only a comment", "# later\n", nothing);
        row("null", "null", nothing);
        row("no model", "data: {train: a}",
            "run.yaml: model is missing. Name the model's folder, its .gguf file or its Hub id.");
        row("no data", "model: a", "run.yaml: data.train is missing. Name the file with the training rows.");
        row("empty model", "model: ''\ndata: {train: a}",
            "run.yaml, line 1: model is missing. Name the model's folder, its .gguf file or its Hub id.");
        row("null model", "\nmodel:\ndata: {train: a}", "run.yaml, line 2: model must be text, not empty.");
        row("null train", "model: a\ndata:\n  train:",
            "run.yaml, line 3: data.train must be a file, or a list of {path, weight}, not empty.");
        row("no files", "model: a\ndata:\n  train: []",
            "run.yaml, line 3: data.train is missing. Name the file with the training rows.");
        row("map for train", "model: a\ndata: {train: {path: a}}",
            "run.yaml, line 2: data.train must be a file, or a list of {path, weight}, not a map of keys.");
        row("empty path", "model: a\ndata: {train: ''}",
            "run.yaml, line 2: data.train must not be empty. Name a path.");
        row("train item", "model: a\ndata:\n  train:\n    - {paht: a}",
            "run.yaml, line 4: data.train[0].paht is not a known key. The nearest known key is "
            "data.train[0].path.\nrun.yaml, line 4: data.train[0] has no path. Write {path: …, weight: …}.");
        row("train weight", "model: a\ndata:\n  train:\n    - path: a\n      weight: 0",
            "run.yaml, line 5: data.train[0].weight must be more than 0, not 0.");
        row("validation 1", "model: a\ndata: {train: a, validation: 1}",
            "run.yaml, line 2: data.validation must be at least 0 and below 1, not 1. It is a share of the training "
            "rows, such as 0.05.");
        row("validation bool", "model: a\ndata: {train: a, validation: false}",
            "run.yaml, line 2: data.validation must be a share from 0 to below 1, or a file, not false.");
        row("column role", "model: a\ndata: {train: a, columns: {promt: q}}",
            "run.yaml, line 2: data.columns.promt is not a known key. The nearest known key is data.columns.prompt.");
        row("column list", "model: a\ndata: {train: a, columns: [q]}",
            "run.yaml, line 2: data.columns must be a map such as {prompt: question, completion: answer}, not a list.");
        row("max_length", "model: a\ndata: {train: a, max_length: 1}",
            "run.yaml, line 2: data.max_length must be from 2 to 1048576, not 1.");
        row("a list", "- model: a",
            "run.yaml, line 1: a recipe must be a map of keys, not a list. Write lines such as \"model: …\", a key and "
            "its value.");
        row("a text", "\nhello",
            "run.yaml, line 2: a recipe must be a map of keys, not the text \"hello\". Write lines such as \"model: "
            "…\", a key and its value.");
    }
    void whole()
    {
        QFETCH(QString, yaml);
        QFETCH(QString, expected);
        QCOMPARE(sentences(faultsOf(yaml.toStdString())), expected);
    }

    void overrides_data()
    {
        QTest::addColumn<QString>("set");
        QTest::addColumn<QString>("expected");
        const auto row
            = [](const char* set, const char* expected) { QTest::newRow(set) << QString(set) << QString(expected); };
        row("lora.rank=0", "--set lora.rank: must be from 1 to 65536, not 0.");
        row("lora.rank=abc", "--set lora.rank: must be a whole number, not the text \"abc\".");
        row("lora.rank=", "--set lora.rank: must be a whole number, not empty.");
        row("lora.rank", "--set lora.rank: has no =. Write --set key=value, such as --set lora.rank=8.");
        row("=8", "--set =8: has no key. Write --set key=value, such as --set lora.rank=8.");
        row("lora.rnak=8", "--set lora.rnak: is not a known key. The nearest known key is lora.rank.");
        row("rank=8", "--set rank: is not a known key. Write it as rank inside lora.");
        row("lora={rnak: 8}", "--set lora: lora.rnak is not a known key. The nearest known key is lora.rank.");
        row("lora.rank.more=8", "--set lora.rank.more: lora.rank must be a whole number, not a map of keys.");
        row("training.optimizer_options.beta1=2",
            "--set training.optimizer_options.beta1: must be at least 0 and below 1, not 2.");
        row("lora.targets=[a",
            "--set lora.targets: a list or a map stands where a key should. Close the brackets; a key is a plain word "
            "before a colon.");
        row("lora.dora=1", "--set lora.dora: must be true or false, not the number 1.");
    }
    void overrides()
    {
        QFETCH(QString, set);
        QFETCH(QString, expected);
        QCOMPARE(sentences(faultsOf(kRequired, {set.toStdString()})), expected);
    }

    void overridesAndFileTogether()
    {
        QCOMPARE(sentences(faultsOf(kRequired + "lora: {rank: 0}\n", {"lora.alpha=0", "what", "training.epochs=x"})),
            QString("--set what: has no =. Write --set key=value, such as --set lora.rank=8.\n"
                    "--set training.epochs: must be a number, not the text \"x\".\nrun.yaml, line 3: lora.rank must be "
                    "from 1 to 65536, not 0.\n--set lora.alpha: must be more than 0, not 0."));
    }

    void contradictionsAreListedTogether()
    {
        QCOMPARE(sentences(faultsOf(kRequired,
                     {"data.format=text", "data.loss_on=assistant", "data.group_by_length=true", "data.shuffle=false",
                         "lora.init=loftq", "quantization.type=none", "sentinel.action=stop", "data.validation=0"})),
            QString("--set data.loss_on: is assistant, but rows of the format text have no turns of an assistant. Use "
                    "completion or all.\n--set data.group_by_length: is true, but data.shuffle is false, which keeps "
                    "the order of the file. Set one of the two.\n--set lora.init: is loftq, which makes up for "
                    "quantization, but quantization.type is none. Use default or pissa, or a quantized model.\n"
                    "--set sentinel.action: is stop, but data.validation is 0, so the sentinel sees nothing. Hold back "
                    "validation rows, or use notify."));
        QCOMPARE(sentences(faultsOf(kRequired,
                     {"data.format=messages", "data.template=none", "lora.init=pissa", "lora.init_from=adapter"})),
            QString("--set data.template: is none, but rows of the format messages become text by a chat template. Use "
                    "auto, or name a template.\n--set lora.init: is pissa, but the adapter starts as the one in "
                    "lora.init_from. Leave one of the two away."));
    }

    void available_data()
    {
        QTest::addColumn<QString>("set");
        for (const char* set : {"data.loss_on=all", "data.on_bad_row=skip", "data.template=none", "lora.rslora=true",
                 "quantization.type=none", "quantization.type=int8", "quantization.type=fp4",
                 "quantization.compute_dtype=float32", "training.gradient_checkpointing=off",
                 "logging.tensorboard=false", "sentinel.enabled=false", "lora.init_from=adapter", "device=cuda:12",
                 "device=cpu", "data.validation=0", "training.max_grad_norm=0",
                 "training.scheduler=warmup_stable_decay", "quantization.compute_dtype=float16", "data.format=messages",
                 "data.template=chatml", "data.loss_on=assistant", "data.packing=true", "data.group_by_length=true",
                 "data.train=[{path: a.jsonl, weight: 2}, b.jsonl]", "lora.bias=lora_only", "lora.init=pissa",
                 "lora.dora=true", "lora.modules_to_save=[lm_head]", "lora.rank_pattern={q_proj: 4}",
                 "training.optimizer=lion", "training.gradient_checkpointing=full", "sentinel.action=stop",
                 "logging.wandb=online", "logging.csv=true", "training.scheduler={a: b}"})
            QTest::newRow(set) << QString(set);
    }
    void available()
    {
        QFETCH(QString, set);
        const bool isBroken = set.contains("{a: b}"); // proves that the others can fail
        QCOMPARE(faultsOf(kRequired, {set.toStdString()}).empty(), !isBroken);
    }

    void syntax_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("start");
        const auto row = [](const char* name, const char* yaml, const char* start) {
            QTest::newRow(name) << QString(yaml) << QString(start);
        };
        row("open bracket", "model: a\nlora: {rank: 8\n", "run.yaml, line 3: is not valid YAML: ");
        row("open quote", "model: \"a\nlora: 8\n", "run.yaml, line 3: is not valid YAML: ");
        row("open quote in the last line", "model: a\noutput: 'abc\n", "run.yaml, line 3: is not valid YAML: ");
        row("tab", "model: a\nlora:\n\trank: 8\n", "run.yaml, line 3: is not valid YAML: ");
        row("indentation", "model: a\n  data: b\n", "run.yaml, line 2: is not valid YAML: ");
        row("two documents", "model: a\n---\nmodel: b\n", "run.yaml, line 2: a second document begins. ");
        row("alias", "model: &m a\noutput: *m\n", "run.yaml, line 2: aliases (*name) are not supported in a recipe. ");
        row("unknown alias", "model: *m\n", "run.yaml, line 1: ");
        row("tag", "model: !!python/object a\n", "run.yaml, line 1: tags (");
        row("tagged map", "model: a\nlora: !x {rank: 8}\n", "run.yaml, line 2: tags (");
        row("map as a key", "model: a\n? {a: b}\n: c\n",
            "run.yaml, line 2: a list or a map stands where a key should. ");
    }
    void syntax()
    {
        QFETCH(QString, yaml);
        QFETCH(QString, start);
        const std::vector<Fault> faults = faultsOf(yaml.toStdString());
        QCOMPARE(faults.size(), std::size_t{1});
        QVERIFY2(sentences(faults).startsWith(start), qPrintable(sentences(faults)));
        QVERIFY(!faults[0].fix.empty());
    }

    /// What the window shows beside a field: the key itself, without a place.
    void validateNamesKeys()
    {
        Recipe recipe;
        QCOMPARE(sentences(validate(recipe)),
            QString("model: is missing. Name the model's folder, its .gguf file or its Hub id.\n"
                    "data.train: is missing. Name the file with the training rows."));
        recipe.model = "m";
        recipe.data.train = {{"a.jsonl", 1}};
        QCOMPARE(sentences(validate(recipe)), QString());
        recipe.lora.rank = 0;
        recipe.lora.alpha = std::numeric_limits<double>::quiet_NaN();
        recipe.training.schedulerOptions["power"] = -1;
        recipe.training.schedulerOptions["what"] = 1;
        recipe.training.samplePrompts = {std::string("a\0b", 3)};
        recipe.output = "\xFF";
        QCOMPARE(sentences(validate(recipe)),
            QString("lora.rank: must be from 1 to 65536, not 0.\n"
                    "lora.alpha: must be more than 0, not .nan.\ntraining.scheduler_options.power: must be more than 0 "
                    "and at most 1000, not -1.\ntraining.scheduler_options.what: is not a known option. The options "
                    "here are num_cycles, power, lr_end, decay_steps and min_lr_ratio.\ntraining.sample_prompts[0]: "
                    "holds a NUL character. Remove it.\noutput: is not UTF-8 text. Rename the file, or write the text "
                    "as UTF-8."));
    }
};

QTEST_GUILESS_MAIN(TestRecipeFaults)
#include "tst_recipe_faults.moc"
