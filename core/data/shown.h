// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/row.h"

#include <string>
#include <string_view>

namespace falconer {

/// A name from a stranger's file, fit for one line of a message.
std::string shown(std::string_view name);

/// "columns found: prompt and answer".
std::string columnsFound(const Row& row);

} // namespace falconer
