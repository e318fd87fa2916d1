// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_form.h"

#include "ui/models/model_list_model.h"
#include "ui/pages/recipe_editors.h"
#include "ui/pages/recipe_field_row.h"
#include "ui/session/recipe_draft.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <string_view>

namespace falconer::ui {
namespace {

enum Part { modelAndData, dataOptions, adapter, quantization, training, evaluation, logging, output, sectionCount };

bool isOneOf(std::string_view key, std::initializer_list<std::string_view> keys)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

Part sectionOf(std::string_view key)
{
    if (isOneOf(key, {"model", "device", "data.train", "data.validation"}))
        return modelAndData;
    if (isOneOf(key,
            {"training.eval_every", "training.save_every", "training.keep_checkpoints", "training.sample_prompts"}))
        return evaluation;
    const std::string_view prefix = key.substr(0, key.find('.'));
    if (prefix == "data")
        return dataOptions;
    if (prefix == "lora")
        return adapter;
    if (prefix == "quantization")
        return quantization;
    if (prefix == "training")
        return training;
    if (prefix == "sentinel")
        return evaluation;
    return prefix == "logging" ? logging : output;
}

} // namespace

RecipeForm::RecipeForm(RecipeDraft& draft, const ModelListModel* models, QWidget* parent)
    : QFrame(parent)
    , m_draft(draft)
{
    setProperty("card", true);
    const int u = unit(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * u, 3 * u, 2 * u, 3 * u);
    layout->setSpacing(u);
    buildFilter(layout);
    buildSections(models, layout);
    m_nothing = makeCaption({}, this);
    m_nothing->setWordWrap(true);
    m_nothing->hide();
    layout->addWidget(m_nothing);
    layout->addStretch(1);
    connect(&m_draft, &RecipeDraft::changed, this, &RecipeForm::follow);
    connect(&m_draft, &RecipeDraft::readinessChanged, this, &RecipeForm::showFaults);
    follow();
    showFaults();
}

void RecipeForm::buildFilter(QVBoxLayout* layout)
{
    const int u = unit(this);
    m_filter = new QLineEdit(this);
    m_filter->setObjectName(QStringLiteral("fieldFilter"));
    m_filter->setPlaceholderText(tr("Find a setting"));
    m_filter->setAccessibleName(tr("Find a setting"));
    m_filter->setToolTip(tr("By its name, its key in run.yaml, or a word of its help (Ctrl+F)"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("search"), Token::text2), QLineEdit::LeadingPosition);
    m_onlyChanged = new QToolButton(this);
    m_onlyChanged->setObjectName(QStringLiteral("onlyChanged"));
    m_onlyChanged->setText(tr("Changed"));
    m_onlyChanged->setToolTip(tr("Show only the settings that differ from what the recipe began with"));
    m_onlyChanged->setAccessibleDescription(m_onlyChanged->toolTip());
    m_onlyChanged->setCheckable(true);
    m_onlyChanged->setMinimumHeight(7 * u);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(u, 0, u, u);
    row->setSpacing(u);
    row->addWidget(m_filter, 1);
    row->addWidget(m_onlyChanged);
    layout->addLayout(row);
    connect(m_filter, &QLineEdit::textChanged, this, &RecipeForm::applyFilter);
    connect(m_onlyChanged, &QToolButton::toggled, this, &RecipeForm::applyFilter);
}

void RecipeForm::buildSections(const ModelListModel* models, QVBoxLayout* layout)
{
    const int u = unit(this);
    const std::array<QString, sectionCount> titles{tr("Model and data"), tr("Data options"), tr("Adapter"),
        tr("Quantization"), tr("Training"), tr("Evaluation and sentinel"), tr("Logging"), tr("Output")};
    m_sections.resize(sectionCount);
    int labelWidth = 0;
    for (int section = 0; section < sectionCount; ++section) {
        auto* heading = new QWidget(this);
        auto* box = new QVBoxLayout(heading);
        box->setContentsMargins(u, section == 0 ? 0 : 2 * u, u, 0);
        box->setSpacing(2 * u);
        auto* line = new QFrame(heading);
        line->setProperty("divider", true);
        line->setFixedHeight(1);
        box->addWidget(line);
        box->addWidget(makeHeading(titles[static_cast<std::size_t>(section)], heading));
        layout->addWidget(heading);
        Section& made = m_sections[static_cast<std::size_t>(section)];
        made.heading = heading;
        for (const FieldInfo& field : recipeFields()) {
            if (sectionOf(field.key) != section)
                continue;
            auto* row = new FieldRow(field, m_draft, models, this);
            connect(row, &FieldRow::helpRequested, this, &RecipeForm::helpRequested);
            layout->addWidget(row);
            made.rows.push_back(row);
            m_rows.push_back(row);
            labelWidth = std::max(labelWidth, row->labelWidth());
        }
    }
    // A longer name breaks into two lines rather than pushing every editor aside.
    for (FieldRow* row : m_rows)
        row->setLabelWidth(std::min(labelWidth, 30 * u));
}

FieldRow* RecipeForm::row(const std::string& key) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](FieldRow* row) { return row->key() == key; });
    return found == m_rows.end() ? nullptr : *found;
}

void RecipeForm::follow()
{
    const std::vector<std::string> changed = m_draft.changedKeys();
    for (const RecipeValue& value : recipeValues(m_draft.recipe()))
        if (FieldRow* each = row(value.key))
            each->follow(value, std::find(changed.begin(), changed.end(), value.key) != changed.end());
    m_onlyChanged->setText(
        changed.empty() ? tr("Changed") : tr("%n changed", nullptr, static_cast<int>(changed.size())));
    // What is being edited does not vanish under the hands that edit it, so the filter waits for the next look.
    if (m_onlyChanged->isChecked() && changed.empty())
        m_onlyChanged->setChecked(false);
}

void RecipeForm::showFaults()
{
    for (FieldRow* each : m_rows)
        each->showFault();
}

void RecipeForm::applyFilter()
{
    const QString words = m_filter->text().trimmed();
    const bool onlyChanged = m_onlyChanged->isChecked();
    bool any = false;
    for (Section& section : m_sections) {
        bool anyHere = false;
        for (FieldRow* each : section.rows) {
            const bool shown = each->matches(words) && (!onlyChanged || each->isChanged());
            each->setVisible(shown);
            anyHere |= shown;
        }
        section.heading->setVisible(anyHere);
        any |= anyHere;
    }
    m_nothing->setText(
        onlyChanged && words.isEmpty() ? tr("Nothing was changed.") : tr("No setting is called “%1”.").arg(words));
    m_nothing->setVisible(!any);
}

void RecipeForm::showOnlyChanged(bool only)
{
    m_filter->clear();
    m_onlyChanged->setChecked(only);
}

void RecipeForm::reveal(const std::string& key)
{
    FieldRow* wanted = row(key);
    if (!wanted || !wanted->isHidden())
        return;
    m_filter->clear();
    m_onlyChanged->setChecked(false);
}

} // namespace falconer::ui
