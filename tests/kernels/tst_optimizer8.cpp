// SPDX-License-Identifier: Apache-2.0
// 8-bit Adam against bitsandbytes (tests/oracle/optimizers.py), and every back end against the scalar one, bit for bit.
#include "kernels/backend.h"
#include "kernels/math/quantization_math.h"
#include "kernels/optimizer8.h"
#include "tests/kernels/golden_support.h"

#include <QTest>

#include <limits>

using namespace falconer;
using namespace falconer::kernels;

namespace {

constexpr std::size_t kGuard = 40; ///< elements behind every array that must stay as they were

QJsonObject goldenFile()
{
    QFile file(QString::fromStdString(test::golden("kernels/optimizer8.json").string()));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// A parameter with its states, each with a guard behind it.
struct Parameter {
    explicit Parameter(std::size_t n, std::uint64_t seed)
        : size(n)
        , blocks((n + 255) / 256)
        , values(n + kGuard, 77)
        , codes1(n + kGuard, 77)
        , codes2(n + kGuard, 77)
        , absmax1(blocks + kGuard, 77)
        , absmax2(blocks + kGuard, 77)
    {
        for (std::size_t i = 0; i < n; ++i) {
            values[i] = test::bell(test::splitmix64(seed, i));
            codes1[i] = codes2[i] = 0;
        }
        for (std::size_t i = 0; i < blocks; ++i)
            absmax1[i] = absmax2[i] = 0;
    }

    template <typename Update>
    void update(const Update& adam, const AdamStep& step, const std::vector<float>& gradient)
    {
        adam(step, gradient.data(), values.data(), static_cast<std::int64_t>(size),
            State8{codes1.data(), absmax1.data()}, State8{codes2.data(), absmax2.data()});
    }

    /// All bytes, so that NaN compares equal to itself.
    bool operator==(const Parameter& other) const
    {
        const auto same = [](const auto& a, const auto& b) {
            return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(a[0])) == 0;
        };
        return same(values, other.values) && same(codes1, other.codes1) && same(codes2, other.codes2)
            && same(absmax1, other.absmax1) && same(absmax2, other.absmax2);
    }

    std::size_t size;
    std::size_t blocks;
    std::vector<float> values;
    std::vector<std::uint8_t> codes1;
    std::vector<std::uint8_t> codes2;
    std::vector<float> absmax1;
    std::vector<float> absmax2;
};

template <typename T>
std::vector<T> firstOf(const std::vector<T>& all, std::size_t n)
{
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n)};
}

std::vector<float> gradient(std::uint64_t seed, std::size_t n)
{
    std::vector<float> values(n);
    for (std::size_t i = 0; i < n; ++i)
        values[i]
            = i % 97 == 5 ? 0.0F : std::ldexp(test::bell(test::splitmix64(seed, i)), static_cast<int>(i / 64 % 9) - 6);
    return values;
}

} // namespace

class TestOptimizer8 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyIsa_data()
    {
        QTest::addColumn<int>("isa");
        for (const Isa isa : test::supportedIsas())
            QTest::newRow(name(isa).data()) << static_cast<int>(isa);
    }

    void unsignedMap()
    {
        QVERIFY(test::matches(
            std::vector<float>(unsignedDynamicMap(), unsignedDynamicMap() + 256), goldenFile()["unsigned_map"]));
    }

    void everyBin_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<bool>("isSigned");
        QTest::newRow("signed") << "signed_bins" << true;
        QTest::newRow("unsigned") << "unsigned_bins" << false;
    }
    void everyBin()
    {
        QFETCH(QString, key);
        QFETCH(bool, isSigned);
        const std::uint8_t* codes = codesOfBins(isSigned ? StateMap::isSigned : StateMap::isUnsigned);
        qint64 bin = 0;
        for (const QJsonValue& run : goldenFile()[key].toArray())
            for (qint64 i = 0; i < run.toArray()[1].toInteger(); ++i, ++bin)
                QVERIFY2(codes[bin] == run.toArray()[0].toInteger(), qPrintable(QString("bin %1").arg(bin)));
        QCOMPARE(bin, 65536);
    }

    void equalsTheReference_data() { everyIsa_data(); }
    void equalsTheReference()
    {
        QFETCH(int, isa);
        const Backend& table = backend(static_cast<Isa>(isa));
        const QJsonArray cases = goldenFile()["updates"].toArray();
        QCOMPARE(cases.size(), 5);
        for (const QJsonValue& made : cases) {
            const auto n = static_cast<std::size_t>(made["n"].toInteger());
            const auto seed = static_cast<std::uint64_t>(made["seed"].toInteger());
            Parameter parameter(n, seed);
            for (std::int64_t step = 1; step <= 3; ++step)
                parameter.update(table.adam8, adamStep(1e-3, 0.9, 0.999, 1e-8, made["weight_decay"].toDouble(), step),
                    gradient(100 * seed + static_cast<std::uint64_t>(step), n));
            const QByteArray bytes = QByteArray::fromBase64(made["parameter"].toString().toLatin1());
            QCOMPARE(static_cast<std::size_t>(bytes.size()), n * sizeof(float));
            for (std::size_t i = 0; i < n; ++i) { // values below 1/8, whose last bit is 7e-9
                float wanted;
                std::memcpy(&wanted, bytes.data() + i * sizeof(float), sizeof(float));
                QVERIFY2(std::abs(parameter.values[i] - wanted) < 1.6e-8F, qPrintable(QString::number(i)));
            }
            QVERIFY(test::matches(firstOf(parameter.codes1, n), made["codes1"]));
            QVERIFY(test::matches(firstOf(parameter.codes2, n), made["codes2"]));
            QVERIFY(test::matches(firstOf(parameter.absmax1, parameter.blocks), made["absmax1"]));
            QVERIFY(test::matches(firstOf(parameter.absmax2, parameter.blocks), made["absmax2"]));
        }
    }

    void backEndsAgree_data() { everyIsa_data(); }
    void backEndsAgree()
    {
        QFETCH(int, isa);
        const Backend& other = backend(static_cast<Isa>(isa));
        const Backend& scalar = backend(Isa::scalar);
        for (const std::size_t n : {1, 2, 7, 8, 9, 255, 256, 257, 263, 264, 511, 1000, 4099})
            for (const bool finite : {true, false}) {
                Parameter ours(n, n);
                Parameter wanted(n, n);
                for (std::int64_t step = 1; step <= 6; ++step) {
                    std::vector<float> g = gradient(n + static_cast<std::uint64_t>(step), n);
                    if (step == 3) // a block of zeros, and sizes down to denormals
                        for (std::size_t i = 0; i < n; ++i)
                            g[i] = i < 256 ? 0.0F : g[i] * 1e-38F;
                    if (!finite)
                        for (std::size_t i = 0; i < n; i += 211)
                            g[i] = i % 2 == 0 ? std::numeric_limits<float>::quiet_NaN()
                                              : std::numeric_limits<float>::infinity();
                    const AdamStep factors = adamStep(1e-2, 0.9, 0.99, 1e-8, 0.1, step);
                    ours.update(other.adam8, factors, g);
                    wanted.update(scalar.adam8, factors, g);
                    QVERIFY2(ours == wanted, qPrintable(QString("%1 elements, step %2").arg(n).arg(step)));
                }
            }
    }

    /// Cut at a block's border, as between threads.
    void piecesEqualTheWhole()
    {
        Parameter whole(1000, 5);
        Parameter cut(1000, 5);
        for (std::int64_t step = 1; step <= 2; ++step) {
            const std::vector<float> g = gradient(static_cast<std::uint64_t>(step), 1000);
            const AdamStep factors = adamStep(1e-3, 0.9, 0.999, 1e-8, 0, step);
            QCOMPARE(adam8(factors, g.data(), whole.values.data(), 1000, {whole.codes1.data(), whole.absmax1.data()},
                         {whole.codes2.data(), whole.absmax2.data()}),
                Status::ok);
            for (const auto& [from, count] : {std::pair{0, 256}, {256, 512}, {768, 232}})
                QCOMPARE(adam8(factors, g.data() + from, cut.values.data() + from, count,
                             {cut.codes1.data() + from, cut.absmax1.data() + from / 256},
                             {cut.codes2.data() + from, cut.absmax2.data() + from / 256}),
                    Status::ok);
        }
        QVERIFY(whole == cut);
    }

    void badArguments()
    {
        const AdamStep step = adamStep(1e-3, 0.9, 0.999, 1e-8, 0, 1);
        float x[8] = {};
        std::uint8_t codes[8] = {};
        const State8 state{codes, x};
        QCOMPARE(adam8(step, x, x, -1, state, state), Status::badArgument);
        QCOMPARE(adam8(step, x, x, std::numeric_limits<std::int64_t>::max(), state, state), Status::badArgument);
        QCOMPARE(adam8(step, nullptr, x, 1, state, state), Status::badArgument);
        QCOMPARE(adam8(step, x, nullptr, 1, state, state), Status::badArgument);
        QCOMPARE(adam8(step, x, x, 1, {nullptr, x}, state), Status::badArgument);
        QCOMPARE(adam8(step, x, x, 1, state, {codes, nullptr}), Status::badArgument);
        QCOMPARE(adam8(step, nullptr, nullptr, 0, {}, {}), Status::ok);
    }
};

QTEST_GUILESS_MAIN(TestOptimizer8)
#include "tst_optimizer8.moc"
