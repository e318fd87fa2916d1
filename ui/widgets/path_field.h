// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace falconer::ui {

/// A line for a path. A file that is dropped on it, or pasted as a file:// address, becomes its path.
class PathField : public QLineEdit {
    Q_OBJECT

public:
    explicit PathField(QWidget* parent = nullptr);
};

} // namespace falconer::ui
