// SPDX-License-Identifier: Apache-2.0
#include "core/data/text_source.h"

#include "core/base/descriptor.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

namespace falconer {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;

} // namespace

TextSource::TextSource(const std::filesystem::path& path)
    : m_name(toValidUtf8(path.string()))
    // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
    , m_file(std::make_unique<Descriptor>(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)))
{
    struct stat status { };
    if (!*m_file || ::fstat(m_file->get(), &status) != 0) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        throw Error(missing ? ErrorCode::fileMissing : ErrorCode::fileUnreadable, m_name,
            missing ? "there is no such file" : fmt::format("cannot be read: {}", std::strerror(errno)),
            missing ? "check the path" : "check its permissions");
    }
    if (!S_ISREG(status.st_mode))
        throw Error(ErrorCode::fileUnreadable, m_name,
            S_ISDIR(status.st_mode) ? "is a folder, not a file" : "is not a regular file", "name a file");
    m_size = static_cast<std::size_t>(status.st_size);
    m_modified = status.st_mtim;
    ::posix_fadvise(m_file->get(), 0, 0, POSIX_FADV_SEQUENTIAL);
}

TextSource::TextSource(std::string_view text, std::string name)
    : m_name(std::move(name))
    , m_unread(text)
    , m_size(text.size())
{
}

TextSource::~TextSource() = default;
TextSource::TextSource(TextSource&&) noexcept = default;
TextSource& TextSource::operator=(TextSource&&) noexcept = default;

bool TextSource::grow()
{
    if (!m_file)
        return false;
    const std::size_t kept = m_unread.size();
    if (kept >= kMaxRow)
        throw Error(ErrorCode::fileMalformed, m_name,
            fmt::format("a single row behind byte {} is longer than {} MiB", m_position, kMaxRow >> 20),
            "check that the file is what its name says");
    m_buffer.erase(0, m_buffer.size() - kept);
    m_buffer.resize(kept + std::max(kPiece, kept));
    std::size_t end = kept;
    while (end < m_buffer.size()) {
        const ssize_t count = ::read(m_file->get(), m_buffer.data() + end, m_buffer.size() - end);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throw Error(ErrorCode::fileUnreadable, m_name, fmt::format("cannot be read: {}", std::strerror(errno)),
                "check the disk that it lies on");
        if (count == 0) {
            refuseChange();
            break;
        }
        end += static_cast<std::size_t>(count);
    }
    m_buffer.resize(end);
    m_unread = m_buffer;
    return end > kept;
}

void TextSource::refuseChange() const
{
    struct stat status { };
    if (::fstat(m_file->get(), &status) == 0 && static_cast<std::size_t>(status.st_size) == m_size
        && status.st_mtim.tv_sec == m_modified.tv_sec && status.st_mtim.tv_nsec == m_modified.tv_nsec)
        return;
    throw Error(ErrorCode::fileUnreadable, m_name, "the file changed while it was being read",
        "start again when nothing writes to it any more");
}

void TextSource::consume(std::size_t bytes)
{
    m_unread.remove_prefix(bytes);
    m_position += bytes;
}

bool TextSource::nextLine(std::string_view& line)
{
    std::size_t end = m_unread.find('\n');
    while (end == std::string_view::npos) {
        const std::size_t seen = m_unread.size();
        if (!grow())
            break;
        end = m_unread.find('\n', seen);
    }
    if (m_unread.empty())
        return false;
    line = m_unread.substr(0, end);
    consume(std::min(line.size() + 1, m_unread.size()));
    return true;
}

void startText(TextSource& source)
{
    while (source.unread().size() < 4 && source.grow()) { }
    const std::string_view head = source.unread();
    const auto refuse = [&](std::string problem, std::string fix) {
        throw Error(ErrorCode::dataInvalid, source.name(), std::move(problem), std::move(fix));
    };
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
        refuse("the file is UTF-16 text", "save it as UTF-8");
    if (head.starts_with("PAR1"))
        refuse("the file is Parquet", "give its name the ending .parquet");
    if (head.starts_with("\x1F\x8B") || head.starts_with("\x28\xB5\x2F\xFD") || head.starts_with("PK\x03\x04"))
        refuse("the file is compressed", "unpack it first");
    if (head.starts_with("\xEF\xBB\xBF"))
        source.consume(3);
}

std::string textProblem(std::string_view text, std::string_view within)
{
    if (const std::size_t bad = findInvalidUtf8(text); bad != std::string_view::npos)
        return fmt::format(
            "byte {} of the {} (0x{:02X}) is not UTF-8", bad + 1, within, static_cast<unsigned char>(text[bad]));
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
        return fmt::format("byte {} of the {} is a NUL byte", nul + 1, within);
    return {};
}

} // namespace falconer
