// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/file_dialogs.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMenu>

namespace falconer::ui {
namespace {

struct FileDialogs {
    Q_DECLARE_TR_FUNCTIONS(FileDialogs)
};

QFileDialog* makeDialog(QWidget* parent, const QString& title, const QString& folder, QFileDialog::FileMode mode)
{
    auto* dialog = new QFileDialog(parent, title, folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(mode);
    return dialog;
}

} // namespace

QFileDialog* askForFile(QWidget* parent, const QString& title, const QString& filter,
    const std::function<void(const QString& file)>& chosen, const QString& folder)
{
    QFileDialog* dialog = makeDialog(parent, title, folder, QFileDialog::ExistingFile);
    dialog->setNameFilter(filter);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, chosen);
    dialog->open();
    return dialog;
}

QFileDialog* askForFiles(QWidget* parent, const QString& title, const QString& filter,
    const std::function<void(const QStringList& files)>& chosen, const QString& folder)
{
    QFileDialog* dialog = makeDialog(parent, title, folder, QFileDialog::ExistingFiles);
    dialog->setNameFilter(filter);
    QObject::connect(dialog, &QFileDialog::filesSelected, parent, chosen);
    dialog->open();
    return dialog;
}

QFileDialog* askForFolder(QWidget* parent, const QString& title, const std::function<void(const QString& path)>& chosen,
    const QString& folder)
{
    QFileDialog* dialog = makeDialog(parent, title, folder, QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, chosen);
    dialog->open();
    return dialog;
}

QMenu* makeModelMenu(QWidget* parent, const std::function<void(const QString& path)>& chosen)
{
    auto* menu = new QMenu(parent);
    menu->addAction(FileDialogs::tr("Model &folder…"), parent,
        [parent, chosen] { askForFolder(parent, FileDialogs::tr("Choose a model folder"), chosen); });
    menu->addAction(FileDialogs::tr("&GGUF file…"), parent, [parent, chosen] {
        askForFile(parent, FileDialogs::tr("Choose a GGUF file"), FileDialogs::tr("GGUF models (*.gguf)"), chosen);
    });
    return menu;
}

} // namespace falconer::ui
