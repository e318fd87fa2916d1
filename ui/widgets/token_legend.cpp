// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_legend.h"

#include "ui/text/numbers.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QPainter>

namespace falconer::ui {
namespace {

enum class Look { masked, learned, cut, seam };

/// A piece as TokenView paints it, without text.
class Swatch : public QWidget {
public:
    Swatch(Look look, QWidget* parent)
        : QWidget(parent)
        , m_look(look)
    {
        const int u = unit(this);
        setFixedSize(look == Look::seam ? u : 4 * u, 4 * u);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        switch (m_look) {
        case Look::masked: painter.fillRect(rect(), color(Token::maskedTokenAlt, palette())); break;
        case Look::learned:
            painter.fillRect(rect(), color(Token::learnedTokenAlt, palette()));
            painter.fillRect(QRect(0, height() - 2, width(), 2), color(Token::training, palette()));
            break;
        case Look::cut:
            painter.fillRect(rect(), color(Token::errorSoft, palette()));
            painter.fillRect(rect(), QBrush(color(Token::error, palette()), Qt::BDiagPattern));
            break;
        case Look::seam: painter.fillRect(QRect(0, 0, 2, height()), color(Token::text, palette())); break;
        }
    }

private:
    Look m_look;
};

} // namespace

TokenLegend::TokenLegend(QWidget* parent)
    : QWidget(parent)
{
    const int u = unit(this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(u);
    for (const Look look : {Look::masked, Look::learned, Look::cut, Look::seam}) {
        layout->addWidget(new Swatch(look, this));
        QLabel* label = makeCaption({}, this);
        layout->addWidget(label);
        layout->addSpacing(u);
        if (look == Look::seam)
            label->setText(tr("seam"));
        else
            m_labels[static_cast<std::size_t>(look)] = label;
    }
    setCounts(0, 0, 0);
}

void TokenLegend::setCounts(int masked, int learned, int cut)
{
    m_labels[0]->setText(tr("masked, %1").arg(countText(masked)));
    m_labels[1]->setText(tr("learned, %1").arg(countText(learned)));
    m_labels[2]->setText(tr("cut off, %1").arg(countText(cut)));
    setAccessibleName(text());
}

QString TokenLegend::text() const
{
    QStringList parts;
    for (const QLabel* label : m_labels)
        parts << label->text();
    return parts.join(QStringLiteral(" · "));
}

} // namespace falconer::ui
