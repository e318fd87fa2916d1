// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/model_finder.h"

#include <QtConcurrent>

#include <exception>
#include <utility>

namespace falconer::ui {

ModelFinder::ModelFinder(std::function<Find()> prepare, ModelListModel* models, QObject* parent)
    : QObject(parent)
    , m_prepare(std::move(prepare))
    , m_models(models)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ModelFinder::deliver);
}

void ModelFinder::search()
{
    if (m_watcher.isRunning()) {
        m_again = true; // folders were added that it does not know of
        return;
    }
    m_watcher.setFuture(QtConcurrent::run([find = m_prepare()]() -> Result {
        try {
            return {find(), {}};
        } catch (const std::exception& error) {
            return {{}, QString::fromUtf8(error.what())};
        }
    }));
    Q_EMIT searchingChanged();
}

void ModelFinder::deliver()
{
    Result result = m_watcher.result();
    if (std::exchange(m_again, false)) {
        search();
        return;
    }
    Q_EMIT searchingChanged();
    if (!result.failure.isEmpty()) {
        Q_EMIT failed(result.failure);
        return;
    }
    m_models->setEntries(std::move(result.entries));
    Q_EMIT found();
}

} // namespace falconer::ui
