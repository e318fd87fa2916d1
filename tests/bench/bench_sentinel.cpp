// SPDX-License-Identifier: Apache-2.0
// How well the overfitting sentinel judges curves whose truth is known: made-up ones of three kinds and recorded runs.
//
// usage: bench_sentinel [curves of each kind] [seed]
#include "core/run/sentinel.h"
#include "tests/bench/sentinel_curves.h"

#include <fmt/format.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>

using namespace falconer;
using namespace falconer::test;

namespace {

std::string row(const std::string& name, const BenchResult& r)
{
    return fmt::format("{:<28} {:>6} {:>8.1f} % {:>6} {:>6} {:>7} {:>8.2f} {:>8.2f} {:>6} {:>6} {:>7.2f} %\n", name,
        r.overfitting, 100 * r.detection(), r.late, r.early, r.overfitting - r.found - r.late - r.early, r.meanDelay,
        r.meanAfterMinimum, r.calm, r.falseAlarms, 100 * r.alarms());
}

void table(const std::string& title, const std::vector<LabelledCurve>& curves)
{
    std::cout << fmt::format("\n{}\n{:<28} {:>6} {:>10} {:>6} {:>6} {:>7} {:>8} {:>8} {:>6} {:>6} {:>9}\n", title, "",
        "curves", "in time", "late", "early", "missed", "delay", "after", "calm", "alarms", "share");
    const std::map<std::string, std::function<std::string(const LabelledCurve&)>> groups{
        {"1 shape", [](const LabelledCurve& c) { return c.shape; }},
        {"2 noise", [](const LabelledCurve& c) { return "noise: " + c.noise; }},
        {"3 level",
            [](const LabelledCurve& c) {
                const double share = c.noiseSd / c.clean[c.lowest];
                return std::string(share < 0.003 ? "noise 0.1 to 0.3 %"
                        : share < 0.012          ? "noise 0.3 to 1.2 %"
                                                 : "noise 1.2 to 5 %");
            }},
        {"4 count", [](const LabelledCurve& c) {
             const std::size_t n = c.clean.size();
             return std::string(n < 15 ? "8 to 14 evaluations"
                     : n < 30          ? "15 to 29 evaluations"
                                       : "30 to 60 evaluations");
         }}};
    for (const auto& [ignored, key] : groups) {
        std::map<std::string, std::vector<LabelledCurve>> parts;
        for (const LabelledCurve& curve : curves)
            parts[key(curve)].push_back(curve);
        for (const auto& [name, part] : parts)
            std::cout << row(name, measure(part));
    }
    std::cout << row("all", measure(curves));
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 2000;
    const std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1000;
    std::cout << "delay: evaluations from the due one to the alert; after: from the clean minimum to the alert\n";
    table("Curves by formulas", curvesByFormulas(seed, count, count));
    table("Curves by dynamics", curvesByDynamics(seed, count, count));
    table("Curves by textbook", curvesByTextbook(seed, count, count));
}
