// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_session.h"
#include "ui/session/session_bridge.h"

#include <QSignalSpy>
#include <QTest>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::FakeSession;
using falconer::test::SessionScript;

class TestSessionBridge : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<SessionScript> m_script;

    SessionFactory factory()
    {
        return [this] { return std::make_unique<FakeSession>(m_script); };
    }

private Q_SLOTS:
    void init() { m_script = std::make_shared<SessionScript>(); }

    void passesEventsOnInOrder()
    {
        SessionBridge bridge;
        QStringList seen;
        connect(&bridge, &SessionBridge::started, this, [&] { seen << QStringLiteral("started"); });
        connect(&bridge, &SessionBridge::stateChanged, this, [&] { seen << QStringLiteral("state"); });
        connect(&bridge, &SessionBridge::phaseChanged, this, [&] { seen << QStringLiteral("phase"); });
        connect(&bridge, &SessionBridge::runStarted, this, [&] { seen << QStringLiteral("run"); });
        connect(&bridge, &SessionBridge::stepsDone, this,
            [&](const auto& steps) { seen << QStringLiteral("steps%1").arg(steps.size()); });
        connect(&bridge, &SessionBridge::evalDone, this, [&] { seen << QStringLiteral("eval"); });
        connect(&bridge, &SessionBridge::checkpointSaved, this, [&] { seen << QStringLiteral("checkpoint"); });
        connect(&bridge, &SessionBridge::logLine, this, [&] { seen << QStringLiteral("log"); });
        connect(&bridge, &SessionBridge::ended, this, [&] { seen << QStringLiteral("ended"); });
        QSignalSpy ended(&bridge, &SessionBridge::ended);

        m_script->push({StateChanged{SessionState::preparing}, PhaseProgress{"quantizing", 1, 2}, RunStarted{},
            StepDone{test::step(1, 2)}, StepDone{test::step(2, 2)}, EvalDone{test::eval(2, 2), true},
            StepDone{test::step(3, 2)}, CheckpointSaved{3, "c"}, LogLine{false, "hello"}, StepDone{test::step(4, 2)}});
        m_script->push(RunEnded{});
        bridge.start(factory());
        QVERIFY(bridge.isRunning());
        QVERIFY(ended.wait(2000));
        QCOMPARE(seen.join(QLatin1Char(' ')),
            QStringLiteral("started state phase run steps2 eval steps1 checkpoint log steps1 ended"));
        QVERIFY(!bridge.isRunning());
        QCOMPARE(m_script->joins, 1);
        QVERIFY(!m_script->joinedTooEarly);
        QCOMPARE(m_script->alive, 0);
    }

    void ticksAlsoWhenNothingHappens()
    {
        SessionBridge bridge;
        QSignalSpy ticked(&bridge, &SessionBridge::ticked);
        bridge.start(factory());
        QTRY_VERIFY(ticked.size() >= 3);
        m_script->push(RunEnded{});
        QTRY_VERIFY(!bridge.isRunning());
        ticked.clear();
        QTest::qWait(300);
        QCOMPARE(ticked.size(), 0);
    }

    void stopOnlyAsks()
    {
        m_script->endOnStop = false;
        SessionBridge bridge;
        QSignalSpy stopping(&bridge, &SessionBridge::stopping);
        bridge.stop();
        QCOMPARE(stopping.size(), 0);
        bridge.start(factory());
        bridge.stop();
        bridge.stop();
        QCOMPARE(m_script->stops, 1);
        QCOMPARE(stopping.size(), 1);
        QVERIFY(bridge.isRunning());
        QVERIFY(bridge.isStopping());
        QTest::qWait(250);
        QCOMPARE(m_script->joins, 0);
        m_script->push(RunEnded{SessionState::stopped, {}, 130, {}, {}, {}, {}, {}});
        QTRY_VERIFY(!bridge.isRunning());
        QVERIFY(!bridge.isStopping());
        QVERIFY(!m_script->joinedTooEarly);
    }

    void oneRunAtATime()
    {
        SessionBridge bridge;
        bridge.start(factory());
        bridge.start(factory());
        QCOMPARE(m_script->starts, 1);
        QCOMPARE(m_script->alive, 1);
        m_script->push(RunEnded{});
        QTRY_VERIFY(!bridge.isRunning());
    }

    /// What comes after the end of a run must not be taken for the next one's, which may start in the very moment.
    void lateEventsAreDropped()
    {
        SessionBridge bridge;
        std::vector<std::int64_t> seen;
        connect(&bridge, &SessionBridge::stepsDone, this, [&](const std::vector<StepMetrics>& steps) {
            for (const StepMetrics& metrics : steps)
                seen.push_back(metrics.step);
        });
        const auto first = m_script;
        first->push({StepDone{test::step(1, 2)}, RunEnded{}, StepDone{test::step(99, 2)}, LogLine{false, "late"}});
        first->push(StepDone{test::step(98, 2)});
        QSignalSpy logs(&bridge, &SessionBridge::logLine);
        connect(
            &bridge, &SessionBridge::ended, this,
            [&] {
                m_script = std::make_shared<SessionScript>();
                m_script->push(StepDone{test::step(2, 2)});
                m_script->push(RunEnded{});
                bridge.start(factory());
            },
            Qt::SingleShotConnection);
        bridge.start(factory());
        QTRY_VERIFY(m_script != first && !bridge.isRunning());
        QCOMPARE(seen, (std::vector<std::int64_t>{1, 2}));
        QCOMPARE(logs.size(), 0);
        QCOMPARE(first->alive, 0);
    }

    void aSessionThatCannotBeMadeEndsWithItsFault()
    {
        SessionBridge bridge;
        RunEnded got;
        connect(&bridge, &SessionBridge::ended, this, [&](const RunEnded& end) { got = end; });
        bridge.start([]() -> std::unique_ptr<Session> {
            throw Error(ErrorCode::requestInvalid, "runs/a", "already holds a run", "use resume");
        });
        QVERIFY(!bridge.isRunning());
        QCOMPARE(got.state, SessionState::failed);
        QCOMPARE(got.exitCode, 2);
        QCOMPARE(got.faults.front().code, ErrorCode::requestInvalid);

        bridge.start([]() -> std::unique_ptr<Session> { throw std::bad_alloc(); });
        QCOMPARE(got.faults.front().code, ErrorCode::internal);
        QCOMPARE(got.exitCode, 1);
    }

    void aRunLeftBehindIsStoppedAndJoined()
    {
        {
            SessionBridge bridge;
            bridge.start(factory());
        }
        QCOMPARE(m_script->stops, 1);
        QCOMPARE(m_script->joins, 1);
        QCOMPARE(m_script->alive, 0);
    }

    void aFloodOfStepsIsOneSignal()
    {
        SessionBridge bridge;
        std::vector<SessionEvent> flood;
        for (int i = 1; i <= 50'000; ++i)
            flood.push_back(StepDone{test::step(i, 2)});
        flood.push_back(RunEnded{});
        m_script->push(std::move(flood));
        QSignalSpy steps(&bridge, &SessionBridge::stepsDone);
        bridge.start(factory());
        QTRY_VERIFY(!bridge.isRunning());
        QCOMPARE(steps.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSessionBridge)
#include "tst_session_bridge.moc"
