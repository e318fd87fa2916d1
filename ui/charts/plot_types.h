// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/axis_ticks.h"
#include "ui/theme/tokens.h"

#include <QString>

#include <cmath>
#include <vector>

namespace falconer::ui {

/// How a curve of a Plot is drawn.
struct PlotLook {
    Token token = Token::training;
    double width = 2;
    Qt::PenStyle dash = Qt::SolidLine;
    bool circles = false; ///< hollow, at each point, while they are far enough apart
    bool trim = false; ///< its outermost values may lie outside the fitted view
    bool faint = false;
    bool hidden = false;

    bool operator==(const PlotLook&) const = default;
};

struct PlotMark {
    enum class Shape { diamond, triangle };
    Shape shape = Shape::diamond;
    double x = 0;
    double y = std::nan(""); ///< NaN: on the axis
    Token token = Token::best;
    QString text; ///< with it comes a dashed vertical, beside which it is written
};

struct PlotBand {
    double from = 0;
    double to = 0;
    Token fill = Token::watchBand;
    Token edge = Token::watchEdge;
    bool dense = false; ///< hatch
    QString word;
};

/// A boundary on the x axis; the text ends there, above the plot.
struct PlotDivider {
    double x = 0;
    QString text;
};

/// What the crosshair says.
struct PlotReading {
    struct Row {
        QString name;
        QString value;
        Token token = Token::text;
        int run = -1; ///< of several runs: its key is drawn before the name, which stays in the text's colour
        double y = std::nan(""); ///< where a dot goes; NaN: none
    };
    QString title;
    std::vector<Row> rows;
};

/// A stretch of both axes; y is the decimal logarithm on a logarithmic axis.
struct PlotView {
    double x0 = 0;
    double x1 = 1;
    double y0 = 0;
    double y1 = 1;

    double width() const { return x1 - x0; }
    double height() const { return y1 - y0; }
};

} // namespace falconer::ui
