// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/run/queue_file.h"
#include "core/run/queue_plan.h"
#include "core/run/queue_state.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

using namespace falconer;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMost = ~std::uint64_t{0};

/// The sentences of every fault that `work` throws, one a line.
template <class Work>
std::string faultsOf(Work work)
{
    std::string all;
    try {
        work();
    } catch (const Error& error) {
        for (const Fault& fault : error.faults())
            all += sentence(fault) + "\n";
    }
    return all;
}

std::vector<std::string> texts(const std::vector<std::vector<RecipeSetting>>& points)
{
    std::vector<std::string> all;
    for (const auto& point : points) {
        std::string line;
        for (const RecipeSetting& setting : point)
            line += (line.empty() ? "" : " ") + text(setting);
        all.push_back(line);
    }
    return all;
}

} // namespace

class TestQueue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        writeFile(base() / "run.yaml", "model: m\ndata: {train: rows.jsonl}\nlora: {rank: 4}\n");
        writeFile(base() / "rows.jsonl", "{}\n");
    }

    void aGridGoesThroughEveryPoint()
    {
        const std::vector<SweepAxis> axes{{"lora.rank", {"4", "8"}}, {"training.seed", {"1", "2", "3"}}};
        QCOMPARE(gridSize(axes), std::uint64_t(6));
        QVERIFY((texts(sweepPoints(axes, {}, 0))
            == std::vector<std::string>{"lora.rank=4 training.seed=1", "lora.rank=4 training.seed=2",
                "lora.rank=4 training.seed=3", "lora.rank=8 training.seed=1", "lora.rank=8 training.seed=2",
                "lora.rank=8 training.seed=3"}));
        QCOMPARE(sweepPoints({}, {}, 0).size(), std::size_t(1)); // no sweep: the recipe itself
        const std::vector<SweepAxis> huge(9, {"k", std::vector<std::string>(1000, "v")});
        QCOMPARE(gridSize(huge), kMost);
    }

    void samplesAreDifferentPointsThatTheSeedDecides()
    {
        std::vector<SweepAxis> axes{{"a", {}}, {"b", {}}};
        for (int i = 0; i < 50; ++i)
            for (SweepAxis& axis : axes)
                axis.values.push_back(std::to_string(i));
        const auto ten = texts(sweepPoints(axes, 10, 7));
        QCOMPARE(std::set<std::string>(ten.begin(), ten.end()).size(), std::size_t(10));
        QVERIFY(ten == texts(sweepPoints(axes, 10, 7)));
        QVERIFY(ten != texts(sweepPoints(axes, 10, 8)));
        // More samples of the same seed go on where fewer ended, so a queue can be extended.
        const auto all = texts(sweepPoints(axes, 2500, 7));
        QVERIFY(std::equal(ten.begin(), ten.end(), all.begin()));
        QCOMPARE(std::set<std::string>(all.begin(), all.end()).size(), std::size_t(2500));
        // The same everywhere, for ever: a queue's folder names depend on it.
        const std::vector<SweepAxis> eight{{"k", {"0", "1", "2", "3", "4", "5", "6", "7"}}};
        QVERIFY((texts(sweepPoints(eight, 4, 1)) == std::vector<std::string>{"k=0", "k=3", "k=2", "k=4"}));
        // A grid that nothing could hold.
        const std::vector<SweepAxis> huge(9, {"k", std::vector<std::string>(1000, "v")});
        QCOMPARE(sweepPoints(huge, 3, 1).size(), std::size_t(3));
    }

    void aQueueIsReadWithItsPathsAndSections()
    {
        const QueueFile queue
            = parse("- recipe: run.yaml\n"
                    "- recipe: sub/other.yaml\n"
                    "  set: {lora: {rank: 8, targets: [q_proj, \"v, x\"]}, data.train: rows.jsonl,\n"
                    "        model: hub/name, data.validation: 0.1, training.optimizer_options.beta1: .8}\n"
                    "  sweep: {training.learning_rate: [1e-4, 2.0e-4], data.template: [none, ./t.j2]}\n"
                    "  samples: 3\n  seed: 9\n");
        QCOMPARE(queue.entries.size(), std::size_t(2));
        QCOMPARE(queue.entries[0].recipe, base() / "run.yaml");
        const QueueEntry& entry = queue.entries[1];
        QCOMPARE(entry.recipe, base() / "sub/other.yaml");
        QCOMPARE(entry.runs(), std::uint64_t(3));
        QCOMPARE(entry.seed, std::uint64_t(9));
        std::vector<std::string> set;
        for (const RecipeSetting& setting : entry.set)
            set.push_back(text(setting));
        const std::vector<std::string> wanted{"lora.rank=8", "lora.targets=[q_proj, \"v, x\"]",
            "data.train=\"" + (base() / "rows.jsonl").string() + "\"", "model=hub/name", "data.validation=0.1",
            "training.optimizer_options.beta1=.8"};
        QVERIFY(set == wanted);
        QVERIFY((entry.sweep[1].values == std::vector<std::string>{"none", "\"" + (base() / "t.j2").string() + "\""}));
    }

    void everyFaultOfAQueueIsTold()
    {
        const std::string faults = faultsOf([&] {
            parse("- recpie: run.yaml\n"
                  "- recipe: run.yaml\n  sweep: {lora.rnak: [1, 2], lora.alpha: 3, training.seed: [], lora.rank: [8, "
                  "8]}\n"
                  "- recipe: run.yaml\n  set: {rank: 8}\n  seed: -1\n  samples: 0\n"
                  "- recipe: run.yaml\n  lora.rank: 8\n"
                  "- run.yaml\n"
                  "- recipe: run.yaml\n  set: {lora.rank: 8}\n  sweep: {lora.rank: [8, 16]}\n"
                  "- recipe: run.yaml\n  sweep: {lora.rank: [8, 16]}\n  samples: 3\n"
                  "- recipe: run.yaml\n  samples: 3\n");
        });
        for (const char* part : {"line 1, entry 1, recpie: is not a known key. The nearest known key is recipe.",
                 "entry 1: names no recipe",
                 "entry 2, lora.rnak: is not a known key of a recipe. The nearest known key is lora.rank",
                 "entry 2, lora.alpha: must be a list of the values to try, not the number 3",
                 "entry 2, training.seed: is an empty list", "entry 2, lora.rank: has the value 8 twice",
                 "entry 3, rank: is not a known key of a recipe. The nearest known key is lora.rank",
                 "entry 3, seed: must be a whole number", "entry 3, samples: must be from 1",
                 "entry 4, lora.rank: is a key of a recipe", "entry 5: must be a map, not the text \"run.yaml\"",
                 "entry 6, lora.rank: is given more than once",
                 "entry 7, samples: asks for 3 points of a grid that has 2",
                 "entry 8, samples: is set, but there is no sweep"})
            QVERIFY2(contains(faults, part), (std::string(part) + "\n" + faults).c_str());
        QCOMPARE(std::count(faults.begin(), faults.end(), '\n'), 14);
    }

    void whatIsNoQueueIsRefused_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("empty") << QByteArray() << QByteArray("holds no entry");
        QTest::newRow("empty list") << QByteArray("[]") << QByteArray("holds no entry");
        QTest::newRow("a recipe") << QByteArray("model: m\n") << QByteArray("must be a list of entries");
        QTest::newRow("broken") << QByteArray("- recipe: [\n") << QByteArray("line");
        QTest::newRow("alias") << QByteArray("- &a {recipe: run.yaml}\n- *a\n") << QByteArray("queue.yaml");
        QTest::newRow("cyclic alias") << QByteArray("&a [*a]\n") << QByteArray("queue.yaml");
        QTest::newRow("null recipe") << QByteArray("- recipe:\n") << QByteArray("must be the path of a recipe");
        QTest::newRow("too many") << QByteArray("- recipe: run.yaml\n  sweep: {lora.rank: [1,2,3,4,5,6,7,8,9,10,11],"
                                                " lora.alpha: [1,2,3,4,5,6,7,8,9,10,11],\n"
                                                "   training.seed: [1,2,3,4,5,6,7,8,9,10], training.epochs: "
                                                "[1,2,3,4,5,6,7,8,9,10]}\n")
                                  << QByteArray("makes more than 10000 runs");
    }

    void whatIsNoQueueIsRefused()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, part);
        const std::string faults = faultsOf([&] { parse(yaml.toStdString()); });
        QVERIFY2(contains(faults, part.toStdString()), faults.c_str());
    }

    void aPlanListsTheFaultsOfEveryRecipe()
    {
        writeFile(base() / "bad.yaml", "model: m\ndata: {train: rows.jsonl}\nlora: {rank: 0, alhpa: 3}\n");
        writeFile(base() / "queue.yaml", "- recipe: bad.yaml\n"); // a queue that names itself as a recipe is one, too
        const std::string faults = faultsOf([&] {
            plan("- recipe: bad.yaml\n  sweep: {training.seed: [1, 2, 3]}\n"
                 "- recipe: none.yaml\n"
                 "- recipe: queue.yaml\n"
                 "- recipe: run.yaml\n  sweep: {lora.dropout: [0.1, 2, -1]}\n");
        });
        for (const char* part : {"entry 1, bad.yaml", "alhpa", "entry 2, ", "none.yaml", "entry 3, ", "must be a map",
                 "entry 4, lora.dropout: must be", "not 2", "not -1"})
            QVERIFY2(contains(faults, part), (std::string(part) + "\n" + faults).c_str());
        QCOMPARE(std::count(faults.begin(), faults.end(), '\n'), 6); // entry 1's two faults once, not for each seed
    }

    void runsGetFoldersOfTheirOwn()
    {
        const QueuePlan made = plan("- recipe: run.yaml\n- recipe: run.yaml\n  sweep: {lora.rank: [8, 16]}\n");
        QCOMPARE(made.runs.size(), std::size_t(3));
        QCOMPARE(made.runs[0].folder, base() / "out/01-run");
        QCOMPARE(made.runs[1].folder, base() / "out/02-run-001");
        QCOMPARE(made.runs[2].recipe.recipe.lora.rank, std::int64_t(16));
        QVERIFY(made.runs[2].action == QueueAction::start);
        const std::string faults
            = faultsOf([&] { plan("- recipe: run.yaml\n  set: {output: here}\n  sweep: {lora.rank: [8, 16]}\n"); });
        QVERIFY2(contains(faults, "entry 1 (lora.rank=16): has the same output as"), faults.c_str());
        QVERIFY(plan("- recipe: run.yaml\n  set: {output: here}\n").runs[0].folder == base() / "here");
    }

    void aQueueGoesOnWhereItWas()
    {
        const std::string yaml = "- recipe: run.yaml\n  sweep: {lora.rank: [8, 16, 32]}\n";
        const QueuePlan first = plan(yaml);
        fs::create_directories(base() / "out");
        QueueState state = QueueState::load(base() / "out");
        state.take(first);
        state.save();
        for (const std::size_t i : {0U, 1U}) {
            const RunFolder run = RunFolder::create(first.runs[i].folder, first.runs[i].recipe.recipe);
            run.appendEvent("started", "m");
            if (i == 0)
                run.appendEvent("finished", "");
        }
        const QueuePlan again = plan(yaml);
        QVERIFY(again.runs[0].action == QueueAction::skip);
        QVERIFY(again.runs[1].action == QueueAction::resume);
        QVERIFY(again.runs[2].action == QueueAction::start);
        // Another queue under the same names.
        std::string faults = faultsOf([&] { plan("- recipe: run.yaml\n  sweep: {lora.rank: [9, 16, 32]}\n"); });
        QVERIFY2(contains(faults, "with other settings: lora.rank was 8 and is 9 now"), faults.c_str());
        // One that is being trained.
        RunFolder busy = RunFolder::open(first.runs[1].folder);
        busy.claim();
        faults = faultsOf([&] { plan(yaml); });
        QVERIFY2(contains(faults, "is being trained by another process"), faults.c_str());
        // And a folder that this queue knows nothing of.
        fs::remove(base() / "out/queue.json");
        faults = faultsOf([&] { plan(yaml); });
        QVERIFY2(contains(faults, "which holds a run that this queue did not start"), faults.c_str());
    }

    void aBrokenStateIsNamed()
    {
        fs::create_directories(base() / "out");
        for (const char* text : {"", "[]", "{\"runs\": [1]}", "{\"runs\": {\"a\": {\"folder\": 3}}}"}) {
            writeFile(base() / "out/queue.json", text);
            QVERIFY(
                contains(faultsOf([&] { plan("- recipe: run.yaml\n"); }), "queue.json: is not the state of a queue"));
        }
    }

    void oneSessionAtATimeHoldsAQueue()
    {
        const QueueClaim claim(base() / "out");
        QVERIFY(
            contains(faultsOf([&] { QueueClaim second(base() / "out"); }), "another session is running this queue"));
    }

private:
    fs::path base() const { return m_temporary->path().toStdString(); }
    QueueFile parse(const std::string& yaml) const { return parseQueueFile(yaml, base() / "queue.yaml"); }
    QueuePlan plan(const std::string& yaml) const { return planQueue(parse(yaml), base() / "out"); }
    static bool contains(const std::string& text, const std::string& part)
    {
        return text.find(part) != std::string::npos;
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
};

QTEST_GUILESS_MAIN(TestQueue)
#include "tst_queue.moc"
