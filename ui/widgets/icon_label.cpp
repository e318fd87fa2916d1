// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icon_label.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"

#include <QEvent>

namespace falconer::ui {

IconLabel::IconLabel(const QString& stem, Token token, QWidget* parent)
    : QLabel(parent)
    , m_stem(stem)
    , m_token(token)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    render();
}

void IconLabel::setIcon(const QString& stem, Token token)
{
    m_stem = stem;
    m_token = token;
    render();
}

void IconLabel::render()
{
    const int side = 4 * unit(this);
    setPixmap(icon(m_stem, m_token).pixmap(QSize(side, side), devicePixelRatioF()));
}

void IconLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        render();
}

} // namespace falconer::ui
