// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window's events take while a run goes on: CPU time of the UI thread for each event, over a run that is
// faster than any real one (a hundred steps a second), on the Train page and while pages are changed.
//   QT_QPA_PLATFORM=offscreen build/release/tests/bench_window [SECONDS]
#include "tests/ui/gallery.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>

using namespace falconer;
using namespace falconer::ui;

namespace {

double threadMilliseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Measures what each event costs, those that it delivers on the way included.
class TimedApplication : public QApplication {
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (m_depth > 0 || !m_recording)
            return QApplication::notify(receiver, event);
        ++m_depth;
        const double begin = threadMilliseconds();
        const auto type = event->type();
        const QByteArray name = receiver->metaObject()->className();
        const bool handled = QApplication::notify(receiver, event);
        const double spent = threadMilliseconds() - begin;
        --m_depth;
        m_times.push_back(spent);
        if (spent > m_worst) {
            m_worst = spent;
            m_worstName = name + " event " + QByteArray::number(type);
        }
        return handled;
    }

    void record(bool on) { m_recording = on; }

    void print(const char* what)
    {
        std::sort(m_times.begin(), m_times.end());
        const auto at = [&](double share) {
            return m_times.empty() ? 0.0 : m_times[static_cast<std::size_t>(share * double(m_times.size() - 1))];
        };
        const auto over = m_times.end() - std::upper_bound(m_times.begin(), m_times.end(), 16.0);
        std::printf("%-28s %7zu events, median %.2f ms, 99 %% %.2f ms, longest %.2f ms (%s), %td over 16 ms\n", what,
            m_times.size(), at(0.5), at(0.99), m_worst, m_worstName.constData(), over);
        m_times.clear();
        m_worst = 0;
    }

private:
    std::vector<double> m_times;
    double m_worst = 0;
    QByteArray m_worstName;
    int m_depth = 0;
    bool m_recording = false;
};

void wait(int milliseconds)
{
    QElapsedTimer watch;
    watch.start();
    while (watch.elapsed() < milliseconds)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
}

} // namespace

int main(int argc, char** argv)
{
    TimedApplication application(argc, argv);
    const int seconds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 20;
    test::Gallery gallery;
    Theme theme;
    theme.setChoice(Theme::Choice::light);
    MainWindow window(gallery.services(), theme);
    window.resize(1440, 900);
    window.show();
    Workspace& workspace = window.workspace();
    const auto showPage = [&](int i) {
        QMetaObject::invokeMethod(
            &window, [&window, i] { window.show(static_cast<PageId>(i)); }, Qt::QueuedConnection);
    };
    // Before the run the pages are made, one after the other.
    application.record(true);
    wait(6000);
    application.print("idle: pages are made");
    application.record(false);
    workspace.draft().replace(gallery.recipe(), QStringLiteral("words.yaml"));
    gallery.script->push(gallery.overfittingRun(366));
    workspace.startDraft();
    wait(2000);

    // Ten steps a tick, an evaluation every five seconds.
    int next = 367;
    QTimer feeder;
    QObject::connect(&feeder, &QTimer::timeout, &feeder, [&] {
        std::vector<SessionEvent> events;
        for (int i = 0; i < 10; ++i, ++next) {
            events.push_back(StepDone{test::step(next, 2.3 + 0.01 * (next % 7), 1'000'000)});
            if (next % 500 == 0)
                events.push_back(EvalDone{test::eval(next, 2.5 + 0.001 * (next % 3)), false});
        }
        gallery.script->push(std::move(events));
    });
    feeder.start(100);
    application.record(true);
    wait(seconds * 1000);
    application.print("Train page, 1440x900");
    window.resize(1024, 700);
    wait(seconds * 1000);
    application.print("Train page, 1024x700");
    for (int i = 0; i < kPageCount; ++i) {
        showPage(i);
        wait(1500);
    }
    application.print("each page for the first time");
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < kPageCount; ++i) {
            showPage(i);
            wait(300);
        }
    }
    application.print("each page again");
    application.record(false);
    feeder.stop();
    workspace.run().stop();
    while (workspace.run().isRunning())
        wait(50);
    return 0;
}
