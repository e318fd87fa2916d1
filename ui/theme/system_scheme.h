// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QObject>
#include <QPalette>
#include <QTimer>

namespace falconer::ui {

/// What the desktop asks windows to look like, followed while it changes: by the portal where there is one, else by the
/// lightness of the system's own palette.
class SystemScheme : public QObject {
    Q_OBJECT

public:
    /// The application's palette must still be the system's.
    explicit SystemScheme(QObject* parent = nullptr);

    Scheme scheme() const;
    /// More contrast is asked for, or the palette is black and white only: whoever set it up needs just these colours.
    bool isHighContrast() const;

    /// What the portal says of "color-scheme" or "contrast"; see PortalSettings.
    void setPreference(const QString& key, uint value);
    void setSystemPalette(const QPalette& palette);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void readPalette();
    template <class Change>
    void update(Change change);

    QPalette m_palette;
    uint m_preferred = 0; ///< as the portal counts: 1 dark, 2 light
    uint m_contrast = 0;
    QTimer m_themeChange; ///< every window hears of it
};

} // namespace falconer::ui
