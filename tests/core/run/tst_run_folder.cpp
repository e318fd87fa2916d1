// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/config/recipe_io.h"
#include "core/run/run_folder.h"

#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace falconer;
namespace fs = std::filesystem;

namespace {

Recipe tinyRecipe()
{
    Recipe recipe;
    recipe.model = "/models/tiny";
    recipe.data.train = {{"/data/rows.jsonl", 1}};
    return recipe;
}

/// The one fault of what `work` throws.
template <class Work>
Fault faultOf(Work work)
{
    try {
        work();
    } catch (const Error& error) {
        return error.faults().front();
    }
    return {ErrorCode::internal, "nothing", "was thrown", ""};
}

std::vector<std::string> namesIn(const fs::path& folder)
{
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

using Steps = std::vector<std::int64_t>;

} // namespace

class TestRunFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void createMakesParentsAndFreezesTheRecipe()
    {
        const RunFolder run = RunFolder::create(base() / "a/b/run", tinyRecipe());
        QCOMPARE(run.path(), base() / "a/b/run");
        QVERIFY(loadRecipe(run.recipeFile()).recipe.model == "/models/tiny");
        QVERIFY(fs::is_directory(run.checkpoints()));
        QCOMPARE(RunFolder::open(base() / "a/b/run/").path(), run.path());
        QCOMPARE(run.metricsFile(), run.path() / "metrics.jsonl");
        QCOMPARE(run.checkpoint(12), run.path() / "checkpoints/checkpoint-12");
        QCOMPARE(run.best(), run.path() / "best");
        QCOMPARE(run.adapter(), run.path() / "adapter");
    }

    void createRefusesARun_data()
    {
        QTest::addColumn<QString>("present");
        QTest::newRow("recipe") << "run.yaml";
        QTest::newRow("metrics") << "metrics.jsonl";
        QTest::newRow("checkpoints") << "checkpoints/x";
    }
    void createRefusesARun()
    {
        QFETCH(QString, present);
        const fs::path folder = base() / "run";
        fs::create_directories((folder / present.toStdString()).parent_path());
        writeFile(folder / present.toStdString(), "precious");
        const std::vector<std::string> before = namesIn(folder);
        const Fault fault = faultOf([&] { RunFolder::create(folder, tinyRecipe()); });
        QCOMPARE(fault.code, ErrorCode::requestInvalid);
        QCOMPARE(fault.subject, folder.string());
        QCOMPARE(fault.problem, std::string("already holds a run"));
        QVERIFY(fault.fix.find("falconer resume") != std::string::npos);
        QCOMPARE(namesIn(folder), before);
        QCOMPARE(readFile(folder / present.toStdString()), std::string("precious"));
    }

    void createTakesAFolderWithOtherThings()
    {
        fs::create_directories(base() / "run");
        writeFile(base() / "run/notes.txt", "mine");
        const RunFolder run = RunFolder::create(base() / "run", tinyRecipe());
        QCOMPARE(readFile(run.path() / "notes.txt"), std::string("mine"));
    }

    void createWhereNothingCanBeMade()
    {
        writeFile(base() / "file", "x");
        const Fault fault = faultOf([&] { RunFolder::create(base() / "file/run", tinyRecipe()); });
        QCOMPARE(fault.code, ErrorCode::requestInvalid);
        QCOMPARE(fault.subject, (base() / "file/run").string());
        QCOMPARE(fault.problem, (base() / "file").string() + " is not a folder");
        QVERIFY(!fs::exists(base() / "none"));
        RunFolder::checkPlace(base() / "none/of/these"); // can be made, and is not
        QVERIFY(!fs::exists(base() / "none"));
    }

    void openNeedsARun()
    {
        Fault fault = faultOf([&] { RunFolder::open(base() / "none"); });
        QCOMPARE(fault.code, ErrorCode::requestInvalid);
        QCOMPARE(fault.problem, std::string("does not exist"));
        fault = faultOf([&] { RunFolder::open(base()); });
        QCOMPARE(fault.code, ErrorCode::requestInvalid);
        QVERIFY(fault.problem.find("holds no run") != std::string::npos);
    }

    void defaultPathLiesBesideTheRecipe()
    {
        Recipe recipe = tinyRecipe();
        recipe.file = base() / "my recipe.v2.yaml";
        const fs::path path = RunFolder::defaultPath(recipe);
        QCOMPARE(path.parent_path(), base() / "runs");
        QVERIFY2(std::regex_match(path.filename().string(), std::regex(R"(my recipe\.v2-\d{8}-\d{6})")), path.c_str());
        // the same date as the UTC clock says
        std::string today = utcTime().substr(0, 10);
        today.erase(std::remove(today.begin(), today.end(), '-'), today.end());
        QVERIFY(path.filename().string().find(today) != std::string::npos);
    }

    void defaultPathIsFree()
    {
        Recipe recipe = tinyRecipe();
        recipe.file = base() / "r.yaml";
        std::vector<fs::path> paths;
        for (int i = 0; i < 3; ++i) {
            paths.push_back(RunFolder::defaultPath(recipe));
            fs::create_directories(paths.back());
        }
        QVERIFY(paths[0] != paths[1] && paths[1] != paths[2] && paths[0] != paths[2]);
        const bool sameSecond = paths[1].string() == paths[0].string() + "-2";
        QVERIFY(sameSecond || paths[1].string().size() == paths[0].string().size());
    }

    void defaultPathOfTheRecipesOwnOutput()
    {
        Recipe recipe = tinyRecipe();
        recipe.output = "/somewhere/run";
        QCOMPARE(RunFolder::defaultPath(recipe), fs::path("/somewhere/run"));
        recipe.output = "out";
        recipe.file = "/recipes/r.yaml";
        QCOMPARE(RunFolder::defaultPath(recipe), fs::path("/recipes/out"));
        recipe.output.reset();
        recipe.file.clear();
        QCOMPARE(RunFolder::defaultPath(recipe).parent_path(), fs::current_path() / "runs");
    }

    void checkpointsAreKnownByTheirName()
    {
        const RunFolder run = RunFolder::create(base() / "run", tinyRecipe());
        QCOMPARE(run.checkpointSteps(), Steps());
        for (const char* name :
            {"checkpoint-10", "checkpoint-9", "checkpoint-100", "checkpoint-007", "checkpoint-", "checkpoint-1x",
                "checkpoint--1", "checkpoint-99999999999999999999", "other-3", ".falconer-tmp-checkpoint-4"})
            fs::create_directories(run.checkpoints() / name);
        writeFile(run.checkpoint(5), "a file is no checkpoint");
        QCOMPARE(run.checkpointSteps(), (Steps{9, 10, 100}));
        fs::remove_all(run.checkpoints());
        QCOMPARE(run.checkpointSteps(), Steps());
    }

    void retain_data()
    {
        QTest::addColumn<int>("keep");
        QTest::addColumn<int>("best"); // -1: none
        QTest::addColumn<QList<int>>("left");
        QTest::newRow("newest") << 2 << -1 << QList<int>{40, 50};
        QTest::newRow("best is old") << 2 << 20 << QList<int>{20, 40, 50};
        QTest::newRow("best is new") << 2 << 50 << QList<int>{40, 50};
        QTest::newRow("more than there are") << 9 << 10 << QList<int>{10, 20, 30, 40, 50};
        QTest::newRow("all") << 5 << -1 << QList<int>{10, 20, 30, 40, 50};
        QTest::newRow("none") << 0 << -1 << QList<int>{};
        QTest::newRow("only the best") << 0 << 30 << QList<int>{30};
        QTest::newRow("best is gone") << 1 << 33 << QList<int>{50};
    }
    void retain()
    {
        QFETCH(int, keep);
        QFETCH(int, best);
        QFETCH(QList<int>, left);
        const RunFolder run = RunFolder::create(base() / "run", tinyRecipe());
        for (int step = 10; step <= 50; step += 10) {
            fs::create_directories(run.checkpoint(step));
            writeFile(run.checkpoint(step) / "adapter.bin", "weights");
        }
        fs::create_directories(run.checkpoints() / "mine");
        run.retain(keep, best < 0 ? std::nullopt : std::optional<std::int64_t>(best));
        QCOMPARE(run.checkpointSteps(), Steps(left.begin(), left.end()));
        QCOMPARE(namesIn(run.checkpoints()).size(), static_cast<std::size_t>(left.size()) + 1); // nothing half-removed
        for (const int step : left)
            QVERIFY(fs::exists(run.checkpoint(step) / "adapter.bin"));
    }

    void events()
    {
        const RunFolder run = RunFolder::create(base() / "run", tinyRecipe());
        run.appendEvent("started", "on cpu");
        run.appendEvent("warning", "a \"quoted\"\nline, ä and \xFF", 7, ErrorCode::diskFull);
        const std::string content = readFile(run.eventsFile());
        const std::size_t first = content.find('\n');
        QCOMPARE(content.back(), '\n');
        QVERIFY(std::regex_match(content.substr(0, first),
            std::regex(R"(\{"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ","event":"started","message":"on cpu"\})")));
        const auto second = nlohmann::json::parse(content.substr(first + 1));
        QCOMPARE(second.at("message").get<std::string>(), std::string("a \"quoted\"\nline, ä and \xEF\xBF\xBD"));
        QCOMPARE(second.at("step").get<int>(), 7);
        QCOMPARE(second.at("code").get<std::string>(), std::string("disk_full"));
        QCOMPARE(std::count(content.begin(), content.end(), '\n'), 2);
    }

    void aRunIsClaimedOnce()
    {
        const fs::path folder = base() / "run";
        {
            const RunFolder run = RunFolder::create(folder, tinyRecipe());
            RunFolder other = RunFolder::open(folder);
            QVERIFY(other.isRunning());
            const Fault fault = faultOf([&] { other.claim(); });
            QCOMPARE(fault.code, ErrorCode::requestInvalid);
            QVERIFY(fault.problem.find("another") != std::string::npos);
        }
        RunFolder run = RunFolder::open(folder);
        QVERIFY(!run.isRunning());
        run.claim();
        QVERIFY(RunFolder::open(folder).isRunning());
        const RunFolder copy = run;
        run = RunFolder::open(folder);
        QVERIFY(run.isRunning()); // the copy holds it
    }

    void aKilledProcessLosesItsClaim()
    {
        const fs::path folder = base() / "run";
        int ready[2];
        QVERIFY(::pipe(ready) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            const RunFolder run = RunFolder::create(folder, tinyRecipe());
            run.appendEvent("started", "in another process");
            static_cast<void>(::write(ready[1], "x", 1) == 1);
            ::pause();
        }
        char byte = 0;
        QVERIFY(::read(ready[0], &byte, 1) == 1);
        const bool wasRunning = RunFolder::open(folder).isRunning();
        const std::string stateThen = listRuns(base()).at(0).state;
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        ::close(ready[0]);
        ::close(ready[1]);
        QVERIFY(wasRunning);
        QCOMPARE(stateThen, std::string("running"));
        QVERIFY(!RunFolder::open(folder).isRunning());
        QCOMPARE(listRuns(base()).at(0).state, std::string("interrupted"));
    }

    void listOfRuns()
    {
        const auto makeRun = [&](const char* name, const char* time, const std::vector<const char*>& events) {
            const RunFolder run = RunFolder::create(base() / name, tinyRecipe());
            std::string lines;
            for (const char* event : events)
                lines += std::string(R"({"time":")") + time + R"(","event":")" + event + "\",\"message\":\"\"}\n";
            writeFile(run.eventsFile(), lines);
        };
        makeRun("finished", "2026-01-01T00:00:00Z", {"started", "warning", "finished"});
        makeRun("stopped", "2026-01-03T00:00:00Z", {"started", "stopped"});
        makeRun("failed", "2026-01-02T00:00:00Z", {"started", "failed", "note"});
        makeRun("again", "2026-01-05T00:00:00Z", {"started", "stopped", "resumed"});
        makeRun("fresh", "", {});
        fs::create_directories(base() / "no run");
        fs::create_directories(base() / ".hidden");
        writeFile(base() / ".hidden/run.yaml", "");
        writeFile(base() / "file", "");
        writeFile(base() / "finished/metrics.jsonl",
            "{\"step\":1,\"loss\":3}\n{\"step\":1,\"eval_loss\":2.5}\n{\"step\":2,\"loss\":2}\n{\"step\":2,\"eval_"
            "loss\":2.25}\n"
            "{\"step\":3,\"loss\":1.5}\n{\"step\":3,\"eval_loss\":2.75}\n{\"step\":3,\"eval_loss\":null}\n{\"st");

        const std::vector<RunSummary> runs = listRuns(base());
        std::vector<std::string> names, states;
        for (const RunSummary& run : runs) {
            names.push_back(run.name);
            states.push_back(run.state);
            QCOMPARE(run.problem, std::string());
            QCOMPARE(run.model, std::string("/models/tiny"));
        }
        QCOMPARE(names, (std::vector<std::string>{"again", "stopped", "failed", "finished", "fresh"}));
        QCOMPARE(states, (std::vector<std::string>{"interrupted", "stopped", "failed", "finished", "interrupted"}));
        const RunSummary& finished = runs[3];
        QCOMPARE(finished.path, base() / "finished");
        QCOMPARE(finished.steps, std::int64_t{3});
        QVERIFY(finished.lastLoss == 1.5);
        QVERIFY(finished.bestEvalLoss == 2.25);
        QCOMPARE(finished.bestStep, std::optional<std::int64_t>(2));
        QCOMPARE(finished.started, std::string("2026-01-01T00:00:00Z"));
        QVERIFY(!runs[4].lastLoss && !runs[4].bestEvalLoss && runs[4].steps == 0);
    }

    void brokenRunsAreListedWithTheirProblem()
    {
        for (const char* name : {"a", "b", "c"})
            RunFolder::create(base() / name, tinyRecipe());
        writeFile(base() / "a/run.yaml", "modle: x\n");
        writeFile(base() / "b/metrics.jsonl", "{\"step\":1,\"loss\":3}\nbroken\n");
        writeFile(base() / "c/events.jsonl", "broken\n[1]\n{\"event\":5}\n{\"event\":\"finished\"}\n");
        std::vector<RunSummary> runs = listRuns(base());
        std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
        QCOMPARE(runs.size(), std::size_t{3});
        QVERIFY2(runs[0].problem.find("run.yaml, line 1: modle") == 0, runs[0].problem.c_str());
        QVERIFY2(runs[1].problem.find("metrics.jsonl, line 2: ") == 0, runs[1].problem.c_str());
        QCOMPARE(runs[1].model, std::string("/models/tiny"));
        QCOMPARE(runs[2].problem, std::string());
        QCOMPARE(runs[2].state, std::string("finished"));
    }

    void listOfNothing()
    {
        QVERIFY(listRuns(base()).empty());
        QCOMPARE(faultOf([&] { listRuns(base() / "none"); }).code, ErrorCode::fileMissing);
        writeFile(base() / "file", "");
        QCOMPARE(faultOf([&] { listRuns(base() / "file"); }).code, ErrorCode::fileUnreadable);
    }

private:
    fs::path base() const { return fs::canonical(m_temporary->path().toStdString()); }

    std::unique_ptr<QTemporaryDir> m_temporary;
};

QTEST_GUILESS_MAIN(TestRunFolder)
#include "tst_run_folder.moc"
