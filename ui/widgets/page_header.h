// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;

namespace falconer::ui {

class ElidedLabel;

/// The top of a page: its title, state pills, quiet facts, and actions at the right.
class PageHeader : public QWidget {
    Q_OBJECT

public:
    explicit PageHeader(const QString& title, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    QString title() const;
    void setFacts(const QString& facts);
    /// Beside the title, in the order added: pills, segments, boxes.
    void addState(QWidget* widget);
    /// At the right end, in the order added.
    void addAction(QWidget* button);
    using QWidget::addAction;

private:
    ElidedLabel* m_title;
    ElidedLabel* m_facts;
    QHBoxLayout* m_states;
    QHBoxLayout* m_actions;
};

} // namespace falconer::ui
