// SPDX-License-Identifier: Apache-2.0
#include "core/formats/gguf.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/parse.h"

#include <cstdint>
#include <utility>

namespace falconer {

namespace {

class MappedGguf : public GgufFile {
public:
    explicit MappedGguf(const std::filesystem::path& path)
        : m_file(MappedFile::open(path))
        , m_content(parse::gguf(m_file->bytes(), path))
    {
    }

    std::span<const TensorView> tensors() const override { return m_content.tensors; }
    std::filesystem::path fileOf(const TensorView&) const override { return m_file->path(); }
    void release(const TensorView& tensor) const override { m_file->release(tensor.bytes); }
    const std::filesystem::path& path() const override { return m_file->path(); }
    const std::map<std::string, Value, std::less<>>& metadata() const override { return m_content.metadata; }

private:
    std::shared_ptr<const MappedFile> m_file;
    parse::Gguf m_content;
};

const GgufFile::Value* look(const GgufFile& file, std::string_view key)
{
    const auto found = file.metadata().find(key);
    return found == file.metadata().end() ? nullptr : &found->second;
}

[[noreturn]] void wrongType(const GgufFile& file, std::string_view key, const char* wanted)
{
    throw Error(ErrorCode::fileMalformed, file.path().string() + ", key " + parse::printable(key),
        std::string("is not ") + wanted, "use a file made by a current converter");
}

constexpr auto kLargest = static_cast<std::uint64_t>(INT64_MAX);

} // namespace

std::unique_ptr<GgufFile> GgufFile::open(const std::filesystem::path& path)
{
    return std::make_unique<MappedGguf>(path);
}

std::optional<std::int64_t> GgufFile::integer(std::string_view key) const
{
    const Value* value = look(*this, key);
    if (!value)
        return std::nullopt;
    if (const auto* number = std::get_if<std::int64_t>(value))
        return *number;
    if (const auto* number = std::get_if<std::uint64_t>(value); number && *number <= kLargest)
        return static_cast<std::int64_t>(*number);
    wrongType(*this, key, "a whole number");
}

std::optional<double> GgufFile::number(std::string_view key) const
{
    const Value* value = look(*this, key);
    if (!value)
        return std::nullopt;
    if (const auto* number = std::get_if<double>(value))
        return *number;
    if (const auto* number = std::get_if<std::int64_t>(value))
        return static_cast<double>(*number);
    if (const auto* number = std::get_if<std::uint64_t>(value))
        return static_cast<double>(*number);
    wrongType(*this, key, "a number");
}

std::optional<bool> GgufFile::boolean(std::string_view key) const
{
    const Value* value = look(*this, key);
    if (!value)
        return std::nullopt;
    if (const auto* flag = std::get_if<bool>(value))
        return *flag;
    wrongType(*this, key, "true or false");
}

std::optional<std::string> GgufFile::text(std::string_view key) const
{
    const Value* value = look(*this, key);
    if (!value)
        return std::nullopt;
    if (const auto* text = std::get_if<std::string>(value))
        return *text;
    wrongType(*this, key, "a text");
}

const std::vector<std::string>* GgufFile::texts(std::string_view key) const
{
    const Value* value = look(*this, key);
    if (!value)
        return nullptr;
    if (const auto* texts = std::get_if<std::vector<std::string>>(value))
        return texts;
    wrongType(*this, key, "a list of texts");
}

std::optional<std::vector<std::int64_t>> GgufFile::integers(std::string_view key) const
{
    const Value* value = look(*this, key);
    if (!value)
        return std::nullopt;
    if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(value))
        return *numbers;
    const auto* numbers = std::get_if<std::vector<std::uint64_t>>(value);
    if (!numbers)
        wrongType(*this, key, "a list of whole numbers");
    std::vector<std::int64_t> converted;
    converted.reserve(numbers->size());
    for (const std::uint64_t number : *numbers) {
        if (number > kLargest)
            wrongType(*this, key, "a list of whole numbers below 2^63");
        converted.push_back(static_cast<std::int64_t>(number));
    }
    return converted;
}

} // namespace falconer
