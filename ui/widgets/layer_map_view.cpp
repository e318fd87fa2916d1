// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/layer_map_view.h"

#include "ui/models/layer_map_model.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>
#include <array>
#include <utility>

namespace falconer::ui {
namespace {

constexpr int kNarrowest = 5; ///< px of a column; beyond some hundred layers the view scrolls
constexpr int kTypingMilliseconds = 800;
constexpr int kHighestRank = 65536;

class CellDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto* view = static_cast<const QTableView*>(option.widget);
        const auto* model = static_cast<const LayerMapModel*>(index.model());
        const std::vector<std::int64_t>& ranks = model->ranks();
        const int gap = std::max(2, unit(view) / 2);
        const QRect cell = option.rect.adjusted(0, gap, -1, -gap);
        paintMapCell(*painter, cell, option.palette, index.data(LayerMapModel::rankRole).toLongLong(),
            ranks.empty() ? 0 : ranks.back(), ranks.size() > 1);
        const QItemSelectionModel* selection = view->selectionModel();
        if (selection->isSelected(index))
            outline(*painter, option, index, *selection);
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(color(Token::focus, option.palette), 2));
            painter->drawRect(QRectF(cell).adjusted(1, 1, -1, -1));
        }
    }

private:
    /// A line where the selection ends: the neighbours say on which sides.
    static void outline(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
        const QItemSelectionModel& selection)
    {
        const auto ends = [&](int row, int column) { return !selection.isSelected(index.sibling(row, column)); };
        const QRect r = option.rect;
        const QColor ink = color(Token::text, option.palette);
        const bool mirrored = option.direction == Qt::RightToLeft;
        constexpr int kThick = 2;
        if (ends(index.row() - 1, index.column()))
            painter.fillRect(r.left(), r.top(), r.width(), kThick, ink);
        if (ends(index.row() + 1, index.column()))
            painter.fillRect(r.left(), r.bottom() - kThick + 1, r.width(), kThick, ink);
        if (ends(index.row(), index.column() + (mirrored ? 1 : -1)))
            painter.fillRect(r.left(), r.top(), kThick, r.height(), ink);
        if (ends(index.row(), index.column() + (mirrored ? -1 : 1)))
            painter.fillRect(r.right() - kThick + 1, r.top(), kThick, r.height(), ink);
    }
};

/// Numbers of layers, as many as have room; one may reach over its neighbours' columns.
class LayerHeader : public QHeaderView {
public:
    explicit LayerHeader(QWidget* parent)
        : QHeaderView(Qt::Horizontal, parent)
    {
        setSectionsClickable(true);
        setMinimumSectionSize(kNarrowest);
        setSectionResizeMode(Fixed);
        setFont(scaledFont(kCaptionSize));
    }

    QSize sizeHint() const override { return {0, std::max(24, fontMetrics().lineSpacing() + unit(this))}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(viewport());
        painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
        if (count() == 0)
            return;
        const int widest = fontMetrics().horizontalAdvance(QString::number(count())) + unit(this) * 2;
        constexpr std::array kSteps = {1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 100};
        const auto* step
            = std::find_if(kSteps.begin(), kSteps.end() - 1, [&](int each) { return each * sectionSize(0) >= widest; });
        painter.setPen(color(Token::text2, palette()));
        for (int i = 0; i < count(); i += *step) {
            const int middle = sectionViewportPosition(i) + sectionSize(i) / 2;
            painter.drawText(QRect(middle - widest / 2, 0, widest, height()), Qt::AlignCenter, QString::number(i));
        }
    }
    void mousePressEvent(QMouseEvent* event) override
    {
        QHeaderView::mousePressEvent(event);
        viewport()->update();
    }
};

/// A module's name and under it its shape.
class ModuleHeader : public QHeaderView {
public:
    explicit ModuleHeader(QWidget* parent)
        : QHeaderView(Qt::Vertical, parent)
    {
        setSectionsClickable(true);
        setSectionResizeMode(Fixed);
    }

    QSize sizeHint() const override
    {
        const QFontMetrics bold(scaledFont(1.0, true));
        const QFontMetrics small(scaledFont(kCaptionSize));
        int width = 10 * unit(this);
        for (int i = 0; model() && i < model()->rowCount(); ++i)
            width = std::max({width, bold.horizontalAdvance(text(i, Qt::DisplayRole)),
                small.horizontalAdvance(text(i, LayerMapModel::shapeRole))});
        return {std::min(width, 40 * unit(this)) + 3 * unit(this), 0};
    }

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override
    {
        painter->fillRect(rect, palette().color(QPalette::Base));
        const int u = unit(this);
        const QRect inner
            = layoutDirection() == Qt::RightToLeft ? rect.adjusted(2 * u, 0, 0, 0) : rect.adjusted(0, 0, -2 * u, 0);
        const QRect top(inner.left(), inner.top(), inner.width(), inner.height() / 2);
        const auto line = [&](const QFont& font, const QRect& area, int align, const QString& words) {
            painter->setFont(font);
            painter->drawText(area, QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading) | align,
                QFontMetrics(font).elidedText(words, Qt::ElideRight, area.width()));
        };
        painter->setPen(color(Token::text, palette()));
        line(scaledFont(kCaptionSize, true), top, Qt::AlignBottom, text(section, Qt::DisplayRole));
        painter->setPen(color(Token::text2, palette()));
        line(scaledFont(kCaptionSize), top.translated(0, top.height()), Qt::AlignTop,
            text(section, LayerMapModel::shapeRole));
    }

private:
    QString text(int section, int role) const { return model()->headerData(section, Qt::Vertical, role).toString(); }
};

} // namespace

void paintMapCell(
    QPainter& painter, const QRectF& area, const QPalette& palette, qint64 rank, qint64 highest, bool several)
{
    painter.fillRect(area, color(Token::alt, palette));
    const QColor ink = color(several && rank == highest ? Token::mapHighest : Token::mapRank, palette);
    if (rank == LayerMap::kWhole) {
        painter.fillRect(area, QBrush(color(Token::checkpoint, palette), Qt::BDiagPattern));
    } else if (rank > 0) {
        // Low ranks beside a high one stay visible.
        const double share = static_cast<double>(rank) / static_cast<double>(std::max<qint64>(highest, 1));
        const double height = std::max(3.0, std::min(1.0, share) * area.height());
        painter.fillRect(QRectF(area.left(), area.bottom() - height, area.width(), height), ink);
    } else {
        const double width = std::min(6.0, area.width() * 0.6);
        painter.fillRect(
            QRectF(area.center().x() - width / 2, area.center().y(), width, 1), color(Token::text2, palette));
    }
    painter.setPen(color(Token::line, palette));
    painter.setBrush(Qt::NoBrush);
    if (rank <= 0 || rank < highest)
        painter.drawRect(area.adjusted(0, 0, -1, -1));
}

LayerMapView::LayerMapView(QWidget* parent)
    : QTableView(parent)
{
    setHorizontalHeader(new LayerHeader(this));
    setVerticalHeader(new ModuleHeader(this));
    setItemDelegate(new CellDelegate(this));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectItems);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    if (auto* corner = findChild<QAbstractButton*>()) // it would stand there as a grey box
        corner->setFixedSize(0, 0);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollMode(ScrollPerPixel);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMilliseconds);
    connect(&m_typing, &QTimer::timeout, this, &LayerMapView::commitTyped);
}

void LayerMapView::setMap(LayerMapModel* model)
{
    setModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        fit();
        fitHeight();
    });
    // A rank above the others changes how all are drawn.
    connect(model, &QAbstractItemModel::dataChanged, this, [this] { viewport()->update(); });
    fit();
}

void LayerMapView::fit()
{
    const int u = unit(this);
    verticalHeader()->setDefaultSectionSize(2 * QFontMetrics(scaledFont(kCaptionSize)).lineSpacing() + u);
    const int layers = model() ? model()->columnCount() : 0;
    if (layers == 0)
        return;
    const int width = std::clamp(viewport()->width(), kNarrowest * layers, 10 * u * layers);
    for (int i = 0; i < layers; ++i)
        setColumnWidth(i, (i + 1) * width / layers - i * width / layers);
}

void LayerMapView::fitHeight()
{
    // A row that is cut off, be it by a scroll bar, would not be missed.
    if (model())
        setFixedHeight(sizeHint().height());
}

QSize LayerMapView::sizeHint() const
{
    const int rows = model() ? model()->rowCount() : 0;
    const int layers = model() ? model()->columnCount() : 0;
    const bool scrolls = horizontalHeader()->length() > viewport()->width() && viewport()->width() > 0;
    return {verticalHeader()->sizeHint().width() + layers * 3 * unit(this),
        horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize()
            + (scrolls ? horizontalScrollBar()->sizeHint().height() : 0)};
}

QSize LayerMapView::minimumSizeHint() const { return {60 * unit(this), sizeHint().height()}; }

void LayerMapView::keyPressEvent(QKeyEvent* event)
{
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (plain && event->key() >= Qt::Key_0 && event->key() <= Qt::Key_9) {
        m_typed = std::min(kHighestRank, std::max(m_typed, 0) * 10 + event->key() - Qt::Key_0);
        m_typing.start();
        Q_EMIT rankTyping(m_typed);
        return;
    }
    if (m_typed >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        commitTyped();
        return;
    }
    commitTyped();
    if (plain
        && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Minus)) {
        Q_EMIT rankTyped(0);
        return;
    }
    QTableView::keyPressEvent(event);
}

void LayerMapView::commitTyped()
{
    m_typing.stop();
    if (const int rank = std::exchange(m_typed, -1); rank >= 0)
        Q_EMIT rankTyped(rank);
}

void LayerMapView::focusOutEvent(QFocusEvent* event)
{
    commitTyped();
    QTableView::focusOutEvent(event);
}

void LayerMapView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fit();
    fitHeight();
}

void LayerMapView::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fit();
        fitHeight();
    }
}

void LayerMapView::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    viewport()->update(); // neighbours decide where the outline runs
    Q_EMIT selectionEdited();
}

} // namespace falconer::ui
