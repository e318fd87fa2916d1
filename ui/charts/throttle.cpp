// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/throttle.h"

#include <utility>

namespace falconer::ui {
namespace {

constexpr int kPause = 100; ///< ms

} // namespace

Throttle::Throttle(std::function<void()> act)
    : m_act(std::move(act))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    QObject::connect(&m_pause, &QTimer::timeout, &m_pause, [this] {
        if (std::exchange(m_again, false))
            request();
    });
}

void Throttle::request()
{
    if (m_pause.isActive()) {
        m_again = true;
        return;
    }
    m_pause.start();
    m_act();
}

} // namespace falconer::ui
