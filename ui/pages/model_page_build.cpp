// SPDX-License-Identifier: GPL-3.0-or-later
// How the model page is put together; what it does is in model_page.cpp.
#include "ui/pages/model_page.h"

#include "ui/models/model_list_model.h"
#include "ui/pages/no_match.h"
#include "ui/pages/sort_menu.h"
#include "ui/session/model_finder.h"
#include "ui/session/workspace.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/text_labels.h"

#include <QAction>
#include <QFontDatabase>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace falconer::ui {

QWidget* ModelPage::buildList()
{
    const int u = unit(this);
    auto* card = new Card(tr("On this machine"), this);
    card->removePadding();
    m_filter = new QLineEdit(card);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter the models"));
    m_filter->setToolTip(tr("Shows the models whose name or architecture holds this text (Ctrl+F)"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(40 * u);
    card->addToHeading(m_filter);
    auto* focus = new QAction(this);
    focus->setShortcut(QKeySequence::Find);
    focus->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(focus, &QAction::triggered, m_filter, qOverload<>(&QWidget::setFocus));
    addAction(focus);

    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSourceModel(m_workspace.models());
    m_sorted->setSortRole(ModelListModel::SortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setFilterKeyColumn(-1);
    connect(m_filter, &QLineEdit::textChanged, this, &ModelPage::filter);
    m_table = new TableView(card);
    m_table->setObjectName(QStringLiteral("models"));
    m_table->setAccessibleName(tr("Models"));
    m_table->setModel(m_sorted);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ModelListModel::nameColumn, Qt::AscendingOrder);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(ModelListModel::nameColumn, QHeaderView::Stretch);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ModelPage::showSelected);
    connect(m_table, &QAbstractItemView::activated, this, &ModelPage::useSelected);
    addSortMenu(m_table);
    m_noMatch = new NoMatch(card);
    connect(m_noMatch, &NoMatch::clearRequested, this, [this] {
        m_filter->clear();
        m_filter->setFocus();
    });
    card->body()->addWidget(m_table, 1);
    card->body()->addWidget(m_noMatch, 1);
    return card;
}

QWidget* ModelPage::buildDetails()
{
    const int u = unit(this);
    m_details = new Card(tr("Details"), this);
    auto* content = new QWidget(m_details);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins({});
    column->setSpacing(2 * u);
    m_problem = new QLabel(content);
    m_problem->setWordWrap(true);
    setLook(m_problem, "bad", true);
    m_facts = new QLabel(content);
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_path = new ElidedLabel(Qt::ElideMiddle, content);
    m_path->setFont(scaledFont(kCaptionSize));
    m_path->setProperty("quiet", true);
    m_files = makeCaption({}, content);
    m_files->setObjectName(QStringLiteral("files"));
    m_files->setWordWrap(true);
    m_template = new QPlainTextEdit(content);
    m_template->setObjectName(QStringLiteral("chatTemplate"));
    m_template->setReadOnly(true);
    m_template->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_template->setAccessibleName(tr("Chat template"));
    m_template->setMinimumHeight(24 * u);
    column->addWidget(m_problem);
    column->addWidget(m_facts);
    column->addWidget(m_path);
    column->addWidget(makeHeading(tr("Files"), content));
    column->addWidget(m_files);
    column->addWidget(makeHeading(tr("Chat template"), content));
    column->addWidget(m_template, 1);
    auto* scroll = makeCardScrollArea(content, m_details);
    m_details->body()->addWidget(scroll);
    return m_details;
}

QWidget* ModelPage::buildFolders()
{
    const int u = unit(this);
    auto* card = new Card(tr("Where they are looked for"), this);
    auto* always = makeCaption(tr("Always: the Hugging Face cache and Falconer's own cache. Downloading from the Hub "
                                  "comes with a later version; what other programs downloaded is listed."),
        card);
    always->setWordWrap(true);
    m_folders = new QListWidget(card);
    m_folders->setObjectName(QStringLiteral("folders"));
    m_folders->setAccessibleName(tr("Folders that you added"));
    m_folders->setMaximumHeight(24 * u);
    m_removeFolder = new QPushButton(icon(QStringLiteral("close")), tr("Remove from the &list"), card);
    m_removeFolder->setObjectName(QStringLiteral("removeFolder"));
    connect(m_removeFolder, &QPushButton::clicked, this, [this] {
        if (const QListWidgetItem* item = m_folders->currentItem()) {
            QStringList folders = m_workspace.settings().modelFolders();
            folders.removeAll(item->text());
            m_workspace.settings().setModelFolders(folders);
            m_workspace.finder()->search();
        }
    });
    connect(m_folders, &QListWidget::currentRowChanged, this, &ModelPage::judgeRemove);
    card->body()->addWidget(always);
    card->body()->addWidget(m_folders);
    card->body()->addWidget(m_removeFolder, 0, Qt::AlignLeading);
    return card;
}

} // namespace falconer::ui
