// SPDX-License-Identifier: GPL-3.0-or-later
// The export page with a scripted proof: it is driven by clicks and keys.
#include "tests/ui/page_fixture.h"
#include "tests/ui/run_fixture.h"
#include "ui/main_window.h"
#include "ui/pages/export_page.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/step_list.h"
#include "ui/widgets/strip.h"

#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QThread>
#include <QThreadPool>

#include <atomic>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::PageFixture;
namespace fs = std::filesystem;

namespace {

/// What the worker's proof does, and what it was asked.
struct ProofScript {
    std::atomic<bool> wait{false}; ///< measures until it is cancelled or this is false again
    std::atomic<int> calls{0};
    AdapterProof proof{true, 2.479, 2.479};
    std::vector<Fault> faults;
    fs::path run, origin, exported;
    std::optional<double> recorded;
};

} // namespace

class TestExportPage : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_home;
    std::shared_ptr<ProofScript> m_proof;
    std::unique_ptr<MainWindow> m_window;
    ExportPage* m_page = nullptr;
    fs::path m_run;

    template <typename Widget>
    Widget* find(const char* name) const
    {
        return m_page->findChild<Widget*>(QString::fromLatin1(name));
    }
    void click(const char* name) const { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
    QLineEdit* folder() const { return find<QLineEdit>("folder"); }
    fs::path target() const { return folder()->text().toStdString(); }
    Strip* result() const { return find<Strip>("result"); }
    StepList* steps() const { return m_page->findChild<StepList*>(); }

    void typeFolder(const fs::path& path) const
    {
        folder()->setFocus();
        folder()->selectAll();
        QTest::keyClicks(folder(), QString::fromStdString(path.string()));
    }

    void openRun()
    {
        m_run = test::makeRun(m_home->folder / "runs", "cynic");
        m_window->workspace().selectRun(m_run);
        QVERIFY(QTest::qWaitFor([this] { return find<QPushButton>("exportAdapter")->isEnabled(); }, 20'000));
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(); }

    void init()
    {
        m_home = std::make_unique<PageFixture>();
        m_proof = std::make_shared<ProofScript>();
        Services services = m_home->services();
        services.proveAdapter
            = [script = m_proof](const fs::path& run, const fs::path& origin, const fs::path& exported,
                  std::optional<double> recorded, const Progress& progress) {
                  script->run = run;
                  script->origin = origin;
                  script->exported = exported;
                  script->recorded = recorded;
                  ++script->calls;
                  report(progress, "quantizing", 1, 2);
                  int row = 0;
                  do {
                      report(progress, "evaluating", ++row, 1000);
                      QThread::msleep(2);
                  } while (script->wait);
                  if (!script->faults.empty())
                      throw Error(script->faults);
                  return script->proof;
              };
        m_window = std::make_unique<MainWindow>(std::move(services), *m_theme);
        m_window->resize(1440, 900);
        m_window->show(PageId::exports);
        m_window->QWidget::show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_page = m_window->page<ExportPage>(PageId::exports);
    }

    void cleanup()
    {
        m_proof->wait = false;
        m_window.reset();
        m_home.reset();
    }

    void emptyItSaysSo()
    {
        QVERIFY(!find<QPushButton>("exportAdapter")->isVisible());
        click("showRuns");
        QCOMPARE(m_window->currentPage(), PageId::runs);
    }

    void writesReloadsAndProves()
    {
        openRun();
        QCOMPARE(target(), m_home->folder / "adapters/cynic-adapter");
        QVERIFY(find<QPlainTextEdit>("python")->toPlainText().contains(QLatin1String("cynic-adapter")));
        click("exportAdapter");
        QTRY_VERIFY(result()->isVisible());
        QCOMPARE(
            result()->heading(), QStringLiteral("Exported and reloaded: validation loss 2.479 before, 2.479 after."));
        QVERIFY(fs::exists(m_home->folder / "adapters/cynic-adapter/adapter_model.safetensors"));
        QCOMPARE(m_proof->run, m_run);
        QCOMPARE(m_proof->origin, m_run / "adapter");
        QCOMPARE(m_proof->exported, m_home->folder / "adapters/cynic-adapter");
        QCOMPARE(m_proof->recorded, std::optional<double>(2.479));
        for (int step = 0; step < 3; ++step)
            QCOMPARE(steps()->state(step), StepList::State::done);
        QVERIFY(!find<QPushButton>("exportAdapter")->isEnabled()); // it is there already
        QVERIFY(find<QPushButton>("openFolder")->isVisible());
        click("pythonCopy");
        QVERIFY(QApplication::clipboard()->text().contains(QLatin1String("PeftModel.from_pretrained")));
        click("shellCopy");
        QVERIFY(QApplication::clipboard()->text().startsWith(QLatin1String("falconer generate")));
    }

    void anotherRunChangesNothingHere()
    {
        openRun();
        typeFolder(m_home->folder / "exports/mine");
        Q_EMIT m_window->workspace().runsChanged();
        QTRY_VERIFY(find<QPushButton>("exportAdapter")->isEnabled()); // read again
        QCOMPARE(target(), m_home->folder / "exports/mine");
        click("exportAdapter");
        QTRY_VERIFY(result()->isVisible());
        const QString proof = result()->heading();
        Q_EMIT m_window->workspace().runsChanged();
        QTest::qWait(300);
        QCOMPARE(result()->heading(), proof);
        QCOMPARE(target(), m_home->folder / "exports/mine");
        for (int step = 0; step < 3; ++step)
            QCOMPARE(steps()->state(step), StepList::State::done);
        // Another adapter is another export.
        m_window->workspace().selectRun(m_run, 40);
        QTRY_COMPARE(target(), m_home->folder / "adapters/cynic-checkpoint-40");
        QVERIFY(result()->heading().isEmpty());
    }

    void cancelSaysWhyItCannotBePressedAgain()
    {
        openRun();
        m_proof->wait = true;
        click("exportAdapter");
        QTRY_COMPARE(m_proof->calls.load(), 1);
        for (const char* name : {"run", "checkpoint", "folder", "browse"}) {
            QVERIFY2(!find<QWidget>(name)->isEnabled(), name);
            QVERIFY2(find<QWidget>(name)->toolTip().contains(QLatin1String("going on")), name);
        }
        click("cancelExport");
        QVERIFY(!find<QPushButton>("cancelExport")->isEnabled());
        QVERIFY(find<QPushButton>("cancelExport")->toolTip().contains(QLatin1String("at hand")));
        m_proof->wait = false;
        QTRY_VERIFY(result()->isVisible());
    }

    void aCheckpointIsExported()
    {
        openRun();
        auto* box = find<QComboBox>("checkpoint");
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(m_window->workspace().selectedCheckpoint(), std::optional<std::int64_t>(40));
        QCOMPARE(target(), m_home->folder / "adapters/cynic-checkpoint-40");
        click("exportAdapter");
        QTRY_VERIFY(result()->isVisible());
        QCOMPARE(m_proof->recorded, std::optional<double>(2.611));
        QVERIFY(fs::exists(target() / "adapter_config.json"));
        QVERIFY(!fs::exists(target() / "optimizer.safetensors"));
    }

    void nothingIsReplaced()
    {
        openRun();
        const fs::path taken = m_home->folder / "exports/mine";
        fs::create_directories(taken);
        writeFile(taken / "thesis.txt", "irreplaceable");
        typeFolder(taken);
        QVERIFY(!find<QPushButton>("exportAdapter")->isEnabled());
        QVERIFY(m_page->findChild<FaultLabel*>()->fault().contains(QLatin1String("holds something")));
        QTest::keyClick(folder(), Qt::Key_Return);
        click("otherName");
        QCOMPARE(target(), m_home->folder / "exports/mine-2");
        QVERIFY(find<QPushButton>("exportAdapter")->isEnabled());
        // It is taken between the look and the click.
        fs::create_directories(target());
        writeFile(target() / "late.txt", "x");
        click("exportAdapter");
        QTest::qWait(50);
        QCOMPARE(m_proof->calls.load(), 0);
        QVERIFY(!fs::exists(target() / "adapter_config.json"));
        typeFolder("relative/place");
        QVERIFY(!find<QPushButton>("exportAdapter")->isEnabled());
        folder()->clear();
        QVERIFY(!find<QPushButton>("exportAdapter")->isEnabled());
        QCOMPARE(readFile(taken / "thesis.txt"), std::string("irreplaceable"));
    }

    void theCheckCanBeEnded()
    {
        openRun();
        m_proof->wait = true;
        click("exportAdapter");
        QTRY_COMPARE(find<QPushButton>("cancelExport")->text(), QStringLiteral("Stop checking"));
        QCOMPARE(steps()->state(0), StepList::State::done);
        QVERIFY(!folder()->isEnabled());
        click("cancelExport");
        QTRY_VERIFY(result()->isVisible());
        QVERIFY(result()->heading().contains(QLatin1String("not checked")));
        QVERIFY(fs::exists(m_home->folder / "adapters/cynic-adapter/adapter_model.safetensors"));
        QVERIFY(!find<QPushButton>("cancelExport")->isVisible());
    }

    void faultsStayOnThePage()
    {
        openRun();
        m_proof->faults = {{ErrorCode::outOfMemory, "memory", "there is not enough", "close the playground"}};
        click("exportAdapter");
        QTRY_VERIFY(result()->isVisible());
        QVERIFY(result()->text().contains(QLatin1String("there is not enough")));
        QVERIFY(result()->heading().contains(QLatin1String("complete")));
        QCOMPARE(steps()->state(2), StepList::State::failed);

        fs::remove(m_run / "adapter/adapter_model.safetensors");
        typeFolder(m_home->folder / "exports/gone");
        click("exportAdapter");
        QTRY_VERIFY(result()->text().contains(QLatin1String("Nothing half-written remains")));
        QVERIFY(!fs::exists(m_home->folder / "exports/gone"));
        QCOMPARE(steps()->state(0), StepList::State::failed);
    }

    void anotherLossIsAWarning()
    {
        openRun();
        m_proof->proof = {true, 2.479, 2.612};
        click("exportAdapter");
        QTRY_VERIFY(result()->isVisible());
        QCOMPARE(result()->property("strip").toString(), QStringLiteral("warn"));
        m_proof->proof = {false, 1.5, 1.5};
        typeFolder(m_home->folder / "exports/again");
        click("exportAdapter");
        QTRY_VERIFY(result()->heading().contains(QLatin1String("first training rows")));
        QCOMPARE(result()->property("strip").toString(), QStringLiteral("ok"));
    }

    void aRunWithoutAnAdapterSaysSo()
    {
        const fs::path run = test::makeRun(m_home->folder / "runs", "early");
        for (const char* each : {"adapter", "best", "checkpoints"})
            fs::remove_all(run / each);
        m_window->workspace().selectRun(run);
        QTRY_VERIFY_WITH_TIMEOUT(find<Strip>("trouble")->isVisible(), 20'000);
        QVERIFY(find<Strip>("trouble")->text().contains(QLatin1String("no adapter")));
        QVERIFY(!find<QPushButton>("exportAdapter")->isEnabled());
        QVERIFY(!find<QPushButton>("exportAdapter")->toolTip().isEmpty());
    }

    void browsingKeepsTheName()
    {
        openRun();
        click("browse");
        auto* dialog = m_page->findChild<QFileDialog*>(QStringLiteral("exportDialog"));
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(QString::fromStdString((m_home->folder / "exports").string()));
        dialog->close();
        QCOMPARE(target(), m_home->folder / "exports/cynic-adapter");
    }

    void closingWhileItMeasures()
    {
        openRun();
        m_proof->wait = true;
        click("exportAdapter");
        QTRY_COMPARE(m_proof->calls.load(), 1);
        m_window.reset(); // ends the worker without waiting for it
        QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
    }

    void everyControlIsNamed()
    {
        openRun();
        for (QWidget* each : m_page->findChildren<QWidget*>()) {
            if (each->focusPolicy() == Qt::NoFocus || !each->isVisible()
                || each->objectName().startsWith(QLatin1String("qt_")))
                continue;
            const auto* button = qobject_cast<QAbstractButton*>(each);
            const bool named = !each->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(named, qPrintable(each->objectName() + QLatin1String(each->metaObject()->className())));
            if (button)
                QVERIFY2(each->height() >= 24, qPrintable(button->text()));
        }
    }

    /// For the eye: FALCONER_SCREENSHOTS=folder writes pictures of the page.
    void pictures()
    {
        const QString place = qEnvironmentVariable("FALCONER_SCREENSHOTS");
        if (place.isEmpty())
            return;
        for (const Theme::Choice scheme : {Theme::Choice::light, Theme::Choice::dark}) {
            m_theme->setChoice(scheme);
            const QString suffix = scheme == Theme::Choice::light ? QStringLiteral("light") : QStringLiteral("dark");
            const auto shoot = [&](const char* name) {
                QTest::qWait(50);
                m_window->grab().save(QStringLiteral("%1/export-%2-%3.png").arg(place, QLatin1String(name), suffix));
            };
            m_window->workspace().selectRun({});
            shoot("empty");
            openRun();
            shoot("ready");
            m_proof->wait = true;
            click("exportAdapter");
            QTRY_COMPARE(find<QPushButton>("cancelExport")->text(), QStringLiteral("Stop checking"));
            shoot("running");
            m_proof->wait = false;
            QTRY_VERIFY(result()->isVisible());
            shoot("done");
            m_window->resize(1024, 700);
            shoot("1024");
            m_window->resize(1440, 900);
            typeFolder(m_home->folder / "runs");
            shoot("taken");
            fs::remove_all(m_home->folder / "adapters");
            fs::remove_all(m_home->folder / "runs");
        }
        m_theme->setChoice(Theme::Choice::light);
    }
};

QTEST_MAIN(TestExportPage)
#include "tst_export_page.moc"
