// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>

#include <functional>

namespace falconer::ui {

/// Does something at once when asked for the first time and then at most ten times a second, the last time after the
/// last request: for what a slider asks for at every pixel.
class Throttle {
public:
    explicit Throttle(std::function<void()> act);
    void request();

private:
    std::function<void()> m_act;
    QTimer m_pause;
    bool m_again = false;
};

} // namespace falconer::ui
