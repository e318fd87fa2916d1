// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <cstdint>
#include <vector>

namespace falconer::ui {

/// How the layer map draws what it holds: out, and each rank (the lowest and highest, where there are many).
class RankLegend : public QWidget {
    Q_OBJECT

public:
    explicit RankLegend(QWidget* parent = nullptr);
    /// `whole`: some modules are trained as a whole.
    void show(const std::vector<std::int64_t>& ranks, bool whole);
    using QWidget::show;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString text(std::int64_t rank) const;

    std::vector<std::int64_t> m_entries;
    std::int64_t m_highest = 0;
    bool m_several = false;
};

} // namespace falconer::ui
