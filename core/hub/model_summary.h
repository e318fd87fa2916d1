// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/hub/model_search.h"

namespace falconer {

/// Reads the headers of a candidate. Never throws for what the files hold: that becomes `problem`.
LocalModel summarize(const ModelCandidate& candidate);

} // namespace falconer
