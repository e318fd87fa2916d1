// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"

#include "core/base/descriptor.h"
#include "core/base/error.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <functional>
#include <system_error>

#include <fcntl.h>
#include <pwd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace falconer {

namespace {

constexpr std::size_t kLargestRead = std::size_t{1} << 30; // one read() gives at most 2 GiB less a page

[[noreturn]] void throwUnreadable(const fs::path& path, int error)
{
    if (error == ENOENT || error == ENOTDIR)
        throw Error(ErrorCode::fileMissing, path.string(), "does not exist", "check the path");
    throw Error(ErrorCode::fileUnreadable, path.string(),
        "cannot be read (" + std::system_category().message(error) + ")",
        error == EACCES ? "check its permissions" : "");
}

} // namespace

fs::path expandPath(std::string_view path, const fs::path& base)
{
    if (path == "~" || path.starts_with("~/")) {
        fs::path home;
        if (const char* variable = std::getenv("HOME"); variable && *variable)
            home = variable;
        else if (const passwd* user = ::getpwuid(::getuid()); user && user->pw_dir)
            home = user->pw_dir;
        if (!home.empty()) {
            path.remove_prefix(std::min<std::size_t>(2, path.size()));
            return path.empty() ? home : home / path;
        }
    }
    const fs::path given(path);
    return given.empty() || given.is_absolute() || base.empty() ? given : base / given;
}

void requireWritable(const fs::path& folder)
{
    fs::path place = folder.empty() ? fs::path(".") : folder;
    struct stat status { };
    // ENOTDIR: something on the way is no folder; it is found further up.
    while (::stat(place.c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR) && place.has_relative_path()
        && place != ".") {
        const fs::path above = place.parent_path();
        place = above.empty() ? fs::path(".") : above;
    }
    const bool isFolder = ::stat(place.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    if (isFolder && ::access(place.c_str(), W_OK | X_OK) == 0)
        return;
    const int error = errno;
    throw Error(ErrorCode::requestInvalid, folder.string(),
        isFolder ? place.string() + " may not be written in (" + std::system_category().message(error) + ")"
                 : place.string() + " is not a folder",
        "choose another folder");
}

std::string readFile(const fs::path& path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file)
        throwUnreadable(path, errno);
    struct stat status { };
    if (::fstat(file.get(), &status) != 0)
        throwUnreadable(path, errno);
    if (S_ISDIR(status.st_mode))
        throw Error(ErrorCode::fileUnreadable, path.string(), "is a folder, not a file", "name a file inside it");
    std::string content;
    // One byte more than the size says: the end is then seen without growing. A pipe says 0.
    std::size_t room = S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) + 1 : 65536;
    std::size_t filled = 0;
    for (;;) {
        content.resize(filled + room);
        const ssize_t count = ::read(file.get(), content.data() + filled, std::min(room, kLargestRead));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throwUnreadable(path, errno);
        if (count == 0)
            break;
        filled += static_cast<std::size_t>(count);
        room = content.size() > filled ? content.size() - filled : 65536;
    }
    content.resize(filled);
    return content;
}

std::shared_ptr<const MappedFile> MappedFile::open(const fs::path& path)
{
    // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file)
        throwUnreadable(path, errno);
    struct stat status { };
    if (::fstat(file.get(), &status) != 0)
        throwUnreadable(path, errno);
    if (!S_ISREG(status.st_mode))
        throw Error(ErrorCode::fileUnreadable, path.string(),
            S_ISDIR(status.st_mode) ? "is a folder, not a file" : "is not a regular file", "name a file");
    std::shared_ptr<MappedFile> mapped(new MappedFile);
    mapped->m_path = path;
    if (status.st_size > 0) { // mmap refuses a length of zero
        const auto size = static_cast<std::size_t>(status.st_size);
        void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
        if (data == MAP_FAILED)
            throwUnreadable(path, errno);
        mapped->m_data = static_cast<const std::byte*>(data);
        mapped->m_size = size;
    }
    return mapped;
}

MappedFile::~MappedFile()
{
    if (m_data)
        ::munmap(const_cast<std::byte*>(m_data), m_size);
}

void MappedFile::release(std::span<const std::byte> bytes) const
{
    // std::less orders pointers of different objects, which < need not
    const std::less<const std::byte*> before;
    if (bytes.empty() || before(bytes.data(), m_data) || before(m_data + m_size, bytes.data() + bytes.size()))
        return;
    // Whole pages: a neighbour's bytes on the border pages are simply read again when they are needed.
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t first = static_cast<std::size_t>(bytes.data() - m_data) / page * page;
    const std::size_t last = static_cast<std::size_t>(bytes.data() - m_data) + bytes.size();
    ::madvise(const_cast<std::byte*>(m_data) + first, last - first, MADV_DONTNEED);
}

} // namespace falconer
