// SPDX-License-Identifier: Apache-2.0
#include "core/formats/gguf.h"
#include "core/formats/tensor_file.h"
#include "tests/core/formats/bytes.h"
#include "tests/support/paths.h"

#include <QtTest>

#include <bit>
#include <cmath>
#include <limits>

using namespace falconer;
using namespace falconer::test;

namespace {

template <typename T>
std::vector<float> decoded(StoredType type, const std::vector<T>& values)
{
    // one byte off any alignment, as mapped data may lie
    std::string bytes = "x";
    for (const T value : values)
        bytes += raw(value);
    const TensorView view{"t", type, {static_cast<std::int64_t>(values.size())}, asBytes(bytes).subspan(1)};
    std::vector<float> out(values.size());
    decode(view, 0, out);
    return out;
}

} // namespace

class TestDecode : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void blocksAsTheReferenceDoes()
    {
        const auto stored = GgufFile::open(golden("formats/blocks.gguf"));
        const auto expected = openSafetensors(golden("formats/blocks.safetensors"));
        QCOMPARE(stored->tensors().size(), std::size_t{6});
        QCOMPARE(expected->tensors().size(), std::size_t{6});
        for (const TensorView& tensor : stored->tensors()) {
            const TensorView* reference = expected->find(tensor.name);
            QVERIFY2(reference, tensor.name.c_str());
            QVERIFY(reference->shape == tensor.shape);
            std::vector<float> out(static_cast<std::size_t>(tensor.elements()));
            decode(tensor, 0, out);
            // bit for bit: -0 and NaN count too
            QVERIFY2(
                std::memcmp(out.data(), reference->bytes.data(), reference->bytes.size()) == 0, tensor.name.c_str());
        }
    }

    void aPartIsThatPart()
    {
        const auto stored = GgufFile::open(golden("formats/blocks.gguf"));
        for (const TensorView& tensor : stored->tensors()) {
            const std::int64_t block = blockElements(tensor.type);
            std::vector<float> whole(static_cast<std::size_t>(tensor.elements()));
            decode(tensor, 0, whole);
            for (std::int64_t first = 0; first + block <= tensor.elements(); first += block) {
                std::vector<float> part(static_cast<std::size_t>(block));
                decode(tensor, first, part);
                QVERIFY(std::memcmp(part.data(), whole.data() + first, part.size() * sizeof(float)) == 0);
            }
        }
    }

    void everyHalf()
    {
        std::vector<std::uint16_t> all(65536);
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = static_cast<std::uint16_t>(i);
        const std::vector<float> out = decoded(StoredType::f16, all);
        for (unsigned bits = 0; bits < 65536; ++bits) {
            const int exponent = static_cast<int>(bits >> 10 & 31);
            const int mantissa = static_cast<int>(bits & 1023);
            const float got = out[bits];
            QCOMPARE(std::signbit(got), (bits >> 15) == 1);
            if (exponent == 31 && mantissa != 0) {
                QVERIFY(std::isnan(got));
                continue;
            }
            const float expected = exponent == 31 ? std::numeric_limits<float>::infinity()
                : exponent == 0                   ? std::ldexp(static_cast<float>(mantissa), -24)
                                                  : std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25);
            QVERIFY(std::fabs(got) == expected);
        }
    }

    void everyBfloat()
    {
        std::vector<std::uint16_t> all(65536);
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = static_cast<std::uint16_t>(i);
        const std::vector<float> out = decoded(StoredType::bf16, all);
        for (std::uint32_t bits = 0; bits < 65536; ++bits)
            QCOMPARE(std::bit_cast<std::uint32_t>(out[bits]), bits << 16);
    }

    void numbersByValue()
    {
        using V = std::vector<float>;
        QVERIFY(decoded<double>(StoredType::f64, {0.1, -1e300}) == (V{0.1f, -std::numeric_limits<float>::infinity()}));
        QVERIFY(decoded<float>(StoredType::f32, {0.1f, -0.5f}) == (V{0.1f, -0.5f}));
        QVERIFY(decoded<std::int64_t>(StoredType::i64, {-3, INT64_MAX}) == (V{-3, 0x1p63f}));
        QVERIFY(decoded<std::int32_t>(StoredType::i32, {-3, 16777217}) == (V{-3, 16777216}));
        QVERIFY(decoded<std::int16_t>(StoredType::i16, {-32768}) == V{-32768});
        QVERIFY(decoded<std::int8_t>(StoredType::i8, {-128, 127}) == (V{-128, 127}));
        QVERIFY(decoded<std::uint64_t>(StoredType::u64, {UINT64_MAX}) == V{0x1p64f});
        QVERIFY(decoded<std::uint32_t>(StoredType::u32, {UINT32_MAX}) == V{0x1p32f});
        QVERIFY(decoded<std::uint16_t>(StoredType::u16, {65535}) == V{65535});
        QVERIFY(decoded<std::uint8_t>(StoredType::u8, {255}) == V{255});
    }

    void refusesTruthValues()
    {
        const std::string bytes(4, '\1');
        const TensorView view{"mask", StoredType::boolean, {4}, asBytes(bytes)};
        std::vector<float> out(4);
        const auto error = errorOf([&] { decode(view, 0, out); });
        QVERIFY(error);
        QCOMPARE(error->code(), ErrorCode::modelUnsupported);
    }

    void refusesWhatIsOutside_data()
    {
        QTest::addColumn<qint64>("first");
        QTest::addColumn<qint64>("count");
        QTest::newRow("before") << qint64(-32) << qint64(32);
        QTest::newRow("past the end") << qint64(64) << qint64(32);
        QTest::newRow("longer than all") << qint64(0) << qint64(96);
        QTest::newRow("far away") << qint64(INT64_MAX / 32 * 32) << qint64(32);
        QTest::newRow("starts inside a block") << qint64(16) << qint64(32);
        QTest::newRow("ends inside a block") << qint64(0) << qint64(16);
    }

    void refusesWhatIsOutside()
    {
        QFETCH(qint64, first);
        QFETCH(qint64, count);
        const std::string bytes(2 * 18, '\0');
        const TensorView view{"w", StoredType::q4_0, {2, 32}, asBytes(bytes)};
        std::vector<float> out(static_cast<std::size_t>(count));
        const auto error = errorOf([&] { decode(view, first, out); });
        QVERIFY(error);
        QCOMPARE(error->code(), ErrorCode::internal);
    }

    void sizesOfTypes()
    {
        QCOMPARE(storedBytes(StoredType::q4_0, 64), std::size_t{36});
        QCOMPARE(storedBytes(StoredType::q4_1, 64), std::size_t{40});
        QCOMPARE(storedBytes(StoredType::q8_0, 64), std::size_t{68});
        QCOMPARE(storedBytes(StoredType::bf16, 3), std::size_t{6});
        QCOMPARE(storedBytes(StoredType::f64, 0), std::size_t{0});
        QCOMPARE(name(StoredType::boolean), std::string_view("BOOL"));
        QCOMPARE(name(StoredType::q4_1), std::string_view("Q4_1"));
        QCOMPARE((TensorView{"", StoredType::f32, {}, {}}.elements()), std::int64_t{1});
        QCOMPARE((TensorView{"", StoredType::f32, {2, 0, 3}, {}}.elements()), std::int64_t{0});
    }
};

QTEST_GUILESS_MAIN(TestDecode)
#include "tst_decode.moc"
