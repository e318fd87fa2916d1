// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/readiness.h"

#include <QFrame>

#include <string>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace falconer::ui {

class ElidedLabel;
class IconLabel;

/// Start, and beside it why it is disabled, each reason with a link to its field. The one loud thing of the page.
class ReadinessCard : public QFrame {
    Q_OBJECT

public:
    explicit ReadinessCard(QWidget* parent = nullptr);
    void show(const Readiness& readiness, const QString& runFolder);
    using QWidget::show;
    /// Low and wide instead of high and narrow.
    void setFlat(bool flat);
    QPushButton* startButton() const { return m_start; }
    /// The line above Start and its reasons.
    QString summary() const;

Q_SIGNALS:
    void startRequested();
    /// The person wants to see the field of a reason.
    void fieldRequested(const std::string& key);

private:
    QBoxLayout* m_layout;
    IconLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_reasons;
    ElidedLabel* m_folder;
    QPushButton* m_start;
    QLabel* m_keys;
    QString m_summary;
};

} // namespace falconer::ui
