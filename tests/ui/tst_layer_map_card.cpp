// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing on the layer map with mouse and keys, and what of it stands in the recipe.
#include "tests/ui/plan_fixture.h"
#include "ui/models/layer_map_model.h"
#include "ui/pages/layer_map_card.h"
#include "ui/session/run_planner.h"
#include "ui/session/workspace.h"
#include "ui/theme/theme.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/layer_map_view.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace falconer;
using namespace falconer::ui;
using namespace falconer::test;

class TestLayerMapCard : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<PageFixture> m_home;
    std::shared_ptr<PlanScript> m_script;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<LayerMapCard> m_card;

    RecipeDraft& draft() { return m_workspace->draft(); }
    const LoraSettings& lora() { return draft().recipe().lora; }
    LayerMapView* view() { return m_card->view(); }

    void open(std::int64_t layers = 32)
    {
        m_card.reset();
        m_workspace = std::make_unique<Workspace>(planServices(*m_home, m_script, layers));
        m_card = std::make_unique<LayerMapCard>(*m_workspace);
        m_card->resize(620, 400);
        m_card->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_card.get()));
    }

    void chooseModel()
    {
        draft().replace(m_home->recipe(), QStringLiteral("test"));
        QTRY_VERIFY(m_workspace->planner().model());
        QVERIFY(view()->isVisible());
        const int last = m_card->model().rowCount() - 1;
        QTRY_VERIFY(view()->visualRect(m_card->model().index(last, 0)).bottom() <= view()->viewport()->rect().bottom());
    }

    QPushButton* button(const QString& text)
    {
        for (auto* each : m_card->findChildren<QPushButton*>())
            if (each->text().remove(QLatin1Char('&')) == text)
                return each;
        return nullptr;
    }

    void click(const QString& text)
    {
        QVERIFY2(button(text), qPrintable(text));
        QTest::mouseClick(button(text), Qt::LeftButton);
    }

    /// With the plural that only a translation has.
    QString selectionText()
    {
        return m_card->selectionText().replace(QLatin1String("cell(s)"), QLatin1String("cells"));
    }

    QPoint cell(int module, int layer) { return view()->visualRect(m_card->model().index(module, layer)).center(); }

    void press(int module, int layer, Qt::KeyboardModifiers keys = {})
    {
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, keys, cell(module, layer));
    }

    qint64 rankAt(int module, int layer)
    {
        return m_card->model().index(module, layer).data(LayerMapModel::rankRole).toLongLong();
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
        m_card.reset();
        m_workspace.reset();
        m_home.reset();
    }

    void modelIsSound()
    {
        LayerMapModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const ModelSpec spec = falcon7b();
        LayerMap map(spec);
        model.setMap(spec.linears, map);
        map.at(2, 31) = 32;
        model.setMap(spec.linears, map);
        QCOMPARE(model.index(2, 31).data().toString(), QStringLiteral("32"));
        QCOMPARE(model.index(2, 30).data().toString(), QStringLiteral("–"));
        QCOMPARE(model.index(2, 31).data(Qt::AccessibleTextRole).toString(),
            QStringLiteral("Layer 31, dense_h_to_4h: rank 32"));
        QCOMPARE(model.headerData(2, Qt::Vertical).toString(), QStringLiteral("dense_h_to_4h"));
        QVERIFY(!model.headerData(99, Qt::Vertical).isValid());
        model.setMap(falcon7b(80).linears, LayerMap(falcon7b(80)));
        QCOMPARE(model.columnCount(), 80);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void withoutAModelItSaysSo()
    {
        QVERIFY(!view()->isVisible());
        bool said = false;
        for (const auto* label : m_card->findChildren<QLabel*>())
            said |= label->isVisible() && label->text() == QLatin1String("Choose a model to see its layers");
        QVERIFY(said);
        LoadedRecipe recipe = m_home->recipe();
        recipe.recipe.model = "missing";
        draft().replace(recipe, QStringLiteral("test"));
        QTRY_VERIFY(m_workspace->planner().modelProblem().contains(QLatin1String("no such model")));
        QVERIFY(!view()->isVisible());
    }

    void countsWhatIsTrained()
    {
        chooseModel();
        QCOMPARE(m_card->parametersText(), QStringLiteral("32,636,928 trainable parameters · 0.47 %"));
        QVERIFY(draft().set("lora.rank", "32", QStringLiteral("Rank")).empty());
        QCOMPARE(m_card->parametersText(), QStringLiteral("65,273,856 trainable parameters · 0.94 %"));
    }

    void dragAndDigitsSetARank()
    {
        chooseModel();
        QTest::mousePress(view()->viewport(), Qt::LeftButton, {}, cell(2, 24));
        QTest::mouseMove(view()->viewport(), cell(3, 28));
        QTest::mouseMove(view()->viewport(), cell(3, 31));
        QTest::mouseRelease(view()->viewport(), Qt::LeftButton, {}, cell(3, 31));
        QCOMPARE(selectionText(), QStringLiteral("Selected: layers 24–31 of the MLP, 16 cells"));
        const int steps = draft().undoStack()->count();
        QTest::keyClicks(view(), QStringLiteral("32"));
        QCOMPARE(m_card->findChild<QSpinBox*>()->value(), 32);
        QTest::keyClick(view(), Qt::Key_Return);
        QCOMPARE(draft().undoStack()->count(), steps + 1);
        QCOMPARE(lora().rank, 16);
        QCOMPARE(lora().rankPattern.size(), std::size_t(1));
        QCOMPARE(lora().rankPattern.front().second, 32);
        QCOMPARE(rankAt(2, 24), 32);
        QCOMPARE(rankAt(2, 23), 16);
        QCOMPARE(rankAt(1, 24), 16);
        // The selection is still there for the next digit, and one undo takes it all back.
        QCOMPARE(view()->selectionModel()->selectedIndexes().size(), 16);
        draft().undoStack()->undo();
        QVERIFY(lora().rankPattern.empty());
        QCOMPARE(rankAt(2, 24), 16);
    }

    void digitsCountAfterAMoment()
    {
        chooseModel();
        press(0, 0);
        QTest::keyClick(view(), Qt::Key_8);
        QCOMPARE(rankAt(0, 0), 16);
        QTRY_COMPARE(rankAt(0, 0), 8);
    }

    void headersSelectWholeModulesAndLayers()
    {
        chooseModel();
        auto* rows = view()->verticalHeader();
        QTest::mouseClick(rows->viewport(), Qt::LeftButton, {},
            QPoint(20, rows->sectionViewportPosition(1) + rows->sectionSize(1) / 2));
        QCOMPARE(selectionText(), QStringLiteral("Selected: layers 0–31 of dense, 32 cells"));
        auto* columns = view()->horizontalHeader();
        QTest::mouseClick(columns->viewport(), Qt::LeftButton, {},
            QPoint(columns->sectionViewportPosition(5) + columns->sectionSize(5) / 2, 8));
        QCOMPARE(selectionText(), QStringLiteral("Selected: layer 5 of all modules, 4 cells"));
        QTest::mouseClick(columns->viewport(), Qt::LeftButton, Qt::ShiftModifier,
            QPoint(columns->sectionViewportPosition(7) + columns->sectionSize(7) / 2, 8));
        QCOMPARE(selectionText(), QStringLiteral("Selected: layers 5–7 of all modules, 12 cells"));
    }

    void shiftExtends()
    {
        chooseModel();
        press(0, 4);
        press(1, 9, Qt::ShiftModifier);
        QCOMPARE(selectionText(), QStringLiteral("Selected: layers 4–9 of the attention, 12 cells"));
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(view()->selectionModel()->selectedIndexes().size(), 14);
    }

    void buttonsSelect()
    {
        chooseModel();
        click(QStringLiteral("All"));
        QCOMPARE(view()->selectionModel()->selectedIndexes().size(), 128);
        click(QStringLiteral("None"));
        QVERIFY(!view()->selectionModel()->hasSelection());
        QVERIFY(!button(QStringLiteral("Leave out"))->isEnabled());
        QVERIFY(!button(QStringLiteral("Leave out"))->toolTip().isEmpty());
        click(QStringLiteral("MLP"));
        QCOMPARE(selectionText(), QStringLiteral("Selected: layers 0–31 of the MLP, 64 cells"));
        click(QStringLiteral("Last 8"));
        QCOMPARE(selectionText(), QStringLiteral("Selected: layers 24–31 of the MLP, 16 cells"));
        click(QStringLiteral("Attention"));
        QCOMPARE(selectionText(), QStringLiteral("Selected: layers 0–31 of the attention, 64 cells"));
        QLineEdit* name = nullptr;
        for (auto* each : m_card->findChildren<QLineEdit*>())
            if (each->accessibleName() == QLatin1String("Select by name"))
                name = each;
        QVERIFY(name);
        QTest::keyClicks(name, QStringLiteral("31.mlp"));
        QCOMPARE(selectionText(), QStringLiteral("Selected: layer 31 of the MLP, 2 cells"));
        name->clear();
        QTest::keyClicks(name, QStringLiteral("nothing like it"));
        QVERIFY(!view()->selectionModel()->hasSelection());
    }

    void rangeIsAskedFor()
    {
        chooseModel();
        const auto answer = [&](const QString& text) {
            click(QStringLiteral("Range…"));
            auto* dialog = m_card->findChild<QInputDialog*>();
            QVERIFY(dialog);
            dialog->setTextValue(text);
            dialog->accept();
            QTRY_VERIFY(!m_card->findChild<QInputDialog*>());
        };
        answer(QStringLiteral("2-3, 30"));
        QCOMPARE(selectionText(), QStringLiteral("Selected: layers 2–3, 30 of all modules, 12 cells"));
        answer(QStringLiteral("7-2"));
        QVERIFY(selectionText().contains(QLatin1String("backwards")));
        answer(QStringLiteral("40-50"));
        QVERIFY(!view()->selectionModel()->hasSelection());
    }

    void leaveOutAndTrainAgain()
    {
        chooseModel();
        click(QStringLiteral("Attention"));
        click(QStringLiteral("Leave out"));
        QCOMPARE(std::get<std::vector<std::string>>(lora().targets),
            (std::vector<std::string>{"dense_h_to_4h", "dense_4h_to_h"}));
        click(QStringLiteral("Train at rank 16"));
        QCOMPARE(std::get<std::string>(lora().targets), std::string("all-linear"));
        press(0, 0);
        QTest::keyClick(view(), Qt::Key_Delete);
        QCOMPARE(rankAt(0, 0), 0);
        QVERIFY(std::get<std::string>(lora().targets).starts_with("transformer"));
        // Everything out is shown as such, and judged where Start is.
        click(QStringLiteral("All"));
        click(QStringLiteral("Leave out"));
        QVERIFY(draft().readiness().find("lora.targets"));
        QCOMPARE(m_card->parametersText(), QStringLiteral("0 trainable parameters · 0.00 %"));
        click(QStringLiteral("Train at rank 16"));
        QCOMPARE(lora(), LoraSettings{});
    }

    void theSpinBoxSetsTheRank()
    {
        chooseModel();
        click(QStringLiteral("All"));
        auto* spin = m_card->findChild<QSpinBox*>();
        QCOMPARE(spin->value(), 16);
        spin->setFocus();
        spin->selectAll();
        QTest::keyClicks(spin, QStringLiteral("64"));
        QTest::keyClick(spin, Qt::Key_Return);
        QCOMPARE(lora().rank, 64);
        QVERIFY(lora().rankPattern.empty());
        QCOMPARE(std::get<std::string>(lora().targets), std::string("all-linear"));
    }

    void whatIsTypedElsewhereIsShown()
    {
        chooseModel();
        draft().edit({"lora"}, QStringLiteral("typed"), [](Recipe& recipe) {
            recipe.lora.targets = std::string(R"(.*\.dense(_4h_to_h)?)");
            recipe.lora.layers = std::string("10-12");
            recipe.lora.rankPattern = {{"self_attention.dense", 4}};
        });
        QCOMPARE(rankAt(1, 10), 4);
        QCOMPARE(rankAt(3, 12), 16);
        QCOMPARE(rankAt(2, 12), 0);
        QCOMPARE(rankAt(3, 13), 0);
        // An edit that changes nothing leaves what was written.
        const LoraSettings before = lora();
        press(3, 10);
        QTest::keyClicks(view(), QStringLiteral("16"));
        QTest::keyClick(view(), Qt::Key_Return);
        QCOMPARE(lora(), before);
    }

    void faultsStandUnderTheMap()
    {
        chooseModel();
        draft().edit({"lora.targets"}, QStringLiteral("typed"),
            [](Recipe& recipe) { recipe.lora.targets = std::vector<std::string>{"q_proj"}; });
        QVERIFY(m_card->findChild<FaultLabel*>()->fault().contains(QLatin1String("q_proj")));
        click(QStringLiteral("All"));
        click(QStringLiteral("Train at rank 16"));
        QVERIFY(m_card->findChild<FaultLabel*>()->fault().isEmpty());
    }

    void modulesTrainedWholeAreLeftAlone()
    {
        chooseModel();
        draft().edit({"lora.modules_to_save"}, QStringLiteral("typed"),
            [](Recipe& recipe) { recipe.lora.modulesToSave = {"h.0.mlp.dense_h_to_4h"}; });
        press(2, 0);
        QVERIFY(!m_card->findChild<QSpinBox*>()->isEnabled());
        click(QStringLiteral("All"));
        click(QStringLiteral("Leave out"));
        QCOMPARE(rankAt(2, 0), qint64(LayerMap::kWhole));
    }

    void anAdapterToGoOnFromDecides()
    {
        chooseModel();
        draft().edit(
            {"lora.init_from"}, QStringLiteral("typed"), [](Recipe& recipe) { recipe.lora.initFrom = "adapter"; });
        QVERIFY(!view()->isVisible());
    }

    void eightyLayersFitAtTheSmallestWindow()
    {
        open(80);
        m_card->resize(600, 400);
        chooseModel();
        QTRY_VERIFY(view()->horizontalHeader()->length() <= view()->viewport()->width());
        QVERIFY(view()->columnWidth(79) >= 5);
        QVERIFY(m_card->minimumSizeHint().width() <= 600);
    }

    void screenshot()
    {
        const QString folder = qEnvironmentVariable("FALCONER_SCREENSHOTS");
        if (folder.isEmpty())
            return;
        for (const auto choice : {Theme::Choice::light, Theme::Choice::dark}) {
            m_theme->setChoice(choice);
            for (const int layers : {32, 80}) {
                open(layers);
                chooseModel();
                draft().edit({"lora"}, QStringLiteral("typed"), [&](Recipe& recipe) {
                    recipe.lora.layers = std::string(layers == 32 ? "4-31" : "8-79");
                    recipe.lora.rankPattern = {{R"(h\.(2[4-9]|3[01]|7[0-9])\.mlp.*)", 32}};
                });
                click(QStringLiteral("MLP"));
                click(QStringLiteral("Last 8"));
                m_card->resize(620, m_card->heightForWidth(620));
                QTest::qWait(100);
                const auto name
                    = QStringLiteral("%1/map-%2-%3.png")
                          .arg(folder)
                          .arg(layers)
                          .arg(choice == Theme::Choice::light ? QLatin1String("light") : QLatin1String("dark"));
                QVERIFY(m_card->grab().save(name));
            }
        }
        m_theme->setChoice(Theme::Choice::light);
    }
};

QTEST_MAIN(TestLayerMapCard)
#include "tst_layer_map_card.moc"
