// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Element math is written once for the host and the device. Its functions are `FALCONER_HD static`: internal linkage
/// keeps the linker from merging a copy compiled for a newer processor into code that an older one runs.
#ifdef __CUDACC__
#define FALCONER_HD __host__ __device__
#else
#define FALCONER_HD
#endif
