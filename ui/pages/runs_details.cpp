// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs_details.h"

#include "ui/session/run_library.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/text_labels.h"

#include <QDir>
#include <QFile>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QTextDocument>
#include <QVBoxLayout>
#include <QtConcurrent>

#include <system_error>
#include <utility>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

constexpr int kSaveMilliseconds = 800;
/// A report is a few kilobytes; what is longer is not one of ours.
constexpr std::uintmax_t kMostReportBytes = 2 * 1024 * 1024;

/// Shows the report's words only: a run's folder may come from anywhere, and nothing that it names is opened.
class ReportView : public QTextBrowser {
public:
    using QTextBrowser::QTextBrowser;
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

QStringList splitTags(const QString& text)
{
    QStringList tags;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (const QString tag = part.simplified(); !tag.isEmpty() && !tags.contains(tag))
            tags << tag;
    return tags;
}

QString readReportFile(const fs::path& run)
{
    const fs::path file = run / "report.md";
    std::error_code error;
    if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > kMostReportBytes || error)
        return {};
    QFile report(QString::fromStdString(file.string()));
    return report.open(QIODevice::ReadOnly) ? QString::fromUtf8(report.readAll()) : QString();
}

} // namespace

RunsDetails::RunsDetails(RunLibrary& library, QWidget* parent)
    : QWidget(parent)
    , m_library(library)
    , m_stack(new QStackedWidget(this))
    , m_card(new Card(tr("Details"), this))
    , m_problem(new Strip(this))
    , m_tags(new QLineEdit(this))
    , m_notes(new QPlainTextEdit(this))
    , m_report(new ReportView(this))
{
    const int u = unit(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);

    auto* none = new QLabel(tr("Choose a run to see its settings, notes and report."), this);
    none->setAlignment(Qt::AlignCenter);
    none->setWordWrap(true);
    none->setProperty("quiet", true);
    m_stack->addWidget(none);

    buildFacts(m_card);
    auto* reportCard = new Card(tr("Report"), this);
    reportCard->removePadding();
    m_report->setFrameShape(QFrame::NoFrame);
    m_report->setOpenLinks(false);
    m_report->setAccessibleName(tr("Report of the run"));
    m_report->document()->setDocumentMargin(3 * u);
    reportCard->body()->addWidget(m_report);

    auto* parts = new QSplitter(Qt::Horizontal, this);
    parts->setObjectName(QStringLiteral("runsDetails"));
    parts->setChildrenCollapsible(false);
    parts->setHandleWidth(3 * u);
    parts->addWidget(m_card);
    parts->addWidget(reportCard);
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 1);
    m_stack->addWidget(parts);

    m_save.setSingleShot(true);
    m_save.setInterval(kSaveMilliseconds);
    connect(&m_save, &QTimer::timeout, this, &RunsDetails::flush);
    const auto typed = [this] {
        if (!m_filling)
            m_save.start();
    };
    connect(m_tags, &QLineEdit::textEdited, this, typed);
    connect(m_tags, &QLineEdit::editingFinished, this, &RunsDetails::flush);
    connect(m_notes, &QPlainTextEdit::textChanged, this, typed);
    connect(&m_reading, &QFutureWatcherBase::finished, this, &RunsDetails::takeReport);
}

RunsDetails::~RunsDetails()
{
    m_reading.disconnect(this);
    m_reading.waitForFinished();
}

void RunsDetails::buildFacts(Card* card)
{
    const int u = unit(this);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(3 * u, 3 * u, 3 * u, 3 * u);
    column->setSpacing(2 * u);
    column->addWidget(m_problem);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(3 * u);
    grid->setVerticalSpacing(u);
    grid->setColumnStretch(1, 1);
    const QStringList captions{tr("State"), tr("Model"), tr("Adapter"), tr("Best validation loss"),
        tr("Last training loss"), tr("Trained"), tr("Started"), tr("Folder")};
    for (int i = 0; i < captions.size(); ++i) {
        grid->addWidget(makeCaption(captions[i], this), i, 0);
        auto* value = new ElidedLabel(i == 7 ? Qt::ElideMiddle : Qt::ElideRight, this);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_facts[static_cast<std::size_t>(i)] = value;
        grid->addWidget(value, i, 1);
    }
    column->addLayout(grid);

    auto* tagsLabel = new QLabel(tr("Ta&gs"), this);
    tagsLabel->setBuddy(m_tags);
    m_tags->setPlaceholderText(tr("baseline, lower rate"));
    m_tags->setToolTip(tr("Words to find the run by, with commas between them"));
    m_tags->setAccessibleDescription(m_tags->toolTip());
    column->addWidget(tagsLabel);
    column->addWidget(m_tags);
    auto* notesLabel = new QLabel(tr("&Notes"), this);
    notesLabel->setBuddy(m_notes);
    m_notes->setPlaceholderText(tr("What was tried, and what came of it"));
    m_notes->setToolTip(tr("Kept in the run's folder, saved as you type"));
    m_notes->setAccessibleDescription(m_notes->toolTip());
    m_notes->setTabChangesFocus(true);
    m_notes->setMinimumHeight(16 * u);
    column->addWidget(notesLabel);
    column->addWidget(m_notes, 1);

    auto* scroll = makeCardScrollArea(content, this);
    card->removePadding();
    card->body()->addWidget(scroll);
}

void RunsDetails::show(const std::optional<fs::path>& run)
{
    if (m_run != run) {
        flush();
        m_run = run;
        m_readRun.clear();
        m_report->clear();
    }
    refresh();
}

void RunsDetails::refresh()
{
    const RunRow* run = m_run ? m_library.model()->find(*m_run) : nullptr;
    m_stack->setCurrentIndex(run ? 1 : 0);
    if (!run) {
        m_run.reset();
        m_save.stop();
        return;
    }
    const bool fresh = m_readRun.empty();
    // What is being typed is newer than what is known.
    const bool typing = m_save.isActive() || m_notes->hasFocus() || m_tags->hasFocus();
    fill(*run, fresh || !typing);
    readReport();
}

void RunsDetails::fill(const RunRow& run, bool fields)
{
    m_card->setHeading(run.name);
    const QString dash = QStringLiteral("–");
    const auto orDash = [&](const QString& text) { return text.isEmpty() ? dash : text; };
    const QStringList facts{stateText(run), orDash(run.model),
        run.rank > 0 ? tr("rank %1 · %2 · rate %3").arg(run.rank).arg(run.quantization, recipeNumber(run.learningRate))
                     : dash,
        run.bestLoss && run.bestStep ? tr("%1 at step %2").arg(lossText(*run.bestLoss), countText(*run.bestStep))
                                     : dash,
        run.lastLoss ? lossText(*run.lastLoss) : dash,
        run.seconds ? tr("%n step(s) in %1", nullptr, static_cast<int>(run.steps)).arg(durationText(*run.seconds))
                    : dash,
        run.started.isValid() ? QLocale().toString(run.started.toLocalTime(), QLocale::ShortFormat) : dash,
        QDir::toNativeSeparators(QString::fromStdString(run.path.string()))};
    for (int i = 0; i < facts.size(); ++i)
        m_facts[static_cast<std::size_t>(i)]->setFullText(facts[i]);
    if (run.problem.isEmpty())
        m_problem->clear();
    else
        m_problem->set(run.state == RunRow::State::unreadable ? Strip::Meaning::error : Strip::Meaning::warn,
            run.state == RunRow::State::unreadable ? tr("This run cannot be read whole")
                                                   : tr("Its tags and notes cannot be read"),
            run.problem);
    if (!fields)
        return;
    m_filling = true;
    if (splitTags(m_tags->text()) != run.tags)
        m_tags->setText(run.tags.join(QStringLiteral(", ")));
    if (m_notes->toPlainText() != run.notes)
        m_notes->setPlainText(run.notes);
    m_filling = false;
}

void RunsDetails::flush()
{
    m_save.stop();
    if (m_run && m_library.model()->find(*m_run))
        m_library.setNotes(*m_run, m_notes->toPlainText(), splitTags(m_tags->text()));
}

void RunsDetails::readReport()
{
    if (m_reading.isRunning()) {
        m_readAgain = true; // it may have been written since that one was opened
        return;
    }
    m_readRun = *m_run;
    m_reading.setFuture(QtConcurrent::run([run = *m_run] { return readReportFile(run); }));
}

void RunsDetails::takeReport()
{
    if (!m_run)
        return;
    if (std::exchange(m_readAgain, false) || m_readRun != *m_run) {
        readReport();
        return;
    }
    QString text = m_reading.result();
    if (text.isEmpty())
        text = tr("No report yet. It is written when the run ends.");
    if (m_reportText == text && !m_report->document()->isEmpty())
        return;
    m_reportText = text;
    const int at = m_report->document()->isEmpty() ? 0 : -1;
    m_report->document()->setMarkdown(
        text, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
    if (at == 0)
        m_report->moveCursor(QTextCursor::Start);
}

} // namespace falconer::ui
