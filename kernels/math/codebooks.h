// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/quantization.h"

#include <cstdint>

/// The constants of bitsandbytes 0.50.2's 4-bit codes; the dynamic map has its own header.
namespace falconer::kernels {

struct Code4Table {
    float values[16]; ///< by code
    /// Ascending float32 midpoints of neighbouring values. A scaled weight's rank is the number of pivots below it. In
    /// hexadecimal, because some midpoints lie half-way between two floats: their decimals would round the other way.
    float pivots[15];
    std::uint8_t codeOfRank[16]; ///< NF4's codes ascend with their values, FP4's do not
};

inline constexpr Code4Table kNf4 = {
    {-1.0F, -0.6961928009986877F, -0.5250730514526367F, -0.39491748809814453F, -0.28444138169288635F,
        -0.18477343022823334F, -0.09105003625154495F, 0.0F, 0.07958029955625534F, 0.16093020141124725F,
        0.24611230194568634F, 0.33791524171829224F, 0.44070982933044434F, 0.5626170039176941F, 0.7229568362236023F,
        1.0F},
    {-0x1.b239bp-1F, -0x1.38a4ep-1F, -0x1.d709p-2F, -0x1.5bd4ecp-2F, -0x1.e079d8p-3F, -0x1.1a7178p-3F, -0x1.74f0e2p-5F,
        0x1.45f5fep-5F, 0x1.ec90c4p-4F, 0x1.a0cfcp-3F, 0x1.2b05a8p-2F, 0x1.8ea7f2p-2F, 0x1.00da08p-1F, 0x1.491b5ep-1F,
        0x1.b913b4p-1F},
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
};

/// Two codes mean zero: 0 for zero itself, 8 for what rounds to zero from above. Both read +0.
inline constexpr Code4Table kFp4 = {
    {0.0F, 0.0052083334885537624F, 0.6666666865348816F, 1.0F, 0.3333333432674408F, 0.5F, 0.1666666716337204F, 0.25F,
        0.0F, -0.0052083334885537624F, -0.6666666865348816F, -1.0F, -0.3333333432674408F, -0.5F, -0.1666666716337204F,
        -0.25F},
    {-0x1.aaaaacp-1F, -0x1.2aaaacp-1F, -0x1.aaaaacp-2F, -0x1.2aaaacp-2F, -0x1.aaaaacp-3F, -0x1.6p-4F, -0x1.555556p-9F,
        0.0F, 0x1.555556p-9F, 0x1.6p-4F, 0x1.aaaaacp-3F, 0x1.2aaaacp-2F, 0x1.aaaaacp-2F, 0x1.2aaaacp-1F,
        0x1.aaaaacp-1F},
    {11, 10, 13, 12, 15, 14, 9, 0, 8, 1, 6, 7, 4, 5, 2, 3},
};

static inline const Code4Table& table4(Code4 code) { return code == Code4::nf4 ? kNf4 : kFp4; }

} // namespace falconer::kernels
