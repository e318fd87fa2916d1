// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace falconer::kernels {

/// CPU back ends, slowest first. Each holds the same operations; the scalar one is the reference.
enum class Isa { scalar, avx2, avx512, avx512bf16 };

std::string_view name(Isa isa);
std::optional<Isa> isaNamed(std::string_view name);

/// Whether this processor and operating system can run it.
bool supported(Isa isa);

/// The back end in use: the best supported one, or the one that the environment variable FALCONER_ISA names. An unknown
/// or unsupported name falls back to the best supported one and is reported by isaFault(). Chosen once, at the first
/// call.
Isa activeIsa();
/// Why FALCONER_ISA was not honoured; empty when it was, or was not set.
std::string_view isaFault();

/// For tests and self-test: use another supported back end from now on; false when it is not supported.
bool forceIsa(Isa isa);

} // namespace falconer::kernels
