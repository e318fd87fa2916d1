// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/memory_plan_card.h"

#include "core/base/error.h"
#include "core/config/recipe_io.h"
#include "ui/pages/memory_plan_parts.h"
#include "ui/session/run_planner.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/memory_bar.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/text_labels.h"

#include <QBoxLayout>

#include <numeric>

namespace falconer::ui {
namespace {

constexpr int kSlowMilliseconds = 400;
constexpr int kTwoColumns = 110; ///< units of width from which table and suggestions stand side by side

/// "training.micro_batch=4 training.gradient_accumulation=2" as keys and values.
std::vector<std::pair<std::string, std::string>> assignments(const std::string& change)
{
    std::vector<std::pair<std::string, std::string>> result;
    for (const QString& part : toQString(change).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        result.emplace_back(
            part.section(QLatin1Char('='), 0, 0).toStdString(), part.section(QLatin1Char('='), 1).toStdString());
    return result;
}

Pill::Meaning meaning(FitVerdict::Fit fit)
{
    switch (fit) {
    case FitVerdict::Fit::fits: return Pill::Meaning::ok;
    case FitVerdict::Fit::tight: return Pill::Meaning::warn;
    case FitVerdict::Fit::tooLarge: return Pill::Meaning::error;
    case FitVerdict::Fit::unknown: break;
    }
    return Pill::Meaning::quiet;
}

} // namespace

MemoryPlanCard::MemoryPlanCard(Workspace& workspace, QWidget* parent)
    : Card(tr("Memory plan"), parent)
    , m_workspace(workspace)
    , m_pill(new Pill(this))
    , m_machine(new ElidedLabel(Qt::ElideRight, this))
    , m_sentence(makeCaption({}, this))
    , m_content(new QWidget(this))
    , m_bar(new MemoryBar(m_content))
    , m_table(new MemoryTable(m_content))
    , m_suggestions(new SuggestionList(m_content))
    , m_peaks(new QuantizationPeaks(m_content))
    , m_note(makeCaption({}, m_content))
    , m_halves(new QBoxLayout(QBoxLayout::LeftToRight))
{
    const int u = unit(this);
    m_machine->setFont(scaledFont(kCaptionSize));
    m_machine->setProperty("quiet", true);
    addToHeading(m_machine);
    addToHeading(m_pill);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    body()->addWidget(m_sentence);
    body()->addWidget(m_content);
    m_halves->setSpacing(6 * u);
    m_halves->addWidget(m_table, 1);
    m_halves->addWidget(m_suggestions, 1);
    auto* line = new QFrame(m_content);
    line->setProperty("divider", true);
    line->setFixedHeight(1);
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins({});
    layout->setSpacing(2 * u);
    layout->addWidget(m_bar);
    layout->addLayout(m_halves);
    layout->addWidget(m_note);
    layout->addWidget(line);
    layout->addWidget(m_peaks);

    m_slow.setSingleShot(true);
    m_slow.setInterval(kSlowMilliseconds);
    RunPlanner& planner = workspace.planner();
    connect(&m_slow, &QTimer::timeout, this, [this] {
        if (m_workspace.planner().isMeasuring())
            m_pill->set(tr("Measuring memory"), Pill::Meaning::quiet);
    });
    connect(&planner, &RunPlanner::measuringChanged, this, [this] {
        if (!m_workspace.planner().isMeasuring())
            follow();
        else if (!m_slow.isActive())
            m_slow.start();
        if (!m_workspace.planner().forecast())
            follow();
    });
    connect(&workspace.draft(), &RecipeDraft::changed, this, [this] {
        if (!m_workspace.planner().forecast())
            follow();
    });
    connect(&planner, &RunPlanner::forecastChanged, this, &MemoryPlanCard::follow);
    connect(m_suggestions, &SuggestionList::applied, this, &MemoryPlanCard::apply);
    follow();
}

void MemoryPlanCard::showEvent(QShowEvent* event)
{
    Card::showEvent(event);
    m_workspace.planner().refresh(); // what is free changes while nobody looks
}

void MemoryPlanCard::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    m_halves->setDirection(width() < kTwoColumns * unit(this) ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void MemoryPlanCard::say(const QString& sentence)
{
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
    m_content->setVisible(sentence.isEmpty());
    m_pill->setVisible(sentence.isEmpty());
    m_machine->setVisible(sentence.isEmpty());
    if (!sentence.isEmpty())
        setAccessibleDescription(sentence);
}

void MemoryPlanCard::follow()
{
    const RunPlanner& planner = m_workspace.planner();
    const Recipe& recipe = m_workspace.draft().recipe();
    if (!planner.forecast()) {
        say(recipe.model.empty()              ? tr("Choose a model to see what memory training takes")
                : planner.isMeasuring()       ? tr("Measuring memory")
                : planner.problem().isEmpty() ? tr("Memory cannot be planned here.")
                                              : tr("Memory cannot be planned yet. %1").arg(planner.problem()));
        return;
    }
    say({});
    const RunForecast& forecast = *planner.forecast();
    const MemoryPlan& plan = forecast.plan;
    const FitVerdict verdict = fitVerdict(forecast);
    m_pill->set(verdict.text, meaning(verdict.fit));
    const QString device = toQString(forecast.device);
    m_machine->setFullText(forecast.machine > 0 ? tr("%1, %2").arg(device, gibText(forecast.machine)) : device);

    const std::vector<MemoryPart> parts = memoryParts(forecast, recipe);
    QStringList words = {tr("%1: %2. %3.").arg(peakText(plan), gibText(plan.peak), verdict.text)};
    if (plan.available > 0)
        words << tr("%1 are free now.").arg(gibText(plan.available));
    QStringList lines;
    for (const MemoryPart& part : parts)
        lines << tr("%1: %2").arg(part.name, gibText(part.bytes));
    words << lines.join(QStringLiteral("; "));
    m_bar->set(parts, plan.available, forecast.machine, words.join(QLatin1Char(' ')));
    m_table->set(parts, plan);
    m_suggestions->set(forecast.suggestions);
    m_peaks->set(forecast, recipe, planner.weightErrors());

    QStringList notes;
    if (plan.gpu) {
        const std::int64_t ram = std::accumulate(plan.ram.bytes.begin(), plan.ram.bytes.end(), std::int64_t{0});
        notes << (forecast.ramAvailable > 0
                ? tr("RAM beside it: %1 of %2.").arg(gibText(ram), gibText(forecast.ramAvailable))
                : tr("RAM beside it: %1.").arg(gibText(ram)));
    }
    if (recipe.training.gradientCheckpointing == "auto" && forecast.checkpointing != "off")
        notes << tr("Checkpointing: auto comes to %1, so that it fits.").arg(toQString(forecast.checkpointing));
    if (!forecast.rowsProblem.empty())
        notes << tr("Rows are taken to be as long as max_length allows. %1").arg(toQString(forecast.rowsProblem));
    else if (forecast.trainRows == 0)
        notes << tr("The files are large, so rows are taken to be as long as max_length allows.");
    m_note->setText(notes.join(QLatin1Char('\n')));
    m_note->setVisible(!notes.isEmpty());
    setAccessibleDescription((words + notes + QStringList{m_peaks->summary()}).join(QLatin1Char('\n')));
}

void MemoryPlanCard::apply(const PlanSuggestion& suggestion)
{
    // On the draft as it is now: the suggestion's own recipe may be a keystroke older.
    const auto values = assignments(suggestion.change);
    std::vector<std::string> keys;
    Recipe changed = m_workspace.draft().recipe();
    try {
        for (const auto& [key, value] : values) {
            setRecipeValue(changed, key, value);
            keys.push_back(key);
        }
    } catch (const Error& error) {
        say(describe(error.faults()));
        return;
    }
    m_workspace.draft().edit(keys, suggestionText(suggestion).change, [&](Recipe& recipe) { recipe = changed; });
}

} // namespace falconer::ui
