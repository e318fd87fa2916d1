// SPDX-License-Identifier: Apache-2.0
#include "core/run/sentinel.h"

#include "app/falconer/console.h"
#include "app/falconer/options.h"
#include "app/falconer/verb.h"
#include "core/base/files.h"
#include "core/run/run_folder.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <limits>

namespace falconer::cli {
namespace {

using nlohmann::ordered_json;

template <class Value>
ordered_json orNull(const std::optional<Value>& value)
{
    return value ? ordered_json(*value) : ordered_json();
}

ordered_json toJson(const SentinelVerdict& verdict)
{
    const SentinelEvidence& e = verdict.evidence;
    return {{"state", name(verdict.state)}, {"best_step", orNull(verdict.bestStep)},
        {"alert_step", orNull(verdict.alertStep)},
        {"evidence",
            {{"sentences", e.sentences}, {"best_loss", orNull(verdict.bestLoss)}, {"evaluations", e.evaluations},
                {"last_step", orNull(e.lastStep)}, {"last_loss", orNull(e.lastLoss)},
                {"evaluations_above", e.evaluationsAbove}, {"rise", orNull(e.rise)},
                {"trend_rise", orNull(e.trendRise)}, {"train_change", orNull(e.trainChange)},
                {"eval_noise", orNull(e.evalNoise)}, {"train_noise", orNull(e.trainNoise)}, {"score", e.score},
                {"divergence", e.divergence}, {"non_finite_step", orNull(e.nonFiniteStep)},
                {"restart_step", orNull(e.restartStep)}}}};
}

class SentinelVerb : public Verb {
public:
    SentinelVerb()
        : Verb("sentinel", "judge a recorded run: does it overfit?", "falconer sentinel runs/cynic/metrics.jsonl")
    {
    }

    void declare(CLI::App& arguments) override
    {
        addOption(arguments, "METRICS", m_metrics, "The metrics.jsonl of a run, or the run's folder")
            ->type_name("")
            ->required();
        addOption(arguments, "--patience", m_settings.patience,
            "Evaluations in a row that may be worse than the best (default: 3)")
            ->type_name("N")
            ->check(wholeNumber(1));
        addOption(arguments, "--min-delta", m_settings.minDelta,
            "By how much the loss must fall to count as better (default: 0)")
            ->type_name("X")
            ->check(number(0, std::numeric_limits<double>::max()));
    }

    int run(Console& console) override
    {
        std::filesystem::path file = expandPath(m_metrics);
        std::error_code ignored;
        if (std::filesystem::is_directory(file, ignored))
            file /= "metrics.jsonl";
        const MetricsHistory history = readMetrics(file);
        if (history.evals.empty())
            console.note("warning: " + file.string() + " holds no evaluation, so nothing can be said");
        const SentinelVerdict verdict = judge(history, m_settings);
        if (console.json())
            console.object(toJson(verdict));
        std::string text;
        for (const std::string& sentence : verdict.evidence.sentences)
            text += sentence + "\n";
        console.text(text);
        return 0;
    }

private:
    std::string m_metrics;
    SentinelSettings m_settings;
};

} // namespace

std::unique_ptr<Verb> makeSentinelVerb() { return std::make_unique<SentinelVerb>(); }

} // namespace falconer::cli
