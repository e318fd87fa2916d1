// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/readiness.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace falconer::ui {

class ElidedLabel;
class IconLabel;

/// Start, and above it why it is disabled. The one loud thing of the page.
class ReadinessCard : public QFrame {
    Q_OBJECT

public:
    explicit ReadinessCard(QWidget* parent = nullptr);
    void show(const Readiness& readiness, const QString& runFolder);
    using QWidget::show;
    QPushButton* startButton() const { return m_start; }
    /// The line above Start and its reasons.
    QString summary() const;

Q_SIGNALS:
    void startRequested();

private:
    IconLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_reasons;
    ElidedLabel* m_folder;
    QPushButton* m_start;
};

} // namespace falconer::ui
