// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_layout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace falconer::ui {

FlowLayout::FlowLayout(QWidget* parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() { qDeleteAll(m_items); }

void FlowLayout::insertWidget(int index, QWidget* widget)
{
    addWidget(widget);
    m_items.move(m_items.size() - 1, index);
    invalidate();
}

void FlowLayout::addItem(QLayoutItem* item) { m_items << item; }
int FlowLayout::count() const { return static_cast<int>(m_items.size()); }
QLayoutItem* FlowLayout::itemAt(int index) const { return m_items.value(index); }

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const { return arrange(QRect(0, 0, width, 0), false); }

QSize FlowLayout::sizeHint() const
{
    QSize size(0, 0);
    for (const QLayoutItem* item : m_items) {
        if (item->isEmpty())
            continue;
        size.rwidth() += item->sizeHint().width() + (size.width() > 0 ? spacing() : 0);
        size.setHeight(std::max(size.height(), item->sizeHint().height()));
    }
    return size.grownBy(contentsMargins());
}

QSize FlowLayout::minimumSize() const
{
    QSize size(0, 0);
    for (const QLayoutItem* item : m_items)
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect& rect, bool place) const
{
    const QRect area = rect.marginsRemoved(contentsMargins());
    const Qt::LayoutDirection direction = parentWidget() ? parentWidget()->layoutDirection() : Qt::LayoutDirectionAuto;
    int y = area.top();
    int first = 0;
    while (first < m_items.size()) {
        int width = 0;
        int height = 0;
        int end = first;
        for (; end < m_items.size(); ++end) {
            if (m_items[end]->isEmpty())
                continue;
            const QSize hint = m_items[end]->sizeHint();
            const int wanted = width + (width > 0 ? spacing() : 0) + hint.width();
            if (width > 0 && wanted > area.width())
                break;
            width = wanted;
            height = std::max(height, hint.height());
        }
        int x = area.left();
        for (int i = first; place && i < end; ++i) {
            if (m_items[i]->isEmpty())
                continue;
            const QSize hint = m_items[i]->sizeHint();
            const QRect cell(x, y + (height - hint.height()) / 2, std::min(hint.width(), area.width()), hint.height());
            m_items[i]->setGeometry(QStyle::visualRect(direction, area, cell));
            x += hint.width() + spacing();
        }
        y += height + (end < m_items.size() ? spacing() : 0);
        first = end;
    }
    return y - rect.top() + contentsMargins().bottom();
}

} // namespace falconer::ui
