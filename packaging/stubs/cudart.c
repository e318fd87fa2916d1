// SPDX-License-Identifier: Apache-2.0
// Stands in for libcudart.so.13 on machines without an NVIDIA GPU. LibTorch's CPU library names the CUDA runtime as a
// dependency, so the loader insists on one, but imports only these six functions, and calls them only to ask whether
// there is a device. There is none. Where the real library is installed, LibTorch's RPATH finds that one first.
// Signatures follow CUDA 13's cuda_runtime_api.h.

enum { kCudaErrorInvalidValue = 1, kCudaErrorNoDevice = 100 };

int cudaGetDeviceCount(int* count)
{
    if (count == 0)
        return kCudaErrorInvalidValue;
    *count = 0;
    return kCudaErrorNoDevice;
}

// 0 is CUDA's own way to say that no driver is installed.
int cudaDriverGetVersion(int* version)
{
    if (version == 0)
        return kCudaErrorInvalidValue;
    *version = 0;
    return kCudaErrorNoDevice;
}

int cudaRuntimeGetVersion(int* version)
{
    if (version == 0)
        return kCudaErrorInvalidValue;
    *version = 0;
    return kCudaErrorNoDevice;
}

int cudaGetDeviceProperties(void* properties, int device)
{
    (void)properties;
    (void)device;
    return kCudaErrorNoDevice;
}

int cudaDeviceSynchronize(void) { return kCudaErrorNoDevice; }

const char* cudaGetErrorString(int error) { return error == 0 ? "no error" : "no CUDA-capable device is detected"; }
