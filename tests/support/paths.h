// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace falconer::test {

/// The root of the checkout.
std::filesystem::path sourceRoot();

/// tests/golden of the checkout.
inline std::filesystem::path golden(const std::filesystem::path& name = {})
{
    return sourceRoot() / "tests/golden" / name;
}

} // namespace falconer::test
