// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fault_label.h"

#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/icon_label.h"

#include <QHBoxLayout>
#include <QLabel>

namespace falconer::ui {

FaultLabel::FaultLabel(QWidget* parent)
    : QWidget(parent)
    , m_icon(new IconLabel(QStringLiteral("alert"), Token::error, this))
    , m_text(new QLabel(this))
{
    m_text->setFont(scaledFont(kCaptionSize));
    m_text->setProperty("bad", true);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unit(this));
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    hide();
}

void FaultLabel::setFault(const QString& sentence)
{
    m_text->setText(sentence);
    setVisible(!sentence.isEmpty());
}

QString FaultLabel::fault() const { return m_text->text(); }

} // namespace falconer::ui
