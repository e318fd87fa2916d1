// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/playground.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>

namespace falconer::ui {

/// Makes what answers; it is made at the first question.
using PlaygroundFactory = std::function<std::unique_ptr<Playground>()>;

/// Between core's answering thread and the window: drains its events on a timer in the UI thread and passes them on as
/// values, in their order. Nothing here waits for that thread.
class PlaygroundBridge : public QObject {
    Q_OBJECT

public:
    explicit PlaygroundBridge(PlaygroundFactory make, QObject* parent = nullptr);
    /// Asks the thread to end; the wait for it happens elsewhere.
    ~PlaygroundBridge() override;

    bool isBusy() const { return m_busy; }
    bool isStopping() const { return m_stopping; }
    /// Whether a model is (or may be) in memory.
    bool isLoaded() const { return m_loaded; }
    /// Does nothing while a question is being answered. Where nothing can answer, ended() tells why.
    void ask(const PlaygroundQuestion& question);
    void stop();
    /// Gives the model's memory back. Does nothing while a question is being answered.
    void unload();

Q_SIGNALS:
    /// isBusy(), isStopping() or isLoaded() has changed.
    void stateChanged();
    void phaseChanged(const falconer::PlaygroundPhase& phase);
    void ready(const QString& device);
    void promptRendered(falconer::PlaygroundSide side, const QString& text);
    /// What came since the last tick, in one piece.
    void textArrived(falconer::PlaygroundSide side, const QString& text);
    void answered(const falconer::PlaygroundAnswer& answer);
    void ended(const falconer::PlaygroundDone& done);

private:
    void drain();

    PlaygroundFactory m_make;
    std::unique_ptr<Playground> m_playground;
    QTimer m_timer;
    bool m_busy = false;
    bool m_stopping = false;
    bool m_loaded = false;
};

} // namespace falconer::ui
