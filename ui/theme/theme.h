// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QObject>

namespace falconer::ui {

/// Puts style, palette and style sheet into the application and changes them together.
class Theme : public QObject {
    Q_OBJECT

public:
    enum class Choice { system, light, dark };

    /// Takes the palette that the application starts with as the system's.
    explicit Theme(QObject* parent = nullptr);

    Choice choice() const { return m_choice; }
    Scheme scheme() const;
    void setChoice(Choice choice);

private:
    void apply();

    Scheme m_systemScheme;
    Choice m_choice = Choice::system;
};

/// resources/styles/falconer.qss with its @tokens filled in. It touches only named containers.
QString styleSheet(Scheme scheme);

} // namespace falconer::ui
