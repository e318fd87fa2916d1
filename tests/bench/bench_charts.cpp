// SPDX-License-Identifier: GPL-3.0-or-later
// How long a frame of the charts keeps the window's thread busy: 1,000,000 points in 8 curves at 1200x800. A table, in
// milliseconds of that thread's CPU time. Run with QT_QPA_PLATFORM=offscreen.
#include "tests/ui/fake_session.h"
#include "ui/charts/loss_panel.h"
#include "ui/charts/plot.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace falconer;
using namespace falconer::ui;

namespace {

constexpr int kCurves = 8;
constexpr int kPoints = 125'000; ///< a curve
constexpr int kFrames = 60;
constexpr double kLimit = 16; ///< ms

double cpuMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) * 1e-6;
}

double lossAt(int curve, int i)
{
    return 2 + 0.1 * curve + std::exp(-i / 20'000.0) + 0.1 * std::sin(i * 0.7 + curve) + 0.05 * std::sin(i * 0.013);
}

bool s_slow = false;

template <class Frame>
void report(const char* what, Frame frame, bool limited = true)
{
    std::vector<double> times;
    for (int i = 0; i < kFrames; ++i) {
        const double start = cpuMilliseconds();
        frame(i);
        times.push_back(cpuMilliseconds() - start);
    }
    std::sort(times.begin(), times.end());
    const double median = times[times.size() / 2];
    const double late = times[times.size() * 95 / 100];
    std::printf("%-46s %7.2f %7.2f %7.2f\n", what, median, late, times.back());
    s_slow = s_slow || (limited && late > kLimit);
}

void drag(Plot& plot, QEvent::Type type, const QPointF& at, Qt::MouseButton button, Qt::MouseButtons buttons)
{
    QMouseEvent event(type, at, plot.mapToGlobal(at), button, buttons, {});
    QCoreApplication::sendEvent(&plot, &event);
}

void benchPlot()
{
    Plot plot;
    plot.resize(1200, 800);
    constexpr Token kTokens[] = {Token::run1, Token::run2, Token::run3, Token::run4};
    for (int curve = 0; curve < kCurves; ++curve) {
        PlotLook look;
        look.token = kTokens[curve % 4];
        look.width = curve < 4 ? 2 : 3;
        plot.addLine(look);
    }
    plot.show();
    QCoreApplication::processEvents(); // a window that is not exposed yet paints nothing
    const double start = cpuMilliseconds();
    for (int curve = 0; curve < kCurves; ++curve)
        for (int i = 0; i < kPoints; ++i)
            plot.data(curve).append({double(i), lossAt(curve, i)});
    std::printf("%-46s %7.2f\n", "reading 1,000,000 points in, once", cpuMilliseconds() - start);
    plot.repaint();

    int next = kPoints;
    report("append 8 x 20 points and draw", [&](int) {
        for (int i = 0; i < 20; ++i, ++next)
            for (int curve = 0; curve < kCurves; ++curve)
                plot.data(curve).append({double(next), lossAt(curve, next)});
        plot.changed();
        plot.repaint();
    });
    for (const double zoom : {1.5, 8.0}) {
        plot.fit();
        plot.zoom(zoom);
        plot.repaint();
        drag(plot, QEvent::MouseButtonPress, {600, 400}, Qt::LeftButton, Qt::LeftButton);
        report(zoom < 2 ? "pan and draw, most of it in view" : "pan and draw, an eighth in view", [&](int i) {
            drag(
                plot, QEvent::MouseMove, {600.0 + 20 * std::sin(i * 0.5), 400.0 + i % 7}, Qt::NoButton, Qt::LeftButton);
            plot.repaint();
        });
        drag(plot, QEvent::MouseButtonRelease, {600, 400}, Qt::LeftButton, {});
    }
    plot.fit();
    plot.repaint();
    plot.setReader({0}, [](double) { return PlotReading{QStringLiteral("Step"), {}}; });
    report("move the crosshair", [&](int i) {
        drag(plot, QEvent::MouseMove, {200.0 + 10 * i, 400}, Qt::NoButton, {});
        plot.repaint();
    });
    std::printf("%-46s", "points handed to the chart, largest of 8");
    int most = 0;
    for (int curve = 0; curve < kCurves; ++curve)
        most = std::max(most, plot.drawnPoints(curve));
    std::printf(" %7d\n", most);
    const double smooth = cpuMilliseconds();
    plot.image(1);
    std::printf("%-46s %7.2f\n", "draw with smooth edges (once, 200 ms after)", cpuMilliseconds() - smooth);
}

void benchLossPanel()
{
    MetricsModel model;
    std::vector<StepMetrics> steps;
    constexpr int kSteps = 500'000;
    for (int i = 1; i <= kSteps; ++i)
        steps.push_back(test::step(i, lossAt(0, i), kSteps));
    model.append(steps);
    for (int i = 0; i <= kSteps; i += 5000)
        model.append(test::eval(i, lossAt(1, i)), false);
    LossPanel panel;
    panel.resize(1200, 800);
    panel.setMetrics(&model);
    panel.show();
    QCoreApplication::processEvents();
    panel.repaint();
    int next = kSteps;
    report("loss panel, 500,000 steps: append and draw", [&](int) {
        std::vector<StepMetrics> more;
        for (int i = 0; i < 10; ++i, ++next)
            more.push_back(test::step(next, lossAt(0, next), kSteps));
        model.append(more);
        panel.refresh();
        panel.plot()->repaint();
    });
    // In proportion to the run's length, and done when the user moves the slider only.
    report(
        "loss panel, 500,000 steps: smooth anew and draw",
        [&](int i) {
            model.setSmoothing(0.5 + 0.005 * i);
            panel.refresh();
            panel.plot()->repaint();
        },
        false);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    Theme theme;
    theme.setChoice(Theme::Choice::light);
    std::printf("%-46s %7s %7s %7s\n", "CPU time of the window's thread, ms", "median", "95 %", "worst");
    benchPlot();
    benchLossPanel();
    std::printf(s_slow ? "Some frames take longer than %.0f ms.\n"
                       : "All frames of growing and moving charts stay under %.0f ms (95 %%).\n",
        kLimit);
    return s_slow ? 1 : 0;
}
