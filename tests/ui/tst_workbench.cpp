// SPDX-License-Identifier: GPL-3.0-or-later
// Whole journeys through the real window with the real engine: tiny models with random weights, driven by clicks and
// keys as a person would do it.
#include "app/workbench/real_services.h"
#include "core/base/files.h"
#include "core/run/run_folder.h"
#include "tests/support/paths.h"
#include "ui/main_window.h"
#include "ui/models/log_model.h"
#include "ui/models/metrics_model.h"
#include "ui/pages/data_mapping.h"
#include "ui/pages/data_page.h"
#include "ui/pages/export_page.h"
#include "ui/pages/home_continue.h"
#include "ui/pages/home_page.h"
#include "ui/pages/model_page.h"
#include "ui/pages/playground_page.h"
#include "ui/pages/readiness_card.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/train_page.h"
#include "ui/pages/train_verdict.h"
#include "ui/session/model_finder.h"
#include "ui/session/queue_runner.h"
#include "ui/widgets/table_view.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace falconer;
using namespace falconer::ui;
namespace fs = std::filesystem;

namespace {

constexpr int kRunTimeout = 300'000;

QString golden(const char* name)
{
    return QString::fromStdString(test::golden(fs::path("runs/falcon-7b-nf4") / name).string());
}

} // namespace

class TestWorkbench : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    fs::path m_folder{m_temporary.path().toStdString()};
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;

    Workspace& workspace() const { return m_window->workspace(); }
    RunController& run() const { return workspace().run(); }
    TrainPage* trainPage() const { return m_window->page<TrainPage>(PageId::train); }
    QString verdict() const
    {
        return trainPage()->verdict()->heading() + QLatin1Char('\n') + trainPage()->verdict()->text();
    }

    QPushButton* button(QWidget* parent, const QString& nameOrText) const
    {
        for (QPushButton* each : parent->findChildren<QPushButton*>())
            if (each->isVisible()
                && (each->objectName() == nameOrText || each->text().remove(QLatin1Char('&')) == nameOrText))
                return each;
        return nullptr;
    }

    void openWindow()
    {
        m_window = std::make_unique<MainWindow>(workbench::realServices(), *m_theme);
        workspace().settings().setRunsFolder(m_temporary.filePath(QStringLiteral("runs")));
        QSignalSpy searched(workspace().finder(), &ModelFinder::found);
        m_window->show();
        QVERIFY(searched.wait(60'000));
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    /// Settings that a tiny model learns with, in a few seconds.
    void makeQuick(const char* steps)
    {
        RecipeDraft& draft = workspace().draft();
        for (const auto& [key, value] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"training.max_steps", steps}, {"training.gradient_accumulation", "1"}, {"training.micro_batch", "2"},
                 {"training.learning_rate", "3.0e-3"}, {"training.eval_every", "4"}, {"data.max_length", "128"},
                 {"data.validation", "0.2"}, {"lora.rank", "4"}, {"quantization.compute_dtype", "float32"},
                 {"device", "cpu"}})
            QVERIFY2(draft.set(key, value, QStringLiteral("test")).empty(), key);
    }

    void startFromTheRecipePage()
    {
        m_window->show(PageId::recipe);
        auto* page = m_window->page<RecipePage>(PageId::recipe);
        QVERIFY2(page->readinessCard()->startButton()->isEnabled(), qPrintable(page->readinessCard()->summary()));
        QTest::mouseClick(page->readinessCard()->startButton(), Qt::LeftButton);
        QCOMPARE(m_window->currentPage(), PageId::train);
        QVERIFY(run().isRunning());
    }

    /// Starts the program and waits for its end, while this process's own windows stay out of it.
    int runProgram(const QStringList& arguments, QString* errors = nullptr) const
    {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
        program.setProcessEnvironment(environment);
        program.start(qEnvironmentVariable("FALCONER_BIN") + QStringLiteral("/falconer-workbench"), arguments);
        if (!program.waitForFinished(kRunTimeout) || program.exitStatus() != QProcess::NormalExit)
            return -1;
        if (errors)
            *errors = QString::fromUtf8(program.readAllStandardError());
        return program.exitCode();
    }

    QString writeRecipe(const char* name, const QString& more) const
    {
        const fs::path file = m_folder / name;
        const QString text = QStringLiteral("model: %1\ndata: {train: %2, validation: %3, max_length: 128}\n"
                                            "quantization: {compute_dtype: float32}\n"
                                            "training: {max_steps: 4, gradient_accumulation: 1, eval_every: 2}\n%4")
                                 .arg(golden("model"), golden("train.jsonl"), golden("validation.jsonl"), more);
        writeFile(file, text.toStdString());
        return QString::fromStdString(file.string());
    }

private Q_SLOTS:
    void initTestCase()
    {
        // The window of this process and the program that it starts share their settings.
        qputenv("XDG_CONFIG_HOME", m_temporary.filePath(QStringLiteral("config")).toUtf8());
        qputenv("XDG_DATA_HOME", m_temporary.filePath(QStringLiteral("data")).toUtf8());
        QApplication::setOrganizationName(QStringLiteral("Falconer"));
        QApplication::setApplicationName(QStringLiteral("falconer-workbench"));
        m_theme = std::make_unique<Theme>();
        openWindow();
    }

    void cleanupTestCase() { m_window.reset(); }

    /// A person who has never done it: model, data, start, watch, export, try out.
    void theFirstHalfHour()
    {
        m_window->show(PageId::home);
        m_window->show(PageId::model);
        auto* models = m_window->page<ModelPage>(PageId::model);
        QTest::mouseClick(button(models, QStringLiteral("addFolder")), Qt::LeftButton);
        auto* dialog = models->findChild<QFileDialog*>();
        QVERIFY(dialog);
        QSignalSpy found(workspace().finder(), &ModelFinder::found);
        Q_EMIT dialog->fileSelected(golden("model"));
        dialog->reject();
        QVERIFY(found.wait(60'000));
        const QAbstractItemModel* list = models->table()->model();
        int row = 0;
        while (
            row < list->rowCount() && list->index(row, 0).data(ModelListModel::PathRole).toString() != golden("model"))
            ++row;
        QVERIFY2(row < list->rowCount(), "the tiny model is found");
        models->table()->setCurrentIndex(list->index(row, 0));
        QTest::mouseClick(button(models, QStringLiteral("use")), Qt::LeftButton);
        QCOMPARE(m_window->currentPage(), PageId::data);

        workspace().useData(golden("train.jsonl"));
        auto* data = m_window->page<DataPage>(PageId::data);
        QTRY_VERIFY_WITH_TIMEOUT(button(data, QStringLiteral("Continue to Recipe"))
                && button(data, QStringLiteral("Continue to Recipe"))->isEnabled(),
            60'000);
        QTest::mouseClick(button(data, QStringLiteral("Continue to Recipe")), Qt::LeftButton);
        QCOMPARE(m_window->currentPage(), PageId::recipe);
        makeQuick("12");

        bool grew = false;
        connect(&run().bridge(), &SessionBridge::ticked, m_window.get(), [&] {
            const LossCurves& curves = run().metrics()->curves();
            grew |= curves.raw.size() > 0 && curves.raw.size() < 12;
        });
        startFromTheRecipePage();
        QTRY_VERIFY_WITH_TIMEOUT(run().end().has_value(), kRunTimeout);
        QVERIFY2(run().end()->state == SessionState::finished, qPrintable(verdict()));
        QVERIFY2(grew, "the curves are drawn while it trains");
        QCOMPARE(run().metrics()->curves().raw.size(), std::size_t(12));
        QVERIFY(run().metrics()->curves().validation.size() >= 3);
        QVERIFY2(run().end()->best->loss < run().end()->start->loss, qPrintable(verdict()));
        QVERIFY2(verdict().contains(QLatin1String("Read back")), qPrintable(verdict()));

        QTest::mouseClick(button(trainPage()->verdict(), QStringLiteral("Export…")), Qt::LeftButton);
        QCOMPARE(m_window->currentPage(), PageId::exports);
        auto* exports = m_window->page<ExportPage>(PageId::exports);
        QTRY_VERIFY_WITH_TIMEOUT(button(exports, QStringLiteral("exportAdapter"))
                && button(exports, QStringLiteral("exportAdapter"))->isEnabled(),
            30'000);
        auto* folder = exports->findChild<QLineEdit*>(QStringLiteral("folder"));
        const QString target = m_temporary.filePath(QStringLiteral("exported"));
        folder->selectAll();
        QTest::keyClicks(folder, target);
        QTRY_VERIFY(button(exports, QStringLiteral("exportAdapter"))->isEnabled());
        QTest::mouseClick(button(exports, QStringLiteral("exportAdapter")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(target + QStringLiteral("/adapter_model.safetensors")), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(!exports->job()->isRunning(), 60'000);

        m_window->show(PageId::playground);
        auto* playground = m_window->page<PlaygroundPage>(PageId::playground);
        auto* prompt = playground->findChild<QPlainTextEdit*>(QStringLiteral("prompt"));
        QTRY_VERIFY(prompt && prompt->isVisible());
        m_window->activateWindow();
        prompt->setFocus();
        QTest::keyClicks(prompt, QStringLiteral("Define"));
        QTRY_VERIFY_WITH_TIMEOUT(
            button(playground, QStringLiteral("send")) && button(playground, QStringLiteral("send"))->isEnabled(),
            30'000);
        QTest::keyClick(prompt, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(
            !run().isRunning() && button(playground, QStringLiteral("newChat"))->isEnabled(), 60'000);
    }

    void theWindowStaysAliveAndStops()
    {
        makeQuick("5000");
        startFromTheRecipePage();
        QTRY_VERIFY_WITH_TIMEOUT(run().metrics()->lastStep() || run().end(), kRunTimeout);
        QVERIFY2(!run().end(), qPrintable(verdict()));
        QElapsedTimer watch;
        watch.start();
        QTest::mouseClick(trainPage()->pauseButton(), Qt::LeftButton);
        QVERIFY2(watch.elapsed() < 1000, "Pause only asks");
        QTRY_VERIFY_WITH_TIMEOUT(run().isPaused(), kRunTimeout);
        const auto paused = run().metrics()->lastStep()->step;
        QTest::qWait(500);
        QCOMPARE(run().metrics()->lastStep()->step, paused);
        QTest::mouseClick(trainPage()->pauseButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(run().metrics()->lastStep()->step > paused, kRunTimeout);
        run().stop();
        QTRY_VERIFY_WITH_TIMEOUT(run().end().has_value(), kRunTimeout);
        QCOMPARE(run().end()->state, SessionState::stopped);
        QVERIFY(fs::exists(run().end()->adapter / "adapter_config.json"));
    }

    /// The program is killed, or the session ends, while it trains; the next window offers to go on, and does.
    void whatEndedTheProgramIsResumedFromHome_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("killed") << SIGKILL;
        QTest::newRow("logout") << SIGTERM;
    }
    void whatEndedTheProgramIsResumedFromHome()
    {
        QFETCH(int, signal);
        m_window.reset();
        const QString folder = m_temporary.filePath(QStringLiteral("ended-%1").arg(signal));
        const QString recipe = writeRecipe("ended.yaml", QStringLiteral("output: %1\n").arg(folder));
        QProcess program;
        program.start(qEnvironmentVariable("FALCONER_BIN") + QStringLiteral("/falconer-workbench"),
            {QStringLiteral("--recipe"), recipe, QStringLiteral("--set"), QStringLiteral("training.max_steps=40"),
                QStringLiteral("--start")});
        QVERIFY(program.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(fs::exists(fs::path(folder.toStdString()) / "checkpoints/checkpoint-4"), kRunTimeout);
        const RunFolder left = RunFolder::open(folder.toStdString());
        ::kill(static_cast<pid_t>(program.processId()), signal);
        QVERIFY(program.waitForFinished(kRunTimeout));
        QCOMPARE(program.exitStatus(), signal == SIGKILL ? QProcess::CrashExit : QProcess::NormalExit);
        if (signal == SIGTERM) {
            // Everything that was trained is saved, and nothing is handed over: it is to go on.
            QCOMPARE(program.exitCode(), 0);
            QCOMPARE(left.checkpointSteps().back(), readMetrics(left.metricsFile()).steps.back().step);
            QVERIFY(!fs::exists(left.adapter()));
        }

        openWindow();
        m_window->show(PageId::home);
        auto* home = m_window->page<HomePage>(PageId::home);
        QTRY_VERIFY_WITH_TIMEOUT(home->goOn()->isVisible(), 30'000);
        QVERIFY2(home->goOn()->goOnButton()->text().remove(QLatin1Char('&')).contains(QLatin1String("Resume")),
            qPrintable(home->goOn()->goOnButton()->text()));
        QTest::mouseClick(home->goOn()->goOnButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(run().end().has_value(), kRunTimeout);
        QVERIFY2(run().end()->state == SessionState::finished, qPrintable(verdict()));
        QCOMPARE(run().metrics()->lastStep()->step, 40);
        QVERIFY(run().started()->firstStep >= 4);
        QCOMPARE(readMetrics(left.metricsFile()).steps.size(), std::size_t(40));
    }

    /// Columns that nobody could guess are mapped on the Data page, and the run starts.
    void badDataIsFixedByMapping()
    {
        const fs::path rows = m_folder / "odd.jsonl";
        std::string text;
        for (int i = 0; i < 40; ++i)
            text += "{\"riddle\": \"What is " + std::to_string(i) + "?\", \"solution\": \"A number.\"}\n";
        writeFile(rows, text);
        workspace().newRecipe(); // the window kept the one before, with its folder
        workspace().useModel(golden("model"));
        workspace().useData(QString::fromStdString(rows.string()));
        makeQuick("3");
        m_window->show(PageId::data);
        auto* page = m_window->page<DataPage>(PageId::data);
        const auto choose = [](QComboBox* box, const QString& value) {
            const int index = box->findText(value);
            QVERIFY2(index >= 0, qPrintable(value));
            box->setCurrentIndex(index);
            Q_EMIT box->activated(index);
        };
        QTRY_VERIFY_WITH_TIMEOUT(page->mapping()->formatBox()->isEnabled(), 30'000);
        const int format = page->mapping()->formatBox()->findData(QStringLiteral("prompt-completion"));
        QVERIFY(format >= 0);
        page->mapping()->formatBox()->setCurrentIndex(format);
        Q_EMIT page->mapping()->formatBox()->activated(format);
        QTRY_VERIFY_WITH_TIMEOUT(page->mapping()->roleBox(QStringLiteral("prompt")), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(
            page->mapping()->roleBox(QStringLiteral("prompt"))->findText(QStringLiteral("riddle")) >= 0, 30'000);
        choose(page->mapping()->roleBox(QStringLiteral("prompt")), QStringLiteral("riddle"));
        QTRY_VERIFY_WITH_TIMEOUT(page->mapping()->roleBox(QStringLiteral("completion"))
                && page->mapping()->roleBox(QStringLiteral("completion"))->findText(QStringLiteral("solution")) >= 0,
            30'000);
        choose(page->mapping()->roleBox(QStringLiteral("completion")), QStringLiteral("solution"));
        startFromTheRecipePage();
        QTRY_VERIFY_WITH_TIMEOUT(run().end().has_value(), kRunTimeout);
        QVERIFY2(run().end()->state == SessionState::finished, qPrintable(verdict()));
    }

    void brokenRowsAreNamedOnThePage()
    {
        const fs::path rows = m_folder / "broken.jsonl";
        writeFile(rows, "{\"prompt\": \"a\", \"completion\": \"b\"}\n{\"prompt\": \"a\", \n");
        workspace().useData(QString::fromStdString(rows.string()));
        workspace().startDraft();
        QTRY_VERIFY_WITH_TIMEOUT(run().end().has_value(), kRunTimeout);
        QVERIFY2(verdict().contains(QLatin1String("broken.jsonl")) && verdict().contains(QLatin1Char('2')),
            qPrintable(verdict()));
    }

    void theProgramTakesItsOwnPicture()
    {
        const QString recipe = writeRecipe("picture.yaml", {});
        const QString picture = m_temporary.filePath(QStringLiteral("picture.png"));
        QString errors;
        const int exitCode = runProgram(
            {QStringLiteral("--recipe"), recipe, QStringLiteral("--set"), QStringLiteral("lora.rank=2"),
                QStringLiteral("--start"), QStringLiteral("--screenshot"), picture, QStringLiteral("--size"),
                QStringLiteral("1200x800"), QStringLiteral("--quit-after-finish")},
            &errors);
        QVERIFY2(exitCode == 0, qPrintable(errors));
        QCOMPARE(QImage(picture).size(), QSize(1200, 800));
        const QStringList runs
            = QDir(m_temporary.filePath(QStringLiteral("runs"))).entryList({QStringLiteral("picture-*")});
        QCOMPARE(runs.size(), 1);

        const QString early = m_temporary.filePath(QStringLiteral("early.png"));
        QVERIFY(runProgram({QStringLiteral("--recipe"), recipe, QStringLiteral("--set"),
                    QStringLiteral("training.max_steps=5000"), QStringLiteral("--start"),
                    QStringLiteral("--screenshot"), early, QStringLiteral("--screenshot-at-step"), QStringLiteral("3")})
            == 0);
        QVERIFY(!QImage(early).isNull());
    }

    void wrongRequestsExitWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("unknown option") << QStringList{QStringLiteral("--fly")} << QStringLiteral("fly");
        QTest::newRow("positional") << QStringList{QStringLiteral("run.yaml")} << QStringLiteral("run.yaml");
        QTest::newRow("set without recipe")
            << QStringList{QStringLiteral("--set"), QStringLiteral("a=b")} << QStringLiteral("--recipe");
        QTest::newRow("size") << QStringList{QStringLiteral("--size"), QStringLiteral("big")} << QStringLiteral("big");
        QTest::newRow("theme") << QStringList{QStringLiteral("--theme"), QStringLiteral("pink")}
                               << QStringLiteral("pink");
        QTest::newRow("step") << QStringList{QStringLiteral("--screenshot-at-step"), QStringLiteral("0"),
            QStringLiteral("--screenshot"), QStringLiteral("x.png")}
                              << QStringLiteral("0");
        QTest::newRow("no such recipe") << QStringList{QStringLiteral("--recipe"), QStringLiteral("/nowhere.yaml"),
            QStringLiteral("--quit-after-finish")}
                                        << QStringLiteral("/nowhere.yaml");
        QTest::newRow("not ready") << QStringList{QStringLiteral("--recipe"), writeRecipe("lame.yaml", {}),
            QStringLiteral("--set"), QStringLiteral("model=/no/model"), QStringLiteral("--start"),
            QStringLiteral("--quit-after-finish")}
                                   << QStringLiteral("/no/model");
    }
    void wrongRequestsExitWithTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        QString errors;
        QCOMPARE(runProgram(arguments, &errors), 2);
        QVERIFY2(errors.contains(named), qPrintable(errors));
    }
};

QTEST_MAIN(TestWorkbench)
#include "tst_workbench.moc"
