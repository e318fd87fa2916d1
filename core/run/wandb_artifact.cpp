// SPDX-License-Identifier: Apache-2.0
#include "core/run/wandb_artifact.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/run/checksums.h"

#include <algorithm>
#include <array>
#include <random>
#include <span>
#include <string_view>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer {

namespace {

using Digest = std::array<std::uint8_t, 16>;

std::string hexadecimal(const Digest& digest)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : digest) {
        text.push_back(kDigits[byte >> 4]);
        text.push_back(kDigits[byte & 15U]);
    }
    return text;
}

std::string base64(const Digest& digest)
{
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < digest.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, digest.size() - i);
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = (bits << 8) | (k < count ? digest[i + k] : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text.push_back(k <= count ? kDigits[(bits >> (18 - 6 * k)) & 63U] : '=');
    }
    return text;
}

Digest digestOf(const fs::path& file, std::int64_t& size)
{
    const auto mapped = MappedFile::open(file);
    const std::span<const std::byte> bytes = mapped->bytes();
    size = static_cast<std::int64_t>(bytes.size());
    Md5 md5;
    md5.add(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    return md5.finish();
}

} // namespace

WandbManifest wandbManifest(const fs::path& folder)
{
    WandbManifest manifest;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (const fs::recursive_directory_iterator end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        if (!entry->is_regular_file(ignored))
            continue;
        WandbManifestEntry file;
        file.path = entry->path().lexically_relative(folder).generic_string();
        file.local = fs::absolute(entry->path());
        file.digest = base64(digestOf(file.local, file.size));
        manifest.files.push_back(std::move(file));
    }
    if (error)
        throw Error(ErrorCode::fileUnreadable, folder.string(), "cannot be read (" + error.message() + ")",
            "check its permissions");
    std::sort(manifest.files.begin(), manifest.files.end(),
        [](const WandbManifestEntry& a, const WandbManifestEntry& b) { return a.path < b.path; });
    Md5 md5;
    md5.add("wandb-artifact-manifest-v1\n");
    for (const WandbManifestEntry& file : manifest.files)
        md5.add(file.path + ":" + file.digest + "\n");
    manifest.digest = hexadecimal(md5.finish());
    return manifest;
}

std::string wandbId(std::size_t length)
{
    constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::random_device device;
    std::uniform_int_distribution<std::size_t> draw(0, kDigits.size() - 1);
    std::string id;
    for (std::size_t i = 0; i < length; ++i)
        id.push_back(kDigits[draw(device)]);
    return id;
}

} // namespace falconer
