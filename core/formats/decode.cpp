// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/formats/tensor_file.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace falconer {

namespace {

// Mapped data need not be aligned (a GGUF block is 18, 20 or 34 bytes long), so everything is read with memcpy, which
// compilers turn into plain, also vector, loads.
template <typename T>
T load(const std::byte* at)
{
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

/// IEEE half to single. No branches, so that loops over it become vector code, and no subnormal single on the way, so
/// that a thread which flushes those to zero gets the same numbers.
float halfToFloat(std::uint16_t half)
{
    const std::uint32_t sign = (half & 0x8000u) << 16;
    const std::uint32_t exponent = (half >> 10) & 31u;
    const std::uint32_t mantissa = half & 0x3FFu;
    const std::uint32_t special = exponent == 31 ? 112u : 0u; // infinity and NaN keep an exponent of all ones
    const std::uint32_t normal = ((exponent + 112u + special) << 23) | (mantissa << 13);
    const auto tiny = std::bit_cast<std::uint32_t>(static_cast<float>(static_cast<std::int32_t>(mantissa)) * 0x1p-24f);
    const std::uint32_t isTiny = exponent == 0 ? ~0u : 0u;
    return std::bit_cast<float>(sign | (tiny & isTiny) | (normal & ~isTiny));
}

float bfloatToFloat(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

template <typename T>
void decodeNumbers(const std::byte* in, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<float>(load<T>(in + i * sizeof(T)));
}

template <float convert(std::uint16_t)>
void decodeHalves(const std::byte* in, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = convert(load<std::uint16_t>(in + 2 * i));
}

// The block types of ggml (ggml-common.h): a half scale d, for q4_1 a half minimum m, then the 32 quants; byte j of a
// 4-bit block holds element j in its low and element j + 16 in its high bits.

void decodeQ4_0(const std::byte* in, std::span<float> out)
{
    for (std::size_t first = 0; first < out.size(); first += 32, in += 18) {
        const float d = halfToFloat(load<std::uint16_t>(in));
        const auto* quants = reinterpret_cast<const std::uint8_t*>(in + 2);
        float* to = out.data() + first;
        for (int j = 0; j < 16; ++j) {
            to[j] = d * static_cast<float>((quants[j] & 15) - 8);
            to[j + 16] = d * static_cast<float>((quants[j] >> 4) - 8);
        }
    }
}

void decodeQ4_1(const std::byte* in, std::span<float> out)
{
    for (std::size_t first = 0; first < out.size(); first += 32, in += 20) {
        const float d = halfToFloat(load<std::uint16_t>(in));
        const float m = halfToFloat(load<std::uint16_t>(in + 2));
        const auto* quants = reinterpret_cast<const std::uint8_t*>(in + 4);
        float* to = out.data() + first;
        for (int j = 0; j < 16; ++j) {
            to[j] = d * static_cast<float>(quants[j] & 15) + m;
            to[j + 16] = d * static_cast<float>(quants[j] >> 4) + m;
        }
    }
}

void decodeQ8_0(const std::byte* in, std::span<float> out)
{
    for (std::size_t first = 0; first < out.size(); first += 32, in += 34) {
        const float d = halfToFloat(load<std::uint16_t>(in));
        const auto* quants = reinterpret_cast<const std::int8_t*>(in + 2);
        float* to = out.data() + first;
        for (int j = 0; j < 32; ++j)
            to[j] = d * static_cast<float>(quants[j]);
    }
}

} // namespace

void decode(const TensorView& tensor, std::int64_t first, std::span<float> out)
{
    const std::int64_t block = blockElements(tensor.type);
    const auto count = static_cast<std::int64_t>(out.size());
    if (first < 0 || count > tensor.elements() || first > tensor.elements() - count || first % block || count % block
        || storedBytes(tensor.type, first + count) > tensor.bytes.size())
        throw Error(ErrorCode::internal, "tensor " + tensor.name, "decoded outside its range or inside a block");
    const std::byte* in = tensor.bytes.data() + storedBytes(tensor.type, first);
    switch (tensor.type) {
    case StoredType::f64: return decodeNumbers<double>(in, out);
    case StoredType::f32: return decodeNumbers<float>(in, out);
    case StoredType::f16: return decodeHalves<halfToFloat>(in, out);
    case StoredType::bf16: return decodeHalves<bfloatToFloat>(in, out);
    case StoredType::i64: return decodeNumbers<std::int64_t>(in, out);
    case StoredType::i32: return decodeNumbers<std::int32_t>(in, out);
    case StoredType::i16: return decodeNumbers<std::int16_t>(in, out);
    case StoredType::i8: return decodeNumbers<std::int8_t>(in, out);
    case StoredType::u64: return decodeNumbers<std::uint64_t>(in, out);
    case StoredType::u32: return decodeNumbers<std::uint32_t>(in, out);
    case StoredType::u16: return decodeNumbers<std::uint16_t>(in, out);
    case StoredType::u8: return decodeNumbers<std::uint8_t>(in, out);
    case StoredType::q4_0: return decodeQ4_0(in, out);
    case StoredType::q4_1: return decodeQ4_1(in, out);
    case StoredType::q8_0: return decodeQ8_0(in, out);
    case StoredType::boolean: break;
    }
    throw Error(ErrorCode::modelUnsupported, "tensor " + tensor.name, "holds BOOL values, which are no numbers");
}

} // namespace falconer
