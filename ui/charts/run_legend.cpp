// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/run_legend.h"

#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/key_icon.h"
#include "ui/widgets/run_key.h"
#include "ui/widgets/text_labels.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVariant>

#include <algorithm>

namespace falconer::ui {
namespace {

constexpr char kRun[] = "run";
constexpr int kLongestName = 60; ///< units; longer names are cut and stand whole in the tooltip

/// A key and a name, with a ring while it has the focus.
class Entry : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        if (!hasFocus())
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color(Token::focus, palette()), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
};

} // namespace

RunLegend::RunLegend(QWidget* parent)
    : QWidget(parent)
    , m_entries(new FlowLayout(this))
{
    m_entries->setSpacing(unit(this));
    QSizePolicy flowing(QSizePolicy::Preferred, QSizePolicy::Fixed);
    flowing.setHeightForWidth(true);
    setSizePolicy(flowing);
}

void RunLegend::setRuns(const QStringList& names)
{
    // An entry that goes with the focus would say so, of a run that is another one by now.
    int focused = -1;
    while (QLayoutItem* item = m_entries->takeAt(0)) {
        if (item->widget()->hasFocus())
            focused = item->widget()->property(kRun).toInt();
        item->widget()->removeEventFilter(this);
        delete item->widget();
        delete item;
    }
    const int u = unit(this);
    const auto add = [&](QWidget* key, const QString& text) {
        auto* entry = new Entry(this);
        auto* row = new QHBoxLayout(entry);
        row->setContentsMargins(u, 0, u, 0); // for the ring
        row->setSpacing(1.5 * u);
        key->setParent(entry);
        row->addWidget(key);
        auto* label = makeCaption({}, entry);
        const QFontMetrics metrics(label->font());
        label->setText(metrics.elidedText(text, Qt::ElideMiddle, kLongestName * u));
        label->setTextFormat(Qt::PlainText);
        entry->setToolTip(text);
        entry->setMinimumHeight(24);
        row->addWidget(label);
        m_entries->addWidget(entry);
        entry->show();
        return entry;
    };
    for (int run = 0; run < names.size(); ++run) {
        QWidget* entry = add(new RunKey(run), names[run]);
        entry->setProperty(kRun, run);
        entry->setAccessibleName(tr("Run %1").arg(names[run]));
        entry->setFocusPolicy(Qt::TabFocus);
        entry->installEventFilter(this);
        if (run == std::min(focused, static_cast<int>(names.size()) - 1))
            entry->setFocus(Qt::OtherFocusReason);
    }
    if (!names.isEmpty())
        add(new KeyIcon(KeyIcon::Mark::diamond, Token::text2, this), tr("best step"));
    m_entries->invalidate();
    updateGeometry();
}

bool RunLegend::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Enter:
    case QEvent::FocusIn: Q_EMIT highlighted(watched->property(kRun).toInt()); break;
    case QEvent::Leave:
    case QEvent::FocusOut: Q_EMIT highlighted(-1); break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace falconer::ui
