// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/page_fixture.h"
#include "ui/charts/loss_chart.h"
#include "ui/main_window.h"
#include "ui/models/metrics_model.h"
#include "ui/pages/readiness_card.h"
#include "ui/pages/run_monitor.h"
#include "ui/pages/train_page.h"
#include "ui/theme/palette.h"
#include "ui/widgets/strip.h"

#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::PageFixture;

class TestMainWindow : public QObject {
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

    std::filesystem::path write(const char* name, const std::string& text) const
    {
        const auto file = m_home->folder / name;
        writeFile(file, text);
        return file;
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(); }

    void init()
    {
        m_home = std::make_unique<PageFixture>();
        m_window = std::make_unique<MainWindow>(m_home->services(), *m_theme);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_home.reset();
    }

    void keysStartAndStop()
    {
        m_window->trainPage()->setRecipe(m_home->recipe());
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_home->script->starts, 1);
        QVERIFY(!action(QStringLiteral("Start training"))->isEnabled());
        QTest::keyClick(m_window.get(), Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(m_home->script->stops, 1);
        QTRY_VERIFY(!m_window->trainPage()->bridge()->isRunning());
        QVERIFY(action(QStringLiteral("Start training"))->isEnabled());
        QVERIFY(!action(QStringLiteral("Stop"))->isEnabled());
    }

    void startKeyDoesNothingWhenNotReady()
    {
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(m_home->script->starts, 0);
    }

    void closingDuringARunStopsSavesAndThenCloses()
    {
        m_home->script->endOnStop = false;
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        m_window->trainPage()->setRecipe(m_home->recipe());
        m_window->trainPage()->start();
        QVERIFY(!m_window->close());
        QVERIFY(m_window->isVisible());
        QCOMPARE(m_home->script->stops, 1);
        QVERIFY(!m_window->trainPage()->isEnabled());
        QVERIFY(!m_window->close());
        QCOMPARE(m_home->script->stops, 1);
        QTest::qWait(250);
        QVERIFY(m_window->isVisible());
        m_home->script->push(RunEnded{SessionState::stopped, {}, 130, {}, {}, {}, {}, {}});
        QTRY_COMPARE(closed.size(), 1);
        QVERIFY(!m_window->isVisible());
        QVERIFY(!m_home->script->joinedTooEarly);
    }

    void closingAnIdleWindowCloses()
    {
        QSignalSpy closed(m_window.get(), &MainWindow::closed);
        QVERIFY(m_window->close());
        QCOMPARE(closed.size(), 1);
    }

    void opensAndSavesRecipes()
    {
        const auto file = write("run.yaml", "model: models/tiny\ndata: {train: rows.jsonl}\nlora: {rank: 4}\n");
        const QString name = QString::fromStdString(file.string());
        QVERIFY(m_window->openRecipe(name, {"training.epochs=5"}).empty());
        Recipe recipe = m_window->trainPage()->recipe().recipe;
        QCOMPARE(recipe.lora.rank, 4);
        QCOMPARE(recipe.training.epochs, 5.0);
        QVERIFY2(
            m_window->trainPage()->readiness().ready(), qPrintable(m_window->trainPage()->readinessCard()->summary()));

        const QString copy = QString::fromStdString((m_home->folder / "copy.yaml").string());
        QVERIFY(m_window->saveRecipe(copy).empty());
        QVERIFY(m_window->openRecipe(copy).empty());
        QCOMPARE(m_window->trainPage()->recipe().recipe.training.epochs, 5.0);
        QVERIFY(m_window->trainPage()->readiness().ready());
    }

    void aBadRecipeIsSaidOnThePageAndChangesNothing()
    {
        m_window->trainPage()->setRecipe(m_home->recipe());
        const auto file = write("bad.yaml", "model: m\ndata: {train: rows.jsonl}\nlora: {rnak: 4}\n");
        const auto faults = m_window->openRecipe(QString::fromStdString(file.string()));
        QCOMPARE(faults.size(), std::size_t(1));
        const Strip* strip = m_window->trainPage()->monitor()->strip();
        QVERIFY(strip->isVisible());
        QVERIFY2(strip->text().contains(QLatin1String("rank")), qPrintable(strip->text()));
        QCOMPARE(m_window->trainPage()->recipe().recipe.model, m_home->model().toStdString());
        QVERIFY(!m_window->saveRecipe(QStringLiteral("/nowhere/at/all.yaml")).empty());
    }

    void dialogsDoNotBlock()
    {
        action(QStringLiteral("Open recipe…"))->trigger();
        auto* dialog = m_window->findChild<QFileDialog*>();
        QVERIFY(dialog);
        dialog->reject();
        QTRY_VERIFY(!m_window->findChild<QFileDialog*>());
        action(QStringLiteral("Save recipe as…"))->trigger();
        dialog = m_window->findChild<QFileDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->acceptMode(), QFileDialog::AcceptSave);
        dialog->reject();
    }

    void themeChangesAndIsRemembered()
    {
        action(QStringLiteral("Dark"))->trigger();
        QCOMPARE(schemeOf(QApplication::palette()), Scheme::dark);
        QCOMPARE(MainWindow::savedTheme(), Theme::Choice::dark);
        QCOMPARE(m_window->grab().toImage().pixelColor(3, m_window->height() / 2), color(Token::window, Scheme::dark));
        QWidget* chart = m_window->findChild<LossChart*>();
        QCOMPARE(chart->grab().toImage().pixelColor(2, chart->height() - 2), color(Token::surface, Scheme::dark));
        action(QStringLiteral("Light"))->trigger();
        QCOMPARE(chart->grab().toImage().pixelColor(2, chart->height() - 2), color(Token::surface, Scheme::light));
        QCOMPARE(schemeOf(QApplication::palette()), Scheme::light);
        QCOMPARE(MainWindow::savedTheme(), Theme::Choice::light);
    }

    void menuLettersAreUnique()
    {
        QSet<QChar> letters;
        for (const QAction* menu : m_window->menuBar()->actions()) {
            const qsizetype at = menu->text().indexOf(QLatin1Char('&'));
            QVERIFY(at >= 0);
            const QChar letter = menu->text().at(at + 1).toUpper();
            QVERIFY(!letters.contains(letter));
            letters << letter;
        }
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
