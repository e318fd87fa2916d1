// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/run/sentinel.h"
#include "tests/support/paths.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace falconer;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr int kEvery = 10; ///< training steps an evaluation

/// Between -1 and 1, without any pattern, the same each time.
double wiggle(std::int64_t at)
{
    const double value = std::sin(12.9898 * static_cast<double>(at)) * 43758.5453;
    return 2 * (value - std::floor(value)) - 1;
}

/// A run with these validation losses; the training loss goes from 3 by `slope` a step, 2 % noise on it.
MetricsHistory runWith(const std::vector<double>& evalLosses, double slope = -0.01)
{
    MetricsHistory history;
    for (std::size_t i = 0; i < evalLosses.size(); ++i) {
        for (int k = 0; k < kEvery; ++k) {
            StepMetrics line;
            line.step = static_cast<std::int64_t>(i) * kEvery + k + 1;
            line.loss = std::max(0.0, 3 + slope * static_cast<double>(line.step)) * (1 + 0.02 * wiggle(line.step));
            line.learningRate = 1e-4;
            history.steps.push_back(line);
        }
        history.evals.push_back({static_cast<std::int64_t>(i + 1) * kEvery, evalLosses[i], 0, 0});
    }
    return history;
}

std::vector<double> falling(int count)
{
    std::vector<double> losses;
    for (int i = 0; i < count; ++i)
        losses.push_back(2 + std::exp(-i / 5.0) + 0.004 * wiggle(i));
    return losses;
}

/// Falls to evaluation `turn` (0-based), then rises by `pace` of 2 each.
std::vector<double> valley(int count, int turn, double pace)
{
    std::vector<double> losses;
    for (int i = 0; i < count; ++i)
        losses.push_back(2 + (i < turn ? 0.1 * (turn - i) : 2 * pace * (i - turn)) + 0.002 * wiggle(i));
    return losses;
}

SentinelVerdict judged(const MetricsHistory& history) { return judge(history, SentinelSettings()); }

bool says(const SentinelVerdict& verdict, const std::string& words)
{
    return verdict.evidence.sentences.front().find(words) != std::string::npos;
}

} // namespace

class TestSentinel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsFine()
    {
        const SentinelVerdict verdict = judged({});
        QVERIFY(verdict.state == SentinelState::fine);
        QVERIFY(!verdict.bestStep && !verdict.bestLoss && !verdict.alertStep);
        QVERIFY(says(verdict, "No evaluation yet"));
    }

    void fallingIsFine()
    {
        const SentinelVerdict verdict = judged(runWith({4, 3.5, 3.2, 3, 2.9, 2.85}));
        QVERIFY(verdict.state == SentinelState::fine);
        QCOMPARE(*verdict.bestStep, std::int64_t{60});
        QCOMPARE(verdict.evidence.evaluationsAbove, std::int64_t{0});
        QVERIFY(!verdict.alertStep);
    }

    void overfittingIsFoundSoonAndSaidInNumbers()
    {
        const SentinelVerdict verdict = judged(runWith(valley(14, 6, 0.02)));
        QVERIFY(verdict.state == SentinelState::overfitting);
        QCOMPARE(*verdict.bestStep, std::int64_t{70});
        // A turn as sharp as this one looks like noise at first: one evaluation later than the goal allows (110).
        QVERIFY2(*verdict.alertStep >= 100 && *verdict.alertStep <= 120, std::to_string(*verdict.alertStep).c_str());
        QCOMPARE(verdict.evidence.evaluationsAbove, std::int64_t{7});
        QVERIFY(std::abs(*verdict.evidence.rise - 0.14) < 0.01);
        QVERIFY(*verdict.evidence.trainChange < 0);
        QVERIFY(says(verdict, "Overfitting: validation loss rose 14."));
        QVERIFY(says(verdict, "since step 70 while training loss fell "));
    }

    void sameVerdictLiveAndAfterwards()
    {
        for (const double pace : {0.0, 0.005, 0.02}) {
            const MetricsHistory history = runWith(valley(20, 7, pace));
            Sentinel live{SentinelSettings()};
            std::optional<std::int64_t> alert;
            std::size_t next = 0;
            for (const EvalMetrics& eval : history.evals) {
                for (; next < history.steps.size() && history.steps[next].step <= eval.step; ++next)
                    live.add(history.steps[next]);
                live.add(eval);
                if (!alert && live.verdict().state == SentinelState::overfitting)
                    alert = eval.step;
                MetricsHistory prefix = history;
                prefix.evals.resize(static_cast<std::size_t>(eval.step / kEvery));
                prefix.steps.resize(next);
                QCOMPARE(judged(prefix).evidence.score, live.verdict().evidence.score);
                QVERIFY(judged(prefix).alertStep == alert);
            }
            QVERIFY(judged(history).alertStep == alert);
        }
    }

    void patienceIsTheLeastCountOfWorseEvaluations()
    {
        const MetricsHistory history = runWith(valley(20, 6, 0.05));
        for (const int patience : {1, 2, 3, 5, 9}) {
            SentinelSettings settings;
            settings.patience = patience;
            const std::optional<std::int64_t> alert = judge(history, settings).alertStep;
            QVERIFY(alert && *alert >= (7 + patience) * kEvery);
            QVERIFY(*alert <= (7 + std::max(patience, 4)) * kEvery);
        }
    }

    void minDeltaDecidesWhatIsBetter()
    {
        // Each evaluation is better by 0.004.
        std::vector<double> losses;
        for (int i = 0; i < 8; ++i)
            losses.push_back(2 - 0.004 * i);
        SentinelSettings settings;
        QCOMPARE(judge(runWith(losses), settings).evidence.evaluationsAbove, std::int64_t{0});
        settings.minDelta = 0.01;
        // 2.000, then 1.988 (better by 0.012), then 1.976; the one after that is within min_delta of it.
        QCOMPARE(judge(runWith(losses), settings).evidence.evaluationsAbove, std::int64_t{1});
        settings.minDelta = 1;
        const SentinelVerdict verdict = judge(runWith(losses), settings);
        QCOMPARE(verdict.evidence.evaluationsAbove, std::int64_t{7});
        QVERIFY(!verdict.alertStep); // slow progress is not a rise
        QCOMPARE(*verdict.bestStep, std::int64_t{80}); // what best/ holds
    }

    void oneBadEvaluationIsNoOverfitting()
    {
        for (int at = 1; at < 30; ++at) {
            std::vector<double> losses = falling(30);
            losses[static_cast<std::size_t>(at)] *= 1.4;
            QVERIFY2(!judged(runWith(losses)).alertStep, std::to_string(at).c_str());
        }
    }

    void aPlateauIsNoOverfitting()
    {
        std::vector<double> losses;
        for (int i = 0; i < 60; ++i)
            losses.push_back(1.5 * (1 + 0.01 * wiggle(i)));
        const SentinelVerdict verdict = judged(runWith(losses));
        QVERIFY(!verdict.alertStep);
        QVERIFY(verdict.state != SentinelState::overfitting);
    }

    void bothLossesRisingIsDivergence()
    {
        MetricsHistory history = runWith(valley(14, 6, 0.05));
        for (StepMetrics& line : history.steps)
            line.loss = 3 * (1 + 0.005 * std::max<double>(0, static_cast<double>(line.step) - 70))
                * (1 + 0.02 * wiggle(line.step));
        const SentinelVerdict verdict = judged(history);
        QVERIFY(!verdict.alertStep);
        QVERIFY(verdict.evidence.divergence);
        QVERIFY(verdict.state == SentinelState::watch);
        QVERIFY(says(verdict, "Diverging: "));
    }

    void lossesThatAreNotFiniteAreDivergence()
    {
        for (const double bad : {kNaN, std::numeric_limits<double>::infinity()}) {
            MetricsHistory history = runWith(falling(8));
            history.evals.back().loss = bad;
            SentinelVerdict verdict = judged(history);
            QVERIFY(verdict.evidence.divergence && verdict.state == SentinelState::watch && !verdict.alertStep);
            QCOMPARE(*verdict.evidence.nonFiniteStep, std::int64_t{80});
            QCOMPARE(verdict.evidence.evaluations, std::int64_t{7});

            history = runWith(falling(8));
            history.steps.back().loss = bad;
            verdict = judged(history);
            QVERIFY(verdict.evidence.divergence);
            QVERIFY(says(verdict, "the loss of step 80 is not a finite number"));
            // Loss scaling leaves a step out and goes on.
            history.steps.push_back({81, 0, 2.0, 0, 1e-4, 0, 0, 0});
            QVERIFY(!judged(history).evidence.divergence);
        }
    }

    void aRestartOfTheLearningRateIsNoOverfitting()
    {
        std::vector<double> losses = falling(30);
        for (int i = 15; i < 30; ++i)
            losses[static_cast<std::size_t>(i)] += 0.15 * std::exp(-(i - 15) / 1.5);
        MetricsHistory history = runWith(losses);
        for (StepMetrics& line : history.steps)
            line.learningRate = 1e-4 * (1 - static_cast<double>((line.step - 1) % 150) / 151);
        const SentinelVerdict verdict = judged(history);
        QVERIFY(!verdict.alertStep);
        QCOMPARE(*verdict.evidence.restartStep, std::int64_t{151});
    }

    void overfittingThroughARestartIsFound()
    {
        // It begins before the restart, whose stir hides it for a while, and goes on after it.
        std::vector<double> losses = valley(24, 7, 0.01);
        for (int i = 12; i < 24; ++i)
            losses[static_cast<std::size_t>(i)] += 0.1 * std::exp(-(i - 12) / 1.5);
        MetricsHistory history = runWith(losses);
        for (StepMetrics& line : history.steps)
            line.learningRate = 1e-4 * (1 - static_cast<double>((line.step - 1) % 120) / 121);
        const SentinelVerdict verdict = judged(history);
        QCOMPARE(*verdict.evidence.restartStep, std::int64_t{121});
        QVERIFY(verdict.alertStep && *verdict.alertStep <= 180);
    }

    void everyRestartMayLiftTheCurve()
    {
        // Each cycle starts 3 % above the end of the one before and falls by 2 %: higher and higher, never within one.
        std::vector<double> losses;
        for (int i = 0; i < 40; ++i)
            losses.push_back(2 * (1 + 0.01 * (i / 10) - 0.002 * (i % 10) + 0.0005 * wiggle(i)));
        MetricsHistory history = runWith(losses);
        for (StepMetrics& line : history.steps)
            line.learningRate = 1e-4 * (1 - static_cast<double>((line.step - 1) % 100) / 101);
        QVERIFY(!judged(history).alertStep);
    }

    void aTinyRiseIsNoOverfitting()
    {
        // However certain: 0.6 % above the lowest level.
        std::vector<double> losses = valley(40, 10, 0);
        for (int i = 10; i < 40; ++i)
            losses[static_cast<std::size_t>(i)] += 2 * 0.006 * std::min(1.0, (i - 10) / 10.0) - 0.001 * wiggle(i);
        QVERIFY(!judged(runWith(losses)).alertStep);
    }

    void memorisationInStepsIsNormal()
    {
        MetricsHistory history = runWith(valley(14, 6, 0.02));
        for (StepMetrics& line : history.steps) // an epoch is 35 steps
            line.loss = (3 - 0.6 * static_cast<double>((line.step - 1) / 35)) * (1 + 0.02 * wiggle(line.step));
        QVERIFY(judged(history).state == SentinelState::overfitting);
    }

    void trainingLossesMayBeMissing()
    {
        MetricsHistory history = runWith(valley(14, 6, 0.02));
        history.steps.clear();
        QVERIFY(judged(history).state == SentinelState::overfitting);
        history = runWith(valley(14, 6, 0.02));
        for (std::size_t i = 0; i < history.steps.size(); ++i)
            if (i % 7 != 0)
                history.steps[i].learningRate = kNaN;
        QVERIFY(judged(history).state == SentinelState::overfitting);
        for (StepMetrics& line : history.steps)
            line.loss = 0;
        QVERIFY(judged(history).state == SentinelState::overfitting);
    }

    void awkwardHistories()
    {
        // Twice the same step, steps out of order, equal losses, huge, zero and negative ones.
        MetricsHistory history = runWith(valley(14, 6, 0.02));
        const SentinelVerdict expected = judged(history);
        history.evals.insert(history.evals.begin() + 3, {70, 9.0, 0, 0});
        std::swap(history.steps[4], history.steps[90]);
        QVERIFY(judged(history).alertStep == expected.alertStep);
        for (const double level : {0.0, 1e300, -1.0, 1e-300}) {
            const SentinelVerdict verdict = judged(runWith(std::vector<double>(20, level)));
            QVERIFY(!verdict.alertStep);
            QVERIFY(std::isfinite(verdict.evidence.score));
        }
        QVERIFY(judged(runWith({2, 3})).state == SentinelState::fine);
    }

    void aLongRunCostsLittle()
    {
        Sentinel sentinel{SentinelSettings()};
        for (std::int64_t step = 1; step <= 100'000; ++step) {
            StepMetrics line;
            line.step = step;
            line.loss = 2 + 0.1 * wiggle(step);
            sentinel.add(line);
            if (step % 50 == 0)
                sentinel.add(
                    EvalMetrics{step, 2 + std::exp(-static_cast<double>(step) / 5000) + 0.01 * wiggle(step), 0, 0});
        }
        QCOMPARE(sentinel.verdict().evidence.evaluations, std::int64_t{2000});
        QVERIFY(!sentinel.verdict().alertStep);
    }

    void recordedRuns_data()
    {
        QTest::addColumn<QString>("name");
        const auto labels = nlohmann::json::parse(readFile(test::golden("sentinel/labels.json")));
        for (const auto& [name, label] : labels.at("runs").items())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }

    void recordedRuns()
    {
        QFETCH(QString, name);
        const auto labels = nlohmann::json::parse(readFile(test::golden("sentinel/labels.json")));
        const auto label = labels.at("runs").at(name.toStdString());
        const SentinelVerdict verdict = judged(readMetrics(test::golden("sentinel/" + name.toStdString() + ".jsonl")));
        QCOMPARE(verdict.alertStep.has_value(), label.at("kind").get<std::string>() == "overfit");
        if (verdict.alertStep) {
            QVERIFY(*verdict.alertStep > label.at("lowest_step").get<std::int64_t>());
            QVERIFY(*verdict.alertStep <= label.at("latest_alert_step").get<std::int64_t>());
        }
    }
};

QTEST_GUILESS_MAIN(TestSentinel)
#include "tst_sentinel.moc"
