// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_list_model.h"

#include "ui/session/model_fit.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"

#include <QDir>
#include <QIcon>
#include <QSet>

#include <algorithm>

namespace falconer::ui {

void ModelListModel::setEntries(std::vector<ModelEntry> entries)
{
    // A name must lead to one path: the later of two namesakes shows where it lies.
    QSet<QString> names;
    for (ModelEntry& entry : entries) {
        if (names.contains(entry.name))
            entry.name = QStringLiteral("%1 (%2)").arg(entry.name, entry.path);
        names.insert(entry.name);
    }
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

QString modelPath(const std::vector<ModelEntry>& entries, const QString& text)
{
    const QString wanted = text.trimmed();
    if (wanted.isEmpty())
        return wanted;
    for (const ModelEntry& entry : entries)
        if (entry.name == wanted)
            return entry.path;
    // A Hub id may be given by its last part; two that end alike are not guessed between.
    const auto ends = [&](const ModelEntry& entry) { return entry.name.endsWith(QLatin1Char('/') + wanted); };
    const auto found = std::find_if(entries.begin(), entries.end(), ends);
    const bool unique = found != entries.end() && std::none_of(std::next(found), entries.end(), ends);
    return unique ? found->path : wanted;
}

int ModelListModel::rowOf(const QString& path) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
        [clean = QDir::cleanPath(path)](const ModelEntry& entry) { return QDir::cleanPath(entry.path) == clean; });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

int ModelListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int ModelListModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

void ModelListModel::setMemory(qint64 bytes)
{
    m_memory = bytes;
    if (!m_entries.empty())
        Q_EMIT dataChanged(index(0, fitColumn), index(rowCount() - 1, fitColumn));
}

QString ModelListModel::text(const ModelEntry& entry, int column) const
{
    switch (column) {
    case nameColumn: return entry.name;
    case architectureColumn: return entry.architecture;
    case parametersColumn: return entry.parameters > 0 ? parametersText(entry.parameters) : QString();
    case sizeColumn: return gibText(entry.bytes, 1);
    default: return entry.problem.isEmpty() ? fitText(modelFit(entry.parameters, m_memory)) : tr("Cannot be used");
    }
}

QVariant ModelListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ModelEntry& entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole: return text(entry, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == parametersColumn || index.column() == sizeColumn
            ? QVariant(Qt::AlignTrailing | Qt::AlignVCenter)
            : QVariant();
    case SortRole:
        switch (index.column()) {
        case parametersColumn: return entry.parameters;
        case sizeColumn: return entry.bytes;
        default: return text(entry, index.column());
        }
    case Qt::DecorationRole:
        return index.column() != nameColumn || entry.problem.isEmpty()
            ? QVariant()
            : QVariant(icon(QStringLiteral("alert"), Token::error));
    case Qt::ToolTipRole: {
        QStringList lines{entry.path, entry.detail, entry.problem};
        lines.removeAll(QString());
        return lines.join(QLatin1Char('\n'));
    }
    case PathRole: return entry.path;
    case ProblemRole: return entry.problem;
    case LinearsRole: return entry.linears;
    default: return {};
    }
}

QVariant ModelListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case nameColumn: return tr("Model");
    case architectureColumn: return tr("Architecture");
    case parametersColumn: return tr("Weights");
    case sizeColumn: return tr("On disk");
    default: return tr("Here");
    }
}

} // namespace falconer::ui
