// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/loaded_model.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace falconer {

struct GenerateOptions {
    std::int64_t maxNewTokens = 128;
    double temperature = 0; ///< 0: greedy
    double topP = 1; ///< nucleus sampling (Holtzman et al., arXiv 1904.09751); 1: off
    std::uint64_t seed = 42;
};

struct Generated {
    std::string text; ///< the completion alone
    std::int64_t promptTokens = 0;
    std::int64_t newTokens = 0;
    bool stopped = false; ///< ended by a stop token rather than by the limit
};

/// Continues a prompt with a key/value cache. `onText` receives the completion as it is made, whole characters only;
/// return false to end early. Throws requestInvalid for an empty prompt of a model without a start token.
Generated generate(LoadedModel& model, const std::string& prompt, const GenerateOptions& options,
    const std::function<bool(std::string_view)>& onText = {});

} // namespace falconer
