// SPDX-License-Identifier: GPL-3.0-or-later
// Where a recipe comes from and goes to: presets, Simple's questions, import and export.
#include "tests/ui/page_fixture.h"
#include "ui/pages/readiness_card.h"
#include "ui/pages/recipe_header.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/recipe_simple.h"
#include "ui/session/presets.h"
#include "ui/session/simple_choices.h"
#include "ui/session/workspace.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/strip.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::PageFixture;
namespace fs = std::filesystem;

class TestRecipePresets : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_home;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<RecipePage> m_page;

    RecipeDraft& draft() const { return m_workspace->draft(); }
    const Recipe& recipe() const { return draft().recipe(); }

    void open()
    {
        m_page.reset();
        m_workspace = std::make_unique<Workspace>(m_home->services());
        m_page = std::make_unique<RecipePage>(*m_workspace);
        m_page->resize(1440, 860);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    fs::path fillStarter() const
    {
        const fs::path cache = m_home->folder / "cache";
        fs::create_directories(cache / "models/smollm2-135m-instruct");
        fs::create_directories(cache / "data");
        writeFile(cache / "models/smollm2-135m-instruct/SmolLM2.gguf", "GGUF");
        writeFile(cache / "data/cynic.jsonl", "{}\n");
        return cache;
    }

    static Preset preset(const QString& title)
    {
        for (const Preset& each : presets())
            if (each.title == title)
                return each;
        return {};
    }

    QAction* menuAction(const QString& text) const
    {
        QMenu* menu = m_page->header()->presetMenu();
        Q_EMIT menu->aboutToShow();
        for (QAction* each : menu->actions())
            if (each->text().remove(QLatin1Char('&')) == text)
                return each;
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        m_theme = std::make_unique<Theme>();
    }

    void init()
    {
        m_home = std::make_unique<PageFixture>();
        qputenv("FALCONER_CACHE", m_home->temporary.filePath(QStringLiteral("cache")).toUtf8());
        fs::remove_all(presetFolder());
    }

    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        m_home.reset();
        fs::remove_all(presetFolder());
    }

    void theProgramsOwnAreFine()
    {
        const std::vector<Preset> known = presets();
        QVERIFY(known.size() >= 4);
        QCOMPARE(known.front().id, QStringLiteral("starter"));
        for (const Preset& each : known) {
            QVERIFY2(each.problem.isEmpty(), qPrintable(each.problem));
            QVERIFY2(!each.title.isEmpty() && !each.text.isEmpty() && !each.own, qPrintable(each.id));
            QVERIFY2(each.needsModel, qPrintable(each.id)); // set-up has not run here
            const Recipe whole = withModelAndData(each, m_home->recipe().recipe).recipe;
            QVERIFY2(validate(whole).empty(), qPrintable(each.id));
            QCOMPARE(whole.model, m_home->model().toStdString());
        }
        const Recipe falcon = preset(QStringLiteral("Falcon-7B QLoRA, 8 GiB")).recipe.recipe;
        QCOMPARE(falcon.quantization.type, std::string("nf4"));
        QCOMPARE(falcon.training.gradientCheckpointing, std::string("selective"));
        QCOMPARE(preset(QStringLiteral("Best quality")).recipe.recipe.quantization.type, std::string("none"));
        QCOMPARE(preset(QStringLiteral("Llama chat")).recipe.recipe.data.lossOn, std::string("assistant"));
    }

    void theStarterIsReadyOffline()
    {
        const fs::path cache = fillStarter();
        open();
        QCOMPARE(draft().title(), QStringLiteral("Starter"));
        QCOMPARE(recipe().model, (cache / "models/smollm2-135m-instruct/SmolLM2.gguf").string());
        QCOMPARE(recipe().data.train.front().path, (cache / "data/cynic.jsonl").string());
        QCOMPARE(recipe().training.maxSteps, std::optional<std::int64_t>(24));
        QVERIFY2(m_page->readinessCard()->startButton()->isEnabled(), qPrintable(m_page->readinessCard()->summary()));
        QCOMPARE(draft().undoStack()->count(), 0);
        QVERIFY(!m_page->isAdvanced()); // a new user meets four questions
    }

    void aRecipeThatWasBegunStays()
    {
        m_workspace = std::make_unique<Workspace>(m_home->services());
        m_workspace->useModel(m_home->model());
        m_page = std::make_unique<RecipePage>(*m_workspace);
        QCOMPARE(recipe().model, m_home->model().toStdString());
        QCOMPARE(recipe().training.maxSteps, std::optional<std::int64_t>());
    }

    void aPresetKeepsModelAndRows()
    {
        open();
        draft().begin(m_home->recipe(), QStringLiteral("mine"));
        QAction* best = menuAction(QStringLiteral("Best quality"));
        QVERIFY(best && !best->toolTip().isEmpty());
        best->trigger();
        QCOMPARE(draft().title(), QStringLiteral("Best quality"));
        QCOMPARE(recipe().quantization.type, std::string("none"));
        QCOMPARE(recipe().model, m_home->model().toStdString());
        QCOMPARE(recipe().data.train.front().path, m_home->rows().toStdString());
        QVERIFY(draft().changedKeys().empty());
        draft().undoStack()->undo();
        QCOMPARE(draft().title(), QStringLiteral("mine"));
        QVERIFY(recipe() == m_home->recipe().recipe);
        fillStarter();
        menuAction(QStringLiteral("Starter"))->trigger();
        QVERIFY(recipe().model != m_home->model().toStdString()); // it has its own
    }

    void newRecipesTakeTheDefaultsOfSettings()
    {
        open();
        m_workspace->settings().setRecipeDefaults({{QStringLiteral("lora.rank"), QStringLiteral("24")}});
        draft().begin(m_home->recipe(), QStringLiteral("mine"));
        menuAction(QStringLiteral("New recipe"))->trigger();
        QCOMPARE(recipe().lora.rank, 24);
        QCOMPARE(recipe().model, m_home->model().toStdString());
        m_workspace->settings().setRecipeDefaults({{QStringLiteral("lora.rank"), QStringLiteral("lots")}});
        menuAction(QStringLiteral("New recipe"))->trigger();
        QVERIFY(m_page->strip()->isVisible() || recipe().lora.rank == LoraSettings{}.rank);
    }

    void ownPresets()
    {
        open();
        draft().begin(m_home->recipe(), QStringLiteral("mine"));
        QVERIFY(draft().set("lora.rank", "48", QStringLiteral("Rank")).empty());
        QVERIFY(draft().set("data.columns", "{prompt: q}", QStringLiteral("Columns")).empty());
        menuAction(QStringLiteral("Save as preset…"))->trigger();
        auto* dialog = m_page->findChild<QInputDialog*>(QStringLiteral("presetDialog"));
        QVERIFY(dialog && dialog->isVisible());
        dialog->setTextValue(QStringLiteral("a/b: small & fast"));
        dialog->accept();
        QVERIFY(m_page->strip()->isVisible());
        const Preset saved = preset(QStringLiteral("a-b- small & fast"));
        QVERIFY(saved.own && saved.needsModel);
        QCOMPARE(saved.recipe.recipe.lora.rank, 48);
        QVERIFY(saved.recipe.recipe.model.empty() && saved.recipe.recipe.data.train.empty());
        QVERIFY(saved.recipe.recipe.data.columns.empty());
        QCOMPARE(std::distance(fs::directory_iterator(presetFolder()), fs::directory_iterator()), 1);

        draft().begin(m_home->recipe(), QStringLiteral("other"));
        menuAction(QStringLiteral("a-b- small & fast"));
        m_page->header()->usePreset(saved);
        QCOMPARE(recipe().lora.rank, 48);
        QCOMPARE(recipe().model, m_home->model().toStdString());
        QVERIFY(removePreset(saved).empty());
        QVERIFY(preset(saved.title).title.isEmpty());
        QVERIFY(!savePreset(QStringLiteral("  "), recipe()).empty());
        QVERIFY(savePreset(QStringLiteral("../../up"), recipe()).empty());
        QVERIFY(fs::exists(presetFolder() / "-.-..-up.yaml"));
    }

    void aBrokenPresetSaysSo()
    {
        fs::create_directories(presetFolder());
        writeFile(presetFolder() / "broken.yaml", "lora: {rnak: 4}\n");
        writeFile(presetFolder() / "notes.txt", "not a preset");
        open();
        QAction* broken = menuAction(QStringLiteral("broken"));
        QVERIFY(broken && !broken->isEnabled());
        QVERIFY2(broken->toolTip().contains(QLatin1String("rank")), qPrintable(broken->toolTip()));
        QVERIFY(!menuAction(QStringLiteral("notes")));
    }

    void simpleChoicesAreValidAndDifferent()
    {
        for (const auto& choices : {qualityChoices(), memoryChoices()}) {
            for (std::size_t i = 0; i < choices.size(); ++i) {
                Recipe whole = m_home->recipe().recipe;
                take(choices[i], whole);
                QVERIFY2(validate(whole).empty(), qPrintable(choices[i].name));
                QCOMPARE(choiceOf(choices, whole), std::optional<std::size_t>(i));
            }
        }
        Recipe odd = m_home->recipe().recipe;
        odd.lora.rank = 17;
        QVERIFY(!choiceOf(qualityChoices(), odd));
    }

    void simpleAsksFourQuestions()
    {
        open();
        draft().begin(m_home->recipe(), QStringLiteral("mine"));
        m_page->setAdvanced(false);
        Segments* quality = m_page->simple()->quality();
        QTest::mouseClick(quality->button(QStringLiteral("Quick look")), Qt::LeftButton);
        QCOMPARE(recipe().training.maxSteps, std::optional<std::int64_t>(24));
        QCOMPARE(recipe().lora.rank, 8);
        QTest::mouseClick(m_page->simple()->memory()->button(QStringLiteral("Most accurate")), Qt::LeftButton);
        QCOMPARE(recipe().quantization.type, std::string("none"));
        QCOMPARE(quality->value(), QStringLiteral("Quick look"));
        // A choice is one step back.
        draft().undoStack()->undo();
        QCOMPARE(recipe().quantization.type, QuantizationSettings{}.type);
        draft().undoStack()->undo();
        QVERIFY(recipe() == m_home->recipe().recipe);
        // What was chosen field by field is neither of the choices, and is not overwritten.
        QVERIFY(draft().set("lora.rank", "17", QStringLiteral("Rank")).empty());
        QCOMPARE(quality->value(), QString());
        auto* rows = m_page->findChild<QLineEdit*>(QStringLiteral("simple.data.train"));
        rows->setFocus();
        QTest::keyClick(rows, Qt::Key_End);
        QTest::keyClicks(rows, QStringLiteral("x"));
        QVERIFY(!m_page->readinessCard()->startButton()->isEnabled());
        QTest::keyClick(m_page.get(), Qt::Key_F8);
        QVERIFY(!m_page->isAdvanced());
        QTest::keyClick(rows, Qt::Key_End);
        QTest::keyClick(rows, Qt::Key_Backspace);
        QVERIFY(m_page->readinessCard()->startButton()->isEnabled());
    }

    void theModeIsRemembered()
    {
        open();
        auto* advanced = m_page->header()->findChild<QToolButton*>(QStringLiteral("Advanced"));
        QTest::mouseClick(advanced, Qt::LeftButton);
        QVERIFY(m_page->isAdvanced());
        open();
        QVERIFY(m_page->isAdvanced());
    }

    void importAndExport()
    {
        open();
        draft().begin(m_home->recipe(), QStringLiteral("mine"));
        QVERIFY(draft().set("lora.rank", "48", QStringLiteral("Rank")).empty());
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("export")), Qt::LeftButton);
        auto* dialog = m_page->findChild<QFileDialog*>(QStringLiteral("exportDialog"));
        QVERIFY(dialog);
        const QString file = QString::fromStdString((m_home->folder / "out.yaml").string());
        Q_EMIT dialog->fileSelected(file);
        dialog->close();
        QVERIFY(m_page->strip()->isVisible() && m_page->strip()->heading().contains(QLatin1String("out.yaml")));
        QVERIFY(loadRecipe(file.toStdString()).recipe.lora == recipe().lora);

        draft().reset("lora.rank");
        QVERIFY(!m_page->strip()->isVisible()); // old news
        QTest::mouseClick(m_page->findChild<QPushButton*>(QStringLiteral("import")), Qt::LeftButton);
        auto* import = m_page->findChild<QFileDialog*>(QStringLiteral("importDialog"));
        QVERIFY(import);
        Q_EMIT import->fileSelected(file);
        import->close();
        QCOMPARE(recipe().lora.rank, 48);
        QCOMPARE(draft().title(), QStringLiteral("out.yaml"));
        draft().undoStack()->undo();
        QCOMPARE(recipe().lora.rank, LoraSettings{}.rank);

        // A file that is none: every fault on the page, and nothing has changed.
        writeFile(m_home->folder / "bad.yaml", "model: m\ndata: {train: r.jsonl}\nlora: {rnak: 4, alpha: x}\n");
        const Recipe before = recipe();
        m_page->header()->importFrom(QString::fromStdString((m_home->folder / "bad.yaml").string()));
        QVERIFY(m_page->strip()->isVisible());
        QVERIFY(m_page->strip()->text().contains(QLatin1String("rnak")));
        QVERIFY(m_page->strip()->text().contains(QLatin1String("alpha")));
        QVERIFY(recipe() == before);
        m_page->header()->exportTo(QStringLiteral("/nowhere/at/all.yaml"));
        QVERIFY(m_page->strip()->text().contains(QLatin1String("/nowhere")));
    }
};

QTEST_MAIN(TestRecipePresets)
#include "tst_recipe_presets.moc"
