// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QFileDialog;
class QMenu;
class QWidget;

namespace falconer::ui {

// Dialogs open beside the event loop, never inside one of its own, and go when they are closed. `chosen` is called only
// while `parent` is there; `folder` is where they begin.

QFileDialog* askForFile(QWidget* parent, const QString& title, const QString& filter,
    const std::function<void(const QString& file)>& chosen, const QString& folder = {});
QFileDialog* askForFiles(QWidget* parent, const QString& title, const QString& filter,
    const std::function<void(const QStringList& files)>& chosen, const QString& folder = {});
QFileDialog* askForFolder(QWidget* parent, const QString& title, const std::function<void(const QString& path)>& chosen,
    const QString& folder = {});

/// A model is a folder or a file, and no dialog takes both: a menu that asks for either. `parent` owns it.
QMenu* makeModelMenu(QWidget* parent, const std::function<void(const QString& path)>& chosen);

} // namespace falconer::ui
