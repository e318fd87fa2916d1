// SPDX-License-Identifier: Apache-2.0
#include "core/data/split.h"

#include <QTest>
#include <cmath>
#include <numeric>

using namespace falconer;

class TestSplit : public QObject {
    Q_OBJECT

    static std::int64_t sum(const std::vector<std::uint8_t>& held)
    {
        return std::accumulate(held.begin(), held.end(), std::int64_t{0});
    }

    /// sizes[i] rows with the prompt "i", interleaved.
    static ValidationSplit splitOf(const std::vector<int>& sizes)
    {
        ValidationSplit split;
        bool any = true;
        for (int round = 0; any; ++round) {
            any = false;
            for (std::size_t i = 0; i < sizes.size(); ++i)
                if (round < sizes[i]) {
                    split.add({std::to_string(i), std::to_string(round), 0});
                    any = true;
                }
        }
        return split;
    }

private Q_SLOTS:
    void holdsBackTheShareOfDistinctRows()
    {
        for (const int n : {2, 3, 10, 864, 867})
            for (const double share : {0.01, 0.05, 0.2, 0.5, 0.99}) {
                const std::int64_t wanted = std::clamp<std::int64_t>(std::llround(share * n), 1, n - 1);
                QCOMPARE(sum(splitOf(std::vector<int>(static_cast<std::size_t>(n), 1)).choose(share, 42)), wanted);
            }
    }

    void comesNearWithGroups_data()
    {
        QTest::addColumn<QList<int>>("sizes");
        QTest::addColumn<double>("share");
        QTest::addColumn<int>("held");
        QTest::newRow("exact") << QList<int>{3, 3, 3, 3, 3, 3, 3, 3, 3, 3} << 0.2 << 6;
        QTest::newRow("one more comes nearer") << QList<int>{3, 3, 3, 3, 3, 3, 3, 3, 3, 3} << 0.17 << 6;
        QTest::newRow("one more would overshoot") << QList<int>{3, 3, 3, 3, 3, 3, 3, 3, 3, 3} << 0.13 << 3;
        QTest::newRow("all too big: the smallest") << QList<int>{50, 40, 10} << 0.01 << 10;
        QTest::newRow("small one first, then the rest") << QList<int>{90, 5, 5} << 0.1 << 10;
        QTest::newRow("never all") << QList<int>{50, 50} << 0.99 << 50;
        QTest::newRow("one group") << QList<int>{60} << 0.5 << 0;
        QTest::newRow("no rows") << QList<int>{} << 0.5 << 0;
        QTest::newRow("no share") << QList<int>{1, 1, 1} << 0.0 << 0;
        QTest::newRow("share rounds to nothing") << QList<int>{1, 1, 1} << 0.01 << 1;
    }
    void comesNearWithGroups()
    {
        QFETCH(QList<int>, sizes);
        QFETCH(double, share);
        QFETCH(int, held);
        const ValidationSplit split = splitOf({sizes.begin(), sizes.end()});
        for (const std::uint64_t seed : {0, 1, 2, 42, 1000})
            QCOMPARE(sum(split.choose(share, seed)), held);
    }

    void groupsStayTogether()
    {
        ValidationSplit split;
        std::vector<int> prompts;
        for (int i = 0; i < 1000; ++i) {
            prompts.push_back(i * i % 97);
            split.add({std::to_string(prompts.back()), std::to_string(i % 3), i + 1});
        }
        const std::vector<std::uint8_t> held = split.choose(0.3, 7);
        QVERIFY(std::abs(sum(held) - 300) < 20);
        std::vector<int> side(97, -1);
        for (std::size_t i = 0; i < held.size(); ++i) {
            int& known = side[static_cast<std::size_t>(prompts[i])];
            QVERIFY(known == -1 || known == held[i]);
            known = held[i];
        }
    }

    void rowsWithoutAPromptAreToldApartByTheirText()
    {
        ValidationSplit split;
        for (const char* text : {"a", "b", "a", "c"})
            split.add({"", text, 0});
        split.add({"a", "", 0});
        QCOMPARE(split.groups(), 4);
        const std::vector<std::uint8_t> held = split.choose(0.4, 3);
        QCOMPARE(held[0], held[2]);
    }

    // Pinned: a split must not change between versions or platforms, or runs could not be compared.
    void isTheSameEverywhere()
    {
        const ValidationSplit split = splitOf(std::vector<int>(20, 1));
        const auto chosen = [&](std::uint64_t seed) {
            std::vector<int> rows;
            const std::vector<std::uint8_t> held = split.choose(0.25, seed);
            for (std::size_t i = 0; i < held.size(); ++i)
                if (held[i])
                    rows.push_back(static_cast<int>(i));
            return rows;
        };
        QCOMPARE(chosen(42), (std::vector<int>{1, 2, 7, 11, 13}));
        QCOMPARE(chosen(std::uint64_t{1} << 40), (std::vector<int>{3, 7, 16, 17, 19}));
    }
};

QTEST_GUILESS_MAIN(TestSplit)
#include "tst_split.moc"
