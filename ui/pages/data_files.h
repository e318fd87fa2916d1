// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace falconer::ui {

class Workspace;

/// What a file dialog offers where rows are asked for: the formats that this build reads, and all files.
QString dataFileFilter();

/// The same formats as their usual endings: ".jsonl, .json, .csv".
QString dataFileEndings();

/// One file becomes the recipe's data, several are mixed with equal weights. The next dialog begins beside the first.
void openDataFiles(Workspace& workspace, const QStringList& files);
/// Mixes files in with those that are there.
void addDataFiles(Workspace& workspace, const QStringList& files);

} // namespace falconer::ui
