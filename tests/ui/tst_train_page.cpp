// SPDX-License-Identifier: GPL-3.0-or-later
// The page of the live run, driven by a scripted session.
#include "tests/ui/page_fixture.h"
#include "ui/charts/loss_panel.h"
#include "ui/models/checkpoints_model.h"
#include "ui/models/log_filter.h"
#include "ui/models/log_model.h"
#include "ui/models/metrics_model.h"
#include "ui/models/samples_model.h"
#include "ui/pages/train_details.h"
#include "ui/pages/train_page.h"
#include "ui/pages/train_verdict.h"
#include "ui/session/notifier.h"
#include "ui/session/workspace.h"
#include "ui/theme/palette.h"
#include "ui/widgets/metric_tile.h"
#include "ui/widgets/segments.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::PageFixture;
namespace fs = std::filesystem;

class TestTrainPage : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_home;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<TrainPage> m_page;

    test::SessionScript& script() const { return *m_home->script; }
    RunController& run() const { return m_workspace->run(); }
    MetricTile* tile(const char* name) const { return m_page->findChild<MetricTile*>(QString::fromLatin1(name)); }
    QTableView* table(const char* name) const { return m_page->findChild<QTableView*>(QString::fromLatin1(name)); }
    bool says(const QRegularExpression& text) const
    {
        for (const QLabel* label : m_page->findChildren<QLabel*>())
            if (label->isVisible() && text.match(label->text()).hasMatch())
                return true;
        return false;
    }

    RunStarted started(int total) const
    {
        RunStarted begun;
        begun.folder = m_home->folder / "runs/x";
        begun.totalSteps = total;
        begun.evalEvery = 10;
        begun.saveEvery = 20;
        begun.plannedPeak = std::int64_t{6} << 30;
        begun.device = "cpu (avx2, 2 threads)";
        return begun;
    }

    /// Sends a run of `steps` through the page, with an evaluation at every tenth.
    void startRun(int steps, int total, const LoadedRecipe& recipe)
    {
        std::vector<SessionEvent> events{
            StateChanged{SessionState::preparing}, started(total), StateChanged{SessionState::training}};
        events.push_back(EvalDone{test::eval(0, 3.0), true});
        for (int i = 1; i <= steps; ++i) {
            events.push_back(StepDone{test::step(i, 3.0 - 0.01 * i, total)});
            if (i % 10 == 0)
                events.push_back(EvalDone{test::eval(i, 3.0 - 0.008 * i), true});
        }
        script().push(std::move(events));
        m_workspace->draft().replace(recipe, QStringLiteral("test"));
        m_workspace->startDraft();
        QTRY_VERIFY(run().metrics()->lastStep() && run().metrics()->lastStep()->step == steps);
    }
    void startRun(int steps, int total) { startRun(steps, total, m_home->recipe()); }

    RunEnded finished() const
    {
        RunEnded end;
        end.adapter = m_home->folder / "adapter";
        end.start = test::eval(0, 3.0);
        end.best = test::eval(20, 2.84);
        end.proof = AdapterProof{true, 2.84, 2.84};
        return end;
    }

    SentinelReport report(SentinelState state, std::int64_t step) const
    {
        SentinelReport made;
        made.verdict.state = state;
        made.verdict.bestStep = 20;
        made.verdict.bestLoss = 2.84;
        made.verdict.evidence.evaluations = 5;
        made.verdict.evidence.lastStep = step;
        made.verdict.evidence.lastLoss = 2.96;
        made.verdict.evidence.rise = 0.042;
        made.verdict.evidence.evalNoise = 0.03;
        made.verdict.evidence.trainChange = -0.1;
        made.verdict.evidence.evaluationsAbove = state == SentinelState::fine ? 0 : 3;
        made.alert = state == SentinelState::overfitting;
        return made;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>();
        m_theme->setChoice(Theme::Choice::light);
    }

    void init()
    {
        m_home = std::make_unique<PageFixture>();
        fs::create_directories(m_home->folder / "runs");
        RunFolder::create(m_home->folder / "runs/x", m_home->recipe().recipe);
        m_workspace = std::make_unique<Workspace>(m_home->services());
        m_page = std::make_unique<TrainPage>(*m_workspace);
        m_page->resize(1280, 820);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }

    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        QVERIFY(!script().joinedTooEarly || script().stops > 0);
        QCOMPARE(script().alive, 0);
        m_home.reset();
    }

    void emptyItOffersAWayOn()
    {
        QVERIFY(says(QRegularExpression(QStringLiteral("Nothing is training"))));
        QVERIFY(!m_page->loss()->isVisible());
        QSignalSpy wanted(m_workspace.get(), &Workspace::pageRequested);
        for (QPushButton* button : m_page->findChildren<QPushButton*>())
            if (button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(wanted.size(), 2);
    }

    void bothCurvesGrow()
    {
        startRun(20, 100);
        std::vector<SessionEvent> more;
        for (int i = 21; i <= 40; ++i)
            more.push_back(StepDone{test::step(i, 3.0 - 0.01 * i, 100)});
        more.push_back(EvalDone{test::eval(40, 2.9), false});
        script().push(std::move(more));
        QTRY_COMPARE(run().metrics()->curves().raw.size(), std::size_t(40));
        QTRY_COMPARE(m_page->findChild<QProgressBar*>()->value(), 40);
        QCOMPARE(m_page->findChild<QProgressBar*>()->maximum(), 100);
        QCOMPARE(tile("validationTile")->value(), QStringLiteral("2.900"));
        QVERIFY(tile("validationTile")->note().contains(QLatin1String("+0.060")));
        QCOMPARE(tile("bestTile")->value(), QStringLiteral("2.840"));
        QVERIFY(tile("bestTile")->note().contains(QLatin1String("step 20")));
        QCOMPARE(tile("speedTile")->value(), QStringLiteral("431"));
        QVERIFY(tile("trainingTile")->note().contains(QLatin1String("2.600")));
        QVERIFY(tile("gapTile")->value() != QStringLiteral("–"));
        QVERIFY(tile("memoryTile")->note().contains(QLatin1String("6.0")));
        QCOMPARE(m_page->stateText(), QStringLiteral("Training"));
        QVERIFY(says(QRegularExpression(QStringLiteral("^Step 40 of 100$"))));
        QVERIFY(says(QRegularExpression(QStringLiteral("elapsed$"))));
        QVERIFY(says(QRegularExpression(QStringLiteral("^about .* left$"))));
        QVERIFY(says(QRegularExpression(QStringLiteral("next evaluation at step 50 .*next checkpoint at step 60"))));
    }

    void preparationNamesItsPhase()
    {
        m_workspace->draft().replace(m_home->recipe(), QStringLiteral("test"));
        script().push({StateChanged{SessionState::preparing}, PhaseProgress{"quantizing", 12, 32}});
        m_workspace->startDraft();
        const auto* progress = m_page->findChild<QProgressBar*>();
        QTRY_COMPARE(progress->value(), 12);
        QCOMPARE(progress->maximum(), 32);
        QVERIFY(says(QRegularExpression(QStringLiteral("^Quantizing: 12 of 32$"))));
        script().push(PhaseProgress{"probing", 0, 0});
        QTRY_COMPARE(progress->maximum(), 0); // busy
        run().stop();
        QTRY_VERIFY(!run().isRunning());
        QVERIFY2(progress->maximum() > 0, "no busy bar after the end");
    }

    void pauseSaveAndGoOn()
    {
        startRun(5, 100);
        QTest::mouseClick(m_page->saveButton(), Qt::LeftButton);
        QCOMPARE(script().saves, 1);
        QTest::mouseClick(m_page->pauseButton(), Qt::LeftButton);
        QCOMPARE(script().pauses, 1);
        QTRY_COMPARE(m_page->stateText(), QStringLiteral("Paused"));
        QVERIFY(m_page->verdict()->heading().contains(QLatin1String("step 5")));
        QVERIFY(m_page->verdict()->resumeButton()->isVisible());
        QTest::mouseClick(m_page->verdict()->resumeButton(), Qt::LeftButton);
        QCOMPARE(script().unpauses, 1);
        QTRY_COMPARE(m_page->stateText(), QStringLiteral("Training"));
        QVERIFY(m_page->pauseButton()->text().contains(QStringLiteral("Pause")));
    }

    void aFullDiskIsNoOrdinaryPause()
    {
        startRun(5, 5);
        script().push(StateChanged{SessionState::paused, PauseReason::disk});
        QTRY_VERIFY(m_page->verdict()->heading().contains(QLatin1String("disk")));
        QTest::mouseClick(m_page->verdict()->resumeButton(), Qt::LeftButton);
        QCOMPARE(script().unpauses, 1);
        script().push(finished());
        QTRY_VERIFY(!run().isRunning());
    }

    void stopSaysWhatIsKeptAndWaits()
    {
        script().endOnStop = false;
        startRun(20, 100);
        QTest::mouseClick(m_page->stopButton(), Qt::LeftButton);
        auto* box = m_page->findChild<QMessageBox*>(QStringLiteral("stopBox"));
        QVERIFY(box);
        QVERIFY2(box->informativeText().contains(QLatin1String("step 20")), qPrintable(box->informativeText()));
        QCOMPARE(script().stops, 0);
        box->reject();
        QCOMPARE(script().stops, 0);
        QTRY_VERIFY(!m_page->findChild<QMessageBox*>());
        m_page->askToStop();
        box = m_page->findChild<QMessageBox*>(QStringLiteral("stopBox"));
        QTest::mouseClick(box->findChild<QPushButton*>(QStringLiteral("stopNow")), Qt::LeftButton);
        QCOMPARE(script().stops, 1);
        QCOMPARE(m_page->stateText(), QStringLiteral("Stopping"));
        QVERIFY(!m_page->stopButton()->isEnabled());
        script().push(StateChanged{SessionState::saving});
        QTest::qWait(250);
        QVERIFY(run().isRunning());
        QCOMPARE(m_page->stateText(), QStringLiteral("Stopping"));
        RunEnded end = finished();
        end.state = SessionState::stopped;
        script().push(end);
        QTRY_COMPARE(m_page->stateText(), QStringLiteral("Stopped"));
        QVERIFY(m_page->verdict()->isVisible());
        QVERIFY(m_page->verdict()->resumeButton()->isVisible());
    }

    void theSentinelsVerdictIsAlwaysThere()
    {
        startRun(20, 100);
        QVERIFY(m_page->verdict()->isVisible());
        QVERIFY(m_page->sentinelText().isEmpty());
        script().push(report(SentinelState::fine, 20));
        QTRY_COMPARE(m_page->sentinelText(), QStringLiteral("Healthy"));
        script().push(report(SentinelState::watch, 30));
        QTRY_COMPARE(m_page->sentinelText(), QStringLiteral("Watch"));
        QVERIFY(!m_page->verdict()->keepButton()->isVisible());
        Notifier notifier(*m_workspace);
        QSignalSpy told(&notifier, &Notifier::notified);
        script().push(report(SentinelState::overfitting, 40));
        QTRY_COMPARE(m_page->sentinelText(), QStringLiteral("Overfitting"));
        QCOMPARE(told.size(), 1);
        const TrainVerdict* verdict = m_page->verdict();
        QVERIFY2(verdict->heading().contains(QLatin1String("since step 20")), qPrintable(verdict->heading()));
        QVERIFY2(verdict->text().contains(QLatin1String("From 2.840 to 2.960 (+4.2 %)")), qPrintable(verdict->text()));
        QVERIFY(verdict->text().contains(QLatin1String("4.0 times their noise")));
        QVERIFY(verdict->text().contains(QLatin1String("Training loss fell 10.0 %")));
        QVERIFY(verdict->keepButton()->text().contains(QLatin1String("step 20")));
        script().push(report(SentinelState::overfitting, 50));
        QTest::qWait(250);
        QCOMPARE(told.size(), 1); // once a run
        QCOMPARE(run().marks().size(), std::size_t(4));
        QTest::mouseClick(verdict->keepButton(), Qt::LeftButton);
        QCOMPARE(script().stops, 1);
    }

    void itIsSaidWhatTheSentinelDid()
    {
        startRun(20, 100);
        Notifier notifier(*m_workspace);
        QSignalSpy told(&notifier, &Notifier::notified);
        script().push(report(SentinelState::overfitting, 40));
        script().push(StateChanged{SessionState::paused, PauseReason::sentinel});
        QTRY_COMPARE(m_page->stateText(), QStringLiteral("Paused"));
        const TrainVerdict* verdict = m_page->verdict();
        QVERIFY2(verdict->heading().contains(QLatin1String("sentinel paused")), qPrintable(verdict->heading()));
        QVERIFY(verdict->text().contains(QLatin1String("From 2.840 to 2.960")));
        QVERIFY(verdict->keepButton()->isVisible() && verdict->resumeButton()->isVisible());
        QCOMPARE(told.size(), 2); // overfitting, and paused
        RunEnded end = finished();
        end.bySentinel = true;
        end.sentinel = report(SentinelState::overfitting, 40).verdict;
        script().push(end);
        QTRY_VERIFY(!run().isRunning());
        QVERIFY2(verdict->heading().contains(QLatin1String("sentinel ended")), qPrintable(verdict->heading()));
        QVERIFY(verdict->text().contains(QLatin1String("From 2.840 to 2.960")));
    }

    /// What a resumed run was told before is no news.
    void aResumedRunDoesNotAlarmAgain()
    {
        m_workspace->resumeRun(m_home->folder / "runs/x");
        Notifier notifier(*m_workspace);
        QSignalSpy told(&notifier, &Notifier::notified);
        RunStarted begun = started(100);
        begun.firstStep = 40;
        begun.history.evals = {test::eval(20, 2.84), test::eval(40, 2.96)};
        begun.verdicts = {report(SentinelState::fine, 20).verdict, report(SentinelState::overfitting, 40).verdict};
        script().push(begun);
        QTRY_COMPARE(m_page->sentinelText(), QStringLiteral("Overfitting"));
        QCOMPARE(run().marks().size(), std::size_t(2));
        QCOMPARE(told.size(), 0);
        QCOMPARE(run().metrics()->curves().checkpoints.size(), std::size_t(1));
        run().stop();
        QTRY_VERIFY(!run().isRunning());
        QVERIFY(run().isResumable());
    }

    void aPauseCanBeTakenBackBeforeItComes()
    {
        startRun(20, 100);
        script().batches.clear();
        run().setPaused(true);
        script().batches.clear(); // the micro-batch at hand takes its time
        QVERIFY(run().isPausing());
        QCOMPARE(m_page->stateText(), QStringLiteral("Pausing"));
        QTest::mouseClick(m_page->pauseButton(), Qt::LeftButton);
        QVERIFY(!run().isPausing());
        QCOMPARE(script().unpauses, 1);
    }

    void overfittingIsCaughtAndPaused()
    {
        startRun(20, 100);
        script().push(report(SentinelState::overfitting, 40));
        QTRY_COMPARE(m_page->sentinelText(), QStringLiteral("Overfitting"));
        QPushButton* pause = nullptr;
        for (QPushButton* each : m_page->verdict()->findChildren<QPushButton*>())
            if (each->isVisible() && each->text() == QLatin1String("Pause"))
                pause = each;
        QVERIFY(pause);
        QTest::mouseClick(pause, Qt::LeftButton);
        QTRY_COMPARE(m_page->stateText(), QStringLiteral("Paused"));
        QCOMPARE(script().pauses, 1);
        QVERIFY(m_page->verdict()->resumeButton()->isVisible());
        QTest::mouseClick(m_page->verdict()->resumeButton(), Qt::LeftButton);
        QTRY_COMPARE(m_page->stateText(), QStringLiteral("Training"));
        // The alert is back where it was, and can be put away.
        QVERIFY(m_page->verdict()->keepButton()->isVisible());
        for (QPushButton* each : m_page->verdict()->findChildren<QPushButton*>())
            if (each->isVisible() && each->text() == QLatin1String("Keep training"))
                QTest::mouseClick(each, Qt::LeftButton);
        QVERIFY(!m_page->verdict()->keepButton()->isVisible());
        QCOMPARE(script().stops, 0);
    }

    void withoutValidationItSaysHowToBeWarned()
    {
        LoadedRecipe recipe = m_home->recipe();
        recipe.recipe.sentinel.enabled = false;
        startRun(3, 100, recipe);
        QVERIFY(m_page->verdict()->text().contains(QLatin1String("sentinel.enabled")));
    }

    void aFailureIsShownInWordsAndCanBeResumed()
    {
        startRun(5, 100);
        script().push(CheckpointSaved{4, m_home->folder / "runs/x/checkpoints/checkpoint-4"});
        RunEnded end;
        end.state = SessionState::failed;
        end.exitCode = 1;
        end.faults = {{ErrorCode::numericFailure, "step 37", "the loss became NaN", "try bfloat16"}};
        script().push(end);
        QTRY_COMPARE(m_page->stateText(), QStringLiteral("Failed"));
        const TrainVerdict* verdict = m_page->verdict();
        QCOMPARE(verdict->heading(), QStringLiteral("The loss is no longer a number"));
        QVERIFY(verdict->text().contains(QLatin1String("step 37")));
        QVERIFY(verdict->text().contains(QLatin1String("bfloat16"), Qt::CaseInsensitive));
        QVERIFY(verdict->text().contains(QLatin1String("Checkpoint 4")));
        LogFilter errors;
        errors.setSourceModel(run().log());
        errors.setLeast(LogModel::Level::error);
        QVERIFY(errors.rowCount() > 0);
        QVERIFY(errors.index(0, LogModel::textColumn).data().toString().contains(QLatin1String("NaN")));
        QVERIFY(verdict->resumeButton()->isVisible());
        QTest::mouseClick(verdict->resumeButton(), Qt::LeftButton);
        QVERIFY(script().resumed);
        QVERIFY(!script().folder.empty());
        QCOMPARE(script().folder, m_home->folder / "runs/x");
        run().stop();
        QTRY_VERIFY(!run().isRunning());
    }

    void theNextRunStartsClean()
    {
        startRun(20, 20);
        script().push(finished());
        QTRY_VERIFY(!run().isRunning());
        QVERIFY(m_page->verdict()->text().contains(QLatin1String("2.840 before, 2.840 after")));
        m_workspace->startDraft();
        QVERIFY(!run().metrics()->lastStep());
        QCOMPARE(tile("bestTile")->value(), QStringLiteral("–"));
        QVERIFY(!m_page->verdict()->keepButton()->isVisible());
        run().stop();
        QTRY_VERIFY(!run().isRunning());
    }

    void samplesShowWhatChanged()
    {
        LoadedRecipe recipe = m_home->recipe();
        recipe.recipe.training.samplePrompts = {"one", "two"};
        const auto* samples = qobject_cast<SamplesModel*>(table("samples")->model());
        QAbstractItemModelTester tester(const_cast<SamplesModel*>(samples));
        startRun(20, 100, recipe);
        script().push({SampleAnswer{0, 0, "one", "before"}, SampleAnswer{0, 1, "two", "zwei"}});
        script().push({EvalDone{test::eval(30, 2.5), true}, SampleAnswer{30, 0, "one", "best\nanswer"}});
        script().push({EvalDone{test::eval(40, 2.6), false}, SampleAnswer{40, 0, "one", "later"}});
        const auto cell = [&](int row, int column) { return samples->index(row, column).data().toString(); };
        QTRY_COMPARE(cell(0, SamplesModel::newestColumn), QStringLiteral("later"));
        QCOMPARE(cell(0, SamplesModel::firstColumn), QStringLiteral("before"));
        QCOMPARE(cell(0, SamplesModel::bestColumn), QStringLiteral("best answer"));
        QCOMPARE(cell(1, SamplesModel::promptColumn), QStringLiteral("two"));
        QVERIFY(samples->headerData(SamplesModel::bestColumn, Qt::Horizontal, Qt::DisplayRole)
                    .toString()
                    .contains(QLatin1String("30")));
    }

    void answersLearnedByHeartAreTagged()
    {
        LoadedRecipe recipe = m_home->recipe();
        recipe.recipe.training.samplePrompts = {"one"};
        const auto* samples = qobject_cast<SamplesModel*>(table("samples")->model());
        startRun(20, 100, recipe);
        script().push(SampleAnswer{0, 0, "one", "before"});
        script().push(SampleAnswer{20, 0, "one", "by heart", RowPlace{"words.jsonl", 88}});
        const auto at = [&](int column, int role) { return samples->index(0, column).data(role).toString(); };
        QTRY_COMPARE(at(SamplesModel::newestColumn, Qt::DisplayRole), QStringLiteral("by heart"));
        QCOMPARE(at(SamplesModel::newestColumn, SamplesModel::TagRole), QStringLiteral("same as training row"));
        QVERIFY(at(SamplesModel::newestColumn, Qt::ToolTipRole).contains(QLatin1String("row 88 of words.jsonl")));
        QCOMPARE(at(SamplesModel::firstColumn, SamplesModel::TagRole), QString());
        QCOMPARE(at(SamplesModel::promptColumn, SamplesModel::TagRole), QString());
        // The tag is drawn: its ground is nowhere else in the table.
        QTableView* view = table("samples");
        const QImage picture = view->viewport()->grab().toImage();
        const QRgb ground = color(Token::warnSoft, view->palette()).rgb();
        int pixels = 0;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x)
                pixels += picture.pixel(x, y) == ground;
        QVERIFY2(pixels > 100, qPrintable(QString::number(pixels)));
    }

    void theLogCanBeFiltered()
    {
        startRun(20, 100);
        script().push({LogLine{true, "careful with this"}, LogLine{false, "plain"}});
        QTableView* log = table("log");
        QAbstractItemModelTester tester(log->model());
        const int before = run().log()->rowCount();
        QTRY_VERIFY(run().log()->rowCount() >= before + 2);
        auto* filter = m_page->findChild<QLineEdit*>(QStringLiteral("logFilter"));
        m_page->details()->setCurrentIndex(1);
        QTest::keyClicks(filter, QStringLiteral("CAREFUL"));
        QCOMPARE(log->model()->rowCount(), 1);
        filter->clear();
        auto* level = filter->parentWidget()->findChild<Segments*>();
        QTest::mouseClick(level->button(QStringLiteral("Warnings")), Qt::LeftButton);
        QCOMPARE(log->model()->rowCount(), 1);
        QTest::mouseClick(level->button(QStringLiteral("All")), Qt::LeftButton);
        QCOMPARE(log->model()->rowCount(), run().log()->rowCount());
    }

    void checkpointsAreThoseOnDisk()
    {
        const fs::path folder = m_home->folder / "runs/x";
        const RunFolder made = RunFolder::open(folder);
        fs::create_directories(made.checkpoint(10));
        fs::create_directories(made.checkpoint(20));
        auto* model = qobject_cast<CheckpointsModel*>(table("checkpoints")->model());
        QAbstractItemModelTester tester(model);
        startRun(20, 100);
        script().push(CheckpointSaved{20, made.checkpoint(20)});
        QTRY_COMPARE(model->rowCount(), 2);
        QCOMPARE(model->step(0), 20);
        QVERIFY(model->index(0, CheckpointsModel::stepColumn).data().toString().contains(QLatin1String("best")));
        QCOMPARE(model->index(0, CheckpointsModel::lossColumn).data().toString(), QStringLiteral("2.840"));
        fs::remove_all(made.checkpoint(10));
        script().push(CheckpointSaved{20, made.checkpoint(20)});
        QTRY_COMPARE(model->rowCount(), 1);
        QSignalSpy wanted(m_workspace.get(), &Workspace::pageRequested);
        Q_EMIT table("checkpoints")->activated(model->index(0, 0));
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(m_workspace->selectedCheckpoint(), std::optional<std::int64_t>(20));
    }

    void theFrozenRecipeIsShown()
    {
        startRun(1, 10);
        const auto* text = m_page->findChild<QPlainTextEdit*>(QStringLiteral("frozenRecipe"));
        QVERIFY(text->toPlainText().contains(QLatin1String("lora:")));
        QVERIFY(m_workspace->draft().set("lora.rank", "64", QStringLiteral("Rank")).empty());
        QVERIFY(!text->toPlainText().contains(QLatin1String("64")));
    }

    void aPageMadeLaterShowsTheRun()
    {
        startRun(20, 100);
        TrainPage late(*m_workspace);
        late.resize(1280, 820);
        late.show();
        QCOMPARE(late.stateText(), QStringLiteral("Training"));
        QTRY_COMPARE(late.findChild<QProgressBar*>()->maximum(), 100);
    }

    void narrowTheSideChartsBecomeTabs()
    {
        startRun(20, 100);
        const int tabs = m_page->details()->count();
        m_page->resize(960, 620);
        QTRY_COMPARE(m_page->details()->count(), tabs + 4);
        QVERIFY(m_page->minimumSizeHint().width() <= 960);
        m_page->resize(1280, 820);
        QTRY_COMPARE(m_page->details()->count(), tabs);
    }
};

QTEST_MAIN(TestTrainPage)
#include "tst_train_page.moc"
