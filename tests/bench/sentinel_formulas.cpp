// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/sentinel_curves.h"
#include "tests/bench/sentinel_random.h"

#include <algorithm>
#include <array>
#include <functional>

namespace falconer::test {

namespace {

enum class Kind { falling, plateau, spiky, restarts, diverging, staircase, overfit, overfitSpiky, overfitRestarts };

constexpr std::array kCalm{Kind::falling, Kind::plateau, Kind::spiky, Kind::restarts, Kind::diverging, Kind::staircase};
constexpr std::array kOverfit{Kind::overfit, Kind::overfit, Kind::overfitSpiky, Kind::overfit, Kind::overfit,
    Kind::overfit, Kind::overfit, Kind::overfit, Kind::overfitSpiky, Kind::overfitRestarts};

const char* name(Kind kind)
{
    constexpr std::array kNames{"falling", "plateau", "spikes", "restarts", "diverging", "staircase", "overfit",
        "overfit, spikes", "overfit, restarts"};
    return kNames[static_cast<std::size_t>(kind)];
}

class Maker {
public:
    Maker(Random& random, Kind kind)
        : m_random(random)
        , m_kind(kind)
        , m_evals(random.whole(8, 60))
        , m_every(random.whole(4, 40))
        , m_level(random.spread(0.1, 10))
    {
    }

    LabelledCurve make()
    {
        LabelledCurve curve;
        curve.shape = name(m_kind);
        curve.overfits = m_kind >= Kind::overfit;
        setUp();
        const double share = m_random.spread(0.001, 0.05);
        const bool additive = m_random.chance(0.5);
        const int noise = m_random.whole(0, 3);
        curve.noise = std::array{"normal", "normal", "heavy", "slow"}[static_cast<std::size_t>(noise)];
        const double phi = m_random.uniform(0.3, 0.7);
        double state = m_random.normal();
        const bool irregular = m_random.chance(0.25);
        std::int64_t step = 0;
        std::vector<std::int64_t> evalSteps;
        for (int i = 0; i < m_evals; ++i) {
            step += irregular ? std::max(1, static_cast<int>(m_every * m_random.uniform(0.4, 1.6))) : m_every;
            evalSteps.push_back(step);
        }
        m_steps = static_cast<double>(step);
        placeRestarts();
        std::vector<double> bumps;
        for (const std::int64_t at : evalSteps) {
            curve.clean.push_back(validation(static_cast<double>(at)));
            curve.training.push_back(training(static_cast<double>(at)));
            bumps.push_back(m_level * bumpAt(static_cast<double>(at)));
        }
        curve.lowest
            = static_cast<std::size_t>(std::min_element(curve.clean.begin(), curve.clean.end()) - curve.clean.begin());
        curve.noiseSd = share * curve.clean[curve.lowest];
        const std::size_t spikes = m_kind == Kind::spiky || m_kind == Kind::overfitSpiky ? 1 + m_evals / 25 : 0;
        std::vector<double> spike(curve.clean.size(), 0);
        for (std::size_t i = 0; i < spikes; ++i)
            spike[static_cast<std::size_t>(m_random.whole(1, m_evals - 1))]
                = m_random.uniform(5, 20) * curve.noiseSd + m_random.uniform(0, 0.3) * curve.clean[curve.lowest];
        for (std::size_t i = 0; i < curve.clean.size(); ++i) {
            state = noise == 3 ? phi * state + std::sqrt(1 - phi * phi) * m_random.normal()
                               : (noise == 2 ? m_random.heavy() : m_random.normal());
            const double sd = additive ? curve.noiseSd : share * curve.clean[i];
            const double loss = std::max(0.2 * curve.clean[i], curve.clean[i] + bumps[i] + sd * state + spike[i]);
            curve.history.evals.push_back({evalSteps[i], loss, std::exp(loss), 1000});
        }
        train(curve.history);
        return curve;
    }

private:
    void setUp()
    {
        m_depth = m_random.spread(0.05, 2);
        m_time = m_random.uniform(0.04, 0.4);
        m_power = m_random.chance(0.5);
        m_trainTime = m_random.uniform(0.1, 0.8);
        m_trainLevel = m_random.chance(0.3) ? 0 : m_random.uniform(0.2, 1.0);
        m_epochs = m_random.chance(0.5) ? m_random.whole(2, 10) : 0;
        m_trainNoise = m_random.spread(0.01, 0.15);
        m_turn = m_random.chance(0.15) ? m_random.uniform(0, 2.0 / m_evals) : m_random.uniform(0.05, 0.7);
        m_rise = m_random.spread(0.03, 0.8);
        m_riseShape = m_random.whole(0, 3);
        m_trainRise = m_random.uniform(0.6, 1.5);
        m_log = m_random.chance(0.3) ? m_random.whole(2, 5) : 1;
        m_bump = m_random.uniform(0.01, 0.1);
        m_bumpTime = m_random.uniform(0.4, 2.0);
    }

    void placeRestarts()
    {
        if (m_kind != Kind::restarts && m_kind != Kind::overfitRestarts)
            return;
        m_cycles = m_random.whole(2, 4);
    }

    /// Position within the run, 0 to 1, to the rise of a curve that turns at m_turn.
    double riseAt(double t) const
    {
        const double u = (t - m_turn) / (1 - m_turn);
        if (u <= 0)
            return 0;
        switch (m_riseShape) {
        case 0: return u;
        case 1: return u * u;
        case 2: return 1 / (1 + std::exp(-10 * (u - 0.4))) - 1 / (1 + std::exp(4.0));
        default: return std::sqrt(u);
        }
    }

    double bumpAt(double step) const
    {
        double bump = 0;
        for (int cycle = 1; cycle < m_cycles; ++cycle) {
            const double since = (step - std::ceil(cycle * m_steps / m_cycles)) / m_every;
            if (since >= 0)
                bump += m_bump * std::exp(-since / m_bumpTime);
        }
        return bump;
    }

    double validation(double step) const
    {
        const double t = step / m_steps;
        if (m_kind == Kind::plateau)
            return m_level;
        double value = m_power ? std::pow(1 + t / m_time, -1.2) : std::exp(-t / m_time);
        if (m_kind == Kind::staircase)
            value = std::exp(-std::floor(5 * t) / 2);
        value = 1 + m_depth * value;
        if (m_kind >= Kind::overfit || m_kind == Kind::diverging)
            value += m_rise * riseAt(t);
        return m_level * value; // what a restart stirs up is no overfitting
    }

    double training(double step) const
    {
        const double t = step / m_steps;
        double progress = t;
        if (m_epochs > 0) // what was memorised shows when the rows come again
            progress = 0.3 * t + 0.7 * std::floor(t * m_epochs) / m_epochs;
        double value = m_trainLevel + (1 + m_depth - m_trainLevel) * std::exp(-progress / m_trainTime);
        if (m_kind == Kind::diverging) {
            value = 1 + m_depth * std::exp(-t / m_time) + m_trainRise * m_rise * riseAt(t);
        }
        return m_level * (value + 0.8 * bumpAt(step));
    }

    double rate(double step) const
    {
        const double t = step / m_steps;
        const double cycle = t * m_cycles;
        return 1e-4
            * (0.5
                + 0.5
                    * std::cos(std::numbers::pi * std::min(1.0, cycle - std::floor(std::min(cycle, m_cycles - 1e-9)))));
    }

    void train(MetricsHistory& history)
    {
        const auto last = static_cast<std::int64_t>(m_steps);
        for (std::int64_t step = m_log; step <= last; step += m_log) {
            StepMetrics line;
            line.step = step;
            line.loss = std::max(0.0, training(static_cast<double>(step)) * (1 + m_trainNoise * m_random.normal()));
            line.learningRate = rate(static_cast<double>(step));
            history.steps.push_back(line);
        }
    }

    Random& m_random;
    Kind m_kind;
    int m_evals;
    int m_every;
    double m_level;
    double m_steps = 0;
    double m_depth = 0, m_time = 0, m_turn = 0, m_rise = 0, m_trainRise = 0, m_bump = 0, m_bumpTime = 1;
    double m_trainTime = 0, m_trainLevel = 0, m_trainNoise = 0;
    bool m_power = false;
    int m_riseShape = 0, m_epochs = 0, m_cycles = 1, m_log = 1;
};

} // namespace

std::vector<LabelledCurve> curvesByFormulas(std::uint64_t seed, std::size_t overfitting, std::size_t calm)
{
    Random random(seed);
    std::vector<LabelledCurve> curves;
    for (std::size_t made = 0; made < overfitting;) {
        LabelledCurve curve = Maker(random, kOverfit[made % kOverfit.size()]).make();
        if (!labelDue(curve))
            continue; // it rises too little or too late
        curves.push_back(std::move(curve));
        ++made;
    }
    for (std::size_t made = 0; made < calm;) {
        const Kind kind = kCalm[made % kCalm.size()];
        LabelledCurve curve = Maker(random, kind).make();
        if (kind == Kind::diverging && !risesTogether(curve))
            continue;
        curves.push_back(std::move(curve));
        ++made;
    }
    return curves;
}

} // namespace falconer::test
