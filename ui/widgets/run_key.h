// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QPalette>
#include <QPen>
#include <QWidget>

namespace falconer::ui {

/// How one of several runs is drawn: colour, dash and width tell it apart.
struct RunLook {
    Token token = Token::run1;
    Qt::PenStyle dash = Qt::SolidLine;
    qreal width = 2;
};

/// Runs 0 to 3 have the four colours with a dash pattern each; 4 to 7 repeat them with wider lines.
RunLook runLook(int run);
QPen runPen(int run, const QPalette& palette);

/// A sample of the run's line across the middle of `rect`, for delegates.
void paintRunKey(QPainter& painter, const QRect& rect, int run, const QPalette& palette);

/// The same as a widget, for legends and headings.
class RunKey : public QWidget {
    Q_OBJECT

public:
    explicit RunKey(int run, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_run;
};

} // namespace falconer::ui
