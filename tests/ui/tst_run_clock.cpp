// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_clock.h"

#include <QTest>

#include <cmath>

using namespace falconer::ui;
using namespace std::chrono_literals;

class TestRunClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void estimatesByTheWallClock()
    {
        const RunClock::Clock::time_point begin{};
        RunClock clock;
        QVERIFY(!clock.secondsLeft(begin));
        QCOMPARE(clock.elapsedSeconds(begin), 0.0);
        clock.start(0, 100, begin);
        QVERIFY(!clock.secondsLeft(begin + 5s));
        clock.stepDone(10, begin + 20s);
        QCOMPARE(*clock.secondsLeft(begin + 20s), 180.0);
        QCOMPARE(*clock.secondsLeft(begin + 21s), 179.0);
        // A slow step does not count the estimate down to nothing.
        QCOMPARE(*clock.secondsLeft(begin + 90s), 178.0);
        QCOMPARE(clock.elapsedSeconds(begin + 25s), 25.0);
        clock.stepDone(100, begin + 200s);
        QCOMPARE(*clock.secondsLeft(begin + 201s), 0.0);
        clock.stop(begin + 203s);
        QVERIFY(!clock.secondsLeft(begin + 300s));
        QCOMPARE(clock.elapsedSeconds(begin + 300s), 203.0);
    }

    void aPauseCountsForNothing()
    {
        const RunClock::Clock::time_point begin{};
        RunClock clock;
        clock.start(0, 100, begin);
        clock.stepDone(10, begin + 20s);
        clock.setPaused(true, begin + 21s);
        clock.setPaused(true, begin + 30s);
        QCOMPARE(clock.elapsedSeconds(begin + 8h), 21.0);
        QCOMPARE(*clock.secondsLeft(begin + 8h), 179.0);
        clock.setPaused(false, begin + 8h);
        QCOMPARE(clock.elapsedSeconds(begin + 8h + 4s), 25.0);
        clock.stepDone(20, begin + 8h + 19s);
        QCOMPARE(*clock.secondsLeft(begin + 8h + 19s), 160.0);
        // Stopped while it was paused: the time after it is none of the run's either.
        clock.setPaused(true, begin + 9h);
        clock.stop(begin + 10h);
        QCOMPARE(clock.elapsedSeconds(begin + 11h), 3621.0);
    }

    void aResumedRunCountsItsOwnSteps()
    {
        const RunClock::Clock::time_point begin{};
        RunClock clock;
        clock.start(90, 100, begin);
        clock.stepDone(91, begin + 3s);
        QCOMPARE(*clock.secondsLeft(begin + 3s), 27.0);
    }
};

QTEST_GUILESS_MAIN(TestRunClock)
#include "tst_run_clock.moc"
