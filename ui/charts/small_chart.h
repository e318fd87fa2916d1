// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointF>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace falconer::ui {

class Plot;

/// A small card for a series over the steps of a run: title, newest value at the end of its row, and an
/// optional dashed reference line (where gradients are clipped, the planned memory).
class SmallChart : public QFrame {
    Q_OBJECT

public:
    /// Writes a value of the y axis: rateText, lossText …
    using Format = std::function<QString(double)>;

    explicit SmallChart(const QString& title, QWidget* parent = nullptr);
    ~SmallChart() override;

    /// Default: the shortest text of the number.
    void setFormat(Format format);
    /// Ascending x; values that are not finite are left out. Meant to be given the same growing vector again and again:
    /// while what was seen before is still there, only the new points are read.
    void setPoints(const std::vector<QPointF>& points);
    /// nullopt: none. `word` stands at the line ("clip", "planned").
    void setReference(std::optional<double> value, const QString& word = {});
    /// Instead of the newest value alone ("6.1 measured · 6.0 planned"); empty: the newest value.
    void setNewest(const QString& text);
    /// Fixes the end of the x axis; 0: the newest step.
    void setTotalSteps(std::int64_t steps);
    /// Whether the y axis starts at 0 (default true).
    void setFromZero(bool fromZero);
    void clear();

    QString newest() const;
    Plot* plot() const;

private:
    struct Parts;
    void redraw();

    std::unique_ptr<Parts> m_parts;
};

} // namespace falconer::ui
