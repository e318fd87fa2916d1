// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data_files.h"

#include "core/data/arrow_reader.h"
#include "ui/session/workspace.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace falconer::ui {
namespace {

struct DataFilesText {
    Q_DECLARE_TR_FUNCTIONS(DataFilesText)
};

} // namespace

QString dataFileFilter()
{
    QString patterns = QStringLiteral("*.jsonl *.ndjson *.json *.csv *.tsv *.tab *.txt");
    if (readsArrow())
        patterns += QStringLiteral(" *.parquet *.arrow *.feather");
    return DataFilesText::tr("Data (%1);;All files (*)").arg(patterns);
}

QString dataFileEndings()
{
    return readsArrow() ? QStringLiteral(".jsonl, .json, .csv, .tsv, .txt, .parquet, .arrow")
                        : QStringLiteral(".jsonl, .json, .csv, .tsv, .txt");
}

void openDataFiles(Workspace& workspace, const QStringList& files)
{
    if (files.isEmpty())
        return;
    workspace.useData(files.front());
    workspace.recent().add(RecentItems::Kind::data, files.front());
    workspace.settings().setDataFolder(QFileInfo(files.front()).absolutePath());
    addDataFiles(workspace, files.mid(1));
}

void addDataFiles(Workspace& workspace, const QStringList& files)
{
    if (files.isEmpty())
        return;
    workspace.draft().edit({"data.train"}, DataFilesText::tr("Add data"), [&](Recipe& recipe) {
        for (const QString& file : files)
            recipe.data.train.push_back({file.toStdString(), 1.0});
    });
    for (const QString& file : files)
        workspace.recent().add(RecentItems::Kind::data, file);
}

} // namespace falconer::ui
