// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

namespace falconer::ui {

/// One run of a sweep: a value for each varied setting, as the recipe writes it, and how it ended.
struct SweepResult {
    QString name;
    QStringList values; ///< one a key; missing ones count as empty
    double loss = 0; ///< best validation loss; NaN: none yet, or the run failed
};

/// Parallel coordinates of a sweep: an axis for each setting and one for the loss, a line for each run, coloured by its
/// loss; the best is drawn in its own colour and widest. An axis is numeric (logarithmic when its values span a factor
/// of eight or more) when every value reads as a number, else it lists the values. Left and right arrows select the
/// next run by loss; Return activates it. Runs without a loss are dashed and end before the loss axis.
class ParallelChart : public QWidget {
    Q_OBJECT

public:
    explicit ParallelChart(QWidget* parent = nullptr);

    void setSweep(const QStringList& keys, std::vector<SweepResult> results);
    /// Index into the results; -1: none.
    int selected() const { return m_selected; }
    void setSelected(int run);
    /// Index of the lowest loss; -1: none.
    int best() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void selectionChanged(int run);
    /// Double click or Return.
    void activated(int run);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Axis {
        QString key;
        QStringList categories; ///< empty: numeric
        bool log = false;
        double low = 0;
        double high = 1;
    };
    Axis makeAxis(const QString& key, const QStringList& values) const;
    double place(const Axis& axis, const QString& value) const; ///< 0 at the bottom … 1 at the top; NaN: nowhere
    QRectF plotArea() const;
    qreal axisX(std::size_t axis) const;
    QPolygonF lineOf(const SweepResult& result) const;
    int runAt(const QPointF& point) const;
    QColor colorOf(const SweepResult& result) const;
    QString runText(const SweepResult& result) const;
    void paintAxis(QPainter& painter, std::size_t axis) const;
    void paintLabel(QPainter& painter, std::size_t axis, qreal y, const QString& text, bool above) const;
    void describe();

    std::vector<Axis> m_axes; ///< the last is the loss
    std::vector<SweepResult> m_results;
    std::vector<int> m_order; ///< by loss, those without one last
    int m_selected = -1;
};

} // namespace falconer::ui
