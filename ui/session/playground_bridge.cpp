// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/playground_bridge.h"

#include "ui/text/fault_text.h"

#include <QThreadPool>

#include <exception>
#include <string>
#include <utility>

namespace falconer::ui {
namespace {

constexpr int kTickMilliseconds = 50;

} // namespace

PlaygroundBridge::PlaygroundBridge(PlaygroundFactory make, QObject* parent)
    : QObject(parent)
    , m_make(std::move(make))
{
    m_timer.setInterval(kTickMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &PlaygroundBridge::drain);
}

PlaygroundBridge::~PlaygroundBridge()
{
    if (!m_playground)
        return;
    m_playground->stop();
    // A token of a large model takes seconds; the window closes without waiting for it, the program does.
    QThreadPool::globalInstance()->start(
        [ending = std::shared_ptr<Playground>(std::move(m_playground))]() mutable { ending.reset(); });
}

void PlaygroundBridge::ask(const PlaygroundQuestion& question)
{
    if (m_busy)
        return;
    PlaygroundDone failure;
    try {
        if (!m_playground && m_make)
            m_playground = m_make();
    } catch (const Error& error) {
        failure.faults = error.faults();
    } catch (const std::exception& error) {
        failure.faults = {{ErrorCode::internal, "playground", error.what(), {}}};
    }
    if (!m_playground) {
        if (failure.faults.empty())
            failure.faults = {
                {ErrorCode::requestInvalid, "playground", "this build cannot run models", "use a build with LibTorch"}};
        Q_EMIT ended(failure);
        return;
    }
    m_busy = true;
    m_stopping = false;
    m_loaded = true;
    m_playground->ask(question);
    m_timer.start();
    Q_EMIT stateChanged();
}

void PlaygroundBridge::stop()
{
    if (!m_busy || m_stopping)
        return;
    m_stopping = true;
    m_playground->stop();
    Q_EMIT stateChanged();
}

void PlaygroundBridge::unload()
{
    if (m_busy || !m_loaded)
        return;
    m_playground->unload();
    m_loaded = false;
    Q_EMIT stateChanged();
}

void PlaygroundBridge::drain()
{
    std::string text;
    PlaygroundSide side = PlaygroundSide::base;
    const auto flush = [&] {
        if (!text.empty())
            Q_EMIT textArrived(side, toQString(std::exchange(text, {})));
    };
    for (const PlaygroundEvent& event : m_playground->drain()) {
        if (const auto* more = std::get_if<PlaygroundText>(&event)) {
            if (more->side != side)
                flush();
            side = more->side;
            text += more->text;
            continue;
        }
        if (const auto* phase = std::get_if<PlaygroundPhase>(&event)) {
            Q_EMIT phaseChanged(*phase); // comes with every token: no reason to cut the text there
            continue;
        }
        flush();
        if (const auto* loaded = std::get_if<PlaygroundReady>(&event))
            Q_EMIT ready(toQString(loaded->device));
        else if (const auto* prompt = std::get_if<PlaygroundPrompt>(&event))
            Q_EMIT promptRendered(prompt->side, toQString(prompt->text));
        else if (const auto* answer = std::get_if<PlaygroundAnswer>(&event))
            Q_EMIT answered(*answer);
        else if (const auto* done = std::get_if<PlaygroundDone>(&event)) {
            m_timer.stop();
            m_busy = false;
            m_stopping = false;
            Q_EMIT ended(*done);
            Q_EMIT stateChanged();
            return; // whoever heard of the end may have asked again
        }
    }
    flush();
}

} // namespace falconer::ui
