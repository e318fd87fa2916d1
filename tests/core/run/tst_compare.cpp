// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/run/compare.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <string>
#include <vector>

using namespace falconer;
namespace fs = std::filesystem;

class TestCompare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void onlyWhatDiffersIsListed()
    {
        Recipe other = recipe();
        other.lora.rank = 8;
        other.lora.targets = std::vector<std::string>{"q_proj"};
        const RunFolder a = makeRun("a", recipe());
        const RunFolder b = makeRun("b", other);
        b.append(StepMetrics{2, 1, 2.5, 1, 1e-4, 1000, 99, 4});
        b.append(EvalMetrics{2, 2.25, 9.5, 10});
        b.appendEvent("started", "m");
        b.appendEvent("finished", "");
        const std::vector<fs::path> folders{a.path(), b.path()};
        const Comparison made = compareRuns(folders);
        QCOMPARE(made.settings.size(), std::size_t(2));
        QCOMPARE(made.settings[0].key, std::string("lora.rank"));
        QVERIFY((made.settings[0].values == std::vector<std::string>{"16", "8"})); // the default is resolved
        QVERIFY((made.settings[1].values == std::vector<std::string>{"all-linear", "[q_proj]"}));
        QVERIFY(!made.runs[0].summary.bestEvalLoss && !made.runs[0].seconds && !made.runs[0].sentinel);
        QCOMPARE(made.runs[1].summary.bestEvalLoss.value(), 2.25);
        QCOMPARE(made.runs[1].summary.state, std::string("finished"));
        QCOMPARE(made.runs[1].tokensPerSecond.value(), 250.0);
        QVERIFY(made.runs[1].sentinel == SentinelState::fine);
        QVERIFY(!made.runs[1].trainableParameters);
    }

    void everyFolderThatIsNoRunIsNamed()
    {
        const RunFolder a = makeRun("a", recipe());
        fs::create_directories(base() / "empty");
        const RunFolder broken = makeRun("broken", recipe());
        writeFile(broken.recipeFile(), "model: [\n");
        const RunFolder torn = makeRun("torn", recipe());
        writeFile(torn.metricsFile(), "{\"step\": \"x\"}\n");
        const std::vector<fs::path> folders{
            a.path(), base() / "empty", base() / "none", broken.path(), torn.path(), a.path()};
        try {
            compareRuns(folders);
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QCOMPARE(error.exitCode(), 2);
            QVERIFY(error.faults().size() >= 5);
            std::string all;
            for (const Fault& fault : error.faults())
                all += sentence(fault) + "\n";
            for (const char* part : {"empty: holds no run", "none: does not exist", "broken: run.yaml",
                     "torn: metrics.jsonl", "a: is named twice"})
                QVERIFY2(all.find(part) != std::string::npos, (std::string(part) + "\n" + all).c_str());
        }
    }

    void oneRunIsNothingToCompare()
    {
        const std::vector<fs::path> folders{makeRun("a", recipe()).path()};
        QVERIFY_EXCEPTION_THROWN(compareRuns(folders), Error);
    }

private:
    fs::path base() const { return m_temporary->path().toStdString(); }
    RunFolder makeRun(const std::string& name, const Recipe& made) const
    {
        return RunFolder::create(base() / name, made);
    }

    static Recipe recipe()
    {
        Recipe made;
        made.model = "/m";
        made.data.train = {{"/d", 1}};
        return made;
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
};

QTEST_GUILESS_MAIN(TestCompare)
#include "tst_compare.moc"
