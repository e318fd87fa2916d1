// SPDX-License-Identifier: Apache-2.0
// Every supported back end against what bitsandbytes 0.50.2 makes of the same tensors, byte for byte.
#include "kernels/quantization.h"
#include "tests/kernels/golden_support.h"

#include <QTest>

#include <type_traits>

using namespace falconer;
using namespace falconer::kernels;

namespace {

/// Not a multiple of anything, and never a value that a test expects.
constexpr std::uint8_t kUntouched = 0xA5;

/// Of floats (or bfloat16 bits) whose zeros have lost their sign: the reference's tables disagree on that of FP4's
/// code 8.
template <typename T>
std::uint32_t crcOf(std::vector<T> values)
{
    for (T& value : values)
        if (value == static_cast<T>(std::is_same_v<T, float> ? 0 : 0x8000))
            value = 0;
    return test::crc32(values.data(), values.size() * sizeof(T));
}

QByteArray described(const QJsonObject& golden)
{
    const QJsonObject input = golden["input"].toObject();
    return QStringLiteral("%1 %2 n=%3 block=%4 %5")
        .arg(input["kind"].toString(), input["name"].toString())
        .arg(input["n"].toInteger())
        .arg(golden["block_size"].toInteger())
        .arg(golden["code"].toString())
        .toUtf8();
}

void addCases(const char* group)
{
    QTest::addColumn<int>("isa");
    QTest::addColumn<QJsonObject>("golden");
    const QJsonArray cases = test::goldenCases(group);
    QVERIFY2(cases.size() >= 10, "the goldens are missing");
    for (const Isa isa : test::supportedIsas())
        for (const QJsonValue& value : cases) {
            const QByteArray row = QByteArray(name(isa).data()) + ": " + described(value.toObject());
            QTest::newRow(row.constData()) << static_cast<int>(isa) << value.toObject();
        }
}

} // namespace

class TestQuantization : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const Isa isa : test::supportedIsas())
            qInfo("back end tested: %s", name(isa).data());
    }

    void constantsAreTheReferences()
    {
        QCOMPARE(test::crc32(codebook(Code4::nf4), 16 * sizeof(float)), 0xc471f81aU);
        QCOMPARE(test::crc32(codebook(Code4::fp4), 16 * sizeof(float)), 0x0967dbc3U);
        QCOMPARE(test::crc32(dynamicMap(), 256 * sizeof(float)), 0x1b137aebU);
    }

    void ramp()
    {
        std::vector<float> x(64);
        for (int i = 0; i < 64; ++i)
            x[static_cast<std::size_t>(i)] = static_cast<float>(i - 32) / 32;
        for (const Isa isa : test::supportedIsas()) {
            QVERIFY(forceIsa(isa));
            QByteArray codes(32, '\0');
            float absmax = 0;
            auto* bytes = reinterpret_cast<std::uint8_t*>(codes.data());
            QCOMPARE(quantize4(Code4::nf4, x.data(), 64, 64, bytes, &absmax), Status::ok);
            QCOMPARE(codes.toHex(), QByteArray("000001111111122222333344455566677788999aaabbbccccddddeeeeeeeffff"));
            QCOMPARE(absmax, 1.0F);
            QCOMPARE(quantize4(Code4::fp4, x.data(), 64, 64, bytes, &absmax), Status::ok);
            QCOMPARE(codes.toHex(), QByteArray("bbbbbbaaaaaaaadddddccccfffeeee9901166667774444555552222222233333"));
        }
    }

    void blocks_data() { addCases("blocks"); }
    void blocks()
    {
        QFETCH(int, isa);
        QFETCH(QJsonObject, golden);
        QVERIFY(forceIsa(static_cast<Isa>(isa)));
        const std::vector<float> x = test::goldenInput(golden["input"].toObject());
        QVERIFY(!x.empty());
        const auto n = static_cast<std::int64_t>(x.size());
        const std::int64_t blockSize = golden["block_size"].toInteger();
        const Code4 code = golden["code"].toString() == "nf4" ? Code4::nf4 : Code4::fp4;
        const auto blockCount = static_cast<std::size_t>((n + blockSize - 1) / blockSize);

        std::vector<std::uint8_t> codes((x.size() + 1) / 2, kUntouched);
        std::vector<float> absmax(blockCount);
        QCOMPARE(quantize4(code, x.data(), n, blockSize, codes.data(), absmax.data()), Status::ok);
        QVERIFY(test::matches(codes, golden["codes"]));
        QVERIFY(test::matches(absmax, golden["absmax"]));
        if (!golden.contains("offset"))
            return; // its scales are not finite

        std::vector<std::uint8_t> scaleCodes(blockCount, kUntouched);
        std::vector<float> absmax2((blockCount + 255) / 256);
        std::vector<float> offset(1);
        QCOMPARE(quantizeScales(absmax.data(), static_cast<std::int64_t>(blockCount), scaleCodes.data(), absmax2.data(),
                     offset.data()),
            Status::ok);
        QVERIFY(test::matches(offset, golden["offset"]));
        QVERIFY(test::matches(scaleCodes, golden["absmax_codes"]));
        QVERIFY(test::matches(absmax2, golden["absmax2"]));
        if (!golden.contains("float32"))
            return; // the reference's own dequantizer is unreliable for this shape

        const BlockScales scales = {nullptr, scaleCodes.data(), absmax2.data(), dynamicMap(), offset[0]};
        std::vector<float> values(x.size());
        QCOMPARE(dequantize4(code, codes.data(), scales, blockSize, 0, n, values.data()), Status::ok);
        QCOMPARE(crcOf(values), static_cast<std::uint32_t>(golden["float32"].toInteger()));
        std::vector<std::uint16_t> rounded(x.size());
        QCOMPARE(dequantize4ToBf16(code, codes.data(), scales, blockSize, 0, n, rounded.data()), Status::ok);
        QCOMPARE(crcOf(rounded), static_cast<std::uint32_t>(golden["bfloat16"].toInteger()));
    }

    void scales_data() { addCases("scales"); }
    void scales()
    {
        QFETCH(int, isa);
        QFETCH(QJsonObject, golden);
        QVERIFY(forceIsa(static_cast<Isa>(isa)));
        const std::vector<float> absmax = test::goldenInput(golden["input"].toObject());
        QVERIFY(!absmax.empty());
        std::vector<std::uint8_t> codes(absmax.size(), kUntouched);
        std::vector<float> absmax2((absmax.size() + 255) / 256);
        std::vector<float> offset(1);
        QCOMPARE(quantizeScales(absmax.data(), static_cast<std::int64_t>(absmax.size()), codes.data(), absmax2.data(),
                     offset.data()),
            Status::ok);
        QVERIFY(test::matches(offset, golden["offset"]));
        QVERIFY(test::matches(codes, golden["absmax_codes"]));
        QVERIFY(test::matches(absmax2, golden["absmax2"]));
    }

    void rows_data() { addCases("rows"); }
    void rows()
    {
        QFETCH(int, isa);
        QFETCH(QJsonObject, golden);
        QVERIFY(forceIsa(static_cast<Isa>(isa)));
        const std::vector<float> x = test::goldenInput(golden["input"].toObject());
        QVERIFY(!x.empty());
        const std::int64_t rows = golden["rows"].toInteger();
        const std::int64_t columns = static_cast<std::int64_t>(x.size()) / rows;
        std::vector<std::int8_t> codes(x.size(), 99);
        std::vector<float> scales(static_cast<std::size_t>(rows));
        QCOMPARE(quantizeRows8(x.data(), rows, columns, codes.data(), scales.data()), Status::ok);
        QVERIFY(test::matches(codes, golden["codes"]));
        QVERIFY(test::matches(scales, golden["scales"]));
        if (!golden.contains("float32"))
            return; // its scales are not finite
        std::vector<float> values(x.size());
        QCOMPARE(dequantizeRows8(codes.data(), scales.data(), rows, columns, values.data()), Status::ok);
        QCOMPARE(crcOf(values), static_cast<std::uint32_t>(golden["float32"].toInteger()));
        std::vector<std::uint16_t> rounded(x.size());
        QCOMPARE(dequantizeRows8ToBf16(codes.data(), scales.data(), rows, columns, rounded.data()), Status::ok);
        QCOMPARE(crcOf(rounded), static_cast<std::uint32_t>(golden["bfloat16"].toInteger()));
    }
};

QTEST_GUILESS_MAIN(TestQuantization)
#include "tst_quantization.moc"
