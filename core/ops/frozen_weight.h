// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace falconer {

enum class WeightType { plain, int8, fp4, nf4 };

/// "none" (plain), "int8", "fp4", "nf4"; nullopt for another word.
std::optional<WeightType> weightTypeNamed(std::string_view name);

/// The block size of the 4-bit types, as QLoRA and bitsandbytes use it by default.
inline constexpr std::int64_t kQuantizationBlock = 64;

/// The weight of a linear that is not trained, [out, in], in bitsandbytes' formats (kernels/quantization.h). Tensors
/// lie on one device; which of them are defined depends on the type.
struct FrozenWeight {
    WeightType type = WeightType::plain;
    std::int64_t out = 0;
    std::int64_t in = 0;
    at::Tensor dense; ///< plain: [out, in] in the compute type
    at::Tensor codes; ///< 4 bit: uint8 [(out * in + 1) / 2]; int8: int8 [out, in]
    at::Tensor scales; ///< float [blocks] (int8: [out]); undefined when double-quantized
    at::Tensor scaleCodes; ///< double-quantized: uint8 [blocks]
    at::Tensor scales2; ///< double-quantized: float [ceil(blocks / 256)]
    double offset = 0; ///< double-quantized: mean of the scales (holds a float exactly)

    std::int64_t bytes() const;
    FrozenWeight to(const c10::Device& device) const;
};

/// Quantizes `weight` (float32, CPU, contiguous, [out, in]); `plain` keeps it, cast to `dtype`.
FrozenWeight freeze(const at::Tensor& weight, WeightType type, bool doubleQuantize, at::ScalarType dtype);

/// The weight as `dtype` (float32, bfloat16 or float16), [out, in], on its device: value = code * scale in float32,
/// rounded once. On the CPU by our kernels, elsewhere by dequantizeByAten().
at::Tensor dequantize(const FrozenWeight& weight, at::ScalarType dtype);

/// The same out of LibTorch's operators, for any device: the reference that the kernels are compared with, and what
/// runs on a GPU without our own CUDA library.
at::Tensor dequantizeByAten(const FrozenWeight& weight, at::ScalarType dtype);

} // namespace falconer
