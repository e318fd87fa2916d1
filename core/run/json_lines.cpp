// SPDX-License-Identifier: Apache-2.0
#include "core/run/json_lines.h"

#include "core/base/descriptor.h"
#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace falconer {

namespace {

[[noreturn]] void throwUnwritable(const std::filesystem::path& file, int error)
{
    const bool isFull = error == ENOSPC || error == EDQUOT || error == EFBIG;
    throw Error(isFull ? ErrorCode::diskFull : ErrorCode::fileUnwritable, file.string(),
        isFull ? "no space is left to add a line"
               : "a line cannot be added (" + std::system_category().message(error) + ")",
        isFull ? "free some space, then resume the run" : "check the permissions of the run's folder");
}

} // namespace

void appendJsonLine(const std::filesystem::path& file, const nlohmann::ordered_json& object)
{
    using Json = nlohmann::ordered_json;
    std::string line = object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    // Read access too: the byte at the end is looked at.
    const Descriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
    if (!descriptor)
        throwUnwritable(file, errno);
    struct stat status { };
    if (::fstat(descriptor.get(), &status) != 0)
        throwUnwritable(file, errno);
    char last = '\n';
    if (status.st_size > 0 && ::pread(descriptor.get(), &last, 1, status.st_size - 1) != 1)
        throwUnwritable(file, errno);
    if (last != '\n')
        line.insert(line.begin(), '\n');
    ssize_t count = 0;
    do {
        count = ::write(descriptor.get(), line.data(), line.size());
    } while (count < 0 && errno == EINTR);
    if (count == static_cast<ssize_t>(line.size()))
        return;
    const int error = count < 0 ? errno : ENOSPC; // a short write: the disk took what fitted
    if (count > 0)
        static_cast<void>(::ftruncate(descriptor.get(), status.st_size) == 0);
    throwUnwritable(file, error);
}

void forEachJsonLine(std::string_view content, const std::function<void(const JsonLine&)>& take)
{
    JsonLine line;
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t end = content.find('\n', at);
        line.finished = end != std::string_view::npos;
        line.text = content.substr(at, line.finished ? end - at : end);
        ++line.number;
        if (line.text.find_first_not_of(" \t\r") != std::string_view::npos)
            take(line);
        at = line.finished ? end + 1 : content.size();
    }
}

} // namespace falconer
