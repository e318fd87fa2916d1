// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_view.h"

#include "ui/text/numbers.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QAccessible>
#include <QFontDatabase>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

constexpr double kUnderline = 2;
constexpr double kSeam = 2;

QFont fixedFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(scaledFont(1.0).pointSizeF());
    return font;
}

} // namespace

TokenView::TokenView(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_ruler(fixedFont())
{
    setFrameShape(QFrame::NoFrame);
    setLayoutDirection(Qt::LeftToRight); // tokens stand in the order in which the model reads them
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFont(fixedFont());
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Token microscope"));
}

void TokenView::setRow(LensRow row)
{
    m_row = std::move(row);
    m_current = m_hovered = -1;
    setAccessibleDescription({});
    write();
    verticalScrollBar()->setValue(0);
    Q_EMIT currentChanged(m_current);
}

void TokenView::setMaxLength(std::int64_t maxLength)
{
    if (m_maxLength == maxLength)
        return;
    const std::int64_t first = std::min(m_maxLength, maxLength);
    m_maxLength = maxLength;
    if (first >= static_cast<std::int64_t>(m_row.tokens.size()))
        return;
    layOut();
    // Tokens before the nearer cut stay where they are and what they were.
    const int last = std::min(static_cast<int>(std::min<std::int64_t>(first, kMostTokens)), shownTokens()) - 1;
    const int line = last < 0 ? 0 : m_flow.pieces()[m_flow.firstOf(last)].line;
    const int top = line * lineHeight() - verticalScrollBar()->value();
    viewport()->update(0, top, viewport()->width(), std::max(0, viewport()->height() - top));
}

void TokenView::setShowIds(bool show)
{
    m_ids = show;
    write();
}

void TokenView::setShowBlanks(bool show)
{
    m_blanks = show;
    write();
}

int TokenView::shownTokens() const { return static_cast<int>(std::min<std::size_t>(m_row.tokens.size(), kMostTokens)); }

bool TokenView::isLearned(int token) const
{
    return token > 0 && m_row.tokens[static_cast<std::size_t>(token)].learned;
}

TokenView::Counts TokenView::counts() const
{
    Counts counts;
    for (int i = 0; i < static_cast<int>(m_row.tokens.size()); ++i)
        ++(isCut(i) ? counts.cut : isLearned(i) ? counts.learned : counts.masked);
    return counts;
}

QString TokenView::cutText() const { return tr("cut at %1").arg(countText(m_maxLength)); }

int TokenView::lineHeight() const { return fontMetrics().lineSpacing() + 2 * unit(this); }

void TokenView::write()
{
    const std::span<const LensToken> shown(m_row.tokens.data(), static_cast<std::size_t>(shownTokens()));
    m_written = m_ruler.write(shown, m_blanks, m_ids);
    layOut();
    viewport()->update();
}

void TokenView::layOut()
{
    TokenFlow::Settings settings;
    settings.width = viewport()->width();
    settings.seamWidth = unit(this) + kSeam;
    if (m_maxLength < static_cast<std::int64_t>(m_row.tokens.size())) {
        settings.cut = static_cast<int>(m_maxLength);
        settings.cutWidth = QFontMetricsF(scaledFont(kCaptionSize, true)).horizontalAdvance(cutText()) + 4 * unit(this);
    }
    m_flow = TokenFlow(m_written, m_ruler.metrics(), settings);
    updateScrollBar();
}

void TokenView::updateScrollBar()
{
    const int height = m_flow.lines() * lineHeight();
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(lineHeight());
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
}

QRectF TokenView::rectOf(const TokenPiece& piece) const
{
    const double x = layoutDirection() == Qt::RightToLeft ? viewport()->width() - piece.x - piece.width : piece.x;
    const double y = piece.line * lineHeight() - verticalScrollBar()->value();
    return {x, y + unit(this) / 2.0, piece.width, double(lineHeight() - unit(this))};
}

int TokenView::tokenAt(const QPoint& point) const
{
    const double x = layoutDirection() == Qt::RightToLeft ? viewport()->width() - point.x() : point.x();
    return m_flow.tokenAt((point.y() + verticalScrollBar()->value()) / lineHeight(), x);
}

void TokenView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    const int first = (event->rect().top() + verticalScrollBar()->value()) / lineHeight();
    const int last = (event->rect().bottom() + verticalScrollBar()->value()) / lineHeight();
    const auto& pieces = m_flow.pieces();
    for (std::size_t i = m_flow.firstOn(first); i < pieces.size() && pieces[i].line <= last; ++i)
        paintPiece(painter, pieces[i]);
    paintCut(painter);
    if (m_hovered >= 0)
        outline(painter, m_hovered, QPen(color(Token::text2, palette()), 1));
    if (m_current >= 0)
        outline(painter, m_current, QPen(color(hasFocus() ? Token::focus : Token::text, palette()), 2));
}

void TokenView::outline(QPainter& painter, int token, const QPen& pen) const
{
    const auto& pieces = m_flow.pieces();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    for (std::size_t i = m_flow.firstOf(token); i < pieces.size() && pieces[i].token == token; ++i)
        painter.drawRect(rectOf(pieces[i]).adjusted(0, -1, 0, 1));
}

void TokenView::updateToken(int token)
{
    const auto& pieces = m_flow.pieces();
    for (std::size_t i = m_flow.firstOf(token); token >= 0 && i < pieces.size() && pieces[i].token == token; ++i)
        viewport()->update(rectOf(pieces[i]).adjusted(-2, -3, 2, 3).toAlignedRect());
}

void TokenView::paintPiece(QPainter& painter, const TokenPiece& piece) const
{
    const QRectF rect = rectOf(piece);
    const LensToken& token = m_row.tokens[static_cast<std::size_t>(piece.token)];
    const bool odd = piece.token % 2 != 0;
    const bool cut = isCut(piece.token);
    const bool learned = isLearned(piece.token);
    QFont font = this->font();
    font.setBold(token.special);
    font.setStrikeOut(cut);
    if (cut) {
        painter.fillRect(rect, QBrush(color(Token::errorSoft, palette()), odd ? Qt::BDiagPattern : Qt::FDiagPattern));
    } else if (learned) {
        painter.fillRect(rect, color(odd ? Token::learnedTokenAlt : Token::learnedToken, palette()));
        painter.fillRect(QRectF(rect.left(), rect.bottom() - kUnderline, rect.width(), kUnderline),
            color(Token::training, palette()));
    } else {
        painter.fillRect(rect, color(odd ? Token::maskedTokenAlt : Token::maskedToken, palette()));
    }
    painter.setFont(font);
    painter.setPen(color(learned && !cut ? Token::text : Token::text2, palette()));
    painter.drawText(rect, Qt::AlignCenter | Qt::TextDontClip | Qt::TextForceLeftToRight, piece.text);
    if (token.seam && &piece == &m_flow.pieces()[m_flow.firstOf(piece.token)]) {
        const double gap = (unit(this) + kSeam) / 2.0 + kSeam / 2;
        const double x = layoutDirection() == Qt::RightToLeft ? rect.right() + gap - kSeam : rect.left() - gap;
        painter.fillRect(QRectF(x, rect.top() - 1, kSeam, rect.height() + 2), color(Token::text, palette()));
    }
}

void TokenView::paintCut(QPainter& painter) const
{
    if (m_flow.cutLine() < 0)
        return;
    const QFont font = scaledFont(kCaptionSize, true);
    const double width = QFontMetricsF(font).horizontalAdvance(cutText());
    const TokenPiece mark{0, m_flow.cutLine(), m_flow.cutX() + unit(this), width + 2 * unit(this), {}};
    const QRectF rect = rectOf(mark);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const double x = mirrored ? rect.right() : rect.left();
    painter.setPen(QPen(color(Token::error, palette()), 2, Qt::DashLine));
    painter.drawLine(QPointF(x, rect.top() - 1), QPointF(x, rect.bottom() + 1));
    painter.setFont(font);
    painter.drawText(rect.adjusted(mirrored ? 0 : unit(this), 0, mirrored ? -unit(this) : 0, 0),
        int(Qt::AlignVCenter) | int(mirrored ? Qt::AlignRight : Qt::AlignLeft), cutText());
}

void TokenView::setCurrent(int token)
{
    token = std::clamp(token, -1, shownTokens() - 1);
    // Whoever goes on with the keys does not mean what lies under the mouse.
    setHovered(-1);
    if (m_current == token)
        return;
    updateToken(m_current);
    m_current = token;
    updateToken(m_current);
    setAccessibleDescription(textOf(m_current));
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    Q_EMIT currentChanged(token);
}

void TokenView::setHovered(int token)
{
    if (m_hovered == token)
        return;
    updateToken(m_hovered);
    m_hovered = token;
    updateToken(m_hovered);
    Q_EMIT currentChanged(pointed());
}

QString TokenView::textOf(int token) const
{
    if (token < 0)
        return {};
    const LensToken& meant = m_row.tokens[static_cast<std::size_t>(token)];
    const QString state = isCut(token) ? tr("cut off") : isLearned(token) ? tr("learned") : tr("masked");
    return tr("Token %1 of %2: “%3”, id %4, %5")
        .arg(countText(token + 1), countText(static_cast<qint64>(m_row.tokens.size())), tokenText(meant, true),
            QString::number(meant.id), state);
}

void TokenView::showToken(int token)
{
    setCurrent(token);
    if (m_current < 0)
        return;
    const TokenPiece& piece = m_flow.pieces()[m_flow.firstOf(m_current)];
    const int top = piece.line * lineHeight();
    QScrollBar* bar = verticalScrollBar();
    if (top < bar->value())
        bar->setValue(top);
    else if (top + lineHeight() > bar->value() + viewport()->height())
        bar->setValue(top + lineHeight() - viewport()->height());
}

void TokenView::keyPressEvent(QKeyEvent* event)
{
    const int last = shownTokens() - 1;
    const int lines = std::max(1, viewport()->height() / lineHeight());
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    const auto toLine = [&](int step) {
        if (m_current < 0)
            return showToken(0);
        const TokenPiece& piece = m_flow.pieces()[m_flow.firstOf(m_current)];
        const int line = std::clamp(piece.line + step, 0, std::max(0, m_flow.lines() - 1));
        showToken(m_flow.nearest(line, piece.x + piece.width / 2));
    };
    switch (event->key()) {
    case Qt::Key_Left: showToken(std::max(0, m_current - forward)); break;
    case Qt::Key_Right: showToken(std::clamp(m_current + forward, 0, std::max(0, last))); break;
    case Qt::Key_Up: toLine(-1); break;
    case Qt::Key_Down: toLine(1); break;
    case Qt::Key_PageUp: toLine(-lines); break;
    case Qt::Key_PageDown: toLine(lines); break;
    case Qt::Key_Home: showToken(0); break;
    case Qt::Key_End: showToken(last); break;
    default: QAbstractScrollArea::keyPressEvent(event); return;
    }
    event->accept();
}

void TokenView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    // From the keyboard there must be something to start from.
    if (m_current < 0 && shownTokens() > 0 && event->reason() != Qt::MouseFocusReason)
        setCurrent(0);
}

bool TokenView::viewportEvent(QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseMove: setHovered(tokenAt(static_cast<QMouseEvent*>(event)->pos())); break;
    case QEvent::Leave: setHovered(-1); break;
    case QEvent::MouseButtonPress:
        if (const int token = tokenAt(static_cast<QMouseEvent*>(event)->pos()); token >= 0)
            setCurrent(token);
        break;
    case QEvent::ToolTip: {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), textOf(tokenAt(help->pos())), viewport());
        return true;
    }
    default: break;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TokenView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
    viewport()->update();
}

void TokenView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_ruler = TokenRuler(font());
        write();
    } else if (event->type() == QEvent::LayoutDirectionChange) {
        viewport()->update();
    }
}

QSize TokenView::sizeHint() const { return {100 * unit(this), 3 * lineHeight()}; }

QSize TokenView::minimumSizeHint() const { return {40 * unit(this), 2 * lineHeight()}; }

} // namespace falconer::ui
