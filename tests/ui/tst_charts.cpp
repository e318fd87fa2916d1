// SPDX-License-Identifier: GPL-3.0-or-later
// The charts beside the loss chart: small ones, several runs, sparklines, sweeps.
#include "tests/ui/chart_fixture.h"
#include "ui/charts/chart_tools.h"
#include "ui/charts/overlay_chart.h"
#include "ui/charts/plot.h"
#include "ui/charts/run_legend.h"
#include "ui/charts/small_chart.h"
#include "ui/models/overlay_model.h"
#include "ui/text/numbers.h"
#include "ui/theme/palette.h"
#include "ui/theme/theme.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/parallel_chart.h"
#include "ui/widgets/run_key.h"
#include "ui/widgets/sparkline.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QPainter>
#include <QSignalSpy>
#include <QSlider>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <cmath>
#include <set>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::pixelsOf;

namespace {

MetricsHistory history(int steps, double bottom)
{
    MetricsHistory result;
    for (int i = 1; i <= steps; ++i)
        result.steps.push_back(test::step(i, bottom + std::exp(-i / 60.0)));
    for (int i = 0; i <= steps; i += 20)
        result.evals.push_back(test::eval(i, bottom + 0.05 + std::exp(-i / 60.0) + (i > 240 ? 0.001 * (i - 240) : 0)));
    return result;
}

std::vector<RunCurve> manyRuns(int count)
{
    std::vector<RunCurve> runs;
    for (int i = 0; i < count; ++i)
        runs.push_back(makeRunCurve(QStringLiteral("run %1").arg(i), history(300 + 10 * i, 2.4 + 0.02 * i)));
    return runs;
}

QWidget* legendEntry(const OverlayChart& chart, const char* run)
{
    for (QWidget* each : chart.findChild<RunLegend*>()->findChildren<QWidget*>())
        if (each->accessibleName().contains(QLatin1String(run)))
            return each;
    return nullptr;
}

std::vector<SweepResult> sweep()
{
    return {{QStringLiteral("a"), {QStringLiteral("1e-5"), QStringLiteral("8"), QStringLiteral("nf4")}, 2.52},
        {QStringLiteral("b"), {QStringLiteral("1e-4"), QStringLiteral("16"), QStringLiteral("int8")}, 2.47},
        {QStringLiteral("c"), {QStringLiteral("1e-3"), QStringLiteral("12"), QStringLiteral("nf4")}, std::nan("")},
        {QStringLiteral("d"), {QStringLiteral("2e-4"), QStringLiteral("10"), {}}, 2.49}};
}

} // namespace

class TestCharts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.setChoice(Theme::Choice::light); }

    void smallChartFollowsAGrowingVector()
    {
        SmallChart chart(QStringLiteral("Gradient norm"));
        chart.resize(300, 110);
        QCOMPARE(chart.newest(), QStringLiteral("–"));
        chart.setFormat(lossText);
        std::vector<QPointF> points;
        for (int i = 1; i <= 5000; ++i)
            points.emplace_back(i, 0.8 + 0.1 * std::sin(i));
        points[17].setY(std::nan(""));
        chart.setPoints(points);
        chart.grab();
        QCOMPARE(chart.plot()->data(0).size(), std::size_t(4999));
        QVERIFY(chart.plot()->drawnPoints(0) <= 800);
        points.emplace_back(5001, 1.5);
        chart.setPoints(points);
        QCOMPARE(chart.plot()->data(0).size(), std::size_t(5000));
        QCOMPARE(chart.newest(), QStringLiteral("1.500"));
        QVERIFY(chart.plot()->accessibleDescription().contains(QLatin1String("1.500 over 5001 steps")));
        chart.setPoints({{1, 3.0}, {2, 2.0}}); // another run
        QCOMPARE(chart.plot()->data(0).size(), std::size_t(2));
        chart.setReference(1.0, QStringLiteral("clip"));
        chart.setNewest(QStringLiteral("6.1 measured · 6.0 planned"));
        QCOMPARE(chart.newest(), QStringLiteral("6.1 measured · 6.0 planned"));
        QVERIFY(chart.plot()->accessibleDescription().contains(QLatin1String("clip")));
        QVERIFY(chart.plot()->view().y0 <= 0);
        QVERIFY(chart.plot()->view().y1 >= 3);
        chart.clear();
        QCOMPARE(chart.newest(), QStringLiteral("–"));
        chart.setPoints({{1, std::nan("")}});
        chart.setPoints({{1, std::nan("")}, {2, 1.0}});
        QCOMPARE(chart.plot()->data(0).size(), std::size_t(1));
    }

    void aRecordedRunBecomesCurves()
    {
        MetricsHistory log = history(60, 2.4);
        log.steps[10].loss = std::nan("");
        log.steps[20].step = 3; // a log that goes back
        log.evals[1].loss = HUGE_VAL;
        const RunCurve run = makeRunCurve(QStringLiteral("x"), log);
        QCOMPARE(run.training.size(), std::size_t(58));
        QCOMPARE(run.validation.size(), std::size_t(3));
        QCOMPARE(run.best->step, 60.0);
        QCOMPARE(run.validation[1].x(XAxis::tokens), 40'000.0);
        QCOMPARE(run.validation[0].x(XAxis::time), 0.0);
        QVERIFY(makeRunCurve({}, {}).training.empty());
    }

    void overlayDrawsEightRunsApart()
    {
        OverlayChart chart;
        chart.resize(900, 500);
        chart.setRuns(manyRuns(10));
        chart.show();
        QCOMPARE(chart.plot()->lines(), 2 * kMaxOverlayRuns);
        const QImage image = chart.grab().toImage();
        for (int run = 0; run < 4; ++run)
            QVERIFY2(pixelsOf(image, color(runLook(run).token, Scheme::light)) > 100, qPrintable(QString::number(run)));
        QVERIFY(chart.plot()->accessibleDescription().contains(QLatin1String("run 0 reaches the lowest")));
        std::set<std::tuple<int, int, double>> looks;
        for (int run = 0; run < kMaxOverlayRuns; ++run)
            looks.insert({int(runLook(run).token), int(runLook(run).dash), runLook(run).width});
        QCOMPARE(looks.size(), std::size_t(kMaxOverlayRuns));

        auto* both = chart.tools()->findChild<QToolButton*>(QStringLiteral("Both"));
        QVERIFY(chart.plot()->look(0).hidden);
        QTest::mouseClick(both, Qt::LeftButton);
        QVERIFY(!chart.plot()->look(0).hidden);
        QVERIFY(!chart.plot()->look(1).hidden);
        QTest::mouseClick(chart.tools()->findChild<QToolButton*>(QStringLiteral("Training")), Qt::LeftButton);
        QVERIFY(chart.plot()->look(1).hidden);
        chart.setRuns({});
        QVERIFY(!chart.grab().isNull());
        QVERIFY(chart.plot()->accessibleDescription().contains(QLatin1String("No run")));
    }

    void overlayLegendHighlights()
    {
        OverlayChart chart;
        chart.resize(900, 500);
        chart.setRuns(manyRuns(3));
        chart.show();
        QSignalSpy lit(&chart, &OverlayChart::highlighted);
        QWidget* entry = legendEntry(chart, "run 1");
        QVERIFY(entry);
        entry->setFocus();
        QTRY_COMPARE(lit.size(), 1);
        QCOMPARE(lit.last().at(0).toInt(), 1);
        QVERIFY(chart.plot()->look(1).faint);
        QVERIFY(!chart.plot()->look(3).faint);
        chart.plot()->setFocus();
        QTRY_COMPARE(lit.last().at(0).toInt(), -1);
        QVERIFY(!chart.plot()->look(1).faint);
    }

    void otherRunsComeWhileALegendEntryHasTheFocus()
    {
        OverlayChart chart;
        chart.resize(900, 500);
        chart.setRuns(manyRuns(2));
        chart.show();
        QVERIFY(QTest::qWaitForWindowActive(&chart));
        QWidget* entry = legendEntry(chart, "run 1");
        QVERIFY(entry);
        entry->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(entry->hasFocus());
        const auto focused = [&] {
            const QWidget* now = QApplication::focusWidget();
            return now ? now->accessibleName() : QString();
        };
        chart.setRuns(manyRuns(3));
        QCOMPARE(chart.plot()->lines(), 6);
        QVERIFY2(focused().contains(QLatin1String("run 1")), qPrintable(focused()));
        QVERIFY(chart.plot()->look(1).faint);
        QVERIFY(!chart.plot()->look(3).faint);
        chart.setRuns(manyRuns(1));
        QCOMPARE(chart.plot()->lines(), 2);
        QVERIFY2(focused().contains(QLatin1String("run 0")), qPrintable(focused()));
        chart.highlight(5);
        QVERIFY(!chart.plot()->look(1).faint);
        chart.setRuns({});
        QVERIFY(!chart.grab().isNull());
    }

    void aFocusedLegendEntryHasARing()
    {
        OverlayChart chart;
        chart.resize(900, 500);
        chart.setRuns(manyRuns(2));
        chart.show();
        QVERIFY(QTest::qWaitForWindowActive(&chart));
        QWidget* entry = legendEntry(chart, "run 1");
        const QColor ring = color(Token::focus, Scheme::light);
        const int before = pixelsOf(entry->grab().toImage(), ring);
        entry->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(entry->hasFocus());
        QVERIFY(pixelsOf(entry->grab().toImage(), ring) > before + 2 * entry->width());
    }

    void theOverlayIsSmoothedAnewOnceForManyTicks()
    {
        OverlayChart chart;
        chart.resize(900, 500);
        const auto runs = manyRuns(3);
        chart.setRuns(runs);
        chart.show();
        QTest::mouseClick(chart.tools()->findChild<QToolButton*>(QStringLiteral("Both")), Qt::LeftButton);
        for (int value = 84; value >= 0; --value)
            chart.tools()->slider()->setValue(value);
        // Without smoothing the curves are the losses themselves.
        for (int run = 0; run < 3; ++run)
            QTRY_COMPARE(chart.plot()->data(2 * run)[100].y(), runs[std::size_t(run)].training[100].loss);
    }

    void overlayReadsEveryRunAtTheCrosshair()
    {
        OverlayChart chart;
        chart.resize(900, 500);
        auto runs = manyRuns(2);
        chart.setRuns(runs);
        chart.grab();
        QTest::keyClick(chart.plot(), Qt::Key_B);
        QCOMPARE(chart.plot()->crosshair().value_or(0), runs[0].best->step);
        const QString text = chart.plot()->readingText();
        QVERIFY2(text.contains(QLatin1String("run 0 ") + lossText(runs[0].best->loss)), qPrintable(text));
        QVERIFY(text.contains(QLatin1String("run 1")));
        QSignalSpy table(&chart, &OverlayChart::tableRequested);
        QTest::keyClick(chart.plot(), Qt::Key_T);
        QCOMPARE(table.size(), 1);
    }

    void overlayTable()
    {
        OverlayModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto runs = manyRuns(2);
        runs[1].validation.erase(runs[1].validation.begin() + 2);
        model.setRuns(runs);
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("run 1"));
        QCOMPARE(model.index(2, 0).data().toString(), QStringLiteral("40"));
        QCOMPARE(model.index(2, 1).data().toString(), lossText(runs[0].validation[2].loss));
        QCOMPARE(model.index(2, 2).data().toString(), QString());
        runs[0].name = QStringLiteral("a \"quoted\", name");
        const QByteArray csv = OverlayModel::csv(runs)();
        QVERIFY(csv.contains("\"a \"\"quoted\"\", name\",validation,0,0,0,0,3.4"));
        model.setRuns({});
        QCOMPARE(model.rowCount(), 0);
    }

    void sparklineDrawsAndSpeaks()
    {
        QImage image(120, 28, QImage::Format_RGB32);
        image.fill(Qt::white);
        QList<QPointF> points;
        for (int i = 0; i <= 10'000; ++i)
            points << QPointF(i, 2.5 + std::exp(-i / 1500.0) + (i == 5000 ? -1 : 0));
        points[3].setY(std::nan(""));
        const std::span<const QPointF> span(points.constData(), static_cast<std::size_t>(points.size()));
        {
            QPainter painter(&image);
            painter.setPen(Qt::red);
            paintSparkline(painter, image.rect(), span, makePalette(Scheme::light), points[5000]);
        }
        QVERIFY(pixelsOf(image, Qt::red) > 60);
        QVERIFY(pixelsOf(image, color(Token::best, Scheme::light)) > 5);
        QVERIFY(sparklineText(span).contains(QLatin1String("at step 5000")));
        QCOMPARE(sparklineText({}), QStringLiteral("No validation loss"));
        const QPointF one(1, 2);
        const QPointF none(std::nan(""), HUGE_VAL);
        for (const QPointF& point : {one, none}) {
            QPainter painter(&image);
            paintSparkline(painter, QRect(0, 0, 3, 2), {&point, 1}, {}, point);
            paintSparkline(painter, image.rect(), {&point, 1}, {}, point);
        }
    }

    void sparklineDelegateReadsItsRole()
    {
        QStandardItemModel model(1, 1);
        constexpr int kRole = Qt::UserRole + 7;
        QList<QPointF> points;
        for (int i = 0; i < 20; ++i)
            points << QPointF(i, 3 - 0.1 * i);
        model.setData(model.index(0, 0), QVariant::fromValue(points), kRole);
        QTableView view;
        view.setModel(&model);
        view.setItemDelegate(new SparklineDelegate(kRole, &view));
        view.resize(200, 80);
        QVERIFY(pixelsOf(view.grab().toImage(), color(Token::best, Scheme::light)) > 5);
    }

    void sweepSelectsByKeyAndMouse()
    {
        ParallelChart chart;
        chart.resize(700, 320);
        QVERIFY(chart.accessibleDescription().contains(QLatin1String("No sweep")));
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(chart.selected(), -1);
        chart.setSweep(
            {QStringLiteral("learning_rate"), QStringLiteral("lora.rank"), QStringLiteral("quantize")}, sweep());
        chart.show();
        QCOMPARE(chart.best(), 1);
        QVERIFY(chart.accessibleDescription().contains(QLatin1String("The best run is b: learning_rate 1e-4")));
        QSignalSpy selected(&chart, &ParallelChart::selectionChanged);
        QSignalSpy activated(&chart, &ParallelChart::activated);
        for (const int expected : {1, 3, 0, 2, 2}) {
            QTest::keyClick(&chart, Qt::Key_Right);
            QCOMPARE(chart.selected(), expected);
        }
        QCOMPARE(selected.size(), 4);
        QVERIFY(chart.accessibleDescription().startsWith(QLatin1String("Selected: c")));
        QTest::keyClick(&chart, Qt::Key_Home);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(activated.takeLast().at(0).toInt(), 1);
        const QImage image = chart.grab().toImage();
        QVERIFY(pixelsOf(image, color(Token::best, Scheme::light)) > 20);
        // The line of b, found by the mouse at its end: the bottom of the loss axis.
        chart.setSelected(-1);
        QPoint end;
        for (int y = image.height() - 1; y > 0 && end.isNull(); --y)
            for (int x = image.width() - 1; x > image.width() / 2; --x)
                if (image.pixelColor(x, y) == color(Token::best, Scheme::light)) {
                    end = {x, y};
                    break;
                }
        QVERIFY(!end.isNull());
        QTest::mouseClick(&chart, Qt::LeftButton, {}, end + QPoint(-2, -2));
        QCOMPARE(chart.selected(), 1);
        QTest::mouseClick(&chart, Qt::LeftButton, {}, {2, 2});
        QCOMPARE(chart.selected(), -1);
    }

    void awkwardSweepsDraw()
    {
        ParallelChart chart;
        chart.resize(400, 200);
        chart.setSweep({}, {{QStringLiteral("only"), {}, 2.0}});
        QVERIFY(!chart.grab().isNull());
        chart.setSweep(
            {QStringLiteral("k")}, {{QStringLiteral("x"), {}, std::nan("")}, {{}, {QStringLiteral("inf")}, 1e300}});
        QVERIFY(!chart.grab().isNull());
        chart.setSweep({QStringLiteral("k")}, {});
        QVERIFY(!chart.grab().isNull());
        chart.setSelected(99);
        QCOMPARE(chart.selected(), -1);
    }

    void flowTakesFurtherLines()
    {
        QWidget box;
        auto* flow = new FlowLayout(&box);
        flow->setSpacing(10);
        for (int i = 0; i < 3; ++i) {
            auto* each = new QWidget(&box);
            each->setMinimumSize(100, 20);
            each->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
            flow->addWidget(each);
        }
        QCOMPARE(flow->sizeHint().width(), 320);
        QCOMPARE(flow->minimumSize().width(), 100);
        QCOMPARE(flow->heightForWidth(320), 20);
        QCOMPARE(flow->heightForWidth(319), 50);
        QCOMPARE(flow->heightForWidth(50), 80);
    }

private:
    Theme m_theme;
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
