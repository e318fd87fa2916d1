// SPDX-License-Identifier: Apache-2.0
#include "core/ops/machine.h"

#include "core/base/error.h"
#include "core/ops/device.h"
#include "kernels/isa.h"

#include <ATen/Parallel.h>

#include <array>
#include <dlfcn.h>
#include <fstream>

namespace falconer {

namespace {

std::string processorName()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const std::size_t colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos)
            return line.substr(colon + 2);
    }
    return {};
}

} // namespace

std::vector<GpuFacts> driverGpus()
{
    // The functions of the CUDA driver API return 0 on success.
    void* driver = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!driver)
        return {};
    const auto initialise = reinterpret_cast<int (*)(unsigned)>(dlsym(driver, "cuInit"));
    const auto countDevices = reinterpret_cast<int (*)(int*)>(dlsym(driver, "cuDeviceGetCount"));
    const auto getName = reinterpret_cast<int (*)(char*, int, int)>(dlsym(driver, "cuDeviceGetName"));
    const auto getBytes = reinterpret_cast<int (*)(std::size_t*, int)>(dlsym(driver, "cuDeviceTotalMem_v2"));
    int count = 0;
    if (!initialise || !countDevices || !getName || !getBytes || initialise(0) != 0 || countDevices(&count) != 0)
        return {};
    std::vector<GpuFacts> gpus;
    for (int i = 0; i < count; ++i) {
        std::array<char, 256> name{};
        std::size_t bytes = 0;
        if (getName(name.data(), static_cast<int>(name.size()) - 1, i) != 0 || getBytes(&bytes, i) != 0)
            continue;
        gpus.push_back({name.data(), static_cast<std::int64_t>(bytes)});
    }
    return gpus;
}

MachineFacts machineFacts()
{
    MachineFacts facts;
    facts.processor = processorName();
    facts.backEnd = kernels::name(kernels::activeIsa());
    facts.threads = at::get_num_threads();
    facts.gpus = driverGpus();
    if (facts.gpus.empty())
        return facts;
    try {
        facts.gpuUsable = chooseDevice("cuda:0").is_cuda();
    } catch (const Error& error) {
        facts.gpuProblem = error.what();
    }
    return facts;
}

void setComputeThreads(int threads)
{
    if (threads > 0)
        at::set_num_threads(threads);
}

} // namespace falconer
