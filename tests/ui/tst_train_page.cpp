// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/page_fixture.h"
#include "ui/charts/loss_chart.h"
#include "ui/models/log_model.h"
#include "ui/models/metrics_model.h"
#include "ui/pages/readiness_card.h"
#include "ui/pages/recipe_form.h"
#include "ui/pages/run_monitor.h"
#include "ui/pages/train_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/metric_tile.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/strip.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
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
    std::unique_ptr<TrainPage> m_page;

    template <typename Widget>
    Widget* field(const char* name) const
    {
        return m_page->findChild<Widget*>(QString::fromLatin1(name));
    }
    QLineEdit* model() const { return field<QComboBox>("model")->lineEdit(); }
    QLineEdit* rate() const { return field<QLineEdit>("training.learning_rate"); }
    QPushButton* start() const { return m_page->readinessCard()->startButton(); }
    QString summary() const { return m_page->readinessCard()->summary(); }
    test::SessionScript& script() const { return *m_home->script; }

    static void type(QWidget* widget, const QString& text)
    {
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(widget, Qt::Key_Delete);
        QTest::keyClicks(widget, text);
    }

    /// Sends a run of `steps` through the page, with an evaluation at every tenth.
    void pushRun(int steps, int total)
    {
        RunStarted run;
        run.folder = m_home->folder / "runs/x";
        run.totalSteps = total;
        run.device = "cpu (avx2, 2 threads)";
        std::vector<SessionEvent> events{
            StateChanged{SessionState::preparing}, run, StateChanged{SessionState::training}};
        events.push_back(EvalDone{test::eval(0, 3.0), true});
        for (int i = 1; i <= steps; ++i) {
            events.push_back(StepDone{test::step(i, 3.0 - 0.01 * i, total)});
            if (i % 10 == 0)
                events.push_back(EvalDone{test::eval(i, 3.0 - 0.008 * i), true});
        }
        script().push(std::move(events));
    }

    void startRun(int steps, int total)
    {
        m_page->setRecipe(m_home->recipe());
        pushRun(steps, total);
        m_page->start();
        QTRY_VERIFY(m_page->metrics()->lastStep() && m_page->metrics()->lastStep()->step == steps);
    }

    RunEnded finished() const
    {
        RunEnded end;
        end.adapter = m_home->folder / "adapter";
        end.start = test::eval(0, 3.0);
        end.best = test::eval(20, 2.84);
        return end;
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
        m_page = std::make_unique<TrainPage>(m_home->services());
        QSignalSpy searched(m_page.get(), &TrainPage::modelsSearched);
        m_page->resize(1440, 860);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QTRY_COMPARE(field<QComboBox>("model")->count(), 1);
    }

    void cleanup()
    {
        m_page.reset();
        QVERIFY(!script().joinedTooEarly || script().stops > 0);
        QCOMPARE(script().alive, 0);
        m_home.reset();
    }

    void theSearchChoosesNoModel()
    {
        QCOMPARE(model()->text(), QString());
        QVERIFY(m_page->recipe().recipe.model.empty());
        QVERIFY(!start()->isEnabled());
        QVERIFY2(summary().contains(QLatin1String("Choose a model folder")), qPrintable(summary()));
    }

    void filledByKeyboard()
    {
        type(model(), m_home->model());
        QVERIFY(!start()->isEnabled());
        QVERIFY2(summary().contains(QLatin1String("Data file")), qPrintable(summary()));
        QVERIFY(!summary().contains(QLatin1String("Model:")));
        type(field<QLineEdit>("data.train"), m_home->rows());
        QVERIFY2(start()->isEnabled(), qPrintable(summary()));
        type(field<QSpinBox>("lora.rank"), QStringLiteral("8"));
        type(field<QComboBox>("lora.targets")->lineEdit(), QStringLiteral("query_key_value, dense"));
        type(field<QLineEdit>("lora.layers"), QStringLiteral("0-3"));
        type(rate(), QStringLiteral("1e-3"));
        type(field<QAbstractSpinBox>("training.epochs"), QStringLiteral("2"));
        QTest::mouseClick(field<Segments>("quantization.type")->button(QStringLiteral("fp4")), Qt::LeftButton);
        QVERIFY2(start()->isEnabled(), qPrintable(summary()));

        QTest::keyClick(start(), Qt::Key_Space);
        QCOMPARE(script().starts, 1);
        const Recipe& recipe = script().recipe.recipe;
        QCOMPARE(recipe.model, m_home->model().toStdString());
        QCOMPARE(recipe.data.train.size(), std::size_t(1));
        QCOMPARE(recipe.data.train.front().path, m_home->rows().toStdString());
        QCOMPARE(recipe.lora.rank, 8);
        QCOMPARE(std::get<std::vector<std::string>>(recipe.lora.targets),
            (std::vector<std::string>{"query_key_value", "dense"}));
        QCOMPARE(std::get<std::string>(recipe.lora.layers), std::string("0-3"));
        QCOMPARE(recipe.training.learningRate, 1e-3);
        QCOMPARE(recipe.training.epochs, 2.0);
        QCOMPARE(recipe.quantization.type, std::string("fp4"));
        for (const char* key : {"model", "data.train", "lora.rank", "lora.targets", "training.learning_rate"})
            QVERIFY2(script().recipe.keysSet.count(key), key);
        QVERIFY(!script().recipe.keysSet.count("lora.alpha"));
        QCOMPARE(script().folder.parent_path(), m_home->folder / "runs");
    }

    void aListedModelIsChosenByName()
    {
        auto* box = field<QComboBox>("model");
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(model()->text(), QStringLiteral("org/tiny"));
        QCOMPARE(m_page->recipe().recipe.model, m_home->model().toStdString());
        QVERIFY(field<QComboBox>("lora.targets")->findText(QStringLiteral("query_key_value")) > 0);
        type(model(), QStringLiteral("tiny"));
        QCOMPARE(m_page->recipe().recipe.model, m_home->model().toStdString());
    }

    void choicesByArrowKeys()
    {
        auto* segments = field<Segments>("quantization.type");
        segments->button(QStringLiteral("nf4"))->setFocus();
        QTest::keyClick(segments->button(QStringLiteral("nf4")), Qt::Key_Left);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(segments->value(), QStringLiteral("fp4"));
        QCOMPARE(m_page->recipe().recipe.quantization.type, std::string("fp4"));
    }

    void faultsStandBesideTheirFieldAndAboveStart()
    {
        m_page->setRecipe(m_home->recipe());
        QVERIFY(start()->isEnabled());
        type(rate(), QStringLiteral("fast"));
        QVERIFY(!start()->isEnabled());
        QVERIFY2(summary().contains(QLatin1String("fast")), qPrintable(summary()));
        QVERIFY(rate()->property("bad").toBool());
        QVERIFY(start()->toolTip().contains(QLatin1String("fast")));
        type(rate(), QStringLiteral("-1"));
        QVERIFY(!start()->isEnabled());
        type(rate(), QStringLiteral("2e-4"));
        QVERIFY(start()->isEnabled());
        QVERIFY(!rate()->property("bad").toBool());
        type(field<QLineEdit>("data.train"), QStringLiteral("/nowhere/rows.jsonl"));
        QVERIFY(!start()->isEnabled());
        QVERIFY(summary().contains(QLatin1String("/nowhere/rows.jsonl")));
    }

    void startLooksAgainForTheFiles()
    {
        m_page->setRecipe(m_home->recipe());
        QVERIFY(start()->isEnabled());
        fs::remove(m_home->folder / "rows.jsonl");
        QTest::mouseClick(start(), Qt::LeftButton);
        QCOMPARE(script().starts, 0);
        QVERIFY(!start()->isEnabled());
    }

    void keysWithoutAFieldSurvive()
    {
        LoadedRecipe loaded = m_home->recipe();
        loaded.recipe.training.seed = 7;
        loaded.recipe.data.train = {{m_home->rows().toStdString(), 1.0}, {m_home->rows().toStdString(), 2.0}};
        loaded.recipe.lora.targets = std::string(".*dense");
        m_page->setRecipe(loaded);
        type(field<QSpinBox>("lora.rank"), QStringLiteral("4"));
        const Recipe recipe = m_page->recipe().recipe;
        QCOMPARE(recipe.training.seed, std::uint64_t(7));
        QCOMPARE(recipe.data.train.size(), std::size_t(2));
        QCOMPARE(std::get<std::string>(recipe.lora.targets), std::string(".*dense"));
        QCOMPARE(recipe.lora.rank, 4);
    }

    void bothCurvesGrow()
    {
        startRun(20, 100);
        const LossChart* chart = m_page->monitor()->chart();
        QTRY_COMPARE(chart->trainingPoints(), 20);
        QCOMPARE(chart->rawPoints(), 20);
        QCOMPARE(chart->validationPoints(), 3);
        std::vector<SessionEvent> more;
        for (int i = 21; i <= 40; ++i)
            more.push_back(StepDone{test::step(i, 3.0 - 0.01 * i, 100)});
        more.push_back(EvalDone{test::eval(40, 2.9), false});
        script().push(std::move(more));
        QTRY_COMPARE(chart->trainingPoints(), 40);
        QCOMPARE(chart->validationPoints(), 4);

        const auto* progress = m_page->findChild<QProgressBar*>();
        QCOMPARE(progress->value(), 40);
        QCOMPARE(progress->maximum(), 100);
        const auto tile = [&](const char* name) { return field<MetricTile>(name); };
        QCOMPARE(tile("validationTile")->value(), QStringLiteral("2.900"));
        QVERIFY(tile("validationTile")->note().contains(QLatin1String("+0.060")));
        QCOMPARE(tile("bestTile")->value(), QStringLiteral("2.840"));
        QVERIFY(tile("bestTile")->note().contains(QLatin1String("step 20")));
        QCOMPARE(tile("speedTile")->value(), QStringLiteral("431"));
        QVERIFY(tile("trainingTile")->note().contains(QLatin1String("2.600")));
        QVERIFY(m_page->monitor()->stateText() == QLatin1String("Training"));
        QStringList labels;
        for (const QLabel* label : m_page->monitor()->findChildren<QLabel*>())
            labels << label->text();
        QVERIFY(labels.contains(QStringLiteral("Step 40 of 100")));
        QVERIFY(labels.filter(QStringLiteral("elapsed")).size() == 1);
        QVERIFY(labels.filter(QRegularExpression(QStringLiteral("^about .* left$"))).size() == 1);
        m_page->stop();
        QTRY_VERIFY(!m_page->bridge()->isRunning());
    }

    void preparationNamesItsPhase()
    {
        m_page->setRecipe(m_home->recipe());
        script().push({StateChanged{SessionState::preparing}, PhaseProgress{"quantizing", 12, 32}});
        m_page->start();
        const auto* progress = m_page->findChild<QProgressBar*>();
        QTRY_COMPARE(progress->value(), 12);
        QCOMPARE(progress->maximum(), 32);
        bool named = false;
        for (const QLabel* label : m_page->monitor()->findChildren<QLabel*>())
            named |= label->text() == QLatin1String("Quantizing: 12 of 32");
        QVERIFY(named);
        script().push(PhaseProgress{"probing", 0, 0});
        QTRY_COMPARE(progress->maximum(), 0); // busy
        m_page->stop();
        QTRY_VERIFY(!m_page->bridge()->isRunning());
        QVERIFY2(progress->maximum() > 0, "no busy bar after the end");
    }

    void formIsLockedDuringARunAndSaysWhy()
    {
        startRun(3, 100);
        QVERIFY(!rate()->isEnabled());
        QVERIFY(!start()->isEnabled());
        QVERIFY(summary().contains(QLatin1String("A run is going on")));
        QVERIFY(rate()->toolTip().contains(QLatin1String("going on")));
        m_page->stop();
        QTRY_VERIFY(rate()->isEnabled());
        QVERIFY(start()->isEnabled());
        QVERIFY(!rate()->toolTip().contains(QLatin1String("going on")));
    }

    void stopAsksAndWaits()
    {
        script().endOnStop = false;
        startRun(5, 100);
        QPushButton* stop = m_page->monitor()->stopButton();
        QVERIFY(stop->isEnabled());
        QTest::mouseClick(stop, Qt::LeftButton);
        QCOMPARE(script().stops, 1);
        QVERIFY(!stop->isEnabled());
        QVERIFY(!stop->toolTip().isEmpty());
        QCOMPARE(m_page->monitor()->stateText(), QStringLiteral("Stopping"));
        script().push(StateChanged{SessionState::saving});
        QTest::qWait(250);
        QVERIFY(m_page->bridge()->isRunning());
        QCOMPARE(m_page->monitor()->stateText(), QStringLiteral("Stopping"));
        RunEnded end = finished();
        end.state = SessionState::stopped;
        script().push(end);
        QTRY_COMPARE(m_page->monitor()->stateText(), QStringLiteral("Stopped"));
        QVERIFY(m_page->monitor()->strip()->isVisible());
        QVERIFY(m_page->monitor()->exportButton()->isEnabled());
    }

    void pauseWaitsAndGoesOn()
    {
        startRun(5, 100);
        QPushButton* pause = m_page->monitor()->pauseButton();
        QVERIFY(pause->isEnabled());
        QTest::mouseClick(pause, Qt::LeftButton);
        QCOMPARE(script().pauses, 1);
        QTRY_COMPARE(m_page->monitor()->stateText(), QStringLiteral("Paused"));
        QVERIFY(pause->text().contains(QStringLiteral("Resume")));
        QTest::mouseClick(pause, Qt::LeftButton);
        QCOMPARE(script().unpauses, 1);
        QTRY_COMPARE(m_page->monitor()->stateText(), QStringLiteral("Training"));
        QVERIFY(pause->text().contains(QStringLiteral("Pause")));
    }

    void theSentinelsAlertIsShown()
    {
        startRun(5, 100);
        SentinelReport report;
        report.verdict.bestStep = 3;
        report.verdict.bestLoss = 2.5;
        report.verdict.evidence.rise = 0.042;
        script().push(report);
        QTest::qWait(250);
        const Strip* strip = m_page->monitor()->strip();
        QVERIFY(!strip->isVisible()); // no alert, no strip
        report.alert = true;
        script().push(report);
        QTRY_VERIFY(strip->isVisible());
        QVERIFY(strip->heading().contains(QStringLiteral("overfit")));
        QVERIFY(strip->text().contains(QStringLiteral("step 3")));
        QVERIFY(strip->text().contains(QStringLiteral("4.2 %")));
    }

    void aFailureIsShownInWords()
    {
        startRun(5, 100);
        RunEnded end;
        end.state = SessionState::failed;
        end.exitCode = 1;
        end.faults = {{ErrorCode::numericFailure, "step 37", "the loss became NaN", "try bfloat16"}};
        script().push(end);
        const Strip* strip = m_page->monitor()->strip();
        QTRY_VERIFY(strip->isVisible());
        QCOMPARE(strip->heading(), QStringLiteral("The loss is no longer a number"));
        QVERIFY(strip->text().contains(QLatin1String("step 37")));
        QVERIFY(strip->text().contains(QLatin1String("bfloat16"), Qt::CaseInsensitive));
        QCOMPARE(m_page->monitor()->stateText(), QStringLiteral("Failed"));
        QVERIFY(!m_page->monitor()->exportButton()->isEnabled());
        QVERIFY(!m_page->monitor()->exportButton()->toolTip().isEmpty());
        const LogModel* log = m_page->log();
        QVERIFY(log->index(log->rowCount() - 1, LogModel::textColumn).data().toString().contains(QLatin1String("NaN")));
        // What was drawn stays, and another try is possible.
        QCOMPARE(m_page->monitor()->chart()->trainingPoints(), 5);
        QVERIFY(start()->isEnabled());
    }

    void theNextRunStartsClean()
    {
        startRun(5, 100);
        script().push(finished());
        QTRY_VERIFY(!m_page->bridge()->isRunning());
        m_page->start();
        QVERIFY(!m_page->metrics()->lastStep());
        QCOMPARE(m_page->monitor()->chart()->trainingPoints(), 0);
        QVERIFY(!m_page->monitor()->strip()->isVisible());
        QVERIFY(!m_page->monitor()->exportButton()->isEnabled());
        QCOMPARE(field<MetricTile>("bestTile")->value(), QStringLiteral("–"));
        m_page->stop();
        QTRY_VERIFY(!m_page->bridge()->isRunning());
    }

    void exportCopiesTheAdapter()
    {
        QVERIFY(!m_page->monitor()->exportButton()->isEnabled());
        startRun(20, 20);
        QVERIFY(!m_page->monitor()->exportButton()->isEnabled());
        script().push(finished());
        QTRY_VERIFY(m_page->monitor()->exportButton()->isEnabled());
        QVERIFY(m_page->monitor()->strip()->text().contains(QLatin1String("2.840")));

        QSignalSpy exported(m_page.get(), &TrainPage::exported);
        QTest::mouseClick(m_page->monitor()->exportButton(), Qt::LeftButton);
        auto* dialog = m_page->findChild<QFileDialog*>(QStringLiteral("exportDialog"));
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(QString::fromStdString((m_home->folder / "exports").string()));
        dialog->close();
        QTRY_COMPARE(exported.size(), 1);
        const fs::path copy = exported.front().front().toString().toStdString();
        QCOMPARE(copy, m_home->folder / "exports/tiny-rows-adapter");
        QVERIFY(fs::exists(copy / "adapter_config.json"));
        QVERIFY(fs::exists(copy / "adapter_model.safetensors"));
        QCOMPARE(m_page->monitor()->strip()->heading(), QStringLiteral("Adapter exported"));
        QVERIFY(m_page->monitor()->exportButton()->isEnabled());

        // A place that is not there is said on the page, and nothing else changes.
        m_page->exportAdapterTo(QStringLiteral("/nowhere"));
        QTRY_COMPARE(exported.size(), 2);
        QVERIFY(exported.back().front().toString().isEmpty());
        QCOMPARE(m_page->monitor()->strip()->heading(), QStringLiteral("A file is missing"));
        QVERIFY(m_page->monitor()->exportButton()->isEnabled());
    }

    void everyFieldHasNameHelpAndBuddy()
    {
        for (const char* key : {"model", "data.train", "lora.rank", "lora.targets", "lora.layers", "quantization.type",
                 "training.learning_rate", "training.epochs"}) {
            auto* editor = field<QWidget>(key);
            QVERIFY2(editor, key);
            QVERIFY2(!editor->accessibleName().isEmpty(), key);
            QVERIFY2(!editor->accessibleDescription().isEmpty(), key);
            const auto labels = m_page->form()->findChildren<QLabel*>();
            QVERIFY2(std::any_of(labels.begin(), labels.end(), [&](QLabel* l) { return l->buddy() == editor; }), key);
        }
        for (const QToolButton* button : m_page->findChildren<QToolButton*>())
            QVERIFY(!button->text().isEmpty() || !button->accessibleName().isEmpty()
                || button->objectName().startsWith(QLatin1String("qt_")) || !button->isVisible());
        QSet<QChar> mnemonics;
        for (const QLabel* label : m_page->form()->findChildren<QLabel*>()) {
            if (!label->buddy())
                continue;
            const qsizetype at = label->text().indexOf(QLatin1Char('&'));
            QVERIFY2(at >= 0, qPrintable(label->text()));
            const QChar letter = label->text().at(at + 1).toUpper();
            QVERIFY2(!mnemonics.contains(letter), qPrintable(label->text()));
            mnemonics << letter;
        }
    }

    void fitsTheSmallestWindow()
    {
        m_page->resize(1024, 640);
        QCoreApplication::processEvents();
        QVERIFY2(
            m_page->minimumSizeHint().width() <= 1024, qPrintable(QString::number(m_page->minimumSizeHint().width())));
        for (const QPushButton* button :
            {start(), m_page->monitor()->stopButton(), m_page->monitor()->exportButton()}) {
            QVERIFY(button->width() >= button->sizeHint().width());
            const QRect there(button->mapTo(m_page.get(), QPoint()), button->size());
            QVERIFY(m_page->rect().contains(there));
        }
        QVERIFY(m_page->findChild<TileRow*>()->columns() < 6);
    }
};

QTEST_MAIN(TestTrainPage)
#include "tst_train_page.moc"
