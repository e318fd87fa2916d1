// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_session.h"
#include "ui/charts/axis_range.h"
#include "ui/charts/decimate.h"
#include "ui/charts/loss_chart.h"
#include "ui/theme/palette.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace falconer;
using namespace falconer::ui;

namespace {

std::vector<QPointF> wave(std::size_t count)
{
    std::vector<QPointF> points;
    for (std::size_t i = 0; i < count; ++i)
        points.emplace_back(double(i), std::sin(double(i) * 0.7) + 3);
    return points;
}

/// Pixels of nearly that colour: lines are antialiased.
int pixelsOf(const QImage& image, const QColor& wanted)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += std::abs(pixel.red() - wanted.red()) + std::abs(pixel.green() - wanted.green())
                    + std::abs(pixel.blue() - wanted.blue())
                < 60;
        }
    return count;
}

} // namespace

class TestLossChart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fewPointsStayAsTheyAre()
    {
        QVERIFY(decimate({}).isEmpty());
        for (const std::size_t count : {std::size_t(1), std::size_t(2), kMaxChartPoints}) {
            const auto points = wave(count);
            const auto kept = decimate(points);
            QVERIFY(std::equal(points.begin(), points.end(), kept.begin(), kept.end()));
        }
    }

    void decimationKeepsEndsAndExtremes_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {801, 802, 1000, 1601, 99'999, 100'000})
            QTest::addRow("%d", count) << count;
    }
    void decimationKeepsEndsAndExtremes()
    {
        QFETCH(int, count);
        auto points = wave(static_cast<std::size_t>(count));
        points[static_cast<std::size_t>(count) / 3].setY(50);
        points[static_cast<std::size_t>(count) / 2].setY(-50);
        const auto kept = decimate(points);
        QVERIFY(static_cast<std::size_t>(kept.size()) <= kMaxChartPoints);
        QVERIFY(kept.size() > 700);
        QCOMPARE(kept.first(), points.front());
        QCOMPARE(kept.last(), points.back());
        QVERIFY(kept.contains(QPointF(count / 3, 50)));
        QVERIFY(kept.contains(QPointF(count / 2, -50)));
        QVERIFY(std::is_sorted(kept.begin(), kept.end(), [](auto& a, auto& b) { return a.x() < b.x(); }));
        for (qsizetype i = 1; i < kept.size(); ++i)
            QVERIFY2(kept[i].x() > kept[i - 1].x(), "no point twice");
    }

    void rangesAreRound_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<double>("minimum");
        QTest::addColumn<double>("maximum");
        QTest::addColumn<double>("step");
        QTest::newRow("losses") << 2.23 << 2.94 << 2.2 << 3.0 << 0.2;
        QTest::newRow("steps") << 0.0 << 412.0 << 0.0 << 500.0 << 100.0;
        QTest::newRow("tiny") << 0.0011 << 0.0019 << 0.001 << 0.002 << 0.0002;
        QTest::newRow("on the ends") << 1.0 << 6.0 << 1.0 << 6.0 << 1.0;
    }
    void rangesAreRound()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        const AxisRange range = niceRange(low, high, 5);
        QTEST(range.minimum, "minimum");
        QTEST(range.maximum, "maximum");
        QTEST(range.step, "step");
    }

    void aFlatCurveStillHasARange()
    {
        const AxisRange range = niceRange(2.5, 2.5, 5);
        QVERIFY(range.minimum < 2.5);
        QVERIFY(range.maximum > 2.5);
        const AxisRange zero = niceRange(0, 0, 5);
        QVERIFY(zero.minimum < zero.maximum);
    }

    void oneWildBatchDoesNotFlattenTheCurves()
    {
        LossCurves curves;
        curves.raw = curves.smoothed = wave(400);
        const AxisRange calm = lossRange(curves);
        curves.raw[200].setY(900);
        QCOMPARE(lossRange(curves).maximum, calm.maximum);
        // What the curves themselves reach is never cut off.
        curves.validation = {QPointF(0, 9)};
        QVERIFY(lossRange(curves).maximum >= 9);
    }

    void chartDrawsBothCurvesAndTheBest()
    {
        LossChart chart;
        chart.resize(800, 400);
        MetricsModel model;
        std::vector<StepMetrics> steps;
        for (int i = 1; i <= 5000; ++i)
            steps.push_back(test::step(i, 2 + std::exp(-i / 900.0) + 0.1 * std::sin(i)));
        model.append(steps);
        for (int i = 500; i <= 5000; i += 500)
            model.append(test::eval(i, 2.2 + std::exp(-i / 900.0)), true);
        model.addCheckpoint(2500);
        chart.show(model.curves(), 6000);
        QVERIFY(chart.rawPoints() <= int(kMaxChartPoints));
        QVERIFY(chart.trainingPoints() > 700);
        QCOMPARE(chart.validationPoints(), 10);
        QWidget* view = chart.findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(view);
        QVERIFY(view->accessibleDescription().contains(QLatin1String("step 5000")));
        for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
            chart.setPalette(makePalette(scheme));
            const QImage image = chart.grab().toImage();
            for (const Token token : {Token::training, Token::validation, Token::best})
                QVERIFY2(pixelsOf(image, color(token, scheme)) > 20, name(token).data());
        }
        chart.show({}, 0);
        QCOMPARE(chart.validationPoints(), 0);
    }
};

QTEST_MAIN(TestLossChart)
#include "tst_loss_chart.moc"
