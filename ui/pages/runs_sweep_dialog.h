// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/sweep.h"

#include <QDialog>

#include <array>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace falconer::ui {

class FaultLabel;
class Workspace;

/// The values of "8, 16, [a, b]": cut at the commas that no bracket or quote holds.
std::vector<std::string> sweepValues(const std::string& text);

/// Adds the recipe to the queue once for each value of a key, or for each pair of values of two keys.
class RunsSweepDialog : public QDialog {
    Q_OBJECT

public:
    explicit RunsSweepDialog(Workspace& workspace, QWidget* parent = nullptr);

    struct Axis {
        QComboBox* key;
        QLineEdit* values;
        QLabel* help;
    };
    const std::array<Axis, 2>& axes() const { return m_axes; }
    QPushButton* addButton() const { return m_add; }
    FaultLabel* fault() const { return m_fault; }

private:
    std::vector<SweepAxis> chosen() const;
    void update();
    void add();

    Workspace& m_workspace;
    std::array<Axis, 2> m_axes{};
    FaultLabel* m_fault;
    QLabel* m_count;
    QPushButton* m_add;
};

} // namespace falconer::ui
