// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/run/run_logs.h"
#include "tests/core/run/log_files.h"

#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <sys/resource.h>

using namespace falconer;
namespace fs = std::filesystem;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

StepMetrics stepMetrics(std::int64_t step, double loss)
{
    return {
        step, 0.5 * static_cast<double>(step), loss, 1.5, 2e-4, step * 512, 100.5, 1.25 * static_cast<double>(step)};
}

std::vector<fs::path> filesLike(const fs::path& folder, const std::string& prefix)
{
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().filename().string().starts_with(prefix))
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/// A W&B item's name and JSON.
std::map<std::string, std::string> items(const test::Wire& record, int field)
{
    std::map<std::string, std::string> found;
    const auto list = record.texts.find(field);
    if (list == record.texts.end())
        return found;
    for (const std::string& bytes : list->second) {
        const test::Wire item(bytes);
        found[item.has(1) ? item.text(1) : item.text(2)] = item.text(16);
    }
    return found;
}

} // namespace

class TestRunLogs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_path = qgetenv("PATH");
        m_said.clear();
        m_recipe = {};
        m_recipe.model = "/m/falcon";
        m_recipe.data.train = {{"/d/x.jsonl", 1}};
        m_recipe.logging.tensorboard = false;
    }

    void cleanup() { qputenv("PATH", m_path); }

    void nothingIsLoggedUnlessAsked()
    {
        RunLogs logs = open(newRun());
        logs.step(stepMetrics(1, 2));
        logs.finish({});
        QVERIFY(!fs::exists(base() / "run/logs"));
        RunLogs never;
        never.step(stepMetrics(1, 2)); // harmless
        never.finish({});
    }

    void csvHasALineAStepAndALineAnEvaluation()
    {
        m_recipe.logging.csv = true;
        RunLogs logs = open(newRun());
        logs.eval({0, 3.5, 33.25, 99});
        logs.step({1, 0.1, 1.0 / 3, 1e-9, 2e-4, 512, 100.5, 1.25});
        logs.step(stepMetrics(2, kNaN));
        logs.finish({"finished", 0, {}, {}, {}});
        QCOMPARE(csv(),
            std::string("step,epoch,loss,grad_norm,learning_rate,tokens,tokens_per_second,seconds,eval_loss,"
                        "eval_perplexity,eval_tokens\n"
                        "0,,,,,,,,3.5,33.25,99\n"
                        "1,0.1,0.3333333333333333,1e-09,0.0002,512,100.5,1.25,,,\n"
                        "2,1,nan,1.5,0.0002,1024,100.5,2.5,,,\n"));
        QVERIFY(m_said.empty());
    }

    void csvIsCutWhereARunGoesOn()
    {
        m_recipe.logging.csv = true;
        const RunFolder run = newRun();
        {
            RunLogs logs = open(run);
            for (int step = 1; step <= 12; ++step)
                logs.step(stepMetrics(step, step));
        }
        const std::string whole = csv();
        // A killed writer's last line.
        writeFile(base() / "run/logs/metrics.csv", whole + "9,0.");
        RunLogs logs = open(run, 9);
        logs.step(stepMetrics(10, 10));
        logs.step(stepMetrics(11, 11));
        logs.step(stepMetrics(12, 12));
        QCOMPARE(csv(), whole);
        // From its start again: everything is void.
        RunLogs again = open(run, 0);
        QVERIFY(csv().ends_with("eval_tokens\n"));
        // Somebody's own file gives way.
        writeFile(base() / "run/logs/metrics.csv", "my,notes\n1,2\n");
        RunLogs third = open(run, 5);
        QVERIFY(csv().starts_with("step,epoch") && csv().find("notes") == std::string::npos);
    }

    void tensorBoardFilesHaveTheTagsOfTrainer()
    {
        m_recipe.logging.tensorboard = true;
        RunLogs logs = open(newRun());
        logs.step(stepMetrics(1, 3.5));
        logs.eval({1, 2.5, 12.25, 99});
        logs.sample(1, 0, "Who?", "Nobody ```x```");
        logs.finish({"finished", 0, stepMetrics(1, 3.5), {}, {}});
        const auto files = filesLike(base() / "run/logs", "events.out.tfevents.");
        QCOMPARE(files.size(), std::size_t(1));
        std::map<std::string, float> scalars;
        std::map<std::string, std::string> plugins;
        std::string version;
        for (const std::string& record : test::tensorBoardRecords(readFile(files[0]))) {
            const test::Wire event(record);
            QVERIFY(event.real(1) > 1.6e9);
            if (event.has(3))
                version = event.text(3);
            if (!event.has(5))
                continue;
            const test::Wire summary = event.message(5);
            for (const std::string& bytes : summary.texts.at(1)) {
                const test::Wire value(bytes);
                if (value.has(2)) {
                    QCOMPARE(event.whole(2), std::int64_t(1));
                    scalars[value.text(1)] = value.single(2);
                } else {
                    plugins[value.text(1)] = value.message(9).message(1).text(1);
                }
                if (value.text(1) == "sample_1/text_summary")
                    QVERIFY(value.message(8).text(8).find("\n````\nNobody ```x```\n````") != std::string::npos);
            }
        }
        QCOMPARE(version, std::string("brain.Event:2"));
        QCOMPARE(scalars["train/loss"], 3.5F);
        QCOMPARE(scalars["train/grad_norm"], 1.5F);
        QCOMPARE(scalars["train/learning_rate"], 2e-4F);
        QCOMPARE(scalars["train/num_tokens"], 512.0F);
        QCOMPARE(scalars["eval/loss"], 2.5F);
        QCOMPARE(plugins["recipe/text_summary"], std::string("text"));
        QCOMPARE(plugins["sample_1/text_summary"], std::string("text"));
        QCOMPARE(plugins["_hparams_/session_start_info"], std::string("hparams"));
        QCOMPARE(plugins["_hparams_/session_end_info"], std::string("hparams"));
    }

    void aResumedRunVoidsTensorBoardsLaterSteps()
    {
        m_recipe.logging.tensorboard = true;
        const RunFolder run = newRun();
        {
            RunLogs logs = open(run);
            logs.step(stepMetrics(1, 1));
        }
        RunLogs logs = open(run, 7);
        const auto files = filesLike(base() / "run/logs", "events.out.tfevents.");
        QCOMPARE(files.size(), std::size_t(2)); // within a second, too
        const auto records = test::tensorBoardRecords(readFile(files[1]));
        QCOMPARE(records.size(), std::size_t(2));
        for (const std::string& record : records)
            QCOMPARE(test::Wire(record).whole(2), std::int64_t(8));
        QCOMPARE(test::Wire(records[1]).message(7).whole(1), std::int64_t(1)); // SessionLog START
    }

    void aWandbFolderHoldsTheRun()
    {
        m_recipe.logging.wandb = "offline";
        const RunFolder run = newRun();
        fs::create_directories(run.checkpoint(2));
        writeFile(run.checkpoint(2) / "adapter_model.safetensors", "w");
        fs::create_directories(run.adapter());
        writeFile(run.adapter() / "a.txt", "hi");
        RunLogs logs = open(run);
        logs.step(stepMetrics(1, 3.5));
        logs.eval({1, kNaN, kNaN, 99});
        logs.sample(1, 0, "Who?", std::string(70'000, 'y')); // more than a block
        logs.checkpoint(2, run.checkpoint(2));
        logs.finish({"stopped", 130, stepMetrics(1, 3.5), EvalMetrics{0, 4, 5, 6}, EvalMetrics{1, 3, 5, 6}});
        const auto records = wandb();
        const std::vector<int> kinds = kindsOf(records);
        const std::vector<int> wanted{21, 17, 6, 12, 12, 2, 3, 2, 3, 2, 3, 3, 3, 8, 8, 18};
        QCOMPARE(kinds, wanted);
        for (std::size_t i = 0; i < records.size(); ++i)
            QCOMPARE(records[i].whole(1), static_cast<std::int64_t>(i + 1));
        const auto config = items(records[1].message(17).message(4), 1);
        QCOMPARE(config.at("model"), std::string("\"/m/falcon\""));
        QVERIFY(nlohmann::json::parse(config.at("lora"))["rank"] == 16);
        QVERIFY(nlohmann::json::parse(config.at("falconer"))["trainable_parameters"] == 1234);
        const auto step = items(records[5].message(2), 1);
        QCOMPARE(step.at("train/loss"), std::string("3.5"));
        QCOMPARE(step.at("train/global_step"), std::string("1"));
        QCOMPARE(step.at("_step"), std::string("0"));
        QCOMPARE(items(records[7].message(2), 1).at("eval/loss"), std::string("NaN"));
        QCOMPARE(items(records[12].message(3), 1).at("best/eval_loss"), std::string("3.0"));
        QCOMPARE(records[14].message(8).text(6), std::string("c0fcac8569620d6adcd94818179961f3"));
        QCOMPARE(records[15].message(18).whole(1), std::int64_t(130));
        const fs::path folder = filesLike(base() / "run/logs/wandb", "offline-run-").front();
        for (const char* name : {"files/run.yaml", "files/config.yaml", "files/wandb-metadata.json"})
            QVERIFY(fs::exists(folder / name));
        QVERIFY(m_said.size() == 1 && m_said[0].find("wandb sync " + folder.string()) != std::string::npos);
    }

    void aResumedWandbRunKeepsItsIdAndLosesItsLaterRows()
    {
        m_recipe.logging.wandb = "offline";
        const RunFolder run = newRun();
        {
            RunLogs logs = open(run);
            logs.eval({0, 5, 5, 5});
            for (int step = 1; step <= 9; ++step)
                logs.step(stepMetrics(step, step));
            logs.finish({"stopped", 130, {}, {}, {}});
        }
        const fs::path file = filesLike(base() / "run/logs/wandb", "run-").front();
        // What a kill leaves of the last record, and what wandb leaves when it has sent the run.
        writeFile(file, readFile(file) + "torn");
        writeFile(file.string() + ".synced", "");
        {
            RunLogs logs = open(run, 6);
            logs.step(stepMetrics(7, 70));
            logs.finish({"finished", 0, {}, {}, {}});
        }
        QVERIFY(filesLike(base() / "run/logs/wandb", "run-").front() == file);
        QVERIFY(!fs::exists(file.string() + ".synced"));
        std::vector<std::string> rows;
        std::vector<std::string> numbers;
        for (const test::Wire& record : wandb()) {
            if (!record.has(2))
                continue;
            const auto row = items(record.message(2), 1);
            rows.push_back(row.at("train/global_step") + (row.count("train/loss") ? ":" + row.at("train/loss") : ""));
            numbers.push_back(row.at("_step"));
        }
        QVERIFY(
            (rows == std::vector<std::string>{"0", "1:1.0", "2:2.0", "3:3.0", "4:4.0", "5:5.0", "6:6.0", "7:70.0"}));
        QVERIFY((numbers == std::vector<std::string>{"0", "1", "2", "3", "4", "5", "6", "7"}));
        const std::vector<int> kinds = kindsOf(wandb());
        QCOMPARE(std::count(kinds.begin(), kinds.end(), 18), 1); // the end of the first session is no end any more
        QCOMPARE(kinds.back(), 18);
    }

    void aFullDiskEndsEachLogWithOneWarning()
    {
        m_recipe.logging = {true, "offline", true};
        RunLogs logs = open(newRun());
        struct rlimit before { };
        getrlimit(RLIMIT_FSIZE, &before);
        struct rlimit none = before;
        none.rlim_cur = 10; // every file is longer already
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &none);
        for (int step = 1; step <= 3; ++step)
            logs.step(stepMetrics(step, 1));
        logs.finish({});
        setrlimit(RLIMIT_FSIZE, &before);
        signal(SIGXFSZ, SIG_DFL);
        QCOMPARE(m_said.size(), std::size_t(3));
        for (const std::string& text : m_said)
            QVERIFY2(text.starts_with("warning: the ") && text.find("no space") != std::string::npos, text.c_str());
        // What was there is whole.
        QVERIFY(!wandb().empty());
        test::tensorBoardRecords(readFile(filesLike(base() / "run/logs", "events").front()));
    }

    void aFolderThatCannotBeMadeIsAWarning()
    {
        m_recipe.logging = {true, "offline", true};
        const RunFolder run = newRun();
        writeFile(run.path() / "logs", "a file in the way");
        RunLogs logs = open(run);
        logs.step(stepMetrics(1, 1));
        logs.finish({});
        QCOMPARE(m_said.size(), std::size_t(3));
    }

    void onlineSendsTheRunWhileItGrows()
    {
        // The user's program, as far as it matters: says what it was asked and that it has sent the run.
        fakeWandb("#!/bin/sh\necho \"$@\" >> \"$0.asked\"\nfor last; do :; done\n"
                  "for f in \"$last\"/run-*.wandb; do : > \"$f.synced\"; done\n");
        m_recipe.logging.wandb = "online";
        RunLogs logs = open(newRun());
        logs.step(stepMetrics(1, 1));
        logs.finish({"finished", 0, {}, {}, {}});
        const std::string asked = readFile(base() / "bin/wandb.asked");
        QVERIFY2(asked.starts_with("beta sync --live --yes"), asked.c_str());
        QCOMPARE(std::count(asked.begin(), asked.end(), '\n'), 1);
        QVERIFY(m_said.size() == 1 && m_said[0] == "this run was sent to Weights & Biases");
    }

    void onlineFallsBackToSendingAtTheEnd()
    {
        fakeWandb("#!/bin/sh\n[ \"$1\" = beta ] && exit 2\necho \"$@\" >> \"$0.asked\"\n"
                  "for f in \"$2\"/run-*.wandb; do : > \"$f.synced\"; done\n");
        m_recipe.logging.wandb = "online";
        RunLogs logs = open(newRun());
        logs.finish({"finished", 0, {}, {}, {}});
        QVERIFY(readFile(base() / "bin/wandb.asked").starts_with("sync /"));
        QVERIFY(m_said.size() == 1 && m_said[0] == "this run was sent to Weights & Biases");
    }

    void onlineThatFailsWarnsAndKeepsTheFolder()
    {
        fakeWandb("#!/bin/sh\necho working\necho 'No API key configured.' >&2\nexit 0\n");
        m_recipe.logging.wandb = "online";
        RunLogs logs = open(newRun());
        logs.step(stepMetrics(1, 1));
        logs.finish({"finished", 0, {}, {}, {}});
        QCOMPARE(m_said.size(), std::size_t(1));
        QVERIFY2(m_said[0].starts_with("warning: ") && m_said[0].find("No API key configured.") != std::string::npos,
            m_said[0].c_str());
        QVERIFY(!wandb().empty());
    }

    void onlineWithoutTheProgramWarnsAtOnce()
    {
        fs::create_directories(base() / "empty");
        qputenv("PATH", QByteArray::fromStdString((base() / "empty").string()));
        m_recipe.logging.wandb = "online";
        RunLogs logs = open(newRun());
        QVERIFY(m_said.size() == 1 && m_said[0].find("no program `wandb`") != std::string::npos);
        logs.finish({"finished", 0, {}, {}, {}});
        QCOMPARE(m_said.size(), std::size_t(1));
        QVERIFY(!wandb().empty());
    }

private:
    fs::path base() const { return m_temporary->path().toStdString(); }
    RunFolder newRun() { return RunFolder::create(base() / "run", m_recipe); }
    std::string csv() const { return readFile(base() / "run/logs/metrics.csv"); }

    RunLogs open(const RunFolder& run, std::optional<std::int64_t> resumedFrom = {})
    {
        RunLogs logs;
        logs.open(run, m_recipe, {10, 100, 5, 1234, 99'999, "cpu"}, resumedFrom,
            [this](const std::string& text, bool warning) { m_said.push_back((warning ? "warning: " : "") + text); });
        return logs;
    }

    std::vector<test::Wire> wandb() const
    {
        std::vector<test::Wire> records;
        for (const std::string& record :
            test::wandbRecords(readFile(filesLike(base() / "run/logs/wandb", "run-").front())))
            records.emplace_back(record);
        return records;
    }

    /// Which field of Record each one holds.
    static std::vector<int> kindsOf(const std::vector<test::Wire>& records)
    {
        std::vector<int> kinds;
        for (const test::Wire& record : records)
            for (const auto& [field, texts] : record.texts)
                if (field != 200)
                    kinds.push_back(field);
        return kinds;
    }

    void fakeWandb(const std::string& script)
    {
        fs::create_directories(base() / "bin");
        writeFile(base() / "bin/wandb", script);
        fs::permissions(base() / "bin/wandb", fs::perms::owner_all);
        qputenv("PATH", QByteArray::fromStdString((base() / "bin").string()) + ":" + m_path);
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    QByteArray m_path;
    std::vector<std::string> m_said;
    Recipe m_recipe;
};

QTEST_GUILESS_MAIN(TestRunLogs)
#include "tst_run_logs.moc"
