// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"

#include <QtTest>

#include <csignal>
#include <fstream>

#include <dlfcn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace falconer;
using namespace std::string_literals;

// The three calls on which a write can fail stand here in front of the C library's, so that a test can make any of them
// fail, or let the process die in the middle of one.
namespace {

struct Fault {
    int call = 0; ///< the how-manieth call fails; 0: none
    int error = 0; ///< errno then; kDie: the process ends there instead, as if killed
    int seen = 0;
};

constexpr int kDie = -1;
Fault g_write, g_fsync, g_rename;
bool g_shortWrites = false;

bool strikes(Fault& fault)
{
    if (++fault.seen != fault.call)
        return false;
    if (fault.error == kDie)
        ::_exit(0);
    errno = fault.error;
    return true;
}

template <typename Function>
Function next(const char* name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" ssize_t write(int descriptor, const void* data, size_t size)
{
    static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
    if (descriptor > 2 && strikes(g_write))
        return -1;
    return real(descriptor, data, descriptor > 2 && g_shortWrites && size > 7 ? 7 : size);
}

extern "C" int fsync(int descriptor)
{
    static const auto real = next<int (*)(int)>("fsync");
    return strikes(g_fsync) ? -1 : real(descriptor);
}

extern "C" int rename(const char* from, const char* to) noexcept
{
    static const auto real = next<int (*)(const char*, const char*)>("rename");
    return strikes(g_rename) ? -1 : real(from, to);
}

class TestAtomicFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        calm();
    }

    void aFailureLeavesTheOldFileAndNothingElse_data()
    {
        QTest::addColumn<QString>("call");
        QTest::addColumn<int>("error");
        QTest::addColumn<int>("code");
        const auto full = static_cast<int>(ErrorCode::diskFull);
        const auto unwritable = static_cast<int>(ErrorCode::fileUnwritable);
        QTest::newRow("write, disk full") << "write" << ENOSPC << full;
        QTest::newRow("write, quota") << "write" << EDQUOT << full;
        QTest::newRow("write, broken disk") << "write" << EIO << unwritable;
        QTest::newRow("fsync, disk full") << "fsync" << ENOSPC << full;
        QTest::newRow("fsync, broken disk") << "fsync" << EIO << unwritable;
        QTest::newRow("rename, disk full") << "rename" << ENOSPC << full;
        QTest::newRow("rename, not allowed") << "rename" << EACCES << unwritable;
    }

    void aFailureLeavesTheOldFileAndNothingElse()
    {
        QFETCH(QString, call);
        QFETCH(int, error);
        QFETCH(int, code);
        writeFile(path("f"), "old");
        calm();
        (call == "write" ? g_write : call == "fsync" ? g_fsync : g_rename) = {1, error};
        int got = -1;
        std::string what;
        try {
            writeFile(path("f"), "new");
        } catch (const Error& thrown) {
            got = static_cast<int>(thrown.code());
            what = thrown.what();
        }
        calm();
        QCOMPARE(got, code);
        QVERIFY(what.find(path("f").string()) != std::string::npos);
        QCOMPARE(readFile(path("f")), "old"s);
        QCOMPARE(entries(), 1);
    }

    void aFailedFileIsGoneAtOnceAndTakesNoMore()
    {
        AtomicFile file(path("f"));
        g_write = {1, ENOSPC};
        QVERIFY_THROWS_EXCEPTION(Error, file.write("x"));
        QCOMPARE(entries(), 0);
        QVERIFY_THROWS_EXCEPTION(Error, file.write("x"));
        QVERIFY_THROWS_EXCEPTION(Error, file.commit());
        QCOMPARE(entries(), 0);
    }

    void interruptedAndShortWritesGoOn()
    {
        g_shortWrites = true;
        g_write = {2, EINTR};
        g_fsync = {1, EINTR};
        writeFile(path("f"), "more than seven bytes of content");
        calm();
        QCOMPARE(readFile(path("f")), "more than seven bytes of content"s);
    }

    void aFileSystemThatCannotSyncIsNoFailure()
    {
        g_fsync = {1, EINVAL};
        writeFile(path("f"), "content");
        QCOMPARE(readFile(path("f")), "content"s);
    }

    void aLimitOnTheSizeActsLikeAFullDisk()
    {
        writeFile(path("f"), "old");
        rlimit before{};
        QVERIFY(::getrlimit(RLIMIT_FSIZE, &before) == 0);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{4096, before.rlim_max};
        int code = -1;
        ::setrlimit(RLIMIT_FSIZE, &small);
        try {
            writeFile(path("f"), std::string(10000, 'x'));
        } catch (const Error& error) {
            code = static_cast<int>(error.code());
        }
        ::setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
        QCOMPARE(code, static_cast<int>(ErrorCode::diskFull));
        QCOMPARE(readFile(path("f")), "old"s);
        QCOMPARE(entries(), 1);
    }

    void aFailedCommitLeavesTheOldFolder_data()
    {
        QTest::addColumn<QString>("call");
        QTest::addColumn<int>("number");
        QTest::newRow("fsync of a file in it") << "fsync" << 1;
        QTest::newRow("fsync of the folder") << "fsync" << 2;
        QTest::newRow("moving the old one aside") << "rename" << 1;
        QTest::newRow("moving the new one in") << "rename" << 2;
    }

    void aFailedCommitLeavesTheOldFolder()
    {
        QFETCH(QString, call);
        QFETCH(int, number);
        makeFolder("g", "old");
        {
            AtomicFolder folder(path("g"));
            std::ofstream(folder.temporary() / "content") << "new";
            calm();
            (call == "fsync" ? g_fsync : g_rename) = {number, EIO};
            QVERIFY_THROWS_EXCEPTION(Error, folder.commit());
            calm();
            QCOMPARE(entries(), 1);
        }
        QCOMPARE(readFile(path("g/content")), "old"s);
        QCOMPARE(entries(), 1);
    }

    // A process dies at each step of replacing a folder; what the next one finds after cleaning up is whole.
    void aCrashLeavesTheOldFolderOrTheNewOne_data()
    {
        QTest::addColumn<QString>("call");
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("expected");
        QTest::newRow("while filling") << "write" << 1 << "old";
        QTest::newRow("while syncing") << "fsync" << 2 << "old";
        QTest::newRow("before moving the old one aside") << "rename" << 1 << "old";
        QTest::newRow("between the two moves") << "rename" << 2 << "old";
        QTest::newRow("before removing the old one") << "fsync" << 3 << "new";
    }

    void aCrashLeavesTheOldFolderOrTheNewOne()
    {
        QFETCH(QString, call);
        QFETCH(int, number);
        QFETCH(QString, expected);
        makeFolder("g", "old");
        calm();
        inChild([&] {
            (call == "write" ? g_write : call == "fsync" ? g_fsync : g_rename) = {number, kDie};
            AtomicFolder folder(path("g"));
            std::ofstream(folder.temporary() / "content") << "new" << std::flush;
            folder.commit();
            ::_exit(1); // lived longer than it should
        });
        QVERIFY2(entries() == 2, "the crash must leave something to clean up");
        removeUnfinished(path(""));
        QCOMPARE(entries(), 1);
        QCOMPARE(QString::fromStdString(readFile(path("g/content"))), expected);
    }

    void aCrashWithoutAnOldFolderLeavesNothing()
    {
        inChild([&] {
            AtomicFolder folder(path("g"));
            makeFolder(folder.temporary() / "inner", "new");
            AtomicFile file(path("f"));
            file.write("half");
            ::_exit(0);
        });
        QCOMPARE(entries(), 2);
        removeUnfinished(path(""));
        QCOMPARE(entries(), 0);
    }

    void writesStillGoingOnAreLeftAlone()
    {
        makeFolder("g", "old");
        AtomicFile file(path("f"));
        AtomicFolder folder(path("g"));
        file.write("content");
        makeFolder(folder.temporary() / "inner", "new");
        removeUnfinished(path(""));
        inChild([&] {
            removeUnfinished(path(""));
            ::_exit(0);
        });
        file.commit();
        folder.commit();
        QCOMPARE(readFile(path("f")), "content"s);
        QCOMPARE(readFile(path("g/inner/content")), "new"s);
        QCOMPARE(entries(), 2);
    }

    void aStaleCopyDoesNotComeBack()
    {
        makeFolder("g", "current");
        makeFolder(".falconer-old-g", "stale");
        {
            AtomicFolder folder(path("g"));
            makeFolder(folder.temporary() / "inner", "new");
            folder.commit();
        }
        QCOMPARE(entries(), 1);
        makeFolder(".falconer-old-g", "stale");
        removeUnfinished(path(""));
        QCOMPARE(entries(), 1);
        QCOMPARE(readFile(path("g/inner/content")), "new"s);
    }

    void cleaningTouchesNothingOfTheUser()
    {
        writeFile(path("notes"), "mine");
        writeFile(path(".hidden"), "mine");
        fs::create_directory(path("elsewhere"));
        writeFile(path("elsewhere/kept"), "mine");
        fs::create_directory_symlink("elsewhere", path(".falconer-tmp-link"));
        removeUnfinished(path(""));
        removeUnfinished(path("none"));
        QVERIFY(fs::exists(path("elsewhere/kept")));
        QCOMPARE(entries(), 4);
    }

private:
    static void calm()
    {
        g_write = g_fsync = g_rename = {};
        g_shortWrites = false;
    }

    fs::path path(const fs::path& name) const { return fs::path(m_folder->path().toStdString()) / name; }

    int entries() const
    {
        return static_cast<int>(std::distance(fs::directory_iterator(path("")), fs::directory_iterator()));
    }

    void makeFolder(const fs::path& name, const std::string& content) const
    {
        fs::create_directory(path(name));
        writeFile(path(name) / "content", content);
    }

    /// Runs `work`, which ends the process with 0 where the crash is meant to be.
    template <typename Work>
    static void inChild(Work work)
    {
        const pid_t child = ::fork();
        if (child == 0) {
            work();
            ::_exit(2);
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestAtomicFiles)
#include "tst_atomic_files.moc"
