// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QObject>

#include <optional>

namespace falconer::ui {

class SystemScheme;

/// Puts style, palette and style sheet into the application and changes them together, also when the system changes
/// between light and dark. A high-contrast system palette is left alone, whatever was chosen.
class Theme : public QObject {
    Q_OBJECT

public:
    enum class Choice { system, light, dark };

    /// Takes the palette that the application starts with as the system's.
    explicit Theme(QObject* parent = nullptr);

    Choice choice() const { return m_choice; }
    Scheme scheme() const;
    /// Does nothing, at no cost, when that is the choice already.
    void setChoice(Choice choice);
    SystemScheme& system() { return *m_system; }

private:
    struct Look {
        Scheme scheme = Scheme::light;
        bool highContrast = false;
        bool operator==(const Look&) const = default;
    };
    void apply();

    SystemScheme* m_system;
    Choice m_choice = Choice::system;
    std::optional<Look> m_applied;
};

/// resources/styles/falconer.qss with its @tokens filled in. It touches only named containers.
QString styleSheet(Scheme scheme);

/// The same for a system palette that is left alone: lines in its own text colour, and no other colour.
QString highContrastSheet();

} // namespace falconer::ui
