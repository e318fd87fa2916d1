// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/sentinel_curves.h"
#include "tests/bench/sentinel_random.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace falconer::test {

namespace {

constexpr std::array<double, 4> kNoise{0.001, 0.005, 0.01, 0.02}; ///< relative to the loss

/// From 1 to 0: exponential or power law.
struct Decay {
    bool power = false;
    double length = 1; ///< evaluations
    double exponent = 1;

    double at(double t) const { return power ? std::pow(1 + t / length, -exponent) : std::exp(-t / length); }
};

Decay drawDecay(Random& random, double count)
{
    Decay decay;
    decay.power = random.chance(0.4);
    decay.length = count * random.uniform(0.03, 0.2);
    decay.exponent = random.uniform(1, 2);
    return decay;
}

/// From 0 at `t` = 0 to 1 at `t` = 1.
double rise(int kind, double t)
{
    if (t <= 0)
        return 0;
    constexpr double kBend = 3;
    return kind == 0 ? t : kind == 1 ? t * t : (1 - std::exp(-kBend * t)) / (1 - std::exp(-kBend));
}

/// `train` is the noise-free training loss at a time in evaluations; epochs may lower it in steps.
template <typename Train, typename Rate>
void record(LabelledCurve& curve, Random& random, Train train, Rate rate, double level, bool spikes)
{
    constexpr int kEvery = 10;
    const bool heavy = random.chance(0.2);
    curve.noise = heavy ? "heavy tails" : "white";
    const std::size_t count = curve.clean.size();
    curve.lowest
        = static_cast<std::size_t>(std::min_element(curve.clean.begin(), curve.clean.end()) - curve.clean.begin());
    curve.noiseSd = level * curve.clean[curve.lowest];
    const double trainNoise = random.spread(0.01, 0.1);
    // Steps would carry the training loss down, and a divergence is one only where it rises.
    const bool epochs = random.chance(0.4) && curve.shape != "divergence";
    const int epoch = random.whole(15, 80);
    for (std::size_t i = 0; i < count; ++i) {
        for (int k = 1; k <= kEvery; ++k) {
            StepMetrics line;
            line.step = static_cast<std::int64_t>(i) * kEvery + k;
            const double t = static_cast<double>(line.step) / kEvery - 1;
            const double steps = epochs ? std::pow(0.93, static_cast<double>(line.step / epoch)) : 1;
            line.loss = std::max(0.0, train(t) * steps * (1 + trainNoise * random.normal()));
            line.learningRate = rate(t);
            curve.history.steps.push_back(line);
        }
        double loss = curve.clean[i] * (1 + level * (heavy ? random.heavy() : random.normal()));
        if (spikes && random.chance(0.06))
            loss += curve.clean[i] * random.spread(0.05, 0.5);
        curve.history.evals.push_back({static_cast<std::int64_t>(i + 1) * kEvery, loss, 0, 0});
    }
}

LabelledCurve drawOverfitting(Random& random)
{
    static const std::array<const char*, 3> kNames{"linear rise", "quadratic rise", "saturating rise"};
    for (;;) {
        LabelledCurve curve;
        curve.overfits = true;
        const int count = random.whole(10, 60);
        const double n = count;
        const int kind = random.whole(0, 2);
        curve.shape = kNames[static_cast<std::size_t>(kind)];
        const double floor = random.spread(0.3, 3);
        const double height = random.spread(0.1, 2);
        const Decay decay = drawDecay(random, n);
        const double turn = n * random.uniform(0.15, 0.75);
        const double rises = random.spread(0.03, 0.6);
        for (int i = 0; i < count; ++i)
            curve.clean.push_back(floor * (1 + height * decay.at(i) + rises * rise(kind, (i - turn) / (n - turn))));
        const double level = kNoise[static_cast<std::size_t>(random.whole(0, 3))];
        const Decay falls{false, n * random.uniform(0.1, 0.8), 1};
        const double rest = random.chance(0.5) ? 0.0 : random.uniform(0.1, 0.5);
        record(
            curve, random,
            [&](double t) { return floor * (1 + height) * (rest + (1 - rest) * falls.at(std::max(0.0, t))); },
            [](double) { return 1e-4; }, level, false);
        if (labelDue(curve))
            return curve;
    }
}

LabelledCurve drawCalm(Random& random)
{
    LabelledCurve curve;
    const int count = random.whole(10, 60);
    const double n = count;
    const int kind = random.whole(0, 5);
    static const std::array<const char*, 6> kNames{"falling", "plateau", "flat", "spikes", "restarts", "divergence"};
    curve.shape = kNames[static_cast<std::size_t>(kind)];
    const double floor = random.spread(0.3, 3);
    const double height = kind == 2 ? 0 : random.spread(0.1, 2);
    Decay decay = drawDecay(random, n);
    if (kind == 0)
        decay.length = n * random.uniform(0.3, 1);
    const double cycle = kind == 4 ? n / random.whole(2, 4) : 1e9;
    const double bump = random.spread(0.02, 0.2);
    const double wears = random.uniform(0.5, 2);
    const double turn = n * random.uniform(0.15, 0.75);
    const double rises = kind == 5 ? random.spread(0.05, 1) : 0;
    const int form = random.whole(0, 2);
    const auto bumpAt = [&](double t) { return t < cycle ? 0 : bump * std::exp(-std::fmod(t, cycle) / wears); };
    const auto riseAt = [&](double t) { return rises * rise(form, (t - turn) / (n - turn)); };
    for (int i = 0; i < count; ++i)
        curve.clean.push_back(floor * (1 + height * decay.at(i) + bumpAt(i) + riseAt(i)));
    const double level = kNoise[static_cast<std::size_t>(random.whole(0, 3))];
    const Decay falls{false, n * random.uniform(0.1, 0.8), 1};
    const double rest = random.uniform(0.2, 0.9);
    record(
        curve, random,
        [&](double t) {
            if (kind == 5) // the same valley, so that both rise together
                return floor * (1 + height * decay.at(std::max(0.0, t)) + riseAt(t)) * 0.95;
            return floor * (1 + height) * (rest + (1 - rest) * falls.at(std::max(0.0, t)) + bumpAt(t));
        },
        [&](double t) { return 1e-4 * (1 - 0.95 * std::fmod(std::max(0.0, t), cycle) / std::min(cycle, n)); }, level,
        kind == 3);
    return curve;
}

} // namespace

std::vector<LabelledCurve> curvesByTextbook(std::uint64_t seed, std::size_t overfitting, std::size_t calm)
{
    std::vector<LabelledCurve> curves;
    Random random(seed + 0x7e87);
    for (std::size_t i = 0; i < overfitting; ++i)
        curves.push_back(drawOverfitting(random));
    for (std::size_t i = 0; i < calm; ++i)
        curves.push_back(drawCalm(random));
    return curves;
}

} // namespace falconer::test
