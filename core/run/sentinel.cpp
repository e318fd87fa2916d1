// SPDX-License-Identifier: Apache-2.0
#include "core/run/sentinel.h"

#include "core/run/sentinel_rate.h"
#include "core/run/sentinel_statistics.h"
#include "core/run/sentinel_words.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace falconer {

namespace {

constexpr double kScore = 3.4; ///< standard errors that the evidence must amount to, with 10 evaluations
constexpr double kScoreGrowth = 0.2; ///< and so many more for e times as many
constexpr double kPlain = 1; ///< standard errors beyond that at which one evaluation says enough
constexpr double kWaver = 0.5; ///< otherwise the one before may lack no more than so many
constexpr double kKeep = 0.5; ///< share of kScore at which an alert is still upheld
constexpr double kAbove = 1; ///< noise deviations of every newest evaluation above the lowest level: it must still last
constexpr double kLeastRise = 0.008; ///< relative: a smaller rise is not worth a warning
constexpr double kTrainShare = 0.25; ///< of the validation loss's rise that makes the training loss rise along
constexpr double kTrainDoubt = 1.5; ///< standard errors by which the training loss's change may be larger than it looks
constexpr double kTrainOwn = 0.1; ///< share that is enough in a rise of its own, sought for
constexpr double kTrainSure = 2.5; ///< standard errors by which that one may be smaller than it looks
constexpr double kSpikeReach = 4; ///< noise deviations beyond its neighbours that make an evaluation a bad one
constexpr double kLeastNoise = 0.0007; ///< relative to the loss
constexpr double kMostNoise = 0.07;
constexpr double kPriorSlope = 1.6; ///< how much likelier small noise is than large, before any evaluation
constexpr double kAlikeBias = 0.3; ///< of neighbouring distances of white noise, which a fit makes alternate
constexpr double kAlikeFew = 12; ///< evaluations below which alikeness counts less than half
constexpr int kStirred = 1; ///< evaluations after a restart that are left out
constexpr std::size_t kMostPoints = 256; ///< above, the older half is thinned
constexpr std::size_t kRecentLosses = 200; ///< training losses from which their noise is taken
constexpr std::size_t kFewest = 3; ///< evaluations below which nothing is said
constexpr std::size_t kNewest = 3; ///< evaluations that all must lie above the lowest level

/// An evaluation and the training since the one before, or several of them pooled.
struct Point {
    double x = 0; ///< step
    double loss = 0;
    double weight = 1;
    double trainSum = 0;
    double trainCount = 0;
    bool stirred = false; ///< by a restart of the learning rate just before
    int cycle = 0; ///< of the learning rate
};

} // namespace

class Sentinel::Impl {
public:
    explicit Impl(const SentinelSettings& settings)
        : m_patience(std::max<std::int64_t>(1, settings.patience))
        , m_minDelta(std::max(0.0, settings.minDelta))
    {
        speak();
    }

    void add(const StepMetrics& metrics)
    {
        if (metrics.step <= m_trainStep)
            return;
        m_trainStep = metrics.step;
        m_rate.add(metrics.step, metrics.learningRate);
        if (!std::isfinite(metrics.loss)) {
            m_badTraining = metrics.step;
            speak();
            return;
        }
        m_pending.push_back(metrics.loss);
        m_recent.push_back(metrics.loss);
        if (m_recent.size() > 2 * kRecentLosses)
            m_recent.erase(m_recent.begin(), m_recent.end() - kRecentLosses);
        if (m_badTraining) { // it was left out, as loss scaling does, and the run goes on
            m_badTraining.reset();
            speak();
        }
    }

    void add(const EvalMetrics& metrics)
    {
        if (metrics.step <= m_evalStep)
            return;
        m_evalStep = metrics.step;
        m_badEvaluation.reset();
        if (!std::isfinite(metrics.loss)) {
            m_badEvaluation = metrics.step;
            speak();
            return;
        }
        note(metrics);
        judgeNow();
        speak();
    }

    const SentinelVerdict& verdict() const { return m_verdict; }

private:
    /// Books an evaluation: the best one, the count since, the point with the training since the previous one.
    void note(const EvalMetrics& metrics)
    {
        SentinelEvidence& evidence = m_verdict.evidence;
        ++evidence.evaluations;
        evidence.lastStep = metrics.step;
        evidence.lastLoss = metrics.loss;
        if (!m_verdict.bestLoss || metrics.loss < *m_verdict.bestLoss) {
            m_verdict.bestLoss = metrics.loss;
            m_verdict.bestStep = metrics.step;
        }
        // The best to be better than moves only by steps of min_delta, or many small gains would count as none.
        if (metrics.loss < m_toBeat - (std::isfinite(m_toBeat) ? m_minDelta : 0)) {
            m_toBeat = metrics.loss;
            evidence.evaluationsAbove = 0;
        } else {
            ++evidence.evaluationsAbove;
        }
        const double best = *m_verdict.bestLoss;
        evidence.rise = best > 0 ? std::optional((metrics.loss - best) / best) : std::nullopt;

        Point point{static_cast<double>(metrics.step), metrics.loss, 1, 0, static_cast<double>(m_pending.size())};
        point.trainSum = trimmedMean(m_pending) * point.trainCount;
        m_pending.clear();
        if (m_rate.restart() != m_cycle) {
            m_cycle = m_rate.restart();
            m_sinceRestart = 0;
            ++m_cycles;
        }
        point.stirred = m_cycle && m_sinceRestart++ < kStirred;
        point.cycle = m_cycles;
        m_points.push_back(point);
        if (m_points.size() > kMostPoints)
            thin();
    }

    /// Pools pairs of the older half.
    void thin()
    {
        std::vector<Point> kept;
        const std::size_t half = m_points.size() / 4 * 2;
        for (std::size_t i = 0; i < half; i += 2) {
            const Point& a = m_points[i];
            const Point& b = m_points[i + 1];
            const double weight = a.weight + b.weight;
            kept.push_back(
                {(a.x * a.weight + b.x * b.weight) / weight, (a.loss * a.weight + b.loss * b.weight) / weight, weight,
                    a.trainSum + b.trainSum, a.trainCount + b.trainCount, false, b.cycle});
        }
        kept.insert(kept.end(), m_points.begin() + static_cast<std::ptrdiff_t>(half), m_points.end());
        m_points = std::move(kept);
    }

    void judgeNow()
    {
        SentinelEvidence& evidence = m_verdict.evidence;
        evidence.restartStep = m_rate.restart();
        m_steady.clear();
        std::copy_if(m_points.begin(), m_points.end(), std::back_inserter(m_steady),
            [](const Point& point) { return !point.stirred; });
        const std::size_t count = m_steady.size();
        if (count < kFewest || m_points.back().stirred)
            return;
        m_rises = m_along = false;
        std::vector<double> x, y, weights;
        std::vector<int> cycles;
        for (const Point& point : m_steady) {
            x.push_back(point.x);
            y.push_back(point.loss);
            weights.push_back(point.weight);
            cycles.push_back(point.cycle);
        }
        m_level = std::abs(median(y));
        if (m_level <= 0)
            return; // nothing to be relative to
        for (double& value : y)
            value /= m_level;
        measureTrainNoise();

        y = withoutLifts(y, cycles);
        const double rough = differenceNoise(x, y).value;
        y = withoutSpikes(y, std::clamp(rough, kLeastNoise, kMostNoise), kSpikeReach);
        NoiseBelief noise = smoothNoise(x, y, weights, kLeastNoise, kMostNoise, kPriorSlope);
        const ValleyFit valley = fitValley(y, weights);
        const double alike = alikeness(y, valley, noise.typical());
        for (double& value : noise.sd)
            value *= alike;
        const double sd = noise.typical();
        evidence.evalNoise = sd * m_level;
        const Rise rise = clearestRise(y, weights);
        evidence.score = deviations(rise.errors, noise);
        evidence.trendRise = rise.low > 0 ? std::optional(rise.size / rise.low) : std::nullopt;

        const std::size_t window = std::min({kNewest, static_cast<std::size_t>(m_patience), count});
        const double lowestNew = *std::min_element(y.end() - static_cast<std::ptrdiff_t>(window), y.end()) - rise.low;
        // More evaluations are more occasions to be fooled by chance.
        const double needed = kScore + kScoreGrowth * std::log(static_cast<double>(count) / 10);
        // Chance that amounts to barely enough seldom did so an evaluation ago, too.
        const bool lasts = m_margin > -kWaver && evidence.evaluationsAbove > m_patience;
        m_margin = evidence.score - needed;
        m_rises = m_margin > (lasts ? 0 : kPlain) && lowestNew > kAbove * sd
            && rise.size > kLeastRise * std::abs(rise.low) && evidence.evaluationsAbove >= m_patience;
        measureTrainChange(rise, valley);
        decide();
    }

    /// By what factor slow noise, whose neighbouring distances to the fitted valley are alike, averages out worse than
    /// the white noise of `sd` that it was taken for.
    static double alikeness(const std::vector<double>& y, const ValleyFit& valley, double sd)
    {
        const std::size_t count = y.size();
        const double reach = 3 * sd; // a value that is still bad counts no more than this
        const auto distance = [&](std::size_t i) { return std::clamp(y[i] - valley.fit[i], -reach, reach); };
        double products = 0;
        double pairs = 0;
        for (std::size_t i = 1; i < count; ++i) {
            products += distance(i - 1) * distance(i);
            pairs += 0.5 * (distance(i - 1) * distance(i - 1) + distance(i) * distance(i));
        }
        const double many = static_cast<double>(count);
        if (pairs <= 0)
            return 1;
        const double measured = (products / pairs + kAlikeBias) * many / (many + kAlikeFew);
        const double alike = std::clamp(measured, 0.0, 0.8);
        return (1 + alike) / (1 - alike);
    }

    void measureTrainNoise()
    {
        if (m_recent.size() < 8)
            return;
        const std::size_t kept = std::min(m_recent.size(), kRecentLosses);
        const std::vector<double> losses(m_recent.end() - static_cast<std::ptrdiff_t>(kept), m_recent.end());
        std::vector<double> index(kept);
        for (std::size_t i = 0; i < kept; ++i)
            index[i] = static_cast<double>(i);
        m_verdict.evidence.trainNoise = differenceNoise(index, losses).value;
    }

    /// Whether the training loss shares the rise of the validation loss, between the same windows, both relative to
    /// their lower levels.
    void measureTrainChange(const Rise& rise, const ValleyFit& valley)
    {
        SentinelEvidence& evidence = m_verdict.evidence;
        evidence.trainChange.reset();
        m_along = false;
        double before = 0, beforeCount = 0, late = 0, lateCount = 0;
        for (std::size_t i = rise.lowBegin; i < rise.lowEnd; ++i) {
            before += m_steady[i].trainSum;
            beforeCount += m_steady[i].trainCount;
        }
        for (std::size_t i = rise.newBegin; i < m_steady.size(); ++i) {
            late += m_steady[i].trainSum;
            lateCount += m_steady[i].trainCount;
        }
        if (rise.errors <= 0 || beforeCount <= 0 || lateCount <= 0)
            return;
        before /= beforeCount;
        late /= lateCount;
        if (before > 0)
            evidence.trainChange = late / before - 1;
        const double error = evidence.trainNoise.value_or(0) * std::sqrt(1 / beforeCount + 1 / lateCount);
        // A training loss near 0 has no relative change to speak of.
        constexpr double kLeastShare = 0.25;
        const double lowest = std::abs(rise.low) * m_level;
        const double scale = std::max(std::abs(before), kLeastShare * lowest) / lowest;
        m_along = (late - before + kTrainDoubt * error) / scale > kTrainShare * rise.size * m_level;
        // It may have fallen on for a while in between: its own valley since the turn counts as well.
        const std::size_t turn = valley.lowEnd - 1;
        const std::size_t since = m_steady.size() - 1 - turn;
        std::vector<double> losses, counts;
        for (std::size_t i = turn - std::min(turn, std::max<std::size_t>(since, 1)); i < m_steady.size(); ++i) {
            if (m_steady[i].trainCount <= 0)
                continue;
            losses.push_back(m_steady[i].trainSum / m_steady[i].trainCount);
            counts.push_back(m_steady[i].trainCount);
        }
        if (losses.empty())
            return;
        const ValleyFit train = fitValley(losses, counts);
        double number = 0;
        for (std::size_t i = losses.size(); i-- > 0 && train.fit[i] >= train.fit.back();)
            number += counts[i];
        const double own = evidence.trainNoise.value_or(0) / std::sqrt(number);
        m_along = m_along
            || (train.fit.back() - train.low - kTrainSure * own) / scale
                > kTrainOwn * (valley.fit.back() - valley.low) * m_level;
    }

    void decide()
    {
        const bool before = m_overfitting;
        const SentinelEvidence& evidence = m_verdict.evidence;
        if (m_rises && !m_along)
            m_overfitting = true;
        else if (before)
            m_overfitting = evidence.evaluationsAbove > 0 && evidence.score > kKeep * kScore && !(m_rises && m_along);
        if (m_overfitting && !m_verdict.alertStep)
            m_verdict.alertStep = evidence.lastStep;
    }

    void speak()
    {
        SentinelEvidence& evidence = m_verdict.evidence;
        evidence.nonFiniteStep = m_badEvaluation ? m_badEvaluation : m_badTraining;
        evidence.divergence = evidence.nonFiniteStep.has_value() || (m_rises && m_along);
        const std::int64_t few = std::min<std::int64_t>(2, m_patience);
        if (m_overfitting && !evidence.divergence)
            m_verdict.state = SentinelState::overfitting;
        else if (evidence.divergence || (evidence.evaluations >= 3 && evidence.evaluationsAbove >= few))
            m_verdict.state = SentinelState::watch;
        else
            m_verdict.state = SentinelState::fine;
        evidence.sentences = sentences(m_verdict);
    }

    std::int64_t m_patience;
    double m_minDelta;
    SentinelVerdict m_verdict;

    std::int64_t m_trainStep = -1;
    std::int64_t m_evalStep = -1;
    double m_toBeat = std::numeric_limits<double>::infinity(); ///< the loss that counts as best for patience
    std::vector<double> m_pending; ///< training losses since the newest evaluation
    std::vector<double> m_recent; ///< the newest training losses
    std::vector<Point> m_points;
    std::vector<Point> m_steady; ///< those that no restart stirred up
    std::optional<std::int64_t> m_cycle; ///< step of the newest restart
    int m_sinceRestart = 0; ///< evaluations
    int m_cycles = 0; ///< restarts so far
    RateWatch m_rate;

    double m_level = 0; ///< size of the validation losses
    double m_margin = -std::numeric_limits<double>::infinity(); ///< of the newest score judged over what is needed
    bool m_rises = false; ///< the validation loss, beyond doubt
    bool m_along = false; ///< the training loss rises with it
    bool m_overfitting = false;
    std::optional<std::int64_t> m_badTraining; ///< step of the newest training loss, when that is not finite
    std::optional<std::int64_t> m_badEvaluation;
};

Sentinel::Sentinel(const SentinelSettings& settings)
    : m_impl(std::make_unique<Impl>(settings))
{
}
Sentinel::~Sentinel() = default;
Sentinel::Sentinel(Sentinel&&) noexcept = default;
Sentinel& Sentinel::operator=(Sentinel&&) noexcept = default;

void Sentinel::add(const StepMetrics& metrics) { m_impl->add(metrics); }
void Sentinel::add(const EvalMetrics& metrics) { m_impl->add(metrics); }
const SentinelVerdict& Sentinel::verdict() const { return m_impl->verdict(); }

SentinelVerdict judge(const MetricsHistory& history, const SentinelSettings& settings)
{
    const auto ordered = [](auto lines) {
        const auto earlier = [](const auto& a, const auto& b) { return a.step < b.step; };
        std::stable_sort(lines.begin(), lines.end(), earlier);
        // Of lines with the same step the last one is kept.
        const auto same = [](const auto& a, const auto& b) { return a.step == b.step; };
        lines.erase(lines.begin(), std::unique(lines.rbegin(), lines.rend(), same).base());
        return lines;
    };
    const std::vector<StepMetrics> steps = ordered(history.steps);
    const std::vector<EvalMetrics> evals = ordered(history.evals);
    Sentinel sentinel(settings);
    std::size_t next = 0;
    for (const EvalMetrics& eval : evals) {
        for (; next < steps.size() && steps[next].step <= eval.step; ++next)
            sentinel.add(steps[next]);
        sentinel.add(eval);
    }
    for (; next < steps.size(); ++next)
        sentinel.add(steps[next]);
    return sentinel.verdict();
}

std::string_view name(SentinelState state)
{
    switch (state) {
    case SentinelState::fine: return "fine";
    case SentinelState::watch: return "watch";
    case SentinelState::overfitting: return "overfitting";
    }
    return "";
}

} // namespace falconer
