// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rank_legend.h"

#include "core/model/layer_map.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/layer_map_view.h"

#include <QPainter>

namespace falconer::ui {
namespace {

constexpr std::size_t kMostRanks = 4;

} // namespace

RankLegend::RankLegend(QWidget* parent)
    : QWidget(parent)
{
    setFont(scaledFont(kCaptionSize));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void RankLegend::show(const std::vector<std::int64_t>& ranks, bool whole)
{
    m_entries = {LayerMap::kOut};
    if (whole)
        m_entries.push_back(LayerMap::kWhole);
    if (ranks.size() > kMostRanks)
        m_entries.insert(m_entries.end(), {ranks.front(), ranks.back()});
    else
        m_entries.insert(m_entries.end(), ranks.begin(), ranks.end());
    m_highest = ranks.empty() ? 0 : ranks.back();
    m_several = ranks.size() > 1;
    QStringList words;
    for (const std::int64_t entry : m_entries)
        words << text(entry);
    setAccessibleName(tr("Ranks in the map: %1").arg(words.join(QStringLiteral(", "))));
    updateGeometry();
    update();
}

QString RankLegend::text(std::int64_t rank) const
{
    return rank == LayerMap::kOut ? tr("out") : rank == LayerMap::kWhole ? tr("whole") : QString::number(rank);
}

QSize RankLegend::sizeHint() const
{
    const int u = unit(this);
    int width = 0;
    for (const std::int64_t entry : m_entries)
        width += 8 * u + fontMetrics().horizontalAdvance(text(entry));
    return {width, std::max(6 * u, fontMetrics().lineSpacing())};
}

void RankLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int u = unit(this);
    int x = 2 * u;
    for (const std::int64_t entry : m_entries) {
        const int words = fontMetrics().horizontalAdvance(text(entry));
        const QRect cell
            = QStyle::visualRect(layoutDirection(), rect(), QRect(x, (height() - 5 * u) / 2, 3 * u, 5 * u));
        paintMapCell(painter, cell, palette(), entry, m_highest, m_several);
        painter.setPen(color(Token::text, palette()));
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), QRect(x + 4 * u, 0, words + 1, height())),
            Qt::AlignVCenter, text(entry));
        x += 8 * u + words;
    }
}

} // namespace falconer::ui
