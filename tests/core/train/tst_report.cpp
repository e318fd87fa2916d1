// SPDX-License-Identifier: Apache-2.0
#include "core/train/report.h"

#include <QtTest>

#include <string>

using namespace falconer;

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_recipe = {};
        m_recipe.model = "/models/fal\"con";
        m_recipe.data.train = {{"/d", 1}};
        m_started = {};
        m_started.folder = "/runs/tiny";
        m_started.totalSteps = 10;
        m_started.trainRows = 90;
        m_started.validationRows = 9;
        m_started.trainableParameters = 1234;
        m_started.device = "cpu";
        m_ended = {};
        m_history = {};
    }

    void aRunThatNeverBeganIsShort()
    {
        m_ended.state = SessionState::failed;
        m_ended.faults = {{ErrorCode::outOfMemory, "memory", "it ran out", "take less"}};
        const std::string text = report();
        QVERIFY(
            has(text, "# tiny\n") && has(text, "The run failed at ") && has(text, "> memory: it ran out. Take less."));
        for (const char* part : {"## Memory", "## Samples", "## Overfitting", "## The adapter", "validation |"})
            QVERIFY2(!has(text, part), part);
        QVERIFY(has(text, "LibTorch") && has(text, "rank: 16"));
    }

    void everythingThatIsKnownIsSaid()
    {
        m_history.steps = {{1, 0.1, 4.5, 1, 1e-4, 100, 50, 2}, {10, 1, 1.25, 1, 1e-4, 1000, 50, 20}};
        m_history.evals = {{5, 2.5, 12, 9}, {10, 2.75, 15, 9}};
        m_ended.start = EvalMetrics{0, 5, 148, 9};
        m_ended.best = EvalMetrics{5, 2.5, 12.18, 9};
        m_ended.adapter = "/runs/tiny/adapter";
        m_ended.proof = AdapterProof{true, 2.5, 2.5000001};
        m_ended.sentinel = SentinelVerdict{};
        m_ended.sentinel->evidence.sentences = {"All is | calm."};
        const std::string text = runReport({m_recipe, m_started, m_ended, m_history,
            {{0, 0, "Who?", "a ``` b"}, {5, 0, "Who?", "middle"}, {10, 0, "Who?", "last"}},
            ReportMemory{{{"weights", 10 << 20}}, 90 << 20, 100 << 20}});
        for (const char* part :
            {"went from 5.0000 to 2.5000", "best at step 5", "| training | 4.5000 (step 1) | | 1.2500 (step 10) |",
                "| validation | 5.0000 (step 0) | 2.5000 (step 5) | 2.7500 (step 10) |", "1000 in 20 s (50 tokens/s)",
                "State: **fine**", "All is \\| calm.", "| weights | 10 MiB |", "The plan was -10.0 % off.",
                "a loss of 2.500000 on the validation rows", "difference 1.00e-07",
                "PeftModel.from_pretrained(base, \"/runs/tiny/adapter\")",
                "from_pretrained(\"/models/fal\\\"con\", dtype=\"bfloat16\")",
                "falconer generate --model '/models/fal\"con' --adapter '/runs/tiny/adapter' --quantization nf4 "
                "--set quantization.compute_dtype=bfloat16 --prompt",
                "````\na ``` b\n````", "Step 10"})
            QVERIFY2(has(text, part), (std::string(part) + "\n" + text).c_str());
        QVERIFY(!has(text, "middle")); // the first and the last answer tell
    }

    void theGenerateLineHoldsTheBaseAsItWasTrainedOn()
    {
        m_ended.adapter = "/a";
        m_recipe.training.samplePrompts = {"It's $HOME"};
        m_recipe.quantization.computeDtype = "float32";
        m_recipe.quantization.doubleQuant = false;
        QVERIFY(has(report(), "--quantization nf4 --set quantization.double_quant=false --prompt 'It'\\''s $HOME'\n"));
    }

    void aGgufBaseIsNamedAsTransformersWantsIt()
    {
        m_recipe.model = "/models/a.gguf";
        m_ended.adapter = "/a";
        QVERIFY(has(report(), "from_pretrained(\"/models\", gguf_file=\"a.gguf\""));
    }

private:
    std::string report() const { return runReport({m_recipe, m_started, m_ended, m_history, {}, {}}); }
    static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

    Recipe m_recipe;
    RunStarted m_started;
    RunEnded m_ended;
    MetricsHistory m_history;
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
