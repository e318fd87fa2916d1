// SPDX-License-Identifier: Apache-2.0
#include "core/config/fields.h"

#include "core/config/field_table.h"

#include <algorithm>
#include <deque>

namespace falconer {

namespace {

constexpr std::string_view kQuantizations[] = {"none", "int8", "fp4", "nf4"};
constexpr std::string_view kComputeTypes[] = {"bfloat16", "float32", "float16"};
constexpr std::string_view kFormats[] = {"auto", "prompt-completion", "alpaca", "sharegpt", "messages", "text"};
constexpr std::string_view kLossOn[] = {"completion", "assistant", "all"};
constexpr std::string_view kBadRow[] = {"stop", "skip"};
constexpr std::string_view kBias[] = {"none", "all", "lora_only"};
constexpr std::string_view kInit[] = {"default", "gaussian", "pissa", "olora", "loftq"};
constexpr std::string_view kSchedulers[] = {"linear", "cosine", "cosine_with_restarts", "polynomial", "constant",
    "constant_with_warmup", "inverse_sqrt", "warmup_stable_decay"};
constexpr std::string_view kOptimizers[] = {"adamw", "adamw_8bit", "paged_adamw_8bit", "lion", "sgd"};
constexpr std::string_view kCheckpointing[] = {"auto", "off", "selective", "full"};
constexpr std::string_view kActions[] = {"notify", "pause", "stop"};
constexpr std::string_view kWandb[] = {"off", "offline", "online"};

// Steps and counts stay far below where a product of two of them would overflow.
constexpr double kMostSteps = 1e9;

/// One row a key, in the order of the file. The default is the member's own initializer in recipe.h.
std::vector<Field> makeTable()
{
    using enum FieldKind;
    std::vector<Field> table = {
        modelField("model",
            "The model to fine-tune: its folder (config.json, tokenizer and safetensors), a .gguf file, or the Hub id "
            "of one that is already on this machine. It is only read. A larger model answers better and needs more "
            "memory and time."),
        deviceField("device",
            "Where to train: auto takes a GPU when one answers and else the CPU, cpu stays on the CPU, cuda:0 is the "
            "first GPU and fails when there is none."),

        choiceField(
            "quantization.type", kQuantizations, [](auto& r) -> auto& { return r.quantization.type; },
            "How the frozen weights are held in memory: nf4 and fp4 take about 4.5 bits a weight (QLoRA), int8 takes "
            "8, none keeps them in compute_dtype. nf4 is the usual choice. The more bits, the closer to the original "
            "model and the more memory; the adapter itself is never quantized."),
        booleanField(
            "quantization.double_quant", [](auto& r) -> auto& { return r.quantization.doubleQuant; },
            "Whether the scales of nf4 and fp4 are quantized as well. It saves about 0.4 bits a weight (0.3 GB for 7B) "
            "at a barely measurable loss of accuracy. Without effect for int8 and none."),
        choiceField(
            "quantization.compute_dtype", kComputeTypes, [](auto& r) -> auto& { return r.quantization.computeDtype; },
            "The type that arithmetic runs in, and that unquantized weights are held in. bfloat16 is fast where "
            "the processor has it; float32 is exact, takes twice the memory, and is often faster on an older CPU."),

        trainField("data.train",
            "The file with the training rows, or a list of {path, weight} to mix several. A few hundred good rows are "
            "enough to change a tone, some thousands to teach a task."),
        validationField("data.validation",
            "The rows that the model is measured on and never learns from: a share of train (0.05 is typical), a file, "
            "or 0 for none. Without them nobody notices overfitting; too large a share leaves too little to learn "
            "from."),
        choiceField(
            "data.format", kFormats, [](auto& r) -> auto& { return r.data.format; },
            "The shape of the rows; auto looks at the first ones. prompt-completion has two texts a row, alpaca "
            "has instruction, input and output, sharegpt and messages hold conversations, text is plain text."),
        columnsField("data.columns",
            "Names of the columns where they differ from the usual ones, such as {prompt: question, completion: "
            "answer}. Roles: prompt, completion, text, messages, conversations, instruction, input, output, system, "
            "history."),
        templateField("data.template",
            "The chat template that turns messages into text: auto takes the model's own, none uses the rows as they "
            "stand, and a name or a file takes another. A template that the model was not made with costs quality."),
        choiceField(
            "data.loss_on", kLossOn, [](auto& r) -> auto& { return r.data.lossOn; },
            "Which tokens the model learns to predict: completion (the answer only, the usual choice), assistant "
            "(every answer of a conversation), or all (the prompt too, which spends capacity on imitating "
            "questions)."),
        choiceField(
            "data.on_bad_row", kBadRow, [](auto& r) -> auto& { return r.data.onBadRow; },
            "What happens at a row that cannot be read: stop names it and ends, skip leaves it out, counts it and says "
            "so."),
        numberField(
            "data.max_length", integer, [](auto& r) -> auto& { return r.data.maxLength; }, between(2, 1 << 20),
            "The most tokens of a row; the rest is cut off. 256 to 2048 are typical: just above the longest rows is "
            "best. Memory grows with it, and a row whose answer is cut away entirely is dropped."),
        booleanField(
            "data.packing", [](auto& r) -> auto& { return r.data.packing; },
            "Whether several short rows share one sequence. It saves the padding, so short rows train faster, but "
            "a step then sees more rows than micro_batch says."),
        booleanField(
            "data.group_by_length", [](auto& r) -> auto& { return r.data.groupByLength; },
            "Whether rows of similar length are put into the same batch. It saves padding; the order of the rows "
            "is then less random, and the loss curve looks rougher."),
        booleanField(
            "data.shuffle", [](auto& r) -> auto& { return r.data.shuffle; },
            "Whether the rows are put into a new random order each epoch, repeatably by the seed. Switch it off only "
            "when the order of the file matters."),

        numberField(
            "lora.rank", integer, [](auto& r) -> auto& { return r.lora.rank; }, between(1, 65536),
            "The size of the adapter: how many directions each adapted layer may change in. 8 to 64 are typical. "
            "Higher learns more detail, takes more memory, and overfits a small data set sooner."),
        numberField(
            "lora.alpha", number, [](auto& r) -> auto& { return r.lora.alpha; }, positive(),
            "How strongly the adapter acts: its output is scaled by alpha / rank. One to two times the rank is "
            "typical. Too high acts like too high a learning rate: the loss jumps or becomes NaN."),
        numberField(
            "lora.dropout", number, [](auto& r) -> auto& { return r.lora.dropout; }, fromZeroToBelowOne(),
            "The share of the adapter's inputs that is dropped at random while training, against overfitting. 0 to 0.1 "
            "are typical. Too high learns slowly, and less."),
        targetsField("lora.targets",
            "Which layers get an adapter: all-linear (every linear layer but the output head), a list of name endings "
            "such as [q_proj, v_proj], or a regular expression that matches the whole name. More layers learn more and "
            "take more memory."),
        layersField("lora.layers",
            "Which decoder layers get one: all, a list such as [0, 1], or ranges such as \"0-15,20\". Fewer layers "
            "save memory and time and learn less; when the first layers are left out, the backward pass ends sooner."),
        choiceField(
            "lora.bias", kBias, [](auto& r) -> auto& { return r.lora.bias; },
            "Whether biases are trained too: none, all, or lora_only (those of the adapted layers). With trained "
            "biases the model differs from its base even when the adapter is switched off."),
        choiceField(
            "lora.init", kInit, [](auto& r) -> auto& { return r.lora.init; },
            "How the adapter starts: default (Kaiming uniform A, zero B: the model starts unchanged), gaussian, "
            "pissa, olora (from the weights' own main directions; faster at first), loftq (makes up for "
            "quantization)."),
        booleanField(
            "lora.rslora", [](auto& r) -> auto& { return r.lora.rslora; },
            "Whether the scale is alpha / sqrt(rank) instead of alpha / rank, which keeps high ranks (64 and up) "
            "learning. With a small rank it makes the adapter act stronger: lower alpha."),
        booleanField(
            "lora.dora", [](auto& r) -> auto& { return r.lora.dora; },
            "Whether the length of each weight column is trained apart from its direction (DoRA). It helps at "
            "small ranks, and a step takes clearly longer."),
        modulesToSaveField("lora.modules_to_save",
            "Names of modules that are trained and saved whole beside the adapter, such as [lm_head]. They take the "
            "memory of full fine-tuning: each weight with its gradient and optimizer state."),
        rankPatternField("lora.rank_pattern",
            "Ranks of single layers by name, such as {q_proj: 32}; the first match wins. What is high here costs as "
            "lora.rank does."),
        alphaPatternField("lora.alpha_pattern",
            "Alphas of single layers by name, such as {q_proj: 64}; the first match wins. Too high makes that layer "
            "unstable."),
        optionalPathField(
            "lora.init_from", [](auto& r) -> auto& { return r.lora.initFrom; },
            "A PEFT adapter folder to go on from, or null to start a new one. Rank, alpha, targets, rslora, dora and "
            "the patterns then come from that adapter; a key that says otherwise is refused."),

        numberField(
            "training.epochs", number, [](auto& r) -> auto& { return r.training.epochs; }, between(0, 1e6),
            "How often the data are gone through; 1 to 3 are typical, and 0.5 is half of them. Too many make the model "
            "repeat the training rows: watch the validation loss. Without effect when max_steps is set."),
        optionalField(
            "training.max_steps", "null", [](auto& r) -> auto& { return r.training.maxSteps; }, between(1, kMostSteps),
            "The number of optimizer steps, or null to go by epochs; it wins over epochs. Handy for a short trial."),
        numberField(
            "training.micro_batch", integer, [](auto& r) -> auto& { return r.training.microBatch; }, between(1, 65536),
            "Rows that are computed at once. 1 to 8 are typical. Higher is faster and takes more memory; when memory "
            "runs out, halve it and double gradient_accumulation: the result stays the same."),
        numberField(
            "training.gradient_accumulation", integer, [](auto& r) -> auto& { return r.training.gradientAccumulation; },
            between(1, 1e6),
            "How many micro-batches make one optimizer step. micro_batch times this is the batch size; 8 to 64 are "
            "typical. Higher is calmer and takes fewer steps; too high learns little in the same time."),
        numberField(
            "training.learning_rate", number, [](auto& r) -> auto& { return r.training.learningRate; }, positive(),
            "How far a step goes, at its peak after warm-up. 1e-4 to 3e-4 are typical for LoRA, up to 1e-3 for small "
            "models. Too high: the loss jumps, rises or becomes NaN. Too low: it hardly falls."),
        choiceField(
            "training.scheduler", kSchedulers, [](auto& r) -> auto& { return r.training.scheduler; },
            "How the learning rate changes over the run after its warm-up. cosine falls smoothly to 0 and suits most "
            "runs; linear falls evenly; constant stays (and has no warm-up); warmup_stable_decay stays, then falls at "
            "the end."),
        schedulerOptionsField("training.scheduler_options",
            "Details of the scheduler: num_cycles (cosine, cosine_with_restarts), power and lr_end (polynomial), "
            "decay_steps (warmup_stable_decay; 10 % of the run by default), min_lr_ratio (where it ends, as a share of "
            "the peak)."),
        optionalField(
            "training.warmup_steps", "null", [](auto& r) -> auto& { return r.training.warmupSteps; },
            between(0, kMostSteps),
            "Steps in which the learning rate rises from 0 to its peak, or null to go by warmup_ratio. Warm-up keeps "
            "the first steps from spoiling the model; longer than needed only wastes steps."),
        numberField(
            "training.warmup_ratio", number, [](auto& r) -> auto& { return r.training.warmupRatio; }, between(0, 1),
            "The same as a share of the run; 0.03 to 0.1 are typical. Too high: most of the run trains at too low a "
            "rate. Without effect when warmup_steps is set."),
        choiceField(
            "training.optimizer", kOptimizers, [](auto& r) -> auto& { return r.training.optimizer; },
            "The rule that turns gradients into steps. adamw suits nearly everything; the 8-bit ones save memory "
            "of the optimizer's state, lion wants a learning rate a few times lower, sgd one far higher."),
        optimizerOptionsField("training.optimizer_options",
            "Details of the optimizer: beta1 (0.9) and beta2 (0.999), how long it remembers; eps (1e-8); momentum "
            "(sgd). Betas too close to 1 react late."),
        numberField(
            "training.weight_decay", number, [](auto& r) -> auto& { return r.training.weightDecay; }, between(0, 1e3),
            "How strongly the adapter's weights are pulled towards 0 in each step, against overfitting. 0 to 0.1 are "
            "typical. Too high: the adapter cannot learn."),
        numberField(
            "training.max_grad_norm", number, [](auto& r) -> auto& { return r.training.maxGradNorm; }, atLeast(0),
            "The longest gradient (its norm over all adapter weights) that is taken as it is; a longer one is "
            "shortened to this. 0.3 to 1 are typical, 0 switches it off. Too high no longer guards against a bad "
            "batch."),
        choiceField(
            "training.gradient_checkpointing", kCheckpointing,
            [](auto& r) -> auto& { return r.training.gradientCheckpointing; },
            "Whether activations are recomputed in the backward pass instead of kept: off keeps all, selective and "
            "full save more and more memory and cost up to a third more time, auto decides by the memory there "
            "is."),
        optionalField(
            "training.eval_every", "auto", [](auto& r) -> auto& { return r.training.evalEvery; },
            between(1, kMostSteps),
            "Steps between two measurements of the validation loss. auto: 20 over the run, at least one an epoch, and "
            "one at the end. Too seldom notices overfitting late; too often costs time."),
        optionalField(
            "training.save_every", "auto", [](auto& r) -> auto& { return r.training.saveEvery; },
            between(1, kMostSteps),
            "Steps between two checkpoints. auto: at each evaluation. Too seldom loses more work when the run is cut "
            "off."),
        numberField(
            "training.keep_checkpoints", integer, [](auto& r) -> auto& { return r.training.keepCheckpoints; },
            between(1, 1e6),
            "How many of the newest checkpoints are kept; the best one is kept besides. Each takes about three times "
            "the adapter's size on disk."),
        samplePromptsField("training.sample_prompts",
            "Prompts that are answered at each evaluation, so that one can read how the model changes. Two or three "
            "are plenty: each costs the time of one answer."),
        numberField(
            "training.seed", integer, [](auto& r) -> auto& { return r.training.seed; }, atLeast(0),
            "The start of every random choice: split, order of the rows, initial adapter, dropout. The same seed gives "
            "the same run; another one shows how much of a result is luck."),

        booleanField(
            "sentinel.enabled", [](auto& r) -> auto& { return r.sentinel.enabled; },
            "Whether the overfitting sentinel watches both losses and warns."),
        numberField(
            "sentinel.patience", integer, [](auto& r) -> auto& { return r.sentinel.patience; }, between(1, 1e6),
            "How many evaluations in a row may be worse than the best before it says overfitting. 2 to 5 are "
            "typical; higher warns later, lower warns at noise."),
        numberField(
            "sentinel.min_delta", number, [](auto& r) -> auto& { return r.sentinel.minDelta; }, atLeast(0),
            "By how much the validation loss must fall to count as better. 0 to 0.01 are typical; too high takes "
            "slow progress for none."),
        choiceField(
            "sentinel.action", kActions, [](auto& r) -> auto& { return r.sentinel.action; },
            "What it does then: notify only says so, pause waits for an answer, stop ends the run. The best "
            "adapter is kept in any case."),

        booleanField(
            "logging.tensorboard", [](auto& r) -> auto& { return r.logging.tensorboard; },
            "Whether the curves are also written as TensorBoard event files, into the run's logs folder."),
        choiceField(
            "logging.wandb", kWandb, [](auto& r) -> auto& { return r.logging.wandb; },
            "Whether a Weights & Biases run is written: off, offline (files to upload later), or online (sent "
            "while training)."),
        booleanField(
            "logging.csv", [](auto& r) -> auto& { return r.logging.csv; },
            "Whether the metrics are also written as a table for spreadsheets, metrics.csv."),

        optionalPathField(
            "output", [](auto& r) -> auto& { return r.output; },
            "The run's folder, or null for runs/<recipe name>-<UTC time> beside the recipe. A folder that already "
            "holds a run is refused."),
    };
    static std::deque<std::string> defaults; // a deque keeps its elements where they are
    const Recipe standard;
    for (Field& field : table)
        field.info.defaultValue
            = defaults.emplace_back(emitted([&](YAML::Emitter& out) { field.write(standard, out); }));
    return table;
}

} // namespace

std::span<const Field> fieldTable()
{
    static const std::vector<Field> table = makeTable();
    return table;
}

std::span<const FieldInfo> recipeFields()
{
    static const std::vector<FieldInfo> infos = [] {
        std::vector<FieldInfo> list;
        for (const Field& field : fieldTable())
            list.push_back(field.info);
        return list;
    }();
    return infos;
}

const FieldInfo* findField(std::string_view key)
{
    const std::span<const FieldInfo> infos = recipeFields();
    const auto found = std::find_if(infos.begin(), infos.end(), [&](const FieldInfo& info) { return info.key == key; });
    return found == infos.end() ? nullptr : &*found;
}

std::vector<std::string> keysOfSection(std::string_view section)
{
    std::vector<std::string> names;
    for (const FieldInfo& info : recipeFields()) {
        const std::size_t dot = info.key.find('.');
        const std::string_view own = dot == std::string_view::npos ? std::string_view() : info.key.substr(0, dot);
        std::string_view name;
        if (section == own)
            name = info.key.substr(dot == std::string_view::npos ? 0 : dot + 1);
        else if (section.empty())
            name = own;
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            names.emplace_back(name);
    }
    return names;
}

} // namespace falconer
