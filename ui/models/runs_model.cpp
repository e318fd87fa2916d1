// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/runs_model.h"

#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/sparkline.h"

#include <QBrush>
#include <QDir>
#include <QGuiApplication>
#include <QIcon>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <set>

namespace falconer::ui {
namespace {

using State = RunRow::State;

struct StateLook {
    const char* icon;
    Token token;
};

StateLook lookOf(State state)
{
    switch (state) {
    case State::running: return {"start", Token::link};
    case State::paused:
    case State::suspended: return {"pause", Token::warn};
    case State::finished:
    case State::stopped: return {"check", Token::ok};
    case State::failed:
    case State::unreadable: return {"alert", Token::error};
    case State::interrupted: return {"alert", Token::warn};
    case State::reading: break;
    }
    return {nullptr, Token::text2};
}

bool isNumber(RunsModel::Column column)
{
    switch (column) {
    case RunsModel::bestColumn:
    case RunsModel::bestStepColumn:
    case RunsModel::rankColumn:
    case RunsModel::rateColumn:
    case RunsModel::lossColumn:
    case RunsModel::stepsColumn:
    case RunsModel::timeColumn: return true;
    default: return false;
    }
}

} // namespace

QString stateText(const RunRow& run)
{
    switch (run.state) {
    case State::reading: return RunsModel::tr("Reading");
    case State::running: return RunsModel::tr("Training");
    case State::paused:
    case State::suspended: return RunsModel::tr("Paused");
    case State::finished: return RunsModel::tr("Done");
    case State::stopped:
        return run.bestStep ? RunsModel::tr("Stopped, kept %1").arg(*run.bestStep) : RunsModel::tr("Stopped");
    case State::failed: return RunsModel::tr("Failed");
    case State::interrupted: return RunsModel::tr("Interrupted");
    case State::unreadable: return RunsModel::tr("Cannot be read");
    }
    return {};
}

void RunsModel::setRuns(std::vector<RunRow> runs)
{
    std::set<std::filesystem::path> there;
    for (const RunRow& run : runs)
        there.insert(run.path);
    for (int row = rowCount() - 1; row >= 0; --row)
        if (!there.contains(run(row).path))
            remove(std::filesystem::path(run(row).path));
    std::vector<RunRow> fresh;
    std::set<std::filesystem::path> known;
    for (const RunRow& run : m_runs)
        known.insert(run.path);
    for (RunRow& run : runs) {
        if (known.insert(run.path).second)
            fresh.push_back(std::move(run));
        else if (run.state != State::reading)
            update(run);
    }
    if (fresh.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
    std::move(fresh.begin(), fresh.end(), std::back_inserter(m_runs));
    endInsertRows();
}

void RunsModel::update(const RunRow& run)
{
    const int row = rowOf(run.path);
    if (row < 0 || m_runs[static_cast<std::size_t>(row)] == run)
        return;
    m_runs[static_cast<std::size_t>(row)] = run;
    Q_EMIT dataChanged(index(row, 0), index(row, columns - 1));
}

void RunsModel::remove(const std::filesystem::path& path)
{
    const int row = rowOf(path);
    if (row < 0)
        return;
    setTicked(path, false);
    beginRemoveRows({}, row, row);
    m_runs.erase(m_runs.begin() + row);
    endRemoveRows();
}

int RunsModel::rowOf(const std::filesystem::path& path) const
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [&](const RunRow& run) { return run.path == path; });
    return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

const RunRow* RunsModel::find(const std::filesystem::path& path) const
{
    const int row = rowOf(path);
    return row < 0 ? nullptr : &run(row);
}

void RunsModel::setTicked(const std::filesystem::path& path, bool ticked)
{
    const auto at = std::find(m_ticked.begin(), m_ticked.end(), path);
    if (ticked == (at != m_ticked.end()))
        return;
    if (ticked)
        m_ticked.push_back(path);
    else
        m_ticked.erase(at);
    keysChanged();
}

void RunsModel::setTicked(const std::vector<std::filesystem::path>& paths)
{
    if (m_ticked == paths)
        return;
    m_ticked = paths;
    keysChanged();
}

void RunsModel::keysChanged()
{
    if (!m_runs.empty())
        Q_EMIT dataChanged(index(0, tickColumn), index(rowCount() - 1, keyColumn));
    Q_EMIT tickedChanged();
}

int RunsModel::keyOf(const RunRow& run) const
{
    const auto at = std::find(m_ticked.begin(), m_ticked.end(), run.path);
    return at == m_ticked.end() ? -1 : static_cast<int>(at - m_ticked.begin());
}

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QString RunsModel::text(const RunRow& run, Column column) const
{
    const auto loss = [](const std::optional<double>& value) { return value ? lossText(*value) : QString(); };
    switch (column) {
    case nameColumn: return run.name;
    case tagsColumn: return run.tags.join(QStringLiteral(", "));
    case stateColumn: return stateText(run);
    case bestColumn: return loss(run.bestLoss);
    case bestStepColumn: return run.bestStep ? countText(*run.bestStep) : QString();
    case modelColumn: return run.model;
    case quantizationColumn: return run.quantization;
    case rankColumn: return run.rank > 0 ? countText(run.rank) : QString();
    case rateColumn: return run.learningRate > 0 ? recipeNumber(run.learningRate) : QString();
    case lossColumn: return loss(run.lastLoss);
    case stepsColumn: return run.steps > 0 ? countText(run.steps) : QString();
    case timeColumn: return run.seconds ? durationText(*run.seconds) : QString();
    case startedColumn:
        return run.started.isValid() ? QLocale().toString(run.started.toLocalTime(), tr("d MMM HH:mm")) : QString();
    case tickColumn:
    case keyColumn:
    case curveColumn:
    case columns: break;
    }
    return {};
}

QVariant RunsModel::sortValue(const RunRow& run, Column column) const
{
    const auto known = [](const auto& value) { return value ? QVariant(static_cast<double>(*value)) : QVariant(); };
    switch (column) {
    case tickColumn:
    case keyColumn: return keyOf(run) < 0 ? QVariant() : QVariant(double(keyOf(run)));
    case bestColumn:
    case curveColumn: return known(run.bestLoss);
    case bestStepColumn: return known(run.bestStep);
    case rankColumn: return run.rank > 0 ? QVariant(double(run.rank)) : QVariant();
    case rateColumn: return run.learningRate > 0 ? QVariant(run.learningRate) : QVariant();
    case lossColumn: return known(run.lastLoss);
    case stepsColumn: return run.steps > 0 ? QVariant(double(run.steps)) : QVariant();
    case timeColumn: return known(run.seconds);
    case startedColumn: return run.started.isValid() ? QVariant(run.started) : QVariant();
    default: {
        const QString words = text(run, column);
        return words.isEmpty() ? QVariant() : QVariant(words);
    }
    }
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const RunRow& row = run(index.row());
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole: return text(row, column);
    case Qt::CheckStateRole:
        if (column == tickColumn)
            return keyOf(row) < 0 ? Qt::Unchecked : Qt::Checked;
        return {};
    case Qt::DecorationRole:
        if (const StateLook look = lookOf(row.state); column == stateColumn && look.icon)
            return icon(QLatin1String(look.icon), look.token);
        return {};
    case Qt::ForegroundRole:
        if (column == stateColumn)
            return QBrush(color(lookOf(row.state).token, QGuiApplication::palette()));
        if (column == startedColumn)
            return QBrush(color(Token::text2, QGuiApplication::palette()));
        return {};
    case Qt::FontRole: return column == nameColumn || column == bestColumn ? scaledFont(1, true) : QVariant();
    case Qt::TextAlignmentRole:
        return int((isNumber(column) ? Qt::AlignTrailing : Qt::AlignLeading) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (column == stateColumn && !row.problem.isEmpty())
            return row.problem;
        if (column == nameColumn)
            return QDir::toNativeSeparators(QString::fromStdString(row.path.string()));
        if (column == curveColumn)
            return row.curve.isEmpty() ? QVariant() : QVariant(sparklineText(row.curve));
        return text(row, column);
    case Qt::AccessibleTextRole:
        if (column == tickColumn)
            return keyOf(row) < 0 ? tr("%1, not in the comparison").arg(row.name)
                                  : tr("%1, in the comparison").arg(row.name);
        if (column == curveColumn)
            return row.curve.isEmpty() ? tr("No validation yet") : sparklineText(row.curve);
        return text(row, column);
    case SortRole: return sortValue(row, column);
    case FilterRole:
        return QStringList{row.name, row.tags.join(QLatin1Char(' ')), row.model, row.notes, stateText(row),
            row.quantization, tr("rank %1").arg(row.rank)}
            .join(QLatin1Char('\n'));
    case CurveRole: return QVariant::fromValue(row.curve);
    case KeyRole: return keyOf(row);
    default: return {};
    }
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!index.isValid() || index.column() != tickColumn || role != Qt::CheckStateRole)
        return false;
    setTicked(std::filesystem::path(run(index.row()).path), value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const
{
    // The box is ticked by the view for the whole cell, which is a larger target than the box alone.
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const auto column = static_cast<Column>(section);
    if (role == Qt::TextAlignmentRole)
        return int((isNumber(column) ? Qt::AlignTrailing : Qt::AlignLeading) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (column) {
        case tickColumn: return tr("Tick runs to compare them");
        case bestColumn: return tr("Lowest validation loss");
        case bestStepColumn: return tr("Step of the lowest validation loss");
        case quantizationColumn: return tr("How the base model's weights are held");
        case rateColumn: return tr("Learning rate");
        case lossColumn: return tr("Training loss of the last step");
        case timeColumn: return tr("Time of training, without pauses");
        default: return {};
        }
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case nameColumn: return tr("Run");
    case tagsColumn: return tr("Tags");
    case stateColumn: return tr("State");
    case bestColumn: return tr("Best loss");
    case bestStepColumn: return tr("At step");
    case curveColumn: return tr("Validation");
    case modelColumn: return tr("Model");
    case quantizationColumn: return tr("Base");
    case rankColumn: return tr("Rank");
    case rateColumn: return tr("Rate");
    case lossColumn: return tr("Last loss");
    case stepsColumn: return tr("Steps");
    case timeColumn: return tr("Time");
    case startedColumn: return tr("Started");
    case tickColumn:
    case keyColumn:
    case columns: break;
    }
    return {};
}

RunsFilter::RunsFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(RunsModel::SortRole);
    setDynamicSortFilter(true);
}

void RunsFilter::setWords(const QString& text)
{
    m_words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool RunsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (m_words.isEmpty())
        return true;
    const QString all = sourceModel()->index(row, 0, parent).data(RunsModel::FilterRole).toString();
    return std::all_of(
        m_words.begin(), m_words.end(), [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

bool RunsFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const QVariant a = left.data(sortRole());
    const QVariant b = right.data(sortRole());
    if (!a.isValid() || !b.isValid()) {
        // Sorting downwards swaps the answer, and what is missing shall still be last.
        const bool upwards = sortOrder() == Qt::AscendingOrder;
        return a.isValid() == b.isValid() ? false : (a.isValid() == upwards);
    }
    if (a.userType() == QMetaType::QString)
        return QString::localeAwareCompare(a.toString(), b.toString()) < 0;
    if (a.userType() == QMetaType::QDateTime)
        return a.toDateTime() < b.toDateTime();
    return a.toDouble() < b.toDouble();
}

} // namespace falconer::ui
