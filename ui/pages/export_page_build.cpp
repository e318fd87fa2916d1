// SPDX-License-Identifier: GPL-3.0-or-later
// How the export page is put together; what it does is in export_page.cpp.
#include "ui/pages/export_page.h"

#include "ui/pages/adapter_picker.h"
#include "ui/session/workspace.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/path_field.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/step_list.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/text_labels.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTextOption>
#include <QUrl>

namespace falconer::ui {

void ExportPage::build()
{
    const int u = unit(this);
    m_header = new PageHeader(Rail::name(PageId::exports), this);
    m_state = new Pill(m_header);
    m_header->addState(m_state);
    m_state->hide();
    m_cancel = new QPushButton(icon(QStringLiteral("stop")), tr("Cancel"), m_header);
    m_cancel->setObjectName(QStringLiteral("cancelExport"));
    m_export = new QPushButton(icon(QStringLiteral("export"), Token::onAccent), tr("E&xport adapter"), m_header);
    m_export->setObjectName(QStringLiteral("exportAdapter"));
    setPrimary(m_export);
    m_header->addAction(m_cancel);
    m_header->addAction(m_export);
    m_cancel->hide();

    m_picker = new AdapterPicker(m_workspace, AdapterPicker::Without::notAllowed, this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildForm());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u);
    layout->setSpacing(3 * u);
    layout->addWidget(m_header);
    layout->addWidget(m_picker);
    layout->addWidget(m_stack, 1);
    connectParts();
}

QWidget* ExportPage::buildEmpty()
{
    const int u = unit(this);
    auto* card = new Card({}, this);
    auto* text = new QLabel(
        tr("Choose a run above. A run hands over its adapter when it ends, and keeps checkpoints on the way."), card);
    text->setWordWrap(true);
    text->setProperty("quiet", true);
    auto* runs = new QPushButton(icon(QStringLiteral("runs")), tr("Show runs"), card);
    runs->setObjectName(QStringLiteral("showRuns"));
    auto* recipe = new QPushButton(icon(QStringLiteral("recipe")), tr("Open the recipe"), card);
    runs->setToolTip(tr("The Runs page lists them with their losses (Ctrl+6)"));
    recipe->setToolTip(tr("The Recipe page starts one (Ctrl+4)"));
    connect(runs, &QPushButton::clicked, this, [this] { m_workspace.show(PageId::runs); });
    connect(recipe, &QPushButton::clicked, this, [this] { m_workspace.show(PageId::recipe); });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(2 * u);
    buttons->addWidget(runs);
    buttons->addWidget(recipe);
    buttons->addStretch();
    card->body()->addWidget(makeHeading(tr("Nothing to export yet"), card));
    card->body()->addWidget(text);
    card->body()->addLayout(buttons);
    card->body()->addStretch();
    return card;
}

QWidget* ExportPage::buildForm()
{
    auto* form = new QWidget(this);
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(0, 0, 2 * unit(this), 0); // between the cards and the scroll bar
    layout->setSpacing(3 * unit(this));
    m_trouble = new Strip(form);
    m_trouble->setObjectName(QStringLiteral("trouble"));
    layout->addWidget(m_trouble);
    layout->addWidget(buildWhat());
    layout->addWidget(buildWhere());
    layout->addWidget(buildProgress());
    layout->addWidget(buildSnippets());
    layout->addStretch();
    auto* area = makeScrollArea(form, this);
    return area;
}

Card* ExportPage::buildWhat()
{
    auto* card = new Card(tr("Format"), this);
    m_facts = makeCaption({}, card);
    m_facts->setTextFormat(Qt::PlainText);
    card->addToHeading(m_facts);
    m_peft = new QRadioButton(tr("&PEFT adapter"), card);
    m_peft->setObjectName(QStringLiteral("peft"));
    m_peft->setChecked(true);
    m_peft->setMinimumHeight(7 * unit(this));
    m_peft->setToolTip(tr("A small folder that PEFT and Falconer put on the unchanged base model"));
    m_peft->setAccessibleDescription(m_peft->toolTip());
    m_peft->setWhatsThis(m_peft->toolTip());
    QLabel* later = makeCaption(tr("The folder goes on top of the unchanged base model. Merged weights and GGUF files "
                                   "come with a later version."),
        card);
    later->setWordWrap(true);
    card->body()->addWidget(m_peft);
    card->body()->addWidget(later);
    return card;
}

Card* ExportPage::buildWhere()
{
    const int u = unit(this);
    auto* card = new Card(tr("Where to"), this);
    m_folder = new PathField(card);
    m_folder->setObjectName(QStringLiteral("folder"));
    m_folder->setAccessibleName(tr("Folder"));
    m_folder->setToolTip(tr("The folder that is made; nothing that lies there already is replaced"));
    m_folder->setAccessibleDescription(m_folder->toolTip());
    m_folder->setWhatsThis(m_folder->toolTip());
    auto* label = new QLabel(tr("Fo&lder"), card);
    label->setBuddy(m_folder);
    m_browse = new QPushButton(icon(QStringLiteral("folder")), tr("&Browse…"), card);
    m_browse->setObjectName(QStringLiteral("browse"));
    m_browse->setToolTip(tr("Choose the folder to put it in"));
    m_browse->setAccessibleDescription(m_browse->toolTip());
    m_fault = new FaultLabel(card);
    m_otherName = new QPushButton(card);
    m_otherName->setObjectName(QStringLiteral("otherName"));
    m_otherName->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * u);
    row->addWidget(label);
    row->addWidget(m_folder, 1);
    row->addWidget(m_browse);
    auto* under = new QHBoxLayout;
    under->setSpacing(2 * u);
    under->addWidget(m_fault, 1);
    under->addWidget(m_otherName);
    card->body()->addLayout(row);
    card->body()->addLayout(under);
    return card;
}

Card* ExportPage::buildProgress()
{
    const int u = unit(this);
    m_progressCard = new Card(tr("Proof"), this);
    m_steps = new StepList({tr("Write"), tr("Reload"), tr("Measure again")}, m_progressCard);
    m_progress = new QProgressBar(m_progressCard);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(u + u / 2);
    m_progress->setAccessibleName(tr("Progress of the step"));
    m_progress->hide();
    m_result = new Strip(m_progressCard);
    m_result->setObjectName(QStringLiteral("result"));
    m_open = new QPushButton(icon(QStringLiteral("folder")), tr("Open folder"), m_progressCard);
    m_open->setObjectName(QStringLiteral("openFolder"));
    m_open->setToolTip(tr("Shows the exported folder in the file manager"));
    m_open->hide();
    QLabel* why
        = makeCaption(tr("After writing, the folder is loaded onto the base model and measured on the rows that "
                         "the run validated on. That takes the memory of a model that answers."),
            m_progressCard);
    why->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(2 * u);
    row->addWidget(m_result, 1);
    row->addWidget(m_open, 0, Qt::AlignTop);
    m_progressCard->body()->addWidget(why);
    m_progressCard->body()->addWidget(m_steps);
    m_progressCard->body()->addWidget(m_progress);
    m_progressCard->body()->addLayout(row);
    connect(m_open, &QPushButton::clicked, this,
        [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(m_written.string()))); });
    return m_progressCard;
}

QPlainTextEdit* ExportPage::makeSnippet(Card* card, const QString& name, const QString& object, const QString& caption)
{
    auto* text = new QPlainTextEdit(card);
    text->setObjectName(object);
    text->setReadOnly(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setTabChangesFocus(true);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    text->setAccessibleName(name);
    auto* copy = new QPushButton(icon(QStringLiteral("copy")), tr("Copy"), card);
    copy->setObjectName(object + QStringLiteral("Copy"));
    copy->setAccessibleName(tr("Copy: %1").arg(name));
    copy->setToolTip(copy->accessibleName());
    connect(copy, &QPushButton::clicked, text, [text] { QApplication::clipboard()->setText(text->toPlainText()); });
    auto* row = new QHBoxLayout;
    row->addWidget(makeCaption(caption, card), 1);
    row->addWidget(copy);
    card->body()->addLayout(row);
    card->body()->addWidget(text);
    return text;
}

Card* ExportPage::buildSnippets()
{
    auto* card = new Card(tr("Load it"), this);
    m_python = makeSnippet(card, tr("Python with PEFT"), QStringLiteral("python"),
        tr("Python with PEFT, on the base model as the run held it"));
    m_shell
        = makeSnippet(card, tr("Command line"), QStringLiteral("shell"), tr("Falconer's command line, without Python"));
    m_shell->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_shell->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    return card;
}

void ExportPage::connectParts()
{
    connect(m_picker, &AdapterPicker::changed, this, &ExportPage::onPicked);
    connect(m_folder, &QLineEdit::textChanged, this, [this] {
        m_byHand = m_byHand || !m_suggesting;
        judge();
        updateSnippets();
    });
    connect(m_browse, &QPushButton::clicked, this, &ExportPage::browse);
    connect(m_export, &QPushButton::clicked, this, &ExportPage::start);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        m_cancel->setToolTip(tr("It ends after the piece of work at hand"));
        m_job->cancel();
    });
    connect(m_job, &AdapterExportJob::progressed, this, &ExportPage::onProgress);
    connect(m_job, &AdapterExportJob::finished, this, &ExportPage::onFinished);
}

} // namespace falconer::ui
