// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_key.h"

#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QPainter>

#include <algorithm>

namespace falconer::ui {

RunLook runLook(int run)
{
    constexpr Token kTokens[] = {Token::run1, Token::run2, Token::run3, Token::run4};
    constexpr Qt::PenStyle kDashes[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};
    const int look = std::max(0, run) % 4;
    return {kTokens[look], kDashes[look], std::max(0, run) % 8 < 4 ? 2.0 : 3.0};
}

QPen runPen(int run, const QPalette& palette)
{
    const RunLook look = runLook(run);
    QPen pen(color(look.token, palette), look.width, look.dash);
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

void paintRunKey(QPainter& painter, const QRect& rect, int run, const QPalette& palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(runPen(run, palette));
    const int y = rect.center().y();
    painter.drawLine(rect.left(), y, rect.right(), y);
    painter.restore();
}

RunKey::RunKey(int run, QWidget* parent)
    : QWidget(parent)
    , m_run(run)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize RunKey::sizeHint() const
{
    const int u = unit(this);
    return {6 * u, 3 * u};
}

void RunKey::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintRunKey(painter, rect(), m_run, palette());
}

} // namespace falconer::ui
