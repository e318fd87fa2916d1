// SPDX-License-Identifier: Apache-2.0
#include "core/ops/frozen_weight.h"

#include "core/base/error.h"
#include "kernels/quantization.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>

namespace falconer {

namespace {

/// Elements per piece of work for a thread: some 100 µs, and a multiple of two blocks so that no two pieces share a
/// byte or a block.
constexpr std::int64_t kPiece = 512 * kQuantizationBlock;

kernels::Code4 code4(WeightType type) { return type == WeightType::nf4 ? kernels::Code4::nf4 : kernels::Code4::fp4; }

/// Runs kernel(first, count) over 0..n in pieces on LibTorch's thread pool and checks every status.
template <typename Kernel>
void inPieces(std::int64_t n, std::int64_t piece, const Kernel& kernel)
{
    std::atomic<bool> failed{false};
    at::parallel_for(0, (n + piece - 1) / piece, 1, [&](std::int64_t begin, std::int64_t end) {
        const std::int64_t first = begin * piece;
        const std::int64_t count = std::min(n, end * piece) - first;
        if (kernel(first, count) != kernels::Status::ok)
            failed.store(true, std::memory_order_relaxed);
    });
    if (failed.load())
        throw Error(ErrorCode::internal, "quantization kernel", "it refused its arguments");
}

kernels::BlockScales blockScales(const FrozenWeight& weight)
{
    kernels::BlockScales scales;
    if (weight.scales.defined()) {
        scales.absmax = weight.scales.const_data_ptr<float>();
    } else {
        scales.codes = weight.scaleCodes.const_data_ptr<std::uint8_t>();
        scales.absmax2 = weight.scales2.const_data_ptr<float>();
        scales.map = kernels::dynamicMap();
        scales.offset = static_cast<float>(weight.offset);
    }
    return scales;
}

/// 0-dimensional float tensors stay float in ATen's type promotion, so the constants below do not widen anything.
at::Tensor constants(const float* values, std::int64_t count, const c10::Device& device)
{
    return at::tensor(at::ArrayRef<float>(values, static_cast<std::size_t>(count))).to(device);
}

} // namespace

std::optional<WeightType> weightTypeNamed(std::string_view name)
{
    if (name == "none")
        return WeightType::plain;
    if (name == "int8")
        return WeightType::int8;
    if (name == "fp4")
        return WeightType::fp4;
    if (name == "nf4")
        return WeightType::nf4;
    return std::nullopt;
}

std::int64_t FrozenWeight::bytes() const
{
    std::int64_t sum = 0;
    for (const at::Tensor* part : {&dense, &codes, &scales, &scaleCodes, &scales2})
        if (part->defined())
            sum += static_cast<std::int64_t>(part->nbytes());
    return sum;
}

FrozenWeight FrozenWeight::to(const c10::Device& device) const
{
    FrozenWeight moved = *this;
    for (at::Tensor* part : {&moved.dense, &moved.codes, &moved.scales, &moved.scaleCodes, &moved.scales2})
        if (part->defined())
            *part = part->to(device);
    return moved;
}

FrozenWeight freeze(const at::Tensor& weight, WeightType type, bool doubleQuantize, at::ScalarType dtype)
{
    TORCH_INTERNAL_ASSERT(weight.dim() == 2 && weight.scalar_type() == at::kFloat && weight.is_contiguous());
    FrozenWeight frozen;
    frozen.type = type;
    frozen.out = weight.size(0);
    frozen.in = weight.size(1);
    if (type == WeightType::plain) {
        frozen.dense = weight.to(dtype);
        return frozen;
    }
    const float* values = weight.const_data_ptr<float>();
    if (type == WeightType::int8) {
        frozen.codes = at::empty({frozen.out, frozen.in}, at::kChar);
        frozen.scales = at::empty({frozen.out}, at::kFloat);
        auto* codes = frozen.codes.mutable_data_ptr<std::int8_t>();
        auto* scales = frozen.scales.mutable_data_ptr<float>();
        const std::int64_t rows = std::max<std::int64_t>(1, kPiece / frozen.in);
        inPieces(frozen.out, rows, [&](std::int64_t first, std::int64_t count) {
            return kernels::quantizeRows8(
                values + first * frozen.in, count, frozen.in, codes + first * frozen.in, scales + first);
        });
        return frozen;
    }
    const std::int64_t n = weight.numel();
    const std::int64_t blocks = (n + kQuantizationBlock - 1) / kQuantizationBlock;
    frozen.codes = at::empty({(n + 1) / 2}, at::kByte);
    frozen.scales = at::empty({blocks}, at::kFloat);
    auto* codes = frozen.codes.mutable_data_ptr<std::uint8_t>();
    auto* scales = frozen.scales.mutable_data_ptr<float>();
    inPieces(n, kPiece, [&](std::int64_t first, std::int64_t count) {
        return kernels::quantize4(code4(type), values + first, count, kQuantizationBlock, codes + first / 2,
            scales + first / kQuantizationBlock);
    });
    if (doubleQuantize) {
        frozen.scaleCodes = at::empty({blocks}, at::kByte);
        frozen.scales2 = at::empty({(blocks + kernels::kScaleGroup - 1) / kernels::kScaleGroup}, at::kFloat);
        float offset = 0;
        if (kernels::quantizeScales(scales, blocks, frozen.scaleCodes.mutable_data_ptr<std::uint8_t>(),
                frozen.scales2.mutable_data_ptr<float>(), &offset)
            != kernels::Status::ok)
            throw Error(ErrorCode::internal, "quantization kernel", "it refused its arguments");
        frozen.offset = offset;
        frozen.scales = at::Tensor();
    }
    return frozen;
}

at::Tensor dequantize(const FrozenWeight& weight, at::ScalarType dtype)
{
    if (weight.type == WeightType::plain)
        return weight.dense.to(dtype);
    if (!weight.codes.is_cpu())
        return dequantizeByAten(weight, dtype);
    if (dtype != at::kFloat && dtype != at::kBFloat16)
        return dequantize(weight, at::kFloat).to(dtype);

    at::Tensor dense = at::empty({weight.out, weight.in}, dtype);
    auto* asFloat = dtype == at::kFloat ? dense.mutable_data_ptr<float>() : nullptr;
    auto* asBf16 = asFloat ? nullptr : reinterpret_cast<std::uint16_t*>(dense.mutable_data_ptr<at::BFloat16>());
    if (weight.type == WeightType::int8) {
        const auto* codes = weight.codes.const_data_ptr<std::int8_t>();
        const auto* scales = weight.scales.const_data_ptr<float>();
        const std::int64_t in = weight.in;
        inPieces(weight.out, std::max<std::int64_t>(1, kPiece / in), [&](std::int64_t first, std::int64_t count) {
            return asFloat
                ? kernels::dequantizeRows8(codes + first * in, scales + first, count, in, asFloat + first * in)
                : kernels::dequantizeRows8ToBf16(codes + first * in, scales + first, count, in, asBf16 + first * in);
        });
        return dense;
    }
    const kernels::BlockScales scales = blockScales(weight);
    const auto* codes = weight.codes.const_data_ptr<std::uint8_t>();
    inPieces(weight.out * weight.in, kPiece, [&](std::int64_t first, std::int64_t count) {
        return asFloat
            ? kernels::dequantize4(code4(weight.type), codes, scales, kQuantizationBlock, first, count, asFloat + first)
            : kernels::dequantize4ToBf16(
                code4(weight.type), codes, scales, kQuantizationBlock, first, count, asBf16 + first);
    });
    return dense;
}

at::Tensor dequantizeByAten(const FrozenWeight& weight, at::ScalarType dtype)
{
    const at::NoGradGuard noGrad;
    if (weight.type == WeightType::plain)
        return weight.dense.to(dtype);
    if (weight.type == WeightType::int8) {
        // The reference multiplies by the scale first and by 1/127, as a float, second.
        return (weight.codes.to(at::kFloat) * weight.scales.unsqueeze(1) * (1.0f / 127.0f)).to(dtype);
    }
    const c10::Device device = weight.codes.device();
    const std::int64_t n = weight.out * weight.in;
    const std::int64_t blocks = (n + kQuantizationBlock - 1) / kQuantizationBlock;
    at::Tensor scales = weight.scales;
    if (!scales.defined()) {
        scales = constants(kernels::dynamicMap(), 256, device).index_select(0, weight.scaleCodes.to(at::kInt));
        scales = scales * weight.scales2.repeat_interleave(kernels::kScaleGroup).narrow(0, 0, blocks)
            + static_cast<float>(weight.offset);
    }
    const at::Tensor high = weight.codes.bitwise_right_shift(4);
    const at::Tensor low = weight.codes.bitwise_and(15);
    const at::Tensor indices = at::stack({high, low}, 1).flatten().narrow(0, 0, n).to(at::kInt);
    const at::Tensor values = constants(kernels::codebook(code4(weight.type)), 16, device).index_select(0, indices);
    const at::Tensor spread = scales.repeat_interleave(kQuantizationBlock).narrow(0, 0, n);
    return (values * spread).to(dtype).view({weight.out, weight.in});
}

} // namespace falconer
