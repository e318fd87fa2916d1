// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace falconer {

/// A program of the user's that runs beside a run: started without a shell, in a process group of its own (Ctrl+C is
/// for the run), with nothing on its standard input, so that it cannot ask. It is asked to end when this process dies.
class ChildProgram {
public:
    /// The file that `name` means in PATH; nullopt when there is none.
    static std::optional<std::filesystem::path> find(const std::string& name);

    /// Throws fileUnreadable when it cannot be started. Both of its outputs are appended to `output`.
    ChildProgram(const std::filesystem::path& program, const std::vector<std::string>& arguments,
        const std::filesystem::path& folder, const std::filesystem::path& output);
    /// Ends it when it is still running.
    ~ChildProgram();
    ChildProgram(const ChildProgram&) = delete;
    ChildProgram& operator=(const ChildProgram&) = delete;

    /// Its exit status, 128 + the signal that ended it, or nullopt while it runs after `timeout`.
    std::optional<int> wait(std::chrono::milliseconds timeout);

private:
    pid_t m_process = -1;
    std::optional<int> m_status;
};

} // namespace falconer
