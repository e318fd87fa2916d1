// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/sentinel_curves.h"
#include "tests/bench/sentinel_random.h"

#include <algorithm>
#include <array>
#include <string>

namespace falconer::test {

namespace {

/// The two losses without noise, as functions of the position 0 to 1 within the run, sampled finely.
struct Pair {
    std::string shape;
    bool stirred = false; ///< by the learning rate: both losses rise at the same time
    std::vector<double> validation = std::vector<double>(kGrid + 1);
    std::vector<double> training = std::vector<double>(kGrid + 1);
    static constexpr int kGrid = 400;

    static double at(const std::vector<double>& values, double t)
    {
        const double place = std::clamp(t, 0.0, 1.0) * kGrid;
        const auto left = std::min(static_cast<std::size_t>(place), static_cast<std::size_t>(kGrid - 1));
        const double share = place - static_cast<double>(left);
        return (1 - share) * values[left] + share * values[left + 1];
    }
};

/// Gradient flow from 0 on a linear model with eigenvalues j^-a, true weights of size j^-b and target noise: the exact
/// excess risk is bias, which falls, plus variance, which grows.
Pair descent(Random& random, bool overfits)
{
    Pair pair;
    pair.shape = overfits ? "descent" : "descent, much data";
    constexpr int kModes = 60;
    const double a = random.uniform(0.6, 1.6);
    const double b = random.uniform(0.3, 1.2);
    const double variance = overfits ? random.spread(0.002, 0.08) : 0;
    const double end = random.spread(20, 2000);
    const double floor = random.uniform(0.3, 3);
    const double memory = random.uniform(0, 0.9);
    for (int i = 0; i <= Pair::kGrid; ++i) {
        const double time = end * i / Pair::kGrid;
        double validation = 0;
        double training = 0;
        for (int j = 1; j <= kModes; ++j) {
            const double lambda = std::pow(j, -a);
            const double left = std::exp(-lambda * time);
            const double bias = lambda * std::pow(j, -b);
            validation += bias * left * left + variance * (1 - left) * (1 - left);
            training += (bias + variance) * left * left - variance;
        }
        pair.validation[static_cast<std::size_t>(i)] = floor + validation;
        pair.training[static_cast<std::size_t>(i)]
            = std::max(0.0, floor * (1 - memory * (1 - std::exp(-3.0 * i / Pair::kGrid))) + training);
    }
    return pair;
}

/// A curve through random knots: falls to `turn`, then rises (or, at 1, never does).
std::vector<double> throughKnots(Random& random, double turn, double drop, double rise)
{
    std::vector<double> fallSteps(Pair::kGrid + 1, 0);
    const int knots = random.whole(2, 12);
    double weight = 1;
    std::vector<double> pace;
    for (int k = 0; k < knots; ++k) {
        pace.push_back(random.spread(0.05, 1) * weight);
        weight *= random.uniform(0.4, 1.0);
    }
    std::vector<double> values(Pair::kGrid + 1, 0);
    double fallen = 0;
    double risen = 0;
    const double bend = random.uniform(0.6, 2.2);
    for (int i = 0; i <= Pair::kGrid; ++i) {
        const double t = static_cast<double>(i) / Pair::kGrid;
        if (t <= turn) {
            const double place = turn <= 0 ? 1 : t / turn;
            fallen += pace[std::min(static_cast<std::size_t>(place * knots), static_cast<std::size_t>(knots - 1))];
        } else {
            risen = std::pow((t - turn) / (1 - turn), bend);
        }
        values[static_cast<std::size_t>(i)] = fallen;
        fallSteps[static_cast<std::size_t>(i)] = risen;
    }
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = 1 + drop * (1 - values[i] / std::max(fallen, 1e-9)) + rise * fallSteps[i];
    return values;
}

Pair drawn(Random& random, bool overfits)
{
    Pair pair;
    pair.shape = overfits ? "drawn" : "drawn, falling";
    const double turn = overfits ? (random.chance(0.2) ? 0.03 : random.uniform(0.05, 0.75)) : 1;
    const double level = random.spread(0.1, 10);
    const double drop = random.spread(0.02, 1.5);
    pair.validation = throughKnots(random, turn, drop, random.spread(0.02, 1));
    pair.training = throughKnots(random, 1, 1 + drop, 0);
    const double gap = random.chance(0.4) ? 1 : random.uniform(0.5, 1);
    const bool still = overfits && random.chance(0.15); // a training loss that has nowhere to fall
    for (std::size_t i = 0; i < pair.validation.size(); ++i) {
        pair.validation[i] *= level;
        pair.training[i] = still ? 0.001 * level : level * std::max(0.0, pair.training[i] - gap);
    }
    return pair;
}

Pair flat(Random& random)
{
    Pair pair;
    pair.shape = "flat";
    const double level = random.spread(0.1, 10);
    const double depth = random.uniform(0, 0.5);
    const double speed = random.uniform(15, 60);
    for (std::size_t i = 0; i < pair.validation.size(); ++i) {
        const double t = static_cast<double>(i) / Pair::kGrid;
        pair.validation[i] = level * (1 + depth * std::exp(-speed * t));
        pair.training[i] = level * (0.9 + depth * std::exp(-speed * t) - 0.2 * t);
    }
    return pair;
}

/// A step size beyond what is stable: from some moment on both losses grow by a factor a step.
Pair unstable(Random& random)
{
    Pair pair = descent(random, false);
    pair.shape = "unstable";
    pair.stirred = true;
    const double turn = random.uniform(0.1, 0.8);
    const double size = random.spread(0.1, 2);
    const double speed = random.uniform(0.5, 6);
    const double share = random.uniform(0.5, 1.5);
    for (std::size_t i = 0; i < pair.validation.size(); ++i) {
        const double t = static_cast<double>(i) / Pair::kGrid;
        const double growth = t <= turn ? 0 : size * std::expm1(speed * (t - turn)) / std::expm1(speed);
        pair.training[i] = 0.9 * pair.validation[i] + share * growth; // they fall together, too
        pair.validation[i] += growth;
    }
    return pair;
}

/// Warm restarts: both losses rise while the rate is high and come down as it falls.
Pair restarted(Random& random, int cycles)
{
    Pair pair = descent(random, false);
    pair.shape = "warm restarts";
    pair.stirred = true;
    const double height = random.spread(0.01, 0.15) * pair.validation.back();
    for (std::size_t i = 0; i < pair.validation.size(); ++i) {
        const double cycle = static_cast<double>(i) / Pair::kGrid * cycles;
        const double within = cycle - std::floor(std::min(cycle, cycles - 1e-9));
        if (cycle < 1)
            continue;
        const double up = std::min(1.0, within / 0.05);
        const double heat = up * (0.5 + 0.5 * std::cos(std::numbers::pi * within));
        pair.validation[i] += height * heat;
        pair.training[i] += height * heat;
    }
    return pair;
}

LabelledCurve observe(Random& random, const Pair& pair, bool overfits, int cycles)
{
    LabelledCurve curve;
    curve.shape = pair.shape;
    curve.overfits = overfits;
    const int evals = random.whole(8, 60);
    const int every = random.whole(3, 50);
    const double steps = static_cast<double>(evals) * every;
    for (int i = 1; i <= evals; ++i) {
        curve.clean.push_back(Pair::at(pair.validation, static_cast<double>(i) / evals));
        curve.training.push_back(Pair::at(pair.training, static_cast<double>(i) / evals));
    }
    const auto lowest = std::min_element(curve.clean.begin(), curve.clean.end());
    curve.lowest = static_cast<std::size_t>(lowest - curve.clean.begin());
    const double share = random.spread(0.001, 0.05);
    curve.noiseSd = share * *lowest;
    // White noise of some distribution, or a drift that forgets within a few evaluations.
    const int kind = random.whole(0, 3);
    curve.noise = std::array{"normal", "Laplace", "uniform", "drift"}[static_cast<std::size_t>(kind)];
    const double keep = kind == 3 ? std::exp(-1 / random.uniform(0.5, 3)) : 0;
    double drift = random.normal();
    const bool bad = random.chance(0.2);
    const int badAt = random.whole(1, evals - 1);
    for (int i = 0; i < evals; ++i) {
        const double sign = random.chance(0.5) ? 1 : -1;
        double draw = random.normal();
        if (kind == 1)
            draw = -sign * std::log(1 - random.uniform()) / std::sqrt(2.0);
        else if (kind == 2)
            draw = random.uniform(-std::sqrt(3.0), std::sqrt(3.0));
        drift = keep * drift + std::sqrt(1 - keep * keep) * draw;
        double loss = curve.clean[static_cast<std::size_t>(i)] + curve.noiseSd * drift;
        if (bad && i == badAt)
            loss *= random.uniform(1.05, 1.6);
        loss = std::max(loss, 0.01 * *lowest);
        curve.history.evals.push_back({static_cast<std::int64_t>(i + 1) * every, loss, std::exp(loss), 500});
    }
    const double trainShare = random.spread(0.005, 0.2);
    const int log = random.chance(0.3) ? random.whole(2, every) : 1;
    // What is memorised shows when the rows come again; what a rate stirs up shows at once.
    const int epochs = random.chance(0.4) && !pair.stirred ? random.whole(2, 8) : 0;
    for (int step = log; step <= evals * every; step += log) {
        double t = step / steps;
        if (epochs > 0)
            t = 0.5 * t + 0.5 * std::floor(t * epochs) / epochs;
        StepMetrics line;
        line.step = step;
        line.loss = Pair::at(pair.training, t) * std::exp(trainShare * random.normal() - trainShare * trainShare / 2);
        const double cycle = cycles * step / steps;
        line.learningRate = cycles == 1
            ? 2e-4
            : 2e-4 * (0.5 + 0.5 * std::cos(std::numbers::pi * (cycle - std::floor(std::min(cycle, cycles - 1e-9)))));
        curve.history.steps.push_back(line);
    }
    return curve;
}

} // namespace

std::vector<LabelledCurve> curvesByDynamics(std::uint64_t seed, std::size_t overfitting, std::size_t calm)
{
    Random random(seed + 1'000'003);
    std::vector<LabelledCurve> curves;
    for (std::size_t made = 0; made < overfitting;) {
        const Pair pair = made % 2 == 0 ? descent(random, true) : drawn(random, true);
        LabelledCurve curve = observe(random, pair, true, 1);
        if (!labelDue(curve))
            continue; // it rises too little or too late
        curves.push_back(std::move(curve));
        ++made;
    }
    for (std::size_t made = 0; made < calm;) {
        const int cycles = made % 5 == 4 ? random.whole(2, 4) : 1;
        const Pair pair = made % 5 == 0 ? descent(random, false)
            : made % 5 == 1             ? drawn(random, false)
            : made % 5 == 2             ? flat(random)
            : made % 5 == 3             ? unstable(random)
                                        : restarted(random, cycles);
        LabelledCurve curve = observe(random, pair, false, cycles);
        if (made % 5 == 3 && !risesTogether(curve))
            continue;
        curves.push_back(std::move(curve));
        ++made;
    }
    return curves;
}

} // namespace falconer::test
