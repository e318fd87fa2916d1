// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_header.h"

#include "ui/pages/plain_words.h"
#include "ui/session/queue_runner.h"
#include "ui/session/recipe_text.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/popup_menu.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/segments.h"

#include <QDir>
#include <QFileDialog>
#include <QInputDialog>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace falconer::ui {
namespace {

/// What the name of a preset may take of the header's width.
constexpr int kLongestTitle = 24;

QFileDialog* makeDialog(QWidget* parent, const QString& title, const QString& objectName)
{
    auto* dialog = new QFileDialog(parent, title, {}, RecipeHeader::tr("Recipes (*.yaml *.yml *.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(objectName);
    return dialog;
}

} // namespace

RecipeHeader::RecipeHeader(Workspace& workspace, QWidget* parent)
    : PageHeader(Rail::name(PageId::recipe), parent)
    , m_workspace(workspace)
    , m_mode(new Segments({tr("Simple"), tr("Advanced")}, this))
    , m_preset(new QPushButton(this))
    , m_presets(new QMenu(this))
    , m_undo(new QToolButton(this))
{
    m_mode->setAccessibleName(tr("How much of the recipe is shown"));
    m_mode->button(tr("Simple"))->setToolTip(tr("Four questions"));
    m_mode->button(tr("Advanced"))->setToolTip(tr("Every setting"));
    m_preset->setObjectName(QStringLiteral("preset"));
    m_preset->setAccessibleName(tr("Preset"));
    setPopupMenu(m_preset, m_presets);
    m_presets->setToolTipsVisible(true);
    setFocusProxy(m_mode);
    addState(m_mode);
    addState(m_preset);
    buildActions();
    connect(m_mode, &Segments::edited, this, [this] { Q_EMIT modeChosen(isAdvanced()); });
    connect(m_presets, &QMenu::aboutToShow, this, &RecipeHeader::fillPresets);
    connect(&workspace.draft(), &RecipeDraft::changed, this, &RecipeHeader::refresh);
    connect(workspace.draft().undoStack(), &QUndoStack::indexChanged, this, &RecipeHeader::refresh);
    refresh();
}

void RecipeHeader::buildActions()
{
    m_undo->setObjectName(QStringLiteral("undo"));
    m_undo->setText(tr("Undo"));
    m_undo->setAccessibleName(tr("Undo"));
    m_undo->setIcon(icon(QStringLiteral("undo")));
    m_undo->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_undo->setAutoRaise(true);
    m_undo->setMinimumHeight(7 * unit(this));
    auto* importButton = new QPushButton(tr("&Import…"), this);
    importButton->setObjectName(QStringLiteral("import"));
    importButton->setToolTip(tr("Open a run.yaml; Undo brings this recipe back (Ctrl+O)"));
    m_export = new QPushButton(this);
    m_export->setObjectName(QStringLiteral("export"));
    m_export->setAccessibleName(tr("Export run.yaml…"));
    m_export->setToolTip(tr("Write the recipe to a file that falconer train takes (Ctrl+Shift+S)"));
    for (QPushButton* button : {importButton, m_export})
        button->setAccessibleDescription(button->toolTip());
    m_enqueue = new QPushButton(this);
    m_enqueue->setObjectName(QStringLiteral("enqueue"));
    m_enqueue->setAccessibleName(tr("Add to queue"));
    setNarrow(false);
    addAction(m_undo);
    addAction(importButton);
    addAction(m_export);
    addAction(m_enqueue);
    connect(m_enqueue, &QPushButton::clicked, this, [this] {
        const RecipeDraft& draft = m_workspace.draft();
        const QString name = m_workspace.queue().add(draft.resolved(), QString::fromStdString(runName(draft.recipe())));
        Q_EMIT done(tr("Queued as %1; the Runs page has the queue.").arg(name));
    });
    connect(&m_workspace.draft(), &RecipeDraft::readinessChanged, this, &RecipeHeader::judgeQueue);
    judgeQueue();
    connect(m_undo, &QToolButton::clicked, m_workspace.draft().undoStack(), &QUndoStack::undo);
    connect(importButton, &QPushButton::clicked, this, [this] {
        QFileDialog* dialog = makeDialog(this, tr("Import a recipe"), QStringLiteral("importDialog"));
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, &RecipeHeader::importFrom);
        dialog->open();
    });
    connect(m_export, &QPushButton::clicked, this, [this] {
        QFileDialog* dialog = makeDialog(this, tr("Export the recipe"), QStringLiteral("exportDialog"));
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("yaml"));
        dialog->selectFile(QStringLiteral("run.yaml"));
        connect(dialog, &QFileDialog::fileSelected, this, &RecipeHeader::exportTo);
        dialog->open();
    });
}

void RecipeHeader::judgeQueue()
{
    // What goes on now is no obstacle: a queue waits for its turn.
    const std::vector<Obstacle> obstacles = m_workspace.draft().readiness().obstaclesToQueue();
    const QString why = obstacles.empty() ? QString() : sentence(obstacles.front());
    m_enqueue->setEnabled(why.isEmpty());
    m_enqueue->setToolTip(why.isEmpty() ? tr("Puts this recipe behind the runs that wait") : why);
    m_enqueue->setAccessibleDescription(m_enqueue->toolTip());
}

bool RecipeHeader::isAdvanced() const { return m_mode->value() == tr("Advanced"); }

void RecipeHeader::setAdvanced(bool advanced) { m_mode->setValue(advanced ? tr("Advanced") : tr("Simple")); }

void RecipeHeader::setNarrow(bool narrow)
{
    m_undo->setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    m_export->setText(narrow ? tr("E&xport…") : tr("E&xport run.yaml…"));
    m_enqueue->setText(narrow ? tr("&Queue") : tr("Add to &queue"));
}

void RecipeHeader::refresh()
{
    const RecipeDraft& draft = m_workspace.draft();
    const QString title = draft.title().isEmpty() ? tr("New recipe") : draft.title();
    const bool changed = !draft.changedKeys().empty();
    const QString whole = changed ? tr("%1 (changed)").arg(title) : title;
    const QString shown = title.size() > kLongestTitle ? title.left(kLongestTitle) + QStringLiteral("…") : title;
    QString text = changed ? tr("%1 (changed)").arg(shown) : shown;
    m_preset->setText(text.replace(QLatin1Char('&'), QLatin1String("&&")));
    // The arrow has its own room.
    m_preset->setMinimumWidth(m_preset->fontMetrics().horizontalAdvance(m_preset->text()) + 12 * unit(this));
    m_preset->setToolTip(tr("%1. Choose what to begin with").arg(whole));
    m_preset->setAccessibleDescription(whole);
    const QUndoStack* undo = m_workspace.draft().undoStack();
    m_undo->setEnabled(undo->canUndo());
    m_undo->setToolTip(undo->canUndo() ? tr("Undo: %1 (Ctrl+Z)").arg(undo->undoText()) : tr("Nothing was changed yet"));
}

void RecipeHeader::fillPresets()
{
    m_presets->clear();
    m_known = presets();
    m_presets->addAction(tr("&New recipe"), this, &RecipeHeader::useNew)
        ->setToolTip(tr("Every setting at its default; model and data stay"));
    bool separated = false;
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        const Preset& preset = m_known[i];
        if (preset.own && !separated)
            m_presets->addSeparator();
        separated |= preset.own;
        QString title = preset.title;
        QAction* action = m_presets->addAction(
            title.replace(QLatin1Char('&'), QLatin1String("&&")), this, [this, i] { usePreset(m_known[i]); });
        action->setToolTip(preset.problem.isEmpty() ? preset.text : preset.problem);
        action->setEnabled(preset.problem.isEmpty());
    }
    m_presets->addSeparator();
    m_presets->addAction(icon(QStringLiteral("save")), tr("&Save as preset…"), this, &RecipeHeader::askForName);
    if (!separated)
        return;
    QMenu* remove = m_presets->addMenu(icon(QStringLiteral("trash")), tr("&Remove preset"));
    for (std::size_t i = 0; i < m_known.size(); ++i)
        if (m_known[i].own)
            remove->addAction(plainWords(m_known[i].title), this, [this, i] {
                if (const std::vector<Fault> faults = removePreset(m_known[i]); !faults.empty())
                    Q_EMIT failed(faults);
                else
                    Q_EMIT done(tr("Preset %1 removed.").arg(m_known[i].title));
            });
}

void RecipeHeader::usePreset(const Preset& preset)
{
    RecipeDraft& draft = m_workspace.draft();
    draft.replace(withModelAndData(preset, draft.recipe()), preset.title);
}

void RecipeHeader::useNew()
{
    RecipeDraft& draft = m_workspace.draft();
    Preset blank;
    blank.needsModel = true;
    const QVariantMap defaults = m_workspace.settings().recipeDefaults();
    for (auto value = defaults.begin(); value != defaults.end(); ++value) {
        try {
            setRecipeValue(blank.recipe.recipe, value.key().toStdString(), value.value().toString().toStdString());
        } catch (const Error& error) {
            Q_EMIT failed(error.faults());
        }
    }
    draft.replace(withModelAndData(blank, draft.recipe()), tr("New recipe"));
}

void RecipeHeader::importFrom(const QString& file)
{
    if (const std::vector<Fault> faults = m_workspace.openRecipe(file); !faults.empty())
        Q_EMIT failed(faults);
}

void RecipeHeader::exportTo(const QString& file)
{
    if (const std::vector<Fault> faults = m_workspace.saveRecipe(file); !faults.empty())
        Q_EMIT failed(faults);
    else
        Q_EMIT done(tr("Recipe written to %1.").arg(QDir::toNativeSeparators(file)));
}

void RecipeHeader::askForName()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("presetDialog"));
    dialog->setWindowTitle(tr("Save as preset"));
    dialog->setLabelText(
        tr("Name of the preset. Model and data are not part of it; one of the same name is replaced."));
    dialog->setOkButtonText(tr("Save preset"));
    connect(dialog, &QInputDialog::textValueSelected, this, &RecipeHeader::saveAsPreset);
    dialog->open();
}

void RecipeHeader::saveAsPreset(const QString& name)
{
    if (const std::vector<Fault> faults = savePreset(name, m_workspace.draft().recipe()); !faults.empty())
        Q_EMIT failed(faults);
    else
        Q_EMIT done(tr("Preset %1 saved.").arg(name.simplified()));
}

} // namespace falconer::ui
