// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/formats/parse.h"
#include "core/formats/tensor_file.h"
#include "tests/core/formats/bytes.h"
#include "tests/support/paths.h"

#include <QtTest>

namespace fs = std::filesystem;
using namespace falconer;
using namespace falconer::test;

class TestSafetensors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void readsWhatTheReferenceWrites()
    {
        const auto file = openSafetensors(golden("formats/mixed.safetensors"));
        QCOMPARE(file->tensors().size(), std::size_t{17});
        QCOMPARE(file->tensors().front().name, std::string("uint64")); // the order of the data
        QCOMPARE(file->tensors().back().name, std::string("bool"));
        const TensorView* scalar = file->find("z.scalar");
        QVERIFY(scalar);
        QVERIFY(scalar->shape.empty());
        float value = 0;
        decode(*scalar, 0, {&value, 1});
        QCOMPARE(value, -1.5f);
        const TensorView* empty = file->find("a.empty");
        QVERIFY(empty);
        QVERIFY((empty->shape == std::vector<std::int64_t>{0, 4}));
        QVERIFY(empty->bytes.empty());
        const TensorView* odd = file->find("\u00e9\u20ac \"quoted\" \\ \t\x1f\x7f");
        QVERIFY(odd);
        QCOMPARE(odd->type, StoredType::i16);
        QVERIFY(!file->find("none"));
        QCOMPARE(file->fileOf(*odd), golden("formats/mixed.safetensors"));
        file->release(*file->find("float32"));
        // the same numbers in every type
        for (const char* name : {"float16", "bfloat16", "int64", "int32", "int16", "int8", "uint64", "uint32", "uint16",
                 "uint8", "float64", "float32"}) {
            std::vector<float> out(6);
            decode(*file->find(name), 0, out);
            for (const float number : out)
                QVERIFY2(number >= 0 && number < 100 && number == static_cast<float>(static_cast<int>(number)), name);
        }
    }

    void everyTruncationIsAnError()
    {
        const std::string whole = readFile(golden("formats/mixed.safetensors"));
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto error = errorOf([&] { read(whole.substr(0, length)); });
            QVERIFY2(error, std::to_string(length).c_str());
            QCOMPARE(error->code(), ErrorCode::fileTruncated);
        }
        QVERIFY(!errorOf([&] { read(whole); }));
        QCOMPARE(errorOf([&] { read(whole + "x"); })->code(), ErrorCode::fileMalformed);
    }

    void everyChangedByteIsReadOrRefused()
    {
        std::string bytes = readFile(golden("formats/mixed.safetensors"));
        for (char& byte : bytes)
            for (const char change : {'\0', '\xFF', '9', '"', '}'}) {
                const char old = byte;
                byte = change;
                errorOf([&] { read(bytes); }); // anything but falconer::Error ends the test
                byte = old;
            }
    }

    void hostileHeaders_data()
    {
        QTest::addColumn<QString>("header");
        QTest::addColumn<int>("dataBytes");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const int malformed = static_cast<int>(ErrorCode::fileMalformed);
        const int truncated = static_cast<int>(ErrorCode::fileTruncated);
        const int unsupported = static_cast<int>(ErrorCode::modelUnsupported);
        const auto one = [](const char* type, const char* shape, const char* offsets) {
            return QString(R"({"w":{"dtype":"%1","shape":%2,"data_offsets":%3}})").arg(type, shape, offsets);
        };
        QTest::newRow("empty") << "" << 0 << malformed << "does not begin";
        QTest::newRow("no object") << "[1]" << 0 << malformed << "does not begin";
        QTest::newRow("leading space") << " {}" << 0 << malformed << "does not begin";
        QTest::newRow("no JSON") << "{\"w\"" << 0 << malformed << "not valid JSON";
        QTest::newRow("two objects") << "{}{}" << 0 << malformed << "not valid JSON";
        QTest::newRow("overlap")
            << R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}})"
            << 6 << malformed << "tensor b: overlaps";
        QTest::newRow("same place twice")
            << R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})"
            << 4 << malformed << "tensor b: overlaps";
        QTest::newRow("hole")
            << R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[5,9]}})"
            << 9 << malformed << "tensor b: leaves a hole";
        QTest::newRow("hole at the start") << one("U8", "[4]", "[1,5]") << 5 << malformed << "leaves a hole";
        QTest::newRow("rest not covered") << one("U8", "[4]", "[0,4]") << 5 << malformed << "1 bytes after";
        QTest::newRow("data missing") << one("U8", "[4]", "[0,4]") << 3 << truncated << "tensor w";
        QTest::newRow("size wrong") << one("F32", "[2]", "[0,4]") << 4 << malformed << "needs 8 bytes";
        QTest::newRow("backwards") << one("U8", "[0]", "[4,0]") << 4 << malformed << "data offsets are 4 and 0";
        QTest::newRow("product overflows")
            << one("U8", "[4294967296,4294967296]", "[0,0]") << 0 << malformed << "too large";
        QTest::newRow("bytes overflow") << one("F64", "[4611686018427387904]", "[0,0]") << 0 << malformed
                                        << "too large";
        QTest::newRow("dimension above int64")
            << one("U8", "[18446744073709551615]", "[0,0]") << 0 << malformed << "too large";
        QTest::newRow("dimension above uint64")
            << one("U8", "[99999999999999999999]", "[0,0]") << 0 << malformed << "no count";
        QTest::newRow("offsets at the top")
            << one("U8", "[1]", "[18446744073709551614,18446744073709551615]") << 1 << malformed << "hole";
        QTest::newRow("negative dimension") << one("U8", "[-1]", "[0,1]") << 1 << malformed << "negative";
        QTest::newRow("fraction") << one("U8", "[1.5]", "[0,1]") << 1 << malformed << "no count";
        QTest::newRow("65 dimensions") << one("U8", "[1" + QByteArray(",1").repeated(64) + "]", "[0,1]") << 1
                                       << malformed << "64 dimensions";
        QTest::newRow("one offset") << one("U8", "[1]", "[0]") << 1 << malformed << "two data offsets";
        QTest::newRow("three offsets") << one("U8", "[1]", "[0,1,2]") << 1 << malformed << "two data offsets";
        QTest::newRow("list in the shape") << one("U8", "[[1]]", "[0,1]") << 1 << malformed << "a list";
        QTest::newRow("shape is a text") << one("U8", "\"1\"", "[0,1]") << 1 << malformed << "a text";
        QTest::newRow("type is a number")
            << R"({"w":{"dtype":8,"shape":[1],"data_offsets":[0,1]}})" << 1 << malformed << "\"dtype\"";
        QTest::newRow("no type") << R"({"w":{"shape":[1],"data_offsets":[0,1]}})" << 1 << malformed << "no dtype";
        QTest::newRow("no shape") << R"({"w":{"dtype":"U8","data_offsets":[0,1]}})" << 1 << malformed << "no shape";
        QTest::newRow("no offsets") << R"({"w":{"dtype":"U8","shape":[1]}})" << 1 << malformed << "no data_offsets";
        QTest::newRow("a tensor is a number") << R"({"w":1})" << 1 << malformed << "\"w\"";
        QTest::newRow("tensor twice")
            << R"({"w":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"w":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})"
            << 2 << malformed << "key \"w\" twice";
        QTest::newRow("field twice") << R"({"w":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}})" << 1
                                     << malformed << "\"dtype\" twice";
        QTest::newRow("metadata not a map") << R"({"__metadata__":"pt"})" << 0 << malformed << "__metadata__";
        QTest::newRow("metadata holds a number") << R"({"__metadata__":{"step":1}})" << 0 << malformed << "\"step\"";
        QTest::newRow("float8") << one("F8_E4M3", "[1]", "[0,1]") << 1 << unsupported
                                << "tensor w: has the type F8_E4M3";
        QTest::newRow("nonsense type") << one("Q4_0", "[32]", "[0,18]") << 18 << unsupported << "Q4_0";
        QTest::newRow("deep nesting") << "{" + QString("\"a\":{").repeated(10000) << 0 << malformed << "";
        QTest::newRow("deep unknown field")
            << R"({"w":{"x":)" + QString("[").repeated(10000) << 0 << malformed << "not valid JSON";
    }

    void hostileHeaders()
    {
        QFETCH(QString, header);
        QFETCH(int, dataBytes);
        QFETCH(int, code);
        QFETCH(QString, says);
        const auto error = errorOf([&] {
            read(safetensorsBytes(header.toStdString(), std::string(static_cast<std::size_t>(dataBytes), '\0')));
        });
        QVERIFY(error);
        QVERIFY2(QString(error->what()).contains(says), error->what());
        QVERIFY2(QString(error->what()).startsWith("x.safetensors"), error->what());
        QCOMPARE(static_cast<int>(error->code()), code);
    }

    void notUtf8()
    {
        const auto error = errorOf([&] { read(safetensorsBytes("{\"__metadata__\":{\"a\":\"\xFF\"}}", "")); });
        QVERIFY(error);
        QCOMPARE(error->code(), ErrorCode::fileMalformed);
    }

    void headerLengthBeyondTheFile()
    {
        for (const std::uint64_t length : {std::uint64_t{3}, std::uint64_t{100'000'000}}) {
            const auto error = errorOf([&] { read(raw(length) + "{}"); });
            QVERIFY(error);
            QCOMPARE(error->code(), ErrorCode::fileTruncated);
        }
        for (const std::uint64_t length : {std::uint64_t{100'000'001}, UINT64_MAX, UINT64_MAX - 7}) {
            const auto error = errorOf([&] { read(raw(length) + "{}"); });
            QVERIFY(error);
            QCOMPARE(error->code(), ErrorCode::fileMalformed);
        }
    }

    void unknownFieldsArePassedOver()
    {
        const auto tensors = read(safetensorsBytes(
            R"({"w":{"dtype":"U8","note":{"a":[1,{"b":null}],"c":-1.5},"shape":[2],"list":[[],[{}]],"data_offsets":[0,2]}}  )",
            "ab"));
        QCOMPARE(tensors.size(), std::size_t{1});
        QVERIFY((tensors[0].shape == std::vector<std::int64_t>{2}));
    }

    void noTensorsAtAll() { QCOMPARE(read(safetensorsBytes("{}", "")).size(), std::size_t{0}); }

    void namesGitLfs()
    {
        const auto error = errorOf([&] { read("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"); });
        QVERIFY(error);
        QVERIFY2(QString(error->what()).contains("git lfs pull"), error->what());
    }

    void longHostileNamesAreCut()
    {
        const std::string name(100000, 'n');
        const auto error = errorOf([&] { read(safetensorsBytes("{\"" + name + "\":1}", "")); });
        QVERIFY(error);
        QVERIFY(std::strlen(error->what()) < 400);
        QCOMPARE(parse::printable("a\nb\x1b[31m\xFF"), std::string("a?b?[31m\xEF\xBF\xBD"));
    }

    void foldersAndFiles()
    {
        QCOMPARE(codeOf(path("")), ErrorCode::fileMissing);
        QCOMPARE(codeOf(path("none")), ErrorCode::fileMissing);
        write("model.safetensors", {"w"});
        QCOMPARE(openSafetensors(path(""))->tensors().size(), std::size_t{1});
        QCOMPARE(openSafetensors(path("model.safetensors"))->tensors().size(), std::size_t{1});
        write("adapter_model.safetensors", {"a", "b"});
        QCOMPARE(openSafetensors(path("adapter_model.safetensors"))->tensors().size(), std::size_t{2});
        // the single file goes first
        writeFile(path("model.safetensors.index.json"), "{");
        QCOMPARE(openSafetensors(path(""))->tensors().size(), std::size_t{1});
    }

    void shardsByTheIndexAlone()
    {
        write("one", {"a", "b"});
        write("two", {"b", "c", "unlisted"});
        index(R"({"metadata":{"total_size":3},"weight_map":{"c":"two","b":"two","a":"one"}})");
        const auto file = openSafetensors(path(""));
        QCOMPARE(file->tensors().size(), std::size_t{3});
        QVERIFY(!file->find("unlisted"));
        QCOMPARE(file->fileOf(*file->find("b")), path("two"));
        QCOMPARE(file->fileOf(*file->find("a")), path("one"));
        file->release(*file->find("b"));
        const TensorView foreign{"x", StoredType::u8, {}, {}};
        QVERIFY(errorOf([&] { static_cast<void>(file->fileOf(foreign)); }));
    }

    void hostileIndexes_data()
    {
        QTest::addColumn<QString>("content");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const int malformed = static_cast<int>(ErrorCode::fileMalformed);
        QTest::newRow("empty") << "" << malformed << "not valid JSON";
        QTest::newRow("list") << "[]" << malformed << "weight_map";
        QTest::newRow("no map") << "{}" << malformed << "weight_map";
        QTest::newRow("map is a list") << R"({"weight_map":[]})" << malformed << "weight_map";
        QTest::newRow("map is empty") << R"({"weight_map":{}})" << malformed << "weight_map";
        QTest::newRow("file is a number") << R"({"weight_map":{"a":1}})" << malformed << "tensor a";
        QTest::newRow("tensor twice") << R"({"weight_map":{"a":"one","a":"two"}})" << malformed << "\"a\" twice";
        QTest::newRow("missing file") << R"({"weight_map":{"a":"one","c":"three"}})"
                                      << static_cast<int>(ErrorCode::fileMissing) << "three";
        QTest::newRow("missing tensor") << R"({"weight_map":{"a":"one","z":"one"}})"
                                        << static_cast<int>(ErrorCode::modelIncomplete) << "tensor z";
        QTest::newRow("other folder") << R"({"weight_map":{"a":"../one"}})" << malformed << "../one";
        QTest::newRow("absolute") << R"({"weight_map":{"a":"/etc/passwd"}})" << malformed << "/etc/passwd";
        QTest::newRow("itself") << R"({"weight_map":{"a":"."}})" << malformed << "\".\"";
        QTest::newRow("parent") << R"({"weight_map":{"a":".."}})" << malformed << "\"..\"";
        QTest::newRow("nameless") << R"({"weight_map":{"a":""}})" << malformed << "tensor a";
        QTest::newRow("zero byte") << R"({"weight_map":{"a":"one\u0000"}})" << malformed << "tensor a";
        QTest::newRow("deep") << QString("[").repeated(100000) << malformed << "nested";
    }

    void hostileIndexes()
    {
        QFETCH(QString, content);
        QFETCH(int, code);
        QFETCH(QString, says);
        write("one", {"a"});
        index(content.toStdString());
        const auto error = errorOf([&] { openSafetensors(path("")); });
        QVERIFY(error);
        QVERIFY2(QString(error->what()).contains(says), error->what());
        QCOMPARE(static_cast<int>(error->code()), code);
    }

private:
    static std::vector<TensorView> read(const std::string& bytes)
    {
        // a copy of exactly this size on the heap, so that a sanitizer sees one byte too far
        const std::vector<char> exact(bytes.begin(), bytes.end());
        return parse::safetensors(std::as_bytes(std::span(exact)), "x.safetensors");
    }

    fs::path path(const fs::path& name) const { return fs::path(m_folder->path().toStdString()) / name; }

    std::optional<ErrorCode> codeOf(const fs::path& file) const
    {
        const auto error = errorOf([&] { openSafetensors(file); });
        return error ? std::optional(error->code()) : std::nullopt;
    }

    /// A file of one-byte tensors with these names.
    void write(const char* name, const std::vector<std::string>& tensors) const
    {
        std::string header = "{";
        for (std::size_t i = 0; i < tensors.size(); ++i)
            header += (i ? ",\"" : "\"") + tensors[i] + "\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":["
                + std::to_string(i) + "," + std::to_string(i + 1) + "]}";
        writeFile(path(name), safetensorsBytes(header + "}", std::string(tensors.size(), '\7')));
    }

    void index(const std::string& content) const { writeFile(path("model.safetensors.index.json"), content); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
