// SPDX-License-Identifier: GPL-3.0-or-later
// The Runs page by clicks and keys.
#include "core/run/run_notes.h"
#include "tests/ui/page_fixture.h"
#include "tests/ui/run_files.h"
#include "ui/main_window.h"
#include "ui/models/differences_model.h"
#include "ui/pages/chart_table.h"
#include "ui/pages/no_match.h"
#include "ui/pages/runs_compare.h"
#include "ui/pages/runs_details.h"
#include "ui/pages/runs_history.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/runs_queue.h"
#include "ui/pages/runs_sweep_dialog.h"
#include "ui/pages/runs_table.h"
#include "ui/session/queue_runner.h"
#include "ui/session/run_library.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/parallel_chart.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/strip.h"

#include <QComboBox>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::makeRun;
using falconer::test::PageFixture;
namespace fs = std::filesystem;

class TestRunsPage : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_home;
    std::unique_ptr<MainWindow> m_window;
    RunsPage* m_page = nullptr;

    Workspace& workspace() const { return m_window->workspace(); }
    RunsHistory* history() const { return m_page->history(); }
    RunsTable* table() const { return history()->table(); }
    RunsModel* model() const { return m_page->library()->model(); }
    fs::path runs() const { return m_home->folder / "runs"; }

    fs::path addRun(const std::string& name, const std::string& last = "finished",
        const std::vector<double>& validation = {2.9, 2.5, 2.6}, std::int64_t rank = 16) const
    {
        Recipe recipe = m_home->recipe().recipe;
        recipe.lora.rank = rank;
        return makeRun(runs() / name, recipe, last, validation);
    }

    void open()
    {
        m_window = std::make_unique<MainWindow>(m_home->services(), *m_theme);
        m_window->resize(1440, 900);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_6, Qt::ControlModifier);
        m_page = m_window->page<RunsPage>(PageId::runs);
        QTRY_VERIFY(m_page->library()->isKnown() && !m_page->library()->isScanning());
    }

    void select(const std::string& name) const
    {
        const QModelIndex index
            = history()->filter()->mapFromSource(model()->index(model()->rowOf(runs() / name), RunsModel::nameColumn));
        QVERIFY(index.isValid());
        table()->scrollTo(index);
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(index).center());
    }

    QPushButton* button(const QString& text) const
    {
        for (QPushButton* each : m_window->findChildren<QPushButton*>())
            if (each->isVisible() && each->text().remove(QLatin1Char('&')) == text)
                return each;
        return nullptr;
    }

    void click(const QString& text) const
    {
        QPushButton* each = button(text);
        QVERIFY2(each, qPrintable(text));
        QVERIFY2(each->isEnabled(), qPrintable(text + QLatin1String(": ") + each->toolTip()));
        QTest::mouseClick(each, Qt::LeftButton);
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(); }
    void init()
    {
        m_home = std::make_unique<PageFixture>();
        qputenv("XDG_DATA_HOME", (m_home->folder / "data").c_str());
        fs::create_directories(m_home->folder / "data");
    }
    void cleanup()
    {
        m_window.reset();
        m_home.reset();
    }

    void emptyLeadsToTheRecipe()
    {
        open();
        QVERIFY(button(QStringLiteral("Start one from the recipe"))->isVisible());
        click(QStringLiteral("Start one from the recipe"));
        QCOMPARE(m_window->currentPage(), PageId::recipe);
    }

    void theFilterFinds()
    {
        addRun("alpha");
        writeRunNotes(addRun("beta"), {"a surprise", {"lower rate"}});
        addRun("gamma", "failed");
        open();
        QCOMPARE(history()->filter()->rowCount(), 3);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(history()->filterLine()->hasFocus());
        QTest::keyClicks(history()->filterLine(), QStringLiteral("lower"));
        QCOMPARE(history()->filter()->rowCount(), 1);
        history()->filterLine()->clear();
        QTest::keyClicks(history()->filterLine(), QStringLiteral("surprise"));
        QCOMPARE(history()->filter()->rowCount(), 1);
        history()->filterLine()->clear();
        QTest::keyClicks(history()->filterLine(), QStringLiteral("nothing"));
        QVERIFY(history()->noMatch()->isVisible() && !table()->isVisible());
        QCOMPARE(history()->noMatch()->text(), QStringLiteral("No run matches “nothing”."));
        Q_EMIT m_page->findChild<QLabel*>(QStringLiteral("clearFilter"))->linkActivated(QStringLiteral("clear"));
        QCOMPARE(history()->filter()->rowCount(), 3);
        QVERIFY(!history()->noMatch()->isVisible() && table()->isVisible() && history()->filterLine()->hasFocus());
        QTest::keyClicks(history()->filterLine(), QStringLiteral("failed tiny"));
        QCOMPARE(history()->filter()->rowCount(), 1);
        QTest::keyClick(history()->filterLine(), Qt::Key_Return);
        QVERIFY(table()->hasFocus());
    }

    void tagsAndNotesAreKept()
    {
        const fs::path first = addRun("first");
        addRun("second");
        open();
        select("first");
        RunsDetails* details = history()->details();
        QTest::keyClicks(details->tags(), QStringLiteral("baseline, odd"));
        QTest::keyClick(details->tags(), Qt::Key_Return);
        QTRY_COMPARE(readRunNotes(first).tags.size(), std::size_t(2));
        QTest::keyClicks(details->notes(), QStringLiteral("fell fast"));
        select("second"); // before the pause after which notes are saved
        QVERIFY(details->notes()->toPlainText().isEmpty());
        QVERIFY(details->tags()->text().isEmpty());
        QTRY_COMPARE(readRunNotes(first).notes, std::string("fell fast"));
        QVERIFY(!fs::exists(runs() / "second/notes.json"));
        m_window.reset();
        open();
        select("first");
        QCOMPARE(details = history()->details(), history()->details());
        QCOMPARE(details->tags()->text(), QStringLiteral("baseline, odd"));
        QCOMPARE(details->notes()->toPlainText(), QStringLiteral("fell fast"));
    }

    void theReportIsShownAndOpensNothing()
    {
        addRun("first");
        addRun("second", "");
        open();
        select("first");
        QTextBrowser* report = history()->details()->report();
        QTRY_VERIFY(report->toPlainText().contains(QLatin1String("The loss fell.")));
        QVERIFY(
            !report->loadResource(QTextDocument::ImageResource, QUrl(QStringLiteral("file:///etc/passwd"))).isValid());
        select("second");
        QTRY_VERIFY(report->toPlainText().contains(QLatin1String("No report yet")));
    }

    void cloneFillsTheRecipe()
    {
        addRun("first", "finished", {}, 48);
        open();
        select("first");
        click(QStringLiteral("Clone"));
        QCOMPARE(m_window->currentPage(), PageId::recipe);
        QCOMPARE(workspace().draft().recipe().lora.rank, 48);
        QCOMPARE(workspace().draft().title(), QStringLiteral("first"));
        // It would run in a place of its own.
        QCOMPARE(workspace().nextRunFolder().parent_path(), runs());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(workspace().draft().recipe().lora.rank != 48);
    }

    void resumeIsForRunsThatCanGoOn()
    {
        addRun("cut", "");
        addRun("done");
        open();
        select("done");
        QPushButton* resume = button(QStringLiteral("Resume"));
        QVERIFY(!resume->isEnabled());
        QVERIFY(resume->toolTip().contains(QLatin1String("done")));
        select("cut");
        click(QStringLiteral("Resume"));
        QVERIFY(m_home->script->resumed);
        QCOMPARE(m_home->script->folder, runs() / "cut");
        QCOMPARE(m_window->currentPage(), PageId::train);
        m_window->show(PageId::runs);
        select("done");
        select("cut");
        QVERIFY(!resume->isEnabled());
        m_home->script->push(RunStarted{runs() / "cut", 40, 20, 4, 2, 10, 100, "cpu", {}});
        m_home->script->push(StateChanged{SessionState::training});
        QTRY_COMPARE(model()->find(runs() / "cut")->state, RunRow::State::running);
        workspace().run().setPaused(true);
        QTRY_COMPARE(model()->find(runs() / "cut")->state, RunRow::State::paused);
        select("cut");
        QVERIFY(!button(QStringLiteral("Move to bin"))->isEnabled());
        click(QStringLiteral("Resume"));
        QCOMPARE(m_home->script->unpauses, 1);
    }

    void otherPagesTakeTheRun()
    {
        const fs::path first = addRun("first");
        open();
        select("first");
        click(QStringLiteral("Playground"));
        QCOMPARE(m_window->currentPage(), PageId::playground);
        QCOMPARE(workspace().selectedRun(), first);
        m_window->show(PageId::runs);
        workspace().selectRun({});
        click(QStringLiteral("Export…"));
        QCOMPARE(m_window->currentPage(), PageId::exports);
        QCOMPARE(workspace().selectedRun(), first);
    }

    void deleteMovesToTheBinAndBack()
    {
        const fs::path first = addRun("first");
        addRun("second");
        open();
        select("first");
        QTest::keyClick(table(), Qt::Key_Delete);
        QTRY_VERIFY(!fs::exists(first));
        QTRY_COMPARE(model()->rowCount(), 1);
        QVERIFY(history()->message()->isVisible());
        QVERIFY(history()->message()->text().contains(QLatin1String("Trash")));
        QVERIFY(table()->selectedRow() >= 0);
        click(QStringLiteral("Put back"));
        QTRY_VERIFY(fs::exists(first));
        QTRY_COMPARE(model()->rowCount(), 2);
    }

    void anUnreadableRunSaysWhy()
    {
        const fs::path broken = addRun("broken");
        writeFile(broken / "metrics.jsonl", "{\"step\": 1, \"loss\": 2}\n?\n\n");
        open();
        select("broken");
        QVERIFY(history()->details()->problem()->isVisible());
        QVERIFY(history()->details()->problem()->text().contains(QLatin1String("metrics.jsonl, line 2")));
        QVERIFY(!button(QStringLiteral("Resume"))->isEnabled());
        QVERIFY(button(QStringLiteral("Move to bin"))->isEnabled());
    }

    void ticksBringTheComparison()
    {
        addRun("a", "finished", {2.9, 2.5}, 16);
        addRun("b", "finished", {2.9, 2.4}, 64);
        addRun("c", "finished", {2.9, 2.6}, 16);
        open();
        RunsCompare* compare = history()->comparison();
        QSignalSpy shown(compare, &RunsCompare::shown);
        select("a");
        QTest::keyClick(table(), Qt::Key_Space);
        QVERIFY(!compare->isVisible());
        const QModelIndex box
            = history()->filter()->mapFromSource(model()->index(model()->rowOf(runs() / "b"), RunsModel::tickColumn));
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, table()->visualRect(box).topLeft() + QPoint(3, 3));
        QCOMPARE(model()->ticked().size(), std::size_t(2));
        QVERIFY(compare->isVisible());
        QVERIFY(shown.wait());
        QCOMPARE(compare->differences()->columnCount(), 3);
        QVERIFY(compare->conclusionText().startsWith(QLatin1String("b reaches the lowest")));
        QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(shown.wait());
        QCOMPARE(compare->differences()->columnCount(), 4);
        table()->clearSelection();
        select("b");
        QTest::keyClick(table(), Qt::Key_Space);
        QCOMPARE(model()->ticked().size(), std::size_t(2));
        model()->setTicked(std::vector<fs::path>());
        QVERIFY(!compare->isVisible());
    }

    void onlyWhatHasChangedIsReadAgain()
    {
        const fs::path first = addRun("a", "finished", {2.9, 2.5}, 16);
        const fs::path second = addRun("b", "finished", {2.9, 2.4}, 64);
        open();
        RunsCompare* compare = history()->comparison();
        QSignalSpy shown(compare, &RunsCompare::shown);
        model()->setTicked({first, second});
        QTRY_COMPARE(shown.size(), 1);
        QCOMPARE(compare->readings(), 2);
        QTest::mouseClick(m_page->findChild<QToolButton*>(QStringLiteral("Sweep")), Qt::LeftButton);
        compare->sweep()->setFocus();
        QTest::keyClick(compare->sweep(), Qt::Key_End);
        QCOMPARE(compare->sweep()->selected(), 0); // the worse one
        const auto change = [&] {
            RunRow row = *model()->find(first);
            ++row.steps;
            model()->update(row);
        };
        change();
        QTRY_COMPARE_WITH_TIMEOUT(compare->readings(), 3, 10'000);
        QTRY_COMPARE(shown.size(), 2);
        QCOMPARE(compare->sweep()->selected(), 0); // where the keyboard was
        QVERIFY(compare->sweep()->hasFocus());
        // Nobody looks: nothing is read until somebody does.
        m_window->show(PageId::home);
        change();
        QTest::qWait(2300);
        QCOMPARE(compare->readings(), 3);
        m_window->show(PageId::runs);
        QTRY_VERIFY(compare->readings() > 3);
    }

    void theSweepAsATable()
    {
        const fs::path first = addRun("a", "finished", {2.9, 2.5}, 16);
        const fs::path second = addRun("b", "finished", {2.9, 2.4}, 64);
        open();
        QSignalSpy shown(history()->comparison(), &RunsCompare::shown);
        model()->setTicked({first, second});
        QTRY_COMPARE(shown.size(), 1);
        QTest::mouseClick(m_page->findChild<QToolButton*>(QStringLiteral("Sweep")), Qt::LeftButton);
        auto* numbers = history()->comparison()->findChild<ChartTable*>();
        QVERIFY(!numbers->isVisible());
        history()->comparison()->sweep()->setFocus();
        QTest::keyClick(history()->comparison()->sweep(), Qt::Key_T);
        QVERIFY(numbers->isVisible());
        const QAbstractItemModel* cells = numbers->model();
        QCOMPARE(cells->rowCount(), 2);
        QCOMPARE(cells->index(1, 0).data().toString(), QStringLiteral("b"));
        QCOMPARE(cells->index(1, cells->columnCount() - 1).data().toString(), QStringLiteral("2.400"));
    }

    void sortedByKeys()
    {
        addRun("beta");
        addRun("alpha");
        open();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), table()->mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(table(), &event);
        auto* menu = table()->findChild<QMenu*>(QStringLiteral("sortMenu"));
        QVERIFY(menu && menu->isVisible());
        for (QAction* each : menu->actions())
            if (each->text() == QLatin1String("Run"))
                each->trigger();
        menu->close();
        QCOMPARE(history()->filter()->index(0, RunsModel::nameColumn).data().toString(), QStringLiteral("alpha"));
    }

    void whoWritesNotesIsNotTakenAway()
    {
        addRun("first");
        open();
        select("first");
        history()->details()->notes()->setFocus();
        Q_EMIT workspace().queue().finished();
        QVERIFY(history()->isVisible());
        QVERIFY(history()->details()->notes()->hasFocus());
        // Nobody is in the history: the morning begins with the queue.
        m_window->show(PageId::home);
        Q_EMIT workspace().queue().finished();
        m_window->show(PageId::runs);
        QVERIFY(m_page->queue()->isVisible());
        m_page->showQueue(false);
        m_window->show(PageId::home);
        workspace().showQueue();
        QCOMPARE(m_window->currentPage(), PageId::runs);
        QVERIFY(m_page->queue()->isVisible());
    }

    void theQueueByHand()
    {
        workspaceDraft();
        RunsQueue* pane = m_page->queue();
        QTest::mouseClick(m_page->findChild<QToolButton*>(QStringLiteral("Queue")), Qt::LeftButton);
        QVERIFY(pane->isVisible());
        QVERIFY(!button(QStringLiteral("Start the queue"))->isEnabled());
        QVERIFY(!button(QStringLiteral("Start the queue"))->toolTip().isEmpty());
        for (int i = 0; i < 3; ++i)
            click(QStringLiteral("Add the recipe"));
        QueueModel* queue = workspace().queue().model();
        QCOMPARE(queue->rowCount(), 3);
        const QString last = queue->item(2).name;
        QCOMPARE(pane->table()->selectedRow(), 2);
        QTest::keyClick(pane->table(), Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(queue->item(1).name, last); // a key presses its button for a moment
        QCOMPARE(pane->table()->selectedRow(), 1);
        Q_EMIT pane->table()->moved(1, 0); // dragged
        QCOMPARE(queue->item(0).name, last);
        pane->table()->selectRow(2);
        QTest::keyClick(pane->table(), Qt::Key_Delete);
        QCOMPARE(queue->rowCount(), 2);

        click(QStringLiteral("Start the queue"));
        QTRY_COMPARE(m_home->script->starts, 1);
        QCOMPARE(m_window->currentPage(), PageId::runs);
        QVERIFY(button(QStringLiteral("Stop after this run")));
        RunEnded failed;
        failed.state = SessionState::failed;
        failed.exitCode = 1;
        failed.faults = {{ErrorCode::diskFull, "disk", "no space is left", "free some"}};
        m_home->script->push(failed);
        QTRY_COMPARE(m_home->script->starts, 2);
        m_home->script->push({EvalDone{test::eval(2, 2.25), true}, StepDone{test::step(2, 2.4)}});
        m_home->script->push(RunEnded{});
        QTRY_COMPARE(pane->report()->model()->rowCount(), 2);
        QVERIFY(pane->report()->isVisible());
        QVERIFY2(pane->reportText()->text().contains(QLatin1String("2.250")), qPrintable(pane->reportText()->text()));
        QVERIFY(pane->reportText()->text().startsWith(QLatin1String("1 of 2")));
        // The best first, what failed last and with its reason.
        const QAbstractItemModel* report = pane->report()->model();
        QCOMPARE(report->index(0, QueueModel::bestColumn).data().toString(), QStringLiteral("2.250"));
        QVERIFY(
            report->index(1, QueueModel::messageColumn).data().toString().contains(QLatin1String("no space is left")));
        click(QStringLiteral("Take ended ones off"));
        QCOMPARE(queue->rowCount(), 0);
        QVERIFY(!pane->report()->isVisible());
    }

    void anUnreadyRecipeIsNotQueued()
    {
        open();
        m_page->showQueue(true);
        click(QStringLiteral("Add the recipe"));
        QCOMPARE(workspace().queue().model()->rowCount(), 0);
        QVERIFY(m_page->queue()->message()->isVisible());
        click(QStringLiteral("Add a sweep…"));
        QVERIFY(!m_page->findChild<RunsSweepDialog*>());
    }

    void aSweepByDialog()
    {
        workspaceDraft();
        m_page->showQueue(true);
        click(QStringLiteral("Add a sweep…"));
        auto* dialog = m_page->findChild<RunsSweepDialog*>();
        QVERIFY(dialog);
        QVERIFY(!dialog->addButton()->isEnabled());
        dialog->axes()[0].key->setCurrentText(QStringLiteral("lora.rank"));
        QTest::keyClicks(dialog->axes()[0].values, QStringLiteral("8, many"));
        QVERIFY(dialog->addButton()->isEnabled());
        QTest::mouseClick(dialog->addButton(), Qt::LeftButton);
        QVERIFY(dialog->fault()->fault().contains(QLatin1String("rank")));
        dialog->axes()[0].values->clear();
        QTest::keyClicks(dialog->axes()[0].values, QStringLiteral("8, 16,32"));
        dialog->axes()[1].key->setCurrentText(QStringLiteral("lora.rank"));
        QTest::keyClicks(dialog->axes()[1].values, QStringLiteral("1"));
        QVERIFY(!dialog->addButton()->isEnabled()); // the same key twice
        dialog->axes()[1].key->setCurrentText(QStringLiteral("training.seed"));
        QTest::keyClicks(dialog->axes()[1].values, QStringLiteral(", 2"));
        QTest::mouseClick(dialog->addButton(), Qt::LeftButton);
        QTRY_VERIFY(!m_page->findChild<RunsSweepDialog*>());
        QCOMPARE(workspace().queue().model()->rowCount(), 6);
    }

    void valuesAreCutAtTheirCommas()
    {
        using Values = std::vector<std::string>;
        QVERIFY((sweepValues("8, 16 ,,32,") == Values{"8", "16", "32"}));
        QVERIFY((sweepValues("[q_proj, v_proj], all-linear") == Values{"[q_proj, v_proj]", "all-linear"}));
        QVERIFY((sweepValues("\"a, b\", 'c,d', {x: 1, y: 2}") == Values{"\"a, b\"", "'c,d'", "{x: 1, y: 2}"}));
        QVERIFY(sweepValues(" , ").empty());
        QVERIFY((sweepValues("a], b") == Values{"a]", "b"}));
    }

    void fitsANarrowWindow()
    {
        for (int i = 0; i < 12; ++i)
            addRun("cynic-falcon-7b-r16-" + std::to_string(i), i == 3 ? "failed" : "stopped");
        open();
        m_window->resize(1024, 700);
        QTRY_COMPARE(m_window->size(), QSize(1024, 700));
        QCOMPARE(table()->horizontalScrollBarPolicy(), Qt::ScrollBarAlwaysOff);
        QTRY_VERIFY(table()->isColumnHidden(RunsModel::stepsColumn));
        int width = 0;
        for (int column = 0; column < RunsModel::columns; ++column)
            width += table()->isColumnHidden(column) ? 0 : table()->columnWidth(column);
        QVERIFY2(width <= table()->viewport()->width(), qPrintable(QString::number(width)));
        QVERIFY(!table()->isColumnHidden(RunsModel::nameColumn));
        QVERIFY(!table()->isColumnHidden(RunsModel::bestColumn));
    }

private:
    void workspaceDraft()
    {
        open();
        workspace().draft().replace(m_home->recipe(), QStringLiteral("test"));
    }
};

QTEST_MAIN(TestRunsPage)
#include "tst_runs_page.moc"
