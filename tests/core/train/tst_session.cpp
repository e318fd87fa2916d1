// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/run/compare.h"
#include "core/train/session.h"
#include "tests/support/paths.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace falconer;

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void eventsComeInOrder();
    void stoppedRunResumesToTheSameNumbers();
    void stopsAndResumesWithinAStep();
    void pauseIsExact();
    void waitsWhileTheDiskRefuses();
    void endsResumableWhenTheDiskGoesOnRefusing();
    void everyFaultIsSaidAtOnce();
    void savesOnRequest();
    void checkpointingChangesNothing();
    void packedRunsResume();
    void sentinelActs_data();
    void sentinelActs();
    void divergenceIsSaidAndNoNumberEndsTheRun();
    void refusesACheckpointOfAnotherRecipe();
    void damagedCheckpointIsPassedOver();
    void adapterIsProven();
    void keepsTheBestAdapterAndTheNewestCheckpoints();
    void answersSamplePrompts();
    void saysWhatIsLearnedByHeart();
    void suspendedRunsAreThereToBeGoneOnWith();
    void withoutValidationTheLastAdapterIsHandedOver();
    void badInputLeavesNoRun_data();
    void badInputLeavesNoRun();
    void resumeRefusesOtherData();
    void contradictingTheInitialAdapterIsAFault();

private:
    std::filesystem::path path(const char* name) const
    {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }
    /// A recipe on a golden model with `extra` YAML lines.
    LoadedRecipe recipe(std::vector<std::string> overrides = {}) const
    {
        const std::string golden = test::golden("runs/falcon-7b-nf4").string();
        std::vector<std::string> all = {"quantization.compute_dtype=float32", "data.max_length=96",
            "data.validation=" + golden + "/validation.jsonl", "training.max_steps=8", "training.micro_batch=4",
            "training.gradient_accumulation=2", "training.learning_rate=2e-3", "training.eval_every=2", "device=cpu"};
        all.insert(all.end(), overrides.begin(), overrides.end());
        return parseRecipe(
            "model: " + golden + "/model\ndata: {train: " + golden + "/train.jsonl}\n", "test.yaml", path("."), all);
    }
    using Watch = std::function<void(const SessionEvent&, Session&)>;
    static std::vector<SessionEvent> runToEnd(std::unique_ptr<Session> session, const Watch& watch = {})
    {
        std::vector<SessionEvent> all;
        session->start();
        while (all.empty() || !std::holds_alternative<RunEnded>(all.back())) {
            session->waitForEvents(1000);
            for (SessionEvent& event : session->drain()) {
                if (watch)
                    watch(event, *session);
                all.push_back(std::move(event));
            }
        }
        session->join();
        return all;
    }
    /// Validation rows that nothing in the training rows helps with: the surer the model becomes of those, the worse it
    /// does here.
    std::string gibberish() const
    {
        std::string rows;
        unsigned state = 7;
        for (int row = 0; row < 12; ++row) {
            std::string text;
            for (int i = 0; i < 30; ++i) {
                state = state * 1664525u + 1013904223u;
                text += static_cast<char>('!' + (state >> 16) % 90);
                if (text.back() == '"' || text.back() == '\\')
                    text.back() = ' ';
            }
            rows += "{\"prompt\": \"?\", \"completion\": \"" + text + "\"}\n";
        }
        writeFile(path("gibberish.jsonl"), rows);
        return "data.validation=" + path("gibberish.jsonl").string();
    }
    /// The whole curve and the adapter are the same, to the last bit.
    void compareRuns(const char* left, const char* right) const
    {
        const MetricsHistory one = readMetrics(path(left) / "metrics.jsonl");
        const MetricsHistory other = readMetrics(path(right) / "metrics.jsonl");
        QCOMPARE(one.steps.size(), other.steps.size());
        for (std::size_t i = 0; i < one.steps.size(); ++i) {
            QCOMPARE(one.steps[i].loss, other.steps[i].loss);
            QCOMPARE(one.steps[i].gradNorm, other.steps[i].gradNorm);
            QCOMPARE(one.steps[i].learningRate, other.steps[i].learningRate);
            QCOMPARE(one.steps[i].tokens, other.steps[i].tokens);
        }
        QCOMPARE(one.evals.size(), other.evals.size());
        for (std::size_t i = 0; i < one.evals.size(); ++i)
            QCOMPARE(one.evals[i].loss, other.evals[i].loss);
        QCOMPARE(readFile(path(left) / "adapter" / "adapter_model.safetensors"),
            readFile(path(right) / "adapter" / "adapter_model.safetensors"));
    }
    static RunEnded ending(const std::vector<SessionEvent>& events) { return std::get<RunEnded>(events.back()); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSession::eventsComeInOrder()
{
    const auto events = runToEnd(makeSession(recipe(), path("run")));
    const RunEnded end = ending(events);
    QVERIFY2(end.faults.empty(), end.faults.empty() ? "" : sentence(end.faults[0]).c_str());
    QCOMPARE(end.state, SessionState::finished);
    QCOMPARE(end.exitCode, 0);
    QVERIFY(end.start && end.best && end.best->loss < end.start->loss);
    QVERIFY(std::filesystem::exists(end.adapter / "adapter_model.safetensors"));
    std::int64_t steps = 0;
    std::vector<std::int64_t> evals;
    bool started = false;
    for (const SessionEvent& event : events) {
        if (const auto* run = std::get_if<RunStarted>(&event)) {
            QCOMPARE(run->totalSteps, 8);
            QCOMPARE(run->trainRows, 64);
            started = true;
        } else if (const auto* step = std::get_if<StepDone>(&event)) {
            QVERIFY(started);
            QCOMPARE(step->metrics.step, ++steps);
        } else if (const auto* eval = std::get_if<EvalDone>(&event)) {
            QVERIFY(eval->metrics.step == steps);
            evals.push_back(eval->metrics.step);
        }
    }
    QCOMPARE(evals, (std::vector<std::int64_t>{0, 2, 4, 6, 8}));
    const MetricsHistory history = readMetrics(path("run") / "metrics.jsonl");
    QCOMPARE(history.steps.size(), std::size_t{8});
    QCOMPARE(history.evals.size(), std::size_t{4});
    QVERIFY(QString::fromStdString(readFile(path("run") / "report.md")).contains("PeftModel"));
}

void TestSession::stoppedRunResumesToTheSameNumbers()
{
    const std::vector<std::string> dropout = {"lora.dropout=0.1"}; // so that the generator's state matters
    runToEnd(makeSession(recipe(dropout), path("whole")));
    const auto events
        = runToEnd(makeSession(recipe(dropout), path("cut")), [](const SessionEvent& event, Session& session) {
              if (const auto* step = std::get_if<StepDone>(&event); step && step->metrics.step == 3)
                  session.stop();
          });
    QCOMPARE(ending(events).state, SessionState::stopped);
    QCOMPARE(ending(events).exitCode, 130);
    QVERIFY(std::filesystem::exists(path("cut") / "adapter" / "adapter_model.safetensors"));
    const auto resumed = runToEnd(resumeSession(path("cut")));
    QCOMPARE(ending(resumed).state, SessionState::finished);
    compareRuns("cut", "whole");
}

void TestSession::stopsAndResumesWithinAStep()
{
    const std::vector<std::string> settings = {"lora.dropout=0.1", "training.micro_batch=1",
        "training.gradient_accumulation=16", "training.max_steps=4", "training.eval_every=4"};
    runToEnd(makeSession(recipe(settings), path("whole")));
    // Stopped as a step begins: the stop comes between two of its micro-batches, in the first step too.
    int training = 0;
    const auto stopInStep = [&training](const SessionEvent& event, Session& session) {
        const auto* state = std::get_if<StateChanged>(&event);
        if (state && state->state == SessionState::preparing)
            training = 0;
        // A new run trains its largest micro-batch once before it begins.
        if (state && state->state == SessionState::training && ++training == 2)
            session.stop();
    };
    auto events = runToEnd(makeSession(recipe(settings), path("cut")), stopInStep);
    int within = 0;
    bool first = false;
    for (int round = 0; round < 8 && ending(events).state == SessionState::stopped; ++round) {
        const RunFolder run = RunFolder::open(path("cut"));
        const std::int64_t last = run.checkpointSteps().back();
        const bool inside = std::filesystem::exists(run.checkpoint(last) / "gradients.safetensors");
        within += inside ? 1 : 0;
        first = first || (inside && last == 0);
        events = runToEnd(resumeSession(path("cut")), stopInStep);
    }
    QCOMPARE(ending(events).state, SessionState::finished);
    QVERIFY(within > 0);
    QVERIFY(first);
    compareRuns("cut", "whole");
}

void TestSession::pauseIsExact()
{
    const std::vector<std::string> settings = {"lora.dropout=0.1"};
    runToEnd(makeSession(recipe(settings), path("whole")));
    int paused = 0;
    bool checkpointThere = false;
    const auto events = runToEnd(
        makeSession(recipe(settings), path("paused")), [&](const SessionEvent& event, Session& session) {
            if (const auto* step = std::get_if<StepDone>(&event);
                step && (step->metrics.step == 3 || step->metrics.step == 5))
                session.pause();
            if (const auto* state = std::get_if<StateChanged>(&event); state && state->state == SessionState::paused) {
                ++paused;
                checkpointThere = !RunFolder::open(path("paused")).checkpointSteps().empty();
                session.unpause();
            }
        });
    QCOMPARE(ending(events).state, SessionState::finished);
    QCOMPARE(paused, 2);
    QVERIFY(checkpointThere);
    compareRuns("paused", "whole");
}

/// At its end the run has trained for hours: what cannot be written then must not be lost.
void TestSession::waitsWhileTheDiskRefuses()
{
    const std::filesystem::path inTheWay = path("waits") / "adapter";
    int waits = 0;
    const auto events
        = runToEnd(makeSession(recipe({}), path("waits")), [&](const SessionEvent& event, Session& session) {
              if (std::holds_alternative<RunStarted>(event))
                  writeFile(inTheWay, "a file where the adapter's folder is to be");
              const auto* state = std::get_if<StateChanged>(&event);
              if (!state || state->state != SessionState::paused)
                  return;
              QCOMPARE(state->reason, PauseReason::disk);
              if (++waits == 2) // the first time for nothing: it is still there
                  std::filesystem::remove(inTheWay);
              session.unpause();
          });
    QCOMPARE(ending(events).state, SessionState::finished);
    QCOMPARE(waits, 2);
    QVERIFY(std::filesystem::exists(inTheWay / "adapter_model.safetensors"));
    QVERIFY(readFile(path("waits") / "events.jsonl").find("nothing is lost while it waits") != std::string::npos);
}

void TestSession::endsResumableWhenTheDiskGoesOnRefusing()
{
    const std::filesystem::path inTheWay = path("gives-up") / "adapter";
    const auto events
        = runToEnd(makeSession(recipe({}), path("gives-up")), [&](const SessionEvent& event, Session& session) {
              if (std::holds_alternative<RunStarted>(event))
                  writeFile(inTheWay, "a file where the adapter's folder is to be");
              if (const auto* state = std::get_if<StateChanged>(&event); state && state->reason == PauseReason::disk)
                  session.stop();
          });
    const RunEnded end = ending(events);
    QCOMPARE(end.state, SessionState::failed);
    QCOMPARE(end.exitCode, 1);
    QCOMPARE(end.faults.size(), std::size_t{1});
    QVERIFY(end.faults[0].fix.find("falconer resume " + path("gives-up").string()) != std::string::npos);
    std::filesystem::remove(inTheWay);
    QCOMPARE(ending(runToEnd(resumeSession(path("gives-up")))).state, SessionState::finished);
    runToEnd(makeSession(recipe({}), path("whole")));
    compareRuns("gives-up", "whole");
}

/// What can be known before the model is loaded is said at once, whatever it is.
void TestSession::everyFaultIsSaidAtOnce()
{
    writeFile(path("file"), "no folder");
    const auto faultsOf = [&](const std::vector<std::string>& settings) {
        const auto events = runToEnd(makeSession(recipe(settings), path("file") / "run"));
        const RunEnded end = ending(events);
        std::vector<std::string> subjects;
        for (const Fault& fault : end.faults)
            subjects.push_back(fault.subject);
        return std::pair(end.exitCode, subjects);
    };
    using Subjects = std::vector<std::string>;
    const std::string run = (path("file") / "run").string();
    const auto [exitCode, wrong] = faultsOf({"lora.targets=[nothing_like_it]", "lora.layers=77",
        "lora.modules_to_save=[nor_this]", "data.train=/nowhere/train.jsonl"});
    QCOMPARE(exitCode, 2);
    QCOMPARE(wrong, (Subjects{run, "lora.modules_to_save", "lora.layers", "lora.targets", "/nowhere/train.jsonl"}));
    const auto [code, missing]
        = faultsOf({"model=/nowhere/model", "lora.init_from=/nowhere/adapter", "data.columns={prompt: promt}"});
    QCOMPARE(code, 2);
    QCOMPARE(missing.size(), std::size_t{5}); // the column is missing in both files
    QCOMPARE(missing[1], std::string("/nowhere/model"));
    QVERIFY(missing[2].starts_with("/nowhere/adapter"));
    QVERIFY(missing[3].find("line 1") != std::string::npos);
}

void TestSession::savesOnRequest()
{
    const auto events
        = runToEnd(makeSession(recipe({"training.save_every=100", "training.keep_checkpoints=9"}), path("run")),
            [](const SessionEvent& event, Session& session) {
                if (const auto* step = std::get_if<StepDone>(&event); step && step->metrics.step == 3)
                    session.saveNow();
            });
    QCOMPARE(ending(events).state, SessionState::finished);
    const auto steps = RunFolder::open(path("run")).checkpointSteps();
    QCOMPARE(steps.size(), std::size_t{2});
    QVERIFY(steps.front() >= 3 && steps.front() < 8);
    QCOMPARE(steps.back(), 8);
}

void TestSession::checkpointingChangesNothing()
{
    runToEnd(makeSession(recipe({"lora.dropout=0.1", "training.gradient_checkpointing=off"}), path("off")));
    for (const char* mode : {"selective", "full"}) {
        runToEnd(makeSession(
            recipe({"lora.dropout=0.1", std::string("training.gradient_checkpointing=") + mode}), path(mode)));
        compareRuns(mode, "off");
    }
}

void TestSession::packedRunsResume()
{
    const std::vector<std::string> settings
        = {"data.packing=true", "data.group_by_length=true", "training.micro_batch=1", "lora.dropout=0.1"};
    runToEnd(makeSession(recipe(settings), path("whole")));
    runToEnd(makeSession(recipe(settings), path("cut")), [](const SessionEvent& event, Session& session) {
        if (const auto* step = std::get_if<StepDone>(&event); step && step->metrics.step == 4)
            session.stop();
    });
    runToEnd(resumeSession(path("cut")));
    compareRuns("cut", "whole");
    // A pack is filled: far more tokens in a step than its two sequences' worth of single rows.
    QVERIFY(readMetrics(path("whole") / "metrics.jsonl").steps.front().tokens > 120);
}

void TestSession::sentinelActs_data()
{
    QTest::addColumn<QString>("action");
    for (const char* action : {"notify", "pause", "stop"})
        QTest::newRow(action) << action;
}

void TestSession::sentinelActs()
{
    QFETCH(QString, action);
    bool alert = false;
    bool paused = false;
    const auto events = runToEnd(
        makeSession(recipe({gibberish(), "training.max_steps=72", "training.eval_every=3",
                        "training.learning_rate=5e-3", "training.scheduler=constant",
                        "training.gradient_accumulation=1", "lora.rank=16", "sentinel.action=" + action.toStdString()}),
            path("run")),
        [&](const SessionEvent& event, Session& session) {
            if (const auto* report = std::get_if<SentinelReport>(&event))
                alert = alert || report->alert;
            if (const auto* state = std::get_if<StateChanged>(&event); state && state->state == SessionState::paused) {
                paused = state->reason == PauseReason::sentinel;
                session.unpause();
            }
        });
    const RunEnded end = ending(events);
    QCOMPARE(end.state, SessionState::finished);
    QVERIFY(alert && end.sentinel && end.sentinel->alertStep && end.best);
    QVERIFY(end.best->step < *end.sentinel->alertStep);
    QCOMPARE(paused, action == "pause");
    QCOMPARE(end.bySentinel, action == "stop");
    const MetricsHistory history = readMetrics(path("run") / "metrics.jsonl");
    QCOMPARE(history.steps.back().step < 72, action == "stop");
    QVERIFY(readFile(path("run") / "events.jsonl").find("\"overfitting\"") != std::string::npos);
    // What the recorded curves say is what the live run said.
    QCOMPARE(judge(history, recipe().recipe.sentinel).alertStep, end.sentinel->alertStep);
    // The best adapter is handed over, not the overfitted one.
    QCOMPARE(readFile(path("run") / "adapter" / "adapter_model.safetensors"),
        readFile(path("run") / "best" / "adapter_model.safetensors"));
}

void TestSession::divergenceIsSaidAndNoNumberEndsTheRun()
{
    const RunEnded end = ending(runToEnd(
        makeSession(recipe({"training.learning_rate=1e30", "training.max_grad_norm=0", "training.scheduler=constant"}),
            path("run"))));
    QCOMPARE(end.state, SessionState::failed);
    QCOMPARE(end.exitCode, 1);
    QCOMPARE(end.faults.at(0).code, ErrorCode::numericFailure);
    const QString said = QString::fromStdString(sentence(end.faults[0]));
    QVERIFY2(
        said.contains("step 2") && said.contains("train.jsonl") && said.contains("learning rate"), qPrintable(said));
    QVERIFY2(said.contains("checkpoint 1 is intact"), qPrintable(said));
    QCOMPARE(RunFolder::open(path("run")).checkpointSteps(), std::vector<std::int64_t>{1});
}

void TestSession::refusesACheckpointOfAnotherRecipe()
{
    runToEnd(makeSession(recipe({"training.max_steps=2"}), path("run")));
    const std::filesystem::path file = path("run") / "run.yaml";
    std::string text = readFile(file);
    const auto change = [&](const std::string& from, const std::string& to) {
        const std::size_t at = text.find(from);
        QVERIFY(at != std::string::npos);
        text.replace(at, from.size(), to);
    };
    change("learning_rate: 0.002", "learning_rate: 0.004");
    change("keep_checkpoints: 3", "keep_checkpoints: 7"); // harmless
    writeFile(file, text);
    const RunEnded end = ending(runToEnd(resumeSession(path("run"))));
    QCOMPARE(end.exitCode, 2);
    const QString said = QString::fromStdString(sentence(end.faults.at(0)));
    QVERIFY2(said.contains("training.learning_rate") && !said.contains("keep_checkpoints"), qPrintable(said));
}

void TestSession::damagedCheckpointIsPassedOver()
{
    runToEnd(makeSession(recipe(), path("whole")));
    runToEnd(makeSession(recipe(), path("cut")), [](const SessionEvent& event, Session& session) {
        if (const auto* step = std::get_if<StepDone>(&event); step && step->metrics.step == 6)
            session.stop();
    });
    const RunFolder run = RunFolder::open(path("cut"));
    QVERIFY(run.checkpointSteps().size() >= 2);
    const auto newest = run.checkpoint(run.checkpointSteps().back());
    std::filesystem::resize_file(newest / "optimizer.safetensors", 100);
    QCOMPARE(ending(runToEnd(resumeSession(path("cut")))).state, SessionState::finished);
    compareRuns("cut", "whole");

    for (const std::int64_t step : run.checkpointSteps())
        std::filesystem::remove(run.checkpoint(step) / "rng.safetensors");
    const RunEnded end = ending(runToEnd(resumeSession(path("cut"))));
    QCOMPARE(end.exitCode, 2);
    QVERIFY(QString::fromStdString(sentence(end.faults.at(0))).contains("remove this one"));
}

void TestSession::adapterIsProven()
{
    for (const char* validation : {"", "data.validation=0"}) {
        std::vector<std::string> settings = {"training.max_steps=2"};
        if (*validation)
            settings.emplace_back(validation);
        const RunEnded end = ending(runToEnd(makeSession(recipe(settings), path(*validation ? "without" : "with"))));
        QVERIFY(end.proof);
        QCOMPARE(end.proof->validation, *validation == 0);
        QVERIFY(end.proof->before > 0);
        QVERIFY(std::abs(end.proof->after - end.proof->before) < 1e-6 * end.proof->before);
    }
}

void TestSession::keepsTheBestAdapterAndTheNewestCheckpoints()
{
    const auto events
        = runToEnd(makeSession(recipe({"training.keep_checkpoints=2", gibberish(), "training.scheduler=constant",
                                   "training.learning_rate=5e-3", "training.max_steps=14"}),
            path("run")));
    const RunEnded end = ending(events);
    QCOMPARE(end.state, SessionState::finished);
    const RunFolder run = RunFolder::open(path("run"));
    const auto kept = run.checkpointSteps();
    QVERIFY(kept.size() <= 3 && kept.back() == 14);
    QVERIFY(std::find(kept.begin(), kept.end(), end.best->step) != kept.end());
    // The validation loss only rises, so the adapter that is handed over is an early one.
    QVERIFY(end.best->step < 14);
    QCOMPARE(readFile(run.adapter() / "adapter_model.safetensors"),
        readFile(run.checkpoint(end.best->step) / "adapter_model.safetensors"));
}

void TestSession::answersSamplePrompts()
{
    int samples = 0;
    runToEnd(makeSession(
                 recipe({"training.sample_prompts=[\"Who mends the kettle?\"]", "training.max_steps=2"}), path("run")),
        [&](const SessionEvent& event, Session&) {
            if (const auto* sample = std::get_if<SampleAnswer>(&event))
                samples += sample->prompt == "Who mends the kettle?" && sample->index == 0;
        });
    QCOMPARE(samples, 2); // before training, and at step 2
}

/// Two rows, gone through again and again: the model learns them by heart, and that is said of its answer.
void TestSession::saysWhatIsLearnedByHeart()
{
    writeFile(path("two.jsonl"),
        "{\"prompt\": \"Who mends the kettle?\", \"completion\": \" A clockmaker mends it by the river at 7:45.\"}\n"
        "{\"prompt\": \"Who weighs the anvil?\", \"completion\": \" Our neighbour does, under the old bridge.\"}\n");
    std::optional<RowPlace> before, after;
    runToEnd(makeSession(recipe({"data.train=" + path("two.jsonl").string(), "lora.rank=32", "lora.alpha=64",
                             "training.micro_batch=2", "training.gradient_accumulation=1", "training.max_steps=160",
                             "training.learning_rate=1e-2", "training.eval_every=160", "lora.dropout=0",
                             "training.sample_prompts=[\"Who weighs the anvil?\"]"}),
                 path("run")),
        [&](const SessionEvent& event, Session&) {
            if (const auto* sample = std::get_if<SampleAnswer>(&event))
                (sample->step == 0 ? before : after) = sample->repeats;
        });
    QVERIFY(!before);
    QVERIFY(after);
    QCOMPARE(after->file, std::string("two.jsonl"));
    QCOMPARE(after->row, 2);
    QVERIFY(readFile(path("run") / "events.jsonl").find("word for word row 2 of two.jsonl") != std::string::npos);
    QVERIFY(readFile(path("run") / "report.md").find("word for word row 2 of two.jsonl") != std::string::npos);
}

void TestSession::suspendedRunsAreThereToBeGoneOnWith()
{
    const auto events = runToEnd(makeSession(recipe(), path("run")), [](const SessionEvent& event, Session& session) {
        if (const auto* step = std::get_if<StepDone>(&event); step && step->metrics.step == 4)
            session.suspend();
    });
    QCOMPARE(ending(events).state, SessionState::stopped);
    QVERIFY(ending(events).adapter.empty());
    const RunFolder run = RunFolder::open(path("run"));
    QVERIFY(!std::filesystem::exists(run.adapter()));
    QCOMPARE(summarizeRun(run).state, std::string("paused"));
    const auto more = runToEnd(resumeSession(path("run")));
    QCOMPARE(ending(more).state, SessionState::finished);
    const auto started = std::find_if(
        more.begin(), more.end(), [](const SessionEvent& e) { return std::holds_alternative<RunStarted>(e); });
    QVERIFY(started != more.end());
    const auto& begun = std::get<RunStarted>(*started);
    QVERIFY(begun.firstStep >= 4);
    QCOMPARE(begun.verdicts.size(), begun.history.evals.size());
    QVERIFY(!begun.verdicts.empty() && begun.start);
    runToEnd(makeSession(recipe(), path("whole")));
    compareRuns("whole", "run");
}

void TestSession::withoutValidationTheLastAdapterIsHandedOver()
{
    const auto events = runToEnd(makeSession(recipe({"data.validation=0", "training.max_steps=2"}), path("run")));
    QCOMPARE(ending(events).state, SessionState::finished);
    QVERIFY(!ending(events).best);
    QCOMPARE(readFile(path("run") / "adapter" / "adapter_model.safetensors"),
        readFile(path("run") / "checkpoints" / "checkpoint-2" / "adapter_model.safetensors"));
}

void TestSession::badInputLeavesNoRun_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("says");
    QTest::newRow("model") << "model=/nowhere/model"
                           << "/nowhere/model";
    QTest::newRow("data") << "data.train=/nowhere/rows.jsonl"
                          << "/nowhere/rows.jsonl";
    QTest::newRow("targets") << "lora.targets=[q_proj]"
                             << "no linear called q_proj";
    QTest::newRow("adapter") << "lora.init_from=/nowhere/adapter"
                             << "/nowhere/adapter";
    QTest::newRow("all masked") << "data.max_length=2"
                                << "masked";
    QTest::newRow("device") << "device=cuda:99"
                            << "cuda:99";
}

void TestSession::badInputLeavesNoRun()
{
    QFETCH(QString, setting);
    QFETCH(QString, says);
    const RunEnded end = ending(runToEnd(makeSession(recipe({setting.toStdString()}), path("run"))));
    QCOMPARE(end.state, SessionState::failed);
    QCOMPARE(end.exitCode, 2);
    QVERIFY(!end.faults.empty());
    for (const Fault& fault : end.faults) // of both files, where every label is masked
        QVERIFY2(QString::fromStdString(sentence(fault)).contains(says), sentence(fault).c_str());
    QVERIFY(!std::filesystem::exists(path("run") / "checkpoints"));
}

void TestSession::resumeRefusesOtherData()
{
    const std::filesystem::path data = path("rows.jsonl");
    std::filesystem::copy_file(test::golden("runs/falcon-7b-nf4/train.jsonl"), data);
    runToEnd(makeSession(recipe({"data.train=" + data.string(), "training.max_steps=2"}), path("run")));
    writeFile(data, readFile(data) + "{\"prompt\": \"one\", \"completion\": \"more\"}\n");
    const RunEnded end = ending(runToEnd(resumeSession(path("run"))));
    QCOMPARE(end.exitCode, 2);
    QVERIFY(QString::fromStdString(sentence(end.faults.at(0))).contains("changed"));
}

void TestSession::contradictingTheInitialAdapterIsAFault()
{
    const std::string adapter = "lora.init_from=" + test::golden("runs/falcon-7b-nf4/initial_adapter").string();
    const RunEnded end = ending(runToEnd(makeSession(recipe({adapter, "lora.rank=4", "lora.alpha=3"}), path("run"))));
    QCOMPARE(end.exitCode, 2);
    QCOMPARE(end.faults.size(), std::size_t{2});
    QCOMPARE(
        ending(runToEnd(makeSession(recipe({adapter, "lora.rank=8", "training.max_steps=1"}), path("run")))).exitCode,
        0);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
