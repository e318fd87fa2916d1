// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace falconer {

class Descriptor;

/// The bytes of a file, a piece at a time. Not mapped: a mapped file that somebody cuts while it is read kills the
/// process.
class TextSource {
public:
    /// The longest row that a reader may ask to see at once.
    static constexpr std::size_t kMaxRow = std::size_t{256} << 20;

    /// Throws fileMissing, fileUnreadable (also for what is not a regular file).
    explicit TextSource(const std::filesystem::path& path);
    /// Reads `text`, which must outlive the source; `name` stands for the file in messages.
    TextSource(std::string_view text, std::string name);
    ~TextSource();
    TextSource(TextSource&&) noexcept;
    TextSource& operator=(TextSource&&) noexcept;

    const std::string& name() const { return m_name; }
    /// What has been read and not consumed; valid until the next call of grow() or consume().
    std::string_view unread() const { return m_unread; }
    /// Reads on, so that unread() grows at its end (at least doubling, so that starting over costs little); false at
    /// the end of the file. Throws fileUnreadable when the file changed since it was opened, and fileMalformed when
    /// unread() would pass kMaxRow.
    bool grow();
    void consume(std::size_t bytes);
    std::size_t position() const { return m_position; } ///< bytes consumed
    std::size_t size() const { return m_size; } ///< of the file, when it was opened

    /// unread() up to the next line feed (which is consumed with it and left out), the rest of the file when there is
    /// none; false at the end. Valid as unread() is, but not touched by this call.
    bool nextLine(std::string_view& line);

private:
    void refuseChange() const;

    std::string m_name;
    std::unique_ptr<Descriptor> m_file; // null when reading from memory
    std::string m_buffer;
    std::string_view m_unread;
    std::size_t m_position = 0;
    std::size_t m_size = 0;
    std::timespec m_modified{};
};

/// Throws dataInvalid for a file that evidently is not text in UTF-8 (UTF-16, compressed), and consumes a byte order
/// mark.
void startText(TextSource& source);

/// The byte offset of what text must not hold, with a clause about it: ill-formed UTF-8, NUL. Empty when it is clean.
std::string textProblem(std::string_view text, std::string_view within);

} // namespace falconer
