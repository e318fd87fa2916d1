// SPDX-License-Identifier: Apache-2.0
// The format: ggml's docs/gguf.md; block types: ggml-common.h.
#include "core/base/error.h"
#include "core/formats/parse.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <set>

namespace falconer::parse {

namespace {

static_assert(std::endian::native == std::endian::little, "stored numbers are read as they lie in the file");

constexpr std::uint32_t kMostDimensions = 4; // ggml's own limit
// Numbers are widened to 8 bytes and texts get a std::string each: without a bound, a crafted file could ask for many
// times its own size. The largest vocabularies need less than a tenth of this.
constexpr std::uint64_t kMostArrayElements = std::uint64_t{1} << 24;

enum class ValueType : std::uint32_t { u8, i8, u16, i16, u32, i32, f32, boolean, string, array, u64, i64, f64 };

/// The fewest bytes that a value of this type takes, 0 for a type that does not exist.
std::size_t leastBytes(ValueType type)
{
    switch (type) {
    case ValueType::u8:
    case ValueType::i8:
    case ValueType::boolean: return 1;
    case ValueType::u16:
    case ValueType::i16: return 2;
    case ValueType::u32:
    case ValueType::i32:
    case ValueType::f32: return 4;
    case ValueType::u64:
    case ValueType::i64:
    case ValueType::f64:
    case ValueType::string: return 8;
    case ValueType::array: return 12;
    }
    return 0;
}

class Reader {
public:
    Reader(std::span<const std::byte> file, const std::filesystem::path& path)
        : m_file(file)
        , m_path(path)
    {
    }

    Gguf read();

private:
    [[noreturn]] void fail(const std::string& problem, ErrorCode code = ErrorCode::fileMalformed) const
    {
        throw Error(code, m_subject.empty() ? m_path.string() : m_subject, problem, "download the file again");
    }

    [[noreturn]] void failTruncated() const
    {
        fail("the file ends at byte " + std::to_string(m_file.size()) + ", before its header does",
            ErrorCode::fileTruncated);
    }

    std::size_t left() const { return m_file.size() - m_at; }

    template <typename T>
    T number()
    {
        if (left() < sizeof(T))
            failTruncated();
        T value;
        std::memcpy(&value, m_file.data() + m_at, sizeof value);
        m_at += sizeof value;
        return value;
    }

    std::string text()
    {
        const auto length = number<std::uint64_t>();
        if (length > left())
            failTruncated();
        std::string value(reinterpret_cast<const char*>(m_file.data()) + m_at, static_cast<std::size_t>(length));
        m_at += value.size();
        return value;
    }

    bool boolean()
    {
        const auto value = number<std::uint8_t>();
        if (value > 1)
            fail("holds " + std::to_string(value) + " where true (1) or false (0) should stand");
        return value == 1;
    }

    /// A count of things that take at least `bytes` each: more cannot follow than there is room for.
    std::uint64_t count(std::size_t bytes)
    {
        const auto value = number<std::uint64_t>();
        if (value > left() / bytes)
            failTruncated();
        return value;
    }

    template <typename Stored, typename Widened>
    std::vector<Widened> numbers(std::uint64_t length)
    {
        std::vector<Widened> values(static_cast<std::size_t>(length));
        for (Widened& value : values)
            value = static_cast<Widened>(number<Stored>());
        return values;
    }

    void readHeader();
    GgufFile::Value value(ValueType type);
    GgufFile::Value array();
    void readMetadata();
    std::uint64_t alignment() const;
    void readTensorInfos();
    void placeTensors();

    const std::span<const std::byte> m_file;
    const std::filesystem::path& m_path;
    std::size_t m_at = 0;
    std::string m_subject; ///< of errors: empty means the file
    std::uint64_t m_tensorCount = 0;
    std::uint64_t m_pairCount = 0;
    std::uint64_t m_arrayElements = 0;
    std::vector<std::uint64_t> m_offsets; ///< of each tensor inside the data
    Gguf m_result;
};

void Reader::readHeader()
{
    if (m_file.size() < 4)
        fail("is too short for a GGUF file", ErrorCode::fileTruncated);
    if (std::memcmp(m_file.data(), "GGUF", 4) != 0)
        fail("is not a GGUF file");
    m_at = 4;
    const auto version = number<std::uint32_t>();
    if (version != 2 && version != 3)
        throw Error(ErrorCode::modelUnsupported, m_path.string(),
            version != 0 && (version & 0xFFFF) == 0 ? "is a big-endian GGUF file, which Falconer does not read"
                                                    : "is a GGUF file of version " + std::to_string(version),
            "use a little-endian file of version 2 or 3");
    m_tensorCount = number<std::uint64_t>();
    m_pairCount = number<std::uint64_t>();
}

GgufFile::Value Reader::value(ValueType type)
{
    switch (type) {
    case ValueType::u8: return std::uint64_t{number<std::uint8_t>()};
    case ValueType::i8: return std::int64_t{number<std::int8_t>()};
    case ValueType::u16: return std::uint64_t{number<std::uint16_t>()};
    case ValueType::i16: return std::int64_t{number<std::int16_t>()};
    case ValueType::u32: return std::uint64_t{number<std::uint32_t>()};
    case ValueType::i32: return std::int64_t{number<std::int32_t>()};
    case ValueType::f32: return double{number<float>()};
    case ValueType::boolean: return boolean();
    case ValueType::string: return text();
    case ValueType::array: return array();
    case ValueType::u64: return number<std::uint64_t>();
    case ValueType::i64: return number<std::int64_t>();
    case ValueType::f64: return number<double>();
    }
    fail("has a value of the unknown type " + std::to_string(static_cast<std::uint32_t>(type)));
}

GgufFile::Value Reader::array()
{
    const auto type = static_cast<ValueType>(number<std::uint32_t>());
    const std::size_t least = leastBytes(type);
    if (least == 0)
        fail("is a list of values of the unknown type " + std::to_string(static_cast<std::uint32_t>(type)));
    if (type == ValueType::array)
        fail("is a list of lists, which no reader of GGUF takes");
    const std::uint64_t length = count(least);
    m_arrayElements += length;
    if (m_arrayElements > kMostArrayElements)
        fail("brings the lists of the file to more than " + std::to_string(kMostArrayElements) + " values");
    switch (type) {
    case ValueType::u8: return numbers<std::uint8_t, std::uint64_t>(length);
    case ValueType::i8: return numbers<std::int8_t, std::int64_t>(length);
    case ValueType::u16: return numbers<std::uint16_t, std::uint64_t>(length);
    case ValueType::i16: return numbers<std::int16_t, std::int64_t>(length);
    case ValueType::u32: return numbers<std::uint32_t, std::uint64_t>(length);
    case ValueType::i32: return numbers<std::int32_t, std::int64_t>(length);
    case ValueType::u64: return numbers<std::uint64_t, std::uint64_t>(length);
    case ValueType::i64: return numbers<std::int64_t, std::int64_t>(length);
    case ValueType::f32: return numbers<float, double>(length);
    case ValueType::f64: return numbers<double, double>(length);
    case ValueType::boolean: {
        std::vector<bool> values;
        for (std::uint64_t i = 0; i < length; ++i)
            values.push_back(boolean());
        return values;
    }
    default: {
        std::vector<std::string> values;
        for (std::uint64_t i = 0; i < length; ++i)
            values.push_back(text());
        return values;
    }
    }
}

void Reader::readMetadata()
{
    if (m_pairCount > left() / 13) // an empty key, a type and one byte
        failTruncated();
    for (std::uint64_t i = 0; i < m_pairCount; ++i) {
        m_subject.clear();
        std::string key = text();
        m_subject = m_path.string() + ", key " + printable(key);
        const auto type = static_cast<ValueType>(number<std::uint32_t>());
        if (!m_result.metadata.emplace(std::move(key), value(type)).second)
            fail("stands twice in the metadata");
    }
    m_subject.clear();
}

std::uint64_t Reader::alignment() const
{
    const auto found = m_result.metadata.find("general.alignment");
    if (found == m_result.metadata.end())
        return 32;
    const auto* value = std::get_if<std::uint64_t>(&found->second);
    if (!value || !std::has_single_bit(*value) || *value > UINT32_MAX)
        throw Error(ErrorCode::fileMalformed, m_path.string() + ", key general.alignment", "is not a power of two",
            "download the file again");
    return *value;
}

StoredType storedType(std::uint32_t type, const std::string& subject)
{
    switch (type) {
    case 0: return StoredType::f32;
    case 1: return StoredType::f16;
    case 2: return StoredType::q4_0;
    case 3: return StoredType::q4_1;
    case 8: return StoredType::q8_0;
    case 24: return StoredType::i8;
    case 25: return StoredType::i16;
    case 26: return StoredType::i32;
    case 27: return StoredType::i64;
    case 28: return StoredType::f64;
    case 30: return StoredType::bf16;
    default: break;
    }
    // ggml's numbers; those not listed here were never used or were withdrawn
    static const std::map<std::uint32_t, const char*> kOthers
        = {{6, "Q5_0"}, {7, "Q5_1"}, {9, "Q8_1"}, {10, "Q2_K"}, {11, "Q3_K"}, {12, "Q4_K"}, {13, "Q5_K"}, {14, "Q6_K"},
            {15, "Q8_K"}, {16, "IQ2_XXS"}, {17, "IQ2_XS"}, {18, "IQ3_XXS"}, {19, "IQ1_S"}, {20, "IQ4_NL"},
            {21, "IQ3_S"}, {22, "IQ2_S"}, {23, "IQ4_XS"}, {29, "IQ1_M"}, {34, "TQ1_0"}, {35, "TQ2_0"}, {39, "MXFP4"}};
    const auto known = kOthers.find(type);
    throw Error(ErrorCode::modelUnsupported, subject,
        "has the type " + (known != kOthers.end() ? known->second : "number " + std::to_string(type))
            + ", which Falconer does not read",
        "use a file in F32, F16, BF16, Q8_0, Q4_0 or Q4_1");
}

void Reader::readTensorInfos()
{
    if (m_tensorCount > left() / 24) // an empty name, no dimension, type and offset
        failTruncated();
    std::set<std::string_view> names;
    m_result.tensors.reserve(static_cast<std::size_t>(m_tensorCount)); // names are viewed: no moving about
    for (std::uint64_t i = 0; i < m_tensorCount; ++i) {
        m_subject.clear();
        TensorView& tensor = m_result.tensors.emplace_back();
        tensor.name = text();
        m_subject = tensorSubject(m_path, tensor.name);
        if (!names.insert(tensor.name).second)
            fail("stands twice in the list of tensors");
        const auto dimensions = number<std::uint32_t>();
        if (dimensions > kMostDimensions)
            fail("has " + std::to_string(dimensions) + " dimensions; GGUF allows 4");
        for (std::uint32_t d = 0; d < dimensions; ++d) {
            const auto extent = number<std::uint64_t>();
            if (extent > static_cast<std::uint64_t>(INT64_MAX))
                fail("has a dimension that is too large");
            tensor.shape.insert(tensor.shape.begin(), static_cast<std::int64_t>(extent)); // fastest comes first
        }
        tensor.type = storedType(number<std::uint32_t>(), m_subject);
        m_offsets.push_back(number<std::uint64_t>());
    }
    m_subject.clear();
}

/// Gives every tensor its bytes, once the end of the list, and with it the start of the data, is known.
void Reader::placeTensors()
{
    const std::uint64_t align = alignment();
    const std::uint64_t start = (m_at + align - 1) / align * align; // no overflow: both are far below 2^63
    const std::uint64_t room = start < m_file.size() ? m_file.size() - start : 0;
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < m_offsets.size(); ++i) {
        TensorView& tensor = m_result.tensors[i];
        m_subject = tensorSubject(m_path, tensor.name);
        const std::optional<std::size_t> bytes = tensorBytes(tensor.type, tensor.shape);
        if (!bytes)
            fail("has a shape that is too large, or that " + std::string(name(tensor.type)) + " cannot hold");
        if (m_offsets[i] % align != 0)
            fail("does not start at a multiple of " + std::to_string(align) + " bytes");
        if (*bytes > room || m_offsets[i] > room - *bytes)
            fail("its data lies beyond the end of the file, at byte " + std::to_string(m_file.size()),
                ErrorCode::fileTruncated);
        if (*bytes > 0) {
            tensor.bytes = m_file.subspan(static_cast<std::size_t>(start + m_offsets[i]), *bytes);
            order.push_back(i);
        }
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return m_offsets[a] < m_offsets[b]; });
    for (std::size_t i = 1; i < order.size(); ++i) {
        const TensorView& before = m_result.tensors[order[i - 1]];
        m_subject = tensorSubject(m_path, m_result.tensors[order[i]].name);
        if (m_offsets[order[i]] - m_offsets[order[i - 1]] < before.bytes.size())
            fail("overlaps the data of " + printable(before.name));
    }
}

Gguf Reader::read()
{
    readHeader();
    readMetadata();
    readTensorInfos();
    placeTensors();
    return std::move(m_result);
}

} // namespace

Gguf gguf(std::span<const std::byte> file, const std::filesystem::path& path)
{
    refuseLfsPointer(file, path);
    return Reader(file, path).read();
}

} // namespace falconer::parse
