// SPDX-License-Identifier: Apache-2.0
// The format: https://github.com/huggingface/safetensors (README, "Format") and the checks of its reference reader.
#include "core/base/error.h"
#include "core/formats/parse.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <set>
#include <tuple>

#include <nlohmann/json.hpp>

namespace falconer::parse {

namespace {

static_assert(std::endian::native == std::endian::little, "stored numbers are read as they lie in the file");

constexpr std::uint64_t kLargestHeader = 100'000'000; // as in the reference reader
constexpr std::size_t kMostDimensions = 64; // what LibTorch can hold

struct Entry {
    std::string name;
    std::string type;
    std::vector<std::int64_t> shape;
    std::vector<std::uint64_t> offsets;
};

/// Reads the header event by event: a hostile header then costs no more memory than its own entries, and a key that
/// stands twice is seen, which a JSON tree would hide.
class HeaderReader : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit HeaderReader(const std::filesystem::path& path)
        : m_path(path)
    {
    }

    std::vector<Entry> takeEntries() { return std::move(m_entries); }

    bool null() override { return unexpected("null"); }
    bool boolean(bool) override { return unexpected("true or false"); }
    bool number_float(number_float_t, const string_t&) override { return unexpected("a number that is no count"); }
    bool number_integer(number_integer_t) override { return unexpected("a negative number"); }
    bool binary(binary_t&) override { return unexpected("binary data"); }

    bool number_unsigned(number_unsigned_t value) override
    {
        if (m_where == Where::shape) {
            if (value > static_cast<std::uint64_t>(INT64_MAX))
                fail("has a dimension that is too large");
            if (m_entries.back().shape.size() == kMostDimensions)
                fail("has more than 64 dimensions");
            m_entries.back().shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (m_where == Where::offsets) {
            if (m_entries.back().offsets.size() == 2)
                fail("needs two data offsets, not more");
            m_entries.back().offsets.push_back(value);
            return true;
        }
        return unexpected("a number");
    }

    bool string(string_t& value) override
    {
        if (m_where == Where::metadata)
            return true;
        if (m_where != Where::tensor || m_field != "dtype")
            return unexpected("a text");
        m_entries.back().type = value;
        return true;
    }

    bool start_object(std::size_t) override
    {
        if (m_where == Where::top)
            m_where = Where::root;
        else if (m_where == Where::root && m_key == "__metadata__")
            m_where = Where::metadata;
        else if (m_where == Where::root) {
            m_where = Where::tensor;
            m_entries.push_back({m_key, {}, {}, {}});
        } else if (m_unknownDepth > 0 || unknownField())
            ++m_unknownDepth;
        else
            return unexpected("an object");
        return true;
    }

    bool key(string_t& value) override
    {
        if (m_unknownDepth > 0)
            return true;
        const bool isNew = m_where == Where::root ? m_names.insert(value).second : m_fields.insert(value).second;
        if (m_where == Where::root)
            m_key = value;
        else
            m_field = value;
        if (!isNew)
            fail("has the key \"" + printable(value) + "\" twice");
        return true;
    }

    bool end_object() override
    {
        if (m_unknownDepth > 0) {
            --m_unknownDepth;
            return true;
        }
        if (m_where == Where::tensor)
            for (const char* field : {"dtype", "shape", "data_offsets"})
                if (!m_fields.contains(field))
                    fail(std::string("has no ") + field);
        m_fields.clear();
        m_where = m_where == Where::root ? Where::top : Where::root;
        return true;
    }

    bool start_array(std::size_t) override
    {
        if (m_unknownDepth > 0 || unknownField())
            ++m_unknownDepth;
        else if (m_where == Where::tensor && m_field == "shape")
            m_where = Where::shape;
        else if (m_where == Where::tensor && m_field == "data_offsets")
            m_where = Where::offsets;
        else
            return unexpected("a list");
        return true;
    }

    bool end_array() override
    {
        if (m_unknownDepth > 0)
            --m_unknownDepth;
        else if (m_where == Where::offsets && m_entries.back().offsets.size() != 2)
            fail("needs two data offsets");
        else
            m_where = Where::tensor;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override
    {
        throw Error(ErrorCode::fileMalformed, m_path.string(),
            "its header is not valid JSON at byte " + std::to_string(position + 8), "download the file again");
    }

private:
    enum class Where { top, root, metadata, tensor, shape, offsets };

    /// Fields of a tensor that this version does not know are passed over, as the reference reader does.
    bool unknownField() const
    {
        return m_where == Where::tensor && m_field != "dtype" && m_field != "shape" && m_field != "data_offsets";
    }

    [[noreturn]] void fail(const std::string& problem) const
    {
        const bool inTensor = m_where == Where::tensor || m_where == Where::shape || m_where == Where::offsets;
        throw Error(ErrorCode::fileMalformed, inTensor ? tensorSubject(m_path, m_key) : m_path.string(),
            inTensor ? problem : "its header " + problem, "download the file again");
    }

    bool unexpected(const std::string& what) const
    {
        if (m_unknownDepth > 0 || unknownField())
            return true;
        const std::string place = m_where == Where::top ? "a table of tensors"
            : m_where == Where::root                    ? "\"" + printable(m_key) + "\""
                                                        : "\"" + printable(m_field) + "\"";
        fail("holds " + what + " where " + place + " should stand");
    }

    const std::filesystem::path& m_path;
    std::vector<Entry> m_entries;
    std::set<std::string, std::less<>> m_names;
    std::set<std::string, std::less<>> m_fields; ///< of the object below the root that is being read
    std::string m_key;
    std::string m_field;
    Where m_where = Where::top;
    std::size_t m_unknownDepth = 0;
};

StoredType storedType(const Entry& entry, const std::filesystem::path& path)
{
    for (const StoredType type : {StoredType::f64, StoredType::f32, StoredType::f16, StoredType::bf16, StoredType::i64,
             StoredType::i32, StoredType::i16, StoredType::i8, StoredType::u64, StoredType::u32, StoredType::u16,
             StoredType::u8, StoredType::boolean})
        if (entry.type == name(type))
            return type;
    throw Error(ErrorCode::modelUnsupported, tensorSubject(path, entry.name),
        "has the type " + printable(entry.type) + ", which Falconer does not read",
        "use a checkpoint in F32, F16 or BF16");
}

} // namespace

std::vector<TensorView> safetensors(std::span<const std::byte> file, const std::filesystem::path& path)
{
    refuseLfsPointer(file, path);
    const auto fail = [&](ErrorCode code, const std::string& problem) {
        throw Error(code, path.string(), problem, "download the file again");
    };
    std::uint64_t headerBytes = 0;
    if (file.size() < sizeof headerBytes)
        fail(ErrorCode::fileTruncated, "is too short for a safetensors file");
    std::memcpy(&headerBytes, file.data(), sizeof headerBytes);
    if (headerBytes > kLargestHeader)
        fail(ErrorCode::fileMalformed, "is not a safetensors file, or its header is larger than 100 MB");
    if (headerBytes > file.size() - sizeof headerBytes)
        fail(ErrorCode::fileTruncated,
            "ends inside its header of " + std::to_string(headerBytes) + " bytes; it has "
                + std::to_string(file.size()));
    const auto* header = reinterpret_cast<const char*>(file.data()) + sizeof headerBytes;
    if (headerBytes == 0 || header[0] != '{')
        fail(ErrorCode::fileMalformed, "is not a safetensors file: its header does not begin with \"{\"");

    HeaderReader reader(path);
    nlohmann::json::sax_parse(header, header + headerBytes, &reader);
    std::vector<Entry> entries = reader.takeEntries();
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return std::tie(a.offsets[0], a.offsets[1], a.name) < std::tie(b.offsets[0], b.offsets[1], b.name);
    });

    const std::span<const std::byte> data = file.subspan(sizeof headerBytes + headerBytes);
    std::vector<TensorView> tensors;
    tensors.reserve(entries.size());
    std::uint64_t covered = 0;
    for (Entry& entry : entries) {
        const auto failTensor = [&](ErrorCode code, const std::string& problem) {
            throw Error(code, tensorSubject(path, entry.name), problem, "download the file again");
        };
        const StoredType type = storedType(entry, path);
        const std::optional<std::size_t> bytes = tensorBytes(type, entry.shape);
        if (!bytes)
            failTensor(ErrorCode::fileMalformed, "has a shape that is too large");
        const std::uint64_t begin = entry.offsets[0];
        const std::uint64_t end = entry.offsets[1];
        if (end < begin || end - begin != *bytes)
            failTensor(ErrorCode::fileMalformed,
                "needs " + std::to_string(*bytes) + " bytes by its type and shape, and its data offsets are "
                    + std::to_string(begin) + " and " + std::to_string(end));
        if (begin != covered)
            failTensor(ErrorCode::fileMalformed,
                begin < covered ? "overlaps the data of another tensor" : "leaves a hole before its data");
        if (end > data.size())
            failTensor(ErrorCode::fileTruncated,
                "ends at byte " + std::to_string(end) + " of the data, and the file holds "
                    + std::to_string(data.size()));
        tensors.push_back({std::move(entry.name), type, std::move(entry.shape), data.subspan(begin, end - begin)});
        covered = end;
    }
    if (covered != data.size())
        fail(ErrorCode::fileMalformed,
            "holds " + std::to_string(data.size() - covered) + " bytes after its last tensor");
    return tensors;
}

} // namespace falconer::parse
