// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace falconer::ui {

class IconLabel;

/// A verdict across the page: a heading, what is behind it, on a ground of its meaning. Empty: not there. A new heading
/// or meaning is announced once to who cannot see it; text that goes on counting is not.
class Strip : public QFrame {
    Q_OBJECT

public:
    enum class Meaning { info, ok, warn, error };

    explicit Strip(QWidget* parent = nullptr);
    void set(Meaning meaning, const QString& heading, const QString& text);
    void clear();
    /// Puts a button at the right end, hidden until showActions() names it. The strip owns it.
    QPushButton* addAction(const QString& name, const QString& icon = {});
    using QWidget::addAction;
    /// Shows these buttons and no others.
    void showActions(const QList<QPushButton*>& buttons);
    QString heading() const;
    QString text() const;

Q_SIGNALS:
    /// Screen readers were told of a new heading or meaning.
    void announced(const QString& heading);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// A splitter between the strip and the window does not ask how high wrapped text becomes, so it is told.
    void fitHeight(QLabel* label) const;

    IconLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_text;
    QHBoxLayout* m_actions;
    QList<QPushButton*> m_buttons;
    Meaning m_meaning = Meaning::info;
};

} // namespace falconer::ui
