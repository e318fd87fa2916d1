// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/metric_tile.h"

#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace falconer::ui {
namespace {

const QString kNone = QStringLiteral("–");

} // namespace

MetricTile::MetricTile(const QString& caption, QWidget* parent)
    : QWidget(parent)
    , m_caption(makeCaption(caption, this))
    , m_value(new QLabel(kNone, this))
    , m_note(new ElidedLabel(Qt::ElideRight, this))
{
    const int u = unit(this);
    m_value->setFont(scaledFont(kMetricSize, true));
    m_note->setFont(scaledFont(kCaptionSize));
    m_note->setProperty("quiet", true);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* top = new QHBoxLayout;
    top->setSpacing(u);
    top->addWidget(m_caption);
    top->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * u, 2 * u, 2 * u, 2 * u);
    layout->setSpacing(u / 2);
    layout->addLayout(top);
    layout->addWidget(m_value, 0, Qt::AlignLeading);
    layout->addWidget(m_note);
}

void MetricTile::setKey(KeyIcon::Mark mark, Token token)
{
    auto* top = qobject_cast<QHBoxLayout*>(layout()->itemAt(0)->layout());
    top->insertWidget(0, new KeyIcon(mark, token, this));
}

void MetricTile::set(const QString& value, const QString& note, Tone tone)
{
    setNumber(m_value, value);
    m_note->setFullText(note);
    setLook(m_note, "quiet", tone == Tone::quiet);
    setLook(m_note, "good", tone == Tone::good);
    setLook(m_note, "bad", tone == Tone::bad);
    setAccessibleName(QStringLiteral("%1: %2, %3").arg(m_caption->text(), value, note));
}

void MetricTile::clear() { set(kNone, {}); }

QString MetricTile::value() const { return m_value->text(); }
QString MetricTile::note() const { return m_note->fullText(); }

TileRow::TileRow(QWidget* parent)
    : QFrame(parent)
{
    setProperty("card", true);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(1, 1, 1, 1);
    grid->setSpacing(1);
}

void TileRow::add(MetricTile* tile, bool essential)
{
    tile->setParent(this);
    m_tiles << tile;
    m_shown << tile;
    if (essential)
        m_essential << tile;
    arrange(static_cast<int>(m_shown.size()));
}

void TileRow::setCompact(bool compact)
{
    const QList<MetricTile*>& wanted = compact ? m_essential : m_tiles;
    if (m_shown == wanted)
        return;
    m_shown = wanted;
    for (MetricTile* tile : m_tiles)
        tile->setVisible(m_shown.contains(tile));
    m_columns = 0;
    arrange(columnsFor(width()));
}

QSize TileRow::minimumSizeHint() const
{
    int widest = 0;
    for (const MetricTile* tile : m_shown)
        widest = std::max(widest, tile->sizeHint().width());
    return {3 * widest, QFrame::minimumSizeHint().height()};
}

int TileRow::columnsFor(int width) const
{
    int widest = 1;
    for (const MetricTile* tile : m_shown)
        widest = std::max(widest, tile->sizeHint().width());
    const int count = static_cast<int>(m_shown.size());
    const int most = std::clamp(width / widest, 1, std::max(1, count));
    // In as few rows as that takes, the last of which may be short: five tiles stand as 3 and 2, not as 4 and 1.
    const int rows = (count + most - 1) / most;
    return std::max(1, (count + rows - 1) / std::max(1, rows));
}

void TileRow::arrange(int columns)
{
    if (columns == m_columns && layout()->count() == m_shown.size())
        return;
    auto* grid = static_cast<QGridLayout*>(layout());
    while (grid->count() > 0)
        delete grid->takeAt(0);
    for (int i = 0; i < m_shown.size(); ++i) {
        grid->addWidget(m_shown[i], i / columns, i % columns);
        m_shown[i]->show();
    }
    for (int i = 0; i < m_tiles.size(); ++i)
        grid->setColumnStretch(i, i < columns ? 1 : 0);
    m_columns = columns;
}

void TileRow::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    arrange(columnsFor(width()));
}

void TileRow::paintEvent(QPaintEvent* event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.setPen(color(Token::line, palette()));
    for (int i = 0; i < m_shown.size(); ++i) {
        const QRect tile = m_shown[i]->geometry();
        const int side = layoutDirection() == Qt::RightToLeft ? tile.right() + 1 : tile.left() - 1;
        if (i % m_columns != 0)
            painter.drawLine(side, tile.top(), side, tile.bottom());
        else if (i > 0)
            painter.drawLine(1, tile.top() - 1, width() - 2, tile.top() - 1);
    }
}

} // namespace falconer::ui
