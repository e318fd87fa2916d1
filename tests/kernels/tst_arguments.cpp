// SPDX-License-Identifier: Apache-2.0
// Arguments that no back end may see.
#include "kernels/quantization.h"

#include <QTest>

#include <array>
#include <limits>

using namespace falconer::kernels;

namespace {
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kBadSizes[]
    = {std::numeric_limits<std::int64_t>::min(), -64, 0, 1, 16, 31, 33, 48, 63, 96, 4095, 8192, std::int64_t{1} << 40};
} // namespace

class TestArguments : public QObject {
    Q_OBJECT

    std::array<float, 64> m_floats{};
    std::array<std::uint8_t, 64> m_codes{};
    std::array<std::uint16_t, 64> m_halves{};
    std::array<std::int8_t, 64> m_signed{};
    float m_scale[4] = {1, 1, 1, 1};
    float m_offset = 0;

    Status quantize(std::int64_t n, std::int64_t blockSize)
    {
        return quantize4(Code4::nf4, m_floats.data(), n, blockSize, m_codes.data(), m_scale);
    }

    Status dequantize(std::int64_t first, std::int64_t count, std::int64_t blockSize, const BlockScales& scales)
    {
        const Status one = dequantize4(Code4::nf4, m_codes.data(), scales, blockSize, first, count, m_floats.data());
        const Status two
            = dequantize4ToBf16(Code4::nf4, m_codes.data(), scales, blockSize, first, count, m_halves.data());
        return one == two ? one : static_cast<Status>(99);
    }

private Q_SLOTS:
    void goodOnes()
    {
        for (const std::int64_t size : {32, 64, 128, 256, 512, 1024, 2048, 4096}) {
            QCOMPARE(quantize(64, size), Status::ok);
            QCOMPARE(dequantize(2, 3, size, {.absmax = m_scale}), Status::ok);
        }
    }

    void blockSizes()
    {
        for (const std::int64_t size : kBadSizes) {
            QCOMPARE(quantize(64, size), Status::badArgument);
            QCOMPARE(dequantize(0, 64, size, {.absmax = m_scale}), Status::badArgument);
        }
    }

    void codes()
    {
        const auto code = static_cast<Code4>(2);
        QCOMPARE(quantize4(code, m_floats.data(), 64, 64, m_codes.data(), m_scale), Status::badArgument);
        QCOMPARE(
            dequantize4(code, m_codes.data(), {.absmax = m_scale}, 64, 0, 64, m_floats.data()), Status::badArgument);
    }

    void ranges()
    {
        const BlockScales scales = {.absmax = m_scale};
        QCOMPARE(quantize(-1, 64), Status::badArgument);
        QCOMPARE(quantize(kMost, 64), Status::badArgument);
        QCOMPARE(dequantize(1, 2, 64, scales), Status::badArgument);
        QCOMPARE(dequantize(-2, 2, 64, scales), Status::badArgument);
        QCOMPARE(dequantize(0, -1, 64, scales), Status::badArgument);
        QCOMPARE(dequantize(2, kMost - 1, 64, scales), Status::badArgument);
        QCOMPARE(dequantize(kMost - 1, 1, 64, scales), Status::badArgument);
        QCOMPARE(quantizeScales(m_scale, -1, m_codes.data(), m_floats.data(), &m_offset), Status::badArgument);
        QCOMPARE(quantizeScales(m_scale, kMost, m_codes.data(), m_floats.data(), &m_offset), Status::badArgument);
    }

    void nulls()
    {
        QCOMPARE(quantize4(Code4::nf4, nullptr, 64, 64, m_codes.data(), m_scale), Status::badArgument);
        QCOMPARE(quantize4(Code4::nf4, m_floats.data(), 64, 64, nullptr, m_scale), Status::badArgument);
        QCOMPARE(quantize4(Code4::nf4, m_floats.data(), 64, 64, m_codes.data(), nullptr), Status::badArgument);

        QCOMPARE(quantizeScales(nullptr, 4, m_codes.data(), m_floats.data(), &m_offset), Status::badArgument);
        QCOMPARE(quantizeScales(m_scale, 4, nullptr, m_floats.data(), &m_offset), Status::badArgument);
        QCOMPARE(quantizeScales(m_scale, 4, m_codes.data(), nullptr, &m_offset), Status::badArgument);
        QCOMPARE(quantizeScales(m_scale, 4, m_codes.data(), m_floats.data(), nullptr), Status::badArgument);

        const BlockScales whole = {nullptr, m_codes.data(), m_scale, dynamicMap(), 0};
        QCOMPARE(dequantize(0, 64, 64, whole), Status::ok);
        QCOMPARE(dequantize(0, 64, 64, {}), Status::badArgument);
        QCOMPARE(dequantize(0, 64, 64, {nullptr, nullptr, m_scale, dynamicMap(), 0}), Status::badArgument);
        QCOMPARE(dequantize(0, 64, 64, {nullptr, m_codes.data(), nullptr, dynamicMap(), 0}), Status::badArgument);
        QCOMPARE(dequantize(0, 64, 64, {nullptr, m_codes.data(), m_scale, nullptr, 0}), Status::badArgument);
        QCOMPARE(dequantize4(Code4::nf4, nullptr, whole, 64, 0, 64, m_floats.data()), Status::badArgument);
        QCOMPARE(dequantize4(Code4::nf4, m_codes.data(), whole, 64, 0, 64, nullptr), Status::badArgument);
        QCOMPARE(dequantize4ToBf16(Code4::nf4, nullptr, whole, 64, 0, 64, m_halves.data()), Status::badArgument);
        QCOMPARE(dequantize4ToBf16(Code4::nf4, m_codes.data(), whole, 64, 0, 64, nullptr), Status::badArgument);
    }

    void rows()
    {
        QCOMPARE(quantizeRows8(m_floats.data(), 4, 16, m_signed.data(), m_scale), Status::ok);
        QCOMPARE(quantizeRows8(m_floats.data(), -1, 16, m_signed.data(), m_scale), Status::badArgument);
        QCOMPARE(quantizeRows8(m_floats.data(), 4, -1, m_signed.data(), m_scale), Status::badArgument);
        QCOMPARE(quantizeRows8(m_floats.data(), kMost / 2, 3, m_signed.data(), m_scale), Status::badArgument);
        QCOMPARE(quantizeRows8(nullptr, 4, 16, m_signed.data(), m_scale), Status::badArgument);
        QCOMPARE(quantizeRows8(m_floats.data(), 4, 16, nullptr, m_scale), Status::badArgument);
        QCOMPARE(quantizeRows8(m_floats.data(), 4, 16, m_signed.data(), nullptr), Status::badArgument);
        QCOMPARE(dequantizeRows8(m_signed.data(), m_scale, 4, 16, m_floats.data()), Status::ok);
        QCOMPARE(dequantizeRows8(nullptr, m_scale, 4, 16, m_floats.data()), Status::badArgument);
        QCOMPARE(dequantizeRows8(m_signed.data(), nullptr, 4, 16, m_floats.data()), Status::badArgument);
        QCOMPARE(dequantizeRows8(m_signed.data(), m_scale, 4, 16, nullptr), Status::badArgument);
        QCOMPARE(dequantizeRows8(m_signed.data(), m_scale, 4, -16, m_floats.data()), Status::badArgument);
        QCOMPARE(dequantizeRows8ToBf16(m_signed.data(), m_scale, 4, 16, m_halves.data()), Status::ok);
        QCOMPARE(dequantizeRows8ToBf16(m_signed.data(), m_scale, 4, 16, nullptr), Status::badArgument);
        QCOMPARE(dequantizeRows8ToBf16(m_signed.data(), m_scale, -4, 16, m_halves.data()), Status::badArgument);
    }

    /// Nothing to do needs no memory.
    void empty()
    {
        QCOMPARE(quantize4(Code4::nf4, nullptr, 0, 64, nullptr, nullptr), Status::ok);
        QCOMPARE(quantizeScales(nullptr, 0, nullptr, nullptr, &m_offset), Status::ok);
        QCOMPARE(m_offset, 0.0F);
        QCOMPARE(dequantize4(Code4::nf4, nullptr, {}, 64, 0, 0, nullptr), Status::ok);
        QCOMPARE(quantizeRows8(nullptr, 0, 16, nullptr, nullptr), Status::ok);
        QCOMPARE(quantizeRows8(nullptr, 4, 0, nullptr, m_scale), Status::ok);
        QCOMPARE(m_scale[0], 0.0F); // the largest of nothing
    }
};

QTEST_GUILESS_MAIN(TestArguments)
#include "tst_arguments.moc"
