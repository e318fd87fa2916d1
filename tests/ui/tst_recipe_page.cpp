// SPDX-License-Identifier: GPL-3.0-or-later
// The Recipe page, driven as a person does it: by clicks and keys.
#include "core/config/fields.h"
#include "core/data/arrow_reader.h"
#include "tests/ui/page_fixture.h"
#include "ui/models/model_list_model.h"
#include "ui/pages/readiness_card.h"
#include "ui/pages/recipe_editors.h"
#include "ui/pages/recipe_field_row.h"
#include "ui/pages/recipe_form.h"
#include "ui/pages/recipe_help_card.h"
#include "ui/pages/recipe_number_edit.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/recipe_summary_card.h"
#include "ui/session/model_finder.h"
#include "ui/session/workspace.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segments.h"

#include <QCheckBox>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::PageFixture;
namespace fs = std::filesystem;

class TestRecipePage : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_home;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<RecipePage> m_page;

    template <typename Widget>
    Widget* field(const char* name) const
    {
        return m_page->findChild<Widget*>(QString::fromLatin1(name));
    }
    RecipeDraft& draft() const { return m_workspace->draft(); }
    const Recipe& recipe() const { return draft().recipe(); }
    QPushButton* start() const { return m_page->readinessCard()->startButton(); }
    QString summary() const { return m_page->readinessCard()->summary(); }
    FieldRow* row(const char* key) const { return m_page->form()->row(key); }
    test::SessionScript& script() const { return *m_home->script; }

    void type(QWidget* widget, const QString& text) const
    {
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(widget, Qt::Key_Delete);
        QTest::keyClicks(widget, text);
    }

    void ready() const { draft().begin(m_home->recipe(), QStringLiteral("test")); }

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>();
        m_theme->setChoice(Theme::Choice::light);
    }

    void init()
    {
        m_home = std::make_unique<PageFixture>();
        // The starter that this machine may have would make the tests differ from machine to machine.
        qputenv("FALCONER_CACHE", m_home->temporary.filePath(QStringLiteral("cache")).toUtf8());
        m_workspace = std::make_unique<Workspace>(m_home->services());
        m_workspace->finder()->search();
        m_page = std::make_unique<RecipePage>(*m_workspace);
        m_page->setAdvanced(true);
        m_page->resize(1440, 860);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTRY_COMPARE(m_workspace->models()->rowCount(), 1);
    }

    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        QCOMPARE(script().alive, 0);
        m_home.reset();
    }

    void everyFieldOfCoreHasARow()
    {
        for (const FieldInfo& info : recipeFields()) {
            const std::string key(info.key);
            const FieldRow* each = m_page->form()->row(key);
            QVERIFY2(each, key.c_str());
            const QWidget* target = each->editor()->target();
            QVERIFY2(!target->accessibleName().isEmpty(), key.c_str());
            QVERIFY2(target->accessibleName().toStdString() != key, key.c_str()); // it has a name of its own
            QVERIFY2(!target->accessibleDescription().isEmpty(), key.c_str());
            QVERIFY2(target->height() >= 24, key.c_str());
            const auto* box = qobject_cast<const QComboBox*>(target);
            QVERIFY2(!box || box->isEditable() || !box->currentText().isEmpty(), key.c_str());
            const auto labels = each->findChildren<QLabel*>();
            QVERIFY2(std::any_of(labels.begin(), labels.end(), [&](QLabel* l) { return l->buddy() == target; }),
                key.c_str());
        }
        QCOMPARE(m_page->form()->rows().size(), recipeFields().size());
        for (const QToolButton* button : m_page->findChildren<QToolButton*>())
            QVERIFY(!button->text().isEmpty() || !button->accessibleName().isEmpty()
                || qobject_cast<QLineEdit*>(button->parentWidget()) || !button->isVisible());
    }

    void whatIsTypedStarts()
    {
        draft().begin({}, {});
        QVERIFY(!start()->isEnabled());
        QVERIFY(summary().contains(QLatin1String("Choose a model")));
        QVERIFY2(row("model")->fault().isEmpty(), "an empty form is no mistake");
        type(field<QComboBox>("model")->lineEdit(), m_home->model());
        type(field<QLineEdit>("data.train"), m_home->rows());
        type(field<NumberEdit>("lora.rank"), QStringLiteral("8"));
        type(field<QComboBox>("lora.targets")->lineEdit(), QStringLiteral("query_key_value, dense"));
        type(field<QLineEdit>("lora.layers"), QStringLiteral("0-3"));
        type(field<NumberEdit>("training.learning_rate"), QStringLiteral("1e-3"));
        type(field<NumberEdit>("training.epochs"), QStringLiteral("2"));
        type(field<QLineEdit>("lora.rank_pattern"), QStringLiteral("dense: 4"));
        type(field<QComboBox>("training.eval_every")->lineEdit(), QStringLiteral("25"));
        type(field<QPlainTextEdit>("training.sample_prompts"), QStringLiteral("Say\\nwhat"));
        QTest::mouseClick(field<QCheckBox>("data.shuffle"), Qt::LeftButton);
        QTest::mouseClick(field<Segments>("quantization.type")->button(QStringLiteral("fp4")), Qt::LeftButton);
        QVERIFY2(start()->isEnabled(), qPrintable(summary()));
        QTest::mouseClick(start(), Qt::LeftButton);
        QCOMPARE(script().starts, 1);
        const Recipe& run = script().recipe.recipe;
        QCOMPARE(run.model, m_home->model().toStdString());
        QCOMPARE(run.data.train.front().path, m_home->rows().toStdString());
        QCOMPARE(run.data.train.size(), std::size_t(1));
        QCOMPARE(run.lora.rank, 8);
        QCOMPARE(std::get<std::vector<std::string>>(run.lora.targets),
            (std::vector<std::string>{"query_key_value", "dense"}));
        QCOMPARE(std::get<std::string>(run.lora.layers), std::string("0-3"));
        QCOMPARE(run.lora.rankPattern.front().second, 4);
        QCOMPARE(run.training.learningRate, 1e-3);
        QCOMPARE(run.training.epochs, 2.0);
        QCOMPARE(run.training.evalEvery, AutoInteger(25));
        QCOMPARE(run.training.samplePrompts, std::vector<std::string>{"Say\nwhat"});
        QCOMPARE(run.data.shuffle, false);
        QCOMPARE(run.quantization.type, std::string("fp4"));
        for (const char* key : {"model", "data.train", "lora.rank", "lora.targets", "training.learning_rate"})
            QVERIFY2(script().recipe.keysSet.count(key), key);
        QVERIFY(!script().recipe.keysSet.count("lora.alpha"));
        QCOMPARE(script().folder.parent_path(), m_home->folder / "runs");
        QVERIFY(!start()->isEnabled());
        QVERIFY(summary().contains(QLatin1String("A run is going on")));
        // The next recipe can be prepared meanwhile.
        type(field<NumberEdit>("lora.rank"), QStringLiteral("0"));
        QVERIFY(!row("lora.rank")->fault().isEmpty());
        m_workspace->run().stop();
        QTRY_VERIFY(!m_workspace->run().isRunning());
    }

    void aListedModelIsChosenByName()
    {
        draft().begin({}, {});
        auto* box = field<QComboBox>("model");
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText(), QStringLiteral("org/tiny"));
        QCOMPARE(recipe().model, m_home->model().toStdString());
        QVERIFY(field<QComboBox>("lora.targets")->findText(QStringLiteral("query_key_value")) > 0);
        QVERIFY(m_page->summary()->text("model").startsWith(QLatin1String("org/tiny")));
        type(box->lineEdit(), QStringLiteral("tiny"));
        QCOMPARE(recipe().model, m_home->model().toStdString());
        QCOMPARE(box->currentText(), QStringLiteral("tiny")); // not rewritten while it is typed
    }

    void aHubIdOfThisMachineIsReady()
    {
        LoadedRecipe loaded = m_home->recipe();
        loaded.recipe.model = "org/tiny";
        draft().begin(loaded, QStringLiteral("test"));
        QVERIFY2(start()->isEnabled(), qPrintable(summary()));
        QCOMPARE(field<QComboBox>("model")->currentText(), QStringLiteral("org/tiny"));
    }

    void choicesByArrowKeys()
    {
        draft().begin({}, {});
        auto* segments = field<Segments>("quantization.type");
        segments->button(QStringLiteral("nf4"))->setFocus();
        QTest::keyClick(segments->button(QStringLiteral("nf4")), Qt::Key_Left);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(segments->value(), QStringLiteral("fp4"));
        QCOMPARE(recipe().quantization.type, std::string("fp4"));
        QTest::keyClick(field<QComboBox>("training.optimizer"), Qt::Key_End);
        QCOMPARE(recipe().training.optimizer, std::string("sgd"));
    }

    void faultsStandBesideTheirFieldAndAboveStart()
    {
        ready();
        auto* rate = field<NumberEdit>("training.learning_rate");
        QVERIFY(start()->isEnabled());
        type(rate, QStringLiteral("fast"));
        QVERIFY(!start()->isEnabled());
        QVERIFY2(summary().contains(QLatin1String("fast")), qPrintable(summary()));
        QVERIFY(rate->property("bad").toBool());
        QVERIFY(row("training.learning_rate")->fault().contains(QLatin1String("fast")));
        QVERIFY(start()->toolTip().contains(QLatin1String("fast")));
        QCOMPARE(recipe().training.learningRate, TrainingSettings{}.learningRate);
        type(rate, QStringLiteral("-1"));
        QVERIFY(!start()->isEnabled());
        type(rate, QStringLiteral("2e-4"));
        QVERIFY2(start()->isEnabled(), qPrintable(summary()));
        QVERIFY(!rate->property("bad").toBool());
        QVERIFY(row("training.learning_rate")->fault().isEmpty());
        QCOMPARE(rate->text(), QStringLiteral("2e-4"));
        type(field<QLineEdit>("data.train"), QStringLiteral("/nowhere/rows.jsonl"));
        QVERIFY(!start()->isEnabled());
        QVERIFY(summary().contains(QLatin1String("/nowhere/rows.jsonl")));
    }

    void aFaultWithOneRemedyOffersIt()
    {
        ready();
        type(field<NumberEdit>("training.max_steps"), QStringLiteral("412"));
        type(field<NumberEdit>("training.warmup_steps"), QStringLiteral("500"));
        auto* remedy = m_page->findChild<QLabel*>(QStringLiteral("remedy.training.warmup_steps"));
        QVERIFY(remedy && remedy->isVisible());
        QVERIFY2(remedy->text().contains(QLatin1String("Use 13 (3 %)")), qPrintable(remedy->text()));
        Q_EMIT remedy->linkActivated(QStringLiteral("13"));
        QCOMPARE(recipe().training.warmupSteps, std::optional<std::int64_t>(13));
        QVERIFY(!remedy->isVisible());
        QVERIFY(start()->isEnabled());
        type(field<NumberEdit>("lora.rank"), QStringLiteral("0"));
        remedy = m_page->findChild<QLabel*>(QStringLiteral("remedy.lora.rank"));
        QVERIFY2(remedy->isVisible() && remedy->text().contains(QLatin1String("Use 1")), qPrintable(remedy->text()));
    }

    void textThatIsNoValueChangesNothing_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("text");
        QTest::newRow("not whole") << "lora.rank"
                                   << "1.5";
        QTest::newRow("yaml") << "lora.rank"
                              << "{";
        QTest::newRow("alias") << "lora.rank"
                               << "*x";
        QTest::newRow("huge") << "training.seed"
                              << "99999999999999999999999999";
        QTest::newRow("not a number") << "training.epochs"
                                      << "nan";
        QTest::newRow("empty") << "lora.rank"
                               << "";
        QTest::newRow("unknown option") << "training.optimizer_options"
                                        << "beta3: 1";
        QTest::newRow("open map") << "data.columns"
                                  << "prompt: {";
        QTest::newRow("no map") << "data.columns"
                                << "}{";
        QTest::newRow("word for steps") << "training.eval_every"
                                        << "often";
    }

    void textThatIsNoValueChangesNothing()
    {
        QFETCH(const QString, key);
        QFETCH(const QString, text);
        ready();
        type(m_page->findChild<QWidget*>(key), text);
        QCOMPARE(m_page->focusedField(), key.toStdString());
        QVERIFY2(!start()->isEnabled(), qPrintable(summary()));
        QVERIFY(!row(key.toLatin1().constData())->fault().isEmpty());
        draft().begin(m_home->recipe(), QStringLiteral("again"));
        QVERIFY(start()->isEnabled());
        QVERIFY(row(key.toLatin1().constData())->fault().isEmpty());
    }

    void startLooksAgainForTheFiles()
    {
        ready();
        QVERIFY(start()->isEnabled());
        fs::remove(m_home->folder / "rows.jsonl");
        QTest::mouseClick(start(), Qt::LeftButton);
        QCOMPARE(script().starts, 0);
        QVERIFY(!start()->isEnabled());
    }

    void whatIsNotTouchedSurvives()
    {
        LoadedRecipe loaded = m_home->recipe();
        loaded.recipe.training.seed = 7;
        loaded.recipe.data.train = {{m_home->rows().toStdString(), 1.0}, {m_home->rows().toStdString(), 2.0}};
        loaded.recipe.lora.targets = std::string(".*dense");
        loaded.recipe.training.samplePrompts = {"one\ntwo", "three"};
        draft().begin(loaded, QStringLiteral("test"));
        type(field<NumberEdit>("lora.rank"), QStringLiteral("4"));
        Recipe expected = loaded.recipe;
        expected.lora.rank = 4;
        QVERIFY(recipe() == expected);
        QCOMPARE(field<QPlainTextEdit>("training.sample_prompts")->toPlainText(), QStringLiteral("one\\ntwo\nthree"));
        // Several files stand there as the list that they are, and can be edited as one.
        auto* files = field<QLineEdit>("data.train");
        QVERIFY2(files->text().startsWith(QLatin1Char('[')), qPrintable(files->text()));
        QString one = files->text();
        type(files, one.replace(QLatin1String("2"), QLatin1String("3")));
        QCOMPARE(recipe().data.train.size(), std::size_t(2));
    }

    void typingIsOneStepOfUndo()
    {
        ready();
        auto* rank = field<NumberEdit>("lora.rank");
        type(rank, QStringLiteral("128"));
        QCOMPARE(recipe().lora.rank, 128);
        QCOMPARE(draft().undoStack()->count(), 1);
        QVERIFY(row("lora.rank")->isChanged());
        QVERIFY(field<QPushButton>("preset")->text().contains(QLatin1String("(changed)")));
        auto* undo = field<QToolButton>("undo");
        QVERIFY(undo->isEnabled() && undo->toolTip().contains(QLatin1String("Rank")));
        QTest::mouseClick(undo, Qt::LeftButton);
        QCOMPARE(recipe().lora.rank, LoraSettings{}.rank);
        QCOMPARE(rank->text(), QStringLiteral("16"));
        QVERIFY(!row("lora.rank")->isChanged());
        QVERIFY(!undo->isEnabled());
        QCOMPARE(field<QPushButton>("preset")->text(), QStringLiteral("test"));
        draft().undoStack()->redo();
        QCOMPARE(rank->text(), QStringLiteral("128"));
        // Typed and typed back leaves nothing to undo.
        draft().undoStack()->clear();
        type(rank, QStringLiteral("1280"));
        QTest::keyClick(rank, Qt::Key_Backspace);
        QCOMPARE(draft().undoStack()->count(), 0);
    }

    void theCursorStaysWhereItIs()
    {
        ready();
        auto* line = field<QLineEdit>("data.train");
        line->setFocus();
        QTest::keyClick(line, Qt::Key_Home);
        QTest::keyClicks(line, QStringLiteral("/x"));
        QCOMPARE(line->cursorPosition(), 2);
        QVERIFY(line->hasFocus());
        QVERIFY(QString::fromStdString(recipe().data.train.front().path).startsWith(QLatin1String("/x")));
    }

    void resetByMenuAndByLink()
    {
        ready();
        type(field<NumberEdit>("lora.alpha"), QStringLiteral("64"));
        FieldRow* alpha = row("lora.alpha");
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(2, 2), alpha->mapToGlobal(QPoint(2, 2)));
        QApplication::sendEvent(alpha, &event);
        auto* menu = alpha->findChild<QMenu*>(QStringLiteral("fieldMenu"));
        QVERIFY(menu);
        QVERIFY(menu->actions().constFirst()->text().contains(QLatin1String("32")));
        menu->actions().constFirst()->trigger();
        menu->close();
        QCOMPARE(recipe().lora.alpha, 32.0);
        QVERIFY(!alpha->isChanged());
        type(field<NumberEdit>("lora.alpha"), QStringLiteral("48"));
        auto* link = m_page->help()->findChild<QLabel*>(QStringLiteral("resetLink"));
        QVERIFY(link->isVisible());
        Q_EMIT link->linkActivated(QStringLiteral("reset"));
        QCOMPARE(recipe().lora.alpha, 32.0);
        QVERIFY(!link->isVisible());
        // Text that is no value goes too.
        type(field<NumberEdit>("lora.alpha"), QStringLiteral("many"));
        draft().reset("lora.alpha");
        QCOMPARE(field<NumberEdit>("lora.alpha")->text(), QStringLiteral("32"));
        QVERIFY(start()->isEnabled());
    }

    void theMenuOfARowByKeyboard()
    {
        ready();
        auto* line = field<QLineEdit>("data.train");
        type(line, QStringLiteral("/elsewhere.jsonl"));
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(2, 2), line->mapToGlobal(QPoint(2, 2)));
        QApplication::sendEvent(line, &event);
        auto* menu = row("data.train")->findChild<QMenu*>(QStringLiteral("fieldMenu"));
        QVERIFY(menu && menu->isVisible());
        menu->actions().constFirst()->trigger();
        menu->close();
        QCOMPARE(recipe().data.train.front().path, m_home->rows().toStdString());
    }

    void everyEditorHasItsHelp()
    {
        for (const FieldRow* each : m_page->form()->rows()) {
            const QWidget* target = each->editor()->target();
            QVERIFY2(!target->toolTip().isEmpty(), each->key().c_str());
            QVERIFY2(!target->whatsThis().isEmpty(), each->key().c_str());
        }
    }

    void onlyReadableFilesAreOffered()
    {
        QTest::mouseClick(field<QToolButton>("browse.data.train"), Qt::LeftButton);
        auto* dialog = m_page->findChild<QFileDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->nameFilters().constFirst().contains(QLatin1String("*.parquet")), readsArrow());
        dialog->reject();
    }

    void arrowsStepAsPeopleDo()
    {
        ready();
        QCOMPARE(field<NumberEdit>("training.learning_rate")->text(), QStringLiteral("2.0e-4"));
        const auto step = [&](const char* key, Qt::Key arrow) {
            auto* edit = field<NumberEdit>(key);
            edit->setFocus();
            QTest::keyClick(edit, arrow);
            return edit->text();
        };
        QCOMPARE(step("lora.rank", Qt::Key_Up), QStringLiteral("32"));
        QCOMPARE(recipe().lora.rank, 32);
        QCOMPARE(step("training.learning_rate", Qt::Key_Up), QStringLiteral("5.0e-4"));
        QCOMPARE(step("training.learning_rate", Qt::Key_Up), QStringLiteral("0.001"));
        QCOMPARE(step("training.learning_rate", Qt::Key_Down), QStringLiteral("5.0e-4"));
        QCOMPARE(step("lora.dropout", Qt::Key_Up), QStringLiteral("0.06"));
        QCOMPARE(step("training.micro_batch", Qt::Key_Down), QStringLiteral("1")); // not below what is allowed
        QCOMPARE(step("training.max_steps", Qt::Key_Up), QStringLiteral("1"));
        QCOMPARE(recipe().training.maxSteps, std::optional<std::int64_t>(1));
    }

    void theWheelScrollsAndChangesNothing()
    {
        ready();
        auto* rank = field<NumberEdit>("lora.rank");
        field<NumberEdit>("lora.alpha")->setFocus();
        QWheelEvent wheel(QPointF(5, 5), rank->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, -120), Qt::NoButton,
            Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(rank, &wheel);
        QApplication::sendEvent(field<QComboBox>("training.optimizer"), &wheel);
        QVERIFY(recipe() == m_home->recipe().recipe);
    }

    void f8GoesFromFaultToFault()
    {
        ready();
        type(field<NumberEdit>("lora.rank"), QStringLiteral("0"));
        type(field<NumberEdit>("training.epochs"), QStringLiteral("-2"));
        type(field<NumberEdit>("data.max_length"), QStringLiteral("1"));
        field<NumberEdit>("lora.alpha")->setFocus();
        QTest::keyClick(m_page.get(), Qt::Key_F8);
        QCOMPARE(m_page->focusedField(), std::string("training.epochs"));
        QTest::keyClick(m_page.get(), Qt::Key_F8);
        QCOMPARE(m_page->focusedField(), std::string("data.max_length"));
        QTest::keyClick(m_page.get(), Qt::Key_F8);
        QCOMPARE(m_page->focusedField(), std::string("lora.rank"));
        QTest::keyClick(m_page.get(), Qt::Key_F8, Qt::ShiftModifier);
        QCOMPARE(m_page->focusedField(), std::string("data.max_length"));
        // Also when the search has put it away, and from Simple.
        m_page->form()->filter()->setText(QStringLiteral("seed"));
        m_page->setAdvanced(false);
        auto* reasons = m_page->findChild<QLabel*>(QStringLiteral("reasons"));
        QVERIFY(reasons->text().contains(QLatin1String("href=\"lora.rank\"")));
        Q_EMIT reasons->linkActivated(QStringLiteral("lora.rank"));
        QVERIFY(m_page->isAdvanced());
        QCOMPARE(m_page->focusedField(), std::string("lora.rank"));
        QTRY_VERIFY(!row("lora.rank")->visibleRegion().isEmpty());
    }

    void theSearchFindsByNameKeyAndHelp()
    {
        QTest::keyClick(m_page.get(), Qt::Key_F, Qt::ControlModifier);
        QLineEdit* filter = m_page->form()->filter();
        QVERIFY(filter->hasFocus());
        QTest::keyClicks(filter, QStringLiteral("warmup_r"));
        QVERIFY(!row("training.warmup_ratio")->isHidden());
        QVERIFY(row("lora.rank")->isHidden());
        filter->setText(QStringLiteral("rate typical"));
        QVERIFY(!row("training.learning_rate")->isHidden());
        filter->setText(QStringLiteral("no such thing"));
        for (const FieldRow* each : m_page->form()->rows())
            QVERIFY(each->isHidden());
        filter->clear();
        for (const FieldRow* each : m_page->form()->rows())
            QVERIFY(!each->isHidden());
    }

    void onlyWhatWasChanged()
    {
        ready();
        type(field<NumberEdit>("lora.rank"), QStringLiteral("4"));
        type(field<NumberEdit>("training.seed"), QStringLiteral("1"));
        auto* changed = m_page->summary()->findChild<QLabel*>(QStringLiteral("changedFields"));
        QVERIFY2(changed->text().contains(QLatin1String("2 field")), qPrintable(changed->text()));
        m_page->setAdvanced(false);
        Q_EMIT changed->linkActivated(QStringLiteral("changed"));
        QVERIFY(m_page->isAdvanced());
        QStringList shown;
        for (const FieldRow* each : m_page->form()->rows())
            if (!each->isHidden())
                shown << QString::fromStdString(each->key());
        QCOMPARE(shown, (QStringList{QStringLiteral("lora.rank"), QStringLiteral("training.seed")}));
        draft().undoStack()->setIndex(0);
        QVERIFY(!row("lora.alpha")->isHidden()); // nothing changed, nothing to filter by
    }

    void helpFollowsTheFocus()
    {
        field<NumberEdit>("training.learning_rate")->setFocus();
        QCOMPARE(m_page->help()->key(), std::string("training.learning_rate"));
        QTest::mouseClick(m_page->findChild<QToolButton*>(QStringLiteral("help.lora.dora")), Qt::LeftButton);
        QCOMPARE(m_page->help()->key(), std::string("lora.dora"));
        QTest::keyClick(m_page.get(), Qt::Key_F1);
        QVERIFY(m_page->help()->isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(m_page->focusedField(), std::string("training.learning_rate"));
    }

    void notesFollow()
    {
        ready();
        const auto says = [&](const char* key, const char* words) {
            for (const QLabel* label : row(key)->findChildren<QLabel*>())
                if (label->text() == QLatin1String(words) && label->isVisible())
                    return true;
            return false;
        };
        QVERIFY(says("lora.alpha", "scale 2.0"));
        type(field<NumberEdit>("lora.rank"), QStringLiteral("64"));
        QVERIFY(says("lora.alpha", "scale 0.5"));
        QVERIFY(says("training.gradient_accumulation", "batch of 16"));
        type(field<NumberEdit>("training.micro_batch"), QStringLiteral("4"));
        QVERIFY(says("training.gradient_accumulation", "batch of 64"));
    }

    void theRightColumnMovesUnderTheForm()
    {
        ready();
        m_page->resize(1024, 600);
        QCoreApplication::processEvents();
        QVERIFY2(
            m_page->minimumSizeHint().width() <= 970, qPrintable(QString::number(m_page->minimumSizeHint().width())));
        for (const bool advanced : {true, false}) {
            m_page->setAdvanced(advanced);
            QCoreApplication::processEvents();
            const QRect there(start()->mapTo(m_page.get(), QPoint()), start()->size());
            QVERIFY(m_page->rect().contains(there));
            QVERIFY(start()->isVisible() && start()->width() >= start()->sizeHint().width());
            for (const QScrollBar* bar : m_page->findChildren<QScrollBar*>())
                QVERIFY(bar->orientation() == Qt::Vertical || !bar->isVisible());
        }
        m_page->resize(1440, 860);
        QCoreApplication::processEvents();
        const QRect there(start()->mapTo(m_page.get(), QPoint()), start()->size());
        QVERIFY(there.left() > 900 && m_page->rect().contains(there));
    }

    void changingTheModeBeginsAtTheTop()
    {
        ready();
        m_page->resize(1024, 600);
        m_page->focusField("lora.rank_pattern");
        m_page->setAdvanced(false);
        QCoreApplication::processEvents();
        QVERIFY(!m_page->findChild<QLineEdit*>(QStringLiteral("simple.data.train"))->visibleRegion().isEmpty());
        QVERIFY(m_page->isAncestorOf(QApplication::focusWidget()));
    }

    void cardsInTheMiddle()
    {
        auto* map = new QLabel(QStringLiteral("map"));
        auto* plan = new QLabel(QStringLiteral("plan"));
        m_page->addMiddle(map);
        m_page->addMiddle(plan, true);
        QVERIFY(map->isVisible() && plan->isVisible());
        QVERIFY(map->mapTo(m_page.get(), QPoint()).y() < plan->mapTo(m_page.get(), QPoint()).y() || !map->height());
        m_page->setAdvanced(false);
        QVERIFY(!map->isVisible() && plan->isVisible());
    }
};

QTEST_MAIN(TestRecipePage)
#include "tst_recipe_page.moc"
