// SPDX-License-Identifier: Apache-2.0
// Every supported back end against the scalar one, bit for bit, at awkward ranges; and the scalar one against the
// formula.
#include "kernels/backend.h"
#include "kernels/math/quantization_math.h"
#include "tests/kernels/golden_support.h"

#include <QTest>

#include <limits>

using namespace falconer;
using namespace falconer::kernels;

namespace {

constexpr std::size_t kGuard = 40; ///< elements behind every output that must stay as they were

/// The results of one call and the guard behind them, as bytes, so that NaN compares equal to itself.
template <typename T, typename Call>
QByteArray bytesOf(std::size_t size, Call call)
{
    std::vector<T> out(size + kGuard, static_cast<T>(77));
    call(out.data());
    for (std::size_t i = size; i < out.size(); ++i)
        if (out[i] != static_cast<T>(77))
            return "wrote behind the end";
    return {reinterpret_cast<const char*>(out.data()), static_cast<qsizetype>(size * sizeof(T))};
}

/// Weights whose every 64 elements differ in size, with zeros and, when asked, what is not finite.
std::vector<float> weights(std::size_t n, std::uint64_t seed, bool finite = true)
{
    std::vector<float> x(n);
    for (std::size_t i = 0; i < n; ++i)
        x[i] = std::ldexp(test::bell(test::splitmix64(seed, i)), static_cast<int>(i / 64 % 9) - 4);
    if (!finite)
        for (std::size_t i = 0; i < n; i += 211)
            x[i] = i % 2 == 0 ? std::numeric_limits<float>::quiet_NaN() : std::numeric_limits<float>::infinity();
    return x;
}

struct Quantized {
    std::vector<std::uint8_t> codes{};
    std::vector<float> absmax{};
    std::vector<std::uint8_t> scaleCodes{};
    std::vector<float> absmax2{};
    float offset = 0;

    BlockScales plain() const { return {.absmax = absmax.data()}; }
    BlockScales nested() const { return {nullptr, scaleCodes.data(), absmax2.data(), dynamicMap(), offset}; }
};

Quantized quantized(Code4 code, const std::vector<float>& x, std::int64_t blockSize)
{
    const auto n = static_cast<std::int64_t>(x.size());
    const std::int64_t blocks = (n + blockSize - 1) / blockSize;
    Quantized q;
    q.codes.resize((x.size() + 1) / 2);
    q.absmax.resize(static_cast<std::size_t>(blocks));
    q.scaleCodes.resize(q.absmax.size());
    q.absmax2.resize((q.absmax.size() + 255) / 256);
    const Backend& scalar = backend(Isa::scalar);
    scalar.quantize4(code, x.data(), n, blockSize, q.codes.data(), q.absmax.data());
    scalar.quantizeScales(q.absmax.data(), blocks, q.scaleCodes.data(), q.absmax2.data(), &q.offset);
    return q;
}

} // namespace

class TestBackends : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyIsa_data()
    {
        QTest::addColumn<int>("isa");
        for (const Isa isa : test::supportedIsas()) {
            qInfo("back end tested: %s", name(isa).data());
            QTest::newRow(name(isa).data()) << static_cast<int>(isa);
        }
    }

    void everyIsa()
    {
        QFETCH(int, isa);
        const Backend& other = backend(static_cast<Isa>(isa));
        const Backend& scalar = backend(Isa::scalar);
        QCOMPARE(static_cast<int>(other.isa), isa);

        for (const Code4 code : {Code4::nf4, Code4::fp4})
            for (const std::int64_t blockSize : {32, 64, 128, 4096})
                for (const std::size_t n : {1, 2, 31, 64, 65, 1000, 4097, 9001})
                    for (const bool finite : {true, false}) {
                        const std::vector<float> x = weights(n, n + static_cast<std::size_t>(blockSize), finite);
                        const Quantized q = quantized(code, x, blockSize);
                        const auto count = static_cast<std::int64_t>(n);
                        std::vector<float> absmax(q.absmax.size());
                        const QByteArray codes = bytesOf<std::uint8_t>(q.codes.size(), [&](std::uint8_t* out) {
                            other.quantize4(code, x.data(), count, blockSize, out, absmax.data());
                        });
                        QCOMPARE(codes,
                            QByteArray(
                                reinterpret_cast<const char*>(q.codes.data()), static_cast<qsizetype>(q.codes.size())));
                        QCOMPARE(std::memcmp(absmax.data(), q.absmax.data(), absmax.size() * sizeof(float)), 0);
                        dequantizeRanges(scalar, other, code, q, q.plain(), blockSize, count);
                        dequantizeRanges(scalar, other, code, q, q.nested(), blockSize, count);
                    }
    }

    /// A scale of any size: values that overflow, that are denormal, and that tie when they are rounded to bfloat16.
    void anyScale_data() { everyIsa_data(); }
    void anyScale()
    {
        QFETCH(int, isa);
        const Backend& other = backend(static_cast<Isa>(isa));
        std::vector<std::uint8_t> codes(512);
        for (std::size_t i = 0; i < codes.size(); ++i)
            codes[i] = static_cast<std::uint8_t>(i);
        for (std::uint64_t round = 0; round < 2000; ++round) {
            std::vector<float> absmax(16);
            for (std::size_t i = 0; i < absmax.size(); ++i)
                absmax[i] = std::bit_cast<float>(static_cast<std::uint32_t>(test::splitmix64(round, i)));
            dequantizeRanges(backend(Isa::scalar), other, round % 2 == 0 ? Code4::nf4 : Code4::fp4, {.codes = codes},
                {.absmax = absmax.data()}, 64, 1024, false);
        }
    }

    void rows_data() { everyIsa_data(); }
    void rows()
    {
        QFETCH(int, isa);
        const Backend& other = backend(static_cast<Isa>(isa));
        const Backend& scalar = backend(Isa::scalar);
        for (const std::size_t columns : {1, 7, 8, 9, 15, 16, 17, 63, 64, 100, 257})
            for (const std::size_t rowCount : {1, 2, 5}) {
                const std::size_t n = rowCount * columns;
                const auto r = static_cast<std::int64_t>(rowCount);
                const auto c = static_cast<std::int64_t>(columns);
                std::vector<float> x = weights(n, n, columns % 2 == 0);
                std::vector<float> scales(rowCount);
                std::vector<float> same(rowCount);
                std::vector<std::int8_t> codes(n);
                scalar.quantizeRows8(x.data(), r, c, codes.data(), scales.data());
                QCOMPARE(bytesOf<std::int8_t>(
                             n, [&](std::int8_t* out) { other.quantizeRows8(x.data(), r, c, out, same.data()); }),
                    QByteArray(reinterpret_cast<const char*>(codes.data()), static_cast<qsizetype>(n)));
                QCOMPARE(std::memcmp(scales.data(), same.data(), rowCount * sizeof(float)), 0);
                const auto values = [&](const Backend& table) {
                    return bytesOf<float>(
                        n, [&](float* out) { table.dequantizeRows8(codes.data(), scales.data(), r, c, out); });
                };
                const auto rounded = [&](const Backend& table) {
                    return bytesOf<std::uint16_t>(n, [&](std::uint16_t* out) {
                        table.dequantizeRows8ToBf16(codes.data(), scales.data(), r, c, out);
                    });
                };
                QCOMPARE(values(other), values(scalar));
                QCOMPARE(rounded(other), rounded(scalar));
            }
    }

    /// Blocks cross rows here: 5 rows of 24 in blocks of 32, where the reference's AVX-512 code goes wrong.
    void scalarFollowsTheFormula()
    {
        const std::vector<float> x = weights(120, 3);
        for (const Code4 code : {Code4::nf4, Code4::fp4}) {
            const Quantized q = quantized(code, x, 32);
            std::vector<float> values(x.size());
            backend(Isa::scalar).dequantize4(code, q.codes.data(), q.nested(), 32, 0, 120, values.data());
            for (std::size_t i = 0; i < x.size(); ++i) {
                const unsigned digit = i % 2 == 0 ? q.codes[i / 2] / 16U : q.codes[i / 2] % 16U;
                const float product = dynamicMap()[q.scaleCodes[i / 32]] * q.absmax2[0];
                const float scale = product + q.offset;
                QCOMPARE(std::bit_cast<std::uint32_t>(values[i]),
                    std::bit_cast<std::uint32_t>(codebook(code)[digit] * scale));
            }
        }
    }

    void bf16Rounding()
    {
        const std::pair<std::uint32_t, std::uint16_t> cases[] = {{0x3F808000, 0x3F80}, {0x3F818000, 0x3F82},
            {0x3F808001, 0x3F81}, {0x80000000, 0x8000}, {0x00018000, 0x0002}, {0x7F7FFFFF, 0x7F80},
            {0xFF800000, 0xFF80}, {0x7F800001, 0x7FC0}, {0xFFFFFFFF, 0x7FC0}};
        for (const auto& [bits, wanted] : cases)
            QCOMPARE(toBf16(std::bit_cast<float>(bits)), wanted);
    }

private:
    void dequantizeRanges(const Backend& scalar, const Backend& other, Code4 code, const Quantized& q,
        const BlockScales& scales, std::int64_t blockSize, std::int64_t n, bool everyRange = true)
    {
        std::vector<std::pair<std::int64_t, std::int64_t>> ranges = {{0, n}};
        if (everyRange)
            for (const std::int64_t first : {0, 2, 14, 30, 32, 62, 64, 66, 998, 4096})
                for (const std::int64_t count : {0, 1, 2, 3, 15, 16, 17, 31, 32, 33, 63, 64, 65, 129, 5000})
                    if (first + count <= n)
                        ranges.emplace_back(first, count);
        for (const auto& range : ranges) {
            const std::int64_t first = range.first;
            const std::int64_t count = range.second;
            const auto size = static_cast<std::size_t>(count);
            const auto values = [&](const Backend& table) {
                return bytesOf<float>(size,
                    [&](float* out) { table.dequantize4(code, q.codes.data(), scales, blockSize, first, count, out); });
            };
            const auto rounded = [&](const Backend& table) {
                return bytesOf<std::uint16_t>(size, [&](std::uint16_t* out) {
                    table.dequantize4ToBf16(code, q.codes.data(), scales, blockSize, first, count, out);
                });
            };
            QCOMPARE(values(other), values(scalar));
            QCOMPARE(rounded(other), rounded(scalar));
        }
    }
};

QTEST_GUILESS_MAIN(TestBackends)
#include "tst_backends.moc"
