// SPDX-License-Identifier: Apache-2.0
#include "core/base/cancel.h"
#include "core/base/error.h"
#include "core/base/fault_list.h"
#include "core/base/log.h"

#include <QtTest>

#include <set>
#include <thread>

using namespace falconer;

class TestError : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sentenceNamesSubjectProblemAndFix()
    {
        const Error error(ErrorCode::dataInvalid, "rows.jsonl, line 3", "a quote is not closed", "close it");
        QCOMPARE(error.what(), "rows.jsonl, line 3: a quote is not closed. Close it.");
        QCOMPARE(sentence({ErrorCode::internal, "", "it failed", ""}), std::string("it failed."));
        QCOMPARE(error.exitCode(), 2);
    }

    void severalFaultsAreSeveralLines()
    {
        const Error error({{ErrorCode::recipeInvalid, "lora.rank", "is 0", "give at least 1"},
            {ErrorCode::recipeInvalid, "model", "is missing", ""}});
        QCOMPARE(error.what(), "lora.rank: is 0. Give at least 1.\nmodel: is missing.");
        QCOMPARE(error.faults().size(), std::size_t{2});
    }

    void anErrorWithoutFaultsIsADefect() { QCOMPARE(Error(std::vector<Fault>()).code(), ErrorCode::internal); }

    void exitCodes()
    {
        QCOMPARE(Error(ErrorCode::cancelled, "", "stopped").exitCode(), 130);
        QCOMPARE(Error(ErrorCode::diskFull, "", "full").exitCode(), 1);
        QCOMPARE(Error(ErrorCode::outOfMemory, "", "full").exitCode(), 1);
        QCOMPARE(Error(ErrorCode::fileMissing, "", "gone").exitCode(), 2);
    }

    void everyCodeHasItsOwnName()
    {
        std::set<std::string_view> names;
        for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code)
            QVERIFY(names.insert(name(static_cast<ErrorCode>(code))).second);
    }

    void faultsAreGatheredOnce()
    {
        FaultList faults;
        faults.check();
        QVERIFY(faults.attempt([] {}));
        QVERIFY(!faults.attempt([] { throw Error(ErrorCode::fileMissing, "a", "does not exist"); }));
        QVERIFY(!faults.attempt([] { throw Error(ErrorCode::fileMissing, "a", "does not exist"); }));
        faults.add({{ErrorCode::dataInvalid, "b", "is wrong", {}}});
        // What the request is not to blame for ends the gathering.
        for (const ErrorCode code : {ErrorCode::cancelled, ErrorCode::outOfMemory, ErrorCode::internal})
            QVERIFY_THROWS_EXCEPTION(Error, faults.attempt([&] { throw Error(code, "c", "happened"); }));
        try {
            faults.check();
            QFAIL("two faults passed");
        } catch (const Error& error) {
            QCOMPARE(error.faults().size(), std::size_t{2});
            QCOMPARE(error.exitCode(), 2);
        }
    }

    void progressThatSaysNoCancels()
    {
        report({}, "mapping", 1, 2);
        report([](std::string_view, long long, long long) { return true; }, "mapping", 1, 2);
        try {
            report([](std::string_view, long long, long long) { return false; }, "mapping", 1, 2);
            QFAIL("was not cancelled");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::cancelled);
        }
    }

    void messagesReachTheSinkOneAtATime()
    {
        log(LogLevel::info, "nobody listens");
        int inside = 0;
        int most = 0;
        int count = 0;
        setLogSink([&](LogLevel, std::string_view) {
            most = std::max(most, ++inside);
            ++count;
            --inside;
        });
        const auto work = [] {
            for (int i = 0; i < 1000; ++i)
                log(LogLevel::warning, "message");
        };
        std::thread other(work);
        work();
        other.join();
        setLogSink({});
        log(LogLevel::info, "nobody listens any more");
        QCOMPARE(count, 2000);
        QCOMPARE(most, 1);
    }
};

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
