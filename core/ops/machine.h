// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace falconer {

/// A graphics card that the NVIDIA driver reports.
struct GpuFacts {
    std::string name;
    std::int64_t bytes = 0; ///< of memory
};

/// What this machine has for training, as far as the system tells; nothing is loaded to find it out.
struct MachineFacts {
    std::vector<GpuFacts> gpus;
    bool gpuUsable = false; ///< there is one, and this installation can use it
    std::string gpuProblem; ///< why not, where there is one
    std::string processor; ///< "AMD EPYC 7B13"
    std::string backEnd; ///< of the CPU kernels: "scalar", "avx2", "avx512", "avx512bf16"
    int threads = 1; ///< that compute
};

MachineFacts machineFacts();

/// The cards that the driver reports, by its own API; none without a driver. LibTorch is not asked.
std::vector<GpuFacts> driverGpus();

/// Computes with so many threads from now on; 0 changes nothing.
void setComputeThreads(int threads);

} // namespace falconer
