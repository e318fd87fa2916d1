// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/page_header.h"

#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>

namespace falconer::ui {

PageHeader::PageHeader(const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_title(new ElidedLabel(Qt::ElideRight, this))
    , m_facts(new ElidedLabel(Qt::ElideRight, this))
    , m_states(new QHBoxLayout)
    , m_actions(new QHBoxLayout)
{
    const int u = unit(this);
    m_title->setFont(scaledFont(kTitleSize, true));
    m_title->setFullText(title);
    m_facts->setFont(scaledFont(kCaptionSize));
    m_facts->setProperty("quiet", true);
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    for (QHBoxLayout* part : {m_states, m_actions})
        part->setSpacing(2 * u);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2 * u);
    layout->addWidget(m_title);
    layout->addLayout(m_states);
    layout->addWidget(m_facts, 1);
    layout->addLayout(m_actions);
    // As high as a page with buttons in its header, so that nothing jumps from page to page.
    setMinimumHeight(8 * u);
}

void PageHeader::setTitle(const QString& title) { m_title->setFullText(title); }

QString PageHeader::title() const { return m_title->fullText(); }

void PageHeader::setFacts(const QString& facts) { m_facts->setFullText(facts); }

void PageHeader::addState(QWidget* widget) { m_states->addWidget(widget); }

void PageHeader::addAction(QWidget* button) { m_actions->addWidget(button); }

} // namespace falconer::ui
