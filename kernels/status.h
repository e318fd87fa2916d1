// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace falconer::kernels {

/// Kernels never throw, print or exit.
enum class Status { ok, badArgument };

} // namespace falconer::kernels
