// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/theme/system_scheme.h"

#include <QApplication>
#include <QFile>
#include <QRegularExpression>

namespace falconer::ui {
namespace {

QString sheetSource()
{
    QFile file(QStringLiteral(":/styles/falconer.qss"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

Theme::Theme(QObject* parent)
    : QObject(parent)
    , m_system(new SystemScheme(this))
{
    QApplication::setStyle(new Style);
    connect(m_system, &SystemScheme::changed, this, &Theme::apply);
    apply();
}

Scheme Theme::scheme() const
{
    switch (m_choice) {
    case Choice::light: return Scheme::light;
    case Choice::dark: return Scheme::dark;
    case Choice::system: break;
    }
    return m_system->scheme();
}

void Theme::setChoice(Choice choice)
{
    if (m_choice == choice)
        return;
    m_choice = choice;
    apply();
}

void Theme::apply()
{
    // Every change styles the whole window anew.
    const Look look{scheme(), m_system->isHighContrast()};
    if (m_applied == look || (m_applied && m_applied->highContrast && look.highContrast))
        return;
    m_applied = look;
    QApplication::setPalette(look.highContrast ? QPalette() : makePalette(look.scheme));
    qApp->setStyleSheet(look.highContrast ? highContrastSheet() : styleSheet(look.scheme));
}

QString styleSheet(Scheme scheme)
{
    QString sheet = sheetSource();
    // Longest names first would also do; a word boundary keeps "@ok" from eating the start of "@okSoft".
    for (int i = 0; i < kTokenCount; ++i) {
        const auto token = static_cast<Token>(i);
        sheet.replace(
            QRegularExpression(QStringLiteral("@%1\\b").arg(name(token))), color(token, scheme).name(QColor::HexRgb));
    }
    return sheet;
}

QString highContrastSheet()
{
    QString sheet = sheetSource();
    sheet.remove(QRegularExpression(QStringLiteral("\\b(background|color): @\\w+;")));
    sheet.replace(QRegularExpression(QStringLiteral("@\\w+")), QStringLiteral("palette(window-text)"));
    return sheet + QStringLiteral("QFrame[divider=\"true\"] { background: palette(window-text); }\n");
}

} // namespace falconer::ui
