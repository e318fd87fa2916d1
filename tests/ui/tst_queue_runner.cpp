// SPDX-License-Identifier: GPL-3.0-or-later
// The queue: one run after the other, past a failure, through a stop, a restart and a spoilt file.
#include "core/run/queue_state.h"
#include "tests/ui/page_fixture.h"
#include "tests/ui/run_files.h"
#include "ui/session/queue_runner.h"
#include "ui/session/workspace.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::PageFixture;
namespace fs = std::filesystem;

using State = QueueItem::State;
using Phase = QueueRunner::Phase;

namespace {

RunEnded ended(SessionState state, int exitCode = 0)
{
    RunEnded end;
    end.state = state;
    end.exitCode = exitCode;
    if (state == SessionState::failed)
        end.faults = {{ErrorCode::outOfMemory, "row 332", "memory ran out", "lower the micro-batch"}};
    return end;
}

} // namespace

class TestQueueRunner : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PageFixture> m_home;
    std::unique_ptr<Workspace> m_workspace;
    std::vector<Fault> m_faults; ///< what the preflight's core part finds

    QueueRunner& queue() const { return m_workspace->queue(); }
    State state(int row) const { return queue().model()->item(row).state; }
    QString names() const
    {
        QStringList all;
        for (const QueueItem& item : queue().model()->items())
            all << item.name;
        return all.join(QLatin1Char(' '));
    }
    void open()
    {
        m_workspace.reset();
        Services services = m_home->services();
        services.checkQueue = [this](const QueuePlan& plan, const Progress& progress) {
            report(progress, "data", 0, 1);
            m_checked = plan.runs.size();
            return m_faults;
        };
        m_workspace = std::make_unique<Workspace>(std::move(services));
    }
    void addThree() const
    {
        for (const char* name : {"a", "b", "c"})
            queue().add(m_home->recipe(), QString::fromLatin1(name));
    }
    /// Waits for the next run of the queue to begin.
    void waitFor(int starts) const { QTRY_COMPARE(m_home->script->starts, starts); }
    /// A run that trains for two steps.
    void train(double loss) const
    {
        m_home->script->push({RunStarted{m_home->script->folder, 2, 0, 4, 2, 10, 100, "cpu", {}},
            StepDone{test::step(1, 3.0)}, StepDone{test::step(2, 2.9)}, EvalDone{test::eval(2, loss), true}});
    }
    void end(SessionState state) const { m_home->script->push(ended(state)); }

    std::size_t m_checked = 0;

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<PageFixture>();
        m_faults.clear();
        open();
    }
    void cleanup()
    {
        m_workspace.reset();
        m_home.reset();
    }

    void threeRunsOfWhichOneFails()
    {
        QAbstractItemModelTester tester(queue().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        addThree();
        QSignalSpy finished(&queue(), &QueueRunner::finished);
        queue().start();
        QCOMPARE(queue().phase(), Phase::checking);
        waitFor(1);
        QCOMPARE(m_checked, std::size_t(3));
        QCOMPARE(queue().current(), QStringLiteral("a"));
        QCOMPARE(m_home->script->folder, m_home->folder / "runs/a");
        // Another window must not run the same queue.
        QVERIFY_EXCEPTION_THROWN(QueueClaim(queue().home()), Error);
        train(2.5);
        end(SessionState::finished);
        waitFor(2);
        QCOMPARE(queue().current(), QStringLiteral("b"));
        end(SessionState::failed);
        waitFor(3);
        train(2.4);
        end(SessionState::finished);
        QVERIFY(finished.wait());
        QCOMPARE(queue().phase(), Phase::idle);
        QCOMPARE(state(0), State::finished);
        QCOMPARE(state(1), State::failed);
        QVERIFY(queue().model()->item(1).message.contains(QLatin1String("memory ran out")));
        QCOMPARE(state(2), State::finished);
        QCOMPARE(*queue().model()->item(0).bestLoss, 2.5);
        QCOMPARE(*queue().model()->item(2).bestLoss, 2.4);
        QCOMPARE(*queue().model()->item(2).seconds, 2.0);
        // Core's file says the same.
        const auto stateOf = [&](const char* name) {
            const QueueState stored = QueueState::load(queue().home());
            return stored.find(name) ? stored.find(name)->state : std::string();
        };
        QTRY_COMPARE(stateOf("c"), std::string("finished"));
        QCOMPARE(stateOf("b"), std::string("failed"));
        QueueClaim free(queue().home());
    }

    void aRestartShowsWhereItStands()
    {
        addThree();
        queue().start();
        waitFor(1);
        train(2.5);
        end(SessionState::finished);
        waitFor(2);
        // The window is closed: the run is stopped from outside.
        test::makeRun(m_home->folder / "runs/b", m_home->recipe().recipe, "", {});
        QSignalSpy rested(&queue(), &QueueRunner::rested);
        m_workspace->run().stop();
        QVERIFY(rested.wait());
        QCOMPARE(state(1), State::interrupted);
        QCOMPARE(queue().phase(), Phase::idle);
        open();
        QCOMPARE(names(), QStringLiteral("a b c"));
        QCOMPARE(state(0), State::finished);
        QCOMPARE(*queue().model()->item(0).bestLoss, 2.5);
        QCOMPARE(state(1), State::interrupted);
        QCOMPARE(state(2), State::waiting);
        QCOMPARE(queue().waiting(), 2);
        queue().start();
        waitFor(3);
        QVERIFY(m_home->script->resumed);
        QCOMPARE(m_home->script->folder, m_home->folder / "runs/b");
    }

    void aKilledWindowLeavesAnInterruptedRun()
    {
        addThree();
        queue().start();
        waitFor(1);
        m_home->script->endOnStop = false;
        m_home->script->endSeen = true;
        open(); // without an end
        QCOMPARE(state(0), State::interrupted);
        QCOMPARE(state(1), State::waiting);
    }

    void faultsKeepItFromStarting()
    {
        addThree();
        LoadedRecipe broken = m_home->recipe();
        broken.recipe.data.train = {{"/nowhere/rows.jsonl", 1.0}};
        queue().add(broken, QStringLiteral("d"));
        fs::create_directories(m_home->folder / "runs/b");
        writeFile(m_home->folder / "runs/b/run.yaml", "model: m\n");
        m_faults = {{ErrorCode::dataInvalid, "c, rows.jsonl", "it leaves no token to train on", "look at its rows"},
            {ErrorCode::internal, "queue", "something else", {}}};
        QSignalSpy checked(&queue(), &QueueRunner::checked);
        queue().start();
        QVERIFY(checked.wait());
        QCOMPARE(checked.first().at(0).toBool(), false);
        QVERIFY(checked.first().at(1).toString().contains(QLatin1String("something else")));
        QCOMPARE(m_home->script->starts, 0);
        QCOMPARE(m_checked, std::size_t(2)); // the sound ones were looked at all the same
        const auto faults = [&](int row) { return queue().model()->item(row).faults.join(QLatin1Char('\n')); };
        QVERIFY(faults(0).isEmpty());
        QVERIFY(faults(1).contains(QLatin1String("holds another run")));
        QVERIFY2(faults(2).startsWith(QLatin1String("rows.jsonl: it leaves no token")), qPrintable(faults(2)));
        QVERIFY(faults(3).contains(QLatin1String("/nowhere/rows.jsonl")));
        QVERIFY(!fs::exists(queue().home() / "queue.json"));
        // Without them it goes.
        m_faults.clear();
        queue().remove(3);
        queue().remove(1);
        queue().check();
        QVERIFY(checked.wait());
        QCOMPARE(checked.last().at(0).toBool(), true);
        QVERIFY(faults(1).isEmpty());
        QCOMPARE(m_home->script->starts, 0);
    }

    void itRestsAfterThisRunWhenAsked()
    {
        addThree();
        queue().start();
        waitFor(1);
        queue().stopAfterThis();
        QCOMPARE(queue().phase(), Phase::lastRun);
        QSignalSpy rested(&queue(), &QueueRunner::rested);
        end(SessionState::finished);
        QVERIFY(rested.wait());
        QCOMPARE(state(0), State::finished);
        QCOMPARE(state(1), State::waiting);
        QTest::qWait(50);
        QCOMPARE(m_home->script->starts, 1);
    }

    void skippingKeepsTheRunAndGoesOn()
    {
        addThree();
        queue().start();
        waitFor(1);
        queue().skipThis();
        waitFor(2);
        QCOMPARE(state(0), State::stopped);
        QCOMPARE(queue().current(), QStringLiteral("b"));
        // The sentinel may stop one too; that is an end like any other.
        m_home->script->push(ended(SessionState::stopped, 0));
        waitFor(3);
        QCOMPARE(state(1), State::stopped);
    }

    /// Nobody is there at night to answer: the others must not wait for ever.
    void aRunThatPausesByItselfIsEnded()
    {
        addThree();
        queue().start();
        waitFor(1);
        train(2.5);
        m_workspace->run().setPaused(true);
        QTRY_VERIFY(m_workspace->run().isPaused());
        QTest::qWait(150);
        QCOMPARE(m_home->script->stops, 0); // the person has paused it and is there to go on
        m_workspace->run().setPaused(false);
        QTRY_VERIFY(!m_workspace->run().isPaused());
        m_home->script->push(StateChanged{SessionState::paused, PauseReason::sentinel});
        waitFor(2);
        QCOMPARE(state(0), State::stopped);
        QVERIFY(queue().model()->item(0).message.contains(QLatin1String("overfit")));
        // The disk gets some time.
        m_home->script->push(StateChanged{SessionState::paused, PauseReason::disk});
        QTRY_VERIFY(m_workspace->run().isPaused());
        QTest::qWait(150);
        QCOMPARE(queue().current(), QStringLiteral("b"));
        QCOMPARE(m_home->script->stops, 1);
    }

    void offlineHoldsForWhatWaits()
    {
        LoadedRecipe recipe = m_home->recipe();
        recipe.recipe.logging.wandb = "online";
        queue().add(recipe, QStringLiteral("a"));
        m_workspace->settings().setOffline(true);
        QSignalSpy checked(&queue(), &QueueRunner::checked);
        queue().start();
        QVERIFY(checked.wait());
        QCOMPARE(checked.first().at(0).toBool(), false);
        QVERIFY(queue().model()->item(0).faults.join(QString()).contains(QLatin1String("network")));
        // Nor can anything else begin it.
        QSignalSpy ended(&m_workspace->run(), &RunController::ended);
        m_workspace->run().start(recipe, m_home->folder / "runs/x");
        QCOMPARE(ended.size(), 1);
        QCOMPARE(m_workspace->run().state(), SessionState::failed);
        QCOMPARE(m_home->script->starts, 0);
    }

    void theListStaysWhereItBegan()
    {
        addThree();
        const fs::path home = queue().home();
        QTRY_VERIFY(fs::exists(home / "list.json"));
        m_workspace->settings().setRunsFolder(QString::fromStdString((m_home->folder / "elsewhere").string()));
        open();
        QCOMPARE(names(), QStringLiteral("a b c"));
        QCOMPARE(queue().home(), home);
    }

    void aRunInTheWayIsWaitedFor()
    {
        m_workspace->run().start(m_home->recipe(), m_home->folder / "runs/mine");
        waitFor(1);
        addThree();
        queue().start();
        QTRY_COMPARE(queue().phase(), Phase::running);
        QVERIFY(queue().current().isEmpty());
        end(SessionState::finished);
        waitFor(2);
        QCOMPARE(queue().current(), QStringLiteral("a"));
    }

    void whatRunsKeepsItsPlace()
    {
        addThree();
        queue().add(m_home->recipe(), QStringLiteral("d"));
        queue().move(3, 0);
        QCOMPARE(names(), QStringLiteral("d a b c"));
        queue().start();
        waitFor(1);
        queue().move(3, 0);
        QCOMPARE(names(), QStringLiteral("d c a b"));
        queue().move(0, 2);
        queue().move(-1, 2);
        queue().move(9, 2);
        queue().remove(0);
        queue().remove(9);
        queue().remove(-1);
        QCOMPARE(names(), QStringLiteral("d c a b"));
        queue().remove(2);
        QCOMPARE(names(), QStringLiteral("d c b"));
        end(SessionState::failed);
        waitFor(2);
        QCOMPARE(queue().current(), QStringLiteral("c"));
        queue().retry(0);
        QCOMPARE(state(0), State::waiting);
        queue().retry(1);
        QCOMPARE(state(1), State::running);
    }

    void namesAndFoldersAreFree()
    {
        fs::create_directories(m_home->folder / "runs/a");
        QCOMPARE(queue().add(m_home->recipe(), QStringLiteral("a")), QStringLiteral("a-2"));
        QCOMPARE(queue().add(m_home->recipe(), QStringLiteral("a")), QStringLiteral("a-3"));
        QCOMPARE(queue().add(m_home->recipe(), QStringLiteral("../../etc/x")), QStringLiteral("-..-etc-x"));
        QCOMPARE(queue().add(m_home->recipe(), QStringLiteral(" . ")), QStringLiteral("run"));
    }

    void aSweepIsOneRunForEachPoint()
    {
        QVERIFY(queue()
                    .addSweep(m_home->recipe(), QStringLiteral("s"),
                        {{"lora.rank", {"4", "8"}}, {"training.learning_rate", {"1e-4", "2e-4"}}})
                    .empty());
        QCOMPARE(queue().model()->rowCount(), 4);
        QCOMPARE(queue().model()->item(1).settings, QStringLiteral("lora.rank=4, training.learning_rate=2e-4"));
        QCOMPARE(queue().model()->item(1).name, QStringLiteral("s-rank4-learning_rate2e-4"));
        QVERIFY(!queue().addSweep(m_home->recipe(), QStringLiteral("s"), {{"lora.rank", {"4", "-1"}}}).empty());
        QVERIFY(!queue().addSweep(m_home->recipe(), QStringLiteral("s"), {{"lora.rnak", {"4"}}}).empty());
        QVERIFY(!queue().addSweep(m_home->recipe(), QStringLiteral("s"), {{"lora.rank", {}}}).empty());
        QCOMPARE(queue().model()->rowCount(), 4);
        queue().start();
        waitFor(1);
        QCOMPARE(m_home->script->recipe.recipe.lora.rank, 4);
        QVERIFY(m_home->script->recipe.keysSet.contains("lora.rank"));
        QVERIFY(!m_home->script->recipe.keysSet.contains("training.epochs"));
    }

    void aQueueFile()
    {
        const fs::path file = m_home->folder / "night.yaml";
        writeFile(
            m_home->folder / "tiny.yaml", "model: " + m_home->model().toStdString() + "\ndata: {train: rows.jsonl}\n");
        writeFile(file, "- {recipe: tiny.yaml, sweep: {lora.rank: [4, 8]}}\n- {recipe: tiny.yaml}\n");
        QSignalSpy added(&queue(), &QueueRunner::fileAdded);
        queue().addFile(QString::fromStdString(file.string()));
        QVERIFY(added.wait());
        QCOMPARE(added.first().at(0).toInt(), 3);
        QCOMPARE(names(), QStringLiteral("01-tiny-001 01-tiny-002 02-tiny"));
        QCOMPARE(queue().model()->item(0).folder, m_home->folder / "runs/night/01-tiny-001");
        writeFile(file, "- {recipe: nowhere.yaml}\n- {reicpe: x}\n");
        queue().addFile(QString::fromStdString(file.string()));
        QVERIFY(added.wait());
        QCOMPARE(added.last().at(0).toInt(), 0);
        QVERIFY(added.last().at(1).toString().contains(QLatin1String("reicpe")));
        QCOMPARE(queue().model()->rowCount(), 3);
    }

    void aSpoiltStateWithoutAListIsPutAside()
    {
        const fs::path home = m_home->folder / "runs/queue";
        fs::create_directories(home);
        writeFile(home / "queue.json", "{\"runs\": 7}");
        open();
        QSignalSpy failed(&queue(), &QueueRunner::storeFailed);
        QCOMPARE(queue().waiting(), 0);
        QVERIFY(failed.wait());
        QVERIFY(fs::exists(home / "queue.json.damaged"));
    }

    void spoiltFilesArePutAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("not JSON") << QByteArray("runs:");
        QTest::newRow("no runs") << QByteArray("{}");
        QTest::newRow("a run without a name") << QByteArray("{\"runs\": [{}]}");
        QTest::newRow("runs of another kind") << QByteArray("{\"runs\": [3]}");
        QTest::newRow("nested deeply") << QByteArray(200'000, '[');
    }
    void spoiltFilesArePutAside()
    {
        QFETCH(QByteArray, content);
        const fs::path home = m_home->folder / "runs/queue";
        fs::create_directories(home);
        writeFile(home / "list.json", content.toStdString());
        open();
        QSignalSpy failed(&queue(), &QueueRunner::storeFailed);
        QCOMPARE(queue().model()->rowCount(), 0);
        QVERIFY(failed.wait());
        QVERIFY(failed.first().first().toString().contains(QLatin1String("list.json")));
        QVERIFY(fs::exists(home / "list.json.damaged"));
        addThree();
        open();
        QCOMPARE(queue().model()->rowCount(), 3);
    }

    void aSpoiltRecipeFailsAlone()
    {
        addThree();
        open();
        const fs::path list = m_home->folder / "runs/queue/list.json";
        std::string text = readFile(list);
        text.replace(text.find("rank: 16"), 8, "rank: xx");
        writeFile(list, text);
        open();
        QSignalSpy checked(&queue(), &QueueRunner::checked);
        queue().start();
        QVERIFY(checked.wait());
        QVERIFY(!checked.first().first().toBool());
        QVERIFY(queue().model()->item(0).faults.join(QString()).contains(QLatin1String("rank")));
        QVERIFY(queue().model()->item(1).faults.isEmpty());
    }

    void theCheckCanBeCancelled()
    {
        Services services = m_home->services();
        services.checkQueue = [](const QueuePlan&, const Progress& progress) -> std::vector<Fault> {
            for (;;) {
                report(progress, "data", 0, 0);
                QThread::msleep(2);
            }
        };
        m_workspace = std::make_unique<Workspace>(std::move(services));
        addThree();
        QSignalSpy rested(&queue(), &QueueRunner::rested);
        queue().start();
        QTest::qWait(20);
        queue().cancelCheck();
        QVERIFY(rested.wait());
        QCOMPARE(queue().phase(), Phase::idle);
        QCOMPARE(m_home->script->starts, 0);
        queue().start();
        QCOMPARE(queue().phase(), Phase::checking);
        m_workspace.reset(); // closing does not wait for it either
    }
};

QTEST_MAIN(TestQueueRunner)
#include "tst_queue_runner.moc"
