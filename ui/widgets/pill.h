// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace falconer::ui {

/// A state in a word, on a soft ground of its meaning.
class Pill : public QLabel {
    Q_OBJECT

public:
    enum class Meaning { quiet, info, ok, warn, error };

    explicit Pill(QWidget* parent = nullptr);
    void set(const QString& text, Meaning meaning);
};

} // namespace falconer::ui
