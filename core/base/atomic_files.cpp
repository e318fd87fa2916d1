// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"

#include "core/base/descriptor.h"
#include "core/base/error.h"

#include <algorithm>
#include <cerrno>
#include <random>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace falconer {

namespace {

constexpr std::string_view kTemporaryPrefix = ".falconer-tmp-";
constexpr std::string_view kAsidePrefix = ".falconer-old-"; // followed by the folder's own name
constexpr std::size_t kLargestWrite = std::size_t{1} << 30; // one write() takes at most 2 GiB less a page

std::string reason(int error) { return std::system_category().message(error); }

[[noreturn]] void throwUnwritable(const fs::path& path, int error)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
        throw Error(ErrorCode::diskFull, path.string(), "no space is left to write it (" + reason(error) + ")",
            "free some space, or choose another disk");
    case EFBIG:
        throw Error(ErrorCode::diskFull, path.string(), "it would grow beyond the largest size allowed for a file",
            "choose another disk, or raise the limit (ulimit -f)");
    case ENOENT:
    case ENOTDIR:
        throw Error(ErrorCode::fileUnwritable, path.string(), "its folder does not exist", "create the folder first");
    case EACCES:
    case EPERM:
    case EROFS:
        throw Error(ErrorCode::fileUnwritable, path.string(), "cannot be written (" + reason(error) + ")",
            "check the permissions of its folder, or choose another one");
    default: throw Error(ErrorCode::fileUnwritable, path.string(), "cannot be written (" + reason(error) + ")");
    }
}

/// The place that a write ends up at: absolute, links followed, no slash at the end.
fs::path resolved(const fs::path& path)
{
    std::error_code error;
    fs::path whole = fs::absolute(path, error);
    if (error)
        whole = path;
    if (fs::path real = fs::weakly_canonical(whole, error); !error)
        whole = std::move(real);
    return whole.has_filename() ? whole : whole.parent_path();
}

std::string randomName()
{
    static constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::random_device random;
    std::string name(kTemporaryPrefix);
    for (int i = 0; i < 12; ++i)
        name += kLetters[random() % (sizeof kLetters - 1)];
    return name;
}

/// 0, or errno. File systems that cannot sync say EINVAL or ENOTSUP; there is nothing better to do on them.
int sync(int descriptor)
{
    while (::fsync(descriptor) != 0) {
        if (errno == EINTR)
            continue;
        return errno == EINVAL || errno == ENOTSUP || errno == EROFS ? 0 : errno;
    }
    return 0;
}

/// Makes a rename inside `folder` survive a power cut. A folder that may not be read cannot be synced.
int syncFolder(const fs::path& folder)
{
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return descriptor ? sync(descriptor.get()) : 0;
}

/// Syncs what is below `folder`, then itself.
void syncTree(const fs::path& folder)
{
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (entry.is_symlink())
            continue;
        if (entry.is_directory()) {
            syncTree(entry.path());
        } else if (entry.is_regular_file()) {
            const Descriptor file(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
            if (!file)
                throwUnwritable(entry.path(), errno);
            if (const int error = sync(file.get()))
                throwUnwritable(entry.path(), error);
        }
    }
    if (const int error = syncFolder(folder))
        throwUnwritable(folder, error);
}

/// Takes the lock that marks a temporary as being worked on; it goes with the descriptor, so a killed process loses it.
bool lock(int descriptor) { return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0; }

} // namespace

void writeFile(const fs::path& path, std::string_view content)
{
    AtomicFile file(path);
    file.write(content);
    file.commit();
}

AtomicFile::AtomicFile(fs::path path)
    : m_path(resolved(path))
{
    struct stat old { };
    const bool exists = ::stat(m_path.c_str(), &old) == 0;
    if (exists && !S_ISREG(old.st_mode))
        throw Error(ErrorCode::fileUnwritable, m_path.string(),
            S_ISDIR(old.st_mode) ? "a folder of that name exists" : "is not a regular file", "choose another name");
    do {
        m_temporary = m_path.parent_path() / randomName();
        m_descriptor = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (m_descriptor < 0 && (errno == EEXIST || errno == EINTR));
    if (m_descriptor < 0) {
        const int error = errno;
        m_temporary.clear();
        throwUnwritable(m_path, error);
    }
    lock(m_descriptor);
    // A file system without modes refuses, and then needs none.
    if (exists)
        static_cast<void>(::fchmod(m_descriptor, old.st_mode & 07777) == 0);
}

AtomicFile::~AtomicFile() { discard(); }

void AtomicFile::discard() noexcept
{
    if (m_descriptor < 0)
        return;
    // Unlinked while the lock is still held, so that nobody mistakes it for a leftover in between.
    ::unlink(m_temporary.c_str());
    ::close(m_descriptor);
    m_descriptor = -1;
}

void AtomicFile::write(const void* data, std::size_t bytes)
{
    if (m_descriptor < 0)
        throw Error(ErrorCode::internal, m_path.string(), "written after it was committed or had failed");
    const char* at = static_cast<const char*>(data);
    while (bytes > 0) {
        const ssize_t count = ::write(m_descriptor, at, std::min(bytes, kLargestWrite));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            const int error = count < 0 ? errno : ENOSPC;
            discard();
            throwUnwritable(m_path, error);
        }
        at += count;
        bytes -= static_cast<std::size_t>(count);
    }
}

void AtomicFile::commit()
{
    if (m_descriptor < 0)
        throw Error(ErrorCode::internal, m_path.string(), "committed twice, or after it had failed");
    int error = sync(m_descriptor);
    if (!error && ::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        error = errno;
    if (error) {
        discard();
        throwUnwritable(m_path, error);
    }
    ::close(m_descriptor);
    m_descriptor = -1;
    if ((error = syncFolder(m_path.parent_path())))
        throwUnwritable(m_path, error);
}

AtomicFolder::AtomicFolder(fs::path path)
    : m_path(resolved(path))
{
    std::error_code ignored;
    if (fs::exists(m_path, ignored) && !fs::is_directory(m_path, ignored))
        throw Error(ErrorCode::fileUnwritable, m_path.string(), "a file of that name exists, where a folder is to be",
            "choose another name, or remove the file");
    while (::mkdir((m_temporary = m_path.parent_path() / randomName()).c_str(), 0777) != 0)
        if (errno != EEXIST)
            throwUnwritable(m_path, errno);
    m_descriptor = ::open(m_temporary.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (m_descriptor < 0) {
        const int error = errno;
        ::rmdir(m_temporary.c_str());
        throwUnwritable(m_path, error);
    }
    lock(m_descriptor);
}

AtomicFolder::~AtomicFolder() { discard(); }

void AtomicFolder::discard() noexcept
{
    if (m_descriptor < 0)
        return;
    std::error_code ignored;
    fs::remove_all(m_temporary, ignored);
    ::close(m_descriptor);
    m_descriptor = -1;
}

void AtomicFolder::commit()
{
    if (m_descriptor < 0)
        throw Error(ErrorCode::internal, m_path.string(), "committed twice, or after it had failed");
    const fs::path aside = m_path.parent_path() / (std::string(kAsidePrefix) + m_path.filename().string());
    std::error_code ignored;
    try {
        syncTree(m_temporary);
        // The old folder keeps its lock while it lies aside: nobody puts it back meanwhile.
        const Descriptor old(::open(m_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (old) {
            lock(old.get());
            fs::remove_all(aside, ignored); // of a crash long ago; the folder itself is there, so this one is stale
            if (::rename(m_path.c_str(), aside.c_str()) != 0)
                throwUnwritable(m_path, errno);
        }
        if (::rename(m_temporary.c_str(), m_path.c_str()) != 0) {
            const int error = errno;
            if (old)
                fs::rename(aside, m_path, ignored);
            throwUnwritable(m_path, error);
        }
        ::close(m_descriptor);
        m_descriptor = -1;
        const int error = syncFolder(m_path.parent_path());
        fs::remove_all(aside, ignored);
        if (error)
            throwUnwritable(m_path, error);
    } catch (const fs::filesystem_error& error) {
        discard();
        throwUnwritable(m_path, error.code().value());
    } catch (...) {
        discard();
        throw;
    }
}

void removeUnfinished(const fs::path& folder)
{
    std::error_code ignored;
    // Collected first: removing while iterating may skip entries.
    std::vector<fs::path> leftovers;
    for (fs::directory_iterator entry(folder, ignored), end; !ignored && entry != end; entry.increment(ignored)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with(kTemporaryPrefix) || name.starts_with(kAsidePrefix))
            leftovers.push_back(entry->path());
    }
    for (const fs::path& leftover : leftovers) {
        const Descriptor descriptor(::open(leftover.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        if (!descriptor || !lock(descriptor.get()))
            continue; // not ours to open, or its writer lives
        const std::string name = leftover.filename().string();
        if (name.starts_with(kAsidePrefix)) {
            const fs::path original = folder / name.substr(kAsidePrefix.size());
            if (!fs::exists(fs::symlink_status(original, ignored))) {
                fs::rename(leftover, original, ignored);
                continue;
            }
        }
        fs::remove_all(leftover, ignored);
    }
    syncFolder(folder);
}

} // namespace falconer
