// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/run_legend.h"

#include "ui/theme/style.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/key_icon.h"
#include "ui/widgets/run_key.h"
#include "ui/widgets/text_labels.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVariant>

namespace falconer::ui {
namespace {

constexpr char kRun[] = "run";
constexpr int kLongestName = 60; ///< units; longer names are cut and stand whole in the tooltip

} // namespace

RunLegend::RunLegend(QWidget* parent)
    : QWidget(parent)
    , m_entries(new FlowLayout(this))
{
    m_entries->setSpacing(3 * unit(this));
    QSizePolicy flowing(QSizePolicy::Preferred, QSizePolicy::Fixed);
    flowing.setHeightForWidth(true);
    setSizePolicy(flowing);
}

void RunLegend::setRuns(const QStringList& names)
{
    while (QLayoutItem* item = m_entries->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const int u = unit(this);
    const auto add = [&](QWidget* key, const QString& text) {
        auto* entry = new QWidget(this);
        auto* row = new QHBoxLayout(entry);
        row->setContentsMargins(0, 0, 0, 0);
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
