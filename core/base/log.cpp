// SPDX-License-Identifier: Apache-2.0
#include "core/base/log.h"

#include <mutex>
#include <utility>

namespace falconer {

namespace {

struct State {
    std::mutex mutex;
    LogSink sink;
};

State& state()
{
    // Never destroyed: a worker thread may still log while the program's statics are torn down.
    static State* const instance = new State;
    return *instance;
}

} // namespace

void setLogSink(LogSink sink)
{
    const std::lock_guard lock(state().mutex);
    state().sink = std::move(sink);
}

void log(LogLevel level, std::string_view message)
{
    const std::lock_guard lock(state().mutex);
    if (state().sink)
        state().sink(level, message);
}

} // namespace falconer
