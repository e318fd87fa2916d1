// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/dataset.h"
#include "core/data/verbatim.h"
#include "core/inference/generate.h"
#include "core/inference/loaded_model.h"
#include "core/model/checkpoint.h"
#include "core/model/decoder.h"
#include "core/run/run_logs.h"
#include "core/run/sentinel.h"
#include "core/train/guard_rails.h"
#include "core/train/loss_scaler.h"
#include "core/train/memory_plan.h"
#include "core/train/optimizer.h"
#include "core/train/report.h"
#include "core/train/run_plan.h"
#include "core/train/run_writer.h"
#include "core/train/schedule.h"
#include "core/train/train_checkpoint.h"
#include "core/train/trainer.h"
#include "core/train/training_data.h"

#include <functional>
#include <memory>
#include <optional>

namespace falconer {

/// Thrown between two micro-batches when the user asked to stop.
struct Stopped { };

/// A run from its recipe to its adapter. Reads in the order of its methods: trainer_prepare.cpp, trainer_steps.cpp,
/// trainer_finish.cpp.
class Trainer {
public:
    Trainer(TrainerInput input, TrainControl& control, const std::function<void(SessionEvent)>& publish)
        : m_input(std::move(input))
        , m_control(control)
        , m_publish(publish)
    {
    }

    RunEnded run();

private:
    // trainer_prepare.cpp
    void openRun();
    /// The checkpoint to go on from; one that a failing disk has damaged is passed over for the one before.
    std::optional<std::int64_t> newestWholeCheckpoint();
    void readInputs();
    void prepareAdapter();
    void createRun();
    void planMemoryOfRun();
    void warnOfData();
    void warnOfMemory();
    void loadModel();
    void takeUpCheckpoint();
    void announce();
    /// Shows the guard rails and the sentinel what a resumed run had recorded.
    void recallHistory();
    void probe();

    // trainer_steps.cpp
    void measureStart();
    void trainSteps();
    void trainStep();
    /// One micro-batch: its gradient is added, its loss returned as a scalar on the device.
    at::Tensor trainMicroBatch(const Batch& batch, std::int64_t targets);
    /// Stops, pauses and saves when asked to.
    void obey();
    void finishStep(StepMetrics metrics, std::int64_t tokens);
    void checkFinite(
        const StepMetrics& metrics, const std::vector<Batch>& batches, const std::vector<at::Tensor>& parts);
    void evaluateNow();
    void consultSentinel();
    void answerSamples();
    /// The training row that an answer repeats word for word.
    std::optional<RowPlace> repeatedRow(const std::string& prompt, const Generated& answer);
    bool save();
    /// Whether the newest checkpoint holds everything that has happened.
    bool isSaved() const
    {
        return m_savedStep == m_state.step && m_savedMicroBatches == m_state.microBatches
            && m_savedEvaluated == m_state.evaluated;
    }

    // trainer_finish.cpp
    void handOver();
    /// handOver(), waiting while the disk has no room: the run is done, and nothing of it shall be lost.
    void handOverWhenThereIsRoom();
    /// Paused until it is worth trying again. Throws, saying how to go on, when the user asks to stop.
    void waitForRoom(const Error& refusal, bool isNews);
    /// "free 12 MB there", or without the number where that would not help.
    std::string makeRoom() const;
    void prove();
    void endStopped();
    void endFailed(std::vector<Fault> faults, int exitCode);
    /// Training cannot go on from memory: goes back to the last finished step and saves that.
    void saveLastStep();
    void attempt(const std::function<void()>& part);
    void conclude();
    ReportMemory memoryForReport() const;

    void enter(SessionState state) { m_publish(StateChanged{state}); }
    void say(const std::string& text, bool warning = false);
    void record(std::string_view event, const std::string& text) const;
    Progress progress();
    void setDropout(bool on) { m_decoder->setDropout(on ? m_adapter->config.dropout : 0, m_generator); }
    at::Tensor generatorState();
    const c10::Device& device() const { return m_decoder->options().device; }

    TrainerInput m_input;
    TrainControl& m_control;
    const std::function<void(SessionEvent)>& m_publish;

    Recipe m_recipe;
    LoadOptions m_options;
    std::filesystem::path m_modelPath;
    std::optional<RunFolder> m_run;
    std::optional<RunWriter> m_writer;
    RunLogs m_logs;
    std::optional<std::int64_t> m_resumeFrom; ///< the checkpoint to go on from
    std::unique_ptr<const Checkpoint> m_checkpoint;
    std::shared_ptr<LoraAdapter> m_adapter;
    TrainingData m_data;
    RunPlan m_plan;
    Schedule m_schedule;
    ModelSpec m_spec;
    PlanFacts m_memoryFacts;
    MemoryPlan m_memory; ///< what was planned before anything was loaded
    LoadedModel m_model;
    std::shared_ptr<Decoder> m_decoder;
    std::unique_ptr<Optimizer> m_optimizer;
    std::optional<LossScaler> m_scaler; ///< with float16
    std::optional<at::Generator> m_generator;
    at::Tensor m_generatorState; ///< as it was before the next micro-batch
    at::Tensor m_generatorAtStep; ///< as it was after the last finished step

    TrainState m_state;
    at::Tensor m_loss; ///< of the micro-batches done of the step at hand, a scalar on the device
    std::int64_t m_savedStep = -1;
    std::int64_t m_savedMicroBatches = 0;
    bool m_savedEvaluated = false;
    bool m_updating = false; ///< the optimizer is at work: the adapter is neither that of this step nor of the next
    std::optional<LossScaler::State> m_scalerAtStep; ///< as it was after the last finished step
    MetricsHistory m_history; ///< of the whole run
    std::vector<SampleAnswer> m_samples; ///< of this session
    std::optional<VerbatimIndex> m_verbatim; ///< made with the first answers
    std::optional<Sentinel> m_sentinel;
    GradientWatch m_gradients;
    bool m_endEarly = false; ///< the sentinel's action: stop
    bool m_sentinelPauses = false; ///< its action: pause, and nobody has heard of it yet
    RunStarted m_started;
    RunEnded m_ended;
};

} // namespace falconer
