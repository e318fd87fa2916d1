// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/isa.h"
#include "tests/support/paths.h"

#include <QByteArray>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

/// Reads what tests/oracle/kernels_goldens.py wrote and repeats its generator bit for bit.
namespace falconer::test {

inline std::vector<kernels::Isa> supportedIsas()
{
    std::vector<kernels::Isa> isas;
    for (const kernels::Isa isa :
        {kernels::Isa::scalar, kernels::Isa::avx2, kernels::Isa::avx512, kernels::Isa::avx512bf16})
        if (kernels::supported(isa))
            isas.push_back(isa);
    return isas;
}

inline std::uint64_t splitmix64(std::uint64_t seed, std::uint64_t index)
{
    std::uint64_t z = seed + (index + 1) * 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27U) * 0x94D049BB133111EBU;
    return z ^ z >> 31U;
}

inline float bell(std::uint64_t hash)
{
    std::int64_t sum = 0;
    for (unsigned k = 0; k < 4; ++k)
        sum += static_cast<std::int64_t>(hash >> 16U * k & 0xFFFFU);
    return static_cast<float>(std::ldexp(static_cast<double>(sum - 131070), -20));
}

inline float roundedToBf16(float x)
{
    const auto bits = std::bit_cast<std::uint32_t>(x);
    return std::bit_cast<float>((bits + 0x7FFFU + (bits >> 16U & 1U)) & 0xFFFF0000U);
}

/// The tensor that a golden case names: kind, n, seed; or its stored values. Empty for an unknown kind.
inline std::vector<float> goldenInput(const QJsonObject& input)
{
    const auto kind = input["kind"].toString();
    std::vector<float> x(static_cast<std::size_t>(input["n"].toInteger()));
    if (kind == "stored") {
        const QByteArray data = QByteArray::fromBase64(input["data"].toString().toLatin1());
        if (static_cast<std::size_t>(data.size()) != x.size() * sizeof(float))
            return {};
        std::memcpy(x.data(), data.data(), x.size() * sizeof(float));
        return x;
    }
    const auto seed = static_cast<std::uint64_t>(input["seed"].toInteger());
    for (std::size_t i = 0; i < x.size(); ++i) {
        const std::uint64_t hash = splitmix64(seed, i);
        const auto high = static_cast<std::uint32_t>(hash >> 32U);
        if (kind == "bell")
            x[i] = bell(hash);
        else if (kind == "size")
            x[i] = std::bit_cast<float>((high & 0x03FFFFFFU) | 0x3C000000U);
        else if (kind == "bf16")
            x[i] = roundedToBf16(bell(hash));
        else if (kind == "bits")
            x[i] = std::bit_cast<float>((high & 0x7F800000U) == 0x7F800000U ? high & 0xBFFFFFFFU : high);
        else if (kind == "denormal")
            x[i] = std::bit_cast<float>(high & 0x807FFFFFU);
        else
            return {};
    }
    return x;
}

inline std::uint32_t crc32(const void* data, std::size_t size)
{
    static const auto table = [] {
        std::array<std::uint32_t, 256> entries{};
        for (std::uint32_t i = 0; i < entries.size(); ++i) {
            std::uint32_t value = i;
            for (int bit = 0; bit < 8; ++bit)
                value = (value & 1U) != 0 ? value >> 1U ^ 0xEDB88320U : value >> 1U;
            entries[i] = value;
        }
        return entries;
    }();
    const auto* bytes = static_cast<const unsigned char*>(data);
    std::uint32_t crc = 0xFFFFFFFFU;
    for (std::size_t i = 0; i < size; ++i)
        crc = table[(crc ^ bytes[i]) & 0xFFU] ^ crc >> 8U;
    return ~crc;
}

/// Whether the values are the golden's, bit for bit; any NaN equals any NaN.
template <typename T>
bool matches(const std::vector<T>& values, const QJsonValue& golden)
{
    const std::size_t size = values.size() * sizeof(T);
    if (golden.isObject()) // too large to store
        return static_cast<std::size_t>(golden["bytes"].toInteger()) == size
            && static_cast<std::uint32_t>(golden["crc32"].toInteger()) == crc32(values.data(), size);
    const QByteArray data = QByteArray::fromBase64(golden.toString().toLatin1());
    if (static_cast<std::size_t>(data.size()) != size)
        return false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        T wanted;
        std::memcpy(&wanted, data.data() + i * sizeof(T), sizeof(T));
        const bool bothNan = wanted != wanted && values[i] != values[i];
        if (!bothNan && std::memcmp(&wanted, &values[i], sizeof(T)) != 0)
            return false;
    }
    return true;
}

/// The cases of one group of tests/golden/kernels/quantization.json: blocks, scales or rows.
inline QJsonArray goldenCases(const char* group)
{
    QFile file(QString::fromStdString(golden("kernels/quantization.json").string()));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object()[QLatin1String(group)].toArray();
}

} // namespace falconer::test
