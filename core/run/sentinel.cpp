// SPDX-License-Identifier: Apache-2.0
#include "core/run/sentinel.h"

#include "core/run/sentinel_rate.h"
#include "core/run/sentinel_statistics.h"
#include "core/run/sentinel_words.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace falconer {

namespace {

// Chosen with the curves of tests/bench, seeds below 1000, as a trade between late alerts and false ones.
constexpr double kScore = 3.2; ///< standard errors that the evidence must amount to, with 10 evaluations
constexpr double kScoreGrowth = 0.6; ///< and so many more for e times as many
constexpr double kAbove = 2.5; ///< noise deviations of every newest evaluation above the lowest level
constexpr double kTrend = 3.5; ///< and of their median
constexpr double kLeastRise = 0.0075; ///< of that median, relative: a smaller rise is not worth a warning
constexpr double kKeep = 0.5; ///< share of kScore at which an alert is still upheld
constexpr double kSpikeReach = 4; ///< noise deviations beyond its neighbours that make an evaluation a bad one
constexpr double kLeastNoise = 0.0007; ///< relative to the loss
constexpr double kMostNoise = 0.07;
constexpr double kPriorSlope = 1.3; ///< how much likelier small noise is than large, before any evaluation
constexpr double kFitShare = 0.6; ///< of the fit's degrees of freedom; the rest is in the differences already
constexpr double kAlikeBias = 0.3;
constexpr double kAlikeFew = 12; ///< evaluations below which alikeness counts less than half
constexpr double kAlikePower = 1;
constexpr double kTrainShare = 0.2; ///< of the validation loss's rise that makes the training loss rise along
constexpr int kStirred = 3; ///< evaluations after a restart that are left out
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
        }
        point.stirred = m_cycle && m_sinceRestart++ < kStirred;
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
                    a.trainSum + b.trainSum, a.trainCount + b.trainCount});
        }
        kept.insert(kept.end(), m_points.begin() + static_cast<std::ptrdiff_t>(half), m_points.end());
        m_points = std::move(kept);
    }

    void judgeNow()
    {
        SentinelEvidence& evidence = m_verdict.evidence;
        evidence.restartStep = m_rate.restart();
        m_steady.clear();
        std::size_t cycleAt = 0; // the first evaluation of the present cycle of the learning rate
        for (const Point& point : m_points) {
            if (point.stirred)
                cycleAt = m_steady.size();
            else
                m_steady.push_back(point);
        }
        const std::size_t count = m_steady.size();
        if (count < kFewest || m_points.back().stirred)
            return;
        m_rises = m_along = false;
        std::vector<double> x, y, weights;
        for (const Point& point : m_steady) {
            x.push_back(point.x);
            y.push_back(point.loss);
            weights.push_back(point.weight);
        }
        m_level = std::abs(median(y));
        if (m_level <= 0)
            return; // nothing to be relative to
        for (double& value : y)
            value /= m_level;
        measureTrainNoise();

        // The noise counts where the curve is near its best: that is where it is judged, and there it bends least.
        constexpr double kNear = 0.3;
        constexpr std::size_t kEnough = 6;
        const double best = *std::min_element(y.begin(), y.end());
        std::size_t near = 0;
        while (near + kEnough < count && y[near] > best + kNear * std::abs(best))
            ++near;
        const double rough = differenceNoise(x, y, near, true).value;
        y = withoutSpikes(y, std::clamp(rough, kLeastNoise, kMostNoise), kSpikeReach);
        const ValleyFit valley = fitValley(y, weights);
        const Scale noise = measureNoise(x, y, weights, valley, near);
        evidence.evalNoise = noise.value * m_level;
        evidence.score = deviations(std::sqrt(valley.gain), noise, kLeastNoise, kMostNoise, kPriorSlope);

        const double sd = std::clamp(noise.value, kLeastNoise, kMostNoise);
        const std::size_t window = std::min({kNewest, static_cast<std::size_t>(m_patience), count});
        const std::vector<double> newest(y.end() - static_cast<std::ptrdiff_t>(window), y.end());
        const double lowestNew = *std::min_element(newest.begin(), newest.end()) - valley.low;
        const double trend = median(newest) - valley.low;
        evidence.trendRise = valley.low > 0 ? std::optional(trend / valley.low) : std::nullopt;
        // More evaluations are more occasions to be fooled by chance.
        const double needed = kScore + kScoreGrowth * std::log(static_cast<double>(count) / 10);
        m_rises = evidence.score > needed && lowestNew > kAbove * sd && trend > kTrend * sd
            && trend > kLeastRise * std::abs(valley.low) && evidence.evaluationsAbove >= m_patience
            && (cycleAt == 0 || risesSince(cycleAt, y, weights, sd));
        measureTrainChange(valley);
        decide();
    }

    /// Since a restart of the learning rate the curve must rise by itself: what the restart left behind wears off.
    static bool risesSince(
        std::size_t first, const std::vector<double>& y, const std::vector<double>& weights, double sd)
    {
        const auto from = static_cast<std::ptrdiff_t>(first);
        return std::sqrt(fitValley({y.begin() + from, y.end()}, {weights.begin() + from, weights.end()}).gain) > sd;
    }

    /// The noise of the cleaned curve from index `near` on: what the differences of neighbours and the distances to the
    /// fitted curve say together, enlarged when neighbouring distances are alike. Such slow noise hides from
    /// differences, and it averages out more slowly than the fit assumes.
    static Scale measureNoise(const std::vector<double>& x, const std::vector<double>& y,
        const std::vector<double>& weights, const ValleyFit& valley, std::size_t near)
    {
        const Scale noise = differenceNoise(x, y, near, false);
        const std::size_t count = y.size();
        const double reach = 3 * noise.value + kLeastNoise; // a value that is still bad counts no more than this
        const auto distance = [&](std::size_t i) { return std::clamp(y[i] - valley.fit[i], -reach, reach); };
        double squares = 0;
        double products = 0;
        double pairs = 0;
        std::size_t levels = 1;
        for (std::size_t i = near; i < count; ++i) {
            squares += weights[i] * distance(i) * distance(i);
            if (i == near)
                continue;
            products += distance(i - 1) * distance(i);
            pairs += 0.5 * (distance(i - 1) * distance(i - 1) + distance(i) * distance(i));
            levels += valley.fit[i] != valley.fit[i - 1] ? 1 : 0;
        }
        const double many = static_cast<double>(count - near);
        const double spare = kFitShare * (many - static_cast<double>(levels));
        if (spare <= 0 || pairs <= 0)
            return noise;
        Scale result;
        result.freedom = noise.freedom + spare;
        result.value = std::sqrt((noise.freedom * noise.value * noise.value + kFitShare * squares) / result.freedom);
        // The fit follows the noise, so that the distances of white noise alternate: hence the bias.
        const double alike = std::clamp((products / pairs + kAlikeBias) * many / (many + kAlikeFew), 0.0, 0.8);
        result.value *= std::pow((1 + alike) / (1 - alike), kAlikePower);
        return result;
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
        m_verdict.evidence.trainNoise = differenceNoise(index, losses, 0, true).value;
    }

    /// Whether the training loss shares the rise of the validation loss, both relative to their lowest levels. It is
    /// fitted by a valley too, from as long before the turn as the rise has lasted.
    void measureTrainChange(const ValleyFit& valley)
    {
        SentinelEvidence& evidence = m_verdict.evidence;
        evidence.trainChange.reset();
        const std::size_t count = m_steady.size();
        const std::size_t turn = valley.lowEnd - 1;
        const std::size_t since = count - 1 - turn;
        std::vector<double> losses, weights;
        double before = 0, beforeCount = 0, late = 0, lateCount = 0;
        for (std::size_t i = turn - std::min(turn, std::max<std::size_t>(since, 1)); i < count; ++i) {
            const Point& point = m_steady[i];
            if (point.trainCount <= 0)
                continue;
            losses.push_back(point.trainSum / point.trainCount);
            weights.push_back(point.trainCount);
            (i <= turn ? before : late) += point.trainSum;
            (i <= turn ? beforeCount : lateCount) += point.trainCount;
        }
        if (beforeCount <= 0 || lateCount <= 0)
            return;
        before /= beforeCount;
        if (before > 0)
            evidence.trainChange = late / lateCount / before - 1;
        const ValleyFit train = fitValley(losses, weights);
        double number = 0; // training losses behind its newest level
        for (std::size_t i = losses.size(); i-- > 0 && train.fit[i] >= train.fit.back();)
            number += weights[i];
        const double error = evidence.trainNoise.value_or(0) / std::sqrt(number);
        // A training loss near 0 has no relative change to speak of.
        constexpr double kLeastShare = 0.25;
        const double lowest = valley.low * m_level;
        const double scale = std::max(std::abs(before), kLeastShare * std::abs(lowest)) / std::abs(lowest);
        const double rise = (valley.fit.back() - valley.low) * m_level;
        m_along = (train.fit.back() - train.low - error) / scale > kTrainShare * rise;
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
    RateWatch m_rate;

    double m_level = 0; ///< size of the validation losses
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
