// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"

#include <QtTest>

#include <cstring>
#include <fstream>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace falconer;
using namespace std::string_literals;

namespace {

template <typename Call>
std::optional<ErrorCode> codeOf(Call call)
{
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    return std::nullopt;
}

} // namespace

class TestFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void expandsHomeAndBase()
    {
        qputenv("HOME", "/home/someone");
        QCOMPARE(expandPath("~"), fs::path("/home/someone"));
        QCOMPARE(expandPath("~/models/x"), fs::path("/home/someone/models/x"));
        QCOMPARE(expandPath("~/", "/base"), fs::path("/home/someone"));
        QCOMPARE(expandPath("~other/x", "/base"), fs::path("/base/~other/x"));
        QCOMPARE(expandPath("a/b", "/base"), fs::path("/base/a/b"));
        QCOMPARE(expandPath("/a/b", "/base"), fs::path("/a/b"));
        QCOMPARE(expandPath("a/b"), fs::path("a/b"));
        QCOMPARE(expandPath("", "/base"), fs::path());
        qunsetenv("HOME");
        QVERIFY(expandPath("~/x").is_absolute());
    }

    void readsWhole()
    {
        for (const std::size_t size : {0u, 1u, 65535u, 65536u, 200000u}) {
            const std::string content(size, 'x');
            std::ofstream(path("f"), std::ios::binary) << content;
            QVERIFY(readFile(path("f")) == content);
        }
    }

    void readsAPipe()
    {
        QVERIFY(::mkfifo(path("pipe").c_str(), 0600) == 0);
        const std::string content(300000, 'y');
        std::thread writer([&] { std::ofstream(path("pipe"), std::ios::binary) << content; });
        const std::string read = readFile(path("pipe"));
        writer.join();
        QVERIFY(read == content);
    }

    void readingSaysWhatIsWrong()
    {
        QCOMPARE(codeOf([&] { readFile(path("none")); }), ErrorCode::fileMissing);
        QCOMPARE(codeOf([&] { readFile(path("")); }), ErrorCode::fileUnreadable);
        QCOMPARE(codeOf([&] { MappedFile::open(path("none")); }), ErrorCode::fileMissing);
        QCOMPARE(codeOf([&] { MappedFile::open(path("")); }), ErrorCode::fileUnreadable);
        QCOMPARE(codeOf([&] { MappedFile::open("/dev/null"); }), ErrorCode::fileUnreadable);
        std::ofstream(path("f")) << "x";
        QCOMPARE(codeOf([&] { readFile(path("f") / "g"); }), ErrorCode::fileMissing);
        // would wait for ever if it opened the pipe as a reader does
        QVERIFY(::mkfifo(path("pipe").c_str(), 0600) == 0);
        QCOMPARE(codeOf([&] { MappedFile::open(path("pipe")); }), ErrorCode::fileUnreadable);
    }

    void mapsAndOutlivesTheFile()
    {
        const std::string content = std::string(100000, 'm') + "end";
        std::ofstream(path("f"), std::ios::binary) << content;
        const auto mapped = MappedFile::open(path("f"));
        fs::remove(path("f"));
        QCOMPARE(mapped->bytes().size(), content.size());
        mapped->release(mapped->bytes());
        mapped->release(mapped->bytes().subspan(5000, 1));
        mapped->release({});
        const std::byte elsewhere{};
        mapped->release({&elsewhere, 1});
        QVERIFY(std::memcmp(mapped->bytes().data(), content.data(), content.size()) == 0);
    }

    void mapsAnEmptyFile()
    {
        std::ofstream(path("f")).flush();
        const auto mapped = MappedFile::open(path("f"));
        QVERIFY(mapped->bytes().empty());
        mapped->release(mapped->bytes());
    }

    void replacesAndKeepsTheMode()
    {
        writeFile(path("f"), "old");
        QVERIFY(::chmod(path("f").c_str(), 0640) == 0);
        writeFile(path("f"), "new content");
        QCOMPARE(readFile(path("f")), "new content"s);
        struct stat status { };
        QVERIFY(::stat(path("f").c_str(), &status) == 0);
        QCOMPARE(status.st_mode & 07777, 0640u);
        QCOMPARE(entries(), 1);
    }

    void aNewFileObeysTheUmask()
    {
        const mode_t old = ::umask(027);
        writeFile(path("f"), "x");
        ::umask(old);
        struct stat status { };
        QVERIFY(::stat(path("f").c_str(), &status) == 0);
        QCOMPARE(status.st_mode & 07777, 0640u);
    }

    void followsALink()
    {
        fs::create_directory(path("there"));
        writeFile(path("there/f"), "old");
        fs::create_symlink("there/f", path("link"));
        writeFile(path("link"), "new");
        QVERIFY(fs::is_symlink(path("link")));
        QCOMPARE(readFile(path("there/f")), "new"s);
    }

    void refusesWhatIsNoFile()
    {
        fs::create_directory(path("folder"));
        QCOMPARE(codeOf([&] { writeFile(path("folder"), "x"); }), ErrorCode::fileUnwritable);
        QCOMPARE(codeOf([&] { writeFile("/dev/full", "x"); }), ErrorCode::fileUnwritable);
        QCOMPARE(codeOf([&] { writeFile("/dev/null", "x"); }), ErrorCode::fileUnwritable);
        QCOMPARE(codeOf([&] { writeFile(path("none/f"), "x"); }), ErrorCode::fileUnwritable);
        QCOMPARE(codeOf([&] { writeFile(path(std::string(300, 'n')), "x"); }), ErrorCode::fileUnwritable);
        QCOMPARE(codeOf([&] { AtomicFolder folder(path("none/f")); }), ErrorCode::fileUnwritable);
        writeFile(path("file"), "x");
        QCOMPARE(codeOf([&] { AtomicFolder folder(path("file")); }), ErrorCode::fileUnwritable);
        QCOMPARE(entries(), 2);
    }

    void aRelativePathSurvivesAChangeOfFolder()
    {
        const fs::path before = fs::current_path();
        fs::current_path(path(""));
        AtomicFile file("f");
        AtomicFolder folder("g/");
        fs::current_path(before);
        file.write("x");
        file.commit();
        folder.commit();
        QVERIFY(fs::exists(path("f")));
        QVERIFY(fs::is_directory(path("g")));
        QCOMPARE(entries(), 2);
    }

    void droppedWithoutCommitNothingRemains()
    {
        {
            AtomicFile file(path("f"));
            file.write("content");
            AtomicFolder folder(path("g"));
            writeFile(folder.temporary() / "h", "content");
        }
        QCOMPARE(entries(), 0);
    }

    void cannotGoOnAfterCommit()
    {
        AtomicFile file(path("f"));
        file.commit();
        QCOMPARE(codeOf([&] { file.write("x"); }), ErrorCode::internal);
        QCOMPARE(codeOf([&] { file.commit(); }), ErrorCode::internal);
        AtomicFolder folder(path("g"));
        folder.commit();
        QCOMPARE(codeOf([&] { folder.commit(); }), ErrorCode::internal);
    }

    void replacesAFolder()
    {
        fs::create_directories(path("g/deep"));
        writeFile(path("g/deep/old"), "old");
        AtomicFolder folder(path("g"));
        fs::create_directories(folder.temporary() / "deeper/still");
        writeFile(folder.temporary() / "deeper/still/new", "new");
        fs::create_symlink("nowhere", folder.temporary() / "dangling");
        folder.commit();
        QVERIFY(!fs::exists(path("g/deep")));
        QCOMPARE(readFile(path("g/deeper/still/new")), "new"s);
        QCOMPARE(entries(), 1);
    }

private:
    fs::path path(const fs::path& name) const { return fs::path(m_folder->path().toStdString()) / name; }
    int entries() const
    {
        return static_cast<int>(std::distance(fs::directory_iterator(path("")), fs::directory_iterator()));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
