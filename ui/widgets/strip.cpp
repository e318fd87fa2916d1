// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/strip.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_labels.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace falconer::ui {

Strip::Strip(QWidget* parent)
    : QFrame(parent)
    , m_icon(new IconLabel(QStringLiteral("info"), Token::link, this))
    , m_heading(makeHeading({}, this))
    , m_text(new QLabel(this))
    , m_actions(new QHBoxLayout)
{
    const int u = unit(this);
    for (QLabel* label : {m_heading, m_text}) {
        label->setWordWrap(true);
        label->setMinimumWidth(1); // a long path must not widen the page
        label->setTextFormat(Qt::PlainText);
        label->installEventFilter(this);
        // What a fault says is worth copying into a search or a report.
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    auto* words = new QVBoxLayout;
    words->setSpacing(u / 2);
    words->addWidget(m_heading);
    words->addWidget(m_text);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(3 * u, 2 * u, 3 * u, 2 * u);
    layout->setSpacing(2 * u);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(words, 1);
    m_actions->setSpacing(2 * u);
    layout->addLayout(m_actions);
    setLook(this, "mirrored", isRightToLeft());
    hide();
}

void Strip::set(Meaning meaning, const QString& heading, const QString& text)
{
    switch (meaning) {
    case Meaning::info: m_icon->setIcon(QStringLiteral("info"), Token::link); break;
    case Meaning::ok: m_icon->setIcon(QStringLiteral("check"), Token::ok); break;
    case Meaning::warn: m_icon->setIcon(QStringLiteral("alert"), Token::warn); break;
    case Meaning::error: m_icon->setIcon(QStringLiteral("alert"), Token::error); break;
    }
    static constexpr const char* kLooks[] = {"info", "ok", "warn", "error"};
    setLook(this, "strip", QString::fromLatin1(kLooks[static_cast<int>(meaning)]));
    const bool news = !heading.isEmpty() && (heading != m_heading->text() || meaning != m_meaning);
    m_meaning = meaning;
    m_heading->setText(heading);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(heading);
    setAccessibleDescription(text);
    show();
    for (QLabel* label : {m_heading, m_text})
        fitHeight(label);
    if (news) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
        Q_EMIT announced(heading);
    }
}

void Strip::clear()
{
    m_heading->clear();
    m_text->clear();
    hide();
}

QPushButton* Strip::addAction(const QString& name, const QString& icon)
{
    auto* button = new QPushButton(name, this);
    if (!icon.isEmpty())
        button->setIcon(ui::icon(icon));
    button->hide();
    m_actions->addWidget(button, 0, Qt::AlignVCenter);
    m_buttons << button;
    return button;
}

void Strip::showActions(const QList<QPushButton*>& buttons)
{
    for (QPushButton* each : m_buttons)
        each->setVisible(buttons.contains(each));
}

bool Strip::eventFilter(QObject* watched, QEvent* event)
{
    // Also when buttons beside it come and go, and the strip keeps its size.
    if (event->type() == QEvent::Resize)
        fitHeight(static_cast<QLabel*>(watched));
    return QFrame::eventFilter(watched, event);
}

void Strip::fitHeight(QLabel* label) const
{
    // Narrower than a word it has not been laid out yet.
    const bool laidOut = !label->text().isEmpty() && label->width() > 20 * unit(this);
    label->setMinimumHeight(0); // heightForWidth() never says less than this
    label->setMinimumHeight(laidOut ? label->heightForWidth(label->width()) : 0);
}

void Strip::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        setLook(this, "mirrored", isRightToLeft());
}

QString Strip::heading() const { return m_heading->text(); }
QString Strip::text() const { return m_text->text(); }

} // namespace falconer::ui
