// SPDX-License-Identifier: Apache-2.0
#include "kernels/backend.h"
#include "tests/kernels/golden_support.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

using namespace falconer;
using namespace falconer::kernels;

namespace {

constexpr Isa kAll[] = {Isa::scalar, Isa::avx2, Isa::avx512, Isa::avx512bf16};

struct Report {
    QByteArray active, table, fault;
};

/// A process of its own with FALCONER_ISA=value, or without it when null.
Report reportUnder(const char* value)
{
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove("FALCONER_ISA");
    if (value != nullptr)
        environment.insert("FALCONER_ISA", value);
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationDirPath() + "/kernels_isa_report", QStringList());
    if (!child.waitForFinished() || child.exitCode() != 0)
        return {};
    const QList<QByteArray> lines = child.readAllStandardOutput().split('\n');
    return lines.size() == 4 ? Report{lines[0], lines[1], lines[2]} : Report{};
}

} // namespace

class TestIsa : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names()
    {
        for (const Isa isa : kAll) {
            QVERIFY(isaNamed(name(isa)) == isa);
            QCOMPARE(static_cast<int>(backend(isa).isa),
                static_cast<int>(supported(Isa::scalar) && &backend(isa) == &backend(Isa::scalar) ? Isa::scalar : isa));
        }
        QVERIFY(!isaNamed("AVX2"));
        QVERIFY(!isaNamed(""));
        QVERIFY(name(static_cast<Isa>(99)).empty());
        QVERIFY(supported(Isa::scalar));
        QVERIFY(!supported(static_cast<Isa>(99)));
    }

    /// A back end that shared the scalar one's dequantizer would pass every comparison and be slow.
    void fasterBackEndsHaveTheirOwnCode()
    {
        if (&backend(Isa::avx2) == &backend(Isa::scalar))
            return; // another architecture
        QVERIFY(backend(Isa::avx2).dequantize4 != backend(Isa::scalar).dequantize4);
        QVERIFY(backend(Isa::avx2).dequantize4ToBf16 != backend(Isa::scalar).dequantize4ToBf16);
        QVERIFY(backend(Isa::avx2).quantize4 != backend(Isa::scalar).quantize4);
        QVERIFY(backend(Isa::avx2).quantizeRows8 != backend(Isa::scalar).quantizeRows8);
        QVERIFY(backend(Isa::avx512).dequantize4 != backend(Isa::avx2).dequantize4);
        QVERIFY(backend(Isa::avx512).dequantize4ToBf16 != backend(Isa::avx2).dequantize4ToBf16);
    }

    void forcing()
    {
        for (const Isa isa : kAll) {
            const Isa before = activeIsa();
            QCOMPARE(forceIsa(isa), supported(isa));
            QCOMPARE(activeIsa(), supported(isa) ? isa : before);
            QCOMPARE(&activeBackend(), &backend(activeIsa()));
        }
    }

    void environmentIsHonoured()
    {
        const QByteArray best = name(test::supportedIsas().back()).data();
        for (const char* unset : {static_cast<const char*>(nullptr), ""}) {
            const Report report = reportUnder(unset);
            QCOMPARE(report.active, best);
            QCOMPARE(report.fault, QByteArray());
        }
        for (const Isa isa : kAll) {
            const QByteArray wanted = name(isa).data();
            const Report report = reportUnder(wanted);
            QCOMPARE(report.active, supported(isa) ? wanted : best);
            QCOMPARE(report.table, report.active);
            QCOMPARE(report.fault.isEmpty(), supported(isa));
            if (!supported(isa))
                QVERIFY2(report.fault.contains(wanted) && report.fault.contains("cannot run"), report.fault);
        }
        const Report unknown = reportUnder("sse9");
        QCOMPARE(unknown.active, best);
        QVERIFY2(unknown.fault.contains("sse9") && unknown.fault.contains("scalar, avx2, avx512, avx512bf16"),
            unknown.fault);
    }
};

QTEST_GUILESS_MAIN(TestIsa)
#include "tst_isa.moc"
