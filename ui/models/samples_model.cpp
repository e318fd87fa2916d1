// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/samples_model.h"

#include "ui/text/fault_text.h"

namespace falconer::ui {
namespace {

QString oneLine(const std::string& text) { return toQString(text).simplified(); }

} // namespace

void SamplesModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_best.reset();
    endResetModel();
}

void SamplesModel::add(const SampleAnswer& sample)
{
    while (m_rows.size() <= sample.index) {
        const int row = static_cast<int>(m_rows.size());
        beginInsertRows({}, row, row);
        m_rows.emplace_back();
        endInsertRows();
    }
    Row& row = m_rows[sample.index];
    row.prompt = oneLine(sample.prompt);
    row.newest = Answer{sample.step, oneLine(sample.answer), sample.repeats};
    if (!row.first)
        row.first = row.newest;
    if (m_best == sample.step)
        row.best = row.newest;
    const int index = static_cast<int>(sample.index);
    Q_EMIT dataChanged(this->index(index, 0), this->index(index, columns - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, firstColumn, newestColumn);
}

void SamplesModel::setBest(std::int64_t step)
{
    m_best = step;
    for (Row& row : m_rows)
        if (row.newest && row.newest->step == step)
            row.best = row.newest;
    if (m_rows.empty())
        return;
    Q_EMIT dataChanged(index(0, bestColumn), index(rowCount() - 1, bestColumn));
    Q_EMIT headerDataChanged(Qt::Horizontal, bestColumn, bestColumn);
}

int SamplesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SamplesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

const std::optional<SamplesModel::Answer>& SamplesModel::answer(const Row& row, int column) const
{
    return column == firstColumn ? row.first : column == bestColumn ? row.best : row.newest;
}

QVariant SamplesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()
        || (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole && role != TagRole))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (index.column() == promptColumn)
        return role == TagRole ? QVariant() : QVariant(row.prompt);
    const std::optional<Answer>& shown = answer(row, index.column());
    if (!shown)
        return {};
    if (!shown->repeats)
        return role == TagRole ? QVariant() : QVariant(shown->text);
    switch (role) {
    case TagRole: return tr("same as training row");
    case Qt::DisplayRole: return shown->text;
    default: break;
    }
    return tr("%1\n\nWord for word what row %2 of %3 teaches: the model has learned it by heart.")
        .arg(shown->text, QString::number(shown->repeats->row), toQString(shown->repeats->file));
}

QVariant SamplesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section == promptColumn)
        return tr("Prompt");
    for (const Row& row : m_rows) {
        const std::optional<Answer>& shown = answer(row, section);
        if (!shown)
            continue;
        if (section == firstColumn)
            return shown->step == 0 ? tr("Before training") : tr("Step %1").arg(shown->step);
        return (section == bestColumn ? tr("Step %1 · best") : tr("Step %1 · newest")).arg(shown->step);
    }
    return section == firstColumn ? tr("Before training") : section == bestColumn ? tr("Best") : tr("Newest");
}

} // namespace falconer::ui
