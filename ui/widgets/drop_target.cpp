// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/drop_target.h"

#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_labels.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

namespace falconer::ui {

DropTarget::DropTarget(const QString& heading, const QString& text, QWidget* parent)
    : QFrame(parent)
    , m_row(new QHBoxLayout(this))
{
    setAcceptDrops(true);
    setAccessibleName(heading);
    setAccessibleDescription(text);
    const int u = unit(this);
    auto* words = new QVBoxLayout;
    words->setSpacing(u / 2);
    auto* caption = makeCaption(text, this);
    caption->setWordWrap(true);
    words->addWidget(makeHeading(heading, this));
    words->addWidget(caption);
    m_row->setContentsMargins(6 * u, 4 * u, 6 * u, 4 * u);
    m_row->setSpacing(3 * u);
    m_row->addWidget(new IconLabel(QStringLiteral("drop"), Token::text2, this));
    m_row->addLayout(words, 1);
}

void DropTarget::addButton(QWidget* button) { m_row->addWidget(button); }

void DropTarget::setOver(bool over)
{
    m_over = over;
    update();
}

void DropTarget::dragEnterEvent(QDragEnterEvent* event)
{
    if (!event->mimeData()->hasUrls())
        return;
    event->acceptProposedAction();
    setOver(true);
}

void DropTarget::dragLeaveEvent(QDragLeaveEvent*) { setOver(false); }

void DropTarget::dropEvent(QDropEvent* event)
{
    setOver(false);
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    if (!paths.isEmpty())
        Q_EMIT dropped(paths);
}

void DropTarget::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color(m_over ? Token::accent : Token::control, palette()), m_over ? 2 : 1, Qt::DashLine));
    painter.setBrush(color(m_over ? Token::accentSoft : Token::alt, palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
}

} // namespace falconer::ui
