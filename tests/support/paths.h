// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace falconer::test {

/// tests/golden of the checkout.
inline std::filesystem::path golden(const std::filesystem::path& name = {})
{
    return std::filesystem::path(FALCONER_GOLDEN_DIR) / name;
}

/// The root of the checkout.
inline std::filesystem::path sourceRoot() { return FALCONER_SOURCE_DIR; }

} // namespace falconer::test
