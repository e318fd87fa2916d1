// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/row_survey.h"

#include <QWidget>

#include <memory>
#include <vector>

namespace falconer::ui {

/// How long the rows are, in tokens, and a line that can be dragged to where they are to be cut. The field beside the
/// chart does the same; with the focus, arrow keys move the line, with Shift by ten.
class LengthChart : public QWidget {
    Q_OBJECT

public:
    explicit LengthChart(QWidget* parent = nullptr);

    void setStats(std::shared_ptr<const LengthStats> stats);
    void setCut(std::int64_t tokens);
    std::int64_t cut() const { return m_cut; }
    /// Where the line stands, in widget coordinates.
    double cutX() const { return xOf(m_cut); }
    /// The chart in words: range, middle, what the cut does.
    QString summary() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void cutDragged(qint64 tokens); ///< while the line is under the mouse
    void cutChosen(qint64 tokens); ///< it was let go, or moved with the keyboard
    void dragCancelled();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fit();
    QRectF plot() const;
    double xOf(double tokens) const;
    std::int64_t tokensAt(double x) const;
    void paintGrid(QPainter& painter) const;
    void paintBars(QPainter& painter) const;
    void paintMedian(QPainter& painter) const;
    void paintCut(QPainter& painter) const;
    void describe();

    std::shared_ptr<const LengthStats> m_stats;
    std::int64_t m_cut = 0;
    std::int64_t m_first = 0; // of the axis
    std::int64_t m_width = 1; // tokens of a bar
    std::vector<std::int64_t> m_counts; // the last bar holds what is longer than the axis, when m_more
    bool m_more = false;
    bool m_dragging = false;
    std::int64_t m_cutBefore = 0; // the drag
};

} // namespace falconer::ui
