// SPDX-License-Identifier: Apache-2.0
#include "core/train/schedule.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace falconer {

namespace {

constexpr double kPi = std::numbers::pi;

struct Point {
    const Schedule& schedule;
    double t; ///< steps done
    double total;
    double warmup;

    double option(const char* key, double fallback) const
    {
        const auto found = schedule.options.find(key);
        return found == schedule.options.end() ? fallback : found->second;
    }
    double progress() const { return (t - warmup) / std::max(1.0, total - warmup); }
};

double linear(const Point& p) { return std::max(0.0, (p.total - p.t) / std::max(1.0, p.total - p.warmup)); }

double cosine(const Point& p)
{
    const double cycles = p.option("num_cycles", 0.5);
    const double factor = std::max(0.0, 0.5 * (1.0 + std::cos(kPi * cycles * 2.0 * p.progress())));
    const double floor = p.option("min_lr_ratio", 0.0);
    return floor > 0 ? factor * (1 - floor) + floor : factor;
}

double cosineWithRestarts(const Point& p)
{
    const double progress = p.progress();
    if (progress >= 1.0)
        return 0.0;
    return std::max(0.0, 0.5 * (1.0 + std::cos(kPi * std::fmod(p.option("num_cycles", 1.0) * progress, 1.0))));
}

double polynomial(const Point& p)
{
    const double rate = p.schedule.learningRate;
    const double end = p.option("lr_end", 1e-7);
    if (p.t > p.total || p.total <= p.warmup)
        return end / rate;
    const double remaining = 1 - (p.t - p.warmup) / (p.total - p.warmup);
    return ((rate - end) * std::pow(remaining, p.option("power", 1.0)) + end) / rate;
}

double constant(const Point&) { return 1.0; }

double inverseSqrt(const Point& p)
{
    const double timescale = p.warmup > 0 ? p.warmup : 10000;
    return 1.0 / std::sqrt((p.t + (timescale - p.warmup)) / timescale);
}

double warmupStableDecay(const Point& p)
{
    const double decay = p.option("decay_steps", std::ceil(0.1 * p.total));
    const double stable = p.total - p.warmup - decay;
    const double floor = p.option("min_lr_ratio", 0.0);
    const auto raised = [&](double factor) { return std::max(0.0, factor * (1 - floor) + floor); };
    if (p.t < p.warmup) // the only rule whose warm-up starts at the floor
        return raised(p.t / std::max(1.0, p.warmup));
    if (p.t < p.warmup + stable)
        return 1.0;
    if (p.t < p.warmup + stable + decay) {
        const double progress = (p.t - p.warmup - stable) / std::max(1.0, decay);
        return raised(0.5 * (1.0 + std::cos(kPi * p.option("num_cycles", 0.5) * 2.0 * progress)));
    }
    return floor;
}

struct Rule {
    const char* name;
    bool warmsUp; ///< linearly from 0, before `factor` is asked
    double (*factor)(const Point&);
};

constexpr Rule kRules[]
    = {{"linear", true, linear}, {"cosine", true, cosine}, {"cosine_with_restarts", true, cosineWithRestarts},
        {"polynomial", true, polynomial}, {"constant", false, constant}, {"constant_with_warmup", true, constant},
        {"inverse_sqrt", true, inverseSqrt}, {"warmup_stable_decay", false, warmupStableDecay}};

} // namespace

Schedule makeSchedule(const TrainingSettings& training, std::int64_t totalSteps)
{
    Schedule schedule;
    schedule.kind = training.scheduler;
    schedule.learningRate = training.learningRate;
    schedule.totalSteps = totalSteps;
    schedule.warmupSteps = training.warmupSteps
        ? *training.warmupSteps
        : static_cast<std::int64_t>(std::ceil(static_cast<double>(totalSteps) * training.warmupRatio));
    schedule.options = training.schedulerOptions;
    return schedule;
}

double learningRateAt(const Schedule& schedule, std::int64_t done)
{
    for (const Rule& rule : kRules) {
        if (schedule.kind != rule.name)
            continue;
        const Point point{schedule, static_cast<double>(done), static_cast<double>(schedule.totalSteps),
            static_cast<double>(schedule.warmupSteps)};
        if (rule.warmsUp && done < schedule.warmupSteps)
            return schedule.learningRate * (point.t / std::max(1.0, point.warmup));
        return schedule.learningRate * rule.factor(point);
    }
    throw Error(ErrorCode::recipeInvalid, "training.scheduler", "'" + schedule.kind + "' is not known");
}

} // namespace falconer
