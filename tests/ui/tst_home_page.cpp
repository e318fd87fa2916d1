// SPDX-License-Identifier: GPL-3.0-or-later
// The pages around a run: where one begins, which model, what the window remembers.
#include "core/data/arrow_reader.h"
#include "core/run/run_folder.h"
#include "tests/support/paths.h"
#include "tests/ui/page_fixture.h"
#include "ui/main_window.h"
#include "ui/models/model_list_model.h"
#include "ui/models/recent_model.h"
#include "ui/pages/home_continue.h"
#include "ui/pages/home_page.h"
#include "ui/pages/model_page.h"
#include "ui/pages/no_match.h"
#include "ui/pages/runs_page.h"
#include "ui/pages/runs_queue.h"
#include "ui/pages/settings_page.h"
#include "ui/session/model_finder.h"
#include "ui/session/model_fit.h"
#include "ui/session/presets.h"
#include "ui/session/queue_runner.h"
#include "ui/theme/palette.h"
#include "ui/widgets/drop_target.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tour.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTextDocument>
#include <QThread>
#include <QToolButton>

#include <atomic>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::PageFixture;
namespace fs = std::filesystem;

class TestHomePage : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_home;
    std::unique_ptr<MainWindow> m_window;

    Workspace& workspace() const { return m_window->workspace(); }
    HomePage* home() const { return m_window->page<HomePage>(PageId::home); }
    QPushButton* button(const QWidget* parent, const char* name) const
    {
        return parent->findChild<QPushButton*>(QString::fromLatin1(name));
    }

    static bool says(const QWidget* parent, const char* words)
    {
        for (const ElidedLabel* label : parent->findChildren<ElidedLabel*>())
            if (label->fullText().contains(QLatin1String(words)))
                return true;
        return false;
    }

    void open()
    {
        m_window = std::make_unique<MainWindow>(m_home->services(), *m_theme);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    /// A run folder that was interrupted after two evaluations.
    fs::path leaveRun(const char* name)
    {
        fs::create_directories(m_home->folder / "runs");
        const RunFolder run = RunFolder::create(m_home->folder / "runs" / name, m_home->recipe().recipe);
        run.appendEvent("started", "started");
        for (int i = 1; i <= 20; ++i)
            run.append(test::step(i, 3.0 - 0.01 * i));
        run.append(test::eval(10, 2.9));
        run.append(test::eval(20, 2.8));
        return run.path();
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(); }

    void init()
    {
        m_home = std::make_unique<PageFixture>();
        open();
    }

    void cleanup()
    {
        m_window.reset();
        m_home.reset();
    }

    void theLastRunCanBeResumed()
    {
        QVERIFY(!home()->goOn()->isVisible());
        const fs::path run = leaveRun("left");
        workspace().recent().add(RecentItems::Kind::run, QString::fromStdString(run.string()));
        m_window->show(PageId::model);
        m_window->show(PageId::home);
        QTRY_VERIFY(home()->goOn()->isVisible());
        QPushButton* go = home()->goOn()->goOnButton();
        QCOMPARE(go->text().remove(QLatin1Char('&')), QStringLiteral("Resume"));
        QVERIFY(says(home()->goOn(), "2.800 at step 20"));
        QVERIFY(says(home()->goOn(), "No checkpoint was saved yet."));
        // What can be gone on from is the newest checkpoint, not the last step that was measured.
        for (const int at : {5, 10})
            fs::create_directories(RunFolder::open(run).checkpoint(at));
        Q_EMIT workspace().runsChanged();
        QTRY_VERIFY(says(home()->goOn(), "State saved: step 10."));
        QTest::mouseClick(go, Qt::LeftButton);
        QVERIFY(m_home->script->resumed);
        QCOMPARE(m_home->script->folder, run);
        QCOMPARE(m_window->currentPage(), PageId::train);
        workspace().run().stop();
        QTRY_VERIFY(!workspace().run().isRunning());
    }

    void aRecipeIsOneClickAway()
    {
        const Preset first = presets().front();
        QTest::mouseClick(button(home(), qPrintable(QStringLiteral("use:") + first.id)), Qt::LeftButton);
        QCOMPARE(workspace().draft().title(), first.title);
        QCOMPARE(workspace().draft().recipe().lora.rank, first.recipe.recipe.lora.rank);
        QCOMPARE(m_window->currentPage(), first.needsModel ? PageId::model : PageId::recipe);
    }

    void dropsGoWhereTheyBelong()
    {
        auto* card = home()->findChild<DropTarget*>();
        Q_EMIT card->dropped({m_home->rows()});
        QCOMPARE(workspace().draft().recipe().data.train.front().path, m_home->rows().toStdString());
        QCOMPARE(m_window->currentPage(), PageId::data);
        Q_EMIT card->dropped({m_home->model()});
        QCOMPARE(workspace().draft().recipe().model, m_home->model().toStdString());
        QCOMPARE(m_window->currentPage(), PageId::model);
        const fs::path recipe = m_home->folder / "run.yaml";
        writeFile(recipe, "model: models/tiny\ndata: {train: rows.jsonl}\nlora: {rank: 3}\n");
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(QString::fromStdString(recipe.string()))});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(card, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(card, &drop);
        QCOMPARE(workspace().draft().recipe().lora.rank, 3);
    }

    void aRecipeThatCannotBeOpenedSaysWhy()
    {
        const fs::path broken = m_home->folder / "broken.yaml";
        writeFile(broken, "model: models/tiny\ndata: {train: rows.jsonl}\nlora: {rnak: 3}\n");
        Q_EMIT home()->findChild<DropTarget*>()->dropped({QString::fromStdString(broken.string())});
        QCOMPARE(m_window->currentPage(), PageId::home);
        QVERIFY(home()->fault()->isVisible());
        QVERIFY2(home()->fault()->text().contains(QLatin1String("rnak")), qPrintable(home()->fault()->text()));
        workspace().recent().add(RecentItems::Kind::data, m_home->rows());
        Q_EMIT home()->recent()->activated(home()->recent()->model()->index(0, 0));
        QVERIFY(home()->fault()->heading().isEmpty()); // something else was opened
        // The same from the list.
        workspace().recent().add(RecentItems::Kind::recipe, QString::fromStdString(broken.string()));
        m_window->show(PageId::home);
        Q_EMIT home()->recent()->activated(home()->recent()->model()->index(0, 0));
        QVERIFY(home()->fault()->isVisible());
    }

    void openingAsksForWhatToOpen()
    {
        const auto find = [this](const QString& text) -> QPushButton* {
            for (QPushButton* each : home()->findChildren<QPushButton*>())
                if (each->text().remove(QLatin1Char('&')) == text)
                    return each;
            return nullptr;
        };
        QTest::mouseClick(find(QStringLiteral("Open data…")), Qt::LeftButton);
        auto* dialog = home()->findChild<QFileDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->nameFilters().constFirst().contains(QLatin1String("*.parquet")), readsArrow());
        Q_EMIT dialog->filesSelected({m_home->rows(), m_home->rows() + QStringLiteral(".more")});
        dialog->reject();
        QCOMPARE(workspace().draft().recipe().data.train.size(), std::size_t(2));
        QCOMPARE(m_window->currentPage(), PageId::data);
        m_window->show(PageId::home);
        QTRY_VERIFY(!home()->findChild<QFileDialog*>());
        QTest::mouseClick(find(QStringLiteral("Open model…")), Qt::LeftButton);
        QMenu* menu = nullptr;
        for (QMenu* each : home()->findChildren<QMenu*>())
            menu = each->isVisible() ? each : menu;
        QVERIFY(menu);
        menu->actions().constFirst()->trigger();
        menu->close();
        dialog = home()->findChild<QFileDialog*>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(m_home->model());
        dialog->reject();
        QCOMPARE(workspace().draft().recipe().model, m_home->model().toStdString());
        QCOMPARE(m_window->currentPage(), PageId::model);
    }

    void aFolderThatIsDroppedIsSearched()
    {
        QTRY_VERIFY(!workspace().finder()->isSearching());
        QSignalSpy found(workspace().finder(), &ModelFinder::found);
        const QString folder = QString::fromStdString((m_home->folder / "models").string());
        Q_EMIT home()->findChild<DropTarget*>()->dropped({folder});
        QTRY_COMPARE(found.size(), 1);
        QCOMPARE(workspace().settings().modelFolders(), QStringList{folder});
    }

    void recentItemsOpenAndMissingOnesAreLocated()
    {
        RecentModel model(workspace().recent());
        QAbstractItemModelTester tester(&model);
        workspace().recent().add(RecentItems::Kind::data, QStringLiteral("/gone/rows.jsonl"));
        workspace().recent().add(RecentItems::Kind::data, m_home->rows());
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(!model.index(0, 0).data(RecentModel::MissingRole).toBool());
        QVERIFY(model.index(1, 0).data(RecentModel::MissingRole).toBool());
        QVERIFY(model.index(1, RecentModel::placeColumn).data().toString().contains(QLatin1String("Locate")));
        Q_EMIT home()->recent()->activated(home()->recent()->model()->index(0, 0));
        QCOMPARE(m_window->currentPage(), PageId::data);
        m_window->show(PageId::home);
        Q_EMIT home()->recent()->activated(home()->recent()->model()->index(1, 0));
        auto* dialog = home()->findChild<QFileDialog*>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(m_home->rows() + QStringLiteral(".new"));
        dialog->reject();
        QCOMPARE(workspace().recent().items()[1].path, m_home->rows() + QStringLiteral(".new"));
    }

    void theTourLeadsThroughFourPages()
    {
        QTest::mouseClick(button(home(), "takeTour"), Qt::LeftButton);
        auto* tour = m_window->findChild<Tour*>();
        QVERIFY(tour->isVisible());
        QList<PageId> seen;
        for (int i = 0; i < 4; ++i) {
            seen << m_window->currentPage();
            QTest::mouseClick(button(tour, "tourNext"), Qt::LeftButton);
        }
        QCOMPARE(seen, (QList{PageId::model, PageId::data, PageId::recipe, PageId::train}));
        QVERIFY(!tour->isVisible());
        QVERIFY(workspace().settings().tourSeen());
        m_window->show(PageId::home);
        QVERIFY(!button(home(), "takeTour")->isVisible());
        workspace().settings().setTourSeen(false);
        QVERIFY(button(home(), "takeTour")->isVisible());
        QTest::mouseClick(button(home(), "takeTour"), Qt::LeftButton);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!tour->isVisible());
    }

    void aModelIsFoundFilteredAndUsed()
    {
        m_window->show(PageId::model);
        auto* page = m_window->page<ModelPage>(PageId::model);
        QAbstractItemModelTester tester(workspace().models());
        QTRY_COMPARE(page->table()->model()->rowCount(), 1);
        QTest::keyClick(page, Qt::Key_F, Qt::ControlModifier);
        auto* filter = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(filter);
        QTest::keyClicks(filter, QStringLiteral("llama"));
        QCOMPARE(page->table()->model()->rowCount(), 0);
        QVERIFY(page->noMatch()->isVisible() && !page->table()->isVisible());
        QCOMPARE(page->noMatch()->text(), QStringLiteral("No model matches “llama”."));
        auto* clear = page->findChild<QLabel*>(QStringLiteral("clearFilter"));
        Q_EMIT clear->linkActivated(QStringLiteral("clear"));
        QVERIFY(filter->text().isEmpty() && filter->hasFocus());
        QCOMPARE(page->table()->model()->rowCount(), 1);
        QVERIFY(!page->noMatch()->isVisible() && page->table()->isVisible());
        QPushButton* use = button(page, "use");
        page->table()->setCurrentIndex(page->table()->model()->index(0, 0));
        QVERIFY(use->isEnabled());
        QTest::mouseClick(use, Qt::LeftButton);
        QCOMPARE(workspace().draft().recipe().model, m_home->model().toStdString());
        QCOMPARE(m_window->currentPage(), PageId::data);
    }

    void aSearchIsSaidWhileItRuns()
    {
        auto gate = std::make_shared<std::atomic<bool>>(false);
        Services services = m_home->services();
        services.findModels = [gate](const std::vector<fs::path>&) {
            while (!*gate)
                QThread::msleep(1);
            return std::vector<ModelEntry>();
        };
        m_window = std::make_unique<MainWindow>(std::move(services), *m_theme);
        m_window->show();
        m_window->show(PageId::model);
        auto* page = m_window->page<ModelPage>(PageId::model);
        const QString said = page->state()->heading();
        *gate = true; // first, or a failure would leave the worker waiting
        QCOMPARE(said, QStringLiteral("Searching…"));
        QTRY_COMPARE(page->state()->heading(), QStringLiteral("No models yet."));
    }

    void detailsAreOfTheChosenModelOnly()
    {
        const fs::path whole = m_home->folder / "models/whole";
        fs::copy(test::golden("runs/falcon-7b/model"), whole, fs::copy_options::recursive);
        writeFile(whole / "chat_template.jinja", "{{ messages }}");
        Services services = m_home->services();
        services.findModels = [whole](const std::vector<fs::path>&) {
            const QString gone = QStringLiteral("/gone/model");
            return std::vector<ModelEntry>{
                {QStringLiteral("a"), QString::fromStdString(whole.string()), QStringLiteral("falcon"), {}, {}},
                {QStringLiteral("b"), gone, QStringLiteral("falcon"), {}, {}}};
        };
        m_window = std::make_unique<MainWindow>(std::move(services), *m_theme);
        m_window->show();
        m_window->show(PageId::model);
        auto* page = m_window->page<ModelPage>(PageId::model);
        QTRY_COMPARE(page->table()->model()->rowCount(), 2);
        const auto* files = page->findChild<QLabel*>(QStringLiteral("files"));
        const auto* words = page->findChild<QPlainTextEdit*>(QStringLiteral("chatTemplate"));
        const auto choose = [&](int row) { page->table()->setCurrentIndex(page->table()->model()->index(row, 0)); };
        choose(0);
        QTRY_VERIFY(files->text().contains(QLatin1String("model.safetensors")));
        QCOMPARE(words->toPlainText(), QStringLiteral("{{ messages }}"));
        // An edit elsewhere neither reads it again nor chooses another.
        QSignalSpy changed(words->document(), &QTextDocument::contentsChanged);
        QVERIFY(workspace().draft().set("lora.rank", "3", QStringLiteral("Rank")).empty());
        QTest::qWait(50);
        QCOMPARE(page->table()->currentIndex().row(), 0);
        QCOMPARE(changed.size(), 0);
        choose(1);
        QTRY_VERIFY(files->text().isEmpty());
        QVERIFY(words->toPlainText().isEmpty());
    }

    void foldersForModelsAreRemembered()
    {
        m_window->show(PageId::model);
        auto* page = m_window->page<ModelPage>(PageId::model);
        QTest::mouseClick(button(page, "addFolder"), Qt::LeftButton);
        auto* dialog = page->findChild<QFileDialog*>();
        QVERIFY(dialog);
        QSignalSpy found(workspace().finder(), &ModelFinder::found);
        Q_EMIT dialog->fileSelected(QStringLiteral("/some/models"));
        dialog->reject();
        QTRY_VERIFY(found.size() >= 1);
        QCOMPARE(workspace().settings().modelFolders(), QStringList{QStringLiteral("/some/models")});
        QVERIFY(button(page, "removeFolder")->isVisible());
    }

    void fitGoesByTheWeights()
    {
        const qint64 gib = qint64(1) << 30;
        QCOMPARE(modelFit(0, 8 * gib), ModelFit::unknown);
        QCOMPARE(modelFit(7'000'000'000, 0), ModelFit::unknown);
        QCOMPARE(modelFit(135'000'000, 8 * gib), ModelFit::whole);
        QCOMPARE(modelFit(7'000'000'000, 8 * gib), ModelFit::quantized);
        QCOMPARE(modelFit(40'000'000'000, 8 * gib), ModelFit::tooLarge);
    }

    void settingsAreInForceAndRemembered()
    {
        m_window->show(PageId::settings);
        auto* page = m_window->page<SettingsPage>(PageId::settings);
        auto* theme = page->findChild<QComboBox*>(QStringLiteral("theme"));
        theme->setCurrentIndex(2);
        Q_EMIT theme->activated(2);
        QCOMPARE(schemeOf(QApplication::palette()), Scheme::dark);
        theme->setCurrentIndex(1);
        Q_EMIT theme->activated(1);
        QCOMPARE(schemeOf(QApplication::palette()), Scheme::light);
        auto* rank = page->findChild<QComboBox*>(QStringLiteral("default:lora.rank"));
        const auto* fault = page->findChild<FaultLabel*>(QStringLiteral("fault:lora.rank"));
        QVERIFY(fault && !fault->isVisible());
        rank->setEditText(QStringLiteral("many"));
        Q_EMIT rank->lineEdit()->editingFinished();
        QCOMPARE(rank->currentText(), QStringLiteral("many")); // it stays to be corrected
        QVERIFY(fault->isVisible());
        QVERIFY2(fault->fault().contains(QLatin1String("16 stays in force")), qPrintable(fault->fault()));
        QVERIFY(workspace().settings().recipeDefaults().isEmpty());
        rank->setEditText(QStringLiteral("8"));
        Q_EMIT rank->lineEdit()->editingFinished();
        QVERIFY(!fault->isVisible());
        QTest::mouseClick(page->findChild<QCheckBox*>(QStringLiteral("notifications")), Qt::LeftButton);
        page->findChild<QSpinBox*>(QStringLiteral("threads"))->setValue(3);
        auto* runs = page->findChild<QLineEdit*>(QStringLiteral("runsFolder"));
        runs->setText(QStringLiteral("not/whole"));
        Q_EMIT runs->editingFinished();
        QCOMPARE(workspace().runsFolder(), m_home->folder / "runs");
        runs->setText(QStringLiteral("/my/runs"));
        Q_EMIT runs->editingFinished();
        QCOMPARE(workspace().runsFolder(), fs::path("/my/runs"));
        m_window.reset();
        open();
        QCOMPARE(workspace().draft().recipe().lora.rank, 8);
        QVERIFY(!workspace().settings().notifications());
        QCOMPARE(workspace().settings().threads(), 3);
        QCOMPARE(workspace().settings().theme(), Theme::Choice::light);
    }

    void aFolderThatAnotherPageChoseStays()
    {
        m_window->show(PageId::settings);
        auto* page = m_window->page<SettingsPage>(PageId::settings);
        auto* field = page->findChild<QLineEdit*>(QStringLiteral("dataFolder"));
        workspace().settings().setDataFolder(QStringLiteral("/some/rows"));
        QCOMPARE(field->text(), QStringLiteral("/some/rows"));
        field->setFocus();
        page->findChild<QComboBox*>(QStringLiteral("theme"))->setFocus(); // the field is left as it was
        QCOMPARE(workspace().settings().dataFolder(), QStringLiteral("/some/rows"));
        field->setText(QStringLiteral("/typed"));
        workspace().settings().setDataFolder(QStringLiteral("/other/rows"));
        QCOMPARE(field->text(), QStringLiteral("/typed")); // what is being typed is not taken away
        Q_EMIT field->editingFinished();
        QCOMPARE(workspace().settings().dataFolder(), QStringLiteral("/typed"));
    }

    void theQueueIsOneClickAway()
    {
        workspace().queue().add(m_home->recipe(), QStringLiteral("later"));
        m_window->show(PageId::home);
        QPushButton* open = nullptr;
        for (QPushButton* each : home()->findChildren<QPushButton*>())
            if (each->text() == QLatin1String("Open the &queue"))
                open = each;
        QVERIFY(open && open->isVisible());
        QTest::mouseClick(open, Qt::LeftButton);
        QCOMPARE(m_window->currentPage(), PageId::runs);
        QVERIFY(m_window->page<RunsPage>(PageId::runs)->queue()->isVisible());
    }

    void offlineRefusesWhatSends()
    {
        LoadedRecipe recipe = m_home->recipe();
        recipe.recipe.logging.wandb = "online";
        workspace().draft().replace(recipe, QStringLiteral("test"));
        QVERIFY(workspace().draft().readiness().ready());
        workspace().settings().setOffline(true);
        QVERIFY(workspace().draft().readiness().find("logging.wandb"));
        QVERIFY(workspace().draft().set("logging.wandb", "offline", QStringLiteral("W&B")).empty());
        QVERIFY(workspace().draft().readiness().ready());
    }

    void closingDuringARunAsks()
    {
        m_home->script->endOnStop = false;
        workspace().draft().replace(m_home->recipe(), QStringLiteral("test"));
        workspace().startDraft();
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        QVERIFY(!m_window->close());
        auto* box = m_window->findChild<QMessageBox*>(QStringLiteral("closeBox"));
        QVERIFY(box);
        box->reject();
        QCOMPARE(m_home->script->stops, 0);
        QTRY_VERIFY(!m_window->findChild<QMessageBox*>());
        QVERIFY(!m_window->close());
        box = m_window->findChild<QMessageBox*>(QStringLiteral("closeBox"));
        QTest::mouseClick(button(box, "pauseAndClose"), Qt::LeftButton);
        QCOMPARE(m_home->script->stops, 1);
        QVERIFY(!m_window->close());
        QTest::qWait(250);
        QVERIFY(m_window->isVisible());
        m_home->script->push(RunEnded{SessionState::stopped, {}, 130, {}, {}, {}, {}, {}});
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(!m_window->isVisible());
        QVERIFY(!m_home->script->joinedTooEarly);
    }

    void theRailMarksOverfitting()
    {
        workspace().draft().replace(m_home->recipe(), QStringLiteral("test"));
        workspace().startDraft();
        SentinelReport report;
        report.verdict.state = SentinelState::overfitting;
        report.verdict.bestStep = 3;
        m_home->script->push(report);
        const QToolButton* train = m_window->findChild<Rail*>()->button(PageId::train);
        QTRY_VERIFY(train->toolTip().contains(QLatin1String("Overfitting")));
        workspace().run().stop();
        QTRY_VERIFY(!workspace().run().isRunning());
    }

    void panesAndShortcutsByKeyboard()
    {
        m_window->show(PageId::settings);
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        const QWidget* first = QApplication::focusWidget();
        QVERIFY(first && m_window->page<SettingsPage>(PageId::settings)->isAncestorOf(first));
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        QVERIFY(QApplication::focusWidget() != first);
        QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), first);
    }
};

QTEST_MAIN(TestHomePage)
#include "tst_home_page.moc"
