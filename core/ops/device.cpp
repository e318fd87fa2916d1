// SPDX-License-Identifier: Apache-2.0
#include "core/ops/device.h"

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/ops/machine.h"
#include "kernels/isa.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/DeviceAccelerator.h>
#include <ATen/Parallel.h>

#include <charconv>
#include <dlfcn.h>
#include <mutex>

namespace falconer {

namespace {

struct CudaState {
    int devices = 0;
    std::string problem; ///< why there are none
};

const CudaState& cudaState()
{
    static const CudaState state = [] {
        CudaState result;
        // The driver is asked, not LibTorch: that must not be before its CUDA library is open, because it remembers the
        // answer.
        const int count = static_cast<int>(driverGpus().size());
        if (count == 0) {
            result.problem = "no NVIDIA driver answers";
            return result;
        }
        if (!dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL)) {
            const char* reason = dlerror();
            result.problem
                = std::string("LibTorch's CUDA library does not open (") + (reason ? reason : "unknown") + ")";
            return result;
        }
        if (!at::globalContext().hasCUDA()) {
            result.problem = "LibTorch finds no usable GPU";
            return result;
        }
        result.devices = count;
        return result;
    }();
    return state;
}

} // namespace

c10::Device chooseDevice(const std::string& name)
{
    if (name == "cpu")
        return c10::Device(c10::kCPU);
    if (name == "auto") {
        const CudaState& cuda = cudaState();
        if (cuda.devices > 0)
            return c10::Device(c10::kCUDA, 0);
        if (cuda.problem != "no NVIDIA driver answers")
            log(LogLevel::warning, "Training on the CPU: " + cuda.problem + ".");
        return c10::Device(c10::kCPU);
    }
    int index = 0;
    const std::string prefix = "cuda:";
    const char* end = name.data() + name.size();
    const bool wellFormed = name == "cuda"
        || (name.starts_with(prefix) && std::from_chars(name.data() + prefix.size(), end, index).ptr == end
            && name.size() > prefix.size());
    if (!wellFormed || index < 0)
        throw Error(ErrorCode::recipeInvalid, "device", "'" + name + "' is not a device", "use auto, cpu or cuda:0");
    const CudaState& cuda = cudaState();
    if (cuda.devices == 0)
        throw Error(ErrorCode::deviceUnavailable, "device", name + " is not available: " + cuda.problem,
            "use device: cpu, or run the set-up with --with-cuda on a machine with an NVIDIA driver");
    if (index >= cuda.devices)
        throw Error(ErrorCode::deviceUnavailable, "device",
            name + " is not available: this machine has " + std::to_string(cuda.devices) + " GPU(s)", "use cuda:0");
    return c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(index));
}

std::string describe(const c10::Device& device)
{
    if (!device.is_cpu())
        return device.str();
    return "cpu (" + std::string(kernels::name(kernels::activeIsa())) + ", " + std::to_string(at::get_num_threads())
        + (at::get_num_threads() == 1 ? " thread)" : " threads)");
}

std::int64_t freeMemory(const c10::Device& device)
{
    if (device.is_cpu())
        return 0;
    try {
        const auto kept = static_cast<std::size_t>(c10::CachingAllocator::StatType::AGGREGATE);
        return static_cast<std::int64_t>(at::accelerator::getMemoryInfo(device.index()).first)
            + at::accelerator::getDeviceStats(device.index()).reserved_bytes[kept].current;
    } catch (const c10::Error&) {
        return 0;
    }
}

bool computesNatively(const c10::Device& device, at::ScalarType type)
{
    if (!device.is_cpu() || type == at::kFloat)
        return true;
    return type == at::kBFloat16 && kernels::supported(kernels::Isa::avx512bf16);
}

at::Generator makeGenerator(const c10::Device& device, std::uint64_t seed)
{
    at::Generator generator = device.is_cpu()
        ? at::detail::createCPUGenerator(seed)
        : at::globalContext().getAcceleratorHooksInterface(device.type()).getNewGenerator(device.index());
    const std::lock_guard lock(generator.mutex());
    generator.set_current_seed(seed);
    return generator;
}

} // namespace falconer
