// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QPalette>
#include <QPointF>
#include <QRect>
#include <QStyledItemDelegate>

#include <optional>
#include <span>

namespace falconer::ui {

/// A curve without axes that fills `rect`: `points` have ascending x; values that are not finite are left out, many
/// points are thinned to the pixels. `best` is marked with a diamond. The pen's colour is the painter's.
void paintSparkline(QPainter& painter, const QRect& rect, std::span<const QPointF> points, const QPalette& palette,
    std::optional<QPointF> best = {});

/// Draws a cell's QList<QPointF> (in `role`) as a sparkline, with its lowest point as the best. The line is
/// Token::text2, or what Qt::ForegroundRole says. The model should say the curve in words with Qt::AccessibleTextRole;
/// see sparklineText().
class SparklineDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit SparklineDelegate(int role, QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int m_role;
};

/// "Validation loss from 2.94 to 2.55, lowest 2.479 at step 240": the sparkline for screen readers and tooltips.
QString sparklineText(std::span<const QPointF> points);

} // namespace falconer::ui
