// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

namespace falconer {

enum class LogLevel { info, warning };

/// Where messages of core go: nowhere until a program sets a sink (standard error for the command line, the log pane
/// for the window). The sink may be called from any thread, one call at a time.
using LogSink = std::function<void(LogLevel level, std::string_view message)>;
void setLogSink(LogSink sink);
void log(LogLevel level, std::string_view message);

} // namespace falconer
