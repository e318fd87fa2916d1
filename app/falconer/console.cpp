// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/console.h"

#include "app/falconer/text_table.h"

#include <nlohmann/json.hpp>

#include <cstdio>

#include <sys/ioctl.h>
#include <unistd.h>

namespace falconer::cli {
namespace {

constexpr std::size_t kWidthWithoutTerminal = 100;

void write(std::FILE* stream, std::string_view text) { std::fwrite(text.data(), 1, text.size(), stream); }

} // namespace

Console::Console(bool json)
    : m_json(json)
    , m_terminal(::isatty(STDERR_FILENO) == 1)
{
}

std::size_t Console::width() const
{
    winsize size{};
    if (m_terminal && ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return kWidthWithoutTerminal;
}

void Console::wipe()
{
    if (!m_status.empty())
        write(stderr, "\r\x1b[K");
}

void Console::draw()
{
    write(stderr, m_status);
    std::fflush(stderr);
}

void Console::note(std::string_view line)
{
    const std::lock_guard lock(m_mutex);
    wipe();
    // In one piece, so that lines of several processes on one stream do not mix.
    write(stderr, std::string(line) + "\n");
    draw();
}

void Console::status(std::string_view line)
{
    if (!m_terminal)
        return;
    const std::lock_guard lock(m_mutex);
    wipe();
    m_status = cutTo(line, width() - 1);
    draw();
}

void Console::text(std::string_view text)
{
    if (m_json)
        return;
    const std::lock_guard lock(m_mutex);
    wipe(); // both streams may be the same terminal
    m_status.clear();
    write(stdout, text);
    std::fflush(stdout);
}

void Console::object(const nlohmann::ordered_json& object)
{
    const std::string line = object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    const std::lock_guard lock(m_mutex);
    wipe();
    m_status.clear();
    write(stdout, line);
    std::fflush(stdout);
}

void Console::faults(const std::vector<Fault>& faults)
{
    status("");
    for (const Fault& fault : faults)
        note(sentence(fault));
    if (m_json)
        object({{"error", toJson(faults)}});
}

bool Console::flush() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

nlohmann::ordered_json toJson(const std::vector<Fault>& faults)
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Fault& fault : faults)
        list.push_back(
            {{"code", name(fault.code)}, {"subject", fault.subject}, {"problem", fault.problem}, {"fix", fault.fix}});
    return list;
}

} // namespace falconer::cli
