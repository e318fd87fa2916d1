// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/system_scheme.h"

#include "ui/theme/palette.h"
#include "ui/theme/portal_settings.h"

#include <QApplication>
#include <QEvent>

namespace falconer::ui {

SystemScheme::SystemScheme(QObject* parent)
    : QObject(parent)
    , m_palette(QApplication::palette())
{
    m_themeChange.setSingleShot(true);
    connect(&m_themeChange, &QTimer::timeout, this, &SystemScheme::readPalette);
    connect(new PortalSettings(this), &PortalSettings::told, this, &SystemScheme::setPreference);
    qApp->installEventFilter(this);
}

Scheme SystemScheme::scheme() const
{
    switch (m_preferred) {
    case 1: return Scheme::dark;
    case 2: return Scheme::light;
    default: return schemeOf(m_palette);
    }
}

bool SystemScheme::isHighContrast() const
{
    const QColor ground = m_palette.color(QPalette::Window);
    const QColor text = m_palette.color(QPalette::WindowText);
    const auto are = [&](Qt::GlobalColor a, Qt::GlobalColor b) { return ground == QColor(a) && text == QColor(b); };
    return m_contrast == 1 || are(Qt::black, Qt::white) || are(Qt::white, Qt::black);
}

template <class Change>
void SystemScheme::update(Change change)
{
    const auto before = std::pair(scheme(), isHighContrast());
    change();
    if (before != std::pair(scheme(), isHighContrast()))
        Q_EMIT changed();
}

void SystemScheme::setPreference(const QString& key, uint value)
{
    update([&] {
        if (key == QLatin1String("color-scheme"))
            m_preferred = value;
        else if (key == QLatin1String("contrast"))
            m_contrast = value;
    });
}

void SystemScheme::setSystemPalette(const QPalette& palette)
{
    update([&] { m_palette = palette; });
}

bool SystemScheme::eventFilter(QObject* watched, QEvent* event)
{
    // Windows are told of a new theme; the application is told of its palette while that is the system's own.
    if (event->type() == QEvent::ThemeChange)
        m_themeChange.start(0);
    else if (event->type() == QEvent::ApplicationPaletteChange && watched == qApp
        && QApplication::palette().resolveMask() == 0)
        setSystemPalette(QApplication::palette());
    return QObject::eventFilter(watched, event);
}

void SystemScheme::readPalette()
{
    // The system's palette can only be asked for by taking ours away for a moment.
    const QPalette ours = QApplication::palette();
    if (ours.resolveMask() == 0) {
        setSystemPalette(ours);
        return;
    }
    QApplication::setPalette(QPalette());
    const QPalette theirs = QApplication::palette();
    QApplication::setPalette(ours);
    setSystemPalette(theirs);
}

} // namespace falconer::ui
