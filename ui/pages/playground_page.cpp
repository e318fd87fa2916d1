// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/playground_page.h"

#include "core/base/memory.h"
#include "core/hub/local_models.h"
#include "ui/models/chat_model.h"
#include "ui/pages/adapter_picker.h"
#include "ui/pages/playground_composer.h"
#include "ui/pages/playground_settings.h"
#include "ui/pages/playground_template.h"
#include "ui/session/presets.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/widgets/chat_view.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/strip.h"

#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>

namespace falconer::ui {

PlaygroundPage::PlaygroundPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_bridge(new PlaygroundBridge(workspace.services().makePlayground, this))
{
    build();
    onPicked();
    updateNotice();
}

void PlaygroundPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    updateNotice();
    showStarter();
    arrange();
    if (!m_picker->isEmpty())
        m_composer->focusPrompt();
}

void PlaygroundPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void PlaygroundPage::onPicked()
{
    const RunAdapters* run = m_picker->run();
    const RunAdapter* adapter = m_picker->adapter();
    m_stack->setCurrentIndex(m_picker->isEmpty() ? 0 : 1);
    if (!m_picker->isReading()) {
        m_settings->setModel(run);
        m_tuned->setVisible(adapter);
        m_composer->setTuned(adapter);
        QStringList prompts;
        for (const std::string& prompt : run ? run->recipe.training.samplePrompts : std::vector<std::string>())
            prompts << toQString(prompt);
        m_composer->setRunPrompts(prompts);
        // Another run has another base model, or none to compare with; another adapter has said nothing yet.
        const std::filesystem::path folder = run ? run->run / run->model : std::filesystem::path();
        const std::filesystem::path tuned = adapter ? adapter->folder : std::filesystem::path();
        const bool another = folder != m_run || tuned != m_adapter;
        if (!m_bridge->isBusy()) {
            if (folder != m_run)
                forgetChat();
            else if (tuned != m_adapter)
                m_tuned->model()->clear();
            m_run = folder;
            m_adapter = tuned;
        }
        const QString hint = tr("Ask something below.");
        m_base->view()->setPlaceholder(adapter ? tr("The base model answers here: the adapter is off.") : hint);
        m_tuned->view()->setPlaceholder(tr("The tuned model answers here: the adapter is on."));
        if (run && !run->faults.empty()) {
            showFaults(run->faults);
            m_runIsFaulty = true;
        } else if (!m_bridge->isBusy() && (another || m_runIsFaulty)) {
            showFaults({}); // a run that was only read again leaves what was said of an answer
        }
    }
    updateState();
}

QString PlaygroundPage::obstacle() const
{
    if (m_picker->isEmpty())
        return tr("Choose a run, or the base model only");
    if (m_picker->isReading())
        return tr("The run is being read");
    const RunAdapters* run = m_picker->run();
    if (!run || run->model.empty())
        return run && !run->faults.empty() ? describe(run->faults.front()) : tr("The model was not found");
    return {};
}

std::vector<PlaygroundColumn*> PlaygroundPage::answering() const
{
    const PlaygroundComposer::Answerers who = m_composer->answerers();
    std::vector<PlaygroundColumn*> columns;
    if (who != PlaygroundComposer::Answerers::tuned)
        columns.push_back(m_base);
    if (who != PlaygroundComposer::Answerers::base)
        columns.push_back(m_tuned);
    return columns;
}

void PlaygroundPage::send()
{
    if (m_bridge->isBusy() || !obstacle().isEmpty() || m_composer->prompt().trimmed().isEmpty())
        return;
    const RunAdapters& run = *m_picker->run();
    PlaygroundQuestion question;
    question.model = {run.model, run.recipe.quantization, run.recipe.device};
    if (!m_settings->device().isEmpty())
        question.model.device = m_settings->device().toStdString();
    if (const RunAdapter* adapter = m_picker->adapter())
        question.adapter = adapter->folder;
    question.templateName = m_settings->isChat() ? run.recipe.data.templateName : "none";
    question.maxNewTokens = m_settings->maxNewTokens();
    question.sampling = m_settings->sampling();
    question.seed = m_settings->seed();
    m_asked = m_composer->prompt();
    m_waiting.clear();
    for (PlaygroundColumn* column : answering()) {
        column->model()->ask(m_asked);
        column->setStatus(tr("Waiting"));
        question.turns.push_back({column->side(), column->model()->messages(m_settings->systemPrompt())});
        m_waiting.push_back(column->side());
    }
    m_askedSides = m_waiting.size();
    m_phase = tr("Loading");
    m_composer->setPrompt({});
    showFaults({});
    m_bridge->ask(question);
}

void PlaygroundPage::newChat()
{
    if (m_bridge->isBusy())
        return;
    forgetChat();
    showFaults({});
    updateState();
    m_composer->focusPrompt();
}

void PlaygroundPage::forgetChat()
{
    for (PlaygroundColumn* column : {m_base, m_tuned}) {
        column->model()->clear();
        column->setStatus({});
    }
    m_rendered.clear();
}

void PlaygroundPage::answerOnCpu()
{
    m_settings->setDevice(QStringLiteral("cpu"));
    send();
}

void PlaygroundPage::onPhase(const PlaygroundPhase& phase)
{
    const PhaseProgress progress{phase.phase, phase.done, phase.total};
    if (!phase.side) {
        m_phase = phaseText(progress);
        updateState();
        return;
    }
    if (m_phase != tr("Answering")) {
        m_phase = tr("Answering");
        updateState();
    }
    column(*phase.side)
        ->setStatus(phase.phase == "generating" ? tr("Token %1 of at most %2").arg(phase.done).arg(phase.total)
                                                : tr("Reading %1 of %2 tokens").arg(phase.done).arg(phase.total));
}

void PlaygroundPage::onAnswered(const PlaygroundAnswer& answer)
{
    QStringList facts{tr("%n tokens", nullptr, static_cast<int>(answer.newTokens))};
    if (answer.tokensPerSecond > 0)
        facts << tr("%1 tokens/s").arg(QLocale().toString(answer.tokensPerSecond, 'f', 1));
    facts << tr("first after %1 s").arg(QLocale().toString(answer.firstTokenSeconds, 'f', 1));
    switch (answer.finish) {
    case Finish::length: facts << tr("cut off at the answer limit"); break;
    case Finish::context: facts << tr("the model's context is full"); break;
    case Finish::cancelled: facts << tr("stopped"); break;
    case Finish::stopToken:
    case Finish::stopString: break;
    }
    column(answer.side)->model()->finish(facts.join(QStringLiteral(" · ")));
    column(answer.side)->setStatus({});
    m_waiting.erase(std::remove(m_waiting.begin(), m_waiting.end(), answer.side), m_waiting.end());
}

void PlaygroundPage::onEnded(const PlaygroundDone& done)
{
    // Who has not answered was not asked: the conversation goes on as if nothing had been sent, and the prompt is kept.
    for (const PlaygroundSide side : m_waiting) {
        column(side)->model()->takeBack();
        column(side)->setStatus(done.stopped ? tr("Stopped before its answer") : QString());
    }
    const bool nobody = m_waiting.size() == m_askedSides;
    m_waiting.clear();
    if ((nobody || !done.faults.empty()) && m_composer->prompt().isEmpty())
        m_composer->setPrompt(m_asked);
    onPicked(); // another run may have been chosen meanwhile
    if (!done.faults.empty())
        showFaults(done.faults);
}

void PlaygroundPage::showFaults(const std::vector<Fault>& faults)
{
    m_runIsFaulty = false;
    m_trouble->setVisible(!faults.empty());
    if (faults.empty()) {
        m_fault->clear();
        return;
    }
    const ErrorCode code = faults.front().code;
    m_fault->set(Strip::Meaning::error, heading(code), describe(faults));
    const bool device = code == ErrorCode::outOfMemory || code == ErrorCode::deviceUnavailable;
    m_onCpu->setVisible(device && m_settings->device().isEmpty() && !m_asked.isEmpty());
    m_fresh->setVisible(m_base->model()->rowCount() + m_tuned->model()->rowCount() > 0
        && (code == ErrorCode::outOfMemory || code == ErrorCode::requestInvalid));
}

void PlaygroundPage::updateState()
{
    const bool busy = m_bridge->isBusy();
    m_composer->setState(busy, m_bridge->isStopping(), obstacle());
    const QString answering = busy ? tr("An answer is being written") : QString();
    const bool nothing = m_base->model()->rowCount() + m_tuned->model()->rowCount() == 0;
    m_picker->setObstacle(answering);
    m_newChat->setEnabled(!busy && !nothing);
    m_newChat->setToolTip(busy ? answering
            : nothing          ? tr("Nothing was said yet")
                               : tr("Forget both conversations and begin anew (Ctrl+Shift+N)"));
    m_unload->setVisible(m_bridge->isLoaded());
    m_unload->setEnabled(!busy);
    m_unload->setToolTip(busy ? answering : tr("Lets the model go; the next prompt loads it again"));
    if (m_bridge->isStopping())
        m_state->set(tr("Stopping"), Pill::Meaning::quiet);
    else if (busy)
        m_state->set(m_phase, Pill::Meaning::info);
    else if (m_picker->isReading())
        m_state->set(tr("Reading the run"), Pill::Meaning::info);
    else if (m_bridge->isLoaded())
        m_state->set(tr("Ready"), Pill::Meaning::ok);
    m_state->setVisible(busy || m_picker->isReading() || m_bridge->isLoaded());
    QStringList facts;
    if (const RunAdapters* run = m_picker->run(); run && !run->model.empty()) {
        facts << toQString(shortName(run->model.string()))
              << (run->recipe.quantization.type == "none" ? tr("not quantized")
                                                          : toQString(run->recipe.quantization.type));
        if (m_bridge->isLoaded() && !m_device.isEmpty())
            facts << m_device;
    }
    m_header->setFacts(facts.join(QStringLiteral(" · ")));
}

void PlaygroundPage::updateNotice()
{
    if (!m_workspace.run().isRunning()) {
        m_notice->clear();
        return;
    }
    QString text = tr("The playground holds the model a second time and shares the processor: both become slower.");
    if (const std::int64_t free = machineMemory().available; free > 0)
        text += QLatin1Char(' ') + tr("%1 of memory are free.").arg(gibText(free, 1));
    m_notice->set(Strip::Meaning::warn, tr("A run is training"), text);
}

void PlaygroundPage::showStarter()
{
    // As Home finds it: the starter recipe names its model where set-up has put one.
    const std::vector<Preset> known = presets();
    const bool there = !known.empty() && !known.front().needsModel;
    m_starterModel = there ? toQString(known.front().recipe.recipe.model) : QString();
    m_starter->setVisible(there && m_workspace.draft().recipe().model != known.front().recipe.recipe.model);
}

void PlaygroundPage::showTemplate()
{
    if (m_template)
        m_template->close();
    m_template = showPlaygroundTemplate(m_picker->run(), m_settings->isChat(),
        m_rendered.value(static_cast<int>(PlaygroundSide::base)),
        m_rendered.value(static_cast<int>(PlaygroundSide::tuned)), this);
}

} // namespace falconer::ui
