// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_simple.h"

#include "core/run/recipe_values.h"
#include "ui/pages/data_files.h"
#include "ui/pages/recipe_editors.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/text_labels.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace falconer::ui {
namespace {

QLabel* makeText(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setWordWrap(true);
    return label;
}

/// "Sets Rank, Alpha and Epochs."
QLabel* makeSets(const std::vector<std::string>& keys, QWidget* parent)
{
    QStringList names;
    for (const std::string& key : keys)
        names << fieldLabel(key);
    QLabel* label = makeCaption(RecipeSimple::tr("Sets: %1").arg(names.join(QStringLiteral(", "))), parent);
    label->setWordWrap(true);
    return label;
}

/// "Rank 8, Epochs 1": what the recipe has where no choice fits.
QString valuesText(const std::vector<std::string>& keys, const Recipe& recipe)
{
    QStringList parts;
    for (const RecipeValue& value : recipeValues(recipe))
        if (std::find(keys.begin(), keys.end(), value.key) != keys.end() && value.yaml != "null")
            parts << RecipeSimple::tr("%1 %2").arg(fieldLabel(value.key), toQString(value.yaml));
    return parts.join(QStringLiteral(", "));
}

} // namespace

RecipeSimple::RecipeSimple(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(3 * unit(this));
    addFile(layout, "model", tr("&Model"),
        tr("What is fine-tuned. It is only read; what is learnt becomes an adapter beside it."));
    addFile(layout, "data.train", tr("&Data"),
        tr("The rows to learn from: %1. Some are held back to notice overfitting.").arg(dataFileEndings()));
    addQuestion(layout, tr("Quality or s&peed"), qualityChoices());
    addQuestion(layout, tr("Memor&y"), memoryChoices());
    layout->addStretch(1);
    connect(&workspace.draft(), &RecipeDraft::changed, this, &RecipeSimple::follow);
    connect(&workspace.draft(), &RecipeDraft::readinessChanged, this, &RecipeSimple::showFaults);
    follow();
    showFaults();
}

void RecipeSimple::addFile(QVBoxLayout* layout, const std::string& key, const QString& heading, const QString& text)
{
    auto* card = new Card({}, this);
    FileRow row;
    row.editor = makeFieldEditor(*findField(key), m_workspace.draft(), m_workspace.models(), card);
    // The same field stands in Advanced under its key.
    row.editor->target()->setObjectName(QStringLiteral("simple.") + toQString(key));
    row.fault = new FaultLabel(card);
    QLabel* name = makeHeading(heading, card);
    name->setBuddy(row.editor->target());
    card->body()->addWidget(name);
    card->body()->addWidget(makeText(text, card));
    card->body()->addWidget(row.editor);
    card->body()->addWidget(row.fault);
    card->body()->addWidget(makeSets({key}, card));
    layout->addWidget(card);
    m_files.push_back(row);
}

void RecipeSimple::addQuestion(QVBoxLayout* layout, const QString& heading, std::vector<SimpleChoice> choices)
{
    auto* card = new Card({}, this);
    Question question;
    QStringList names;
    for (const SimpleChoice& choice : choices)
        names << choice.name;
    question.segments = new Segments(names, card);
    for (const SimpleChoice& choice : choices)
        question.segments->button(choice.name)->setToolTip(choice.text);
    question.undoText = QString(heading).remove(QLatin1Char('&'));
    question.segments->setAccessibleName(question.undoText);
    question.answer = makeText({}, card);
    QLabel* name = makeHeading(heading, card);
    name->setBuddy(question.segments);
    card->body()->addWidget(name);
    card->body()->addWidget(question.segments);
    card->body()->addWidget(question.answer);
    card->body()->addWidget(makeSets(fieldsOf(choices), card));
    layout->addWidget(card);
    question.choices = std::move(choices);
    const std::size_t index = m_questions.size();
    connect(question.segments, &Segments::edited, this, [this, index] { choose(m_questions[index]); });
    m_questions.push_back(std::move(question));
}

void RecipeSimple::choose(const Question& question)
{
    const QString name = question.segments->value();
    const auto chosen = std::find_if(question.choices.begin(), question.choices.end(),
        [&](const SimpleChoice& choice) { return choice.name == name; });
    if (chosen == question.choices.end())
        return;
    std::vector<std::string> keys;
    for (const auto& value : chosen->values)
        keys.push_back(value.first);
    // What was typed in Advanced and is no number gives way to what was chosen here.
    for (const std::string& key : keys)
        m_workspace.draft().setObstacle(key, std::nullopt);
    m_workspace.draft().edit(keys, question.undoText, [&](Recipe& recipe) { take(*chosen, recipe); });
}

void RecipeSimple::follow()
{
    const Recipe& recipe = m_workspace.draft().recipe();
    for (const RecipeValue& value : recipeValues(recipe))
        if (FieldEditor* each = editor(value.key))
            each->follow(value);
    for (const Question& question : m_questions) {
        const std::optional<std::size_t> choice = choiceOf(question.choices, recipe);
        question.segments->setValue(choice ? question.choices[*choice].name : QString());
        question.answer->setText(choice ? question.choices[*choice].text
                                        : tr("As it stands: %1.").arg(valuesText(fieldsOf(question.choices), recipe)));
    }
}

void RecipeSimple::showFaults()
{
    for (const FileRow& file : m_files) {
        const Obstacle* obstacle = m_workspace.draft().readiness().find(file.editor->key());
        if (obstacle && (obstacle->kind == Obstacle::Kind::noModel || obstacle->kind == Obstacle::Kind::noData))
            obstacle = nullptr; // still to choose is no mistake; it stands above Start
        file.fault->setFault(obstacle ? sentence(*obstacle) : QString());
        file.editor->target()->setProperty("bad", obstacle != nullptr);
        file.editor->target()->update();
    }
}

FieldEditor* RecipeSimple::editor(const std::string& key) const
{
    for (const FileRow& file : m_files)
        if (file.editor->key() == key)
            return file.editor;
    return nullptr;
}

} // namespace falconer::ui
