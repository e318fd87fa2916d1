// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data_page.h"

#include "core/config/recipe_io.h"
#include "ui/pages/data_drop_card.h"
#include "ui/pages/data_files.h"
#include "ui/pages/data_lengths_card.h"
#include "ui/pages/data_mapping.h"
#include "ui/pages/data_microscope.h"
#include "ui/pages/data_rows_card.h"
#include "ui/pages/file_dialogs.h"
#include "ui/pages/plain_words.h"
#include "ui/session/data_session.h"
#include "ui/session/recipe_text.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/popup_menu.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/scroll_area.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace falconer::ui {
namespace {

QStringList localFiles(const QMimeData* mime)
{
    QStringList files;
    for (const QUrl& url : mime->urls())
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile())
            files << url.toLocalFile();
    return files;
}

/// "~/data/cynic.jsonl"
QString shortPath(QString path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + QLatin1Char('/')) ? QStringLiteral("~") + path.mid(home.size()) : path;
}

} // namespace

DataPage::DataPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_session(new DataSession(this))
    , m_header(new PageHeader(Rail::name(PageId::data), this))
    , m_state(new Pill(this))
    , m_toLookAt(new Pill(this))
    , m_add(new QPushButton(tr("&Add…"), this))
    , m_copy(new QPushButton(tr("Copy as &YAML"), this))
    , m_continue(new QPushButton(tr("&Continue to Recipe"), this))
    , m_recent(new QMenu(this))
    , m_empty(new DropCard(workspace.recent(), this))
    , m_mapping(new DataMapping(workspace, *m_session, this))
    , m_rows(new DataRowsCard(*m_session, this))
    , m_microscope(new DataMicroscope(*m_session, this))
    , m_lengths(new DataLengthsCard(*m_session, this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
{
    setAcceptDrops(true);
    buildHeader();
    buildBody();
    connectParts();
    refresh();
}

DataPage::~DataPage() = default;

void DataPage::buildHeader()
{
    m_header->addState(m_state);
    m_header->addState(m_toLookAt);
    auto* open = new QPushButton(icon(QStringLiteral("folder")), tr("&Open…"), this);
    auto* recent = new QPushButton(tr("Rece&nt"), this);
    open->setToolTip(tr("Opens data files instead of these (Ctrl+O)."));
    recent->setToolTip(tr("Data that was open lately."));
    setPopupMenu(recent, m_recent);
    m_add->setToolTip(tr("Mixes more files in with these."));
    m_copy->setToolTip(tr("Copies the recipe's data section."));
    m_continue->setToolTip(tr("Shows the Recipe page."));
    setPrimary(m_continue);
    for (QPushButton* button : {open, recent, m_add, m_copy, m_continue})
        m_header->addAction(button);
    connect(open, &QPushButton::clicked, this, [this] { ask(false); });
    connect(m_add, &QPushButton::clicked, this, [this] { ask(true); });
    connect(m_copy, &QPushButton::clicked, this, &DataPage::copyAsYaml);
    connect(m_continue, &QPushButton::clicked, this, [this] { m_workspace.show(PageId::recipe); });
    connect(m_recent, &QMenu::aboutToShow, this, &DataPage::fillRecent);
}

void DataPage::buildBody()
{
    const int u = unit(this);
    auto* right = new QSplitter(Qt::Vertical, this);
    right->addWidget(m_microscope);
    right->addWidget(m_lengths);
    right->setStretchFactor(0, 2);
    right->setStretchFactor(1, 3);
    m_rows->setMinimumSize(90 * u, 60 * u);
    m_splitter->addWidget(m_rows);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(0, 4);
    m_splitter->setStretchFactor(1, 5);
    m_splitter->setObjectName(QStringLiteral("dataColumns"));
    m_splitter->installEventFilter(this);
    right->setObjectName(QStringLiteral("dataRight"));
    for (QSplitter* splitter : {m_splitter, right}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(3 * u);
    }
    auto* content = new QWidget(this);
    auto* inner = new QVBoxLayout(content);
    inner->setContentsMargins({});
    inner->setSpacing(3 * u);
    inner->addWidget(m_mapping);
    inner->addWidget(m_splitter, 1);
    inner->addWidget(m_empty, 1);
    auto* scroll = makeScrollArea(content, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u);
    layout->setSpacing(3 * u);
    layout->addWidget(m_header);
    layout->addWidget(scroll, 1);
}

void DataPage::connectParts()
{
    connect(&m_workspace.draft(), &RecipeDraft::changed, this, &DataPage::follow);
    connect(m_session, &DataSession::filesReset, this, &DataPage::refresh);
    connect(m_session, &DataSession::stateChanged, this, &DataPage::refresh);
    connect(m_session, &DataSession::rowsAdded, this, &DataPage::refresh);
    connect(m_session, &DataSession::statsChanged, this, [this] {
        m_lengths->refresh();
        m_rows->refresh();
        refreshFindings();
    });
    connect(m_session, &DataSession::searchChanged, m_rows, &DataRowsCard::refresh);
    connect(m_rows, &DataRowsCard::selected, m_session, &DataSession::look);
    connect(m_microscope, &DataMicroscope::rowRequested, m_rows, &DataRowsCard::select);
    connect(m_lengths, &DataLengthsCard::considered, this, &DataPage::consider);
    connect(m_lengths, &DataLengthsCard::chosen, this, &DataPage::setMaxLength);
    connect(m_lengths, &DataLengthsCard::cutRowsRequested, this, [this] { m_rows->setShow(RowsModel::Show::cut); });
    connect(m_rows->findings(), &DataFindings::chosen, this, &DataPage::act);
    connect(m_empty, &DropCard::openRequested, this, [this] { ask(false); });
    connect(m_empty, &DropCard::fileChosen, this, [this](const QString& file) { openFiles({file}); });
    for (const int direction : {1, -1}) {
        // Only a page that is shown hears its shortcuts.
        auto* fault
            = new QShortcut(direction > 0 ? QKeySequence(Qt::Key_F8) : QKeySequence(Qt::SHIFT | Qt::Key_F8), this);
        connect(fault, &QShortcut::activated, this, [this, direction] { goToFinding(direction); });
    }
}

void DataPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool DataPage::eventFilter(QObject* watched, QEvent* event)
{
    // What stands in the two has become wider or narrower.
    if (watched == m_splitter && event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::eventFilter(watched, event);
}

void DataPage::arrange()
{
    const int both = m_rows->minimumWidth() + m_splitter->widget(1)->minimumSizeHint().width() + 12 * unit(this);
    const auto wanted = roomFor(this) < both ? Qt::Vertical : Qt::Horizontal;
    if (m_splitter->orientation() != wanted)
        m_splitter->setOrientation(wanted);
}

void DataPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    // Files are read when somebody looks.
    m_seen = true;
    follow();
}

void DataPage::follow()
{
    if (!m_seen)
        return;
    const Recipe& recipe = m_workspace.draft().recipe();
    m_session->show(recipe);
    m_rows->setMaxLength(recipe.data.maxLength);
    m_microscope->setMaxLength(recipe.data.maxLength);
    m_lengths->setMaxLength(recipe.data.maxLength);
    refresh();
}

void DataPage::refresh()
{
    const bool any = !m_workspace.draft().recipe().data.train.empty();
    m_mapping->setVisible(any);
    m_splitter->setVisible(any);
    m_empty->setVisible(!any);
    for (QWidget* widget : {m_add, m_copy, m_continue})
        widget->setVisible(any);
    m_mapping->refresh();
    m_rows->refresh();
    m_microscope->refresh();
    m_lengths->refresh();
    refreshFindings();
    tellReadiness();
    refreshHeader();
}

void DataPage::refreshFindings()
{
    m_rows->findings()->setFindings(dataFindings(*m_session, m_workspace.draft().recipe().data));
    const auto& findings = m_rows->findings()->findings();
    const auto count = std::ranges::count_if(findings, [](const DataFinding& finding) {
        return finding.meaning == Strip::Meaning::warn || finding.meaning == Strip::Meaning::error;
    });
    m_toLookAt->set(tr("%n to look at", nullptr, static_cast<int>(count)), Pill::Meaning::warn);
    m_toLookAt->setVisible(count > 0 && m_session->rowCount() > 0);
}

void DataPage::refreshHeader()
{
    const auto& files = m_session->files();
    QStringList facts;
    if (!files.empty()) {
        facts << (files.size() == 1 ? shortPath(toQString(files.front().path))
                                    : toQString(trainText(m_workspace.draft().recipe().data)));
        facts << tr("%n row(s)", nullptr, static_cast<int>(m_session->rowCount()))
                     .replace(QString::number(m_session->rowCount()), countText(m_session->rowCount()));
        qint64 bytes = 0;
        for (const DataFile& file : files)
            bytes += file.bytes;
        facts << QLocale().formattedDataSize(bytes, bytes < 1024 ? 0 : 1);
    }
    m_header->setFacts(facts.join(QStringLiteral(" · ")));
    m_state->setVisible(!files.empty());
    const auto percent = [](double share) { return QString::number(static_cast<int>(share * 100)); };
    const bool unrecognised
        = std::ranges::any_of(files, [](const DataFile& file) { return file.unrecognised.has_value(); });
    if (!m_session->faults().empty())
        m_state->set(tr("Cannot be read"), Pill::Meaning::error);
    else if (m_session->isReading())
        m_state->set(tr("Reading %1 %").arg(percent(m_session->readShare())), Pill::Meaning::info);
    else if (unrecognised)
        m_state->set(tr("Not recognised"), Pill::Meaning::error);
    else if (m_session->isCounting())
        m_state->set(tr("Counting tokens %1 %").arg(percent(m_session->countedShare())), Pill::Meaning::info);
    else if (stopsAtBadRows())
        m_state->set(tr("Training would stop"), Pill::Meaning::error);
    else if (m_session->rowCount() > 0 && m_session->report())
        m_state->set(tr("Ready"), Pill::Meaning::ok);
    else
        m_state->set(m_session->rowCount() > 0 ? tr("Read") : tr("No rows"), Pill::Meaning::quiet);
}

bool DataPage::stopsAtBadRows() const
{
    return m_session->badRows() > 0 && m_workspace.draft().recipe().data.onBadRow == "stop";
}

void DataPage::tellReadiness()
{
    // Start would find the same a moment later, after the model was looked for and half of the rows were read.
    static const std::string kKey = "data.on_bad_row";
    RecipeDraft& draft = m_workspace.draft();
    const bool stops = stopsAtBadRows();
    if (stops == draft.hasObstacle(kKey))
        return;
    if (!stops)
        return draft.setObstacle(kKey, std::nullopt);
    const Fault fault{ErrorCode::dataInvalid, kKey,
        tr("%n row(s) of the data cannot be read, and training would stop there", nullptr,
            static_cast<int>(m_session->badRows()))
            .toStdString(),
        tr("choose skip, or mend them: the Data page lists them").toStdString()};
    draft.setObstacle(kKey, Obstacle{Obstacle::Kind::fault, kKey, {}, fault});
}

void DataPage::consider(qint64 maxLength)
{
    m_rows->setMaxLength(maxLength);
    m_microscope->setMaxLength(maxLength);
}

void DataPage::setMaxLength(qint64 maxLength)
{
    m_workspace.draft().edit(
        {"data.max_length"}, tr("Longest row"), [&](Recipe& recipe) { recipe.data.maxLength = maxLength; });
    follow(); // also where nothing changed, after a drag that came back
}

void DataPage::act(const DataFinding& finding)
{
    const auto onBadRow = [&](const char* value) {
        m_workspace.draft().edit(
            {"data.on_bad_row"}, tr("Bad rows"), [&](Recipe& recipe) { recipe.data.onBadRow = value; });
    };
    switch (finding.action) {
    case DataFinding::Action::none: break;
    case DataFinding::Action::readAgain: m_session->reload(); break;
    case DataFinding::Action::skipBadRows: onBadRow("skip"); break;
    case DataFinding::Action::stopAtBadRows: onBadRow("stop"); break;
    case DataFinding::Action::raiseMaxLength: setMaxLength(finding.maxLength); break;
    case DataFinding::Action::chooseModel: m_workspace.show(PageId::model); break;
    case DataFinding::Action::nextRow: goToNextRow(finding.rows); break;
    }
}

void DataPage::goToFinding(int direction)
{
    const auto& findings = m_rows->findings()->findings();
    const int count = static_cast<int>(findings.size());
    if (count == 0)
        return;
    m_finding = m_finding < 0 || m_finding >= count ? (direction > 0 ? 0 : count - 1)
                                                    : (m_finding + direction + count) % count;
    const DataFinding finding = findings[static_cast<std::size_t>(m_finding)];
    if (finding.show)
        m_rows->setShow(*finding.show);
    else
        goToNextRow(finding.rows);
    m_rows->findings()->goTo(m_finding);
}

void DataPage::goToNextRow(const std::vector<qint64>& rows)
{
    if (rows.empty())
        return;
    const auto next = std::upper_bound(rows.begin(), rows.end(), m_session->lookResult().row);
    m_rows->select(next == rows.end() ? rows.front() : *next);
}

void DataPage::openFiles(const QStringList& files)
{
    if (files.isEmpty())
        return;
    m_rows->setShow(RowsModel::Show::all);
    openDataFiles(m_workspace, files);
}

void DataPage::addFiles(const QStringList& files) { addDataFiles(m_workspace, files); }

void DataPage::ask(bool add)
{
    askForFiles(
        this, add ? tr("Add data") : tr("Open data"), dataFileFilter(),
        [this, add](const QStringList& files) { add ? addFiles(files) : openFiles(files); },
        m_workspace.settings().dataFolder());
}

void DataPage::fillRecent()
{
    m_recent->clear();
    for (const RecentItems::Item& item : m_workspace.recent().items())
        if (item.kind == RecentItems::Kind::data)
            m_recent->addAction(
                plainWords(shortPath(item.path)), this, [this, path = item.path] { openFiles({path}); });
    if (m_recent->isEmpty())
        m_recent->addAction(tr("Nothing yet"))->setEnabled(false);
}

void DataPage::copyAsYaml()
{
    // The section with its own indentation, ready to be pasted into a recipe.
    QStringList section;
    bool inside = false;
    for (const QString& line : toQString(writeRecipe(m_workspace.draft().recipe())).split(QLatin1Char('\n'))) {
        const bool top = !line.isEmpty() && !line.startsWith(QLatin1Char(' ')) && !line.startsWith(QLatin1Char('-'));
        if (top)
            inside = line.startsWith(QLatin1String("data:"));
        if (inside)
            section << line;
    }
    QApplication::clipboard()->setText(section.join(QLatin1Char('\n')).trimmed() + QLatin1Char('\n'));
}

void DataPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void DataPage::dropEvent(QDropEvent* event)
{
    openFiles(localFiles(event->mimeData()));
    event->acceptProposedAction();
}

} // namespace falconer::ui
