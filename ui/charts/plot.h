// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/min_max_pyramid.h"
#include "ui/charts/plot_types.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QTimer;
class QToolButton;

namespace falconer::ui {

/// Where curves are drawn: axes, grid, curves, marks, crosshair, and a view that the mouse, the wheel and the keys
/// move. Owners fill in data and say changed(); drawing happens once, at the next paint, into a picture that the
/// crosshair moves over. Curves are thinned to the pixels and smoothed at their edges only when they are few or stand
/// still. x grows to the right in every language, as numbers are written.
class Plot : public QWidget {
    Q_OBJECT

public:
    explicit Plot(QWidget* parent = nullptr);
    ~Plot() override;

    /// In painting order. Gives its index.
    int addLine(const PlotLook& look);
    void clearLines();
    int lines() const { return static_cast<int>(m_lines.size()); }
    void setLook(int line, const PlotLook& look);
    const PlotLook& look(int line) const { return m_lines[static_cast<std::size_t>(line)].look; }
    /// After adding to it, changed() is due.
    MinMaxPyramid& data(int line) { return m_lines[static_cast<std::size_t>(line)].data; }
    const MinMaxPyramid& data(int line) const { return m_lines[static_cast<std::size_t>(line)].data; }

    void setMarks(std::vector<PlotMark> marks);
    void setBands(std::vector<PlotBand> bands);
    void setDividers(std::vector<PlotDivider> dividers);
    /// A dashed horizontal line; nullopt: none.
    void setReference(std::optional<double> value, const QString& word);
    /// A vertical line where the run is now.
    void setNow(std::optional<double> x);

    /// Where the x axis ends when everything is shown; the data may reach further.
    void setEnd(double x);
    void setAxis(XAxis axis);
    void setTitles(const QString& y, const QString& x);
    void setLog(bool log);
    /// Whether the outermost hundredth of the lines that allow it may lie outside the fitted view.
    void setTrimmed(bool trimmed);
    void setFromZero(bool fromZero);
    /// Without labels on the x axis, keys and mouse.
    void setSmall();

    /// Crosshair: the lines whose points it stands on (the first that has any), and what it says there.
    void setReader(std::vector<int> lines, std::function<PlotReading(double x)> reader);
    std::optional<double> crosshair() const { return m_crosshair; }
    void setCrosshair(std::optional<double> x);
    /// What the crosshair says now; empty without one.
    QString readingText() const;

    /// Data, looks or marks are others: draws at the next paint.
    void changed();

    /// What is seen: all data, or where the user moved to (then it stays).
    PlotView view() const;
    bool isMoved() const { return m_moved.has_value(); }
    void fit();
    /// Closer for factors above 1, around the crosshair or the middle.
    void zoom(double factor);

    /// The accessible description when no crosshair speaks.
    void setSummary(const QString& summary);
    const QString& summary() const { return m_summary; }

    QImage image(double scale);
    QByteArray svg();

    /// Of the last drawing, for tests and benches.
    int drawnPoints(int line) const;
    bool isSmooth() const { return m_drawnSmooth; }
    QRectF plotArea() const { return m_area; }
    /// Where a value is in the widget.
    QPointF toPixel(double x, double y) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void movedChanged(bool moved);
    void bestAsked(); ///< B
    void logAsked(); ///< L
    void tableAsked(); ///< T

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Charts; ///< everything of QtCharts, so that no other file sees it
    struct Line {
        PlotLook look;
        MinMaxPyramid data;
    };

    PlotView fitted() const;
    void fitValues(double& low, double& high) const;
    void moveTo(PlotView view);
    void zoomAround(double x, double y, double factorX, double factorY);
    double scaled(double y) const;
    QPointF toView(const QPointF& pixel) const;
    const MinMaxPyramid* cursorData() const;
    void snapCrosshair(double x);
    void stepCrosshair(int points);
    void say();
    bool pageScrolls() const;
    bool fewPoints() const;
    void placeFollow();

    void draw(QPainter& painter, const QSizeF& size, bool smooth);
    void layOut(const QSizeF& size);
    void updateSeries(const PlotView& view, bool smooth);
    void paintBands(QPainter& painter) const;
    void paintGrid(QPainter& painter) const;
    void paintDividers(QPainter& painter) const;
    void paintLabels(QPainter& painter) const;
    void paintCircles(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintMarkText(QPainter& painter, const PlotMark& mark, qreal x) const;
    void paintCrosshair(QPainter& painter) const;
    void paintReading(QPainter& painter, const PlotReading& reading, qreal x) const;
    QColor token(Token token) const;
    QPen linePen(const PlotLook& look) const;

    std::vector<Line> m_lines;
    std::vector<PlotMark> m_marks;
    std::vector<PlotBand> m_bands;
    std::vector<PlotDivider> m_dividers;
    std::optional<double> m_reference;
    QString m_referenceWord;
    std::optional<double> m_now;
    double m_end = 0;
    XAxis m_axis = XAxis::step;
    QString m_yTitle;
    QString m_xTitle;
    bool m_log = false;
    bool m_trimmed = true;
    bool m_fromZero = false;
    bool m_small = false;

    std::vector<int> m_cursorLines;
    std::function<PlotReading(double)> m_reader;
    std::optional<double> m_crosshair;
    bool m_crosshairByKeys = false;
    QString m_summary;

    std::optional<PlotView> m_moved;
    std::optional<QPointF> m_dragFrom; ///< last place of the mouse while it drags
    bool m_dragging = false;
    QToolButton* m_follow = nullptr;

    std::unique_ptr<Charts> m_charts;
    QTimer* m_still;
    bool m_isStill = true;
    bool m_dirty = true;
    bool m_drawnSmooth = false;
    bool m_keyboardFocus = false;
    QPixmap m_picture;
    // Of the last draw():
    PlotView m_drawn;
    QRectF m_area;
    qreal m_labelWidth = 0; ///< only grows, so that the curves do not jump when a label gains a digit
    std::vector<Tick> m_xTicks;
    std::vector<Tick> m_yTicks;
};

} // namespace falconer::ui
