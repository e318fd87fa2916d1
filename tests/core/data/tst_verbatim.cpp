// SPDX-License-Identifier: Apache-2.0
#include "core/data/verbatim.h"

#include <QTest>

#include <numeric>

using namespace falconer;

class TestVerbatim : public QObject {
    Q_OBJECT

    using Ids = std::vector<std::int32_t>;

    static Ids counted(std::int32_t from, std::size_t count)
    {
        Ids ids(count);
        std::iota(ids.begin(), ids.end(), from);
        return ids;
    }
    /// A prompt of three masked tokens for each answer, one after the other.
    static Sample row(const std::vector<Ids>& answers)
    {
        Sample sample;
        for (const Ids& answer : answers) {
            sample.ids.insert(sample.ids.end(), 3, 7);
            sample.learn.insert(sample.learn.end(), 3, 0);
            sample.ids.insert(sample.ids.end(), answer.begin(), answer.end());
            sample.learn.insert(sample.learn.end(), answer.size(), 1);
        }
        return sample;
    }
    VerbatimIndex index(const std::vector<Sample>& samples)
    {
        m_store = SampleStore(samples);
        return VerbatimIndex(m_store);
    }

    SampleStore m_store;

private Q_SLOTS:
    void findsTheRowThatIsRepeated()
    {
        Ids ended = counted(200, 12);
        ended.push_back(2);
        const VerbatimIndex found = index({row({counted(100, 12)}), row({ended}), row({ended})});
        QCOMPARE(found.find(counted(100, 12), false), std::optional<std::size_t>(0));
        QCOMPARE(found.find(counted(200, 12), false), std::optional<std::size_t>(1));
        QCOMPARE(found.find(counted(300, 12), false), std::nullopt);
    }

    void anAnswerThatGoesOnOrEndsEarlyIsNoRepetition()
    {
        const VerbatimIndex found = index({row({counted(100, 20)})});
        QCOMPARE(found.find(counted(100, 21), false), std::nullopt);
        QCOMPARE(found.find(counted(100, 17), false), std::nullopt);
        QCOMPARE(found.find(counted(100, 18), false), std::optional<std::size_t>(0)); // two tokens end the row
        QCOMPARE(found.find(counted(100, 17), true), std::optional<std::size_t>(0)); // cut off where it still agreed
        Ids other = counted(100, 20);
        other.back() = 1;
        QCOMPARE(found.find(other, true), std::nullopt);
    }

    void everyTurnOfAConversationCounts()
    {
        const VerbatimIndex found = index({row({counted(100, 9), counted(200, 9), counted(300, 4)})});
        QCOMPARE(found.find(counted(100, 9), false), std::optional<std::size_t>(0));
        QCOMPARE(found.find(counted(200, 9), false), std::optional<std::size_t>(0));
    }

    void shortAnswersAreTheSameByNature()
    {
        const VerbatimIndex found = index({row({counted(100, 7)}), row({counted(200, 8)})});
        QCOMPARE(found.find(counted(100, 7), false), std::nullopt);
        QCOMPARE(found.find(counted(200, 8), false), std::optional<std::size_t>(1));
        QCOMPARE(found.find({}, true), std::nullopt);
    }

    /// Two rows that begin alike are told apart by what follows.
    void beginningsAreNotEnough()
    {
        Ids one = counted(100, 16);
        Ids other = one;
        other[12] = 1;
        const VerbatimIndex found = index({row({one}), row({other})});
        QCOMPARE(found.find(other, false), std::optional<std::size_t>(1));
        QCOMPARE(found.find(one, false), std::optional<std::size_t>(0));
    }

    void nothingToFindIn() { QCOMPARE(index({}).find(counted(0, 20), true), std::nullopt); }
};

QTEST_APPLESS_MAIN(TestVerbatim)
#include "tst_verbatim.moc"
