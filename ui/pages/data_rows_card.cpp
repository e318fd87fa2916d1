// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data_rows_card.h"

#include "ui/session/data_session.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/text_labels.h"

#include <QAction>
#include <QHeaderView>
#include <QLineEdit>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalBlocker>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace falconer::ui {
namespace {

using Show = RowsModel::Show;
constexpr int kSearchDelay = 200; // ms: a search reads the whole file, so it waits for the end of a word

} // namespace

DataRowsCard::DataRowsCard(DataSession& session, QWidget* parent)
    : Card({}, parent)
    , m_session(session)
    , m_model(new RowsModel(session, this))
    , m_tabs(new QTabBar(this))
    , m_filter(new QLineEdit(this))
    , m_findings(new DataFindings(this))
    , m_table(new TableView(this))
    , m_empty(makeCaption({}, this))
{
    setAccessibleName(tr("Rows"));
    removePadding();
    const int u = unit(this);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Which rows are listed"));
    for (int i = 0; i < 4; ++i)
        m_tabs->addTab({});
    m_filter->setPlaceholderText(tr("Filter rows"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("search"), Token::text2), QLineEdit::LeadingPosition);
    m_filter->setAccessibleName(tr("Filter rows"));
    m_filter->setToolTip(tr("Lists the rows whose text contains this (Ctrl+F)."));
    auto* bar = new QWidget(this);
    auto* top = new QHBoxLayout(bar);
    top->setContentsMargins(2 * u, u, 2 * u, u);
    top->setSpacing(2 * u);
    top->addWidget(m_tabs);
    top->addWidget(m_filter, 1);
    body()->addWidget(bar);
    body()->addWidget(m_findings);
    buildTable();
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(3 * u, 6 * u, 3 * u, 6 * u);
    body()->addWidget(m_table, 1);
    body()->addWidget(m_empty, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_findings->setAll(static_cast<Show>(tab) == Show::problems);
        m_model->setShow(static_cast<Show>(tab));
        refresh();
    });
    auto* delay = new QTimer(this);
    delay->setSingleShot(true);
    delay->setInterval(kSearchDelay);
    connect(m_filter, &QLineEdit::textChanged, delay, qOverload<>(&QTimer::start));
    connect(delay, &QTimer::timeout, this, [this] { m_session.search(m_filter->text()); });
    connect(m_findings, &DataFindings::showRequested, this, &DataRowsCard::setShow);
    connect(m_findings, &DataFindings::allRequested, this, [this] { setShow(Show::problems); });
    auto* find = new QShortcut(QKeySequence::Find, parent ? parent : this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    refresh();
}

void DataRowsCard::buildTable()
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Rows"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(RowsModel::promptColumn, QHeaderView::Stretch);
    header->setSectionResizeMode(RowsModel::completionColumn, QHeaderView::Stretch);
    // Never by the contents, which would be read for it.
    const QFontMetrics metrics(font());
    const int pad = 4 * unit(this);
    m_table->setColumnWidth(RowsModel::rowColumn, metrics.horizontalAdvance(QStringLiteral("000 000")) + pad);
    m_table->setColumnWidth(RowsModel::tokensColumn,
        std::max(metrics.horizontalAdvance(tr("Tokens")), metrics.horizontalAdvance(QStringLiteral("00 000"))) + pad);
    m_table->setColumnWidth(RowsModel::noteColumn, metrics.horizontalAdvance(tr("validation")) + 5 * unit(this) + pad);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (!now.isValid())
            return;
        m_number = m_model->numberAt(now.row());
        Q_EMIT selected(m_number);
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        restoreSelection();
        refresh();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_table->currentIndex().isValid())
            restoreSelection();
        refresh();
    });
}

void DataRowsCard::restoreSelection()
{
    int line = m_model->lineOf(m_number);
    if (line < 0 && m_model->rowCount() > 0 && (m_number < 0 || m_session.searchText().isEmpty()))
        line = 0;
    if (line < 0 || line >= m_model->rowCount())
        return;
    m_table->setCurrentIndex(m_model->index(line, RowsModel::completionColumn));
    m_table->scrollTo(m_model->index(line, RowsModel::completionColumn));
}

void DataRowsCard::setMaxLength(std::int64_t maxLength)
{
    m_maxLength = maxLength;
    m_model->setMaxLength(maxLength);
    refresh();
}

void DataRowsCard::setShow(Show show) { m_tabs->setCurrentIndex(static_cast<int>(show)); }

void DataRowsCard::select(qint64 number)
{
    if (number < 0 || number >= m_session.rowCount())
        return;
    if (m_model->lineOf(number) < 0) {
        m_filter->clear();
        m_session.search({});
        setShow(Show::all);
        m_model->filter();
    }
    const int line = m_model->lineOf(number);
    if (line < 0)
        return;
    const QModelIndex index = m_model->index(line, RowsModel::completionColumn);
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
}

void DataRowsCard::refresh()
{
    const LengthStats& stats = *m_session.stats();
    const SurveyReport* report = m_session.report();
    const qint64 bad = report ? report->report.badRows : m_session.badRows();
    const qint64 problems = bad + stats.maskedAt(m_maxLength) + (report ? report->report.overlap : 0);
    m_tabs->setTabText(int(Show::all), tr("Rows %1").arg(countText(m_session.rowCount())));
    m_tabs->setTabText(int(Show::validation),
        m_session.sidesKnown() ? tr("Validation %1").arg(countText(m_session.heldRows())) : tr("Validation"));
    m_tabs->setTabText(
        int(Show::cut), stats.rows() > 0 ? tr("Cut %1").arg(countText(stats.cutAt(m_maxLength))) : tr("Cut"));
    m_tabs->setTabText(int(Show::problems), problems > 0 ? tr("Problems %1").arg(countText(problems)) : tr("Problems"));
    const bool text = !m_session.files().empty() && m_session.files().front().format == RowFormat::text;
    const bool one = text || (!m_session.files().empty() && !m_session.files().front().format);
    m_table->setColumnHidden(RowsModel::promptColumn, one);
    const bool empty = m_model->rowCount() == 0;
    m_table->setVisible(!empty);
    m_empty->setVisible(empty);
    if (!empty)
        return;
    if (m_session.isReading() && m_session.rowCount() == 0)
        m_empty->setText(tr("Reading the file"));
    else if (m_session.isSearching())
        m_empty->setText(tr("Looking for “%1”").arg(m_session.searchText()));
    else if (!m_session.searchText().isEmpty())
        m_empty->setText(tr("No row contains “%1”.").arg(m_session.searchText()));
    else if (!m_session.files().empty() && m_session.files().front().unrecognised && m_session.rowCount() > 0)
        m_empty->setText(tr("Problems can be told once the columns are mapped."));
    else if (m_model->show() == Show::problems)
        m_empty->setText(m_session.isCounting() ? tr("No problem so far.") : tr("No row has a problem."));
    else if (m_model->show() == Show::cut)
        m_empty->setText(stats.rows() > 0 ? tr("No row is cut.") : tr("Choose a model to see which rows are cut."));
    else if (m_model->show() == Show::validation)
        m_empty->setText(m_session.sidesKnown() ? tr("No row is held back for validation.")
                : m_session.hasModel()          ? tr("The split is chosen when all rows are counted.")
                                                : tr("Choose a model to see which rows are held back."));
    else
        m_empty->setText(tr("The file has no rows."));
}

} // namespace falconer::ui
