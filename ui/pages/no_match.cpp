// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/no_match.h"

#include "ui/theme/style.h"

#include <QLabel>
#include <QVBoxLayout>

namespace falconer::ui {

NoMatch::NoMatch(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
{
    const int u = unit(this);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setProperty("quiet", true);
    auto* clear = new QLabel(QStringLiteral("<a href=\"clear\">%1</a>").arg(tr("Clear filter").toHtmlEscaped()), this);
    clear->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    clear->setObjectName(QStringLiteral("clearFilter"));
    clear->setToolTip(tr("Lists everything again"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6 * u, 6 * u, 6 * u, 6 * u);
    layout->setSpacing(2 * u);
    layout->addStretch(1);
    for (QLabel* label : {m_text, clear}) {
        label->setAlignment(Qt::AlignCenter);
        layout->addWidget(label);
    }
    layout->addStretch(2);
    connect(clear, &QLabel::linkActivated, this, &NoMatch::clearRequested);
    hide();
}

void NoMatch::setText(const QString& text) { m_text->setText(text); }
QString NoMatch::text() const { return m_text->text(); }

} // namespace falconer::ui
