// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/run/sentinel.h"

#include <string>
#include <vector>

namespace falconer {

/// A verdict in short English sentences, the most important one first. They are made from its fields alone, so that the
/// window can say the same in another language.
std::vector<std::string> sentences(const SentinelVerdict& verdict);

} // namespace falconer
