// SPDX-License-Identifier: Apache-2.0
#include "core/data/row_index.h"

#include "core/base/descriptor.h"
#include "core/base/text.h"
#include "core/data/delimited_reader.h"
#include "core/data/json_row.h"
#include "core/data/jsonl_reader.h"
#include "core/data/text_reader.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

namespace falconer {
namespace {

enum class Kind { lines, delimited, text, copied };

/// The number at the end of "FILE, line 88": where a row stands that could not be read.
std::int64_t lineOf(const Fault& fault)
{
    const std::size_t digits = fault.subject.find_last_not_of("0123456789") + 1;
    std::int64_t line = 0;
    std::from_chars(fault.subject.data() + digits, fault.subject.data() + fault.subject.size(), line);
    return line;
}

[[noreturn]] void refuseChange(const std::string& name)
{
    throw Error(ErrorCode::fileUnreadable, name, "the file has changed since it was opened", "open it again");
}

std::string readBytes(int descriptor, std::uint64_t begin, std::uint64_t end, const std::string& name)
{
    std::string bytes(static_cast<std::size_t>(end - begin), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t count
            = ::pread(descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(begin + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            throw Error(ErrorCode::fileUnreadable, name, fmt::format("cannot be read: {}", std::strerror(errno)),
                "check the disk that it lies on");
        if (count == 0)
            refuseChange(name);
        done += static_cast<std::size_t>(count);
    }
    return bytes;
}

/// As SampleStore's: /tmp is memory on many machines, which is what the copy is to spare.
std::string temporaryFolder()
{
    if (const char* named = std::getenv("TMPDIR"); named && *named)
        return named;
    return ::access("/var/tmp", W_OK) == 0 ? "/var/tmp" : std::filesystem::temp_directory_path().string();
}

int openUnnamed()
{
    std::string path = temporaryFolder() + "/falconer-rows-XXXXXX";
    const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
    if (descriptor < 0)
        throw Error(ErrorCode::fileUnwritable, temporaryFolder(),
            fmt::format("a temporary file cannot be made: {}", std::strerror(errno)),
            "name another folder in the environment's TMPDIR");
    ::unlink(path.c_str());
    return descriptor;
}

std::string toLine(const Row& row)
{
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (const Cell& cell : row.cells)
        object[cell.column] = cell.kind == CellKind::text ? nlohmann::ordered_json(cell.text) : cell.value;
    return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string toLine(const Fault& fault)
{
    return nlohmann::ordered_json::array({static_cast<int>(fault.code), fault.subject, fault.problem, fault.fix})
        .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Fault toFault(std::string_view line)
{
    const auto parts = nlohmann::ordered_json::parse(line);
    return {static_cast<ErrorCode>(parts.at(0).get<int>()), parts.at(1), parts.at(2), parts.at(3)};
}

} // namespace

/// The file itself, entered in the middle.
class RowIndexer::Original : public IndexedFile {
public:
    Original(const std::filesystem::path& path, std::string name, Kind kind, char delimiter, std::size_t headerBytes)
        : m_name(std::move(name))
        , m_file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK))
        , m_kind(kind)
        , m_delimiter(delimiter)
    {
        if (!m_file || ::fstat(m_file.get(), &m_status) != 0)
            refuseChange(m_name);
        m_header = readBytes(m_file.get(), 0, headerBytes, m_name);
    }

    std::vector<IndexedRow> read(const RowBlock& block) const override
    {
        struct stat now { };
        if (::fstat(m_file.get(), &now) != 0 || now.st_size != m_status.st_size
            || now.st_mtim.tv_sec != m_status.st_mtim.tv_sec || now.st_mtim.tv_nsec != m_status.st_mtim.tv_nsec)
            refuseChange(m_name);
        const std::string bytes = m_header + readBytes(m_file.get(), block.begin, block.end, m_name);
        const std::unique_ptr<RowReader> reader = open(bytes);
        std::vector<IndexedRow> rows;
        std::optional<std::int64_t> shift; // from lines of the block to lines of the file
        for (std::int32_t i = 0; i < block.rows; ++i) {
            IndexedRow read;
            try {
                if (!reader->next(read.row))
                    refuseChange(m_name);
                shift = shift.value_or(block.firstLine - read.row.line);
                read.row.line += *shift;
            } catch (const Error& error) {
                if (error.code() != ErrorCode::dataInvalid)
                    throw;
                read.fault = error.faults().front();
                shift = shift.value_or(block.firstLine - lineOf(*read.fault));
                read.row.line = lineOf(*read.fault) + *shift;
                read.fault->subject = place(m_name, read.row.line);
            }
            rows.push_back(std::move(read));
        }
        return rows;
    }

private:
    std::unique_ptr<RowReader> open(const std::string& bytes) const
    {
        if (m_kind == Kind::delimited)
            return std::make_unique<DelimitedReader>(bytes, m_name, m_delimiter);
        if (m_kind == Kind::text)
            return std::make_unique<TextReader>(bytes, m_name);
        return std::make_unique<JsonlReader>(bytes, m_name);
    }

    std::string m_name;
    Descriptor m_file;
    struct stat m_status { };
    Kind m_kind;
    char m_delimiter;
    std::string m_header; // of a delimited file
};

/// Rows as JSON lines, "NUMBER JSON"; of a broken row its fault, as a list.
class RowIndexer::Copy : public IndexedFile {
public:
    Copy(std::string name, RowUnit unit)
        : m_name(std::move(name))
        , m_unit(unit)
        , m_file(openUnnamed())
    {
    }

    std::uint64_t size() const { return m_size; }

    void append(const std::string& lines)
    {
        for (std::size_t done = 0; done < lines.size();) {
            const ssize_t count = ::write(m_file.get(), lines.data() + done, lines.size() - done);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                throw Error(errno == ENOSPC || errno == EDQUOT ? ErrorCode::diskFull : ErrorCode::fileUnwritable,
                    temporaryFolder(), fmt::format("the rows cannot be kept there: {}", std::strerror(errno)),
                    "free some space, or name another folder in the environment's TMPDIR");
            done += static_cast<std::size_t>(count);
        }
        m_size += lines.size();
    }

    std::vector<IndexedRow> read(const RowBlock& block) const override
    {
        const std::string bytes = readBytes(m_file.get(), block.begin, block.end, m_name);
        std::vector<IndexedRow> rows;
        for (std::string_view rest = bytes; !rest.empty();) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(line.size() + 1);
            const std::size_t blank = line.find(' ');
            const std::string_view content = line.substr(blank + 1);
            IndexedRow read;
            if (content.starts_with('['))
                read.fault = toFault(content);
            else
                parseJsonRow(content, "row", read.row);
            std::from_chars(line.data(), line.data() + blank, read.row.line);
            read.row.unit = m_unit;
            rows.push_back(std::move(read));
        }
        return rows;
    }

private:
    std::string m_name;
    RowUnit m_unit;
    Descriptor m_file;
    std::uint64_t m_size = 0;
};

RowIndexer::RowIndexer(const std::filesystem::path& path)
    : m_reader(openRows(path))
{
    const auto* delimited = dynamic_cast<const DelimitedReader*>(m_reader.get());
    Kind kind = Kind::copied;
    if (delimited)
        kind = Kind::delimited;
    else if (dynamic_cast<const JsonlReader*>(m_reader.get()))
        kind = Kind::lines;
    else if (dynamic_cast<const TextReader*>(m_reader.get()))
        kind = Kind::text;
    if (kind == Kind::copied) {
        m_copy = std::make_shared<Copy>(m_reader->name(), RowUnit::row);
        return;
    }
    const std::string extension = path.extension().string();
    const bool commas = extension.size() == 4 && (extension[1] == 'c' || extension[1] == 'C');
    m_original = std::make_shared<Original>(
        path, m_reader->name(), kind, commas ? ',' : '\t', delimited ? m_reader->position() : 0);
}

RowIndexer::~RowIndexer() = default;

std::shared_ptr<const IndexedFile> RowIndexer::file() const
{
    if (m_copy)
        return m_copy;
    return m_original;
}

bool RowIndexer::next(RowBlock& block, const Visitor& visit)
{
    if (m_failure)
        std::rethrow_exception(m_failure);
    block = {};
    block.begin = m_copy ? m_copy->size() : m_reader->position();
    std::string lines;
    while (!m_done && block.rows < kBlockRows) {
        Row row;
        std::optional<Fault> fault;
        try {
            if (!m_reader->next(row)) {
                m_done = true;
                break;
            }
        } catch (const Error& error) {
            if (error.code() != ErrorCode::dataInvalid) {
                m_failure = std::current_exception();
                m_done = true;
                break;
            }
            fault = error.faults().front();
            row.line = lineOf(*fault);
        }
        if (block.rows++ == 0)
            block.firstLine = row.line;
        if (m_copy)
            lines += fmt::format("{} {}\n", row.line, fault ? toLine(*fault) : toLine(row));
        if (visit)
            visit(row, fault ? &*fault : nullptr);
    }
    if (m_copy)
        m_copy->append(lines);
    block.end = m_copy ? m_copy->size() : m_reader->position();
    if (block.rows == 0 && m_failure)
        std::rethrow_exception(m_failure);
    return block.rows > 0;
}

} // namespace falconer
