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

    void groupsByLengthAsTransformersDoes()
    {
        std::ifstream stream(test::golden("data/batch_order.json"));
        const auto golden = nlohmann::json::parse(stream);
        QVERIFY(golden["grouped"].size() >= 8);
        for (const auto& item : golden["grouped"]) {
            const auto lengths = item["lengths"].get<std::vector<std::int64_t>>();
            QCOMPARE(groupedOrder(lengths, item["batch"].get<std::int64_t>(), item["seed"].get<std::uint64_t>(),
                         item["epoch"].get<std::int64_t>()),
                item["order"].get<std::vector<std::int64_t>>());
        }
        QVERIFY(groupedOrder({}, 4, 42, 0).empty());
    }

    void packsAsTrlDoes()
    {
        std::ifstream stream(test::golden("data/batch_order.json"));
        const auto golden = nlohmann::json::parse(stream);
        QVERIFY(golden["packed"].size() >= 8);
        for (const auto& item : golden["packed"]) {
            const auto lengths = item["lengths"].get<std::vector<std::int64_t>>();
            const Packs packs = packByLength(lengths, item["max_length"].get<std::int64_t>());
            std::vector<std::vector<std::int64_t>> bins;
            for (std::int64_t i = 0; i < packs.size(); ++i)
                bins.emplace_back(packs.at(i).begin(), packs.at(i).end());
            QCOMPARE(bins, item["bins"].get<std::vector<std::vector<std::int64_t>>>());
        }
        QCOMPARE(packByLength({}, 8).size(), 0);
        QCOMPARE(oneEach(3).size(), 3);
        QCOMPARE(oneEach(3).at(1).front(), 1);
    }

    void laysSequencesEndToEnd()
    {
        const SampleStore samples(std::vector<Sample>{
            {{11, 12, 13}, {0, 1, 1}, 1, 0},
            {{21, 22}, {1, 1}, 2, 0},
            {{31}, {1}, 3, 0},
            {{41, 42, 43, 44}, {0, 0, 0, 1}, 4, 0},
        });
        const std::vector<std::int64_t> indices{1, 0, 2};
        const Batch batch = collate(samples, indices);
        QCOMPARE(batch.lengths, (std::vector<std::int64_t>{2, 3, 1}));
        QCOMPARE(batch.ids, (std::vector<std::int64_t>{21, 22, 11, 12, 13, 31}));
        // 22, 12 and 13: nothing stands before a sequence's first id, whatever its mask says.
        QCOMPARE(batch.positions, (std::vector<std::int64_t>{0, 2, 3}));
        QCOMPARE(batch.targets, (std::vector<std::int64_t>{22, 12, 13}));
        QCOMPARE(batch.tokens(), 6);
        QCOMPARE(batch.sources, indices);
    }

    void anEmptyBatchIsEmpty()
    {
        const Batch batch = collate(SampleStore(), {});
        QVERIFY(batch.ids.empty());
        QVERIFY(batch.lengths.empty());
    }

    void anIndexOutsideIsADefect()
    {
        const SampleStore samples(std::vector<Sample>{{{1, 2}, {0, 1}, 1, 0}});
        QVERIFY_EXCEPTION_THROWN(collate(samples, std::vector<std::int64_t>{1}), Error);
        QVERIFY_EXCEPTION_THROWN(collate(samples, std::vector<std::int64_t>{-1}), Error);
    }
};

QTEST_GUILESS_MAIN(TestBatches)
#include "tst_batches.moc"
