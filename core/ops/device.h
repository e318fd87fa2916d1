// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Generator.h>
#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include <cstdint>
#include <string>

namespace falconer {

/// The device that a recipe's `device` names: "cpu", "cuda:N", or "auto" (the first GPU where one answers, else the
/// CPU). Falconer links only LibTorch's CPU library; where an NVIDIA driver answers, the wheel's libtorch_cuda.so is
/// opened here, before anything of CUDA is touched. Throws deviceUnavailable when "cuda:N" is not to be had, and
/// recipeInvalid for another word; "auto" falls back to the CPU and logs why in one sentence.
c10::Device chooseDevice(const std::string& name);

/// "cpu (avx2, 2 threads)" or "cuda:0".
std::string describe(const c10::Device& device);

/// Bytes of a GPU's memory that nobody uses, with what LibTorch's allocator holds back for this process; 0 for the CPU,
/// and where it cannot be known.
std::int64_t freeMemory(const c10::Device& device);

/// Whether the device has instructions for products in that type; without, they are emulated, several times slower
/// than in float32.
bool computesNatively(const c10::Device& device, at::ScalarType type);

/// A random generator of its own for a device, so that two sessions in one process do not disturb each other.
at::Generator makeGenerator(const c10::Device& device, std::uint64_t seed);

} // namespace falconer
