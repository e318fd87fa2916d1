// SPDX-License-Identifier: Apache-2.0
#include "core/train/trainer.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/data/batches.h"
#include "core/data/dataset.h"
#include "core/hub/local_models.h"
#include "core/inference/batch_loss.h"
#include "core/inference/evaluate.h"
#include "core/inference/generate.h"
#include "core/model/adapter_folder.h"
#include "core/model/checkpoint.h"
#include "core/model/decoder.h"
#include "core/model/targets.h"
#include "core/ops/device.h"
#include "core/train/adamw.h"
#include "core/train/report.h"
#include "core/train/run_plan.h"
#include "core/train/schedule.h"
#include "core/train/train_checkpoint.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <optional>

namespace falconer {

namespace {

constexpr std::int64_t kEvalRows = 8; ///< rows of a validation batch
constexpr std::int64_t kSampleTokens = 60; ///< longest answer to a sample prompt

/// Thrown between two micro-batches when the user asked to stop.
struct Stopped { };

/// FNV-1a over every id and mask: tells on resume whether the data is still the same.
std::uint64_t fingerprint(const Dataset& data)
{
    std::uint64_t hash = 1469598103934665603ULL;
    const auto add = [&](std::uint64_t value) { hash = (hash ^ value) * 1099511628211ULL; };
    for (const std::vector<Sample>* part : {&data.train, &data.validation}) {
        add(part->size());
        for (const Sample& sample : *part) {
            add(sample.ids.size());
            for (std::size_t i = 0; i < sample.ids.size(); ++i)
                add(static_cast<std::uint64_t>(sample.ids[i]) * 2 + sample.learn[i]);
        }
    }
    return hash;
}

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

class Trainer {
public:
    Trainer(TrainerInput input, const CancelFlag& stop, const std::function<void(SessionEvent)>& publish)
        : m_input(std::move(input))
        , m_stop(stop)
        , m_publish(publish)
    {
    }

    RunEnded run();

private:
    // In the order in which they happen.
    void openRun();
    void readInputs();
    void createRun();
    void loadModel();
    void announce();
    void trainSteps();
    void trainStep();
    void evaluateNow();
    void answerSamples();
    void save();
    void handOver();

    void enter(SessionState state) { m_publish(StateChanged{state}); }
    void say(const std::string& text, bool warning = false);
    Progress progress();
    void throwIfStopped() const
    {
        if (m_stop.raised())
            throw Stopped();
    }
    void setDropout(bool on) { m_decoder->setDropout(on ? m_adapter->config.dropout : 0, m_generator); }
    void rememberGenerator();

    TrainerInput m_input;
    const CancelFlag& m_stop;
    const std::function<void(SessionEvent)>& m_publish;

    Recipe m_recipe;
    LoadOptions m_options;
    std::filesystem::path m_modelPath;
    std::optional<RunFolder> m_run;
    std::optional<std::int64_t> m_resumeFrom; ///< the checkpoint to go on from
    std::optional<Checkpoint> m_checkpoint;
    std::shared_ptr<LoraAdapter> m_adapter;
    Dataset m_data;
    std::int64_t m_padId = 0;
    RunPlan m_plan;
    Schedule m_schedule;
    LoadedModel m_model;
    std::shared_ptr<Decoder> m_decoder;
    std::optional<AdamW> m_optimizer;
    std::optional<at::Generator> m_generator;
    at::Tensor m_generatorState; ///< as it was after the last finished step
    TrainState m_state;
    std::int64_t m_savedStep = -1;
    std::optional<StepMetrics> m_lastStep;
    RunStarted m_started;
    RunEnded m_ended;
    std::vector<std::int64_t> m_order; ///< of m_orderEpoch
    std::int64_t m_orderEpoch = -1;
};

void Trainer::say(const std::string& text, bool warning)
{
    m_publish(LogLine{warning, text});
    if (m_run)
        m_run->appendEvent(warning ? "warning" : "note", text, m_state.step);
}

Progress Trainer::progress()
{
    return [this](std::string_view phase, long long done, long long total) {
        m_publish(PhaseProgress{std::string(phase), done, total});
        return !m_stop.raised();
    };
}

void Trainer::rememberGenerator()
{
    const std::lock_guard lock(m_generator->mutex());
    m_generatorState = m_generator->get_state().clone();
}

void Trainer::openRun()
{
    if (!m_input.resume) {
        m_recipe = m_input.recipe.recipe;
        if (m_input.folder.empty())
            m_input.folder = RunFolder::defaultPath(m_recipe);
        // Asked before the long work; create() asks again.
        if (std::filesystem::exists(m_input.folder / "run.yaml"))
            throw Error(ErrorCode::requestInvalid, m_input.folder.string(), "it already holds a run",
                "go on with `falconer resume " + m_input.folder.string() + "`, or choose another folder");
        return;
    }
    m_run = RunFolder::open(m_input.folder);
    m_run->claim();
    removeUnfinished(m_run->path());
    if (std::filesystem::exists(m_run->checkpoints()))
        removeUnfinished(m_run->checkpoints());
    m_input.recipe = loadRecipe(m_run->recipeFile());
    m_recipe = m_input.recipe.recipe;
    const std::vector<std::int64_t> steps = m_run->checkpointSteps();
    if (!steps.empty())
        m_resumeFrom = steps.back();
}

void Trainer::readInputs()
{
    m_options = loadOptions(m_recipe.quantization, chooseDevice(m_recipe.device));
    m_modelPath = resolveModel(m_recipe.model);
    m_checkpoint.emplace(m_modelPath);
    const ModelSpec& spec = m_checkpoint->spec();

    if (m_resumeFrom) {
        m_adapter = std::make_shared<LoraAdapter>(readAdapterFolder(m_run->checkpoint(*m_resumeFrom), spec));
    } else if (m_recipe.lora.initFrom) {
        m_adapter = std::make_shared<LoraAdapter>(readAdapterFolder(*m_recipe.lora.initFrom, spec));
        if (auto faults = contradictions(m_input.recipe, m_adapter->config); !faults.empty())
            throw Error(std::move(faults));
        m_adapter->config.dropout = m_recipe.lora.dropout;
        m_adapter->config.baseModel = m_modelPath.string();
        // The frozen recipe says what really runs.
        m_recipe.lora.rank = m_adapter->config.rank;
        m_recipe.lora.alpha = m_adapter->config.alpha;
        m_recipe.lora.rslora = m_adapter->config.rslora;
        m_recipe.lora.targets = m_adapter->config.targetModules;
        if (m_adapter->config.layers)
            m_recipe.lora.layers = *m_adapter->config.layers;
    } else {
        const std::vector<std::string> modules = resolveTargets(spec, m_recipe.lora);
        const AdapterConfig config = adapterConfigFor(
            m_recipe, modules, resolveLayers(spec, m_recipe.lora), spec.layers, m_modelPath.string());
        const bool bfloat16Base
            = m_recipe.quantization.type == "none" && m_recipe.quantization.computeDtype == "bfloat16";
        m_adapter
            = std::make_shared<LoraAdapter>(makeAdapter(spec, config, modules, m_recipe.training.seed, bfloat16Base));
    }

    m_model.tokenizer = loadTokenizerFor(m_modelPath);
    m_data = loadDataset(m_recipe.data, m_recipe.training.seed, *m_model.tokenizer, progress());
    m_padId = m_model.tokenizer->pad().value_or(0);
    for (const std::vector<Sample>* part : {&m_data.train, &m_data.validation})
        for (const Sample& sample : *part)
            for (const std::int32_t id : sample.ids)
                if (id < 0 || id >= spec.vocabulary)
                    throw Error(ErrorCode::modelIncomplete, m_modelPath.string(),
                        fmt::format("the tokenizer makes the id {}, but the model has {} ids", id, spec.vocabulary),
                        "use a tokenizer and weights that belong together");
    m_state.dataFingerprint = fingerprint(m_data);
    m_plan = makeRunPlan(m_recipe.training, static_cast<std::int64_t>(m_data.train.size()),
        static_cast<std::int64_t>(m_data.validation.size()));
    m_schedule = makeSchedule(m_recipe.training, m_plan.totalSteps);
}

void Trainer::createRun()
{
    if (m_run) {
        m_run->appendEvent("resumed",
            m_resumeFrom ? fmt::format("from checkpoint {}", *m_resumeFrom) : "from the start",
            m_resumeFrom.value_or(0));
    } else {
        m_run = RunFolder::create(m_input.folder, m_recipe);
        m_run->appendEvent("started", m_recipe.model);
        if (m_recipe.sentinel.enabled)
            say("The overfitting sentinel is not part of this version yet; both curves are recorded.");
        if (m_recipe.logging.tensorboard)
            say("TensorBoard files are not part of this version yet; metrics.jsonl holds every figure.");
    }
    for (const std::string& warning : m_data.report.warnings)
        say(warning, true);
    const DatasetReport& report = m_data.report;
    if (report.badRows > 0)
        say(fmt::format("{} bad rows were skipped.", report.badRows), true);
    if (report.fullyMasked > 0)
        say(fmt::format("{} rows teach nothing after the cut to {} tokens and were dropped.", report.fullyMasked,
                m_recipe.data.maxLength),
            true);
    if (report.cut > 0)
        say(fmt::format("{} rows are longer than {} tokens and were cut.", report.cut, m_recipe.data.maxLength), true);
}

void Trainer::loadModel()
{
    m_decoder = Decoder::load(*m_checkpoint, m_options, progress());
    m_model.decoder = m_decoder;
    m_checkpoint.reset(); // unmaps the files
    m_decoder->setAdapter(m_adapter);
    m_generator = makeGenerator(m_options.device, m_recipe.training.seed);
    m_optimizer.emplace(m_adapter->tensors(), m_recipe.training);
    if (m_resumeFrom) {
        const std::filesystem::path folder = m_run->checkpoint(*m_resumeFrom);
        const TrainState saved = readTrainState(folder);
        if (saved.dataFingerprint != m_state.dataFingerprint)
            throw Error(ErrorCode::dataInvalid, m_recipe.data.train.front().path,
                "the data or the tokenizer changed since this run was started, so it cannot go on to the same numbers",
                "put the old data back, or start a new run with lora.init_from: " + folder.string());
        m_state = saved;
        const at::Tensor generatorState = readOptimizer(folder, *m_optimizer);
        m_optimizer->setStepsDone(saved.step);
        const std::lock_guard lock(m_generator->mutex());
        m_generator->set_state(generatorState);
        m_savedStep = saved.step;
    }
    if (m_input.resume)
        m_run->cutMetrics(m_state.step);
    rememberGenerator();
}

void Trainer::announce()
{
    m_started.folder = m_run->path();
    m_started.totalSteps = m_plan.totalSteps;
    m_started.firstStep = m_state.step;
    m_started.trainRows = static_cast<std::int64_t>(m_data.train.size());
    m_started.validationRows = static_cast<std::int64_t>(m_data.validation.size());
    m_started.trainableParameters = m_adapter->parameters();
    m_started.totalParameters = m_decoder->spec().parameters() + m_adapter->parameters();
    m_started.device = describe(m_decoder->options().device);
    if (m_input.resume && std::filesystem::exists(m_run->metricsFile()))
        m_started.history = readMetrics(m_run->metricsFile());
    if (!m_started.history.steps.empty())
        m_lastStep = m_started.history.steps.back();
    m_publish(m_started);
    say(fmt::format("{} rows to train on, {} to validate; {} steps; {} of {} parameters are trained; {}.",
        m_started.trainRows, m_started.validationRows, m_started.totalSteps, m_started.trainableParameters,
        m_started.totalParameters, m_started.device));
}

void Trainer::trainSteps()
{
    if (m_plan.evalEvery > 0 && !m_state.start) {
        enter(SessionState::evaluating);
        const Evaluation start = evaluate(*m_decoder, m_data.validation, m_padId, kEvalRows, progress());
        m_state.start = EvalMetrics{0, start.loss, start.perplexity, start.tokens};
        m_run->appendEvent("start_evaluation", fmt::format("validation loss {:.4f} before training", start.loss), 0);
        m_publish(EvalDone{*m_state.start, false});
        answerSamples();
    }
    while (true) {
        // A run that was stopped between a step and what was due after it makes up for that first.
        if (m_state.step > 0 && m_plan.evaluatesAt(m_state.step) && !m_state.evaluated)
            evaluateNow();
        if (m_state.step > 0 && m_plan.savesAt(m_state.step) && m_savedStep != m_state.step)
            save();
        if (m_state.step >= m_plan.totalSteps)
            return;
        throwIfStopped();
        enter(SessionState::training);
        trainStep();
    }
}

void Trainer::trainStep()
{
    const auto began = std::chrono::steady_clock::now();
    const std::int64_t epoch = m_state.step / m_plan.stepsPerEpoch;
    if (m_orderEpoch != epoch) {
        m_order = epochOrder(m_plan.rows, m_recipe.training.seed, epoch, m_recipe.data.shuffle);
        m_orderEpoch = epoch;
    }
    const std::int64_t accumulation = m_recipe.training.gradientAccumulation;
    const std::int64_t firstBatch = m_state.step % m_plan.stepsPerEpoch * accumulation;
    const std::int64_t lastBatch = std::min(firstBatch + accumulation, m_plan.microBatches);

    // All micro-batches first: each one's loss is divided by the targets of the whole step (Trainer's
    // num_items_in_batch).
    std::vector<Batch> batches;
    std::int64_t targets = 0;
    std::int64_t tokens = 0;
    for (std::int64_t index = firstBatch; index < lastBatch; ++index) {
        const std::int64_t firstRow = index * m_recipe.training.microBatch;
        const std::int64_t rows = std::min(m_recipe.training.microBatch, m_plan.rows - firstRow);
        batches.push_back(collate(m_data.train,
            std::span(m_order).subspan(static_cast<std::size_t>(firstRow), static_cast<std::size_t>(rows)), m_padId));
        targets += batches.back().targets;
        tokens += batches.back().tokens;
    }

    setDropout(true);
    at::Tensor loss = at::zeros({}, at::TensorOptions().dtype(at::kFloat).device(m_decoder->options().device));
    for (const Batch& batch : batches) {
        throwIfStopped();
        const at::Tensor part = batchLoss(*m_decoder, batch) / static_cast<double>(targets);
        part.backward();
        loss += part.detach();
    }
    StepMetrics metrics;
    metrics.step = m_state.step + 1;
    metrics.learningRate = learningRateAt(m_schedule, m_state.step);
    metrics.gradNorm = m_optimizer->clip(m_recipe.training.maxGradNorm);
    metrics.loss = loss.item<double>();
    if (!std::isfinite(metrics.loss) || !std::isfinite(metrics.gradNorm))
        throw Error(ErrorCode::numericFailure, fmt::format("step {}", metrics.step),
            std::isfinite(metrics.loss) ? "the gradient is no longer a finite number"
                                        : "the loss is no longer a finite number",
            m_savedStep > 0
                ? fmt::format("checkpoint {} is intact; try half the learning rate, or float32", m_savedStep)
                : "try half the learning rate, or compute_dtype: float32");
    m_optimizer->step(metrics.learningRate);
    m_optimizer->clearGradients();

    const double seconds = secondsSince(began);
    m_state.step += 1;
    m_state.tokens += tokens;
    m_state.seconds += seconds;
    m_state.evaluated = false;
    rememberGenerator();
    metrics.epoch
        = static_cast<double>(epoch) + static_cast<double>(lastBatch) / static_cast<double>(m_plan.microBatches);
    metrics.tokens = m_state.tokens;
    metrics.tokensPerSecond = static_cast<double>(tokens) / seconds;
    metrics.seconds = m_state.seconds;
    m_run->append(metrics);
    m_lastStep = metrics;
    m_publish(StepDone{metrics});
}

void Trainer::evaluateNow()
{
    enter(SessionState::evaluating);
    setDropout(false);
    const Evaluation result = evaluate(*m_decoder, m_data.validation, m_padId, kEvalRows, progress());
    const EvalMetrics metrics{m_state.step, result.loss, result.perplexity, result.tokens};
    const bool best = !m_state.best || metrics.loss < m_state.best->loss;
    if (best) {
        writeAdapterFolder(m_run->best(), *m_adapter);
        m_state.best = metrics;
    }
    m_run->append(metrics);
    m_state.evaluated = true;
    m_publish(EvalDone{metrics, best});
    answerSamples();
}

void Trainer::answerSamples()
{
    setDropout(false);
    for (const std::string& prompt : m_recipe.training.samplePrompts) {
        GenerateOptions options;
        options.maxNewTokens = kSampleTokens;
        const Generated answer
            = generate(m_model, prompt, options, [this](std::string_view) { return !m_stop.raised(); });
        throwIfStopped();
        m_publish(LogLine{false, prompt + " → " + answer.text});
        m_run->appendEvent("sample", prompt + " → " + answer.text, m_state.step);
    }
}

void Trainer::save()
{
    enter(SessionState::saving);
    const std::filesystem::path folder = m_run->checkpoint(m_state.step);
    writeCheckpoint(folder, m_state, *m_adapter, *m_optimizer, m_generatorState);
    m_savedStep = m_state.step;
    m_run->retain(m_recipe.training.keepCheckpoints,
        m_state.best ? std::optional<std::int64_t>(m_state.best->step) : std::nullopt);
    m_publish(CheckpointSaved{m_state.step, folder});
}

void Trainer::handOver()
{
    if (m_state.best) {
        LoraAdapter best = readAdapterFolder(m_run->best(), m_decoder->spec());
        writeAdapterFolder(m_run->adapter(), best);
    } else {
        writeAdapterFolder(m_run->adapter(), *m_adapter);
    }
    m_ended.adapter = m_run->adapter();
}

RunEnded Trainer::run()
{
    const auto failed = [this](std::vector<Fault> faults, int exitCode) {
        m_ended.state = SessionState::failed;
        m_ended.faults = std::move(faults);
        m_ended.exitCode = exitCode;
    };
    const auto stopped = [this] {
        m_ended.state = SessionState::stopped;
        m_ended.exitCode = 130;
        if (!m_optimizer || m_state.step == 0)
            return; // nothing was trained yet
        if (m_savedStep != m_state.step)
            save();
        handOver();
    };
    try {
        try {
            enter(SessionState::preparing);
            openRun();
            readInputs();
            createRun();
            loadModel();
            announce();
            trainSteps();
            enter(SessionState::saving);
            handOver();
        } catch (const Stopped&) {
            stopped();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::cancelled)
                throw;
            stopped();
        }
    } catch (const Error& error) {
        failed(error.faults(), error.exitCode());
    } catch (const std::bad_alloc&) {
        failed(
            {{ErrorCode::outOfMemory, "memory", "it ran out", "use a smaller micro_batch or max_length, or nf4"}}, 1);
    } catch (const std::exception& error) {
        const std::string what = error.what();
        failed({{ErrorCode::internal, "training", what.substr(0, what.find('\n')), {}}}, 1);
    }
    m_ended.start = m_state.start;
    m_ended.best = m_state.best;
    try { // what is left to write must not hide how the run ended
        if (m_run) {
            std::string message;
            for (const Fault& fault : m_ended.faults)
                message += (message.empty() ? "" : " ") + sentence(fault);
            m_run->appendEvent(name(m_ended.state), message, m_state.step,
                m_ended.faults.empty() ? std::nullopt : std::optional<ErrorCode>(m_ended.faults.front().code));
            if (!m_started.folder.empty())
                writeFile(m_run->path() / "report.md", runReport(m_recipe, m_started, m_ended, m_lastStep));
        }
    } catch (const Error& error) {
        m_publish(LogLine{true, error.what()});
    }
    return m_ended;
}

} // namespace

void runTraining(TrainerInput input, const CancelFlag& stop, const std::function<void(SessionEvent)>& publish)
{
    RunEnded ended = Trainer(std::move(input), stop, publish).run();
    publish(StateChanged{ended.state});
    publish(std::move(ended));
}

} // namespace falconer
