// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/theme/style.h"
#include "ui/widgets/divider.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace falconer::ui {

Card::Card(const QString& heading, QWidget* parent)
    : QFrame(parent)
    , m_body(new QVBoxLayout)
{
    setProperty("card", true);
    const int u = unit(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    if (!heading.isEmpty()) {
        auto* row = new QWidget(this);
        row->setMinimumHeight(9 * u);
        row->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        m_heading = makeHeading(heading, row);
        setAccessibleName(heading);
        m_controls = new QHBoxLayout(row);
        m_controls->setContentsMargins(3 * u, u, 3 * u, u);
        m_controls->setSpacing(2 * u);
        m_controls->addWidget(m_heading);
        m_controls->addStretch(1);
        layout->addWidget(row);
        layout->addWidget(makeDivider(this));
    }
    m_body->setContentsMargins(3 * u, 3 * u, 3 * u, 3 * u);
    m_body->setSpacing(2 * u);
    layout->addLayout(m_body, 1);
}

void Card::setHeading(const QString& heading)
{
    m_heading->setText(heading);
    setAccessibleName(heading);
}

void Card::addToHeading(QWidget* widget) { m_controls->addWidget(widget); }

void Card::removePadding()
{
    m_body->setContentsMargins({});
    m_body->setSpacing(0);
}

} // namespace falconer::ui
