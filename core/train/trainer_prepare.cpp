// SPDX-License-Identifier: Apache-2.0
#include "core/train/trainer_parts.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/inference/batch_loss.h"
#include "core/model/adapter_folder.h"
#include "core/model/lora_init.h"
#include "core/model/targets.h"
#include "core/ops/device.h"
#include "core/train/plan_advice.h"
#include "core/train/plan_facts.h"
#include "core/train/preflight.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <mutex>

namespace falconer {

void Trainer::openRun()
{
    if (!m_input.resume) {
        m_recipe = m_input.recipe.recipe;
        if (m_input.folder.empty())
            m_input.folder = RunFolder::defaultPath(m_recipe);
        return;
    }
    RunFolder run = RunFolder::open(m_input.folder);
    run.claim(); // until then it is somebody else's, and nothing may be written there
    m_run = std::move(run);
    removeUnfinished(m_run->path());
    if (std::filesystem::exists(m_run->checkpoints()))
        removeUnfinished(m_run->checkpoints());
    m_input.recipe = loadRecipe(m_run->recipeFile());
    m_recipe = m_input.recipe.recipe;
    m_resumeFrom = newestWholeCheckpoint();
    if (m_resumeFrom)
        refuseOtherRecipe(m_run->checkpoint(*m_resumeFrom), m_recipe);
}

std::optional<std::int64_t> Trainer::newestWholeCheckpoint()
{
    std::vector<std::int64_t> steps = m_run->checkpointSteps();
    std::optional<Error> damage;
    for (; !steps.empty(); steps.pop_back()) {
        const std::filesystem::path folder = m_run->checkpoint(steps.back());
        try {
            checkWhole(folder);
            return steps.back();
        } catch (const Error& error) {
            damage = error;
            say("A damaged checkpoint is passed over. " + sentence(error.faults().front()), true);
        }
    }
    if (damage)
        throw *damage;
    return std::nullopt;
}

void Trainer::readInputs()
{
    FaultList faults; // all that can be known before the long work
    if (!m_run)
        faults.attempt([this] { RunFolder::checkPlace(m_input.folder); });
    faults.attempt([this] { m_options = loadOptions(m_recipe.quantization, chooseDevice(m_recipe.device)); });
    ModelFiles model = openModelFiles(m_recipe.model, faults);
    m_modelPath = model.path;
    m_checkpoint = std::move(model.checkpoint);
    m_model.tokenizer = std::move(model.tokenizer);
    if (m_checkpoint)
        faults.attempt([this] { prepareAdapter(); });
    else if (!m_run)
        checkAdapter(m_input.recipe, model, faults);
    if (!faults.faults().empty())
        faults.add(firstRowFaults(m_recipe.data));
    faults.check();

    // A template may print the date: a resumed run must see the same rows, whatever day it is.
    m_state.began = m_resumeFrom ? readTrainState(m_run->checkpoint(*m_resumeFrom)).began
                                 : static_cast<std::int64_t>(std::time(nullptr));
    const auto began = static_cast<std::time_t>(m_state.began);
    std::tm now{};
    ::localtime_r(&began, &now);
    Dataset rows = loadDataset(m_recipe.data, m_recipe.training.seed, *m_model.tokenizer, progress(), now);
    const std::int32_t largest = std::max(rows.train.largestId(), rows.validation.largestId());
    if (largest >= m_checkpoint->spec().vocabulary)
        throw Error(ErrorCode::modelIncomplete, m_modelPath.string(),
            fmt::format(
                "the tokenizer makes the id {}, but the model has {} ids", largest, m_checkpoint->spec().vocabulary),
            "use a tokenizer and weights that belong together");
    m_state.dataFingerprint = rows.fingerprint();
    m_data = TrainingData(std::move(rows), m_recipe);
    m_plan = makeRunPlan(m_recipe.training, m_data.sequences(), static_cast<std::int64_t>(m_data.validation().size()));
    m_schedule = makeSchedule(m_recipe.training, m_plan.totalSteps);
    planMemoryOfRun();
}

void Trainer::planMemoryOfRun()
{
    m_spec = m_checkpoint->spec();
    m_memoryFacts = planFacts(m_recipe, m_data.rows(), !m_options.device.is_cpu(), freeMemory(m_options.device));
    m_memoryFacts.storedBytesPerWeight = storedBytesPerWeight(*m_checkpoint);
    m_memory = planMemory(m_recipe, m_spec, m_memoryFacts);
}

void Trainer::prepareAdapter()
{
    const ModelSpec& spec = m_checkpoint->spec();
    if (m_resumeFrom) {
        const std::filesystem::path folder = m_run->checkpoint(*m_resumeFrom);
        m_adapter = std::make_shared<LoraAdapter>(readAdapterFolder(folder, spec));
        splitInitial(*m_adapter, m_recipe.lora, folder.string());
        return;
    }
    if (m_recipe.lora.initFrom) {
        m_adapter = std::make_shared<LoraAdapter>(readAdapterFolder(*m_recipe.lora.initFrom, spec));
        if (auto faults = contradictions(m_input.recipe, m_adapter->config); !faults.empty())
            throw Error(std::move(faults));
        m_adapter->config.dropout = m_recipe.lora.dropout;
        m_adapter->config.baseModel = m_modelPath.string();
        // The frozen recipe says what really runs.
        adopt(m_recipe.lora, m_adapter->config);
        return;
    }
    const std::vector<std::string> modules = resolveTargets(spec, m_recipe.lora);
    const AdapterConfig config
        = adapterConfigFor(m_recipe, modules, resolveLayers(spec, m_recipe.lora), spec.layers, m_modelPath.string());
    const bool bfloat16Base = m_recipe.quantization.type == "none" && m_recipe.quantization.computeDtype == "bfloat16";
    m_adapter = std::make_shared<LoraAdapter>(makeAdapter(spec, config, modules, m_recipe.training.seed, bfloat16Base));
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
    }
    m_writer.emplace(*m_run, [this](const std::string& text, bool warning) { say(text, warning); });
    warnOfData();
    warnOfMemory();
    if (const auto text = precisionWarning(m_recipe.quantization.computeDtype, m_checkpoint->spec().parameters()))
        say(*text, true);
    if (!computesNatively(m_options.device, m_options.computeType))
        say(fmt::format(
                "This processor has no instructions for {}: compute_dtype: float32 is several times faster here.",
                m_recipe.quantization.computeDtype),
            true);
}

void Trainer::warnOfData()
{
    for (const std::string& warning : m_data.rows().report.warnings)
        say(warning, true);
    constexpr std::size_t kFew = 10;
    const std::size_t rows = m_data.validation().size();
    if (rows > 0 && rows < kFew)
        say(fmt::format(
                "Only {} {} to validate on: the validation loss says little, and the sentinel sees mostly noise.", rows,
                rows == 1 ? "row is there" : "rows are there"),
            true);
    if (rows == 0 && m_recipe.sentinel.enabled)
        say("Nothing is validated, so the overfitting sentinel has nothing to watch.", true);
}

void Trainer::warnOfMemory()
{
    constexpr double kGiB = 1024.0 * 1024.0 * 1024.0;
    if (m_memory.recompute != Recompute::off && m_recipe.training.gradientCheckpointing == "auto")
        say(fmt::format("Activations are recomputed ({} checkpointing), so that the run fits into memory.",
            m_memory.recompute == Recompute::full ? "full" : "selective"));
    if (m_memory.fits.value_or(true))
        return;
    const std::string fix = cheapestFix(m_recipe, m_spec, m_memoryFacts, m_memory.peak - m_memory.available);
    say(fmt::format("The run is planned to take {:.1f} GiB, and {:.1f} GiB are free.{}",
            static_cast<double>(m_memory.peak) / kGiB, static_cast<double>(m_memory.available) / kGiB,
            fix.empty() ? "" : " The cheapest way to save that: " + fix + "."),
        true);
}

void Trainer::loadModel()
{
    m_decoder = Decoder::load(*m_checkpoint, m_options, progress());
    m_model.decoder = m_decoder;
    m_decoder->setAdapter(m_adapter, &*m_checkpoint, progress());
    m_checkpoint.reset(); // unmaps the files
    m_decoder->setRecompute(m_memory.recompute);
    m_generator = makeGenerator(m_options.device, m_recipe.training.seed);
    std::vector<TrainableTensor> trained;
    for (const AdapterTensor& part : m_adapter->trained())
        trained.push_back({part.name, part.tensor, part.decay, part.embedding});
    m_optimizer = makeOptimizer(m_recipe.training, std::move(trained));
    if (m_options.computeType == at::kHalf)
        m_scaler.emplace();
    if (m_resumeFrom)
        takeUpCheckpoint();
    m_generatorState = generatorState();
    if (m_state.microBatches == 0)
        m_generatorAtStep = m_generatorState;
    if (m_scaler)
        m_scalerAtStep = m_scaler->state();
    if (!m_input.resume)
        return;
    m_run->cutMetrics(m_state.step);
    if (std::filesystem::exists(m_run->metricsFile()))
        m_history = readMetrics(m_run->metricsFile());
}

void Trainer::takeUpCheckpoint()
{
    const std::filesystem::path folder = m_run->checkpoint(*m_resumeFrom);
    const TrainState saved = readTrainState(folder);
    if (saved.dataFingerprint != m_state.dataFingerprint)
        throw Error(ErrorCode::dataInvalid, m_recipe.data.train.front().path,
            "the data or the tokenizer changed since this run was started, so it cannot go on to the same numbers",
            "put the old data back, or start a new run with lora.init_from: " + folder.string());
    if (saved.step != *m_resumeFrom || saved.microBatches >= m_recipe.training.gradientAccumulation)
        throw Error(ErrorCode::fileMalformed, (folder / "trainer_state.json").string(),
            fmt::format("step {} and {} micro-batches do not fit checkpoint {} of this run", saved.step,
                saved.microBatches, *m_resumeFrom),
            "resume from an older checkpoint: remove this one");
    m_state = saved;
    const at::Tensor generatorState = readOptimizer(folder, *m_optimizer);
    if (m_scaler && saved.lossScaler)
        m_scaler.emplace(*saved.lossScaler);
    if (generatorState.numel() != this->generatorState().numel())
        throw Error(ErrorCode::requestInvalid, folder.string(),
            "it was saved on another kind of device than " + describe(m_options.device)
                + ", whose random numbers are others",
            "set device as it was, or start a new run with lora.init_from: " + folder.string());
    {
        const std::lock_guard lock(m_generator->mutex());
        m_generator->set_state(generatorState);
    }
    m_savedStep = saved.step;
    m_savedMicroBatches = saved.microBatches;
    m_savedEvaluated = saved.evaluated;
}

void Trainer::announce()
{
    m_started.folder = m_run->path();
    m_started.totalSteps = m_plan.totalSteps;
    m_started.firstStep = m_state.step;
    m_started.trainRows = static_cast<std::int64_t>(m_data.rows().train.size());
    m_started.validationRows = static_cast<std::int64_t>(m_data.validation().size());
    m_started.trainableParameters = m_adapter->parameters();
    m_started.totalParameters = m_decoder->spec().parameters() + m_adapter->parameters();
    m_started.device = describe(device());
    m_started.history = m_history;
    m_started.start = m_state.start;
    m_started.evalEvery = m_plan.evalEvery;
    m_started.saveEvery = m_plan.saveEvery;
    m_started.plannedPeak = m_memory.peak;
    recallHistory();
    m_publish(m_started);
    say(fmt::format("{} rows to train on, {} to validate; {} steps; {} of {} parameters are trained; {}.",
        m_started.trainRows, m_started.validationRows, m_started.totalSteps, m_started.trainableParameters,
        m_started.totalParameters, m_started.device));
    if (m_recipe.data.packing)
        say(fmt::format("{} rows are packed into {} sequences of at most {} tokens.", m_started.trainRows,
            m_data.sequences(), m_recipe.data.maxLength));

    m_logs.open(*m_run, m_recipe,
        RunFacts{m_started.totalSteps, m_started.trainRows, m_started.validationRows, m_started.trainableParameters,
            m_started.totalParameters, m_started.device},
        m_input.resume ? std::optional<std::int64_t>(m_state.step) : std::nullopt,
        [this](const std::string& text, bool warning) { say(text, warning); });
}

void Trainer::recallHistory()
{
    if (m_recipe.sentinel.enabled && m_plan.evalEvery > 0)
        m_sentinel.emplace(m_recipe.sentinel);
    std::size_t eval = 0;
    for (const StepMetrics& step : m_history.steps) {
        m_gradients.spike(step.gradNorm);
        if (!m_sentinel)
            continue;
        m_sentinel->add(step);
        for (; eval < m_history.evals.size() && m_history.evals[eval].step <= step.step; ++eval) {
            m_sentinel->add(m_history.evals[eval]);
            m_started.verdicts.push_back(m_sentinel->verdict());
        }
    }
    // Stopped after the alert and before the end that it asked for.
    m_endEarly = m_sentinel && m_recipe.sentinel.action == "stop" && m_state.evaluated
        && m_sentinel->verdict().alertStep == m_state.step;
}

/// The largest micro-batch first, forward and backward: what does not fit fails now and not in the night.
void Trainer::probe()
{
    if (m_state.step > 0 || m_state.microBatches > 0)
        return; // it fitted before
    enter(SessionState::training);
    setDropout(true);
    const Batch batch = m_data.longest();
    // Twice, where steps have several micro-batches: the second one finds the gradients of the first in memory.
    for (int round = 0; round < (m_recipe.training.gradientAccumulation > 1 ? 2 : 1); ++round)
        batchLoss(*m_decoder, batch).backward();
    m_optimizer->zeroGradients();
    const std::lock_guard lock(m_generator->mutex());
    m_generator->set_state(m_generatorState);
}

} // namespace falconer
