// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rail.h"

#include "ui/theme/icons.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

#include <QButtonGroup>
#include <QEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace falconer::ui {
namespace {

constexpr std::array kIcons{"home", "model", "data", "recipe", "train", "runs", "playground", "export", "settings"};

QString keys(PageId page)
{
    return page == PageId::settings ? QStringLiteral("Ctrl+,")
                                    : QStringLiteral("Ctrl+%1").arg(static_cast<int>(page) + 1);
}

} // namespace

/// An entry of the rail: the style's own tool buttons have no accent edge and no mark.
class Rail::Button : public QToolButton {
public:
    Button(PageId page, QWidget* parent)
        : QToolButton(parent)
        , m_page(page)
    {
        setCheckable(true);
        setAutoRaise(true);
        setText(Rail::name(page));
        setAccessibleName(Rail::name(page));
        setIcon(ui::icon(QString::fromLatin1(kIcons[static_cast<std::size_t>(page)])));
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setNarrow(false);
    }

    void setNarrow(bool narrow)
    {
        m_narrow = narrow;
        updateToolTip();
        update();
    }

    void setAlert(const QString& why)
    {
        m_alert = why;
        setAccessibleDescription(why);
        updateToolTip();
        update();
    }

    QSize sizeHint() const override { return {9 * unit(this), 8 * unit(this) + unit(this) / 2}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const int u = unit(this);
        QPainter painter(this);
        const QPalette& look = palette();
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        if (isChecked() || isDown() || underMouse())
            painter.fillRect(rect(), color(isChecked() || isDown() ? Token::accentSoft : Token::hover, look));
        if (isChecked())
            painter.fillRect(
                mirrored ? QRect(width() - 3, 0, 3, height()) : QRect(0, 0, 3, height()), color(Token::accent, look));
        const QRect place = QStyle::visualRect(layoutDirection(), rect(), iconPlace());
        const QRect words = QStyle::visualRect(layoutDirection(), rect(), wordsPlace());
        const QIcon drawn = ui::icon(
            QString::fromLatin1(kIcons[static_cast<std::size_t>(m_page)]), isChecked() ? Token::link : Token::text2);
        drawn.paint(&painter, place);
        if (!m_narrow) {
            painter.setFont(isChecked() ? chosenFont() : font());
            painter.setPen(color(Token::text, look));
            painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
        }
        if (!m_alert.isEmpty()) {
            const int mark = m_narrow ? 3 * u : 4 * u;
            const int x = m_narrow ? width() - mark - u : width() - mark - 2 * u;
            ui::icon(QStringLiteral("alert"), Token::error)
                .paint(&painter,
                    QRect(mirrored ? width() - x - mark : x, m_narrow ? u : (height() - mark) / 2, mark, mark));
        }
        if (hasFocus()) {
            painter.setPen(QPen(color(Token::focus, look), 2));
            painter.drawRect(rect().adjusted(1, 1, -1, -1));
        }
    }

    void resizeEvent(QResizeEvent* event) override
    {
        QToolButton::resizeEvent(event);
        updateToolTip();
    }

    void changeEvent(QEvent* event) override
    {
        QToolButton::changeEvent(event);
        if (event->type() == QEvent::FontChange)
            updateToolTip();
    }

private:
    /// In a layout from left to right.
    QRect iconPlace() const
    {
        const int side = 4 * unit(this);
        return {m_narrow ? (width() - side) / 2 : 3 * unit(this), (height() - side) / 2, side, side};
    }

    QRect wordsPlace() const { return rect().adjusted(iconPlace().right() + 3 * unit(this), 0, -2 * unit(this), 0); }

    QFont chosenFont() const
    {
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        return bold;
    }

    void updateToolTip()
    {
        // A name that is cut, when the page is chosen if not before, stands whole here.
        const bool cut = m_narrow || QFontMetrics(chosenFont()).horizontalAdvance(text()) > wordsPlace().width();
        QString tip = cut ? tr("%1 (%2)").arg(text(), keys(m_page)) : keys(m_page);
        if (!m_alert.isEmpty())
            tip += QLatin1Char('\n') + m_alert;
        setToolTip(tip);
    }

    PageId m_page;
    bool m_narrow = false;
    QString m_alert;
};

Rail::Rail(QWidget* parent)
    : QFrame(parent)
    , m_group(new QButtonGroup(this))
{
    setObjectName(QStringLiteral("rail"));
    setAccessibleName(tr("Pages"));
    const int u = unit(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * u, 2 * u, 2 * u, 2 * u);
    layout->setSpacing(0);
    for (int i = 0; i < kPageCount; ++i) {
        const auto page = static_cast<PageId>(i);
        if (page == PageId::settings)
            layout->addStretch();
        auto* button = new Button(page, this);
        button->setObjectName(QStringLiteral("rail%1").arg(i));
        m_buttons[static_cast<std::size_t>(i)] = button;
        m_group->addButton(button, i);
        layout->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, page] { Q_EMIT chosen(page); });
    }
    setNarrow(false);
    setLook(this, "mirrored", isRightToLeft());
}

void Rail::setCurrent(PageId page) { button(page)->setChecked(true); }

void Rail::setNarrow(bool narrow)
{
    m_narrow = narrow;
    const int u = unit(this);
    // As wide as its longest name when that is chosen, within reason; icon and margins want 16 units.
    QFont chosen = font();
    chosen.setWeight(QFont::DemiBold);
    int words = 0;
    for (int i = 0; i < kPageCount; ++i)
        words = std::max(words, QFontMetrics(chosen).horizontalAdvance(name(static_cast<PageId>(i))));
    setFixedWidth(narrow ? 13 * u : std::clamp(words + 16 * u, 37 * u, 40 * u));
    for (Button* each : m_buttons)
        each->setNarrow(narrow);
}

void Rail::setAlert(PageId page, const QString& why) { m_buttons[static_cast<std::size_t>(page)]->setAlert(why); }

QToolButton* Rail::button(PageId page) const { return m_buttons[static_cast<std::size_t>(page)]; }

void Rail::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        setLook(this, "mirrored", isRightToLeft());
}

QString Rail::name(PageId page)
{
    switch (page) {
    case PageId::home: return tr("Home");
    case PageId::model: return tr("Model");
    case PageId::data: return tr("Data");
    case PageId::recipe: return tr("Recipe");
    case PageId::train: return tr("Train");
    case PageId::runs: return tr("Runs");
    case PageId::playground: return tr("Playground");
    case PageId::exports: return tr("Export");
    case PageId::settings: break;
    }
    return tr("Settings");
}

} // namespace falconer::ui
