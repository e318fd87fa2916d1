// SPDX-License-Identifier: Apache-2.0
#include "tests/support/paths.h"

namespace falconer::test {

std::filesystem::path sourceRoot() { return FALCONER_SOURCE_DIR; }

} // namespace falconer::test
