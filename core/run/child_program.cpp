// SPDX-License-Identifier: Apache-2.0
#include "core/run/child_program.h"

#include "core/base/descriptor.h"
#include "core/base/error.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace falconer {

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr int kCannotStart = 127; ///< as shells say it

} // namespace

std::optional<fs::path> ChildProgram::find(const std::string& name)
{
    const char* variable = std::getenv("PATH");
    std::istringstream folders(variable ? variable : "/usr/local/bin:/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        const fs::path file = fs::path(folder.empty() ? "." : folder) / name;
        std::error_code ignored;
        if (fs::is_regular_file(file, ignored) && ::access(file.c_str(), X_OK) == 0)
            return fs::absolute(file);
    }
    return std::nullopt;
}

ChildProgram::ChildProgram(
    const fs::path& program, const std::vector<std::string>& arguments, const fs::path& folder, const fs::path& output)
{
    const Descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const Descriptor said(::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
    // Everything that allocates is done before the fork: another thread may hold the heap's lock while it happens.
    std::vector<std::string> words{program.string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    const std::string where = folder.string();
    const pid_t parent = ::getpid();
    m_process = nothing && said ? ::fork() : -1;
    if (m_process == 0) {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent || ::chdir(where.c_str()) != 0 || ::dup2(nothing.get(), STDIN_FILENO) < 0
            || ::dup2(said.get(), STDOUT_FILENO) < 0 || ::dup2(said.get(), STDERR_FILENO) < 0)
            ::_exit(kCannotStart);
        // What this process blocks or ignores is none of its business.
        sigset_t none;
        ::sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        ::execv(argv.front(), argv.data());
        ::_exit(kCannotStart);
    }
    if (m_process < 0)
        throw Error(ErrorCode::fileUnreadable, program.string(),
            "cannot be started (" + std::system_category().message(errno) + ")", "start it by hand");
}

ChildProgram::~ChildProgram()
{
    if (wait(0ms))
        return;
    ::kill(-m_process, SIGTERM);
    if (wait(2s))
        return;
    ::kill(-m_process, SIGKILL);
    ::waitpid(m_process, nullptr, 0);
}

std::optional<int> ChildProgram::wait(std::chrono::milliseconds timeout)
{
    const auto end = steady_clock::now() + timeout;
    while (!m_status) {
        int status = 0;
        const pid_t ended = ::waitpid(m_process, &status, WNOHANG);
        if (ended == m_process)
            m_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        else if (ended < 0 && errno != EINTR)
            m_status = kCannotStart; // somebody else has taken its status
        else if (steady_clock::now() >= end)
            return std::nullopt;
        else
            std::this_thread::sleep_for(20ms);
    }
    return m_status;
}

} // namespace falconer
