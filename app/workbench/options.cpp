// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

namespace falconer::workbench {
namespace {

constexpr int kRequestWrong = 2;

struct OptionText {
    Q_DECLARE_TR_FUNCTIONS(OptionText)
};

} // namespace

ParsedOptions parseOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(OptionText::tr("Fine-tunes language models with LoRA and QLoRA in a window."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption recipe(
        QStringLiteral("recipe"), OptionText::tr("Fill the form from a recipe."), QStringLiteral("FILE"));
    const QCommandLineOption set(QStringLiteral("set"),
        OptionText::tr("Change a key of the recipe, such as training.epochs=1. May be given several times."),
        QStringLiteral("KEY=VALUE"));
    const QCommandLineOption start(QStringLiteral("start"), OptionText::tr("Start training as soon as all is ready."));
    const QCommandLineOption screenshot(QStringLiteral("screenshot"),
        OptionText::tr("Save a picture of the window when the run has ended."), QStringLiteral("FILE.png"));
    const QCommandLineOption atStep(QStringLiteral("screenshot-at-step"),
        OptionText::tr("Save the picture at this step instead; then stop the run and quit."), QStringLiteral("N"));
    const QCommandLineOption quit(
        QStringLiteral("quit-after-finish"), OptionText::tr("Quit when the run has ended, with its exit code."));
    const QCommandLineOption reportStart(QStringLiteral("report-start"),
        OptionText::tr("Print how long the window took to be usable and the memory that it holds, then quit."));
    const QCommandLineOption theme(
        QStringLiteral("theme"), OptionText::tr("Colours: system, light or dark."), QStringLiteral("NAME"));
    const QCommandLineOption size(QStringLiteral("size"),
        OptionText::tr("Size of the window in pixels, such as 1440x900."), QStringLiteral("WxH"));
    parser.addOptions({recipe, set, start, screenshot, atStep, quit, reportStart, theme, size});

    const auto wrong = [](const QString& message) -> ParsedOptions { return {{}, message, kRequestWrong}; };
    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    if (parser.isSet(help))
        return {{}, parser.helpText(), 0};
    if (parser.isSet(version))
        return {{}, QStringLiteral("falconer-workbench %1").arg(QCoreApplication::applicationVersion()), 0};
    if (!parser.positionalArguments().isEmpty())
        return wrong(OptionText::tr("%1: not an option. Name a recipe with --recipe.")
                         .arg(parser.positionalArguments().constFirst()));

    ParsedOptions result;
    Options& options = result.options;
    options.recipe = parser.value(recipe);
    for (const QString& value : parser.values(set))
        options.overrides.push_back(value.toStdString());
    if (!options.overrides.empty() && options.recipe.isEmpty())
        return wrong(OptionText::tr("--set: there is no recipe to change. Add --recipe FILE."));
    options.start = parser.isSet(start);
    options.screenshot = parser.value(screenshot);
    options.quitAfterFinish = parser.isSet(quit);
    options.reportStart = parser.isSet(reportStart);
    if (parser.isSet(atStep)) {
        bool isNumber = false;
        options.screenshotAtStep = parser.value(atStep).toLongLong(&isNumber);
        if (!isNumber || *options.screenshotAtStep < 1)
            return wrong(OptionText::tr("--screenshot-at-step: “%1” is not a step.").arg(parser.value(atStep)));
        if (options.screenshot.isEmpty())
            return wrong(
                OptionText::tr("--screenshot-at-step: say where the picture goes with --screenshot FILE.png."));
    }
    options.theme = parser.value(theme);
    if (!options.theme.isEmpty()
        && !QStringList{QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")}.contains(
            options.theme))
        return wrong(OptionText::tr("--theme: “%1” is none of system, light and dark.").arg(options.theme));
    if (parser.isSet(size)) {
        static const QRegularExpression kSize(QStringLiteral("^(\\d{2,5})x(\\d{2,5})$"));
        const auto match = kSize.match(parser.value(size));
        if (!match.hasMatch())
            return wrong(OptionText::tr("--size: “%1” is not like 1440x900.").arg(parser.value(size)));
        options.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    }
    return result;
}

} // namespace falconer::workbench
