// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/train/session.h"
#include "tests/support/paths.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace falconer;

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void eventsComeInOrder();
    void stoppedRunResumesToTheSameNumbers();
    void keepsTheBestAdapterAndTheNewestCheckpoints();
    void answersSamplePrompts();
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
    const MetricsHistory whole = readMetrics(path("whole") / "metrics.jsonl");
    const MetricsHistory cut = readMetrics(path("cut") / "metrics.jsonl");
    QCOMPARE(cut.steps.size(), whole.steps.size());
    for (std::size_t i = 0; i < whole.steps.size(); ++i) {
        QCOMPARE(cut.steps[i].loss, whole.steps[i].loss); // to the last bit
        QCOMPARE(cut.steps[i].gradNorm, whole.steps[i].gradNorm);
        QCOMPARE(cut.steps[i].tokens, whole.steps[i].tokens);
    }
    for (std::size_t i = 0; i < whole.evals.size(); ++i)
        QCOMPARE(cut.evals[i].loss, whole.evals[i].loss);
    QCOMPARE(readFile(path("cut") / "adapter" / "adapter_model.safetensors"),
        readFile(path("whole") / "adapter" / "adapter_model.safetensors"));
}

void TestSession::keepsTheBestAdapterAndTheNewestCheckpoints()
{
    const auto events = runToEnd(
        makeSession(recipe({"training.keep_checkpoints=2", "training.learning_rate=1", "training.scheduler=constant"}),
            path("run")));
    const RunEnded end = ending(events);
    QCOMPARE(end.state, SessionState::finished);
    const RunFolder run = RunFolder::open(path("run"));
    const auto kept = run.checkpointSteps();
    QVERIFY(kept.size() <= 3 && kept.back() == 8);
    QVERIFY(std::find(kept.begin(), kept.end(), end.best->step) != kept.end());
    // At this rate the loss runs away, so the adapter that is handed over is an early one.
    QVERIFY(end.best->step < 8);
    QCOMPARE(readFile(run.adapter() / "adapter_model.safetensors"),
        readFile(run.checkpoint(end.best->step) / "adapter_model.safetensors"));
}

void TestSession::answersSamplePrompts()
{
    int samples = 0;
    runToEnd(makeSession(
                 recipe({"training.sample_prompts=[\"Who mends the kettle?\"]", "training.max_steps=2"}), path("run")),
        [&](const SessionEvent& event, Session&) {
            if (const auto* line = std::get_if<LogLine>(&event))
                samples += line->text.starts_with("Who mends the kettle? →");
        });
    QCOMPARE(samples, 2); // before training, and at step 2
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
    QCOMPARE(end.faults.size(), std::size_t{1});
    QVERIFY2(QString::fromStdString(sentence(end.faults[0])).contains(says), sentence(end.faults[0]).c_str());
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
