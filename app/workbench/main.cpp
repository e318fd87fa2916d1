// SPDX-License-Identifier: GPL-3.0-or-later
// falconer-workbench: the window.
#include "app/workbench/automation.h"
#include "app/workbench/end_signals.h"
#include "app/workbench/options.h"
#include "app/workbench/real_services.h"
#include "core/base/log.h"
#include "core/base/memory.h"
#include "core/ops/machine.h"
#include "ui/main_window.h"
#include "ui/models/log_model.h"
#include "ui/text/language.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QLocale>
#include <QPointer>

#include <csignal>

#include <cstdio>

namespace {

using namespace falconer;

ui::Theme::Choice themeChoice(const QString& name)
{
    using Choice = ui::Theme::Choice;
    if (name.isEmpty())
        return ui::AppSettings().theme();
    return name == QLatin1String("dark") ? Choice::dark
        : name == QLatin1String("light") ? Choice::light
                                         : Choice::system;
}

/// Core's messages go to the log pane; they come from any thread.
void showLogIn(ui::LogModel* model)
{
    setLogSink([log = QPointer(model)](LogLevel level, std::string_view message) {
        const QString text = QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size()));
        const auto kind = level == LogLevel::warning ? ui::LogModel::Level::warning : ui::LogModel::Level::info;
        QMetaObject::invokeMethod(
            qApp,
            [log, kind, text] {
                if (log)
                    log->append(kind, text);
            },
            Qt::QueuedConnection);
    });
}

} // namespace

int main(int argc, char** argv)
{
    falconer::returnLargeBlocks();
    // Past a limit on file sizes a write shall fail, and say so, instead of ending the program.
    std::signal(SIGXFSZ, SIG_IGN);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Falconer"));
    QApplication::setApplicationName(QStringLiteral("falconer-workbench"));
    QApplication::setApplicationDisplayName(QStringLiteral("Falconer"));
    QApplication::setApplicationVersion(QStringLiteral(FALCONER_VERSION));
    const QString language = ui::AppSettings().language();
    if (!language.isEmpty())
        QLocale::setDefault(QLocale(language)); // numbers and dates go with the texts
    ui::installLanguage(QLocale());

    const workbench::ParsedOptions parsed = workbench::parseOptions(QApplication::arguments());
    if (!parsed.message.isEmpty()) {
        std::fprintf(parsed.exitCode == 0 ? stdout : stderr, "%s\n", qPrintable(parsed.message));
        return parsed.exitCode;
    }
    const workbench::Options& options = parsed.options;

    const ui::AppSettings settings;
    setComputeThreads(settings.threads());
    ui::Theme theme;
    theme.setChoice(themeChoice(options.theme));
    ui::MainWindow window(workbench::realServices(), theme);
    if (!options.size.isEmpty())
        window.resize(options.size);
    showLogIn(window.workspace().run().log());
    // Also when it was in the tray, where no window closes.
    QObject::connect(&window, &ui::MainWindow::closed, &application, &QApplication::quit, Qt::QueuedConnection);
    const workbench::EndSignals endSignals;
    QObject::connect(&endSignals, &workbench::EndSignals::asked, &window, &ui::MainWindow::pauseAndClose);
    workbench::Automation automation(options, window);
    if (!options.recipe.isEmpty()) {
        const std::vector<Fault> faults = window.workspace().openRecipe(options.recipe, options.overrides);
        for (const Fault& fault : faults)
            std::fprintf(stderr, "%s\n", sentence(fault).c_str());
        if (!faults.empty() && options.quitAfterFinish)
            return 2;
    }
    window.show();
    const int exitCode = QApplication::exec();
    setLogSink({});
    return exitCode;
}
