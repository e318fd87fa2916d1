// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_field_row.h"

#include "ui/pages/plain_words.h"
#include "ui/pages/recipe_editors.h"
#include "ui/pages/recipe_notes.h"
#include "ui/session/recipe_draft.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/text_labels.h"

#include <QContextMenuEvent>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace falconer::ui {
namespace {

enum Column { dotColumn, nameColumn, editorColumn, noteColumn, helpColumn };
enum Row { fieldRow, noteRow, faultRow, remedyRow };

} // namespace

FieldRow::FieldRow(const FieldInfo& field, RecipeDraft& draft, const ModelListModel* models, QWidget* parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_editor(makeFieldEditor(field, draft, models, this))
    , m_grid(new QGridLayout(this))
    , m_dot(new QLabel(this))
    , m_name(new QLabel(fieldLabel(std::string(field.key)), this))
{
    const int u = unit(this);
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(u);
    m_grid->setVerticalSpacing(u);
    m_dot->setFixedWidth(2 * u);
    m_dot->setForegroundRole(QPalette::Link);
    m_name->setText(plainWords(m_name->text()));
    m_name->setBuddy(m_editor->target());
    m_name->setWordWrap(true);
    m_name->setToolTip(fieldHelp(key()));
    auto* help = new QToolButton(this);
    help->setIcon(icon(QStringLiteral("help"), Token::text2));
    help->setAutoRaise(true);
    help->setMinimumSize(6 * u, 6 * u);
    // F1 does the same for the keyboard, without fifty more stops for Tab.
    help->setFocusPolicy(Qt::NoFocus);
    help->setAccessibleName(tr("Help on %1").arg(fieldLabel(key())));
    help->setToolTip(fieldHelp(key()));
    help->setObjectName(QStringLiteral("help.") + toQString(key()));
    m_grid->addWidget(m_dot, fieldRow, dotColumn);
    m_grid->addWidget(m_name, fieldRow, nameColumn);
    if (m_editor->isWide())
        m_grid->addWidget(m_editor, fieldRow, editorColumn, 1, 2);
    else
        m_grid->addWidget(m_editor, fieldRow, editorColumn);
    m_grid->addWidget(help, fieldRow, helpColumn, Qt::AlignTop);
    m_grid->setColumnStretch(noteColumn, 1);
    m_editor->target()->installEventFilter(this);
    connect(help, &QToolButton::clicked, this, [this] { Q_EMIT helpRequested(key()); });
}

const std::string& FieldRow::key() const { return m_editor->key(); }

bool FieldRow::matches(const QString& words) const
{
    const QString text = QStringList{fieldLabel(key()), toQString(key()), fieldHelp(key())}.join(QLatin1Char(' '));
    for (const QString& word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        if (!text.contains(word, Qt::CaseInsensitive))
            return false;
    return true;
}

int FieldRow::labelWidth() const { return m_name->fontMetrics().horizontalAdvance(m_name->text()); }

void FieldRow::setLabelWidth(int width) { m_name->setFixedWidth(width); }

void FieldRow::follow(const RecipeValue& value, bool changed)
{
    m_editor->follow(value);
    setNote(fieldNote(key(), m_draft.recipe()));
    if (m_changed == changed)
        return;
    m_changed = changed;
    m_dot->setText(changed ? QStringLiteral("•") : QString());
    const QString was = toQString(m_draft.originalValue(key()));
    m_dot->setToolTip(changed ? tr("Changed from %1, where it is %2").arg(m_draft.title(), was) : QString());
    m_dot->setAccessibleName(changed ? tr("changed") : QString());
}

void FieldRow::setNote(const QString& note)
{
    if (!m_note && note.isEmpty())
        return;
    if (!m_note) {
        m_note = makeCaption({}, this);
        m_note->setWordWrap(true);
        if (m_editor->isWide())
            m_grid->addWidget(m_note, noteRow, editorColumn, 1, 2);
        else
            m_grid->addWidget(m_note, fieldRow, noteColumn);
    }
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void FieldRow::showFault()
{
    const Obstacle* obstacle = m_draft.readiness().find(key());
    // An empty form is not a mistake: what is still to choose stands above Start, not in red under every field.
    if (obstacle && (obstacle->kind == Obstacle::Kind::noModel || obstacle->kind == Obstacle::Kind::noData))
        obstacle = nullptr;
    QWidget* target = m_editor->target();
    if (target->property("bad").toBool() != (obstacle != nullptr)) {
        target->setProperty("bad", obstacle != nullptr);
        target->update();
    }
    if (!obstacle && !m_fault)
        return;
    if (!m_fault) {
        m_fault = new FaultLabel(this);
        m_grid->addWidget(m_fault, faultRow, editorColumn, 1, 3);
        m_remedy = new QLabel(this);
        m_remedy->setFont(scaledFont(kCaptionSize));
        m_remedy->setTextInteractionFlags(Qt::TextBrowserInteraction);
        m_remedy->setObjectName(QStringLiteral("remedy.") + toQString(key()));
        m_grid->addWidget(m_remedy, remedyRow, editorColumn, 1, 3);
        connect(m_remedy, &QLabel::linkActivated, this, [this](const QString& yaml) {
            m_draft.setObstacle(key(), std::nullopt);
            m_draft.set(key(), yaml.toStdString(), fieldLabel(key()));
            m_editor->target()->setFocus();
        });
    }
    const std::optional<Remedy> way = obstacle ? remedy(m_draft.recipe(), *obstacle) : std::nullopt;
    Obstacle shown = obstacle ? *obstacle : Obstacle();
    if (way)
        shown.fault.fix.clear(); // the link says it
    m_fault->setFault(obstacle ? sentence(shown) : QString());
    target->setAccessibleDescription((QStringList{fault(), fieldHelp(key())}).join(QLatin1Char(' ')).trimmed());
    m_remedy->setVisible(way.has_value());
    if (way)
        m_remedy->setText(
            QStringLiteral("<a href=\"%1\">%2</a>")
                .arg(toQString(way->yaml).toHtmlEscaped(), tr("Use %1").arg(toQString(way->words)).toHtmlEscaped()));
}

QString FieldRow::fault() const { return m_fault ? m_fault->fault() : QString(); }

void FieldRow::contextMenuEvent(QContextMenuEvent* event) { showMenu(event->globalPos()); }

bool FieldRow::eventFilter(QObject* watched, QEvent* event)
{
    // From the keyboard there is no other way to the row than through its editor, whose own menu has keys for all of
    // it.
    if (event->type() == QEvent::ContextMenu
        && static_cast<QContextMenuEvent*>(event)->reason() == QContextMenuEvent::Keyboard) {
        QWidget* target = m_editor->target();
        showMenu(target->mapToGlobal(QPoint(0, target->height())));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void FieldRow::showMenu(const QPoint& where)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("fieldMenu"));
    menu->setToolTipsVisible(true);
    QString was = toQString(m_draft.originalValue(key()));
    constexpr qsizetype kShown = 40;
    if (was.size() > kShown)
        was = was.left(kShown) + QStringLiteral("…");
    QAction* reset = menu->addAction(
        icon(QStringLiteral("undo")), tr("&Reset to %1").arg(plainWords(was)), this, [this] { m_draft.reset(key()); });
    const bool can = m_changed || m_draft.hasObstacle(key());
    reset->setEnabled(can);
    reset->setToolTip(can ? tr("The value that the recipe began with") : tr("It is as the recipe began"));
    menu->addAction(icon(QStringLiteral("help")), tr("&Help"), this, [this] { Q_EMIT helpRequested(key()); });
    menu->popup(where);
}

} // namespace falconer::ui
