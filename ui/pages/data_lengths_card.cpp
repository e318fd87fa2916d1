// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data_lengths_card.h"

#include "ui/pages/chart_table.h"
#include "ui/session/data_session.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/length_chart.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace falconer::ui {

DataLengthsCard::DataLengthsCard(DataSession& session, QWidget* parent)
    : Card(tr("Row length"), parent)
    , m_session(session)
    , m_facts(new ElidedLabel(Qt::ElideRight, this))
    , m_box(new QSpinBox(this))
    , m_chart(new LengthChart(this))
    , m_table(new ChartTable(m_chart, tr("Row length"), this))
    , m_verdict(makeHeading({}, this))
    , m_hint(makeCaption({}, this))
    , m_showRows(new QPushButton(tr("&Show them"), this))
    , m_keepAll(new QPushButton(this))
{
    const int u = unit(this);
    m_facts->setFont(scaledFont(kCaptionSize));
    m_facts->setProperty("quiet", true);
    auto* label = makeCaption(QStringLiteral("ma&x_length"), this);
    label->setBuddy(m_box);
    m_box->setRange(2, 1 << 20);
    m_box->setKeyboardTracking(false);
    m_box->setAccessibleName(QStringLiteral("max_length"));
    m_box->setAccessibleDescription(fieldHelp("data.max_length"));
    m_box->setToolTip(fieldHelp("data.max_length"));
    m_box->setWhatsThis(fieldHelp("data.max_length"));
    addToHeading(label);
    addToHeading(m_box);
    addToHeading(m_table->button());
    for (QLabel* each : {m_verdict, m_hint}) {
        each->setWordWrap(true);
        each->setTextFormat(Qt::PlainText);
    }
    m_showRows->setToolTip(tr("Lists the rows that are cut."));
    body()->setContentsMargins(3 * u, u, 3 * u, 2 * u);
    body()->setSpacing(u);
    body()->addWidget(m_facts);
    body()->addWidget(m_chart, 1);
    body()->addWidget(m_table);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_verdict);
    words->addWidget(m_hint);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(2 * u);
    bottom->addLayout(words, 1);
    bottom->addWidget(m_showRows);
    bottom->addWidget(m_keepAll);
    body()->addLayout(bottom);

    connect(m_box, &QSpinBox::valueChanged, this, &DataLengthsCard::chosen);
    connect(m_chart, &LengthChart::cutDragged, this, [this](qint64 tokens) {
        show(tokens);
        Q_EMIT considered(tokens);
    });
    connect(m_chart, &LengthChart::cutChosen, this, &DataLengthsCard::chosen);
    connect(m_chart, &LengthChart::dragCancelled, this, [this] {
        show(m_maxLength);
        Q_EMIT considered(m_maxLength);
    });
    connect(m_showRows, &QPushButton::clicked, this, &DataLengthsCard::cutRowsRequested);
    connect(m_keepAll, &QPushButton::clicked, this, [this] { Q_EMIT chosen(m_session.stats()->histogram().longest); });
    refresh();
}

QString DataLengthsCard::verdict() const { return m_verdict->text(); }

QString DataLengthsCard::facts() const { return m_facts->fullText(); }

void DataLengthsCard::setMaxLength(std::int64_t maxLength)
{
    m_maxLength = maxLength;
    show(maxLength);
}

void DataLengthsCard::refresh()
{
    m_chart->setStats(m_session.stats());
    fillTable();
    show(m_maxLength);
}

void DataLengthsCard::fillTable()
{
    const LengthHistogram& lengths = m_session.stats()->histogram();
    QList<QStringList> rows;
    for (std::size_t i = 0; i < lengths.counts.size(); ++i)
        rows << QStringList{tr("%1 to %2").arg(countText(lengths.edges[i]), countText(lengths.edges[i + 1] - 1)),
            countText(lengths.counts[i])};
    m_table->setNumbers({tr("Tokens in a row"), tr("Rows")}, rows);
}

void DataLengthsCard::show(std::int64_t maxLength)
{
    const QSignalBlocker blocker(m_box);
    m_box->setValue(static_cast<int>(maxLength));
    m_chart->setCut(maxLength);
    const LengthStats& stats = *m_session.stats();
    const LengthHistogram& lengths = stats.histogram();
    const bool any = stats.rows() > 0;
    const qint64 longest = m_session.longestRow();
    m_facts->setFullText(any
            ? tr("%1 tokens · median %2 · 95th percentile %3 · longest %4 (row %5)")
                  .arg(countText(stats.tokens()), countText(lengths.median), countText(lengths.percentile95),
                      countText(lengths.longest), countText(longest + 1))
            : QString());
    const qint64 cut = stats.cutAt(maxLength);
    const qint64 masked = stats.maskedAt(maxLength);
    m_showRows->setVisible(any && cut > 0);
    m_keepAll->setVisible(any && cut > 0);
    m_keepAll->setText(tr("Use %1").arg(countText(lengths.longest)));
    m_keepAll->setToolTip(tr("Sets max_length so that no row is cut."));
    if (!any) {
        m_verdict->setText(m_session.isCounting() ? tr("Counting tokens") : QString());
        m_hint->setText(
            m_session.hasModel() || m_session.rowCount() == 0 ? QString() : tr("Choose a model to see lengths."));
        return;
    }
    const QString share
        = QLocale().toString(100.0 * static_cast<double>(cut) / static_cast<double>(stats.rows()), 'f', 1);
    const QString maskedText = masked == 0 ? tr("none is masked fully") : tr("%1 masked fully").arg(countText(masked));
    m_verdict->setText(cut == 0
            ? tr("No row is cut; %1.").arg(maskedText)
            : tr("%1 of %2 rows are cut (%3 %); %4.").arg(countText(cut), countText(stats.rows()), share, maskedText));
    setLook(m_verdict, "bad", masked > 0);
    if (cut > 0)
        m_hint->setText(
            tr("%1 keeps every row whole; memory grows with the longest row.").arg(countText(lengths.longest)));
    else if (maxLength > lengths.longest)
        m_hint->setText(
            tr("The longest row has %1 tokens; a larger limit costs nothing.").arg(countText(lengths.longest)));
    else
        m_hint->clear();
}

} // namespace falconer::ui
