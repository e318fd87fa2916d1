// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/formats/safetensors_writer.h"
#include "tests/core/formats/bytes.h"
#include "tests/support/paths.h"

#include <QtTest>

#include <algorithm>
#include <csignal>

#include <sys/resource.h>

namespace fs = std::filesystem;
using namespace falconer;
using namespace falconer::test;

class TestSafetensorsWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void writesTheBytesThatTheReferenceWrites()
    {
        const fs::path reference = golden("formats/mixed.safetensors");
        const auto file = openSafetensors(reference);
        std::vector<TensorView> tensors(file->tensors().begin(), file->tensors().end());
        std::reverse(tensors.begin(), tensors.end());
        writeSafetensors(path("f"), tensors);
        QVERIFY(readFile(path("f")) == readFile(reference));
    }

    void metadataIsKeptAndTheFormatAdded()
    {
        writeSafetensors(path("f"), {}, {{"step", "7"}});
        QVERIFY(readFile(path("f")).find(R"({"__metadata__":{"format":"pt","step":"7"}})") != std::string::npos);
        writeSafetensors(path("f"), {}, {{"format", "np"}});
        QVERIFY(readFile(path("f")).find(R"({"__metadata__":{"format":"np"}})") != std::string::npos);
        QCOMPARE(openSafetensors(path("f"))->tensors().size(), std::size_t{0});
    }

    void theDataStartsAtAMultipleOfEight()
    {
        const std::string data(4, 'x');
        for (std::string name = "n"; name.size() < 20; name += 'n') {
            writeSafetensors(path("f"), {{name, StoredType::f32, {1}, asBytes(data)}});
            QCOMPARE(readFile(path("f")).size() % 8, std::size_t{4});
            QVERIFY(openSafetensors(path("f"))->find(name));
        }
    }

    void refusesWhatCannotBeWritten_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<qint64>("extent");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("block type") << static_cast<int>(StoredType::q4_0) << qint64(32) << QByteArray("w");
        QTest::newRow("too few bytes") << static_cast<int>(StoredType::f32) << qint64(5) << QByteArray("w");
        QTest::newRow("reserved name") << static_cast<int>(StoredType::u8) << qint64(18) << QByteArray("__metadata__");
        QTest::newRow("name not UTF-8") << static_cast<int>(StoredType::u8) << qint64(18) << QByteArray("\xFF");
        QTest::newRow("name taken") << static_cast<int>(StoredType::u8) << qint64(18) << QByteArray("taken");
    }

    void refusesWhatCannotBeWritten()
    {
        QFETCH(int, type);
        QFETCH(qint64, extent);
        QFETCH(QByteArray, name);
        const std::string data(18, 'x');
        const auto error = errorOf([&] {
            writeSafetensors(path("f"),
                {{"taken", StoredType::u8, {18}, asBytes(data)},
                    {name.toStdString(), static_cast<StoredType>(type), {extent}, asBytes(data)}});
        });
        QVERIFY(error);
        QVERIFY(fs::is_empty(path("")));
    }

    void aFullDiskLeavesTheOldFileAndNothingElse()
    {
        const std::string data(100000, 'x');
        const std::vector<TensorView> tensors = {{"w", StoredType::u8, {100000}, asBytes(data)}};
        writeFile(path("f"), "old");
        rlimit before{};
        QVERIFY(::getrlimit(RLIMIT_FSIZE, &before) == 0);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{50000, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
        const auto error = errorOf([&] { writeSafetensors(path("f"), tensors); });
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
        QVERIFY(error);
        QCOMPARE(error->code(), ErrorCode::diskFull);
        QCOMPARE(readFile(path("f")), std::string("old"));
        QCOMPARE(std::distance(fs::directory_iterator(path("")), fs::directory_iterator()), std::ptrdiff_t{1});
    }

    void aFileMayBeWrittenOverTheOneItComesFrom()
    {
        const std::string data(5000, 'x');
        writeSafetensors(path("f"), {{"w", StoredType::u8, {5000}, asBytes(data)}});
        const auto file = openSafetensors(path("f"));
        writeSafetensors(path("f"), {*file->find("w"), {"v", StoredType::u8, {1}, asBytes(data).first(1)}});
        QCOMPARE(openSafetensors(path("f"))->tensors().size(), std::size_t{2});
        QVERIFY(std::memcmp(file->find("w")->bytes.data(), data.data(), data.size()) == 0);
    }

private:
    fs::path path(const fs::path& name) const { return fs::path(m_folder->path().toStdString()) / name; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestSafetensorsWriter)
#include "tst_safetensors_writer.moc"
