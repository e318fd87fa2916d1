// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_editors.h"

#include "core/text/named_templates.h"
#include "ui/pages/recipe_choice_box.h"
#include "ui/pages/recipe_number_edit.h"
#include "ui/pages/recipe_path_editors.h"
#include "ui/session/recipe_draft.h"
#include "ui/session/recipe_text.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/segments.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

/// Core's fault of one value, or that the text is no number at all.
Obstacle obstacleFor(const std::string& key, const QString& text, const Error& error)
{
    const FieldInfo* field = findField(key);
    const bool numeric = field && (field->kind == FieldKind::integer || field->kind == FieldKind::number);
    bool isNumber = false;
    text.trimmed().toDouble(&isNumber);
    if (numeric && !isNumber)
        return {Obstacle::Kind::notANumber, key, text.trimmed().toStdString(), {}};
    return {Obstacle::Kind::fault, key, {}, error.faults().front()};
}

class CheckEditor : public FieldEditor {
public:
    CheckEditor(const std::string& key, RecipeDraft& draft, QWidget* parent)
        : FieldEditor(key, draft, parent)
        , m_box(new QCheckBox(this))
    {
        setTarget(m_box, false);
        connect(m_box, &QCheckBox::clicked, this,
            [this](bool on) { submit(on ? QStringLiteral("true") : QStringLiteral("false")); });
    }

private:
    void display(const QString& text) override { m_box->setChecked(text == QLatin1String("true")); }

    QCheckBox* m_box;
};

class NumberEditor : public FieldEditor {
public:
    NumberEditor(const FieldInfo& field, RecipeDraft& draft, QWidget* parent)
        : FieldEditor(std::string(field.key), draft, parent)
        , m_edit(new NumberEdit(std::string(field.key), this))
    {
        if (field.defaultValue == "null")
            m_edit->setPlaceholder(tr("not set"));
        setTarget(m_edit, false);
        connect(m_edit, &NumberEdit::edited, this, [this](const QString& text) { submit(text); });
    }

private:
    void display(const QString& text) override
    {
        // Rates as people write them: 2.0e-4, not 0.0002.
        bool isNumber = false;
        const double value = text.toDouble(&isNumber);
        m_edit->setText(isNumber && std::abs(value) < 1 ? recipeNumber(value) : text);
    }

    NumberEdit* m_edit;
};

class ChoiceEditor : public FieldEditor {
public:
    ChoiceEditor(const FieldInfo& field, RecipeDraft& draft, QWidget* parent)
        : FieldEditor(std::string(field.key), draft, parent)
        , m_box(new ChoiceBox(this))
    {
        for (const std::string_view choice : field.choices)
            m_box->addItem(toQString(choice));
        setTarget(m_box, false);
        connect(m_box, &QComboBox::activated, this, [this] { submit(m_box->currentText()); });
    }

private:
    void display(const QString& text) override { m_box->setCurrentIndex(m_box->findText(text)); }

    ChoiceBox* m_box;
};

class SegmentsEditor : public FieldEditor {
public:
    SegmentsEditor(const FieldInfo& field, RecipeDraft& draft, QWidget* parent)
        : FieldEditor(std::string(field.key), draft, parent)
    {
        QStringList choices;
        for (const std::string_view choice : field.choices)
            choices << toQString(choice);
        m_segments = new Segments(choices, this);
        setTarget(m_segments, true);
        connect(m_segments, &Segments::edited, this, [this] { submit(m_segments->value()); });
    }

private:
    void display(const QString& text) override { m_segments->setValue(text); }

    Segments* m_segments;
};

/// A word that is usually one of a few, and may be any other.
class WordEditor : public FieldEditor {
public:
    WordEditor(const FieldInfo& field, const QStringList& offers, bool wide, RecipeDraft& draft, QWidget* parent)
        : FieldEditor(std::string(field.key), draft, parent)
        , m_box(new ChoiceBox(this))
    {
        m_box->makeFree();
        m_box->addItems(offers);
        setTarget(m_box, wide);
        connect(m_box->lineEdit(), &QLineEdit::textEdited, this, [this](const QString& text) { submit(text); });
        connect(m_box, &QComboBox::activated, this, [this] { submit(m_box->currentText()); });
    }

private:
    void display(const QString& text) override { m_box->setEditText(text); }

    ChoiceBox* m_box;
};

class LineEditor : public FieldEditor {
public:
    LineEditor(const FieldInfo& field, const QString& example, RecipeDraft& draft, QWidget* parent)
        : FieldEditor(std::string(field.key), draft, parent)
        , m_line(new QLineEdit(this))
    {
        m_line->setPlaceholderText(example);
        setTarget(m_line, true);
        connect(m_line, &QLineEdit::textEdited, this, [this](const QString& text) { submit(text); });
    }

private:
    void display(const QString& text) override
    {
        if (m_line->text() != text)
            m_line->setText(text);
        m_line->setCursorPosition(0);
    }

    QLineEdit* m_line;
};

class PromptsEditor : public FieldEditor {
public:
    PromptsEditor(const FieldInfo& field, RecipeDraft& draft, QWidget* parent)
        : FieldEditor(std::string(field.key), draft, parent)
        , m_text(new QPlainTextEdit(this))
    {
        m_text->setTabChangesFocus(true);
        m_text->setPlaceholderText(tr("One prompt a line; \\n is a line break"));
        m_text->setFixedHeight(4 * fontMetrics().lineSpacing());
        setTarget(m_text, true);
        connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
            if (!m_filling)
                submit(m_text->toPlainText());
        });
    }

private:
    void display(const QString& text) override
    {
        m_filling = true;
        if (m_text->toPlainText() != text)
            m_text->setPlainText(text);
        m_filling = false;
    }

    QPlainTextEdit* m_text;
    bool m_filling = false; ///< the box tells of every change, its own and ours
};

QString exampleOf(std::string_view key)
{
    if (key == "data.columns")
        return QStringLiteral("prompt: question, completion: answer");
    if (key == "lora.layers")
        return QStringLiteral("0-15,20");
    if (key == "lora.modules_to_save")
        return QStringLiteral("lm_head");
    if (key == "lora.rank_pattern")
        return QStringLiteral("q_proj: 32");
    if (key == "lora.alpha_pattern")
        return QStringLiteral("q_proj: 64");
    if (key == "training.scheduler_options")
        return QStringLiteral("min_lr_ratio: 0.1");
    if (key == "training.optimizer_options")
        return QStringLiteral("beta2: 0.95");
    return {};
}

QStringList templateOffers()
{
    QStringList offers{QStringLiteral("auto"), QStringLiteral("none")};
    for (const std::string& name : namedTemplates())
        offers << toQString(name);
    return offers;
}

} // namespace

FieldEditor::FieldEditor(const std::string& key, RecipeDraft& draft, QWidget* parent)
    : QWidget(parent)
    , m_key(key)
    , m_draft(draft)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unit(this));
}

void FieldEditor::setTarget(QWidget* target, bool wide)
{
    m_target = target;
    m_wide = wide;
    const QString help = fieldHelp(m_key);
    target->setObjectName(toQString(m_key));
    target->setAccessibleName(fieldLabel(m_key));
    target->setAccessibleDescription(help);
    target->setWhatsThis(help);
    target->setToolTip(help);
    target->setMinimumHeight(std::max(target->minimumHeight(), 7 * unit(this)));
    target->installEventFilter(this);
    layout()->addWidget(target);
    if (!wide)
        static_cast<QHBoxLayout*>(layout())->addStretch(0);
    setFocusProxy(target);
}

void FieldEditor::submit(const QString& text)
{
    Recipe next = m_draft.recipe();
    try {
        setFieldText(next, m_key, text.toStdString());
    } catch (const Error& error) {
        m_refused = true;
        m_draft.setObstacle(m_key, obstacleFor(m_key, text, error));
        return;
    }
    m_refused = false;
    m_submitting = true;
    m_draft.setObstacle(m_key, std::nullopt);
    m_draft.edit({m_key}, fieldLabel(m_key), [&](Recipe& recipe) { recipe = next; });
    m_submitting = false;
}

void FieldEditor::follow(const RecipeValue& value)
{
    const QString now = QString::fromStdString(fieldText(m_draft.recipe(), value));
    const bool forgotten = m_refused && !m_draft.hasObstacle(m_key);
    const bool same = now == m_shown;
    m_shown = now;
    if (m_submitting || (same && !forgotten))
        return;
    if (m_refused) {
        m_refused = false;
        m_draft.setObstacle(m_key, std::nullopt);
    }
    display(now);
}

bool FieldEditor::eventFilter(QObject* object, QEvent* event)
{
    // Undo is the recipe's, with one memory for all pages, rather than the letters' of this line. Text that is no value
    // is not in the recipe: the line itself takes it back.
    if (event->type() == QEvent::ShortcutOverride && !m_refused) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

FieldEditor* makeFieldEditor(const FieldInfo& field, RecipeDraft& draft, const ModelListModel* models, QWidget* parent)
{
    const std::string key(field.key);
    if (key == "model")
        return new ModelEditor(draft, models, parent);
    if (key == "lora.targets")
        return new TargetsEditor(draft, models, parent);
    if (key == "data.train" || key == "data.validation" || field.kind == FieldKind::path)
        return new PathEditor(key, draft, parent);
    if (key == "device")
        return new WordEditor(
            field, {QStringLiteral("auto"), QStringLiteral("cpu"), QStringLiteral("cuda:0")}, false, draft, parent);
    if (key == "data.template")
        return new WordEditor(field, templateOffers(), true, draft, parent);
    if (key == "training.sample_prompts")
        return new PromptsEditor(field, draft, parent);
    if (key == "quantization.type")
        return new SegmentsEditor(field, draft, parent);
    if (field.kind == FieldKind::mixed && field.defaultValue == "auto")
        return new WordEditor(field, {QStringLiteral("auto")}, false, draft, parent);
    switch (field.kind) {
    case FieldKind::boolean: return new CheckEditor(key, draft, parent);
    case FieldKind::integer:
    case FieldKind::number: return new NumberEditor(field, draft, parent);
    case FieldKind::choice: return new ChoiceEditor(field, draft, parent);
    default: return new LineEditor(field, exampleOf(field.key), draft, parent);
    }
}

} // namespace falconer::ui
