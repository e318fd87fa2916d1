// SPDX-License-Identifier: GPL-3.0-or-later
// The frame around the pages: rail, keys, menus, layout, and what it shares with them.
#include "tests/ui/page_fixture.h"
#include "ui/main_window.h"
#include "ui/pages/recipe_page.h"
#include "ui/theme/palette.h"
#include "ui/widgets/rail.h"

#include <QAction>
#include <QFileDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>
#include <QToolButton>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::PageFixture;

class TestShell : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_home;
    std::unique_ptr<MainWindow> m_window;

    QAction* action(const QString& text) const
    {
        for (QAction* each : m_window->findChildren<QAction*>())
            if (each->text().remove(QLatin1Char('&')) == text)
                return each;
        return nullptr;
    }

    void open()
    {
        m_window = std::make_unique<MainWindow>(m_home->services(), *m_theme);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
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

    void keysAndRailShowPages()
    {
        QCOMPARE(m_window->currentPage(), PageId::home);
        QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), PageId::recipe);
        QVERIFY(m_window->page<RecipePage>(PageId::recipe)->isVisible());
        QVERIFY(m_window->windowTitle().contains(QLatin1String("Recipe")));
        auto* rail = m_window->findChild<Rail*>();
        QVERIFY(rail->button(PageId::recipe)->isChecked());
        QTest::mouseClick(rail->button(PageId::runs), Qt::LeftButton);
        QCOMPARE(m_window->currentPage(), PageId::runs);
        QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(m_window->currentPage(), PageId::settings);
    }

    void theRailIsNarrowInANarrowWindow()
    {
        auto* rail = m_window->findChild<Rail*>();
        m_window->resize(1440, 900);
        QTRY_VERIFY(!rail->isNarrow());
        m_window->resize(1024, 700);
        QTRY_VERIFY(rail->isNarrow());
        QVERIFY(rail->button(PageId::data)->toolTip().contains(QLatin1String("Data")));
        QCOMPARE(m_window->size(), QSize(1024, 700));
    }

    void startGoesToTheTrainPage()
    {
        m_window->workspace().draft().replace(m_home->recipe(), QStringLiteral("test"));
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_home->script->starts, 1);
        QCOMPARE(m_window->currentPage(), PageId::train);
        QVERIFY(!action(QStringLiteral("Start training"))->isEnabled());
        QTest::keyClick(m_window.get(), Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(m_home->script->pauses, 1);
        QTRY_VERIFY(m_window->workspace().run().isPaused());
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_home->script->unpauses, 1);
        QTRY_VERIFY(!m_window->workspace().run().isPaused());
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        QCOMPARE(m_home->script->saves, 1);
        m_window->workspace().run().stop();
        QTRY_VERIFY(!m_window->workspace().run().isRunning());
        QVERIFY(action(QStringLiteral("Start training"))->isEnabled());
    }

    void undoAndRedoReachTheDraft()
    {
        RecipeDraft& draft = m_window->workspace().draft();
        draft.replace(m_home->recipe(), QStringLiteral("test"));
        QVERIFY(draft.set("lora.rank", "4", QStringLiteral("Rank")).empty());
        QVERIFY(draft.set("lora.rank", "48", QStringLiteral("Rank")).empty());
        QCOMPARE(draft.changedKeys(), std::vector<std::string>{"lora.rank"});
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(draft.recipe().lora.rank, Recipe{}.lora.rank);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(draft.recipe().lora.rank, 48);
        draft.reset("lora.rank");
        QVERIFY(!draft.isChanged("lora.rank"));
    }

    void aValueOfTheWrongKindChangesNothing()
    {
        RecipeDraft& draft = m_window->workspace().draft();
        QCOMPARE(draft.set("lora.rank", "many", QStringLiteral("Rank")).size(), std::size_t(1));
        QCOMPARE(draft.set("lora.rank", "{", QStringLiteral("Rank")).size(), std::size_t(1));
        QCOMPARE(draft.set("lora.rnak", "4", QStringLiteral("Rank")).size(), std::size_t(1));
        QCOMPARE(draft.recipe(), Recipe{});
        QCOMPARE(draft.undoStack()->count(), 0);
        // Out of range is a value all the same: it stays in its field, with its fault beside it.
        QVERIFY(draft.set("lora.rank", "-1", QStringLiteral("Rank")).empty());
        QVERIFY(draft.readiness().find("lora.rank"));
    }

    void opensAndSavesRecipes()
    {
        Workspace& workspace = m_window->workspace();
        const auto file = m_home->folder / "run.yaml";
        writeFile(file, "model: models/tiny\ndata: {train: rows.jsonl}\nlora: {rank: 4}\n");
        QVERIFY(workspace.openRecipe(QString::fromStdString(file.string()), {"training.epochs=5"}).empty());
        QCOMPARE(m_window->currentPage(), PageId::recipe);
        QCOMPARE(workspace.draft().recipe().lora.rank, 4);
        QCOMPARE(workspace.draft().recipe().training.epochs, 5.0);
        const QString copy = QString::fromStdString((m_home->folder / "copy.yaml").string());
        QVERIFY(workspace.saveRecipe(copy).empty());
        writeFile(file, "model: m\ndata: {train: rows.jsonl}\nlora: {rnak: 4}\n");
        QCOMPARE(workspace.openRecipe(QString::fromStdString(file.string())).size(), std::size_t(1));
        QCOMPARE(workspace.draft().recipe().lora.rank, 4);
        QVERIFY(!workspace.saveRecipe(QStringLiteral("/nowhere/at/all.yaml")).empty());
        QCOMPARE(workspace.recent().items().size(), std::size_t(2));
        QCOMPARE(workspace.recent().items().front().path, copy);
    }

    void dialogsDoNotBlock()
    {
        for (const char* name : {"Open recipe…", "Save recipe as…", "Model folder…", "GGUF file…", "Open data…"}) {
            action(QString::fromUtf8(name))->trigger();
            auto* dialog = m_window->findChild<QFileDialog*>();
            QVERIFY2(dialog, name);
            dialog->reject();
            QTRY_VERIFY(!m_window->findChild<QFileDialog*>());
        }
    }

    void pageAndSizeAreRemembered()
    {
        m_window->show(PageId::runs);
        m_window->resize(1100, 720);
        QVERIFY(m_window->close());
        open();
        QCOMPARE(m_window->currentPage(), PageId::runs);
        QCOMPARE(m_window->size(), QSize(1100, 720));
    }

    void theDraftSurvivesTheWindow()
    {
        RecipeDraft& draft = m_window->workspace().draft();
        draft.replace(m_home->recipe(), QStringLiteral("test"));
        QVERIFY(draft.set("lora.rank", "48", QStringLiteral("Rank")).empty());
        QVERIFY(draft.set("training.epochs", "-1", QStringLiteral("Epochs")).empty()); // half-edited
        const LoadedRecipe before = draft.loaded();
        m_window.reset();
        open();
        RecipeDraft& after = m_window->workspace().draft();
        QCOMPARE(after.recipe(), before.recipe);
        QVERIFY(after.loaded().keysSet == before.keysSet);
        QCOMPARE(after.title(), QStringLiteral("test"));
        QCOMPARE(after.changedKeys(), (std::vector<std::string>{"lora.rank", "training.epochs"}));
        // The starter does not take its place.
        m_window->show(PageId::recipe);
        QCOMPARE(after.recipe(), before.recipe);
        m_window->workspace().newRecipe();
        after.undoStack()->clear();
        m_window.reset();
        open();
        QVERIFY(m_window->workspace().draft().isUntouched());
    }

    void ctrlReturnLeadsToWhatIsMissing()
    {
        LoadedRecipe recipe = m_home->recipe();
        recipe.recipe.model.clear();
        m_window->workspace().draft().replace(recipe, QStringLiteral("test"));
        QCOMPARE(m_window->currentPage(), PageId::home);
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_home->script->starts, 0);
        QCOMPARE(m_window->currentPage(), PageId::recipe);
        QVERIFY(!m_window->statusBar()->currentMessage().isEmpty());
    }

    void ctrlReturnResumesWhatTheTrainPageShows()
    {
        Workspace& workspace = m_window->workspace();
        workspace.draft().replace(m_home->recipe(), QStringLiteral("test"));
        workspace.startDraft();
        RunStarted begun;
        begun.folder = m_home->folder / "runs/x";
        m_home->script->push(begun);
        m_home->script->push(CheckpointSaved{4, begun.folder / "checkpoints/checkpoint-4"});
        m_home->script->push(RunEnded{SessionState::stopped, {}, 130, {}, {}, {}, {}, {}});
        QTRY_VERIFY(!workspace.run().isRunning());
        QVERIFY(workspace.run().isResumable());
        QCOMPARE(action(QStringLiteral("Resume training")) != nullptr, true);
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_home->script->resumed);
        QCOMPARE(m_home->script->folder, begun.folder);
        workspace.run().stop();
        QTRY_VERIFY(!workspace.run().isRunning());
    }

    void aRunThatEndsAnswersTheQuestion()
    {
        Workspace& workspace = m_window->workspace();
        workspace.draft().replace(m_home->recipe(), QStringLiteral("test"));
        workspace.startDraft();
        QVERIFY(!m_window->close());
        QVERIFY(m_window->findChild<QMessageBox*>(QStringLiteral("closeBox")));
        m_home->script->push(RunEnded{SessionState::finished, {}, 0, {}, {}, {}, {}, {}});
        QTRY_VERIFY(!workspace.run().isRunning());
        QTRY_VERIFY(!m_window->findChild<QMessageBox*>(QStringLiteral("closeBox")));
        QVERIFY(m_window->isVisible());
        QVERIFY(m_window->centralWidget()->isEnabled());
        QVERIFY(m_window->close());
    }

    void whatCannotBeSavedKeepsTheWindowOpen()
    {
        m_home->script->endOnStop = false;
        Workspace& workspace = m_window->workspace();
        workspace.draft().replace(m_home->recipe(), QStringLiteral("test"));
        workspace.startDraft();
        m_window->pauseAndClose();
        QCOMPARE(m_home->script->suspends, 1);
        QVERIFY(!m_window->centralWidget()->isEnabled());
        RunEnded end;
        end.state = SessionState::failed;
        end.faults = {{ErrorCode::diskFull, "runs/x", "the state could not be saved", "make room there"}};
        end.exitCode = 1;
        m_home->script->push(end);
        QTRY_VERIFY(!workspace.run().isRunning());
        QTest::qWait(50);
        QVERIFY(m_window->isVisible());
        QVERIFY(m_window->centralWidget()->isEnabled());
        QCOMPARE(m_window->currentPage(), PageId::train);
    }

    void menuLettersAreUnique()
    {
        const auto check = [](const QList<QAction*>& actions) {
            QSet<QChar> letters;
            for (const QAction* each : actions) {
                const qsizetype at = each->text().indexOf(QLatin1Char('&'));
                if (at < 0)
                    continue;
                const QChar letter = each->text().at(at + 1).toUpper();
                QVERIFY2(!letters.contains(letter), qPrintable(each->text()));
                letters << letter;
            }
        };
        check(m_window->menuBar()->actions());
        for (const QAction* menu : m_window->menuBar()->actions())
            check(menu->menu()->actions());
    }
};

QTEST_MAIN(TestShell)
#include "tst_shell.moc"
