// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/session_view.h"

#include "app/falconer/console.h"
#include "app/falconer/text_table.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <variant>

namespace falconer::cli {

using nlohmann::ordered_json;
using std::chrono::steady_clock;

SessionView::SessionView(Console& console)
    : m_console(console)
    , m_throttle(progressInterval(console))
{
    m_throttle.restart();
}

void SessionView::show(const SessionEvent& event)
{
    std::visit([this](const auto& value) { on(value); }, event);
}

void SessionView::on(const StateChanged& event)
{
    m_state = event.state;
    m_forDisk = event.reason == PauseReason::disk;
    m_phase = {};
}

void SessionView::on(const PhaseProgress& event) { m_phase = event; }

void SessionView::on(const RunStarted& event)
{
    m_run = event;
    m_started = steady_clock::now();
    if (!event.history.steps.empty())
        m_step = event.history.steps.back();
    if (!event.history.evals.empty())
        m_eval = event.history.evals.back();
    m_console.note("run " + event.folder.string());
    if (event.firstStep > 0)
        m_console.note(fmt::format("going on from step {} of {}", event.firstStep, event.totalSteps));
    m_throttle.restart();
}

void SessionView::on(const StepDone& event) { m_step = event.metrics; }

void SessionView::on(const EvalDone& event)
{
    m_eval = event.metrics;
    m_console.note(fmt::format("step {}  eval loss {:.4f}  perplexity {:.2f}{}", event.metrics.step, event.metrics.loss,
        event.metrics.perplexity, event.best ? "  best so far" : ""));
}

void SessionView::on(const SentinelReport&)
{
    // Its alert comes as a warning in words as well.
}

void SessionView::on(const SampleAnswer& event)
{
    m_console.note(onOneLine(event.prompt + " → " + event.answer + repetitionNote(event)));
}

void SessionView::on(const CheckpointSaved&)
{
    // Routine: the folder tells. Only its failure is news, and that ends the run.
}

void SessionView::on(const LogLine& event)
{ // It may quote data or an answer of the model.
    m_console.note((event.warning ? "warning: " : "") + onOneLine(event.text));
}

void SessionView::on(const RunEnded& event)
{
    m_end = event;
    m_state = event.state;
}

std::optional<double> SessionView::secondsLeft() const
{
    if (!m_run || !m_step || m_step->step <= m_run->firstStep)
        return {};
    const double elapsed = std::chrono::duration<double>(steady_clock::now() - m_started).count();
    const auto done = static_cast<double>(m_step->step - m_run->firstStep);
    return elapsed / done * static_cast<double>(m_run->totalSteps - m_step->step);
}

std::string SessionView::progressLine() const
{
    const bool phaseIsNews = m_state != SessionState::training && !m_phase.phase.empty();
    std::string line = phaseIsNews ? m_phase.phase : std::string(name(m_state));
    if (phaseIsNews && m_phase.total > 0)
        line += fmt::format(" {} of {}", m_phase.done, m_phase.total);
    if (!m_run)
        return line;

    const std::int64_t step = m_step ? m_step->step : m_run->firstStep;
    line += "  ";
    if (m_console.terminal() && m_run->totalSteps > 0)
        line += barText(static_cast<double>(step) / static_cast<double>(m_run->totalSteps), 20) + " ";
    line += fmt::format("{}/{}", step, m_run->totalSteps);
    if (m_step)
        line += fmt::format("  loss {:.4f}", m_step->loss);
    if (m_eval)
        line += fmt::format("  eval {:.4f}", m_eval->loss);
    if (m_step)
        line += fmt::format("  {:.0f} tokens/s", m_step->tokensPerSecond);
    if (const auto left = secondsLeft())
        line += "  " + durationText(*left) + " left";
    return line;
}

void SessionView::refresh()
{
    if (m_end || !m_throttle.due())
        return;
    if (m_console.terminal())
        m_console.status(progressLine());
    else
        m_console.note(progressLine());
}

ordered_json SessionView::summary() const
{
    const auto loss = [](const std::optional<EvalMetrics>& metrics) {
        return metrics ? ordered_json(metrics->loss) : ordered_json();
    };
    // Absolute: whoever reads this may stand in another folder.
    const auto path = [](const std::filesystem::path& relative) {
        return relative.empty() ? ordered_json() : ordered_json(std::filesystem::absolute(relative).string());
    };
    ordered_json object;
    object["run"] = path(m_run ? m_run->folder : std::filesystem::path());
    object["adapter"] = path(m_end->adapter);
    object["steps"] = m_step ? m_step->step : 0;
    object["best_step"] = m_end->best ? ordered_json(m_end->best->step) : ordered_json();
    object["best_eval_loss"] = loss(m_end->best);
    object["start_eval_loss"] = loss(m_end->start);
    object["state"] = name(m_end->state);
    object["sentinel"] = m_end->sentinel ? ordered_json(name(m_end->sentinel->state)) : ordered_json();
    object["alert_step"]
        = m_end->sentinel && m_end->sentinel->alertStep ? ordered_json(*m_end->sentinel->alertStep) : ordered_json();
    if (!m_end->faults.empty())
        object["error"] = toJson(m_end->faults);
    return object;
}

void SessionView::conclude()
{
    m_console.status("");
    for (const Fault& fault : m_end->faults)
        m_console.note(sentence(fault));
    if (m_console.json()) {
        m_console.object(summary());
        return;
    }

    if (m_end->state == SessionState::failed && !m_run)
        return; // the faults said it all
    std::string text = fmt::format("{} after {} steps", name(m_end->state), m_step ? m_step->step : 0);
    if (m_run)
        text += fmt::format(" of {}, {}", m_run->totalSteps,
            durationText(std::chrono::duration<double>(steady_clock::now() - m_started).count()));
    text += "\n";
    if (m_end->best)
        text += fmt::format("best eval loss {:.4f} at step {}", m_end->best->loss, m_end->best->step);
    if (m_end->best && m_end->start)
        text += fmt::format(", {:.4f} at the start", m_end->start->loss);
    if (m_end->best)
        text += "\n";
    if (!m_end->adapter.empty())
        text += "adapter " + m_end->adapter.string() + "\n";
    if (m_end->state != SessionState::finished && m_run)
        text += "go on with: falconer resume " + m_run->folder.string() + "\n";
    m_console.text(text);
}

} // namespace falconer::cli
