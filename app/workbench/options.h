// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace falconer::workbench {

/// What the command line of the window asks for.
struct Options {
    QString recipe;
    std::vector<std::string> overrides;
    bool start = false;
    QString screenshot;
    std::optional<qint64> screenshotAtStep;
    bool quitAfterFinish = false;
    bool reportStart = false;
    QString theme; ///< system, light or dark; empty: as last chosen
    QSize size; ///< empty: as last left
};

struct ParsedOptions {
    Options options;
    QString message; ///< the help, the version, or what is wrong; empty: go on
    int exitCode = 0;
};

/// `arguments` with the program's name first.
ParsedOptions parseOptions(const QStringList& arguments);

} // namespace falconer::workbench
