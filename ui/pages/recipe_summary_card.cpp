// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_summary_card.h"

#include "ui/models/model_list_model.h"
#include "ui/session/measured_speeds.h"
#include "ui/session/recipe_text.h"
#include "ui/session/run_planner.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QLocale>

#include <cmath>

namespace falconer::ui {
namespace {

/// A name that is no name yet stands as a dash.
QString orDash(const QString& text) { return text.isEmpty() ? QStringLiteral("–") : text; }

} // namespace

RecipeSummaryCard::RecipeSummaryCard(Workspace& workspace, QWidget* parent)
    : Card(tr("What will run"), parent)
    , m_workspace(workspace)
    , m_changed(new QLabel(this))
{
    const int u = unit(this);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(3 * u);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(1, 1);
    body()->addLayout(grid);
    addLine(grid, "model", tr("Model"));
    addLine(grid, "data", tr("Data"));
    addLine(grid, "adapter", tr("Adapter"));
    addLine(grid, "base", tr("Base"));
    addLine(grid, "length", tr("Length"));
    addLine(grid, "time", tr("Time"));
    addLine(grid, "disk", tr("Keeps"));
    const int row = grid->rowCount();
    grid->addWidget(makeCaption(tr("Changed"), this), row, 0, Qt::AlignTop);
    grid->addWidget(m_changed, row, 1);
    m_changed->setObjectName(QStringLiteral("changedFields"));
    m_changed->setWordWrap(true);
    m_changed->setTextInteractionFlags(Qt::TextBrowserInteraction);
    connect(m_changed, &QLabel::linkActivated, this, &RecipeSummaryCard::changedRequested);
    connect(&workspace.draft(), &RecipeDraft::changed, this, &RecipeSummaryCard::refresh);
    connect(workspace.models(), &QAbstractItemModel::modelReset, this, &RecipeSummaryCard::refresh);
    connect(&workspace.planner(), &RunPlanner::forecastChanged, this, &RecipeSummaryCard::refresh);
    connect(&workspace.run(), &RunController::ended, this, &RecipeSummaryCard::refresh);
    refresh();
}

void RecipeSummaryCard::addLine(QGridLayout* grid, const char* id, const QString& name)
{
    const int row = grid->rowCount();
    Line line{new ElidedLabel(Qt::ElideMiddle, this), new ElidedLabel(Qt::ElideMiddle, this)};
    line.detail->setFont(scaledFont(kCaptionSize));
    line.detail->setProperty("quiet", true);
    for (ElidedLabel* label : {line.fact, line.detail})
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    grid->addWidget(makeCaption(name, this), row, 0, Qt::AlignTop);
    grid->addWidget(line.fact, row, 1);
    grid->addWidget(line.detail, row + 1, 1);
    grid->setRowMinimumHeight(row + 2, 2 * unit(this));
    m_lines[id] = line;
}

void RecipeSummaryCard::set(const char* id, const QString& fact, const QString& detail)
{
    const Line& line = m_lines.at(id);
    line.fact->setFullText(orDash(fact));
    line.detail->setFullText(detail);
    line.detail->setVisible(!detail.isEmpty());
}

QString RecipeSummaryCard::text(const char* id) const
{
    if (std::string(id) == "changed")
        return m_changed->text();
    const Line& line = m_lines.at(id);
    return line.detail->fullText().isEmpty() ? line.fact->fullText()
                                             : line.fact->fullText() + QLatin1Char('\n') + line.detail->fullText();
}

void RecipeSummaryCard::refresh()
{
    const RecipeDraft& draft = m_workspace.draft();
    const Recipe& recipe = draft.recipe();
    const ModelListModel* models = m_workspace.models();
    const QString path = models->pathOf(QString::fromStdString(recipe.model));
    const int row = models->rowOf(path);
    const QString device
        = recipe.device == "auto" ? tr("GPU if there is one") : tr("on %1").arg(toQString(recipe.device));
    set("model", row < 0 ? QFileInfo(path).fileName() : models->index(row).data().toString(), device);

    const std::optional<RunForecast>& forecast = m_workspace.planner().forecast();
    const bool rowsKnown = forecast && forecast->steps;
    QStringList rowFacts;
    if (rowsKnown)
        rowFacts << tr("%1 train").arg(countText(forecast->trainRows));
    else if (const QFileInfo file(
                 recipe.data.train.empty() ? QString() : QString::fromStdString(recipe.data.train.front().path));
             recipe.data.train.size() == 1 && file.isFile())
        rowFacts << QLocale().formattedDataSize(file.size(), 0);
    if (rowsKnown && forecast->validationRows > 0)
        rowFacts << tr("%1 validation").arg(countText(forecast->validationRows));
    else if (const auto* share = std::get_if<double>(&recipe.data.validation))
        rowFacts << (*share > 0 ? tr("%1 % for validation").arg(recipeNumber(std::round(*share * 1e4) / 1e2))
                                : tr("no validation"));
    else
        rowFacts
            << tr("validated on %1")
                   .arg(QFileInfo(QString::fromStdString(std::get<std::string>(recipe.data.validation))).fileName());
    set("data", QString::fromStdString(trainText(recipe.data)), rowFacts.join(QStringLiteral(" · ")));

    const LoraSettings& lora = recipe.lora;
    QString adapter = tr("rank %1, alpha %2").arg(lora.rank).arg(recipeNumber(lora.alpha));
    if (lora.dora)
        adapter = tr("DoRA, %1").arg(adapter);
    const QString layers = QString::fromStdString(layersText(lora));
    const QString targets = QString::fromStdString(targetsText(lora));
    set("adapter", lora.initFrom ? QFileInfo(QString::fromStdString(*lora.initFrom)).fileName() : adapter,
        layers == QLatin1String("all") ? targets : tr("%1 in blocks %2").arg(targets, layers));

    const QuantizationSettings& base = recipe.quantization;
    const bool fourBit = base.type == "nf4" || base.type == "fp4";
    set("base",
        base.type == "none"               ? tr("not quantized")
            : fourBit && base.doubleQuant ? tr("%1, double quant").arg(toQString(base.type))
                                          : toQString(base.type),
        tr("computes in %1").arg(toQString(base.computeDtype)));

    const TrainingSettings& training = recipe.training;
    const double rows = static_cast<double>(training.microBatch) * static_cast<double>(training.gradientAccumulation);
    const QString batches = tr("batches of %1 rows").arg(recipeNumber(rows));
    if (rowsKnown)
        set("length", tr("%1 steps").arg(countText(forecast->steps->totalSteps)),
            tr("%1 an epoch, by %2 rows").arg(countText(forecast->steps->stepsPerEpoch), recipeNumber(rows)));
    else
        set("length",
            training.maxSteps ? tr("%1 steps").arg(countText(*training.maxSteps))
                              : tr("%1 × the rows").arg(recipeNumber(training.epochs)),
            batches);
    showTime(forecast);
    set("disk",
        tr("%n checkpoint(s)", nullptr, static_cast<int>(std::min<std::int64_t>(training.keepCheckpoints, 1'000'000))),
        tr("and the best adapter"));

    const auto changed = static_cast<int>(draft.changedKeys().size());
    m_changed->setText(changed == 0
            ? tr("nothing")
            : QStringLiteral("%1 · <a href=\"changed\">%2</a>").arg(tr("%n field(s)", nullptr, changed), tr("Show")));
}

void RecipeSummaryCard::showTime(const std::optional<RunForecast>& forecast)
{
    if (!forecast || forecast->runTokens == 0)
        return set("time", {}, {});
    const std::optional<double> speed = measuredSpeed(m_workspace.draft().resolved().recipe, forecast->device);
    if (!speed)
        return set("time", tr("not known yet"), tr("no such run measured yet"));
    // An evaluation goes forward only, which is a third of a step's work.
    const double tokens = static_cast<double>(forecast->runTokens) + static_cast<double>(forecast->evalTokens) / 3;
    set("time", tr("about %1").arg(durationText(tokens / *speed)),
        tr("at %1 tokens/s here").arg(countText(std::llround(*speed))));
}

} // namespace falconer::ui
