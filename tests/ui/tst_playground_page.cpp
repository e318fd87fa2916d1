// SPDX-License-Identifier: GPL-3.0-or-later
// The playground page with a scripted model: it is driven by clicks and keys.
#include "tests/ui/fake_playground.h"
#include "tests/ui/page_fixture.h"
#include "tests/ui/run_fixture.h"
#include "ui/main_window.h"
#include "ui/models/chat_model.h"
#include "ui/pages/playground_page.h"
#include "ui/session/saved_prompts.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/strip.h"

#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QSplitter>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::PageFixture;
namespace fs = std::filesystem;

class TestPlaygroundPage : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_home;
    std::shared_ptr<test::PlaygroundScript> m_script;
    std::unique_ptr<MainWindow> m_window;
    PlaygroundPage* m_page = nullptr;

    template <typename Widget>
    Widget* find(const char* name) const
    {
        return m_page->findChild<Widget*>(QString::fromLatin1(name));
    }
    QPlainTextEdit* prompt() const { return find<QPlainTextEdit>("prompt"); }
    ChatModel* chat(PlaygroundSide side) const { return m_page->column(side)->model(); }
    void click(const char* name) const { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }

    /// Chooses an entry of a box by keys, as a user does.
    void choose(const char* box, int row) const
    {
        auto* combo = find<QComboBox>(box);
        combo->setFocus();
        while (combo->currentIndex() > row)
            QTest::keyClick(combo, Qt::Key_Up);
        while (combo->currentIndex() < row)
            QTest::keyClick(combo, Qt::Key_Down);
    }

    fs::path openRun(const std::string& golden = "falcon-7b", const std::string& more = {})
    {
        const fs::path run = test::makeRun(m_home->folder / "runs", "cynic", golden, more);
        m_window->workspace().selectRun(run);
        return run;
    }
    bool waitUntilReady() const
    {
        return QTest::qWaitFor([this] { return find<QComboBox>("checkpoint")->count() > 0; }, 20'000);
    }
    void type(const QString& text) const
    {
        prompt()->setFocus();
        QTest::keyClicks(prompt(), text);
    }
    void sendByKeys(const QString& text) const
    {
        type(text);
        QTest::keyClick(prompt(), Qt::Key_Return, Qt::ControlModifier);
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(); }

    void init()
    {
        m_home = std::make_unique<PageFixture>();
        m_script = std::make_shared<test::PlaygroundScript>();
        Services services = m_home->services();
        services.makePlayground = [script = m_script] { return std::make_unique<test::FakePlayground>(script); };
        m_window = std::make_unique<MainWindow>(std::move(services), *m_theme);
        m_window->resize(1440, 900);
        m_window->show(PageId::playground);
        m_window->QWidget::show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_page = m_window->page<PlaygroundPage>(PageId::playground);
    }

    void cleanup()
    {
        m_window.reset();
        QTRY_COMPARE(m_script->alive, 0);
        m_home.reset();
    }

    void emptyItSaysWhatToDo()
    {
        QVERIFY(find<QWidget>("empty")->isVisible());
        click("showRuns");
        QCOMPARE(m_window->currentPage(), PageId::runs);
        m_window->show(PageId::playground);
        // Nothing to answer with: the keys do nothing, and do not start a training either.
        QTest::keyClick(m_page, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_script->questions.empty());
        QCOMPARE(m_home->script->starts, 0);
    }

    void theStarterModelIsOneClickAway()
    {
        const fs::path cache = m_home->folder / "cache";
        qputenv("FALCONER_CACHE", cache.c_str());
        const auto back = qScopeGuard([] { qunsetenv("FALCONER_CACHE"); });
        const auto showAgain = [this] {
            m_window->show(PageId::home);
            m_window->show(PageId::playground);
        };
        showAgain();
        QVERIFY(!find<QPushButton>("useStarter")->isVisible());
        fs::create_directories(cache / "models/smollm2-135m-instruct");
        fs::create_directories(cache / "data");
        writeFile(cache / "models/smollm2-135m-instruct/small.gguf", "GGUF");
        writeFile(cache / "data/cynic.jsonl", "{}\n");
        showAgain();
        QVERIFY(find<QPushButton>("useStarter")->isVisible());
        click("useStarter");
        QCOMPARE(
            m_window->workspace().draft().recipe().model, (cache / "models/smollm2-135m-instruct/small.gguf").string());
        QTRY_VERIFY(prompt()->isVisible());
    }

    void bothSidesAnswer()
    {
        const fs::path run = openRun();
        QVERIFY(waitUntilReady());
        sendByKeys(QStringLiteral("Who mends the kettle?"));
        QCOMPARE(m_script->questions.size(), std::size_t(1));
        const PlaygroundQuestion& question = m_script->questions.front();
        QCOMPARE(question.model.path, test::golden("runs/falcon-7b/model"));
        QCOMPARE(question.model.quantization.type, std::string("none"));
        QCOMPARE(question.model.device, std::string("cpu"));
        QCOMPARE(*question.adapter, run / "adapter");
        QCOMPARE(question.templateName, std::string("none")); // this model has no template
        QCOMPARE(question.sampling.temperature, 0.0);
        QCOMPARE(question.turns.size(), std::size_t(2));
        QCOMPARE(question.turns[1].side, PlaygroundSide::tuned);
        QCOMPARE(question.turns[1].messages.back().content, std::string("Who mends the kettle?"));
        QVERIFY(prompt()->toPlainText().isEmpty());
        QVERIFY(!find<QPushButton>("send")->isEnabled());
        QVERIFY(find<QPushButton>("stop")->isVisible());
        for (const char* name : {"run", "checkpoint", "newChat"}) {
            QVERIFY2(!find<QWidget>(name)->isEnabled(), name);
            QVERIFY2(find<QWidget>(name)->toolTip().contains(QLatin1String("being written")), name);
        }

        m_script->push(PlaygroundPhase{{}, "loading", 1, 2});
        m_script->push(PlaygroundReady{"cpu (avx2, 2 threads)"});
        m_script->push({PlaygroundText{PlaygroundSide::base, "A "}, PlaygroundText{PlaygroundSide::base, "smith."}});
        QTRY_COMPARE(chat(PlaygroundSide::base)->lastAnswer(), QStringLiteral("A smith."));
        QVERIFY(chat(PlaygroundSide::base)->isAnswering());
        m_script->answer(PlaygroundSide::base, " Maybe.");
        m_script->answer(PlaygroundSide::tuned, "Die Kesselflickerin: 雨.");
        m_script->push(PlaygroundDone{});
        QTRY_VERIFY(!m_page->bridge()->isBusy());
        QCOMPARE(chat(PlaygroundSide::base)->lastAnswer(), QStringLiteral("A smith. Maybe."));
        QCOMPARE(chat(PlaygroundSide::tuned)->lastAnswer(), QString::fromUtf8("Die Kesselflickerin: 雨."));
        const QString note = chat(PlaygroundSide::tuned)->index(1).data(ChatModel::NoteRole).toString();
        QVERIFY2(note.contains(QLatin1String("5 tokens")) && note.contains(QLatin1String("12.5 tokens/s")),
            qPrintable(note));

        // Each side goes on from what it said itself.
        sendByKeys(QStringLiteral("Why?"));
        const PlaygroundQuestion& next = m_script->questions.back();
        QCOMPARE(next.turns[0].messages.size(), std::size_t(3));
        QCOMPARE(next.turns[0].messages[1].content, std::string("A smith. Maybe."));
        QCOMPARE(next.turns[1].messages[1].content, std::string("Die Kesselflickerin: 雨."));
        m_script->push(PlaygroundDone{});
        QTRY_VERIFY(!m_page->bridge()->isBusy());

        QTest::mouseClick(
            m_page->column(PlaygroundSide::base)->findChild<QToolButton*>(QStringLiteral("copy")), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("A smith. Maybe."));
        click("newChat");
        QCOMPARE(chat(PlaygroundSide::base)->rowCount(), 0);
        QCOMPARE(chat(PlaygroundSide::tuned)->rowCount(), 0);
        QVERIFY(prompt()->hasFocus());
    }

    void oneSideAlone()
    {
        openRun();
        QVERIFY(waitUntilReady());
        auto* answerers = find<Segments>("answerers");
        QTest::mouseClick(answerers->button(QStringLiteral("Tuned")), Qt::LeftButton);
        sendByKeys(QStringLiteral("a"));
        QCOMPARE(m_script->questions.back().turns.size(), std::size_t(1));
        QCOMPARE(m_script->questions.back().turns[0].side, PlaygroundSide::tuned);
        QCOMPARE(chat(PlaygroundSide::base)->rowCount(), 0);
    }

    void escStops()
    {
        openRun();
        QVERIFY(waitUntilReady());
        sendByKeys(QStringLiteral("a"));
        m_script->endOnStop = false;
        QTest::keyClick(prompt(), Qt::Key_Escape);
        QCOMPARE(m_script->stops, 1);
        QVERIFY(!find<QPushButton>("stop")->isEnabled());
        QTest::keyClick(prompt(), Qt::Key_Escape);
        QCOMPARE(m_script->stops, 1);
        // The base was half-way: what it said is kept; the tuned side was not asked.
        PlaygroundAnswer answer;
        answer.finish = Finish::cancelled;
        answer.newTokens = 2;
        m_script->push({PlaygroundText{PlaygroundSide::base, "Half"}, answer, PlaygroundDone{{}, true}});
        QTRY_VERIFY(!m_page->bridge()->isBusy());
        QCOMPARE(chat(PlaygroundSide::base)->lastAnswer(), QStringLiteral("Half"));
        QVERIFY(chat(PlaygroundSide::base)
                    ->index(1)
                    .data(ChatModel::NoteRole)
                    .toString()
                    .contains(QLatin1String("stopped")));
        QCOMPARE(chat(PlaygroundSide::tuned)->rowCount(), 0);
        QVERIFY(prompt()->toPlainText().isEmpty());
        // Stopped before anything was said: the prompt is back.
        m_script->endOnStop = true;
        sendByKeys(QStringLiteral("again"));
        click("stop");
        QTRY_VERIFY(!m_page->bridge()->isBusy());
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("again"));
        QCOMPARE(chat(PlaygroundSide::base)->rowCount(), 2);
    }

    void anErrorKeepsThePromptAndOffersHelp()
    {
        openRun("falcon-7b", "");
        QVERIFY(waitUntilReady());
        sendByKeys(QStringLiteral("a long story"));
        m_script->push(
            PlaygroundDone{{{ErrorCode::outOfMemory, "cuda:0", "its memory ran out", "answer on the CPU"}}, false});
        QTRY_VERIFY(find<Strip>("fault")->isVisible());
        QVERIFY(find<Strip>("fault")->text().contains(QLatin1String("its memory ran out")));
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("a long story"));
        QCOMPARE(chat(PlaygroundSide::base)->rowCount(), 0);
        // Some run has changed, and this one is read again: the fault is still the answer's.
        Q_EMIT m_window->workspace().runsChanged();
        QTest::qWait(300);
        QTRY_VERIFY(find<QPushButton>("send")->isEnabled());
        QVERIFY(find<Strip>("fault")->isVisible());
        QVERIFY(find<QPushButton>("onCpu")->isVisible());
        click("onCpu");
        QCOMPARE(m_script->questions.size(), std::size_t(2));
        QCOMPARE(m_script->questions.back().model.device, std::string("cpu"));
        QVERIFY(!find<Strip>("fault")->isVisible());
        m_script->answer(PlaygroundSide::base, "x");
        m_script->answer(PlaygroundSide::tuned, "y");
        m_script->push(PlaygroundDone{});
        QTRY_VERIFY(!m_page->bridge()->isBusy());
        // What is too long is helped by a new chat; the prompt stays.
        sendByKeys(QStringLiteral("more"));
        m_script->push(PlaygroundDone{{{ErrorCode::requestInvalid, "prompt", "it is too long", "shorten it"}}, false});
        QTRY_VERIFY(find<QPushButton>("fresh")->isVisible());
        click("fresh");
        QCOMPARE(chat(PlaygroundSide::base)->rowCount(), 0);
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("more"));
        QVERIFY(!find<Strip>("fault")->isVisible());
    }

    void anotherCheckpointKeepsTheBasesChat()
    {
        const fs::path run = openRun();
        QVERIFY(waitUntilReady());
        auto* box = find<QComboBox>("checkpoint");
        QCOMPARE(box->count(), 4);
        QVERIFY2(box->itemText(0).contains(QLatin1String("2.479")), qPrintable(box->itemText(0)));
        sendByKeys(QStringLiteral("a"));
        m_script->answer(PlaygroundSide::base, "x");
        m_script->answer(PlaygroundSide::tuned, "y");
        m_script->push(PlaygroundDone{});
        QTRY_VERIFY(!m_page->bridge()->isBusy());
        choose("checkpoint", 2);
        QCOMPARE(m_window->workspace().selectedCheckpoint(), std::optional<std::int64_t>(40));
        QCOMPARE(chat(PlaygroundSide::base)->rowCount(), 2);
        QCOMPARE(chat(PlaygroundSide::tuned)->rowCount(), 0);
        sendByKeys(QStringLiteral("b"));
        QCOMPARE(*m_script->questions.back().adapter, run / "checkpoints/checkpoint-40");
        QCOMPARE(m_script->questions.back().turns[1].messages.size(), std::size_t(1));
        m_script->push(PlaygroundDone{});
        QTRY_VERIFY(!m_page->bridge()->isBusy());
        choose("checkpoint", 1);
        QCOMPARE(m_window->workspace().selectedCheckpoint(), std::nullopt);
        sendByKeys(QStringLiteral("c"));
        QCOMPARE(*m_script->questions.back().adapter, run / "best");
    }

    void theBaseModelAlone()
    {
        LoadedRecipe recipe = m_home->recipe();
        recipe.recipe.model = test::golden("runs/falcon-7b/model").string();
        m_window->workspace().draft().replace(recipe, QStringLiteral("test"));
        click("useBase");
        QTRY_VERIFY(prompt()->isVisible());
        prompt()->setPlainText(QStringLiteral("alone"));
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("send")->isEnabled(), 20'000);
        QVERIFY(!m_page->column(PlaygroundSide::tuned)->isVisible());
        click("send");
        QCOMPARE(m_script->questions.back().turns.size(), std::size_t(1));
        QCOMPARE(m_script->questions.back().turns[0].side, PlaygroundSide::base);
        QVERIFY(!m_script->questions.back().adapter);
        m_script->push(PlaygroundDone{});
        QTRY_VERIFY(!m_page->bridge()->isBusy());
        QTest::mouseClick(find<QPushButton>("unload"), Qt::LeftButton);
        QCOMPARE(m_script->unloads, 1);
        QVERIFY(!find<QPushButton>("unload")->isVisible());
    }

    void aTemplateMakesItAChat()
    {
        openRun("falcon-7b", "");
        const fs::path run = m_home->folder / "runs/chatty";
        test::makeRun(m_home->folder / "runs", "chatty", "falcon-7b");
        std::string recipe = readFile(run / "run.yaml");
        const std::string rows = test::golden("runs/messages/train.jsonl").string();
        recipe.replace(recipe.find("{train: "), recipe.find("}") - recipe.find("{train: "),
            "{train: " + rows + ", template: chatml");
        writeFile(run / "run.yaml", recipe);
        m_window->workspace().selectRun(run);
        QVERIFY(waitUntilReady());
        auto* format = find<Segments>("format");
        QTRY_COMPARE_WITH_TIMEOUT(format->value(), QStringLiteral("Chat"), 20'000);
        find<QPlainTextEdit>("system")->setFocus();
        QTest::keyClicks(find<QPlainTextEdit>("system"), QStringLiteral("Be brief."));
        auto* temperature = find<QDoubleSpinBox>("temperature");
        temperature->setFocus();
        temperature->selectAll();
        QTest::keyClicks(temperature, QStringLiteral("0.7"));
        sendByKeys(QStringLiteral("a"));
        QCOMPARE(m_script->questions.back().templateName, std::string("chatml"));
        QCOMPARE(m_script->questions.back().turns[0].messages[0].role, std::string("system"));
        QCOMPARE(m_script->questions.back().sampling.temperature, 0.7);
        m_script->push({PlaygroundPrompt{PlaygroundSide::base, "<|im_start|>user\na"}, PlaygroundDone{}});
        QTRY_VERIFY(!m_page->bridge()->isBusy());
        click("showTemplate");
        auto* dialog = m_page->findChild<QDialog*>(QStringLiteral("templateDialog"));
        QVERIFY(dialog && dialog->isVisible());
        auto* tabs = dialog->findChild<QTabWidget*>();
        QCOMPARE(tabs->count(), 2); // the base's prompt, the template
        QCOMPARE(qobject_cast<QPlainTextEdit*>(tabs->widget(0))->toPlainText(), QStringLiteral("<|im_start|>user\na"));
        dialog->reject();
        QTRY_VERIFY(!m_page->findChild<QDialog*>(QStringLiteral("templateDialog")));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        prompt()->clear(); // nobody answered, so it was put back
        QTest::mouseClick(format->button(QStringLiteral("Plain text")), Qt::LeftButton);
        QVERIFY(!find<QPlainTextEdit>("system")->isEnabled());
        sendByKeys(QStringLiteral("a"));
        QCOMPARE(m_script->questions.back().templateName, std::string("none"));
        QCOMPARE(m_script->questions.back().turns[0].messages.size(), std::size_t(1));
        click("resetSampling");
        QCOMPARE(temperature->value(), 0.0);
    }

    void promptsAreSavedPickedAndRemoved()
    {
        openRun("falcon-7b", "training: {sample_prompts: [\"Define & conquer\"]}\n");
        QVERIFY(waitUntilReady());
        const auto menu = [this] {
            click("savedPrompts");
            return m_page->findChild<QMenu*>(QStringLiteral("promptMenu"));
        };
        const auto pick = [](const QMenu* from, const QString& text) {
            for (QAction* action : from->actions())
                if (action->text() == text)
                    return action;
            return static_cast<QAction*>(nullptr);
        };
        type(QStringLiteral("keep me"));
        QMenu* opened = menu();
        QVERIFY(opened && opened->isVisible());
        opened->findChild<QAction*>(QStringLiteral("savePrompt"))->trigger();
        opened->close();
        QTRY_VERIFY(!m_page->findChild<QMenu*>(QStringLiteral("promptMenu")));
        QCOMPARE(SavedPrompts().all(), QStringList{QStringLiteral("keep me")});
        prompt()->clear();
        opened = menu();
        QVERIFY(!opened->findChild<QAction*>(QStringLiteral("savePrompt"))->isEnabled());
        pick(opened, QStringLiteral("Define && conquer"))->trigger();
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("Define & conquer"));
        pick(opened, QStringLiteral("keep me"))->trigger();
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("keep me"));
        opened->findChild<QMenu*>()->actions().constFirst()->trigger();
        QVERIFY(SavedPrompts().all().isEmpty());
        opened->close();
        QTRY_VERIFY(!m_page->findChild<QMenu*>(QStringLiteral("promptMenu")));
    }

    void aBrokenRunSaysWhy()
    {
        const fs::path run = test::makeRun(m_home->folder / "runs", "broken");
        writeFile(run / "run.yaml", "model: [\n");
        m_window->workspace().selectRun(run);
        QTRY_VERIFY_WITH_TIMEOUT(find<Strip>("fault")->isVisible(), 20'000);
        QVERIFY(find<Strip>("fault")->text().contains(QLatin1String("run.yaml")));
        sendByKeys(QStringLiteral("a"));
        QVERIFY(m_script->questions.empty());
        QVERIFY(!find<QPushButton>("send")->toolTip().isEmpty());
    }

    void aTrainingRunIsNoticed()
    {
        QVERIFY(!find<Strip>("notice")->isVisible());
        m_window->workspace().draft().replace(m_home->recipe(), QStringLiteral("test"));
        m_window->workspace().startDraft();
        m_window->show(PageId::playground);
        QVERIFY(find<Strip>("notice")->isVisible());
        m_window->workspace().run().stop();
        QTRY_VERIFY(!m_window->workspace().run().isRunning());
        QTRY_VERIFY(!find<Strip>("notice")->isVisible());
    }

    void narrowItStacks()
    {
        openRun();
        QVERIFY(waitUntilReady());
        auto* columns = m_page->column(PlaygroundSide::base)->parentWidget();
        auto* splitter = qobject_cast<QSplitter*>(columns);
        QCOMPARE(splitter->orientation(), Qt::Horizontal);
        m_window->resize(1024, 700);
        QTRY_VERIFY(!find<QWidget>("format")->isVisible()); // room for the answers first
        QCOMPARE(splitter->orientation(), Qt::Horizontal);
        click("showSettings");
        QTRY_VERIFY(find<QWidget>("format")->isVisible());
        QCOMPARE(splitter->orientation(), Qt::Vertical);
        QCOMPARE(m_window->size(), QSize(1024, 700));
    }

    void closingWhileItAnswers()
    {
        openRun();
        QVERIFY(waitUntilReady());
        sendByKeys(QStringLiteral("a"));
        m_window.reset();
        QTRY_COMPARE(m_script->alive, 0);
        QCOMPARE(m_script->stops, 1);
    }

    void withoutAnEngineItSaysSo()
    {
        m_window = std::make_unique<MainWindow>(m_home->services(), *m_theme);
        m_window->show(PageId::playground);
        m_window->QWidget::show();
        m_page = m_window->page<PlaygroundPage>(PageId::playground);
        openRun();
        QVERIFY(waitUntilReady());
        sendByKeys(QStringLiteral("a"));
        QVERIFY(find<Strip>("fault")->isVisible());
        QCOMPARE(prompt()->toPlainText(), QStringLiteral("a"));
    }

    void everyControlIsNamed()
    {
        openRun();
        QVERIFY(waitUntilReady());
        for (QWidget* each : m_page->findChildren<QWidget*>()) {
            if (each->focusPolicy() == Qt::NoFocus || !each->isVisible()
                || each->objectName().startsWith(QLatin1String("qt_")))
                continue;
            const auto* button = qobject_cast<QAbstractButton*>(each);
            const bool named = !each->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(named, qPrintable(each->objectName() + QLatin1String(each->metaObject()->className())));
            if (button)
                QVERIFY2(each->width() >= 24 && each->height() >= 24, qPrintable(button->text()));
        }
    }

    /// For the eye: FALCONER_SCREENSHOTS=folder writes pictures of the page.
    void pictures()
    {
        const QString folder = qEnvironmentVariable("FALCONER_SCREENSHOTS");
        if (folder.isEmpty())
            return;
        for (const Theme::Choice scheme : {Theme::Choice::light, Theme::Choice::dark}) {
            m_theme->setChoice(scheme);
            const QString suffix = scheme == Theme::Choice::light ? QStringLiteral("light") : QStringLiteral("dark");
            const auto shoot = [&](const char* name) {
                QTest::qWait(50);
                m_window->grab().save(
                    QStringLiteral("%1/playground-%2-%3.png").arg(folder, QLatin1String(name), suffix));
            };
            m_window->workspace().selectRun({});
            m_window->resize(1440, 900);
            shoot("empty");
            openRun();
            QVERIFY(waitUntilReady());
            QTRY_VERIFY(prompt()->isVisible());
            sendByKeys(QStringLiteral("Define \"patience\" as a cynic would."));
            m_script->answer(PlaygroundSide::base,
                "Patience is the ability to wait calmly for something without becoming annoyed or upset. It is a "
                "virtue that most religions praise, and one that few people have.");
            m_script->push({PlaygroundPhase{PlaygroundSide::tuned, "generating", 7, 256},
                PlaygroundText{PlaygroundSide::tuned, "A debt paid daily to people who never"}});
            QTRY_VERIFY(!chat(PlaygroundSide::tuned)->lastAnswer().isEmpty());
            shoot("answering");
            m_window->resize(1024, 700);
            shoot("1024");
            m_script->push(PlaygroundDone{{{ErrorCode::outOfMemory, "cuda:0", "its memory ran out",
                                              "answer on the CPU, or shorten the conversation"}},
                false});
            QTRY_VERIFY(find<Strip>("fault")->isVisible());
            shoot("fault-1024");
            m_window->resize(1440, 900);
            QTRY_VERIFY(find<QWidget>("format")->isVisible());
            click("newChat");
            prompt()->clear();
        }
        m_theme->setChoice(Theme::Choice::light);
    }
};

QTEST_MAIN(TestPlaygroundPage)
#include "tst_playground_page.moc"
