// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/numbers.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace falconer::ui;

class TestNumbers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void losses()
    {
        QCOMPARE(lossText(2.4444), QStringLiteral("2.444"));
        QCOMPARE(lossText(-0.5), QStringLiteral("\u22120.500"));
        QCOMPARE(lossText(std::nan("")), QStringLiteral("–"));
        QCOMPARE(lossText(std::numeric_limits<double>::infinity()), QStringLiteral("–"));
    }

    void rates()
    {
        QCOMPARE(rateText(1.2e-4), QStringLiteral("1.20e\u22124"));
        QCOMPARE(rateText(6.5e-12), QStringLiteral("6.50e\u221212"));
        QCOMPARE(rateText(0), QStringLiteral("0"));
    }

    void durations()
    {
        QCOMPARE(durationText(50.4), QStringLiteral("50 s"));
        QCOMPARE(durationText(208), QStringLiteral("3 min 28 s"));
        QCOMPARE(durationText(7500), QStringLiteral("2 h 5 min"));
        QCOMPARE(durationText(-3), QStringLiteral("0 s"));
    }

    void recipeNumbersReadBack()
    {
        QCOMPARE(recipeNumber(2e-4), QStringLiteral("2.0e-4"));
        QCOMPARE(recipeNumber(1.25e-5), QStringLiteral("1.25e-5"));
        QCOMPARE(recipeNumber(3), QStringLiteral("3"));
        QCOMPARE(recipeNumber(0.05), QStringLiteral("0.05"));
        QCOMPARE(recipeNumber(0), QStringLiteral("0"));
        for (const double value : {2e-4, 1.2345678901234567e-7, 0.1, 123456.789, -3e-9})
            QCOMPARE(recipeNumber(value).toDouble(), value);
    }
};

QTEST_GUILESS_MAIN(TestNumbers)
#include "tst_numbers.moc"
