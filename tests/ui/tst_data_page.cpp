// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/arrow_reader.h"
#include "tests/ui/data_fixture.h"
#include "ui/pages/chart_table.h"
#include "ui/pages/data_drop_card.h"
#include "ui/pages/data_lengths_card.h"
#include "ui/pages/data_mapping.h"
#include "ui/pages/data_microscope.h"
#include "ui/pages/data_page.h"
#include "ui/pages/data_rows_card.h"
#include "ui/session/data_session.h"
#include "ui/session/workspace.h"
#include "ui/theme/theme.h"
#include "ui/widgets/length_chart.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/token_view.h"

#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QSplitter>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QUrl>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::PageFixture;

class TestDataPage : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_home;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<DataPage> m_page;
    QUrl m_opened; // with the desktop

    QString write(const char* name, const std::string& text) const
    {
        const auto path = m_home->folder / name;
        writeFile(path, text);
        return QString::fromStdString(path.string());
    }
    const DataSettings& data() const { return m_workspace->draft().recipe().data; }
    bool isDone() const
    {
        DataSession& session = m_page->session();
        return !session.isReading() && !session.isCounting() && (session.sidesKnown() || !session.report());
    }
    void open(const std::string& text, bool model = true)
    {
        if (model)
            m_workspace->useModel(QString::fromStdString(test::tokenizerFolder()));
        m_page->openFiles({write("data.jsonl", text)});
        QTRY_VERIFY(isDone() && m_page->session().rowCount() > 0);
    }
    QPushButton* button(const QString& text) const
    {
        for (QPushButton* each : m_page->findChildren<QPushButton*>())
            if (each->isVisible() && each->text().remove(QLatin1Char('&')) == text)
                return each;
        return nullptr;
    }
    void click(const QString& text)
    {
        QTRY_VERIFY2(button(text), qPrintable(text));
        QTest::mouseClick(button(text), Qt::LeftButton);
    }
    static void choose(QComboBox* box, const QString& value)
    {
        box->setCurrentIndex(box->findData(value));
        Q_EMIT box->activated(box->currentIndex());
    }
    bool isSaid(const QString& words) const
    {
        for (const DataFinding& finding : m_page->rows()->findings()->findings())
            if (finding.text.contains(words))
                return true;
        return false;
    }

public Q_SLOTS:
    void openUrl(const QUrl& url) { m_opened = url; }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(); }

    void init()
    {
        m_home = std::make_unique<PageFixture>();
        m_workspace = std::make_unique<Workspace>(m_home->services());
        m_page = std::make_unique<DataPage>(*m_workspace);
        m_page->resize(1240, 800);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        m_home.reset();
    }

    void emptyPageLeadsToAFile()
    {
        QVERIFY(m_page->findChild<DropCard*>()->isVisible());
        QVERIFY(!m_page->rows()->isVisible());
        click(QStringLiteral("Open data…"));
        auto* dialog = m_page->findChild<QFileDialog*>();
        QVERIFY(dialog);
        // Only what this build can read is offered.
        const QString offered = dialog->nameFilters().constFirst();
        QVERIFY(offered.contains(QLatin1String("*.jsonl")));
        QCOMPARE(offered.contains(QLatin1String("*.parquet")), readsArrow());
        QCOMPARE(offered.contains(QLatin1String("*.arrow")), readsArrow());
        dialog->reject();
        QTRY_VERIFY(!m_page->findChild<QFileDialog*>());
        open(test::dataRows(30));
        QVERIFY(!m_page->findChild<DropCard*>()->isVisible());
        QCOMPARE(m_workspace->recent().items().front().kind, RecentItems::Kind::data);
        m_workspace->draft().undoStack()->undo();
        QTRY_VERIFY(m_page->findChild<DropCard*>()->isVisible());
        click(QStringLiteral("data.jsonl")); // open lately
        QTRY_COMPARE(m_page->session().rowCount(), 30);
    }

    void filesAreDropped()
    {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(write("a.jsonl", test::dataRows(10))),
            QUrl::fromLocalFile(write("b.jsonl", test::dataRows(5))), QUrl(QStringLiteral("https://example.org/c"))});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(m_page.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(m_page.get(), &drop);
        QCOMPARE(data().train.size(), std::size_t{2});
        QTRY_COMPARE(m_page->session().rowCount(), 15);
        // Mixed by weights; the second file is left out again.
        QDoubleSpinBox* weight = nullptr;
        for (auto* spin : m_page->findChildren<QDoubleSpinBox*>())
            if (spin->accessibleName().endsWith(QLatin1String("b.jsonl")))
                weight = spin;
        QVERIFY(weight && weight->isVisible());
        weight->setValue(2.5);
        QCOMPARE(data().train[1].weight, 2.5);
        QVERIFY(!m_page->session().isReading()); // rows stay what they are
        for (auto* each : m_page->findChildren<QAbstractButton*>())
            if (each->accessibleName().startsWith(QLatin1String("Leave out"))
                && each->accessibleName().endsWith(QLatin1String("a.jsonl")))
                each->click();
        QCOMPARE(data().train.size(), std::size_t{1});
        QTRY_COMPARE(m_page->session().rowCount(), 5);
    }

    void aRowIsShownAsTokens()
    {
        open(test::dataRows(30));
        DataMicroscope* microscope = m_page->microscope();
        QTRY_COMPARE(m_page->session().lookResult().row, 0);
        QTRY_VERIFY(microscope->view()->isVisible());
        QVERIFY(microscope->message().isEmpty());
        microscope->rowBox()->setValue(10);
        QTRY_COMPARE(m_page->session().lookResult().row, 9);
        QCOMPARE(m_page->rows()->table()->currentIndex().row(), 9);
        QTest::keyClick(m_page->rows()->table(), Qt::Key_Down);
        QTRY_COMPARE(microscope->rowBox()->value(), 11);
        microscope->view()->setFocus();
        QTest::keyClick(microscope->view(), Qt::Key_End);
        QVERIFY(microscope->view()->currentText().startsWith(QLatin1String("Token ")));
        QVERIFY(microscope->view()->counts().learned > 0);
        QVERIFY(microscope->view()->counts().masked > 0);
    }

    void withoutAModelThereIsText()
    {
        open(test::dataRows(30), false);
        QTRY_COMPARE(m_page->microscope()->message(), QStringLiteral("Choose a model to see tokens."));
        QVERIFY(!m_page->microscope()->view()->isVisible());
        QSignalSpy pages(m_workspace.get(), &Workspace::pageRequested);
        click(QStringLiteral("Choose a model"));
        QCOMPARE(pages.count(), 1);
        QCOMPARE(pages.front().front().value<PageId>(), PageId::model);
        m_workspace->useModel(QString::fromStdString(test::tokenizerFolder()));
        QTRY_VERIFY(m_page->microscope()->view()->isVisible());
        QTRY_VERIFY(m_page->session().report());
    }

    void theCutIsChosenByDraggingAndTyping()
    {
        open(test::dataRows(200));
        LengthChart* chart = m_page->lengths()->chart();
        const auto longest = m_page->session().stats()->histogram().longest;
        m_page->lengths()->box()->setFocus();
        m_page->lengths()->box()->setValue(static_cast<int>(longest) + 5);
        QCOMPARE(data().maxLength, longest + 5);
        QVERIFY(m_page->lengths()->verdict().startsWith(QLatin1String("No row is cut")));
        const int steps = m_workspace->draft().undoStack()->count();
        const QPoint at(static_cast<int>(chart->cutX()), chart->height() / 2);
        QTest::mousePress(chart, Qt::LeftButton, {}, at);
        QTest::mouseMove(chart, QPoint(chart->width() / 2, at.y()));
        QCOMPARE(data().maxLength, longest + 5); // only considered
        QVERIFY(m_page->lengths()->verdict().contains(QLatin1String("rows are cut")));
        QVERIFY(m_page->rows()->tabs()->tabText(2) != QLatin1String("Cut 0"));
        QTest::mouseRelease(chart, Qt::LeftButton, {}, QPoint(chart->width() / 2, at.y()));
        QVERIFY(data().maxLength < longest);
        QVERIFY(m_workspace->draft().undoStack()->count() >= steps);
        const auto cut = m_page->session().stats()->cutAt(data().maxLength);
        QVERIFY(m_page->lengths()->verdict().startsWith(QString::number(cut)));
        click(QStringLiteral("Show them"));
        QTRY_COMPARE(m_page->rows()->model()->rowCount(), static_cast<int>(cut));
        click(QStringLiteral("Use %1").arg(longest));
        QCOMPARE(data().maxLength, longest);
        // The first edit of another field ends the step; undo goes back to before all of it.
        m_workspace->draft().undoStack()->undo();
        QCOMPARE(data().maxLength, DataSettings{}.maxLength);
        QCOMPARE(m_page->lengths()->box()->value(), static_cast<int>(DataSettings{}.maxLength));
    }

    void maskedRowsAreRescued()
    {
        open("{\"prompt\": \"a long prompt that takes quite some tokens indeed\", \"completion\": \"yes\"}\n"
             "{\"prompt\": \"p\", \"completion\": \"a long answer that takes quite some tokens indeed, too\"}\n");
        m_page->lengths()->box()->setValue(5);
        QTRY_VERIFY(isSaid(QStringLiteral("masked")));
        const auto rescue = m_page->session().stats()->rescue();
        QVERIFY(m_page->lengths()->verdict().contains(QLatin1String("masked fully")));
        QVERIFY(isSaid(QStringLiteral("training leaves them out")));
        m_page->rows()->setShow(RowsModel::Show::problems);
        QTRY_COMPARE(m_page->rows()->model()->rowCount(), 1);
        click(QStringLiteral("Use %1").arg(rescue));
        QCOMPARE(data().maxLength, rescue);
        QVERIFY(!isSaid(QStringLiteral("masked")));
    }

    void badRowsAreSkipped()
    {
        open("{\"prompt\": \"a\", \"completion\": \"b\"}\n{\"prompt\": \"a\"}\n{\"prompt\": \"c\", \"completion\": "
             "\"d\"}\n");
        QTRY_VERIFY(isSaid(QStringLiteral("line 2")));
        click(QStringLiteral("Show"));
        QTRY_COMPARE(m_page->rows()->model()->rowCount(), 1);
        QCOMPARE(m_page->rows()->model()->numberAt(0), 1);
        QTRY_VERIFY(m_page->microscope()->message().contains(QLatin1String("line 2")));
        QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "openUrl");
        click(QStringLiteral("Open file"));
        QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
        QCOMPARE(m_opened.toLocalFile(), QString::fromStdString(data().train.front().path));
        // Start is kept from what would stop at once, until the person has decided.
        const auto blocked = [&] { return m_workspace->draft().readiness().find("data.on_bad_row") != nullptr; };
        QTRY_VERIFY(blocked());
        click(QStringLiteral("Skip bad rows"));
        QVERIFY(!blocked());
        QCOMPARE(data().onBadRow, std::string("skip"));
        QVERIFY(isSaid(QStringLiteral("will be skipped")));
        m_workspace->draft().undoStack()->undo();
        QCOMPARE(data().onBadRow, std::string("stop"));
    }

    void repeatedRowsAreNamedAndShown()
    {
        open(test::dataRows(6) + test::dataRows(2));
        m_page->rows()->setShow(RowsModel::Show::problems); // lists every finding
        QTRY_VERIFY(isSaid(QStringLiteral("word for word: 7, 8")));
        click(QStringLiteral("Show"));
        QTRY_COMPARE(m_page->session().lookResult().row, 6);
        m_page->rows()->setShow(RowsModel::Show::problems);
        click(QStringLiteral("Show"));
        QTRY_COMPARE(m_page->session().lookResult().row, 7);
        m_page->rows()->setShow(RowsModel::Show::problems);
        click(QStringLiteral("Show"));
        QTRY_COMPARE(m_page->session().lookResult().row, 6);
    }

    void f8GoesFromFindingToFinding()
    {
        open("{\"prompt\": \"a\\n\", \"completion\": \"b\"}\n{\"prompt\": \"a\"}\n"
             "{\"prompt\": \"c\\n\", \"completion\": \"d\"}\n{\"prompt\": \"c\\n\", \"completion\": \"d\"}\n");
        QTRY_VERIFY(isSaid(QStringLiteral("line 2")) && isSaid(QStringLiteral("word for word")));
        const auto focused = [] {
            const QWidget* focus = QApplication::focusWidget();
            while (focus && !qobject_cast<const Strip*>(focus))
                focus = focus->parentWidget();
            return focus ? focus->accessibleName() : QString();
        };
        QStringList headings;
        for (const DataFinding& finding : m_page->rows()->findings()->findings())
            headings << finding.heading;
        QCOMPARE(headings.constFirst(), QStringLiteral("Bad rows"));
        QCOMPARE(headings.constLast(), QStringLiteral("Repeated rows"));
        for (const QString& heading : headings) {
            QTest::keyClick(m_page.get(), Qt::Key_F8);
            QCOMPARE(focused(), heading);
            if (heading == headings.constFirst()) {
                QTRY_COMPARE(m_page->rows()->model()->rowCount(), 1);
                QTRY_COMPARE(m_page->session().lookResult().row, 1);
            }
        }
        QTRY_COMPARE(m_page->session().lookResult().row, 3);
        QTest::keyClick(m_page.get(), Qt::Key_F8, Qt::ShiftModifier);
        QCOMPARE(focused(), headings[headings.size() - 2]);
    }

    void namesOfAnyKind()
    {
        const QString odd = write("salt & pepper.jsonl", test::dataRows(3));
        m_page->openFiles({odd});
        QTRY_COMPARE(m_page->session().rowCount(), 3);
        m_workspace->draft().undoStack()->undo();
        QPushButton* recent = nullptr;
        for (auto* each : m_page->findChild<DropCard*>()->findChildren<QPushButton*>())
            if (each->isVisible() && each->toolTip() == odd)
                recent = each;
        QVERIFY(recent);
        QCOMPARE(recent->text(), QStringLiteral("salt && pepper.jsonl"));
        // However long a column's name is, the row of fields does not grow with it.
        const QString name(300, QLatin1Char('q'));
        open("{\"" + name.toStdString() + "\": \"a\", \"completion\": \"b\"}\n");
        const QComboBox* box = m_page->mapping()->roleBox(QStringLiteral("prompt"));
        QTRY_COMPARE(box->count(), 2);
        QVERIFY(box->findData(name) >= 0);
        QVERIFY2(box->sizeHint().width() < 300, qPrintable(QString::number(box->sizeHint().width())));
        QCOMPARE(box->itemData(box->findData(name), Qt::ToolTipRole).toString(), name);
    }

    void lengthsAsATable()
    {
        open(test::dataRows(30));
        auto* table = m_page->findChild<ChartTable*>();
        QVERIFY(!table->isVisible());
        m_page->lengths()->chart()->setFocus();
        QTest::keyClick(m_page->lengths()->chart(), Qt::Key_T);
        QVERIFY(table->isVisible());
        int rows = 0;
        for (int i = 0; i < table->model()->rowCount(); ++i)
            rows += table->model()->index(i, 1).data().toInt();
        QCOMPARE(rows, 30);
    }

    void splittersHaveNames()
    {
        for (const QSplitter* splitter : m_page->findChildren<QSplitter*>())
            QVERIFY(!splitter->objectName().isEmpty());
    }

    void strangeColumnsAreMapped()
    {
        open("{\"question\": \"a\", \"answer\": \"b\"}\n{\"question\": \"c\", \"answer\": \"d\"}\n");
        QTRY_VERIFY(isSaid(QStringLiteral("question and answer")));
        QComboBox* prompt = m_page->mapping()->roleBox(QStringLiteral("prompt"));
        QVERIFY(prompt->isVisible());
        QCOMPARE(prompt->count(), 2);
        QCOMPARE(prompt->currentIndex(), -1);
        choose(prompt, QStringLiteral("question"));
        QTRY_VERIFY(isDone());
        choose(m_page->mapping()->roleBox(QStringLiteral("completion")), QStringLiteral("answer"));
        QCOMPARE(data().columns.at("prompt"), std::string("question"));
        QTRY_VERIFY(isDone() && m_page->session().badRows() == 0 && m_page->session().report());
        QCOMPARE(m_page->session().stats()->rows(), 2);
        QVERIFY(!isSaid(QStringLiteral("question and answer")));
        QTRY_VERIFY(m_page->microscope()->view()->isVisible());
    }

    void everySettingIsUndoable()
    {
        open(test::dataRows(60));
        choose(m_page->mapping()->formatBox(), QStringLiteral("text"));
        QCOMPARE(data().format, std::string("text"));
        m_workspace->draft().undoStack()->undo();
        QCOMPARE(data().format, std::string("auto"));
        QCOMPARE(m_page->mapping()->formatBox()->currentData().toString(), QStringLiteral("auto"));
        QDoubleSpinBox* share = nullptr;
        for (auto* spin : m_page->findChildren<QDoubleSpinBox*>())
            if (spin->accessibleName() == QLatin1String("Validation"))
                share = spin;
        QVERIFY(share);
        share->setValue(50);
        QCOMPARE(std::get<double>(data().validation), 0.5);
        QTRY_VERIFY(isDone() && m_page->session().sidesKnown());
        QCOMPARE(m_page->session().heldRows(), 30);
        QTRY_COMPARE(m_page->rows()->tabs()->tabText(1), QStringLiteral("Validation 30"));
        m_page->rows()->setShow(RowsModel::Show::validation);
        QTRY_COMPARE(m_page->rows()->model()->rowCount(), 30);
        share->setValue(0);
        QTRY_VERIFY(isSaid(QStringLiteral("No row is held back")));
        m_workspace->draft().edit({"data.validation"}, QStringLiteral("v"),
            [&](Recipe& recipe) { recipe.data.validation = write("v.jsonl", test::dataRows(7)).toStdString(); });
        QTRY_VERIFY(isDone() && m_page->session().rowCount() == 67);
        QCOMPARE(m_page->session().heldRows(), 7);
        QTRY_VERIFY(isSaid(QStringLiteral("with the validation file")));
        click(QStringLiteral("Use a share"));
        QCOMPARE(std::get<double>(data().validation), 0.05);
    }

    void rowsAreFiltered()
    {
        open(test::dataRows(120));
        m_page->rows()->table()->setFocus();
        QTest::keyClick(m_page->rows()->table(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(m_page->rows()->filter()->hasFocus());
        QTest::keyClicks(m_page->rows()->filter(), QStringLiteral("answer 11"));
        QTRY_COMPARE(m_page->rows()->model()->rowCount(), 11); // 11, 110 … 119
        // A row that the filter hides is shown all the same when it is asked for.
        m_page->microscope()->rowBox()->setValue(3);
        QTRY_COMPARE(m_page->session().lookResult().row, 2);
        QVERIFY(m_page->rows()->filter()->text().isEmpty());
    }

    void aMissingFileIsSaidAndReadAgain()
    {
        const QString path = QString::fromStdString((m_home->folder / "later.jsonl").string());
        m_page->openFiles({path});
        QTRY_VERIFY(isSaid(QStringLiteral("later.jsonl")));
        write("later.jsonl", test::dataRows(4));
        click(QStringLiteral("Read again"));
        QTRY_COMPARE(m_page->session().rowCount(), 4);
        QTRY_VERIFY(!isSaid(QStringLiteral("later.jsonl")));
    }

    void theSectionIsCopied()
    {
        open(test::dataRows(4));
        click(QStringLiteral("Copy as YAML"));
        const QString text = QApplication::clipboard()->text();
        QVERIFY(text.startsWith(QLatin1String("data:")));
        QVERIFY(text.contains(QLatin1String("data.jsonl")));
        QVERIFY(!text.contains(QLatin1String("lora:")));
    }

    void fitsTheSmallestWindow()
    {
        open(test::dataRows(60));
        m_page->resize(970, 600);
        QTest::qWait(50);
        QVERIFY2(
            m_page->minimumSizeHint().width() <= 970, qPrintable(QString::number(m_page->minimumSizeHint().width())));
        const auto* area = m_page->findChild<QScrollArea*>();
        QVERIFY2(area->widget()->width() <= area->viewport()->width(),
            qPrintable(QStringLiteral("%1 %2").arg(area->widget()->width()).arg(area->viewport()->width())));
    }

    void everyControlHasAName()
    {
        open(test::dataRows(10));
        for (QWidget* widget : m_page->findChildren<QWidget*>()) {
            if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
                continue;
            const auto* named = qobject_cast<QAbstractButton*>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (named && !named->text().isEmpty()),
                qPrintable(QString::fromLatin1(widget->metaObject()->className()) + widget->objectName()));
        }
    }

    /// Pictures for the eye, where a folder for them is named.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("FALCONER_SCREENSHOTS");
        if (folder.isEmpty())
            return;
        m_page->grab().save(folder + QStringLiteral("/data-empty.png"));
        m_workspace->useModel(
            qEnvironmentVariable("FALCONER_SCREENSHOTS_MODEL", QString::fromStdString(test::tokenizerFolder())));
        m_page->openFiles(
            {qEnvironmentVariable("FALCONER_SCREENSHOTS_DATA", write("data.jsonl", test::dataRows(400)))});
        QTRY_VERIFY_WITH_TIMEOUT(isDone() && m_page->session().report(), 60'000);
        m_page->lengths()->box()->setValue(112);
        m_page->rows()->select(330);
        QTest::qWait(400);
        const auto save = [&](const char* name) {
            QTest::qWait(200);
            m_page->grab().save(folder + QLatin1Char('/') + QLatin1String(name));
        };
        for (const auto choice : {Theme::Choice::light, Theme::Choice::dark}) {
            m_theme->setChoice(choice);
            const std::string dark = choice == Theme::Choice::dark ? "-dark" : "-light";
            m_page->resize(1292, 846);
            save(("data" + dark + ".png").c_str());
            m_page->resize(970, 620);
            save(("data-small" + dark + ".png").c_str());
        }
        m_theme->setChoice(Theme::Choice::light);
        m_page->resize(1292, 846);
        m_page->rows()->setShow(RowsModel::Show::problems);
        save("data-problems.png");
        m_page->openFiles(
            {write("odd.jsonl", "{\"question\": \"a\", \"answer\": \"b\"}\n"), write("two.jsonl", test::dataRows(30))});
        QTest::qWait(500);
        save("data-odd.png");
        m_page->setLayoutDirection(Qt::RightToLeft);
        save("data-rtl.png");
    }
};

QTEST_MAIN(TestDataPage)
#include "tst_data_page.moc"
