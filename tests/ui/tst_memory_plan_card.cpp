// SPDX-License-Identifier: GPL-3.0-or-later
// The memory plan as the draft is edited: newest request wins, figures, verdicts, suggestions.
#include "tests/ui/plan_fixture.h"
#include "ui/pages/memory_plan_card.h"
#include "ui/pages/memory_plan_parts.h"
#include "ui/session/run_planner.h"
#include "ui/session/workspace.h"
#include "ui/text/memory_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/memory_bar.h"
#include "ui/widgets/pill.h"

#include <QHelpEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <QToolTip>

using namespace falconer;
using namespace falconer::ui;
using namespace falconer::test;

class TestMemoryPlanCard : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_home;
    std::shared_ptr<PlanScript> m_script;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MemoryPlanCard> m_card;

    RecipeDraft& draft() { return m_workspace->draft(); }
    RunPlanner& planner() { return m_workspace->planner(); }
    Pill* pill() { return m_card->findChild<Pill*>(); }

    void open()
    {
        m_card.reset();
        m_workspace = std::make_unique<Workspace>(planServices(*m_home, m_script));
        m_card = std::make_unique<MemoryPlanCard>(*m_workspace);
        m_card->resize(620, 500);
        m_card->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_card.get()));
    }

    LoadedRecipe recipe()
    {
        LoadedRecipe loaded = m_home->recipe();
        loaded.recipe.training.microBatch = 8;
        loaded.recipe.training.gradientAccumulation = 1;
        return loaded;
    }

    void plan()
    {
        draft().replace(recipe(), QStringLiteral("test"));
        QTRY_VERIFY(planner().forecast() && !planner().isMeasuring());
    }

    bool says(const QString& text)
    {
        for (const auto* label : m_card->findChildren<QLabel*>())
            if (label->isVisible() && label->text().contains(text))
                return true;
        return false;
    }

    QPushButton* applyButton(const QString& change)
    {
        for (auto* button : m_card->findChildren<QPushButton*>())
            if (button->isVisible() && button->accessibleName().contains(change))
                return button;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(); }

    void init()
    {
        m_home = std::make_unique<PageFixture>();
        m_script = std::make_shared<PlanScript>();
        open();
    }

    void cleanup()
    {
        m_script->waiting = 0;
        m_card.reset();
        m_workspace.reset();
        m_home.reset();
    }

    void numbersAreShort()
    {
        QCOMPARE(gibNumber(0), QStringLiteral("0.00"));
        QCOMPARE(gibNumber(1), QStringLiteral("<0.01"));
        QCOMPARE(gibNumber(hundredthsOfGib(722)), QStringLiteral("7.22"));
        QCOMPARE(gibNumber(hundredthsOfGib(1640)), QStringLiteral("16.4"));
        QCOMPARE(gibNumber(hundredthsOfGib(1000) - 1), QStringLiteral("10.0"));
    }

    void showsThePlan()
    {
        QVERIFY(says(QStringLiteral("Choose a model")));
        plan();
        QCOMPARE(pill()->text(), QStringLiteral("Tight: 0.16 GiB to spare"));
        QVERIFY(says(QStringLiteral("Frozen weights, nf4")));
        QVERIFY(says(QStringLiteral("3.18")));
        QVERIFY(says(QStringLiteral("Activations, longest row × 8")));
        QVERIFY(says(QStringLiteral("CUDA runtime")));
        QVERIFY(says(QStringLiteral("Planned peak, while training")));
        QVERIFY(says(QStringLiteral("does not fit, ")));
        QTRY_VERIFY(says(QStringLiteral("weight error 8.1 %")));
        for (const char* words : {"7.40 GiB are free now", "Frozen weights, nf4: 3.18 GiB", "int8: 1", "RAM beside it"})
            QVERIFY2(m_card->summary().contains(QLatin1String(words)), words);
        QVERIFY(m_card->findChild<MemoryBar*>()->accessibleDescription().contains(QLatin1String("7.40 GiB are free")));
    }

    void partsAddUp()
    {
        plan();
        std::int64_t sum = 0;
        for (const MemoryPart& part : memoryParts(*planner().forecast(), draft().recipe()))
            sum += part.bytes;
        QCOMPARE(sum, planner().forecast()->plan.peak);
        // While loading the tables are not there yet.
        RunForecast loading = *planner().forecast();
        loading.plan.gpu.reset();
        loading.plan.ram = {};
        loading.plan.ram[MemoryClass::workspace] = 5;
        QCOMPARE(memoryParts(loading, draft().recipe())[1].bytes, 0);
    }

    void verdicts()
    {
        plan();
        RunForecast forecast = *planner().forecast();
        const auto fit = [&](std::int64_t available) {
            forecast.plan.available = available;
            forecast.plan.fits = forecast.plan.peak <= available;
            return fitVerdict(forecast).fit;
        };
        using Fit = FitVerdict::Fit;
        forecast.plan.peak = hundredthsOfGib(950);
        QCOMPARE(fit(hundredthsOfGib(1000)), Fit::fits); // exactly a twentieth
        QCOMPARE(fit(hundredthsOfGib(999)), Fit::tight);
        QCOMPARE(fit(hundredthsOfGib(950)), Fit::tight);
        QCOMPARE(fit(hundredthsOfGib(949)), Fit::tooLarge);
        forecast.plan.available = 0;
        forecast.plan.fits.reset();
        QCOMPARE(fitVerdict(forecast).fit, Fit::unknown);
        forecast.plan.available = hundredthsOfGib(2000);
        forecast.plan.fits = false;
        forecast.ramAvailable = hundredthsOfGib(100);
        QVERIFY(fitVerdict(forecast).text.contains(QLatin1String("RAM: 0.50 GiB over")));
    }

    void followsTheDraft()
    {
        plan();
        const std::int64_t before = planner().forecast()->plan.peak;
        const int plans = m_script->plans;
        QSignalSpy changed(&planner(), &RunPlanner::forecastChanged);
        for (const char* rank : {"1", "12", "128"})
            QVERIFY(draft().set("lora.rank", rank, QStringLiteral("Rank")).empty());
        QVERIFY(planner().isMeasuring());
        QTRY_VERIFY(!planner().isMeasuring());
        QVERIFY(planner().forecast()->plan.peak > before);
        QCOMPARE(m_script->plans - plans, 1); // typing is waited for
        QVERIFY(changed.count() >= 1);
        QVERIFY(pill()->text().startsWith(QLatin1String("Does not fit")));
    }

    void theNewestRequestWins()
    {
        plan();
        m_script->waiting = 1;
        const int plans = m_script->plans;
        QVERIFY(draft().set("lora.rank", "64", QStringLiteral("Rank")).empty());
        QTRY_COMPARE(m_script->plans.load(), plans + 1); // it hangs in its files
        QTRY_COMPARE(pill()->text(), QStringLiteral("Measuring memory"));
        QVERIFY(says(QStringLiteral("Frozen weights, nf4"))); // nothing jumps meanwhile
        QVERIFY(draft().set("lora.rank", "32", QStringLiteral("Rank")).empty());
        QTRY_COMPARE(m_script->plans.load(), plans + 2); // the old one was cancelled
        m_script->waiting = 0;
        QTRY_VERIFY(!planner().isMeasuring());
        QCOMPARE(planner().forecast()->plan.peak, forecastOf(draft().recipe(), *m_script).plan.peak);
    }

    void aWindowMayCloseWhileItMeasures()
    {
        m_script->waiting = 1;
        draft().replace(recipe(), QStringLiteral("test"));
        QTRY_COMPARE(m_script->plans.load(), 1);
        m_card.reset();
        m_workspace.reset(); // cancels, and does not wait
        QVERIFY(QThreadPool::globalInstance()->waitForDone(5000));
        m_script->waiting = 0;
    }

    void applyIsUndoable()
    {
        plan();
        auto* apply = applyButton(QStringLiteral("Micro-batch 4"));
        QVERIFY(apply);
        QVERIFY(apply->toolTip().contains(QLatin1String("same batch of 8")));
        QTest::mouseClick(apply, Qt::LeftButton);
        QCOMPARE(draft().recipe().training.microBatch, 4);
        QCOMPARE(draft().recipe().training.gradientAccumulation, 2);
        QVERIFY(draft().isChanged("training.micro_batch"));
        QTRY_VERIFY(applyButton(QStringLiteral("Micro-batch 2")));
        draft().undoStack()->undo();
        QCOMPARE(draft().recipe().training.microBatch, 8);
        QCOMPARE(draft().recipe().training.gradientAccumulation, 1);
    }

    void applyKeepsWhatWasTypedSince()
    {
        plan();
        auto* apply = applyButton(QStringLiteral("Checkpointing"));
        QVERIFY(apply);
        QVERIFY(draft().set("lora.rank", "4", QStringLiteral("Rank")).empty());
        apply->setFocus();
        QTest::keyClick(apply, Qt::Key_Space);
        QCOMPARE(draft().recipe().training.gradientCheckpointing, std::string("selective"));
        QCOMPARE(draft().recipe().lora.rank, 4);
    }

    void problemsAreOneSentence()
    {
        LoadedRecipe missing = recipe();
        missing.recipe.model = "missing";
        draft().replace(missing, QStringLiteral("test"));
        QTRY_VERIFY(says(QStringLiteral("Memory cannot be planned yet. missing: there is no such model")));
        QVERIFY(!m_card->findChild<MemoryBar*>()->isVisible());
        QVERIFY(m_card->summary().contains(QLatin1String("no such model")));
        plan();
        QVERIFY(m_card->findChild<MemoryBar*>()->isVisible());
        draft().replace({}, QStringLiteral("empty"));
        QTRY_VERIFY(says(QStringLiteral("Choose a model")));
    }

    void unknownRowsAreSaid()
    {
        m_script->rowsKnown = false;
        plan();
        QVERIFY(says(QStringLiteral("Rows are taken to be as long as max_length allows. rows.jsonl")));
        QVERIFY(says(QStringLiteral("Activations, rows of max_length × 8")));
    }

    void unknownMemoryIsNoVerdict()
    {
        m_script->available = 0;
        plan();
        QCOMPARE(pill()->text(), QStringLiteral("Free memory is not known"));
        QVERIFY(!says(QStringLiteral("does not fit")));
    }

    void withoutServicesNothingBreaks()
    {
        m_card.reset();
        m_workspace = std::make_unique<Workspace>(m_home->services());
        m_card = std::make_unique<MemoryPlanCard>(*m_workspace);
        m_card->show();
        draft().replace(recipe(), QStringLiteral("test"));
        QTest::qWait(300);
        QVERIFY(says(QStringLiteral("Memory cannot be planned here")));
        QVERIFY(!planner().isMeasuring());
    }

    void theBarAnswersToTheMouse()
    {
        plan();
        auto* bar = m_card->findChild<MemoryBar*>();
        QHelpEvent help(QEvent::ToolTip, QPoint(10, 8), bar->mapToGlobal(QPoint(10, 8)));
        QCoreApplication::sendEvent(bar, &help);
        QVERIFY(QToolTip::text().contains(QLatin1String("Frozen weights")));
        for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
            bar->setLayoutDirection(direction);
            QVERIFY(!bar->grab().isNull());
        }
    }

    void screenshot()
    {
        const QString folder = qEnvironmentVariable("FALCONER_SCREENSHOTS");
        if (folder.isEmpty())
            return;
        for (const auto choice : {Theme::Choice::light, Theme::Choice::dark})
            for (const int width : {620, 380}) {
                m_theme->setChoice(choice);
                open();
                m_card->resize(width, 500);
                plan();
                QTRY_VERIFY(says(QStringLiteral("weight error")));
                m_card->resize(width, m_card->heightForWidth(width));
                QTest::qWait(100);
                QVERIFY(m_card->grab().save(
                    QStringLiteral("%1/memory-%2-%3.png")
                        .arg(folder)
                        .arg(width)
                        .arg(choice == Theme::Choice::light ? QLatin1String("light") : QLatin1String("dark"))));
            }
        m_theme->setChoice(Theme::Choice::light);
    }
};

QTEST_MAIN(TestMemoryPlanCard)
#include "tst_memory_plan_card.moc"
