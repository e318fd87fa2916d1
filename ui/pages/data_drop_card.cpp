// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data_drop_card.h"

#include "core/data/arrow_reader.h"
#include "ui/pages/plain_words.h"
#include "ui/session/recent_items.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_labels.h"

#include <QFileInfo>
#include <QPushButton>
#include <QVBoxLayout>

namespace falconer::ui {
namespace {

constexpr int kShownRecent = 5;

} // namespace

DropCard::DropCard(RecentItems& recent, QWidget* parent)
    : Card({}, parent)
    , m_items(recent)
    , m_recent(new QVBoxLayout)
{
    const int u = unit(this);
    setAccessibleName(tr("No data yet"));
    auto* heading = makeHeading(tr("Drop a data file here"), this);
    heading->setFont(scaledFont(kTitleSize, true));
    auto* formats = makeCaption(readsArrow()
            ? tr("JSON Lines, JSON, CSV, TSV, text, Parquet and Arrow are read. Several files are mixed.")
            : tr("JSON Lines, JSON, CSV, TSV and text are read. Several files are mixed."),
        this);
    auto* rows = makeCaption(
        tr("Rows may have the columns prompt and completion, instruction, input and output, messages, conversations or "
           "text; other names can be mapped."),
        this);
    auto* open = new QPushButton(icon(QStringLiteral("folder"), Token::onAccent), tr("O&pen data…"), this);
    setPrimary(open);
    open->setToolTip(tr("Chooses one or more files."));
    auto* drop = new IconLabel(QStringLiteral("drop"), Token::text2, this);
    body()->addStretch(1);
    body()->addWidget(drop, 0, Qt::AlignHCenter);
    for (QLabel* label : {heading, formats, rows}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
        body()->addWidget(label);
    }
    body()->addSpacing(2 * u);
    body()->addWidget(open, 0, Qt::AlignHCenter);
    body()->addSpacing(2 * u);
    body()->addLayout(m_recent);
    body()->addStretch(2);
    connect(open, &QPushButton::clicked, this, &DropCard::openRequested);
    connect(&m_items, &RecentItems::changed, this, &DropCard::fillRecent);
    fillRecent();
}

void DropCard::fillRecent()
{
    while (QLayoutItem* item = m_recent->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    int shown = 0;
    for (const RecentItems::Item& item : m_items.items()) {
        if (item.kind != RecentItems::Kind::data || shown == kShownRecent)
            continue;
        if (shown++ == 0)
            m_recent->addWidget(makeCaption(tr("Open lately"), this), 0, Qt::AlignHCenter);
        const QString name
            = fontMetrics().elidedText(QFileInfo(item.path).fileName(), Qt::ElideMiddle, 80 * unit(this));
        auto* button = new QPushButton(plainWords(name), this);
        button->setToolTip(item.path);
        button->setAccessibleDescription(item.path);
        connect(button, &QPushButton::clicked, this, [this, path = item.path] { Q_EMIT fileChosen(path); });
        m_recent->addWidget(button, 0, Qt::AlignHCenter);
    }
}

} // namespace falconer::ui
