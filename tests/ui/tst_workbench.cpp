// SPDX-License-Identifier: GPL-3.0-or-later
// The real window with the real session: a tiny model with random weights is trained in it, as a user would do it.
#include "core/base/files.h"
#include "tests/support/paths.h"
#include "ui/charts/loss_chart.h"
#include "ui/main_window.h"
#include "ui/models/log_model.h"
#include "ui/models/metrics_model.h"
#include "ui/pages/readiness_card.h"
#include "ui/pages/run_monitor.h"
#include "ui/pages/train_page.h"
#include "ui/session/local_models.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/strip.h"

#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QImage>
#include <QLineEdit>
#include <QProcess>
#include <QProgressBar>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace falconer;
using namespace falconer::ui;
namespace fs = std::filesystem;

namespace {

constexpr int kRunTimeout = 300'000;

QString golden(const char* name)
{
    return QString::fromStdString(test::golden(fs::path("runs/falcon-7b-nf4") / name).string());
}

void type(QWidget* widget, const QString& text)
{
    widget->setFocus();
    QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(widget, Qt::Key_Delete);
    QTest::keyClicks(widget, text);
}

} // namespace

class TestWorkbench : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    fs::path m_folder{m_temporary.path().toStdString()};
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;

    template <typename Widget>
    Widget* field(const char* name) const
    {
        return m_window->findChild<Widget*>(QString::fromLatin1(name));
    }
    TrainPage* page() const { return m_window->trainPage(); }

    QString logText() const
    {
        QStringList lines;
        for (int row = 0; row < page()->log()->rowCount(); ++row)
            lines << page()->log()->index(row, LogModel::textColumn).data().toString();
        return lines.join(QLatin1Char('\n'));
    }

    /// Fills the form by keyboard and mouse.
    void fillForm(const QString& epochs)
    {
        type(field<QComboBox>("model")->lineEdit(), golden("model"));
        type(field<QLineEdit>("data.train"), golden("train.jsonl"));
        type(field<QSpinBox>("lora.rank"), QStringLiteral("4"));
        type(field<QComboBox>("lora.targets")->lineEdit(), QStringLiteral("query_key_value, dense"));
        QTest::mouseClick(field<Segments>("quantization.type")->button(QStringLiteral("nf4")), Qt::LeftButton);
        type(field<QLineEdit>("training.learning_rate"), QStringLiteral("3e-3"));
        type(field<QAbstractSpinBox>("training.epochs"), epochs);
    }

    /// Starts the program and waits for its end, while this process's own windows stay out of it.
    int runProgram(const QStringList& arguments, QString* errors = nullptr) const
    {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_temporary.filePath(QStringLiteral("config")));
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
                                            "training: {max_steps: 4, gradient_accumulation: 1, eval_every: 2}\n%4")
                                 .arg(golden("model"), golden("train.jsonl"), golden("validation.jsonl"), more);
        writeFile(file, text.toStdString());
        return QString::fromStdString(file.string());
    }

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(
            QSettings::IniFormat, QSettings::UserScope, m_temporary.filePath(QStringLiteral("settings")));
        m_theme = std::make_unique<Theme>();
    }

    void init()
    {
        Services services;
        services.makeSession
            = [](LoadedRecipe recipe, fs::path folder) { return makeSession(std::move(recipe), std::move(folder)); };
        services.findModels = localModels;
        services.runsRoot = m_folder / "runs";
        m_window = std::make_unique<MainWindow>(std::move(services), *m_theme);
        QSignalSpy searched(page(), &TrainPage::modelsSearched);
        m_window->show();
        QVERIFY(searched.wait(60'000));
    }

    void cleanup() { m_window.reset(); }

    void fromTheFormToTheAdapter()
    {
        QPushButton* start = page()->readinessCard()->startButton();
        QVERIFY(!start->isEnabled());
        fillForm(QStringLiteral("1.5"));
        QVERIFY2(start->isEnabled(), qPrintable(page()->readinessCard()->summary()));

        QSignalSpy ticks(page()->bridge(), &SessionBridge::ticked);
        bool ended = false;
        RunEnded end;
        connect(page()->bridge(), &SessionBridge::ended, this, [&](const RunEnded& e) {
            ended = true;
            end = e;
        });
        QTest::mouseClick(start, Qt::LeftButton);
        QVERIFY(page()->bridge()->isRunning());
        const LossChart* chart = page()->monitor()->chart();
        // Both curves grow: there was a moment with fewer points than at the end.
        QTRY_VERIFY_WITH_TIMEOUT(chart->validationPoints() >= 1 || ended, kRunTimeout);
        QVERIFY2(!ended || end.faults.empty(), qPrintable(page()->monitor()->strip()->text()));
        QTRY_VERIFY_WITH_TIMEOUT(ended, kRunTimeout);
        QVERIFY2(end.state == SessionState::finished, qPrintable(page()->monitor()->strip()->text()));
        QVERIFY(ticks.size() >= 1);

        const auto last = page()->metrics()->lastStep();
        QVERIFY(last && last->step >= 4);
        QCOMPARE(chart->rawPoints(), int(last->step));
        QCOMPARE(chart->trainingPoints(), int(last->step));
        QVERIFY2(chart->validationPoints() >= 3, qPrintable(logText()));
        QCOMPARE(m_window->findChild<QProgressBar*>()->value(), int(last->step));
        QVERIFY(end.start && end.best);
        QVERIFY2(end.best->loss < end.start->loss, "training on its own kind of rows lowers the validation loss");

        QPushButton* exportButton = page()->monitor()->exportButton();
        QVERIFY(exportButton->isEnabled());
        fs::create_directories(m_folder / "exports");
        QSignalSpy exported(page(), &TrainPage::exported);
        QTest::mouseClick(exportButton, Qt::LeftButton);
        auto* dialog = m_window->findChild<QFileDialog*>(QStringLiteral("exportDialog"));
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(QString::fromStdString((m_folder / "exports").string()));
        dialog->close();
        QTRY_COMPARE_WITH_TIMEOUT(exported.size(), 1, 30'000);
        const fs::path adapter = exported.front().front().toString().toStdString();
        QVERIFY2(fs::exists(adapter / "adapter_config.json"), adapter.c_str());
        QVERIFY2(fs::file_size(adapter / "adapter_model.safetensors") > 1000, adapter.c_str());
    }

    void theWindowStaysAliveAndStops()
    {
        fillForm(QStringLiteral("2000"));
        bool ended = false;
        RunEnded end;
        connect(page()->bridge(), &SessionBridge::ended, this, [&](const RunEnded& e) {
            ended = true;
            end = e;
        });
        page()->start();
        QTRY_VERIFY_WITH_TIMEOUT(page()->metrics()->lastStep() || ended, kRunTimeout);
        QVERIFY2(!ended, qPrintable(page()->monitor()->strip()->text()));
        const int before = page()->monitor()->chart()->trainingPoints();
        QTRY_VERIFY_WITH_TIMEOUT(page()->monitor()->chart()->trainingPoints() > before, kRunTimeout);
        QElapsedTimer watch;
        watch.start();
        QTest::keyClick(m_window.get(), Qt::Key_Period, Qt::ControlModifier);
        QVERIFY2(watch.elapsed() < 1000, "Stop only asks");
        QTRY_VERIFY_WITH_TIMEOUT(ended, kRunTimeout);
        QCOMPARE(end.state, SessionState::stopped);
        QVERIFY(page()->monitor()->exportButton()->isEnabled());
        QVERIFY(fs::exists(end.adapter / "adapter_config.json"));
    }

    void brokenRowsAreNamedOnThePage()
    {
        fillForm(QStringLiteral("1"));
        const fs::path rows = m_folder / "broken.jsonl";
        writeFile(rows, "{\"prompt\": \"a\", \"completion\": \"b\"}\n{\"prompt\": \"a\", \n");
        type(field<QLineEdit>("data.train"), QString::fromStdString(rows.string()));
        bool ended = false;
        connect(page()->bridge(), &SessionBridge::ended, this, [&] { ended = true; });
        page()->start();
        QTRY_VERIFY_WITH_TIMEOUT(ended, kRunTimeout);
        const Strip* strip = page()->monitor()->strip();
        QVERIFY(strip->isVisible());
        QVERIFY2(strip->text().contains(QLatin1String("broken.jsonl")) && strip->text().contains(QLatin1Char('2')),
            qPrintable(strip->text()));
        QVERIFY(!page()->monitor()->exportButton()->isEnabled());
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
