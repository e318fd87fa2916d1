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
    /// Starts a search; while one is under way, another follows it.
    void search();
    /// Also when another search follows the one under way.
    bool isSearching() const { return m_watcher.isRunning() || m_again; }

Q_SIGNALS:
    void searchingChanged();
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
    bool m_again = false;
};

} // namespace falconer::ui
