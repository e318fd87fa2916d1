// SPDX-License-Identifier: Apache-2.0
#include "core/data/batches.h"

#include "core/base/error.h"
#include "tests/support/paths.h"

#include <QTest>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace falconer;

class TestBatches : public QObject {
    Q_OBJECT

    static std::string fnv1a(const std::vector<std::int64_t>& values)
    {
        std::uint64_t hashed = 0xCBF29CE484222325u;
        for (const std::int64_t value : values)
            for (int shift = 0; shift < 64; shift += 8)
                hashed = (hashed ^ ((static_cast<std::uint64_t>(value) >> shift) & 0xFF)) * 0x100000001B3u;
        char text[17];
        std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hashed));
        return text;
    }

private Q_SLOTS:
    void shufflesAsTorchDoes()
    {
        std::ifstream stream(test::golden("data/randperm.json"));
        const auto golden = nlohmann::json::parse(stream);
        QVERIFY(golden["cases"].size() >= 60);
        for (const auto& item : golden["cases"]) {
            const auto n = item["n"].get<std::int64_t>();
            const std::uint64_t seed = std::stoull(item["seed"].get<std::string>());
            const std::vector<std::int64_t> order = epochOrder(n, seed, item["epoch"].get<std::int64_t>(), true);
            QCOMPARE(std::int64_t(order.size()), n);
            const auto first = item["first"].get<std::vector<std::int64_t>>();
            const auto last = item["last"].get<std::vector<std::int64_t>>();
            QVERIFY2(std::equal(first.begin(), first.end(), order.begin()), item.dump().c_str());
            QVERIFY2(std::equal(last.rbegin(), last.rend(), order.rbegin()), item.dump().c_str());
            QCOMPARE(fnv1a(order), item["fnv1a"].get<std::string>());
        }
    }

    void keepsTheOrderWithoutShuffling()
    {
        QCOMPARE(epochOrder(4, 42, 3, false), (std::vector<std::int64_t>{0, 1, 2, 3}));
        QVERIFY(epochOrder(0, 42, 0, true).empty());
        QVERIFY(epochOrder(0, 42, 0, false).empty());
    }

    void padsOnTheRight()
    {
        const std::vector<Sample> samples{
            {{11, 12, 13}, {0, 1, 1}, 1, 0},
            {{21, 22}, {1, 1}, 2, 0},
            {{31}, {1}, 3, 0},
            {{41, 42, 43, 44}, {0, 0, 0, 1}, 4, 0},
        };
        const std::vector<std::int64_t> indices{1, 0, 2};
        const Batch batch = collate(samples, indices, 9);
        QCOMPARE(batch.rows, 3);
        QCOMPARE(batch.length, 3);
        QCOMPARE(batch.ids, (std::vector<std::int64_t>{21, 22, 9, 11, 12, 13, 31, 9, 9}));
        QCOMPARE(batch.labels, (std::vector<std::int64_t>{21, 22, -100, -100, 12, 13, 31, -100, -100}));
        QCOMPARE(batch.targets, 3); // 22, 12, 13: the first column predicts nothing
        QCOMPARE(batch.tokens, 6);
        QCOMPARE(batch.sources, indices);
    }

    void anEmptyBatchIsEmpty()
    {
        const Batch batch = collate({}, {}, 0);
        QCOMPARE(batch.rows, 0);
        QCOMPARE(batch.length, 0);
        QVERIFY(batch.ids.empty());
    }

    void anIndexOutsideIsADefect()
    {
        const std::vector<Sample> samples{{{1, 2}, {0, 1}, 1, 0}};
        QVERIFY_EXCEPTION_THROWN(collate(samples, std::vector<std::int64_t>{1}, 0), Error);
        QVERIFY_EXCEPTION_THROWN(collate(samples, std::vector<std::int64_t>{-1}, 0), Error);
    }
};

QTEST_GUILESS_MAIN(TestBatches)
#include "tst_batches.moc"
