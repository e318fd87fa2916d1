// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/shortcuts_dialog.h"

#include "ui/theme/style.h"
#include "ui/widgets/table_view.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace falconer::ui {
namespace {

/// As the menus write them: "Strg+F" in German.
QString native(std::initializer_list<const char*> keys)
{
    QStringList texts;
    for (const char* each : keys)
        texts << QKeySequence(QLatin1String(each)).toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral(", "));
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const QMenuBar* menus, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* model = new QStandardItemModel(0, 3, this);
    model->setHorizontalHeaderLabels({tr("Keys"), tr("Does"), tr("Where")});
    const auto add = [model](const QString& keys, const QString& what, const QString& where) {
        model->appendRow({new QStandardItem(keys), new QStandardItem(what), new QStandardItem(where)});
    };
    for (const QAction* menu : menus->actions())
        for (const QAction* action : menu->menu()->actions())
            if (!action->shortcut().isEmpty())
                add(action->shortcut().toString(QKeySequence::NativeText),
                    QString(action->text()).remove(QLatin1Char('&')), tr("everywhere"));
    add(native({"F8", "Shift+F8"}), tr("Next and previous fault"), tr("Recipe"));
    add(native({"F1"}), tr("Help for the field"), tr("Recipe"));
    add(tr("Digits, Delete"), tr("Rank of the selected layers, leave them out"), tr("layer map"));
    add(tr("Left, Right, with Shift by ten"), tr("Move the cut-off"), tr("length chart"));
    add(native({"Ctrl+F"}), tr("Filter"), tr("tables and the log"));
    add(native({"Ctrl+C"}), tr("Copy the selected rows"), tr("tables and the log"));
    add(native({"Space"}), tr("Tick the run for the overlay"), tr("Runs"));
    add(native({"Ctrl+Shift+A"}), tr("Tick every run shown"), tr("Runs"));
    add(native({"Delete"}), tr("Move the run to the bin"), tr("Runs"));
    add(native({"Alt+Up", "Alt+Down"}), tr("Move the run earlier or later"), tr("queue"));
    add(native({"Ctrl+Return", "Esc"}), tr("Send, stop answering"), tr("Playground"));
    add(native({"Ctrl+Shift+N"}), tr("New chat"), tr("Playground"));
    add(tr("Arrows, with Shift by ten"), tr("Move the crosshair"), tr("charts"));
    add(QStringLiteral("+ − 0"), tr("Zoom in, out, fit"), tr("charts"));
    add(QStringLiteral("B, L, T"), tr("Best step, log scale, as a table"), tr("charts"));
    auto* table = new TableView(this);
    table->setAccessibleName(windowTitle());
    table->setModel(model);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(table, 1);
    layout->addWidget(buttons);
    resize(130 * unit(this), 130 * unit(this));
}

} // namespace falconer::ui
