// SPDX-License-Identifier: Apache-2.0
#include "core/data/sample_store.h"

#include "core/base/error.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <limits>
#include <string_view>
#include <unistd.h>

namespace falconer {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;
constexpr std::size_t kBlock = kMiB / sizeof(std::uint32_t); // ids
constexpr std::uint32_t kLearnBit = std::uint32_t{1} << 31; // an id is never negative, so its sign bit is free

/// /tmp is memory on many machines, which is what the file is to spare; /var/tmp is there for large files.
std::filesystem::path temporaryFolder()
{
    if (const char* named = std::getenv("TMPDIR"); named && *named)
        return named;
    return ::access("/var/tmp", W_OK) == 0 ? "/var/tmp" : std::filesystem::temp_directory_path();
}

} // namespace

/// All ids in one row, cut into blocks: the first ones stay in memory, later ones are written out once they are full.
class SampleStore::Ids {
public:
    explicit Ids(std::size_t memory)
        : m_kept(memory / kMiB)
    {
    }
    ~Ids()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Ids(const Ids&) = delete;
    Ids& operator=(const Ids&) = delete;

    std::uint64_t size() const { return m_size; }
    std::uint64_t spilled() const { return m_written * kMiB; }
    std::int32_t largest() const { return m_largest; }

    void append(const Sample& sample)
    {
        for (std::size_t i = 0; i < sample.ids.size(); ++i) {
            const std::int32_t id = sample.ids[i];
            if (id < 0)
                throw Error(ErrorCode::internal, "a sample", fmt::format("the id {} is negative", id));
            m_largest = std::max(m_largest, id);
            push(static_cast<std::uint32_t>(id) | (sample.learn[i] ? kLearnBit : 0));
        }
    }
    void read(std::uint64_t offset, std::span<std::uint32_t> out) const
    {
        while (!out.empty()) {
            const std::uint64_t block = offset / kBlock;
            const auto within = static_cast<std::size_t>(offset % kBlock);
            const std::size_t count = std::min(out.size(), kBlock - within);
            if (block < m_blocks.size())
                std::copy_n(m_blocks[block].begin() + static_cast<std::ptrdiff_t>(within), count, out.begin());
            else if (block - m_blocks.size() < m_written)
                readFile((offset - m_blocks.size() * kBlock) * sizeof(std::uint32_t), out.first(count));
            else
                std::copy_n(m_last.begin() + static_cast<std::ptrdiff_t>(within), count, out.begin());
            out = out.subspan(count);
            offset += count;
        }
    }

private:
    void push(std::uint32_t word)
    {
        // A full block is stored only when the next word comes, so that a failure leaves everything as it was.
        if (m_last.size() == kBlock) {
            if (m_blocks.size() < m_kept) {
                m_blocks.push_back(std::move(m_last));
            } else {
                writeFile();
                ++m_written;
            }
            m_last.clear();
        }
        if (m_last.capacity() < kBlock && m_last.size() == m_last.capacity() && m_last.size() > kBlock / 4)
            m_last.reserve(kBlock);
        m_last.push_back(word);
        ++m_size;
    }
    void writeFile()
    {
        if (m_descriptor < 0)
            open();
        const char* data = reinterpret_cast<const char*>(m_last.data());
        auto at = static_cast<off_t>(m_written * kMiB);
        for (std::size_t left = kMiB; left > 0;) {
            const ssize_t done = ::pwrite(m_descriptor, data, left, at);
            if (done < 0 && errno == EINTR)
                continue;
            if (done <= 0)
                refuse(done == 0 ? ENOSPC : errno);
            data += done;
            at += done;
            left -= static_cast<std::size_t>(done);
        }
    }
    void readFile(std::uint64_t offset, std::span<std::uint32_t> out) const
    {
        char* data = reinterpret_cast<char*>(out.data());
        for (std::size_t left = out.size_bytes(); left > 0;) {
            const ssize_t done = ::pread(m_descriptor, data, left, static_cast<off_t>(offset));
            if (done < 0 && errno == EINTR)
                continue;
            if (done <= 0)
                throw Error(ErrorCode::fileUnreadable, m_folder.string(),
                    fmt::format("the temporary file of the data cannot be read back: {}",
                        done == 0 ? "it is too short" : std::strerror(errno)),
                    "check that disk, or name another folder in TMPDIR");
            data += done;
            offset += static_cast<std::uint64_t>(done);
            left -= static_cast<std::size_t>(done);
        }
    }
    void open()
    {
        m_folder = temporaryFolder();
        std::string name = (m_folder / "falconer-data-XXXXXX").string();
        m_descriptor = ::mkostemp(name.data(), O_CLOEXEC);
        if (m_descriptor < 0)
            refuse(errno);
        ::unlink(name.c_str());
    }
    [[noreturn]] void refuse(int number) const
    {
        const bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
        throw Error(full ? ErrorCode::diskFull : ErrorCode::fileUnwritable, m_folder.string(),
            fmt::format("data that does not fit into memory cannot be kept there: {}", std::strerror(number)),
            full ? "free space there, or name another folder in TMPDIR" : "name another folder in TMPDIR");
    }

    std::size_t m_kept; // blocks that may stay in memory
    std::vector<std::vector<std::uint32_t>> m_blocks; // full ones, in memory
    std::vector<std::uint32_t> m_last; // the block that is being filled
    std::uint64_t m_written = 0; // blocks in the file
    std::uint64_t m_size = 0;
    std::int32_t m_largest = -1;
    std::filesystem::path m_folder;
    int m_descriptor = -1;
};

std::size_t SampleStore::defaultMemory()
{
    constexpr std::size_t kDefault = 256;
    const char* text = std::getenv("FALCONER_DATA_MEMORY");
    std::size_t number = kDefault;
    if (text) {
        const std::string_view view(text);
        const auto [end, error] = std::from_chars(view.data(), view.data() + view.size(), number);
        constexpr std::size_t kMost = std::numeric_limits<std::size_t>::max() / kMiB;
        if (error != std::errc() || end != view.data() + view.size() || number > kMost)
            throw Error(ErrorCode::requestInvalid, "FALCONER_DATA_MEMORY", fmt::format("\"{}\" is not a number", view),
                "give how many MiB of data may stay in memory");
    }
    return number * kMiB;
}

SampleStore::SampleStore(std::size_t memory)
    : m_ids(std::make_shared<Ids>(memory))
{
}

SampleStore::SampleStore(std::span<const Sample> samples)
    : SampleStore()
{
    for (const Sample& sample : samples)
        append(sample);
}

void SampleStore::append(const Sample& sample)
{
    if (sample.ids.size() > std::numeric_limits<std::uint32_t>::max())
        throw Error(ErrorCode::dataInvalid, fmt::format("row {}", sample.row), "it has too many tokens");
    if (sample.ids.size() != sample.learn.size())
        throw Error(ErrorCode::internal, "a sample", "ids and mask differ in length");
    Entry entry;
    entry.offset = m_ids->size();
    entry.length = static_cast<std::uint32_t>(sample.ids.size());
    entry.targets = static_cast<std::uint32_t>(sample.targets());
    entry.row = sample.row;
    entry.file = sample.file;
    m_ids->append(sample);
    m_entries.push_back(entry);
}

Sample SampleStore::at(std::size_t i) const
{
    if (i >= m_entries.size())
        throw Error(ErrorCode::internal, "a sample", fmt::format("{} of {} was asked for", i, m_entries.size()));
    const Entry& entry = m_entries[i];
    std::vector<std::uint32_t> words(entry.length);
    m_ids->read(entry.offset, words);
    Sample sample;
    sample.row = entry.row;
    sample.file = entry.file;
    sample.ids.reserve(words.size());
    sample.learn.reserve(words.size());
    for (const std::uint32_t word : words) {
        sample.ids.push_back(static_cast<std::int32_t>(word & ~kLearnBit));
        sample.learn.push_back((word & kLearnBit) != 0 ? 1 : 0);
    }
    return sample;
}

SampleStore SampleStore::select(std::span<const std::size_t> indices) const
{
    SampleStore chosen(*this);
    chosen.m_entries.clear();
    chosen.m_entries.reserve(indices.size());
    for (const std::size_t i : indices)
        chosen.m_entries.push_back(m_entries.at(i));
    return chosen;
}

std::int32_t SampleStore::largestId() const { return m_ids->largest(); }

std::uint64_t SampleStore::spilled() const { return m_ids->spilled(); }

} // namespace falconer
