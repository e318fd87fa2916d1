// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_path_editors.h"

#include "ui/models/model_list_model.h"
#include "ui/pages/data_files.h"
#include "ui/pages/file_dialogs.h"
#include "ui/pages/recipe_choice_box.h"
#include "ui/session/recipe_draft.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/path_field.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace falconer::ui {
namespace {

QToolButton* makeBrowseButton(const QString& name, const QString& objectName, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(icon(QStringLiteral("folder")));
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setObjectName(objectName);
    button->setMinimumSize(7 * unit(parent), 7 * unit(parent));
    button->setAutoRaise(true);
    return button;
}

} // namespace

PathEditor::PathEditor(const std::string& key, RecipeDraft& draft, QWidget* parent)
    : FieldEditor(key, draft, parent)
    , m_line(new PathField(this))
{
    const bool rows = key == "data.train" || key == "data.validation";
    const QString title = rows    ? tr("Choose a file of rows")
        : key == "lora.init_from" ? tr("Choose an adapter's folder")
                                  : tr("Choose a folder for the run");
    m_line->setPlaceholderText(key == "data.train" ? tr("A file of rows")
            : key == "output"                      ? tr("made for each run")
            : key == "lora.init_from"              ? tr("a new adapter")
                                                   : QString());
    setTarget(m_line, true);
    QToolButton* button = makeBrowseButton(title, QStringLiteral("browse.") + QString::fromStdString(key), this);
    layout()->addWidget(button);
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString& path) {
        m_line->setToolTip(path.isEmpty() ? m_line->whatsThis() : path); // long paths do not fit
        // Not only what is typed: a dropped file becomes its path.
        if (!m_filling && !path.startsWith(QLatin1String("file://")))
            submit(path);
    });
    connect(button, &QToolButton::clicked, this, [this, title, rows] {
        const auto chosen = [this](const QString& path) { m_line->setText(path); };
        if (rows)
            askForFile(this, title, dataFileFilter(), chosen);
        else
            askForFolder(this, title, chosen);
    });
}

void PathEditor::display(const QString& text)
{
    m_filling = true;
    if (m_line->text() != text)
        m_line->setText(text);
    m_filling = false;
}

ModelEditor::ModelEditor(RecipeDraft& draft, const ModelListModel* models, QWidget* parent)
    : FieldEditor("model", draft, parent)
    , m_models(models)
    , m_box(new ChoiceBox(this))
{
    m_box->makeFree();
    m_box->lineEdit()->setPlaceholderText(tr("Folder or .gguf file"));
    setTarget(m_box, true);
    QToolButton* button = makeBrowseButton(tr("Browse for a model"), QStringLiteral("browse.model"), this);
    layout()->addWidget(button);
    QMenu* menu = makeModelMenu(this, [this](const QString& path) { choose(path); });
    connect(button, &QToolButton::clicked, this,
        [button, menu] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
    // Only what the user does: a combo box also rewrites its text when its list is filled anew.
    connect(m_box->lineEdit(), &QLineEdit::textEdited, this,
        [this](const QString& text) { submit(m_models->pathOf(text)); });
    connect(m_box, &QComboBox::activated, this, [this](int row) { submit(m_box->itemData(row).toString()); });
    connect(m_models, &QAbstractItemModel::modelReset, this, &ModelEditor::fill);
    fill();
}

void ModelEditor::choose(const QString& text)
{
    submit(text);
    display(text);
}

void ModelEditor::fill()
{
    const QString typed = m_box->currentText();
    const bool typing = m_box->hasFocus();
    m_box->clear();
    for (int row = 0; row < m_models->rowCount(); ++row) {
        const QModelIndex index = m_models->index(row);
        m_box->addItem(index.data(Qt::DecorationRole).value<QIcon>(), index.data().toString(),
            index.data(ModelListModel::PathRole).toString());
        m_box->setItemData(row, index.data(Qt::ToolTipRole), Qt::ToolTipRole);
    }
    if (typing)
        m_box->setEditText(typed);
    else
        display(QString::fromStdString(draft().recipe().model));
}

void ModelEditor::display(const QString& text)
{
    const int row = m_models->rowOf(m_models->pathOf(text));
    m_box->setCurrentIndex(row);
    m_box->setEditText(row < 0 ? text : m_box->itemText(row));
    m_box->setToolTip(text.isEmpty() ? m_box->whatsThis() : text);
}

TargetsEditor::TargetsEditor(RecipeDraft& draft, const ModelListModel* models, QWidget* parent)
    : FieldEditor("lora.targets", draft, parent)
    , m_models(models)
    , m_box(new ChoiceBox(this))
{
    m_box->makeFree();
    setTarget(m_box, true);
    connect(m_box->lineEdit(), &QLineEdit::textEdited, this, [this](const QString& text) { submit(text); });
    connect(m_box, &QComboBox::activated, this, [this] { submit(m_box->currentText()); });
    connect(m_models, &QAbstractItemModel::modelReset, this, [this] {
        m_offeredFor.clear();
        offer();
    });
    connect(&draft, &RecipeDraft::changed, this, &TargetsEditor::offer);
    offer();
}

void TargetsEditor::offer()
{
    const QString model = m_models->pathOf(QString::fromStdString(draft().recipe().model));
    if (model == m_offeredFor && m_box->count() > 0)
        return;
    m_offeredFor = model;
    const QString text = m_box->currentText();
    m_box->clear();
    m_box->addItem(QStringLiteral("all-linear"));
    if (const int row = m_models->rowOf(model); row >= 0)
        m_box->addItems(m_models->index(row).data(ModelListModel::LinearsRole).toStringList());
    m_box->setEditText(text);
}

void TargetsEditor::display(const QString& text)
{
    m_box->setEditText(text);
    m_box->setToolTip(text.isEmpty() ? m_box->whatsThis() : text);
}

} // namespace falconer::ui
