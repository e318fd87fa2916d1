// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace falconer {

/// "~" and "~/…" become the home folder; a relative path is taken from `base` (when not empty).
std::filesystem::path expandPath(std::string_view path, const std::filesystem::path& base = {});

/// Throws requestInvalid where `folder` cannot be made or written in, as far as that can be known without trying: the
/// nearest folder on its way that exists is asked.
void requireWritable(const std::filesystem::path& folder);

/// The whole of a text file. Throws fileMissing, fileUnreadable.
std::string readFile(const std::filesystem::path& path);

/// Replaces `path` in one step: temporary file beside it, write, fsync, rename, fsync of the folder. Throws
/// fileUnwritable or diskFull and then leaves no temporary file and the old content untouched. A symbolic link is
/// followed, the mode of an existing file kept; what is not a regular file is refused; the folder must exist.
void writeFile(const std::filesystem::path& path, std::string_view content);

/// A file written in pieces that appears under its name only at commit(); dropped without commit(), nothing remains.
/// Throws as writeFile does; after a failure the temporary file is gone and nothing more can be written.
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path path);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;

    void write(const void* data, std::size_t bytes);
    void write(std::string_view text) { write(text.data(), text.size()); }
    void commit();

private:
    void discard() noexcept;

    std::filesystem::path m_path;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
};

/// A folder that appears under its name only at commit(): fill temporary(), then commit() syncs and renames it. A
/// folder of that name that exists is replaced (moved aside first, removed after). Dropped without commit(), nothing
/// remains. Throws fileUnwritable or diskFull and then leaves an existing folder as it was. The parent folder must
/// exist.
class AtomicFolder {
public:
    explicit AtomicFolder(std::filesystem::path path);
    ~AtomicFolder();
    AtomicFolder(const AtomicFolder&) = delete;
    AtomicFolder& operator=(const AtomicFolder&) = delete;

    const std::filesystem::path& temporary() const { return m_temporary; }
    void commit();

private:
    void discard() noexcept;

    std::filesystem::path m_path;
    std::filesystem::path m_temporary;
    int m_descriptor = -1; ///< of the temporary folder: its lock says that the writer lives
};

/// Removes what a killed process left of unfinished AtomicFile and AtomicFolder writes directly inside `folder`, and
/// puts a folder back that it had moved aside and not yet replaced. Writes that are still going on, in this process or
/// in another, are left alone. Does nothing when the folder does not exist; what may not be removed stays.
void removeUnfinished(const std::filesystem::path& folder);

/// A read-only mapping of a whole file; the bytes stay valid while any copy of the shared pointer lives.
class MappedFile {
public:
    /// Throws fileMissing, fileUnreadable (also for what is not a regular file).
    static std::shared_ptr<const MappedFile> open(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::span<const std::byte> bytes() const { return {m_data, m_size}; }
    /// Tells the system that these bytes will not be needed again, so that mapped pages do not pile up while streaming.
    void release(std::span<const std::byte> bytes) const;

private:
    MappedFile() = default;
    std::filesystem::path m_path;
    const std::byte* m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace falconer
