// SPDX-License-Identifier: Apache-2.0
#include "core/base/memory.h"

#include <cstdlib> // __GLIBC__

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>

namespace falconer {

namespace {

constexpr std::int64_t kKibi = 1024;
constexpr std::int64_t kUnlimited = std::int64_t{1} << 60; ///< version 1 writes a huge number for "no limit"

std::optional<std::int64_t> number(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return std::nullopt;
    std::int64_t value = 0;
    const auto result = std::from_chars(text.data() + first, text.data() + text.size(), value);
    return result.ec == std::errc() && value >= 0 ? std::optional(value) : std::nullopt;
}

/// The number behind `key` in a file of "key: number" or "key number" lines.
std::optional<std::int64_t> lookUp(const std::filesystem::path& file, std::string_view key)
{
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        if (line.size() > key.size() && line.starts_with(key) && (line[key.size()] == ':' || line[key.size()] == ' '))
            return number(std::string_view(line).substr(key.size() + 1));
    return std::nullopt;
}

std::optional<std::int64_t> firstNumber(const std::filesystem::path& file)
{
    std::ifstream in(file);
    std::string line;
    return std::getline(in, line) ? number(line) : std::nullopt; // "max" is no number: no limit
}

std::optional<std::int64_t> ofThisProcess(std::string_view key)
{
    const auto kibi = lookUp("/proc/self/status", key);
    return kibi ? std::optional(*kibi * kKibi) : std::nullopt;
}

/// One control group's limit, taken into account.
void tighten(MachineMemory& memory, std::optional<std::int64_t> limit, std::optional<std::int64_t> used,
    std::optional<std::int64_t> droppable)
{
    if (!limit || *limit >= kUnlimited)
        return;
    memory.total = memory.total > 0 ? std::min(memory.total, *limit) : *limit;
    const std::int64_t held = std::max<std::int64_t>(0, used.value_or(0) - droppable.value_or(0));
    memory.available = std::min(memory.available, std::max<std::int64_t>(0, *limit - held));
}

/// The group's folder and all above it, up to the controller's own.
template <typename Visit>
void upwards(const std::filesystem::path& controller, std::string_view group, const Visit& visit)
{
    std::string path(group);
    while (true) {
        visit(path == "/" || path.empty() ? controller : std::filesystem::path(controller.string() + path));
        const std::size_t slash = path.rfind('/');
        if (path.empty() || path == "/" || slash == std::string::npos)
            return;
        path.resize(slash);
    }
}

/// Whether a line of /proc/self/cgroup, "4:memory,cpu:/path", lists the memory controller.
bool listsMemory(std::string_view controllers)
{
    while (!controllers.empty()) {
        const std::size_t comma = std::min(controllers.find(','), controllers.size());
        if (controllers.substr(0, comma) == "memory")
            return true;
        controllers.remove_prefix(std::min(comma + 1, controllers.size()));
    }
    return false;
}

} // namespace

std::optional<std::int64_t> processPeakMemory() { return ofThisProcess("VmHWM"); }

std::optional<std::int64_t> processMemory() { return ofThisProcess("VmRSS"); }

void returnLargeBlocks()
{
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, kSystemBlock);
#endif
}

MachineMemory machineMemory(const std::filesystem::path& root)
{
    MachineMemory memory;
    const std::filesystem::path meminfo = root / "proc/meminfo";
    memory.total = lookUp(meminfo, "MemTotal").value_or(0) * kKibi;
    memory.available = lookUp(meminfo, "MemAvailable").value_or(0) * kKibi;

    std::ifstream groups(root / "proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos)
            continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const std::string group = line.substr(second + 1);
        if (controllers.empty()) // version 2
            upwards(root / "sys/fs/cgroup", group, [&](const std::filesystem::path& folder) {
                tighten(memory, firstNumber(folder / "memory.max"), firstNumber(folder / "memory.current"),
                    lookUp(folder / "memory.stat", "inactive_file"));
            });
        else if (listsMemory(controllers))
            upwards(root / "sys/fs/cgroup/memory", group, [&](const std::filesystem::path& folder) {
                tighten(memory, firstNumber(folder / "memory.limit_in_bytes"),
                    firstNumber(folder / "memory.usage_in_bytes"),
                    lookUp(folder / "memory.stat", "total_inactive_file"));
            });
    }
    return memory;
}

} // namespace falconer
