// SPDX-License-Identifier: Apache-2.0
#include "core/train/trainer_parts.h"

#include "core/base/files.h"
#include "core/base/memory.h"
#include "core/inference/evaluate.h"
#include "core/model/adapter_folder.h"
#include "core/train/adapter_proof.h"
#include "core/train/plan_advice.h"
#include "core/train/report.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <mutex>
#include <numeric>
#include <thread>

namespace falconer {

namespace {

constexpr auto kDiskLook = std::chrono::seconds(2); ///< between two tries to write
constexpr auto kPauseLook = std::chrono::milliseconds(50);

} // namespace

void Trainer::handOver()
{
    m_writer->flush();
    if (m_state.best) {
        const LoraAdapter best = readAdapterFolder(m_run->best(), m_decoder->spec());
        writeAdapterFolder(m_run->adapter(), best);
    } else {
        writeAdapterFolder(m_run->adapter(), *m_adapter);
    }
    m_ended.adapter = m_run->adapter();
}

void Trainer::handOverWhenThereIsRoom()
{
    enter(SessionState::saving);
    for (bool isNews = true;; isNews = !m_control.pause.raised()) {
        m_control.pause.lower();
        try {
            handOver();
            return;
        } catch (const Error& error) {
            if (!isDiskRefusal(error.code()))
                throw;
            waitForRoom(error, isNews);
        }
    }
}

void Trainer::waitForRoom(const Error& refusal, bool isNews)
{
    const Fault& fault = refusal.faults().front();
    m_control.pause.raise(); // before anybody hears of it and lowers it
    if (isNews) {
        say(fmt::format("The run is done, but its adapter cannot be written: {}: {}. {} and it goes on; nothing is "
                        "lost while it waits.",
                fault.subject, fault.problem, makeRoom()),
            true);
        m_publish(StateChanged{SessionState::paused, PauseReason::disk});
    }
    const auto next = std::chrono::steady_clock::now() + kDiskLook;
    while (m_control.pause.raised() && !m_control.stop.raised() && std::chrono::steady_clock::now() < next)
        std::this_thread::sleep_for(kPauseLook);
    if (!m_control.stop.raised())
        return;
    save();
    const std::string resume = "`falconer resume " + m_run->path().string() + "`";
    throw Error(fault.code, fault.subject, fault.problem,
        m_savedStep > 0
            ? fmt::format("{}, then {} goes on from step {}", makeRoom(), resume, m_savedStep)
            : fmt::format("{}, then {} trains again: there was no room for a checkpoint", makeRoom(), resume));
}

std::string Trainer::makeRoom() const
{
    constexpr double kMegabyte = 1e6;
    std::int64_t needed = 4 * m_adapter->parameters() * (m_state.best ? 2 : 1); // best/ may be waiting too
    if (!isSaved())
        needed += 4 * m_adapter->parameters() + m_optimizer->stateBytes();
    std::error_code unknown;
    const std::filesystem::space_info disk = std::filesystem::space(m_run->path(), unknown);
    const double lacking = unknown ? 0 : static_cast<double>(needed) - static_cast<double>(disk.available);
    // Without a lack another limit refuses: a quota, permissions.
    return lacking > 0 ? fmt::format("Free {:.0f} MB there", std::ceil(lacking / kMegabyte) + 1)
                       : std::string("Make room for it there");
}

/// The adapter's files are read back and measured: what a user loads is what was trained.
void Trainer::prove()
{
    enter(SessionState::evaluating);
    setDropout(false);
    AdapterProof proof;
    proof.validation = m_state.best.has_value();
    std::vector<std::size_t> rows(std::min(kProofRows, m_data.rows().train.size()));
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    const SampleStore measured = proof.validation ? m_data.validation() : m_data.rows().train.select(rows);
    proof.before = proof.validation ? m_state.best->loss : evaluate(*m_decoder, measured, progress()).loss;
    const auto reloaded = std::make_shared<LoraAdapter>(readAdapterFolder(m_run->adapter(), m_decoder->spec()));
    const Checkpoint source(m_modelPath); // PiSSA and OLoRA put back what they took from the weights
    m_decoder->setAdapter(reloaded, &source);
    proof.after = evaluate(*m_decoder, measured, progress()).loss;
    m_ended.proof = proof;
    constexpr double kRounding = 1e-4; // relative
    if (std::abs(proof.after - proof.before) > kRounding * std::abs(proof.before))
        say(fmt::format("The adapter that is handed over has a loss of {:.6f}, in memory it was {:.6f}: {} rounds it "
                        "differently.",
                proof.after, proof.before, m_recipe.quantization.computeDtype),
            true);
    record("proof", fmt::format("loss {:.6f} in memory, {:.6f} read back from adapter/", proof.before, proof.after));
}

void Trainer::endStopped()
{
    m_ended.state = SessionState::stopped;
    m_ended.exitCode = 130;
    if (!m_optimizer || (m_state.step == 0 && m_state.microBatches == 0))
        return; // nothing was trained yet
    const bool saved = save();
    if (m_state.step > 0 && !m_control.suspend.raised())
        handOver();
    if (!saved)
        throw Error(ErrorCode::diskFull, m_run->path().string(), "the state could not be saved",
            "make room there; resume goes on from the last checkpoint");
}

void Trainer::endFailed(std::vector<Fault> faults, int exitCode)
{
    m_ended.state = SessionState::failed;
    m_ended.faults = std::move(faults);
    m_ended.exitCode = exitCode;
}

void Trainer::saveLastStep()
{
    if (!m_optimizer || !m_writer || m_state.step == 0 || m_updating || !m_generatorAtStep.defined())
        return;
    if (m_scaler && m_scalerAtStep)
        m_scaler.emplace(*m_scalerAtStep);
    m_optimizer->zeroGradients();
    m_generatorState = m_generatorAtStep;
    m_state.microBatches = 0;
    m_state.partialLoss = 0;
    m_state.stepSeconds = 0;
    save();
}

RunEnded Trainer::run()
{
    try {
        try {
            enter(SessionState::preparing);
            openRun();
            readInputs();
            createRun();
            loadModel();
            announce();
            probe();
            trainSteps();
            handOverWhenThereIsRoom();
            prove();
        } catch (const Stopped&) {
            endStopped();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::cancelled)
                throw;
            endStopped();
        }
    } catch (const Error& error) {
        endFailed(error.faults(), error.exitCode());
    } catch (const std::exception& error) {
        if (saysOutOfMemory(error)) {
            endFailed({}, 1);
        } else {
            const std::string what = error.what();
            endFailed({{ErrorCode::internal, "training", what.substr(0, what.find('\n')), {}}}, 1);
        }
    }
    conclude();
    return m_ended;
}

/// What is left to write must not hide how the run ended, nor one part of it keep the next from being written.
void Trainer::attempt(const std::function<void()>& part)
{
    try {
        part();
    } catch (const std::exception& error) {
        m_publish(LogLine{true, error.what()});
    }
}

void Trainer::conclude()
{
    const bool failed = m_ended.state == SessionState::failed;
    if (failed)
        attempt([this] { saveLastStep(); });
    if (failed && m_ended.faults.empty()) {
        std::string fix;
        attempt([&] { fix = m_spec.linears.empty() ? "" : cheapestFix(m_recipe, m_spec, m_memoryFacts, 1); });
        m_ended.faults
            = {outOfMemoryFault(fix, m_savedStep > 0 ? std::optional<std::int64_t>(m_savedStep) : std::nullopt)};
    }
    m_ended.start = m_state.start;
    m_ended.best = m_state.best;
    m_ended.bySentinel = m_endEarly && m_ended.state == SessionState::finished;
    if (m_sentinel)
        m_ended.sentinel = m_sentinel->verdict();
    if (!m_run)
        return;
    std::string message;
    for (const Fault& fault : m_ended.faults)
        message += (message.empty() ? "" : " ") + sentence(fault);
    const bool suspended = m_ended.state == SessionState::stopped && m_control.suspend.raised();
    attempt([&] {
        m_run->appendEvent(suspended ? "suspended" : name(m_ended.state), message, m_state.step,
            m_ended.faults.empty() ? std::nullopt : std::optional<ErrorCode>(m_ended.faults.front().code));
    });
    if (m_started.folder.empty())
        return;
    attempt([this] {
        writeFile(m_run->path() / "report.md",
            runReport({m_recipe, m_started, m_ended, m_history, m_samples, memoryForReport()}));
    });
    attempt([this] {
        const std::optional<StepMetrics> last
            = m_history.steps.empty() ? std::nullopt : std::optional<StepMetrics>(m_history.steps.back());
        m_logs.finish(
            RunOutcome{std::string(name(m_ended.state)), m_ended.exitCode, last, m_state.start, m_state.best});
    });
}

ReportMemory Trainer::memoryForReport() const
{
    ReportMemory memory;
    for (std::size_t i = 0; i < kMemoryClasses; ++i) {
        const auto kind = static_cast<MemoryClass>(i);
        memory.planned.emplace_back(name(kind), m_memory.gpu ? (*m_memory.gpu)[kind] : m_memory.ram[kind]);
    }
    memory.plannedPeak = m_memory.peak;
    memory.measuredPeak = processPeakMemory();
    return memory;
}

void Trainer::say(const std::string& text, bool warning)
{
    m_publish(LogLine{warning, text});
    record(warning ? "warning" : "note", text);
}

void Trainer::record(std::string_view event, const std::string& text) const
{
    if (!m_run)
        return;
    try {
        m_run->appendEvent(event, text, m_state.step);
    } catch (const Error&) {
        // The event was published; RunWriter has said that the disk refuses.
    }
}

Progress Trainer::progress()
{
    return [this](std::string_view phase, long long done, long long total) {
        m_publish(PhaseProgress{std::string(phase), done, total});
        return !m_control.stop.raised();
    };
}

at::Tensor Trainer::generatorState()
{
    const std::lock_guard lock(m_generator->mutex());
    return m_generator->get_state().clone();
}

void runTraining(TrainerInput input, TrainControl& control, const std::function<void(SessionEvent)>& publish)
{
    RunEnded ended = Trainer(std::move(input), control, publish).run();
    publish(StateChanged{ended.state});
    publish(std::move(ended));
}

} // namespace falconer
