// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/descriptor.h"

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace falconer {

/// A file that only grows, by whole records: each goes out with one write(), so that whoever reads meanwhile, and a
/// kill, find whole ones; what could not be written whole is taken back.
class AppendFile {
public:
    /// Makes the file where there is none, and the folders above it. Throws fileUnwritable, diskFull.
    explicit AppendFile(std::filesystem::path path);

    /// Throws fileUnwritable, diskFull; the file is then as it was.
    void append(std::string_view record);

    std::int64_t size() const { return m_size; }
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
    Descriptor m_descriptor;
    std::int64_t m_size = 0;
};

/// Makes the folder and those above it. Throws fileUnwritable, diskFull.
void makeFolders(const std::filesystem::path& folder);

} // namespace falconer
