// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QStringList>

class QHBoxLayout;
class QLabel;

namespace falconer::ui {

/// A dashed place that files and folders are dropped on, with room for buttons that do the same by hand.
class DropTarget : public QFrame {
    Q_OBJECT

public:
    DropTarget(const QString& heading, const QString& text, QWidget* parent = nullptr);
    void addButton(QWidget* button);

Q_SIGNALS:
    void dropped(const QStringList& paths);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setOver(bool over);

    QHBoxLayout* m_row;
    bool m_over = false; ///< something is held above it
};

} // namespace falconer::ui
