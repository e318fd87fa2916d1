// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_folder.h"
#include "tests/support/paths.h"
#include "tests/ui/page_fixture.h"
#include "tests/ui/plan_fixture.h"

#include <cmath>
#include <filesystem>
#include <random>
#include <string>

namespace falconer::test {

/// A made-up world that fills every page of the window: a tiny model of this repository, rows written for it, runs that
/// look like runs. Nothing in it trains; the live run is scripted.
class Gallery : public PageFixture {
public:
    Gallery()
    {
        namespace fs = std::filesystem;
        fs::copy(golden(fs::path("runs/falcon-7b-nf4") / "model"), folder / "models/falcon-tiny",
            fs::copy_options::recursive);
        writeRows();
        leaveRun("words-r16", 16, 2.47, true);
        leaveRun("words-r4", 4, 2.61, true);
        leaveRun("words-lr5e-5", 16, 2.72, false);
    }

    QString model() const { return QString::fromStdString((folder / "models/falcon-tiny").string()); }
    QString rows() const { return QString::fromStdString((folder / "words.jsonl").string()); }
    std::filesystem::path run() const { return folder / "runs/words-r16"; }

    ui::Services services()
    {
        ui::Services result = planServices(*this, m_plan);
        result.findModels = [path = model()](const std::vector<std::filesystem::path>&) {
            const auto entry = [&](const char* name, const char* architecture, qint64 parameters,
                                   const QString& place) {
                return ui::ModelEntry{QString::fromLatin1(name), place,
                    QStringLiteral("%1 · safetensors").arg(QLatin1String(architecture)), {},
                    {QStringLiteral("query_key_value")}, QString::fromLatin1(architecture), 2 * parameters, parameters};
            };
            return std::vector<ui::ModelEntry>{entry("tiny/falcon-tiny", "falcon", 135'000'000, path),
                entry("tiiuae/falcon-7b", "falcon", 6'920'000'000, QStringLiteral("/models/falcon-7b")),
                entry("tiiuae/falcon-40b", "falcon", 41'300'000'000, QStringLiteral("/models/falcon-40b"))};
        };
        return result;
    }

    LoadedRecipe recipe() const
    {
        LoadedRecipe loaded;
        Recipe& recipe = loaded.recipe;
        recipe.model = model().toStdString();
        recipe.data.train = {{rows().toStdString(), 1.0}};
        recipe.training.samplePrompts = {"Define a ladder.", "Define patience.", "Define an umbrella."};
        return loaded;
    }

    /// The events of a run that has begun to overfit; `steps` of 412.
    std::vector<SessionEvent> overfittingRun(int steps)
    {
        constexpr int kTotal = 412;
        std::mt19937 random(7);
        std::normal_distribution<double> noise(0, 0.05);
        RunStarted started;
        started.folder = run();
        started.totalSteps = kTotal;
        started.trainRows = 190;
        started.validationRows = 10;
        started.trainableParameters = 34'373'632;
        started.totalParameters = 6'954'373'632;
        started.device = "cpu (avx2, 2 threads)";
        started.evalEvery = 20;
        started.saveEvery = 100;
        started.plannedPeak = std::int64_t{6} << 30;
        std::vector<SessionEvent> events{
            StateChanged{SessionState::preparing}, started, StateChanged{SessionState::training}};
        double best = 10;
        const auto evaluate = [&](int step) {
            const double at = double(step) / kTotal;
            const double loss = 2.45 + 0.55 * std::exp(-5 * at) + (at > 0.55 ? 0.35 * (at - 0.55) : 0);
            events.push_back(EvalDone{eval(step, loss), loss < best});
            best = std::min(best, loss);
            const char* const answers[] = {"A set of steps that somebody left behind.",
                "What one has before the second try.", "A roof that is always at home."};
            for (std::size_t i = 0; i < 3; ++i)
                events.push_back(SampleAnswer{step, i, recipe().recipe.training.samplePrompts[i],
                    step == 0 ? "A thing that people use every day." : answers[i],
                    step > 300 && i == 1 ? std::optional(RowPlace{"words.jsonl", 88}) : std::nullopt});
            SentinelReport report;
            report.verdict.state = at < 0.66 ? SentinelState::fine
                : at < 0.78                  ? SentinelState::watch
                                             : SentinelState::overfitting;
            report.verdict.bestStep = 220;
            report.verdict.bestLoss = best;
            report.verdict.evidence.evaluations = step / 20 + 1;
            report.verdict.evidence.lastStep = step;
            report.verdict.evidence.lastLoss = loss;
            report.verdict.evidence.rise = loss / best - 1;
            report.verdict.evidence.evalNoise = 0.012;
            report.verdict.evidence.trainChange = -0.034;
            report.verdict.evidence.evaluationsAbove = loss > best ? 6 : 0;
            report.alert = report.verdict.state == SentinelState::overfitting;
            events.push_back(report);
        };
        evaluate(0);
        for (int i = 1; i <= steps; ++i) {
            events.push_back(StepDone{step(i, 2.2 + 0.8 * std::exp(-4.0 * i / kTotal) + noise(random), kTotal)});
            if (i % 20 == 0)
                evaluate(i);
            if (i % 100 == 0)
                events.push_back(CheckpointSaved{i, run() / "checkpoints" / ("checkpoint-" + std::to_string(i))});
        }
        return events;
    }

private:
    std::shared_ptr<PlanScript> m_plan = std::make_shared<PlanScript>();

    void writeRows() const
    {
        const char* const things[] = {
            "ladder", "umbrella", "kettle", "calendar", "window", "bicycle", "drawer", "lantern", "compass", "pillow"};
        const char* const words[]
            = {"a plan that has not met the weather yet", "the shortest way to a longer day", "a promise with a handle",
                "something that was new once, and told everybody", "an answer that waits for its question"};
        std::string text;
        for (int i = 0; i < 200; ++i) {
            std::string answer = words[i % 5];
            for (int more = 0; more < i % 7; ++more)
                answer += std::string(", and ") + words[(i + more) % 5];
            text += "{\"prompt\": \"Define " + std::string(things[i % 10]) + " number " + std::to_string(i)
                + " as a neighbour would.\\n\", \"completion\": \"" + answer + ".\"}\n";
        }
        writeFile(folder / "words.jsonl", text);
    }

    void leaveRun(const char* name, std::int64_t rank, double floor, bool finished) const
    {
        Recipe made = recipe().recipe;
        made.lora.rank = rank;
        std::filesystem::create_directories(folder / "runs");
        const RunFolder left = RunFolder::create(folder / "runs" / name, made);
        left.appendEvent("started", "started");
        std::mt19937 random(static_cast<unsigned>(rank));
        std::normal_distribution<double> noise(0, 0.04);
        const int steps = finished ? 200 : 120;
        for (int i = 1; i <= steps; ++i) {
            left.append(step(i, floor - 0.2 + 0.7 * std::exp(-4.0 * i / 200) + noise(random), 200));
            if (i % 20 == 0)
                left.append(eval(i, floor + 0.5 * std::exp(-5.0 * i / 200)));
        }
        for (int at : {100, steps})
            std::filesystem::create_directories(left.checkpoint(at));
        if (finished) {
            std::filesystem::create_directories(left.adapter());
            writeFile(left.adapter() / "adapter_config.json", "{}");
            writeFile(left.adapter() / "adapter_model.safetensors", "tensors");
            left.appendEvent("finished", "finished");
        }
        writeFile(left.path() / "report.md",
            "# " + std::string(name) + "\n\nBest validation loss **" + std::to_string(floor) + "**.\n");
    }
};

} // namespace falconer::test
