// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/spec.h"

#include <ATen/core/Tensor.h>

namespace falconer {

/// Rotary tables for positions [0, positions): cos and sin, each [positions, headDim / 2], computed in float32 and cast
/// to `dtype` as Transformers does (modeling_rope_utils).
struct RotaryTables {
    at::Tensor cos;
    at::Tensor sin;
};
RotaryTables rotaryTables(const ModelSpec& spec, std::int64_t positions, const at::TensorOptions& options);

/// Rotates x [tokens, heads, headDim] by cos and sin [tokens, 1, headDim / 2] (rotate-half).
at::Tensor rotate(const at::Tensor& x, const at::Tensor& cos, const at::Tensor& sin);

/// ALiBi as Transformers' Falcon computes it: slope · position, both and the product rounded to bfloat16, then cast to
/// `options`' type and divided by √headDim: [1, heads, 1, positions]. (Press et al., arXiv 2108.12409.)
at::Tensor alibiBias(const ModelSpec& spec, std::int64_t positions, const at::TensorOptions& options);

} // namespace falconer
