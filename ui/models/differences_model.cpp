// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/differences_model.h"

#include "ui/models/run_curve.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/widgets/run_key.h"

#include <QBrush>
#include <QGuiApplication>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <functional>
#include <optional>

namespace falconer::ui {
namespace {

QString none() { return QStringLiteral("–"); }

QString sentinelText(const std::optional<SentinelState>& state)
{
    if (!state)
        return DifferencesModel::tr("off");
    switch (*state) {
    case SentinelState::fine: return DifferencesModel::tr("healthy");
    case SentinelState::watch: return DifferencesModel::tr("watch");
    case SentinelState::overfitting: return DifferencesModel::tr("overfitting");
    }
    return {};
}

bool allAlike(const QStringList& values)
{
    return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end();
}

/// The value that occurs most often, the first of equals.
QString commonest(const QStringList& values)
{
    QString common;
    qsizetype most = 0;
    for (const QString& value : values)
        if (const qsizetype count = values.count(value); count > most) {
            most = count;
            common = value;
        }
    return common;
}

} // namespace

void DifferencesModel::setRuns(
    QStringList names, const std::vector<RunResult>& results, std::vector<SettingDifference> settings)
{
    m_names = std::move(names);
    m_all.clear();
    const auto add = [&](const QString& label, const std::function<QString(const RunResult&)>& text, bool always) {
        Row row{label, {}, {}, -1, always};
        for (const RunResult& result : results)
            row.values << text(result);
        m_all.push_back(std::move(row));
    };
    if (!results.empty()) {
        add(
            tr("Best validation loss"),
            [](const RunResult& r) { return r.summary.bestEvalLoss ? lossText(*r.summary.bestEvalLoss) : none(); },
            true);
        int& best = m_all.back().best;
        for (std::size_t i = 0; i < results.size(); ++i) {
            const auto& loss = results[i].summary.bestEvalLoss;
            if (loss && (best < 0 || *loss < *results[static_cast<std::size_t>(best)].summary.bestEvalLoss))
                best = static_cast<int>(i);
        }
        add(
            tr("at step"),
            [](const RunResult& r) { return r.summary.bestStep ? countText(*r.summary.bestStep) : none(); }, true);
        add(
            tr("Last training loss"),
            [](const RunResult& r) { return r.summary.lastLoss ? lossText(*r.summary.lastLoss) : none(); }, false);
        add(
            tr("Steps"), [](const RunResult& r) { return countText(r.summary.steps); }, false);
        add(
            tr("Sentinel"), [](const RunResult& r) { return sentinelText(r.sentinel); }, false);
        add(
            tr("Trainable parameters"),
            [](const RunResult& r) { return r.trainableParameters ? countText(*r.trainableParameters) : none(); },
            false);
        add(
            tr("Time"), [](const RunResult& r) { return r.seconds ? durationText(*r.seconds) : none(); }, false);
        add(
            tr("Tokens per second"),
            [](const RunResult& r) {
                return r.tokensPerSecond ? countText(static_cast<qint64>(*r.tokensPerSecond + 0.5)) : none();
            },
            false);
    }
    for (const SettingDifference& setting : settings) {
        Row row{QString::fromStdString(setting.key), QString::fromStdString(setting.key), {}, -1, false};
        for (const std::string& value : setting.values)
            row.values << QString::fromStdString(value).simplified();
        m_all.push_back(std::move(row));
    }
    rebuild();
}

void DifferencesModel::setOnlyDifferences(bool only)
{
    if (m_only == only)
        return;
    m_only = only;
    rebuild();
}

void DifferencesModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    for (const Row& row : m_all)
        if (!m_only || row.always || !allAlike(row.values))
            m_rows.push_back(row);
    endResetModel();
}

int DifferencesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DifferencesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_names.isEmpty() ? 0 : static_cast<int>(m_names.size()) + 1;
}

QVariant DifferencesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const int run = index.column() - 1;
    if (run < 0) {
        if (role == Qt::DisplayRole)
            return row.label;
        if (role == Qt::ToolTipRole && !row.key.isEmpty())
            return fieldHelp(row.key.toStdString());
        if (role == Qt::ForegroundRole)
            return QBrush(color(Token::text2, QGuiApplication::palette()));
        return {};
    }
    const QString value = row.values.value(run);
    // What a run came to is different by nature; marking it would mark everything.
    const bool differs = !row.key.isEmpty() && value != commonest(row.values);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return value;
    case Qt::TextAlignmentRole: return int(Qt::AlignTrailing | Qt::AlignVCenter);
    case Qt::FontRole: return row.best == run ? scaledFont(1, true) : QVariant();
    case Qt::BackgroundRole: return differs ? QBrush(color(Token::accentSoft, QGuiApplication::palette())) : QVariant();
    case Qt::AccessibleTextRole:
        if (row.best == run)
            return tr("%1, the best").arg(value);
        return differs ? tr("%1, differs").arg(value) : value;
    case DiffersRole: return differs;
    default: return {};
    }
}

QVariant DifferencesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == 0 ? Qt::AlignLeading : Qt::AlignTrailing) | Qt::AlignVCenter);
    if (section > 0 && section <= kMaxOverlayRuns && role == Qt::DecorationRole) {
        // The run's line in the overlay, so that column and curve are known for the same.
        const int u = unit(QGuiApplication::font());
        const qreal ratio = qGuiApp->devicePixelRatio();
        QPixmap key(QSize(6 * u, 4 * u) * ratio);
        key.setDevicePixelRatio(ratio);
        key.fill(Qt::transparent);
        QPainter painter(&key);
        paintRunKey(painter, {0, 0, 6 * u, 4 * u}, section - 1, QGuiApplication::palette());
        return key;
    }
    if (section == 0 || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return m_names.value(section - 1);
}

} // namespace falconer::ui
