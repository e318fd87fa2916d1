// SPDX-License-Identifier: Apache-2.0
#include "core/data/dataset.h"
#include "core/data/text_key.h"

#include "tests/core/data/data_files.h"

#include <QTest>
#include <filesystem>
#include <numeric>
#include <random>
#include <set>
#include <thread>

using namespace falconer;
using falconer::test::all;
using falconer::test::contains;
using falconer::test::faultOf;

class TestSampleStore : public QObject {
    Q_OBJECT

    static constexpr std::size_t kMiB = std::size_t{1} << 20;

    /// Sample i of a made-up data set: any of them can be made again to compare.
    static Sample sample(std::size_t i)
    {
        std::mt19937 engine(static_cast<std::uint32_t>(i + 1));
        Sample made;
        made.ids.resize(engine() % 3000);
        made.learn.resize(made.ids.size());
        for (std::size_t k = 0; k < made.ids.size(); ++k) {
            made.ids[k] = static_cast<std::int32_t>(engine() & 0x7FFFFFFF);
            made.learn[k] = engine() % 2;
        }
        made.row = static_cast<std::int64_t>(i) * 7 + 1;
        made.file = static_cast<std::int32_t>(i % 3);
        return made;
    }
    static bool same(const Sample& a, const Sample& b)
    {
        return a.ids == b.ids && a.learn == b.learn && a.row == b.row && a.file == b.file;
    }

private Q_SLOTS:
    void cleanup() { qunsetenv("TMPDIR"); }

    void keepsSamples_data()
    {
        QTest::addColumn<int>("memory");
        QTest::newRow("in memory") << 256;
        QTest::newRow("half of it in a file") << 8;
        QTest::newRow("all of it in a file") << 0;
    }
    void keepsSamples()
    {
        QFETCH(int, memory);
        constexpr std::size_t kSamples = 3000; // some 18 MB
        SampleStore store(static_cast<std::size_t>(memory) * kMiB);
        std::int64_t tokens = 0;
        for (std::size_t i = 0; i < kSamples; ++i) {
            store.append(sample(i));
            tokens += store.lengthAt(i);
            if (i % 500 == 499) // what was written may be read before the store is complete
                QVERIFY(same(store.at(i / 2), sample(i / 2)));
        }
        QCOMPARE(store.size(), kSamples);
        const auto bytes = static_cast<std::uint64_t>(tokens) * 4;
        QVERIFY(bytes > 16 * kMiB);
        if (memory == 256)
            QCOMPARE(store.spilled(), std::uint64_t{0});
        else
            QVERIFY(store.spilled() + static_cast<std::uint64_t>(memory + 1) * kMiB >= bytes);

        std::vector<std::size_t> order(kSamples);
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::shuffle(order.begin(), order.end(), std::mt19937(3));
        for (const std::size_t i : order) {
            const Sample expected = sample(i);
            QVERIFY2(same(store.at(i), expected), qPrintable(QString::number(i)));
            QCOMPARE(store.lengthAt(i), std::int64_t(expected.ids.size()));
            QCOMPARE(store.targetsAt(i), expected.targets());
        }
    }

    void severalThreadsMayRead()
    {
        SampleStore store(2 * kMiB);
        for (std::size_t i = 0; i < 1000; ++i)
            store.append(sample(i));
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (std::size_t start = 0; start < 4; ++start)
            threads.emplace_back([&, start] {
                for (std::size_t i = start; i < 1000; i += 3)
                    wrong += same(store.at(i), sample(i)) ? 0 : 1;
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
    }

    void selectsAndSharesTheIds()
    {
        SampleStore chosen;
        {
            SampleStore store(0);
            for (std::size_t i = 0; i < 10; ++i)
                store.append(sample(i));
            chosen = store.select(std::vector<std::size_t>{7, 2, 2});
        }
        QCOMPARE(chosen.size(), std::size_t{3});
        QVERIFY(same(chosen.at(0), sample(7)));
        QVERIFY(same(chosen.at(1), sample(2)));
        QVERIFY(same(chosen.at(2), sample(2)));
        QVERIFY(chosen.select({}).empty());
    }

    void emptyOnes()
    {
        SampleStore store;
        QVERIFY(store.empty());
        QCOMPARE(store.largestId(), -1);
        store.append({});
        QVERIFY(store.at(0).ids.empty());
        QVERIFY_EXCEPTION_THROWN(store.at(1), Error);
    }

    void refusesWhatIsNoSample()
    {
        SampleStore store;
        QVERIFY_EXCEPTION_THROWN(store.append({{1, -1}, {1, 1}, 1, 0}), Error);
        QVERIFY_EXCEPTION_THROWN(store.append({{1, 2}, {1}, 1, 0}), Error);
    }

    void leavesNoFileBehindAndSaysWhereItFails()
    {
        const QTemporaryDir folder;
        qputenv("TMPDIR", folder.path().toUtf8());
        SampleStore store(0);
        for (std::size_t i = 0; i < 600; ++i)
            store.append(sample(i));
        QVERIFY(store.spilled() > 0);
        QVERIFY(std::filesystem::is_empty(folder.path().toStdString()));

        qputenv("TMPDIR", "/nowhere/at all");
        SampleStore other(0);
        const Fault fault = faultOf([&] {
            for (std::size_t i = 0; i < 600; ++i)
                other.append(sample(i));
        });
        QCOMPARE(fault.code, ErrorCode::fileUnwritable);
        QCOMPARE(fault.subject, std::string("/nowhere/at all"));
        QVERIFY(contains(fault.fix, "TMPDIR"));
    }

    void theLimitComesFromTheEnvironment()
    {
        qputenv("FALCONER_DATA_MEMORY", "3");
        QCOMPARE(SampleStore::defaultMemory(), 3 * kMiB);
        for (const char* wrong : {"", "3x", "-1", "99999999999999999999"}) {
            qputenv("FALCONER_DATA_MEMORY", wrong);
            QVERIFY_EXCEPTION_THROWN(SampleStore::defaultMemory(), Error);
        }
        qunsetenv("FALCONER_DATA_MEMORY");
        QCOMPARE(SampleStore::defaultMemory(), 256 * kMiB);
    }

    void theFingerprintSeesIdsMasksAndOrder()
    {
        const Sample a{{1, 2, 3}, {0, 1, 1}, 1, 0};
        const Sample b{{1, 2, 3}, {0, 1, 0}, 2, 0};
        const auto print = [](std::vector<Sample> train, std::vector<Sample> validation) {
            Dataset dataset;
            dataset.train = SampleStore(train);
            dataset.validation = SampleStore(validation);
            return dataset.fingerprint();
        };
        const std::set<std::uint64_t> all{
            print({a}, {}), print({b}, {}), print({a, b}, {}), print({b, a}, {}), print({a}, {b}), print({}, {a, b})};
        QCOMPARE(all.size(), std::size_t{6});
        QCOMPARE(print({a}, {b}), print({a}, {b}));
        QCOMPARE(print({}, {}), (((1469598103934665603u ^ 0u) * 1099511628211u) ^ 0u) * 1099511628211u);
    }

    void textKeysAreMurmurs()
    {
        // Of the algorithm's reference implementation, seed 0.
        QCOMPARE(textKey("").low, std::uint64_t{0});
        const TextKey hello = textKey("hello");
        QCOMPARE(hello.low, std::uint64_t{0xCBD8A7B341BD9B02});
        QCOMPARE(hello.high, std::uint64_t{0x5B1E906A48AE1D19});
        const TextKey fox = textKey("The quick brown fox jumps over the lazy dog");
        QCOMPARE(fox.low, std::uint64_t{0xE34BBC7BBC071B6C});
        QCOMPARE(fox.high, std::uint64_t{0x7A433CA9C49A9347});
    }
};

QTEST_GUILESS_MAIN(TestSampleStore)
#include "tst_sample_store.moc"
