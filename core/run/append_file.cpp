// SPDX-License-Identifier: Apache-2.0
#include "core/run/append_file.h"

#include "core/base/error.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

namespace falconer {

namespace {

[[noreturn]] void throwUnwritable(const std::filesystem::path& path, int error)
{
    const bool isFull = error == ENOSPC || error == EDQUOT || error == EFBIG;
    throw Error(isFull ? ErrorCode::diskFull : ErrorCode::fileUnwritable, path.string(),
        isFull ? "no space is left to write it" : "cannot be written (" + std::system_category().message(error) + ")",
        isFull ? "free some space" : "check the permissions of its folder");
}

std::filesystem::path withFolders(std::filesystem::path file)
{
    makeFolders(file.parent_path());
    return file;
}

} // namespace

void makeFolders(const std::filesystem::path& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throwUnwritable(folder, error.value());
}

AppendFile::AppendFile(std::filesystem::path path)
    : m_path(withFolders(std::move(path)))
    , m_descriptor(::open(m_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666))
{
    struct stat status { };
    if (!m_descriptor || ::fstat(m_descriptor.get(), &status) != 0)
        throwUnwritable(m_path, errno);
    m_size = status.st_size;
}

void AppendFile::append(std::string_view record)
{
    std::size_t done = 0;
    while (done < record.size()) {
        const ssize_t count = ::write(m_descriptor.get(), record.data() + done, record.size() - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            const int error = count < 0 ? errno : ENOSPC;
            static_cast<void>(::ftruncate(m_descriptor.get(), m_size) == 0);
            throwUnwritable(m_path, error);
        }
        done += static_cast<std::size_t>(count);
    }
    m_size += static_cast<std::int64_t>(record.size());
}

} // namespace falconer
