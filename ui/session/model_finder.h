// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/model_list_model.h"

#include <QFutureWatcher>
#include <QObject>

#include <functional>
#include <vector>

namespace falconer::ui {

/// Looks for models in a worker thread, because disks can be slow and the window must not wait for them.
class ModelFinder : public QObject {
    Q_OBJECT

public:
    using Find = std::function<std::vector<ModelEntry>()>;

    /// `prepare` is called here at each search and tells what the worker thread calls.
    ModelFinder(std::function<Find()> prepare, ModelListModel* models, QObject* parent = nullptr);
    /// Starts a search unless one is under way.
    void search();

Q_SIGNALS:
    void found();
    void failed(const QString& message);

private:
    struct Result {
        std::vector<ModelEntry> entries;
        QString failure;
    };
    void deliver();

    std::function<Find()> m_prepare;
    ModelListModel* m_models;
    QFutureWatcher<Result> m_watcher;
};

} // namespace falconer::ui
