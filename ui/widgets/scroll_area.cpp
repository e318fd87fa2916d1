// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/scroll_area.h"

#include "ui/widgets/wheel_guard.h"

#include <QScrollArea>

namespace falconer::ui {

QScrollArea* makeScrollArea(QWidget* content, QWidget* parent)
{
    auto* scroll = new QScrollArea(parent);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    guardWheel(scroll->viewport());
    return scroll;
}

QScrollArea* makeCardScrollArea(QWidget* content, QWidget* parent)
{
    QScrollArea* scroll = makeScrollArea(content, parent);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    return scroll;
}

int roomFor(const QWidget* page)
{
    const QWidget* viewport = page->parentWidget();
    return viewport && qobject_cast<const QScrollArea*>(viewport->parentWidget()) ? viewport->width() : page->width();
}

} // namespace falconer::ui
