// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/formats/gguf.h"
#include "core/formats/parse.h"
#include "tests/core/formats/bytes.h"
#include "tests/support/paths.h"

#include <QtTest>

using namespace falconer;
using namespace falconer::test;

namespace {

constexpr std::uint32_t kU8 = 0, kU32 = 4, kI32 = 5, kBool = 7, kString = 8, kArray = 9, kU64 = 10, kF64 = 12;

} // namespace

class TestGguf : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatTheReferenceWrites()
    {
        const auto file = GgufFile::open(golden("formats/blocks.gguf"));
        QCOMPARE(file->path(), golden("formats/blocks.gguf"));
        QCOMPARE(file->text("general.architecture"), std::string("llama"));
        QCOMPARE(file->integer("test.u8"), std::int64_t{255});
        QCOMPARE(file->integer("test.i8"), std::int64_t{-128});
        QCOMPARE(file->integer("test.u16"), std::int64_t{65535});
        QCOMPARE(file->integer("test.i16"), std::int64_t{-32768});
        QCOMPARE(file->integer("test.u32"), std::int64_t{UINT32_MAX});
        QCOMPARE(file->integer("test.i32"), std::int64_t{INT32_MIN});
        QCOMPARE(file->integer("test.i64"), INT64_MIN);
        QCOMPARE(file->number("test.f32"), double{0.1f});
        QCOMPARE(file->number("test.f64"), 0.1);
        QCOMPARE(file->number("test.i8"), -128.0);
        QCOMPARE(file->number("test.u64"), 0x1p64);
        QCOMPARE(file->boolean("test.bool"), true);
        QCOMPARE(file->text("test.string"), std::string("gr\u00fc\u00df"));
        QVERIFY(file->texts("test.strings"));
        QVERIFY((*file->texts("test.strings") == std::vector<std::string>{"a", "", "\u20ac"}));
        QVERIFY((file->integers("test.i32s") == std::vector<std::int64_t>{-1, 0, 7}));
        QVERIFY((file->integers("test.u8s") == std::vector<std::int64_t>{1, 2, 255}));
        QVERIFY((std::get<std::vector<double>>(file->metadata().at("test.floats")) == std::vector{0.5, -1.25}));
        QVERIFY((std::get<std::vector<bool>>(file->metadata().at("test.bools")) == std::vector{true, false}));
        const TensorView* tensor = file->find("blk.0.q4_1.weight");
        QVERIFY(tensor);
        QCOMPARE(tensor->type, StoredType::q4_1);
        QVERIFY((tensor->shape == std::vector<std::int64_t>{5, 96})); // slowest first, as the reference's own arrays
        QCOMPARE(tensor->bytes.size(), std::size_t{5 * 3 * 20});
        QCOMPARE(file->fileOf(*tensor), file->path());
        file->release(*tensor);
    }

    void absentAndWrongTypes()
    {
        const auto file = GgufFile::open(golden("formats/blocks.gguf"));
        QVERIFY(!file->integer("none"));
        QVERIFY(!file->number("none"));
        QVERIFY(!file->boolean("none"));
        QVERIFY(!file->text("none"));
        QVERIFY(!file->texts("none"));
        QVERIFY(!file->integers("none"));
        const auto refused = [&](auto call) {
            const auto error = errorOf(call);
            return error && error->code() == ErrorCode::fileMalformed
                && QString(error->what()).contains("blocks.gguf, key test.");
        };
        QVERIFY(refused([&] { file->integer("test.u64"); })); // beyond int64
        QVERIFY(refused([&] { file->integer("test.f32"); }));
        QVERIFY(refused([&] { file->integer("test.bool"); }));
        QVERIFY(refused([&] { file->number("test.string"); }));
        QVERIFY(refused([&] { file->boolean("test.u8"); }));
        QVERIFY(refused([&] { file->text("test.strings"); }));
        QVERIFY(refused([&] { file->texts("test.string"); }));
        QVERIFY(refused([&] { file->integers("test.u8"); }));
        QVERIFY(refused([&] { file->integers("test.floats"); }));
    }

    void versionTwoIsReadAndOthersAreNamed()
    {
        std::string bytes = ggufBytes({}, {});
        bytes[4] = 2;
        QVERIFY(!errorOf([&] { read(bytes); }));
        bytes[4] = 1;
        QCOMPARE(errorOf([&] { read(bytes); })->code(), ErrorCode::modelUnsupported);
        bytes.replace(4, 4, std::string("\0\0\0\3", 4));
        QVERIFY(QString(errorOf([&] { read(bytes); })->what()).contains("big-endian"));
    }

    void everyTruncationIsAnError()
    {
        const std::string whole = readFile(golden("formats/blocks.gguf"));
        // What follows the last tensor is padding, which may be missing.
        const parse::Gguf content = parse::gguf(asBytes(whole), "x.gguf");
        std::size_t end = 0;
        for (const TensorView& tensor : content.tensors)
            end = std::max(
                end, static_cast<std::size_t>(tensor.bytes.data() + tensor.bytes.size() - asBytes(whole).data()));
        QVERIFY(end > 1000);
        for (std::size_t length = 0; length < end; ++length) {
            const auto error = errorOf([&] { read(whole.substr(0, length)); });
            QVERIFY2(error, std::to_string(length).c_str());
            QCOMPARE(error->code(), ErrorCode::fileTruncated);
        }
        QVERIFY(!errorOf([&] { read(whole.substr(0, end)); }));
    }

    void everyChangedByteIsReadOrRefused()
    {
        std::string bytes = readFile(golden("formats/blocks.gguf"));
        for (char& byte : bytes)
            for (const char change : {'\0', '\xFF', '\x7F', '\1', '\t'}) {
                const char old = byte;
                byte = change;
                errorOf([&] { read(bytes); }); // anything but falconer::Error ends the test
                byte = old;
            }
    }

    void hostileFiles_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const int malformed = static_cast<int>(ErrorCode::fileMalformed);
        const int truncated = static_cast<int>(ErrorCode::fileTruncated);
        const int unsupported = static_cast<int>(ErrorCode::modelUnsupported);
        const auto row = [](const char* name, const std::string& bytes, int code, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << code << says;
        };
        const std::string data(64, '\0');
        const std::uint64_t huge = UINT64_MAX;
        const std::string start = "GGUF" + raw(std::uint32_t{3});
        row("other file", "PK\3\4............", malformed, "not a GGUF file");
        row("Git LFS", "version https://git-lfs.github.com/spec/v1\n", malformed, "git lfs pull");
        row("huge tensor count", start + raw(huge) + raw(std::uint64_t{0}), truncated, "ends at byte 24");
        row("huge pair count", start + raw(std::uint64_t{0}) + raw(huge), truncated, "ends at byte 24");
        row("huge key", start + raw(std::uint64_t{0}) + raw(std::uint64_t{1}) + raw(huge) + data, truncated, "");
        row("huge text", ggufBytes({ggufPair("k", kString, raw(huge))}, {}), truncated, "key k");
        row("huge list", ggufBytes({ggufPair("k", kArray, raw(kU8) + raw(huge))}, {}), truncated, "key k");
        row("list count overflows", ggufBytes({ggufPair("k", kArray, raw(kU64) + raw(huge / 8 + 2))}, {}), truncated,
            "key k");
        row("list of many texts", ggufBytes({ggufPair("k", kArray, raw(kString) + raw(std::uint64_t{9}))}, {}),
            truncated, "key k");
        row("list too long in all",
            ggufBytes({ggufPair("k", kArray,
                          raw(kU8) + raw(std::uint64_t{(1u << 24) + 1}) + std::string((1u << 24) + 1, 'x'))},
                {}),
            malformed, "key k");
        row("list of lists",
            ggufBytes(
                {ggufPair("k", kArray, raw(kArray) + raw(std::uint64_t{1}) + raw(kU8) + raw(std::uint64_t{0}))}, {}),
            malformed, "list of lists");
        row("unknown value type", ggufBytes({ggufPair("k", 13, data)}, {}), malformed, "key k: has a value");
        row("unknown list type", ggufBytes({ggufPair("k", kArray, raw(std::uint32_t{77}) + data)}, {}), malformed,
            "unknown type 77");
        row("neither true nor false", ggufBytes({ggufPair("k", kBool, "\2")}, {}), malformed, "key k: holds 2");
        row("key twice", ggufBytes({ggufPair("k", kU8, "a"), ggufPair("k", kU8, "b")}, {}), malformed, "twice");
        row("alignment 0", ggufBytes({ggufPair("general.alignment", kU32, raw(std::uint32_t{0}))}, {}), malformed,
            "power of two");
        row("alignment 24", ggufBytes({ggufPair("general.alignment", kU32, raw(std::uint32_t{24}))}, {}), malformed,
            "power of two");
        row("alignment huge", ggufBytes({ggufPair("general.alignment", kU64, raw(std::uint64_t{1} << 63))}, {}),
            malformed, "power of two");
        row("alignment a number with fraction", ggufBytes({ggufPair("general.alignment", kF64, raw(32.0))}, {}),
            malformed, "power of two");
        row("alignment beyond the end",
            ggufBytes(
                {ggufPair("general.alignment", kU32, raw(std::uint32_t{1} << 31))}, {ggufTensor("w", {1}, 0, 0)}, data),
            truncated, "tensor w");
        row("five dimensions", ggufBytes({}, {ggufTensor("w", {1, 1, 1, 1, 1}, 0, 0)}, data), malformed,
            "5 dimensions");
        row("dimension above int64", ggufBytes({}, {ggufTensor("w", {huge}, 0, 0)}, data), malformed, "too large");
        row("product overflows", ggufBytes({}, {ggufTensor("w", {1ull << 32, 1ull << 32}, 0, 0)}, data), malformed,
            "too large");
        row("bytes overflow", ggufBytes({}, {ggufTensor("w", {1ull << 62}, 0, 0)}, data), malformed, "too large");
        row("row ends inside a block", ggufBytes({}, {ggufTensor("w", {16, 2}, 2, 0)}, data), malformed, "Q4_0");
        row("offset not aligned", ggufBytes({}, {ggufTensor("w", {1}, 0, 4)}, data), malformed, "multiple of 32");
        row("offset overflows", ggufBytes({}, {ggufTensor("w", {1}, 0, huge - 31)}, data), truncated, "tensor w");
        row("data missing", ggufBytes({}, {ggufTensor("w", {17}, 0, 0)}, data), truncated, "tensor w");
        row("overlap", ggufBytes({}, {ggufTensor("a", {9}, 0, 0), ggufTensor("b", {1}, 0, 32)}, data), malformed,
            "tensor b: overlaps the data of a");
        row("tensor twice", ggufBytes({}, {ggufTensor("w", {1}, 0, 0), ggufTensor("w", {1}, 0, 32)}, data), malformed,
            "tensor w: stands twice");
        row("Q4_K", ggufBytes({}, {ggufTensor("w", {256}, 12, 0)}, data), unsupported, "tensor w: has the type Q4_K");
        row("type of the future", ggufBytes({}, {ggufTensor("w", {256}, 999, 0)}, data), unsupported, "number 999");
    }

    void hostileFiles()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        QFETCH(QString, says);
        const auto error = errorOf([&] { read(bytes.toStdString()); });
        QVERIFY(error);
        QVERIFY2(QString(error->what()).contains(says), error->what());
        QVERIFY2(QString(error->what()).startsWith("x.gguf"), error->what());
        QCOMPARE(static_cast<int>(error->code()), code);
    }

    void oddButRight()
    {
        const parse::Gguf content = parse::gguf(asBytes(m_odd), "x.gguf");
        QCOMPARE(content.tensors.size(), std::size_t{3});
        QVERIFY(content.tensors[0].shape.empty()); // a scalar, stored behind the others
        QCOMPARE(content.tensors[0].elements(), std::int64_t{1});
        QCOMPARE(content.tensors[0].bytes.data(), asBytes(m_odd).data() + m_odd.size() - 4);
        QVERIFY(content.tensors[1].bytes.empty()); // nothing in it
        QVERIFY((content.tensors[2].shape == std::vector<std::int64_t>{3, 2}));
        QVERIFY(std::get<std::vector<std::string>>(content.metadata.at("empty")).empty());
        QVERIFY(content.metadata.contains(""));
    }

    void onlyMetadata()
    {
        std::string bytes = ggufBytes({ggufPair("k", kU8, "a")}, {});
        bytes.resize(24 + 8 + 1 + 4 + 1); // no padding either
        QCOMPARE(parse::gguf(asBytes(bytes), "x.gguf").metadata.size(), std::size_t{1});
    }

    void missingFile()
    {
        QCOMPARE(errorOf([] { GgufFile::open("/nonexistent.gguf"); })->code(), ErrorCode::fileMissing);
    }

private:
    static void read(const std::string& bytes)
    {
        // a copy of exactly this size on the heap, so that a sanitizer sees one byte too far
        const std::vector<char> exact(bytes.begin(), bytes.end());
        for (const TensorView& tensor : parse::gguf(std::as_bytes(std::span(exact)), "x.gguf").tensors) {
            std::vector<float> out(static_cast<std::size_t>(tensor.elements()));
            decode(tensor, 0, out);
        }
    }

    const std::string m_odd = ggufBytes(
        {ggufPair("general.alignment", kU32, raw(std::uint32_t{8})),
            ggufPair("empty", kArray, raw(kString) + raw(std::uint64_t{0})), ggufPair("", kI32, raw(std::int32_t{-1}))},
        {ggufTensor("scalar", {}, 0, 24), ggufTensor("nothing", {0, 5}, 0, 24), ggufTensor("w", {2, 3}, 0, 0)},
        std::string(28, '\0'), 8);
};

QTEST_GUILESS_MAIN(TestGguf)
#include "tst_gguf.moc"
