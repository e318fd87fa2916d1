// SPDX-License-Identifier: Apache-2.0
#include "core/train/trainer_parts.h"

#include "core/inference/batch_loss.h"
#include "core/inference/evaluate.h"
#include "core/inference/generate.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <thread>

namespace falconer {

namespace {

constexpr std::int64_t kSampleTokens = 60; ///< longest answer to a sample prompt
constexpr double kRunaway = 1e4; ///< an adapter's values stay far below; NaN is no value below it either
constexpr auto kPauseLook = std::chrono::milliseconds(50);

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

void Trainer::measureStart()
{
    if (m_plan.evalEvery == 0 || m_state.start)
        return;
    enter(SessionState::evaluating);
    setDropout(false);
    const Evaluation start = evaluate(*m_decoder, m_data.validation(), progress());
    m_state.start = EvalMetrics{0, start.loss, start.perplexity, start.tokens};
    record("start_evaluation", fmt::format("validation loss {:.4f} before training", start.loss));
    m_logs.eval(*m_state.start);
    m_publish(EvalDone{*m_state.start, false});
    answerSamples();
}

void Trainer::trainSteps()
{
    measureStart();
    while (true) {
        // A run that was stopped between a step and what was due after it makes up for that first.
        const bool between = m_state.step > 0 && m_state.microBatches == 0;
        if (between && m_plan.evaluatesAt(m_state.step) && !m_state.evaluated)
            evaluateNow();
        if (between && m_plan.savesAt(m_state.step) && !isSaved())
            save();
        if (m_state.step >= m_plan.totalSteps || m_endEarly)
            return;
        obey();
        enter(SessionState::training);
        trainStep();
    }
}

void Trainer::obey()
{
    if (m_control.stop.raised())
        throw Stopped();
    if (m_control.save.raised()) {
        m_control.save.lower();
        if (save())
            say(fmt::format("Checkpoint {} was saved on request.", m_state.step));
        enter(SessionState::training);
    }
    if (!m_control.pause.raised())
        return;
    const bool saved = save() || (m_state.step == 0 && m_state.microBatches == 0);
    if (!saved)
        say("The run pauses without a checkpoint: its state is in memory alone.", true);
    record("paused", "");
    m_publish(StateChanged{SessionState::paused, m_sentinelPauses ? PauseReason::sentinel : PauseReason::asked});
    m_sentinelPauses = false;
    while (m_control.pause.raised() && !m_control.stop.raised())
        std::this_thread::sleep_for(kPauseLook);
    if (m_control.stop.raised())
        throw Stopped();
    record("unpaused", "");
    enter(SessionState::training);
}

at::Tensor Trainer::trainMicroBatch(const Batch& batch, std::int64_t targets)
{
    if (batch.targets.empty())
        return at::zeros({}, at::TensorOptions().dtype(at::kFloat).device(device()));
    // Divided by the targets of the whole step, as Trainer's num_items_in_batch.
    const at::Tensor part = batchLoss(*m_decoder, batch) / static_cast<double>(targets);
    (m_scaler ? part * m_scaler->scale() : part).backward();
    return part.detach();
}

void Trainer::trainStep()
{
    const std::int64_t epoch = m_state.step / m_plan.stepsPerEpoch;
    const std::int64_t accumulation = m_recipe.training.gradientAccumulation;
    const std::int64_t firstBatch = m_state.step % m_plan.stepsPerEpoch * accumulation;
    const std::int64_t lastBatch = std::min(firstBatch + accumulation, m_plan.microBatches);

    const std::vector<Batch> batches = m_data.microBatches(epoch, firstBatch, lastBatch);
    std::int64_t targets = 0;
    std::int64_t tokens = 0;
    for (const Batch& batch : batches) {
        targets += static_cast<std::int64_t>(batch.targets.size());
        tokens += batch.tokens();
    }
    setDropout(true);
    // What a checkpoint inside this step had already summed up.
    m_loss = at::full({}, m_state.partialLoss, at::TensorOptions().dtype(at::kFloat).device(device()));
    std::vector<at::Tensor> parts;
    for (auto index = static_cast<std::size_t>(m_state.microBatches); index < batches.size(); ++index) {
        if (index > 0)
            obey();
        const auto began = std::chrono::steady_clock::now();
        parts.push_back(trainMicroBatch(batches[index], targets));
        m_loss += parts.back();
        m_generatorState = generatorState();
        m_state.microBatches = static_cast<std::int64_t>(index) + 1;
        m_state.stepSeconds += secondsSince(began);
    }

    const auto began = std::chrono::steady_clock::now();
    StepMetrics metrics;
    metrics.step = m_state.step + 1;
    metrics.learningRate = learningRateAt(m_schedule, m_state.step - (m_scaler ? m_scaler->skipped() : 0));
    metrics.loss = m_loss.item<double>();
    const bool finite = !m_scaler || m_scaler->unscale(m_optimizer->parameters());
    metrics.gradNorm = clipGradients(m_optimizer->parameters(), m_recipe.training.maxGradNorm);
    if (m_scaler)
        m_scaler->update(finite);
    if (!m_scaler || m_scaler->exhausted())
        checkFinite(metrics, batches, parts);
    m_updating = true;
    if (finite) // else float16 overflowed: the step is skipped, at a smaller scale from now on
        m_optimizer->step(metrics.learningRate);
    m_optimizer->zeroGradients();
    m_state.stepSeconds += secondsSince(began);
    metrics.epoch
        = static_cast<double>(epoch) + static_cast<double>(lastBatch) / static_cast<double>(m_plan.microBatches);
    if (const auto usual = m_gradients.spike(metrics.gradNorm)) {
        std::string rows;
        for (const Batch& batch : batches)
            rows += (rows.empty() ? "" : "; ") + m_data.describe(batch);
        record("gradient_spike",
            fmt::format("gradient norm {:.3g}, where {:.3g} is usual ({})", metrics.gradNorm, *usual, rows));
    }
    finishStep(metrics, tokens);
}

void Trainer::checkFinite(
    const StepMetrics& metrics, const std::vector<Batch>& batches, const std::vector<at::Tensor>& parts)
{
    if (std::isfinite(metrics.loss) && std::isfinite(metrics.gradNorm))
        return;
    NonFinite facts;
    facts.step = metrics.step;
    facts.loss = !std::isfinite(metrics.loss);
    for (std::size_t i = 0; i < parts.size() && facts.rows.empty(); ++i)
        if (!std::isfinite(parts[i].item<double>()))
            facts.rows = m_data.describe(batches[batches.size() - parts.size() + i]);
    for (const TrainableTensor& parameter : m_optimizer->parameters())
        facts.adapterBroken = facts.adapterBroken || !(parameter.tensor.abs().max().item<double>() < kRunaway);
    saveLastStep();
    if (m_savedStep > 0)
        facts.saved = m_savedStep;
    throw Error({nonFiniteFault(facts, m_recipe, m_history)});
}

void Trainer::finishStep(StepMetrics metrics, std::int64_t tokens)
{
    m_state.step += 1;
    m_state.tokens += tokens;
    m_state.seconds += m_state.stepSeconds;
    metrics.tokens = m_state.tokens;
    metrics.tokensPerSecond = static_cast<double>(tokens) / m_state.stepSeconds;
    metrics.seconds = m_state.seconds;
    m_state.microBatches = 0;
    m_state.partialLoss = 0;
    m_state.stepSeconds = 0;
    m_state.evaluated = false;
    m_generatorAtStep = m_generatorState;
    if (m_scaler)
        m_scalerAtStep = m_scaler->state();
    m_updating = false;
    m_writer->append(metrics);
    m_history.steps.push_back(metrics);
    if (m_sentinel)
        m_sentinel->add(metrics);
    m_logs.step(metrics);
    m_publish(StepDone{metrics});
}

void Trainer::evaluateNow()
{
    enter(SessionState::evaluating);
    setDropout(false);
    const Evaluation result = evaluate(*m_decoder, m_data.validation(), progress());
    const EvalMetrics metrics{m_state.step, result.loss, result.perplexity, result.tokens};
    const bool best = std::isfinite(metrics.loss) && (!m_state.best || metrics.loss < m_state.best->loss);
    if (best) {
        m_writer->keepBest(*m_adapter);
        m_state.best = metrics;
    }
    m_writer->append(metrics);
    m_state.evaluated = true;
    m_history.evals.push_back(metrics);
    m_logs.eval(metrics);
    m_publish(EvalDone{metrics, best});
    if (m_sentinel) {
        m_sentinel->add(metrics);
        consultSentinel();
    }
    answerSamples();
}

void Trainer::consultSentinel()
{
    const SentinelVerdict& verdict = m_sentinel->verdict();
    const bool alert = verdict.alertStep && *verdict.alertStep == m_state.step;
    const bool diverges = verdict.evidence.divergence && !m_state.divergenceSaid;
    std::string text;
    for (const std::string& sentence : verdict.evidence.sentences)
        text += (text.empty() ? "" : " ") + sentence;
    m_publish(SentinelReport{verdict, alert});
    if (diverges) {
        m_state.divergenceSaid = true;
        record("divergence", text);
        m_publish(LogLine{true, text});
    }
    if (!alert)
        return;
    record("overfitting", text);
    m_publish(LogLine{true, text});
    if (m_recipe.sentinel.action == "pause") {
        m_sentinelPauses = true;
        m_control.pause.raise();
    } else if (m_recipe.sentinel.action == "stop") {
        m_endEarly = true;
    }
}

void Trainer::answerSamples()
{
    setDropout(false);
    for (std::size_t i = 0; i < m_recipe.training.samplePrompts.size(); ++i) {
        const std::string& prompt = m_recipe.training.samplePrompts[i];
        GenerateOptions options;
        options.maxNewTokens = kSampleTokens;
        const Generated answer
            = generate(m_model, prompt, options, [this](std::string_view) { return !m_control.stop.raised(); });
        if (m_control.stop.raised())
            throw Stopped();
        m_samples.push_back({m_state.step, i, prompt, answer.text, repeatedRow(prompt, answer)});
        m_publish(m_samples.back());
        record("sample", prompt + " → " + answer.text + repetitionNote(m_samples.back()));
        m_logs.sample(m_state.step, i, prompt, answer.text);
    }
}

std::optional<RowPlace> Trainer::repeatedRow(const std::string& prompt, const Generated& answer)
{
    if (!m_verbatim)
        m_verbatim.emplace(m_data.rows().train);
    const bool cutOff = !answer.stopped();
    std::optional<std::size_t> found = m_verbatim->find(answer.ids, cutOff);
    if (!found && answer.ids.size() >= VerbatimIndex::kLeastTokens) {
        // Where prompts are learned as well, a row begins with its prompt.
        std::vector<std::int32_t> whole = m_model.tokenizer->encode(prompt);
        whole.insert(whole.end(), answer.ids.begin(), answer.ids.end());
        found = m_verbatim->find(whole, cutOff);
    }
    if (!found)
        return {};
    const SampleStore& rows = m_data.rows().train;
    const std::string& file = m_data.rows().files[static_cast<std::size_t>(rows.fileAt(*found))];
    return RowPlace{std::filesystem::path(file).filename().string(), rows.rowAt(*found)};
}

bool Trainer::save()
{
    if (isSaved())
        return true;
    if (m_state.step == 0 && m_state.microBatches == 0)
        return false; // nothing was trained yet
    enter(SessionState::saving);
    const std::filesystem::path folder = m_run->checkpoint(m_state.step);
    if (m_state.microBatches > 0)
        m_state.partialLoss = m_loss.item<double>();
    if (!m_scaler && !std::isfinite(m_state.partialLoss))
        return false; // the step is about to fail: its gradients must not replace a good checkpoint
    if (m_scaler)
        m_state.lossScaler = m_scaler->state();
    const bool written = m_writer->checkpoint(
        [&] { writeCheckpoint(folder, m_recipe, m_state, *m_adapter, *m_optimizer, m_generatorState); });
    if (!written)
        return false;
    m_savedStep = m_state.step;
    m_savedMicroBatches = m_state.microBatches;
    m_savedEvaluated = m_state.evaluated;
    try {
        m_run->retain(m_recipe.training.keepCheckpoints,
            m_state.best ? std::optional<std::int64_t>(m_state.best->step) : std::nullopt);
    } catch (const Error& error) { // one too many is no reason to end
        say(sentence(error.faults().front()), true);
    }
    m_logs.checkpoint(m_state.step, folder);
    m_publish(CheckpointSaved{m_state.step, folder});
    return true;
}

} // namespace falconer
