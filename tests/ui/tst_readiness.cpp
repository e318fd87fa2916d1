// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "ui/session/readiness.h"
#include "ui/text/field_text.h"

#include <QTemporaryDir>
#include <QTest>

using namespace falconer;
using namespace falconer::ui;
namespace fs = std::filesystem;

class TestReadiness : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    fs::path m_folder{m_temporary.path().toStdString()};

    Recipe good() const
    {
        Recipe recipe;
        recipe.model = (m_folder / "model").string();
        recipe.data.train = {{(m_folder / "rows.jsonl").string(), 1.0}};
        return recipe;
    }

    static Obstacle only(const Recipe& recipe)
    {
        const Readiness readiness = Readiness::check(recipe, false);
        if (readiness.obstacles().size() != 1)
            return {Obstacle::Kind::running, std::to_string(readiness.obstacles().size()) + " obstacles", {}, {}};
        return readiness.obstacles().front();
    }

private Q_SLOTS:
    void initTestCase()
    {
        fs::create_directories(m_folder / "model");
        fs::create_directories(m_folder / "empty");
        fs::create_directories(m_folder / "quantized");
        writeFile(m_folder / "model/config.json", "{}");
        writeFile(m_folder / "quantized/a.gguf", "GGUF");
        writeFile(m_folder / "rows.jsonl", "{}\n");
        writeFile(m_folder / "nothing.jsonl", "");
    }

    void readyWhenAllIsThere()
    {
        QVERIFY(Readiness::check(good(), false).ready());
        Recipe recipe = good();
        recipe.model = (m_folder / "quantized").string();
        QVERIFY(Readiness::check(recipe, false).ready());
        recipe.model = (m_folder / "quantized/a.gguf").string();
        QVERIFY(Readiness::check(recipe, false).ready());
        recipe.data.validation = (m_folder / "rows.jsonl").string();
        QVERIFY(Readiness::check(recipe, false).ready());
    }

    void relativePathsStartAtTheRecipe()
    {
        Recipe recipe;
        recipe.file = m_folder / "run.yaml";
        recipe.model = "model";
        recipe.data.train = {{"rows.jsonl", 1.0}};
        QVERIFY(Readiness::check(recipe, false).ready());
    }

    void anEmptyFormSaysWhatToChoose()
    {
        const Readiness readiness = Readiness::check({}, false);
        QCOMPARE(readiness.obstacles().size(), std::size_t(2));
        QCOMPARE(readiness.find("model")->kind, Obstacle::Kind::noModel);
        QCOMPARE(readiness.find("data.train")->kind, Obstacle::Kind::noData);
        QCOMPARE(sentence(*readiness.find("model")), QStringLiteral("Choose a model folder or a .gguf file."));
    }

    void models()
    {
        Recipe recipe = good();
        recipe.model = (m_folder / "gone").string();
        QCOMPARE(only(recipe).kind, Obstacle::Kind::modelMissing);
        QVERIFY(sentence(only(recipe)).contains(QString::fromStdString(recipe.model)));
        recipe.model = (m_folder / "empty").string();
        QCOMPARE(only(recipe).kind, Obstacle::Kind::notAModel);
        recipe.model = (m_folder / "rows.jsonl").string();
        QCOMPARE(only(recipe).kind, Obstacle::Kind::notAModel);
    }

    void data()
    {
        Recipe recipe = good();
        recipe.data.train = {{(m_folder / "gone.jsonl").string(), 1.0}};
        QCOMPARE(only(recipe).kind, Obstacle::Kind::dataMissing);
        recipe.data.train = {{m_folder.string(), 1.0}};
        QCOMPARE(only(recipe).kind, Obstacle::Kind::dataNotFile);
        recipe.data.train = {{(m_folder / "nothing.jsonl").string(), 1.0}};
        QCOMPARE(only(recipe).kind, Obstacle::Kind::dataEmpty);
        recipe.data.train = {{(m_folder / "rows.jsonl").string(), 1.0}, {(m_folder / "gone.jsonl").string(), 1.0}};
        QCOMPARE(only(recipe).subject, (m_folder / "gone.jsonl").string());
        recipe = good();
        recipe.data.validation = (m_folder / "gone.jsonl").string();
        QCOMPARE(only(recipe).key, std::string("data.validation"));
    }

    void faultsOfCoreStandBesideTheirField()
    {
        Recipe recipe = good();
        recipe.lora.rank = 0;
        QCOMPARE(only(recipe).key, std::string("lora.rank"));
        QCOMPARE(only(recipe).kind, Obstacle::Kind::fault);
        const QString text = sentence(only(recipe));
        QVERIFY2(text.front().isUpper() && text.endsWith(QLatin1Char('.')), qPrintable(text));
        recipe.training.learningRate = -1;
        const Readiness both = Readiness::check(recipe, false);
        QCOMPARE(both.obstacles().size(), std::size_t(2));
        QVERIFY(both.find("training.learning_rate"));
        QVERIFY(!both.find("training.epochs"));
    }

    void theFormsObstacleComesBeforeCores()
    {
        Recipe recipe = good();
        recipe.training.learningRate = -1;
        const Readiness readiness
            = Readiness::check(recipe, false, {{Obstacle::Kind::notANumber, "training.learning_rate", "fast", {}}});
        QCOMPARE(readiness.obstacles().size(), std::size_t(1));
        QVERIFY(sentence(readiness.obstacles().front()).contains(QLatin1String("fast")));
    }

    void partsOfAFieldBelongToIt()
    {
        QCOMPARE(fieldOf("data.train[1].weight"), std::string("data.train"));
        QCOMPARE(fieldOf("training.scheduler_options.lr_end"), std::string("training.scheduler_options"));
        QCOMPARE(fieldOf("lora.rank"), std::string("lora.rank"));
        QCOMPARE(fieldOf("rows.jsonl, line 3"), std::string());
        Recipe recipe = good();
        recipe.training.schedulerOptions = {{"power", -1}};
        QVERIFY(Readiness::check(recipe, false).find("training.scheduler_options"));
        QVERIFY(!Readiness::check(recipe, false).find("training.scheduler"));
    }

    void remedies()
    {
        const auto of = [](const Recipe& recipe) {
            const auto found = remedy(recipe, only(recipe));
            return found ? found->words : std::string("none");
        };
        Recipe recipe = good();
        recipe.training.maxSteps = 412;
        recipe.training.warmupSteps = 500;
        QCOMPARE(of(recipe), std::string("13 (3 %)"));
        QCOMPARE(remedy(recipe, only(recipe))->yaml, std::string("13"));
        recipe = good();
        recipe.lora.rank = 100'000;
        QCOMPARE(of(recipe), std::string("65536"));
        recipe.lora.rank = -4;
        QCOMPARE(of(recipe), std::string("1"));
        recipe = good();
        recipe.quantization.type = "nf5";
        QCOMPARE(of(recipe), std::string("nf4"));
        recipe = good();
        recipe.data.format = "text";
        QCOMPARE(of(recipe), std::string("all")); // loss_on: completion, of which plain text has none
        // More than one way, or a bound that is not allowed itself: the person decides.
        recipe = good();
        recipe.data.lossOn = "assistant";
        recipe.data.format = "alpaca";
        QCOMPARE(of(recipe), std::string("none"));
        recipe = good();
        recipe.training.learningRate = -1;
        QCOMPARE(of(recipe), std::string("none"));
        recipe = good();
        recipe.model = "/gone";
        QCOMPARE(of(recipe), std::string("none"));
    }

    void notWhileRunning()
    {
        const Readiness readiness = Readiness::check(good(), true);
        QVERIFY(!readiness.ready());
        QCOMPARE(readiness.obstacles().front().kind, Obstacle::Kind::running);
        // The next recipe is judged meanwhile.
        Recipe recipe = good();
        recipe.lora.rank = 0;
        QVERIFY(Readiness::check(recipe, true).find("lora.rank"));
    }

    void everyKindHasASentence()
    {
        for (int kind = 0; kind < static_cast<int>(Obstacle::Kind::fault); ++kind)
            QVERIFY2(!sentence({static_cast<Obstacle::Kind>(kind), "model", "x", {}}).isEmpty(),
                qPrintable(QString::number(kind)));
    }
};

QTEST_GUILESS_MAIN(TestReadiness)
#include "tst_readiness.moc"
