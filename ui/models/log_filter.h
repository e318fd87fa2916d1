// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/log_model.h"

#include <QSortFilterProxyModel>

namespace falconer::ui {

/// The lines of a log that hold a text and are at least so important.
class LogFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString& text);
    void setLeast(LogModel::Level level);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_text;
    LogModel::Level m_least = LogModel::Level::info;
};

} // namespace falconer::ui
