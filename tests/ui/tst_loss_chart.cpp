// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/chart_fixture.h"
#include "ui/charts/axis_range.h"
#include "ui/charts/axis_ticks.h"
#include "ui/charts/chart_export.h"
#include "ui/charts/chart_tools.h"
#include "ui/charts/loss_panel.h"
#include "ui/charts/min_max_pyramid.h"
#include "ui/charts/plot.h"
#include "ui/theme/palette.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::fillRun;
using falconer::test::pixelsOf;

namespace {

MinMaxPyramid wave(std::size_t count)
{
    MinMaxPyramid points;
    for (std::size_t i = 0; i < count; ++i)
        points.append({double(i), std::sin(double(i) * 0.7) + 3});
    return points;
}

bool ascends(const QList<QPointF>& points)
{
    return std::adjacent_find(points.begin(), points.end(), [](auto& a, auto& b) { return !(a.x() < b.x()); })
        == points.end();
}

/// A panel in a size of its own, with a run in it.
struct Shown {
    explicit Shown(int steps = 366)
    {
        if (steps > 0)
            fillRun(model, steps);
        panel.resize(940, 460);
        panel.setMetrics(&model);
        panel.setTotalSteps(412);
        panel.refresh();
        panel.show();
        panel.grab();
    }
    Plot& plot() { return *panel.plot(); }
    QPoint at(double x, double y) { return plot().toPixel(x, y).toPoint(); }
    void wheel(const QPoint& where, int delta, Qt::KeyboardModifiers keys = {})
    {
        QWheelEvent event(
            where, plot().mapToGlobal(where), {}, {0, delta}, Qt::NoButton, keys, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&plot(), &event);
        panel.grab();
    }

    MetricsModel model;
    LossPanel panel;
};

} // namespace

class TestLossChart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.setChoice(Theme::Choice::light); }

    void fewPointsStayAsTheyAre()
    {
        QVERIFY(MinMaxPyramid().thin(0, 1).isEmpty());
        for (const std::size_t count : {std::size_t(1), std::size_t(2), kMaxChartPoints}) {
            const auto points = wave(count);
            const auto kept = points.thin(-1, 1e9);
            QVERIFY(std::equal(points.points().begin(), points.points().end(), kept.begin(), kept.end()));
        }
    }

    void thinningKeepsEndsAndExtremes_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {801, 802, 1000, 1601, 99'999, 100'000, 131'072})
            QTest::addRow("%d", count) << count;
    }
    void thinningKeepsEndsAndExtremes()
    {
        QFETCH(int, count);
        MinMaxPyramid points;
        for (int i = 0; i < count; ++i)
            points.append({double(i), i == count / 3 ? 50 : i == count / 2 ? -50 : std::sin(i * 0.7) + 3});
        const auto kept = points.thin(-1, 1e9);
        QVERIFY(static_cast<std::size_t>(kept.size()) <= kMaxChartPoints);
        QVERIFY2(kept.size() > 400, qPrintable(QString::number(kept.size())));
        QCOMPARE(kept.first(), points[0]);
        QCOMPARE(kept.last(), points.points().back());
        QVERIFY(kept.contains(QPointF(count / 3, 50)));
        QVERIFY(kept.contains(QPointF(count / 2, -50)));
        QVERIFY(ascends(kept));
    }

    void aStretchHoldsItsExtremesAndItsNeighbours()
    {
        const MinMaxPyramid points = wave(50'000);
        for (const auto& [from, to] : {std::pair(0.0, 10.0), {123.5, 400.25}, {777.0, 40'000.0}, {49'990.0, 1e9}}) {
            const auto kept = points.thin(from, to);
            QVERIFY(static_cast<std::size_t>(kept.size()) <= kMaxChartPoints);
            QVERIFY(ascends(kept));
            const std::size_t begin = points.lowerBound(from);
            const std::size_t end = std::min(points.size(), points.lowerBound(to) + 1);
            QVERIFY(kept.first().x() <= std::max(0.0, from));
            QVERIFY(kept.last().x() >= std::min(to, points.points().back().x()));
            const auto [low, high] = points.minMax(begin, end);
            double lowest = 99;
            double highest = -99;
            for (std::size_t i = begin; i < end; ++i) {
                lowest = std::min(lowest, points[i].y());
                highest = std::max(highest, points[i].y());
            }
            QCOMPARE(points[low].y(), lowest);
            QCOMPARE(points[high].y(), highest);
        }
        QVERIFY(!points.thin(-50, -10).isEmpty()); // the neighbour beyond
    }

    void draggingDoesNotChangeWhatIsKept()
    {
        const MinMaxPyramid points = wave(100'000);
        const auto before = points.thin(20'000, 60'000);
        const auto after = points.thin(20'200, 60'200);
        int missing = 0;
        for (const QPointF& point : before)
            if (point.x() > 20'500 && point.x() < 59'500)
                missing += !after.contains(point);
        QCOMPARE(missing, 0);
    }

    void anXThatGoesBackIsHeld()
    {
        MinMaxPyramid points;
        points.append({5, 1});
        points.append({3, 2});
        points.append({std::nan(""), 3});
        QCOMPARE(points[1].x(), 5.0);
        QCOMPARE(points[2].x(), 5.0);
        QCOMPARE(points.nearest(100), std::size_t(2));
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

    void ticksAreShort()
    {
        const auto texts = [](const std::vector<Tick>& ticks) {
            QStringList all;
            for (const Tick& tick : ticks)
                all << tick.text;
            return all.join(QLatin1Char(' '));
        };
        QCOMPARE(texts(valueTicks(2.2, 3.0, 4)), QStringLiteral("2.2 2.4 2.6 2.8 3.0"));
        QCOMPARE(texts(valueTicks(0, 2e-4, 2)), QStringLiteral("0 1e−4 2e−4"));
        QCOMPARE(texts(valueTicks(-1, 1, 2)), QStringLiteral("−1 0 1"));
        QCOMPARE(texts(runTicks(XAxis::tokens, 0, 400'000, 4)), QStringLiteral("0 100k 200k 300k 400k"));
        QCOMPARE(texts(runTicks(XAxis::time, 0, 400, 4)), QStringLiteral("0 s 2 min 4 min 6 min"));
        QCOMPARE(texts(runTicks(XAxis::step, 0, 3, 10)), QStringLiteral("0 1 2 3"));
        QCOMPARE(texts(runTicks(XAxis::epoch, 0, 2, 4)), QStringLiteral("0 0.5 1.0 1.5 2.0"));
        QCOMPARE(texts(logTicks(-2, 2, 4)), QStringLiteral("0.01 0.1 1 10 100"));
        QVERIFY(logTicks(std::log10(2.2), std::log10(3.1), 5).size() >= 3);
        // A range from a hostile log ends in few ticks, not in none or in millions.
        QVERIFY(runTicks(XAxis::time, 0, 1e300, 5).size() < 61);
    }

    void bothCurvesTheBestAndTheBandsAreDrawn()
    {
        Shown shown;
        shown.panel.setBands({{280, 320, BandKind::watch}, {320, 0, BandKind::overfitting}});
        shown.panel.refresh();
        for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
            m_theme.setChoice(scheme == Scheme::light ? Theme::Choice::light : Theme::Choice::dark);
            const QImage image = shown.panel.grab().toImage();
            for (const Token token : {Token::training, Token::trainingRaw, Token::validation, Token::best,
                     Token::watchBand, Token::overfittingBand, Token::overfittingEdge})
                QVERIFY2(pixelsOf(image, color(token, scheme)) > 20, name(token).data());
        }
        m_theme.setChoice(Theme::Choice::light);
        shown.model.clear();
        shown.panel.refresh();
        shown.panel.grab();
        QCOMPARE(shown.plot().drawnPoints(0), 0);
        QVERIFY(shown.plot().summary().contains(QLatin1String("Nothing")));
    }

    void atMost800PointsReachTheChart()
    {
        Shown shown(0);
        fillRun(shown.model, 60'000, 60'000);
        shown.panel.setTotalSteps(70'000);
        shown.panel.refresh();
        shown.panel.grab();
        for (int line = 0; line < 3; ++line) {
            QVERIFY(shown.plot().drawnPoints(line) <= int(kMaxChartPoints));
            QVERIFY(shown.plot().drawnPoints(line) > 300);
        }
        QCOMPARE(shown.plot().data(0).size(), std::size_t(60'000));
    }

    void theSentenceSaysRangeBestAndTrend()
    {
        Shown shown;
        const QString text = shown.plot().accessibleDescription();
        for (const char* fact : {"Training loss went from", "366 steps", "Validation loss went from 2.939",
                 "rose at the last evaluation", "at step 240"})
            QVERIFY2(text.contains(QLatin1String(fact)), qPrintable(text));
        QVERIFY(!shown.plot().accessibleName().isEmpty());
    }

    void smoothingIsTheModels()
    {
        Shown shown;
        auto* slider = shown.panel.tools()->slider();
        QCOMPARE(slider->value(), 85);
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Home);
        QCOMPARE(shown.model.smoothing(), 0.0);
        shown.panel.refresh();
        const auto& training = shown.plot().data(1).points();
        QCOMPARE(training.size(), std::size_t(366));
        QCOMPARE(training[200].y(), shown.model.curves().raw[200].y());
        // What comes later is smoothed the same way.
        shown.model.append({test::step(367, 9.0)});
        shown.panel.refresh();
        QCOMPARE(shown.plot().data(1).points().back().y(), 9.0);
        shown.model.setSmoothing(0.5);
        QCOMPARE(slider->value(), 50);
    }

    void manyTicksOfTheSliderSmoothAtOnceAndAtTheEnd()
    {
        Shown shown;
        QSignalSpy smoothed(&shown.model, &MetricsModel::smoothingChanged);
        for (int value = 84; value >= 40; --value)
            shown.panel.tools()->slider()->setValue(value);
        QCOMPARE(smoothed.size(), 1);
        QTRY_COMPARE(shown.model.smoothing(), 0.4);
        QCOMPARE(smoothed.size(), 2);
        QTRY_COMPARE(shown.plot().data(1).points().back().y(), shown.model.curves().smoothed.back().y());
        QCOMPARE(shown.plot().data(1).size(), std::size_t(366));
    }

    void axesCountStepsTokensTimeAndEpochs()
    {
        Shown shown;
        auto* tools = shown.panel.tools();
        const struct {
            const char* name;
            double last;
            double best;
        } kCases[] = {{"Tokens", 366'000, 240'000}, {"Time", 366, 240}, {"Epoch", 4 * 366 / 412.0, 4 * 240 / 412.0},
            {"Step", 366, 240}};
        for (const auto& each : kCases) {
            auto* button = tools->findChild<QToolButton*>(QString::fromLatin1(each.name));
            QVERIFY(button);
            QTest::mouseClick(button, Qt::LeftButton);
            QCOMPARE(shown.plot().data(0).points().back().x(), each.last);
            QTest::keyClick(&shown.plot(), Qt::Key_B);
            QCOMPARE(shown.plot().crosshair().value_or(-1), each.best);
            QVERIFY2(
                shown.plot().readingText().contains(QLatin1String("Step 240")), qPrintable(shown.plot().readingText()));
            QVERIFY(shown.plot().view().x1 > each.last * 1.1); // room up to step 412
        }
    }

    void wheelZoomsDragPansDoubleClickFits()
    {
        Shown shown;
        QSignalSpy moved(&shown.plot(), &Plot::movedChanged);
        auto* follow = shown.plot().findChild<QToolButton*>(QStringLiteral("follow"));
        QVERIFY(!follow->isVisible());
        const PlotView all = shown.plot().view();
        const QPoint centre = shown.at(200, 2.5);
        shown.wheel(centre, 480);
        const PlotView zoomed = shown.plot().view();
        QVERIFY(zoomed.width() < 0.6 * all.width());
        QVERIFY(zoomed.height() < 0.6 * all.height());
        QVERIFY((shown.plot().toPixel(200, 2.5) - centre).manhattanLength() < 3); // what is under the mouse stays there
        QVERIFY(follow->isVisible());
        QTest::mousePress(&shown.plot(), Qt::LeftButton, {}, centre);
        QTest::mouseMove(&shown.plot(), centre + QPoint(30, 0));
        QMouseEvent drag(QEvent::MouseMove, centre + QPoint(60, 20), shown.plot().mapToGlobal(centre + QPoint(60, 20)),
            Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&shown.plot(), &drag);
        QTest::mouseRelease(&shown.plot(), Qt::LeftButton, {}, centre + QPoint(60, 20));
        shown.panel.grab();
        const PlotView panned = shown.plot().view();
        QVERIFY(panned.x0 < zoomed.x0);
        QVERIFY(panned.y0 > zoomed.y0);
        QVERIFY(std::abs(panned.width() - zoomed.width()) < 1e-6);
        // The view that the user chose stays while the run goes on.
        shown.model.append({test::step(367, 2.2), test::step(368, 2.3)});
        shown.panel.refresh();
        shown.panel.grab();
        QCOMPARE(shown.plot().view().x0, panned.x0);
        QCOMPARE(shown.plot().view().y1, panned.y1);
        QTest::mouseClick(follow, Qt::LeftButton);
        QVERIFY(!follow->isVisible());
        QCOMPARE(shown.plot().view().x1, all.x1);
        shown.wheel(centre, 240);
        QTest::mouseDClick(&shown.plot(), Qt::LeftButton, {}, centre);
        QVERIFY(!shown.plot().isMoved());
        QCOMPARE(moved.size(), 4);
        // However far the wheel turns, the view stays one.
        for (int i = 0; i < 100; ++i)
            shown.wheel(centre, 1200);
        QVERIFY(shown.plot().view().width() > 0);
        for (int i = 0; i < 100; ++i)
            shown.wheel(centre, -1200);
        QVERIFY(shown.plot().view().width() < 4 * all.width());
    }

    void keysMoveTheCrosshair()
    {
        Shown shown;
        Plot& plot = shown.plot();
        plot.setFocus();
        QVERIFY(!plot.crosshair());
        QTest::keyClick(&plot, Qt::Key_Right); // comes at the newest point
        QCOMPARE(plot.crosshair().value_or(0), 366.0);
        QTest::keyClick(&plot, Qt::Key_Left);
        QCOMPARE(plot.crosshair().value_or(0), 365.0);
        QTest::keyClick(&plot, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(plot.crosshair().value_or(0), 355.0);
        for (int i = 0; i < 60; ++i)
            QTest::keyClick(&plot, Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(plot.crosshair().value_or(0), 1.0);
        QVERIFY(plot.accessibleDescription().startsWith(QLatin1String("Step 1")));
        QVERIFY(plot.accessibleDescription().contains(QLatin1String("raw")));
        QTest::keyClick(&plot, Qt::Key_Escape);
        QVERIFY(!plot.crosshair());
        QVERIFY(plot.accessibleDescription().startsWith(QLatin1String("Training loss")));

        QTest::keyClick(&plot, Qt::Key_B);
        QCOMPARE(plot.crosshair().value_or(0), 240.0);
        const PlotView all = plot.view();
        QTest::keyClick(&plot, Qt::Key_Plus);
        QVERIFY(plot.view().width() < all.width());
        QVERIFY(std::abs((240 - plot.view().x0) / plot.view().width() - (240 - all.x0) / all.width()) < 1e-6);
        QTest::keyClick(&plot, Qt::Key_Minus);
        QTest::keyClick(&plot, Qt::Key_Minus);
        QVERIFY(plot.view().width() > all.width());
        QTest::keyClick(&plot, Qt::Key_0);
        QVERIFY(!plot.isMoved());

        QTest::keyClick(&plot, Qt::Key_L);
        QVERIFY(shown.panel.tools()->logBox()->isChecked());
        shown.panel.grab();
        QVERIFY(plot.view().y1 < 1); // log10 of the losses
        QSignalSpy table(&shown.panel, &LossPanel::tableRequested);
        QTest::keyClick(&plot, Qt::Key_T);
        QCOMPARE(table.size(), 1);
    }

    void theMouseReadsValues()
    {
        Shown shown;
        const auto point = [&](const QPoint& where) {
            QMouseEvent event(QEvent::MouseMove, where, shown.plot().mapToGlobal(where), Qt::NoButton, {}, {});
            QCoreApplication::sendEvent(&shown.plot(), &event);
        };
        point(shown.at(80, 2.6));
        QCOMPARE(shown.plot().crosshair().value_or(0), 80.0);
        const QString text = shown.plot().readingText();
        for (const char* part : {"Step 80", "epoch 0.78", "training", "raw", "validation 2.586"})
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
        point(shown.at(83, 2.6));
        QVERIFY(!shown.plot().readingText().contains(QLatin1String("validation"))); // nothing was evaluated there
    }

    void outliersStayOutsideUnlessAskedFor()
    {
        Shown shown(0);
        std::vector<StepMetrics> steps;
        for (int i = 1; i <= 400; ++i)
            steps.push_back(test::step(i, i == 200 ? 900 : 2.5 + 0.1 * std::sin(i)));
        shown.model.setSmoothing(0);
        shown.model.append(steps);
        shown.panel.refresh();
        // Raw alone is trimmed: a smoothed curve that goes there is not cut off.
        QVERIFY(shown.plot().view().y1 > 800);
        shown.model.setSmoothing(0.99);
        shown.panel.refresh();
        QVERIFY(shown.plot().view().y1 < 100);
        shown.panel.tools()->outliersBox()->click();
        QVERIFY(shown.plot().view().y1 >= 900);
    }

    void awkwardLossesDraw()
    {
        Shown shown(0);
        shown.panel.grab();
        shown.panel.tools()->logBox()->click();
        shown.model.append({test::step(1, 0), test::step(2, -3), test::step(3, 1e30), test::step(4, 1e-30),
            test::step(5, std::nan("")), test::step(6, HUGE_VAL)});
        shown.panel.refresh();
        QVERIFY(!shown.panel.grab().isNull());
        shown.panel.tools()->logBox()->click();
        QVERIFY(!shown.panel.grab().isNull());
        shown.panel.setBands({{9'000'000'000'000, 1, BandKind::watch}, {-5, -7, BandKind::overfitting}});
        shown.panel.refresh();
        QVERIFY(!shown.panel.grab().isNull());
        LossPanel orphan;
        orphan.refresh();
        {
            MetricsModel gone;
            fillRun(gone, 20);
            orphan.setMetrics(&gone);
        }
        orphan.refresh();
        QTest::keyClick(orphan.plot(), Qt::Key_B);
        QVERIFY(!orphan.grab().isNull());
    }

    void edgesAreSmoothOnlyWhenStill()
    {
        Shown shown(0);
        fillRun(shown.model, 20'000, 20'000);
        shown.panel.refresh();
        shown.panel.grab();
        QVERIFY(!shown.plot().isSmooth());
        QTRY_VERIFY_WITH_TIMEOUT(shown.plot().isSmooth(), 3000);
    }

    void exportsPictureDrawingAndNumbers()
    {
        Shown shown;
        QTemporaryDir folder;
        auto* files = shown.panel.findChild<ChartExport*>();
        QVERIFY(files);
        QSignalSpy done(files, &ChartExport::done);
        const auto write = [&](const char* name) {
            const QString path = folder.filePath(QString::fromLatin1(name));
            files->write(path);
            if (done.isEmpty())
                done.wait();
            const QString problem = done.takeFirst().at(1).toString();
            QFile file(path);
            return problem.isEmpty() && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QImage picture = QImage::fromData(write("loss.png"));
        QCOMPARE(picture.size(), shown.plot().size() * 2);
        QVERIFY(pixelsOf(picture, color(Token::validation, Scheme::light)) > 100);
        picture.setDevicePixelRatio(shown.plot().image(2).devicePixelRatio()); // PNG has no such thing
        QCOMPARE(picture.convertToFormat(QImage::Format_RGB32), shown.plot().image(2));
        const QByteArray svg = write("loss.svg");
        QVERIFY(svg.contains("<svg") && svg.contains("Best 2.4") && svg.contains("polyline"));
        const QByteArray csv = write("loss.csv");
        QCOMPARE(csv.count('\n'), 368); // header, step 0, 366 steps
        QVERIFY(csv.startsWith("step,epoch,tokens"));
        QVERIFY(csv.contains("\n0,,,,,,2.939"));

        files->write(folder.filePath(QStringLiteral("none/loss.csv")));
        QVERIFY(done.wait());
        QVERIFY(done.takeFirst().at(1).toString().contains(QLatin1String("could not be written")));
        auto* note = shown.panel.findChild<QLabel*>(QStringLiteral("exportNote"));
        QVERIFY(note->toolTip().contains(QLatin1String("could not be written"))
            || note->text().contains(QLatin1String("written")));
    }

    void everyToolHasANameAndIsReached()
    {
        Shown shown;
        for (QWidget* each : shown.panel.tools()->findChildren<QWidget*>()) {
            if (each->focusPolicy() == Qt::NoFocus)
                continue;
            const auto* button = qobject_cast<QAbstractButton*>(each);
            QVERIFY2(!each->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                qPrintable(each->objectName()));
            QVERIFY2(!each->toolTip().isEmpty(), qPrintable(each->objectName()));
            QVERIFY2(each->height() >= 24, qPrintable(each->objectName()));
        }
        // Narrow, the tools take a second row instead of room to the side.
        QVERIFY(shown.panel.minimumSizeHint().width() < 700);
    }

private:
    Theme m_theme;
};

QTEST_MAIN(TestLossChart)
#include "tst_loss_chart.moc"
