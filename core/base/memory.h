// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace falconer {

/// The most memory that this process has held so far (VmHWM), in bytes; nothing where the system does not say.
std::optional<std::int64_t> processPeakMemory();
/// What it holds now (VmRSS).
std::optional<std::int64_t> processMemory();

/// Memory that programs may use here, in bytes: of the machine, or of the control group that this process is in where
/// that has less. 0: the system does not say.
struct MachineMemory {
    std::int64_t total = 0;
    std::int64_t available = 0; ///< without pushing anything out: free memory and caches that can be dropped
};

/// From /proc/meminfo and the limits of control groups, version 2 (memory.max, memory.current) and 1
/// (memory.limit_in_bytes, memory.usage_in_bytes); the tightest group on the way to the root counts. Everything is read
/// below `root`, so that a test can lay out a machine of its own.
MachineMemory machineMemory(const std::filesystem::path& root = "/");

/// Lets every block of kSystemBlock bytes or more come straight from the system and go straight back. Left alone, the
/// C library raises that limit to 32 MiB as blocks are freed, and then matrices that exist for a moment and activations
/// that stay cut its heap into pieces that fit neither: a quantized model was measured to hold 70 % more than it used,
/// at the same speed. Call it first thing in a program that trains; does nothing where the C library is another.
void returnLargeBlocks();
inline constexpr int kSystemBlock = 1 << 20;

} // namespace falconer
