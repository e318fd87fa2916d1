// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QFile>
#include <QRegularExpression>

namespace falconer::ui {

Theme::Theme(QObject* parent)
    : QObject(parent)
    , m_systemScheme(schemeOf(QApplication::palette()))
{
    QApplication::setStyle(new Style);
    apply();
}

Scheme Theme::scheme() const
{
    switch (m_choice) {
    case Choice::light: return Scheme::light;
    case Choice::dark: return Scheme::dark;
    case Choice::system: break;
    }
    return m_systemScheme;
}

void Theme::setChoice(Choice choice)
{
    m_choice = choice;
    apply();
}

void Theme::apply()
{
    const QPalette palette = makePalette(scheme());
    QApplication::setPalette(palette);
    qApp->setStyleSheet(styleSheet(scheme()));
}

QString styleSheet(Scheme scheme)
{
    QFile file(QStringLiteral(":/styles/falconer.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    // Longest names first would also do; a word boundary keeps "@ok" from eating the start of "@okSoft".
    for (int i = 0; i < kTokenCount; ++i) {
        const auto token = static_cast<Token>(i);
        sheet.replace(
            QRegularExpression(QStringLiteral("@%1\\b").arg(name(token))), color(token, scheme).name(QColor::HexRgb));
    }
    return sheet;
}

} // namespace falconer::ui
