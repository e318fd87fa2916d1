// SPDX-License-Identifier: GPL-3.0-or-later
// The small widgets that every page is made of.
#include "ui/charts/throttle.h"
#include "ui/pages/runs_table.h"
#include "ui/theme/palette.h"
#include "ui/theme/theme.h"
#include "ui/widgets/metric_tile.h"
#include "ui/widgets/popup_menu.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/text_labels.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

using namespace falconer::ui;

namespace {

void fill(QStandardItemModel& model, int rows, int columns = 2)
{
    for (int row = 0; row < rows; ++row) {
        QList<QStandardItem*> items;
        for (int column = 0; column < columns; ++column)
            items << new QStandardItem(QStringLiteral("%1.%2").arg(row).arg(column));
        model.appendRow(items);
    }
}

QScrollBar& barOf(QAbstractScrollArea& area) { return *area.verticalScrollBar(); }

/// With the left button held: QTest::mouseMove() holds none.
void drag(QWidget* widget, const QPoint& to)
{
    QMouseEvent event(QEvent::MouseMove, to, widget->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &event);
}

/// Whether the widget keeps a turn of the wheel for itself.
bool takesWheel(QWidget* widget)
{
    QWheelEvent event(QPointF(5, 5), widget->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, -120), Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
    return event.isAccepted();
}

} // namespace

class TestWidgets : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>();
        m_theme->setChoice(Theme::Choice::light);
    }

    void tablesOpenAtTheirTopUnlessTheyFollow()
    {
        QStandardItemModel model;
        fill(model, 200);
        TableView table;
        TableView log;
        log.setFollowing(true);
        for (TableView* each : {&table, &log}) {
            each->setModel(&model);
            each->resize(300, 200);
            each->show();
            QVERIFY(QTest::qWaitForWindowExposed(each));
        }
        QTRY_VERIFY(barOf(log).maximum() > 0);
        QTRY_COMPARE(barOf(log).value(), barOf(log).maximum());
        QCOMPARE(barOf(table).value(), 0);
        fill(model, 20);
        QTRY_VERIFY(barOf(table).maximum() > 0);
        QTRY_COMPARE(barOf(log).value(), barOf(log).maximum());
        QCOMPARE(barOf(table).value(), 0);
        barOf(log).setValue(10); // who scrolls up reads
        fill(model, 20);
        QCoreApplication::processEvents();
        QCOMPARE(barOf(log).value(), 10);
    }

    void selectedRowsAreCopied()
    {
        QStandardItemModel model;
        fill(model, 5, 3);
        TableView table;
        table.setModel(&model);
        table.setColumnHidden(1, true);
        table.selectRow(3);
        QTest::keySequence(&table, QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("3.0\t3.2"));
        RunsTable runs;
        model.setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Loss"), QString()});
        runs.setModel(&model);
        runs.setColumns({{1, QStringLiteral("2.4"), 1, 0}, {0, {}, 0, 0}, {2, QStringLiteral("x"), 0, 0}});
        runs.setColumnHidden(1, true);
        runs.selectRow(1);
        QTest::keySequence(&runs, QKeySequence::Copy);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("1.1\t1.0")); // what is hidden too
    }

    void rowsAreDragged()
    {
        QStandardItemModel model;
        fill(model, 6);
        RunsTable table;
        table.setModel(&model);
        table.setColumns({{0, {}, 0, 0}, {1, QStringLiteral("0.0"), 0, 0}});
        table.setReorderable();
        table.resize(300, 400);
        table.show();
        QVERIFY(QTest::qWaitForWindowActive(&table));
        QWidget* area = table.viewport();
        QSignalSpy moved(&table, &RunsTable::moved);
        const auto place = [&](int row, double share) {
            return QPoint(40, table.rowViewportPosition(row) + static_cast<int>(share * table.rowHeight(row)));
        };
        const auto dragTo = [&](int row, const QPoint& to) {
            QTest::mousePress(area, Qt::LeftButton, {}, place(row, 0.5));
            drag(area, to);
        };
        const auto release = [&](const QPoint& at) {
            QTest::mouseRelease(area, Qt::LeftButton, {}, at);
            return moved.isEmpty() ? QPoint(-1, -1) : [&] {
                const QList<QVariant> last = moved.takeLast();
                return QPoint(last.at(0).toInt(), last.at(1).toInt());
            }();
        };
        const QColor mark = color(Token::accent, Scheme::light);
        const int line = table.rowViewportPosition(4);
        dragTo(1, place(3, 0.9)); // behind row 3
        QCOMPARE(area->grab().toImage().pixelColor(150, line), mark);
        QCOMPARE(release(place(3, 0.9)), QPoint(1, 3));
        QVERIFY(area->grab().toImage().pixelColor(150, line) != mark);
        dragTo(4, place(0, 0.1));
        QCOMPARE(release(place(0, 0.1)), QPoint(4, 0));
        dragTo(0, QPoint(40, 399)); // below the last
        QCOMPARE(release(QPoint(40, 399)), QPoint(0, 5));
        dragTo(2, place(2, 0.9)); // its own place
        QCOMPARE(release(place(2, 0.9)), QPoint(-1, -1));
        dragTo(1, place(4, 0.9));
        QTest::keyClick(&table, Qt::Key_Escape);
        drag(area, place(5, 0.9));
        QCOMPARE(release(place(5, 0.9)), QPoint(-1, -1));
        QCOMPARE(table.selectedRow(), 1);
        for (int column = 0; column < 2; ++column)
            model.item(0, column)->setDragEnabled(false); // it runs
        dragTo(0, place(3, 0.9));
        QCOMPARE(release(place(3, 0.9)), QPoint(-1, -1));
        QTest::mouseClick(area, Qt::LeftButton, {}, place(2, 0.5));
        QVERIFY(moved.isEmpty());
        QCOMPARE(table.selectedRow(), 2);
    }

    void tilesMayLeaveTheLastRowShort()
    {
        QWidget page; // a window would not become narrower than its tiles
        TileRow row(&page);
        int widest = 0;
        for (int i = 0; i < 5; ++i) {
            auto* tile = new MetricTile(QStringLiteral("Validation loss"), &row);
            tile->set(QStringLiteral("2.479"), QStringLiteral("newest is the best"));
            widest = std::max(widest, tile->sizeHint().width());
            row.add(tile);
        }
        page.show();
        const auto columns = [&](double tiles) {
            row.resize(static_cast<int>(tiles * widest), 200);
            return row.columns();
        };
        QCOMPARE(columns(5.2), 5);
        QCOMPARE(columns(4.2), 3); // 3 and 2
        QCOMPARE(columns(3.2), 3);
        QCOMPARE(columns(2.2), 2);
        QCOMPARE(columns(1.2), 1);
    }

    void dividersStandBetweenTilesFromRightToLeftToo()
    {
        for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
            TileRow row;
            row.setLayoutDirection(direction);
            QList<MetricTile*> tiles;
            for (int i = 0; i < 2; ++i) {
                tiles << new MetricTile(QStringLiteral("Best"), &row);
                row.add(tiles.last());
            }
            row.resize(600, 120);
            row.show();
            QVERIFY(QTest::qWaitForWindowExposed(&row));
            const QRect left = (direction == Qt::LeftToRight ? tiles[0] : tiles[1])->geometry();
            QCOMPARE(row.grab().toImage().pixelColor(left.right() + 1, left.center().y()),
                color(Token::line, Scheme::light));
        }
    }

    void aStripIsAnnouncedOnce()
    {
        Strip strip;
        QSignalSpy said(&strip, &Strip::announced);
        strip.set(Strip::Meaning::ok, QStringLiteral("Healthy"), QStringLiteral("at step 10"));
        QCOMPARE(said.size(), 1);
        strip.set(Strip::Meaning::ok, QStringLiteral("Healthy"), QStringLiteral("at step 20"));
        QCOMPARE(said.size(), 1);
        strip.set(Strip::Meaning::warn, QStringLiteral("Healthy"), {});
        QCOMPARE(said.size(), 2);
        strip.set(Strip::Meaning::warn, QStringLiteral("Watch"), {});
        QCOMPARE(said.size(), 3);
        strip.clear();
        strip.set(Strip::Meaning::warn, {}, QStringLiteral("no heading"));
        QCOMPARE(said.size(), 3);
        strip.set(Strip::Meaning::warn, QStringLiteral("Watch"), {});
        QCOMPARE(said.size(), 4);
    }

    void aStripsHeadingWraps()
    {
        Strip strip;
        strip.set(Strip::Meaning::error,
            QStringLiteral("The folder /home/somebody/a rather long place/with many parts/runs/2024 cannot be read"),
            {});
        QVERIFY2(strip.minimumSizeHint().width() < 200, qPrintable(QString::number(strip.minimumSizeHint().width())));
        const auto leastAt = [&](int width) {
            strip.resize(width, 300);
            QCoreApplication::processEvents(); // the labels get their widths, and then their heights
            return strip.minimumSizeHint().height();
        };
        const int narrow = leastAt(250);
        QVERIFY(narrow > leastAt(2000));
        QCOMPARE(leastAt(250), narrow);
    }

    void theWheelIsThePages()
    {
        auto* content = new QWidget;
        auto* layout = new QVBoxLayout(content);
        const std::unique_ptr<QScrollArea> area(makeScrollArea(content, nullptr));
        auto* spin = new QSpinBox(content);
        spin->setValue(50);
        auto* later = new QWidget;
        auto* inner = new QVBoxLayout(later);
        layout->addWidget(spin);
        layout->addWidget(later);
        auto* box = new QComboBox;
        box->addItems({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        box->setCurrentIndex(1);
        auto* slider = new QSlider(Qt::Horizontal);
        slider->setValue(50);
        inner->addWidget(box);
        inner->addWidget(slider);
        content->setMinimumHeight(2000);
        area->resize(200, 100);
        area->show();
        QVERIFY(QTest::qWaitForWindowActive(area.get()));
        area->setFocus();
        for (QWidget* each : {static_cast<QWidget*>(spin), static_cast<QWidget*>(box), static_cast<QWidget*>(slider)}) {
            QVERIFY2(!takesWheel(each), each->metaObject()->className());
            QVERIFY2(each->focusPolicy() != Qt::WheelFocus, each->metaObject()->className());
        }
        QCOMPARE(spin->value(), 50);
        QCOMPARE(box->currentIndex(), 1);
        QCOMPARE(slider->value(), 50);
        QVERIFY(takesWheel(area->verticalScrollBar())); // the bar itself is none of them
        spin->setFocus();
        QTRY_VERIFY(spin->hasFocus());
        QVERIFY(takesWheel(spin));
        QCOMPARE(spin->value(), 49);
    }

    void aMenuOpensWithoutALoop()
    {
        QWidget window;
        window.resize(300, 100);
        window.move(200, 200);
        QPushButton button(QStringLiteral("Recent"), &window);
        const int plain = QPushButton(QStringLiteral("Recent")).sizeHint().width();
        QMenu menu;
        connect(&menu, &QMenu::aboutToShow, &menu, [&menu] {
            menu.clear();
            menu.addAction(QStringLiteral("an entry that is longer than the button"));
        });
        setPopupMenu(&button, &menu);
        QVERIFY(button.sizeHint().width() > plain); // the arrow
        button.move(100, 20);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto opened = [&] {
            const bool open = menu.isVisible() && button.isDown();
            menu.close();
            return open && !button.isDown();
        };
        QTest::mouseClick(&button, Qt::LeftButton);
        QCOMPARE(menu.geometry().topLeft(), button.mapToGlobal(QPoint(0, button.height())));
        QVERIFY(opened());
        QTest::keyClick(&button, Qt::Key_Space);
        QVERIFY(opened());
        QTest::keyClick(&button, Qt::Key_Return);
        QVERIFY(opened());
        QTest::keyClick(&button, Qt::Key_Down, Qt::AltModifier);
        QVERIFY(opened());
        QTest::keyClick(&button, Qt::Key_Down);
        QVERIFY(!opened());
        window.setLayoutDirection(Qt::RightToLeft);
        QTest::mouseClick(&button, Qt::LeftButton);
        QCOMPARE(menu.geometry().right(), button.mapToGlobal(QPoint(button.width() - 1, 0)).x());
        QVERIFY(opened());
    }

    void anElidedLabelLeavesTheTooltipOfOthersAlone()
    {
        const QString path = QStringLiteral("/home/somebody/models/falcon-7b");
        ElidedLabel own(Qt::ElideMiddle);
        own.resize(60, 20);
        own.setFullText(path);
        own.show();
        QTRY_COMPARE(own.toolTip(), path);
        own.resize(2000, 20);
        QTRY_COMPARE(own.toolTip(), QString());
        own.setToolTip(QStringLiteral("Where it lies"));
        own.resize(60, 20);
        QTRY_VERIFY(own.text() != path);
        QCOMPARE(own.toolTip(), QStringLiteral("Where it lies"));
        own.resize(2000, 20);
        QTRY_COMPARE(own.text(), path);
        QCOMPARE(own.toolTip(), QStringLiteral("Where it lies"));
    }

    void aCutPageNameStandsInTheRailsTooltip()
    {
        Rail rail;
        rail.resize(rail.width(), 600);
        rail.show();
        QToolButton* button = rail.button(PageId::data);
        QVERIFY2(!button->toolTip().contains(Rail::name(PageId::data)), qPrintable(button->toolTip()));
        QFont large = button->font();
        large.setPointSizeF(40);
        button->setFont(large);
        QVERIFY2(button->toolTip().contains(Rail::name(PageId::data)), qPrintable(button->toolTip()));
    }

    void focusGoesToTheChosenSegment()
    {
        QWidget window;
        Segments segments({QStringLiteral("nf4"), QStringLiteral("int8"), QStringLiteral("none")}, &window);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        segments.setValue(QStringLiteral("none"));
        segments.setFocus(Qt::ShortcutFocusReason);
        QTRY_VERIFY(segments.button(QStringLiteral("none"))->hasFocus());
        QTest::mouseClick(segments.button(QStringLiteral("int8")), Qt::LeftButton);
        window.setFocus();
        segments.setFocus(Qt::ShortcutFocusReason);
        QTRY_VERIFY(segments.button(QStringLiteral("int8"))->hasFocus());
    }

    void aThrottleActsAtOnceAndAtTheEnd()
    {
        int acts = 0;
        Throttle throttle([&] { ++acts; });
        for (int i = 0; i < 50; ++i)
            throttle.request();
        QCOMPARE(acts, 1);
        QTRY_COMPARE(acts, 2);
        QTest::qWait(250);
        QCOMPARE(acts, 2);
    }
};

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
