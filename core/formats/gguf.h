// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/tensor_file.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace falconer {

/// A GGUF v2 or v3 file (little-endian): metadata and tensors, as in ggml's docs/gguf.md.
class GgufFile : public TensorFile {
public:
    /// A metadata value. Integers of every width are widened; arrays hold one kind of element.
    using Value = std::variant<std::int64_t, std::uint64_t, double, bool, std::string, std::vector<std::int64_t>,
        std::vector<std::uint64_t>, std::vector<double>, std::vector<bool>, std::vector<std::string>>;

    /// Throws fileMissing, fileTruncated, fileMalformed, or modelUnsupported for a tensor type that is not read.
    static std::unique_ptr<GgufFile> open(const std::filesystem::path& path);

    virtual const std::filesystem::path& path() const = 0;
    virtual const std::map<std::string, Value, std::less<>>& metadata() const = 0;

    // Typed look-ups: nullopt when absent; fileMalformed when present with another type.
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::optional<double> number(std::string_view key) const; ///< integers are converted
    std::optional<bool> boolean(std::string_view key) const;
    std::optional<std::string> text(std::string_view key) const;
    const std::vector<std::string>* texts(std::string_view key) const; ///< nullptr when absent
    std::optional<std::vector<std::int64_t>> integers(std::string_view key) const;
};

} // namespace falconer
