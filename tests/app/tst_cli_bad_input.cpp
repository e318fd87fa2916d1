// SPDX-License-Identifier: Apache-2.0
#include "tests/app/cli_support.h"

#include <QTemporaryDir>

#include <functional>
#include <utility>

using namespace falconer::test;

namespace {

/// A small run whose files can be broken one by one: model/, train.jsonl and recipe.yaml.
class Workplace {
public:
    bool make()
    {
        return m_folder.isValid() && copyFolder(goldenRun("falcon-7b") + "/model", path("model"))
            && writeAll(path("train.jsonl"), readAll(goldenRun("falcon-7b") + "/train.jsonl")) && setRecipe("");
    }

    QString path(const QString& name) const { return m_folder.filePath(name); }

    /// recipe.yaml: three lines that are fine, and what a test adds from line 4 on.
    bool setRecipe(const QByteArray& lines) const
    {
        return writeAll(path("recipe.yaml"),
            "model: model\n"
            "quantization: {type: none, compute_dtype: float32}\n"
            "device: cpu\n"
                + lines + (lines.contains("data:") ? "" : "data: {train: train.jsonl, validation: 0}\n")
                + (lines.contains("training:") ? "" : "training: {max_steps: 1}\n"));
    }

    /// Replaces the whole file.
    bool set(const QString& name, const QByteArray& content) const { return writeAll(path(name), content); }
    QByteArray get(const QString& name) const { return readAll(path(name)); }

private:
    const QTemporaryDir m_folder;
};

using Break = std::function<bool(const Workplace&)>;

QByteArray littleEndian(quint64 value, int bytes)
{
    QByteArray text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(value >> (8 * i));
    return text;
}

/// A GGUF header that promises one key, and then ends with `rest`.
QByteArray ggufWith(const QByteArray& rest)
{
    return "GGUF" + littleEndian(3, 4) + littleEndian(0, 8) + littleEndian(1, 8) + rest;
}

} // namespace

Q_DECLARE_METATYPE(Break)

/// Whatever is wrong with what the user gave: exit code 2, one sentence that names the place, and nothing half-written.
class TestCliBadInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isRefusedInOneSentence_data();
    void isRefusedInOneSentence();
    void everyFaultOfARecipeIsListed();
    void adapterOfAnotherModelIsRefused();
    void settingAgainstTheInitialAdapterIsRefused();
    void outputThatCannotBeMadeIsRefused();
    void previewRefusesWhatTrainingRefuses();
    void soundWorkplaceTrains();
};

void TestCliBadInput::isRefusedInOneSentence_data()
{
    QTest::addColumn<Break>("breakIt");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QStringList>("says");
    const auto add = [](const char* name, Break breakIt, const char* code, const QStringList& says) {
        QTest::newRow(name) << std::move(breakIt) << QString(code) << says;
    };

    // Missing files.
    add("no recipe", [](const Workplace& at) { return QFile::remove(at.path("recipe.yaml")); }, "file_missing",
        {"recipe.yaml"});
    add("no data", [](const Workplace& at) { return QFile::remove(at.path("train.jsonl")); }, "file_missing",
        {"train.jsonl"});
    add("no model", [](const Workplace& at) { return QDir(at.path("model")).removeRecursively(); }, "file_missing",
        {"model"});
    add("no weights", [](const Workplace& at) { return QFile::remove(at.path("model/model.safetensors")); },
        "file_missing", {"model.safetensors"});
    add("no tokenizer", [](const Workplace& at) { return QFile::remove(at.path("model/tokenizer.json")); },
        "file_missing", {"tokenizer.json"});

    // Weights.
    add("truncated safetensors",
        [](const Workplace& at) { return QFile::resize(at.path("model/model.safetensors"), 400'000); },
        "file_truncated", {"model.safetensors"});
    add("header length beyond the file",
        [](const Workplace& at) {
            return at.set(
                "model/model.safetensors", littleEndian(1'000'000, 8) + at.get("model/model.safetensors").mid(8, 5000));
        },
        "file_truncated", {"model.safetensors"});
    add("header length that overflows",
        [](const Workplace& at) {
            return at.set(
                "model/model.safetensors", littleEndian(~quint64(0), 8) + at.get("model/model.safetensors").mid(8));
        },
        "file_malformed", {"model.safetensors"});
    add("empty safetensors", [](const Workplace& at) { return at.set("model/model.safetensors", ""); },
        "file_truncated", {"model.safetensors"});
    add("GGUF that ends in its header",
        [](const Workplace& at) {
            return at.set("model.gguf", ggufWith(littleEndian(20, 8) + "general.arch"))
                && at.set("recipe.yaml", at.get("recipe.yaml").replace("model: model", "model: model.gguf"));
        },
        "file_truncated", {"model.gguf"});
    add("GGUF with a length beyond the file",
        [](const Workplace& at) {
            return at.set("model.gguf", ggufWith(littleEndian(quint64(1) << 62, 8) + "general.architecture"))
                && at.set("recipe.yaml", at.get("recipe.yaml").replace("model: model", "model: model.gguf"));
        },
        "file_truncated", {"model.gguf"});
    add("unknown architecture",
        [](const Workplace& at) {
            QJsonObject config = readObject(at.path("model/config.json"));
            config["model_type"] = "mamba";
            config["architectures"] = QJsonArray({"MambaForCausalLM"});
            return at.set("model/config.json", QJsonDocument(config).toJson());
        },
        "model_unsupported", {"config.json", "mamba"});
    add("broken config.json", [](const Workplace& at) { return at.set("model/config.json", "{\"model_type\": "); },
        "file_malformed", {"config.json"});

    // The recipe; the lines that a test adds start at line 4.
    add("unknown key", [](const Workplace& at) { return at.setRecipe("lora:\n  rnak: 4\n"); }, "recipe_invalid",
        {"recipe.yaml, line 5", "lora.rnak", "rank"});
    add("unknown key at the top", [](const Workplace& at) { return at.setRecipe("modell: x\n"); }, "recipe_invalid",
        {"recipe.yaml, line 4", "modell", "model"});
    add("wrong type",
        [](const Workplace& at) { return at.setRecipe("training:\n  max_steps: 1\n  micro_batch: many\n"); },
        "recipe_invalid", {"recipe.yaml, line 6", "training.micro_batch", "many"});
    add("list for a number", [](const Workplace& at) { return at.setRecipe("lora:\n  rank: [8]\n"); }, "recipe_invalid",
        {"recipe.yaml, line 5", "lora.rank"});
    add("out of range", [](const Workplace& at) { return at.setRecipe("lora:\n  rank: 0\n"); }, "recipe_invalid",
        {"recipe.yaml, line 5", "lora.rank"});
    add("unknown choice",
        [](const Workplace& at) { return at.setRecipe("training: {max_steps: 1, scheduler: cosin}\n"); },
        "recipe_invalid", {"recipe.yaml, line 4", "training.scheduler", "cosine"});
    add("broken YAML", [](const Workplace& at) { return at.setRecipe("lora: {rank: 8\n"); }, "recipe_invalid",
        {"recipe.yaml, line "});
    add("settings that contradict each other",
        [](const Workplace& at) { return at.setRecipe("lora: {init: pissa, init_from: adapter}\n"); }, "recipe_invalid",
        {"lora.init", "lora.init_from"});
    add("a template that nobody knows",
        [](const Workplace& at) {
            return at.setRecipe("data: {train: train.jsonl, validation: 0, template: chatmll}\n");
        },
        "request_invalid", {"chatmll", "chatml"});

    // Data.
    const QByteArray good = "{\"prompt\": \"a\", \"completion\": \"b\"}\n";
    add("broken line",
        [=](const Workplace& at) { return at.set("train.jsonl", good + good + "{\"prompt\": \"a\n" + good); },
        "data_invalid", {"train.jsonl, line 3"});
    add("missing column",
        [=](const Workplace& at) { return at.set("train.jsonl", good + "{\"prompt\": \"a\", \"answer\": \"b\"}\n"); },
        "data_invalid", {"train.jsonl, line 2", "completion"});
    add("no row", [](const Workplace& at) { return at.set("train.jsonl", ""); }, "data_invalid", {"train.jsonl"});
    add("needs a chat template",
        [](const Workplace& at) {
            return at.set("train.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}\n");
        },
        "recipe_invalid", {"data.template", "template"});
    add("a template that renders nothing",
        [](const Workplace& at) {
            return at.set("empty.jinja", "{% for message in messages %}{% endfor %}")
                && at.setRecipe("data: {train: train.jsonl, validation: 0, template: empty.jinja}\n")
                && at.set("train.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}\n");
        },
        "data_invalid", {"train.jsonl, line 1"});
    add("a template with a fault",
        [](const Workplace& at) {
            return at.set("broken.jinja", "{% for message in messages %}\n{{ message.content | shout }}\n{% endfor %}")
                && at.setRecipe("data: {train: train.jsonl, validation: 0, template: broken.jinja}\n")
                && at.set("train.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}\n");
        },
        "file_malformed", {"broken.jinja, line 2", "shout"});
    add("an unknown column",
        [](const Workplace& at) {
            return at.setRecipe("data: {train: train.jsonl, validation: 0, columns: {prompt: promt}}\n");
        },
        "data_invalid", {"promt", "prompt"});
    add("every label masked",
        [](const Workplace& at) {
            return at.set("train.jsonl",
                       "{\"prompt\": \"" + QByteArray("word ").repeated(60) + "\", \"completion\": \"b\"}\n")
                && at.setRecipe("data: {train: train.jsonl, validation: 0, max_length: 16}\n");
        },
        "data_invalid", {"train.jsonl"});

    // What is to be trained.
    add("no trainable target", [](const Workplace& at) { return at.setRecipe("lora: {targets: [q_proj]}\n"); },
        "recipe_invalid", {"lora.targets", "q_proj"});
    add("no such layer", [](const Workplace& at) { return at.setRecipe("lora: {layers: [7]}\n"); }, "recipe_invalid",
        {"lora.layers", "7"});
    add("no initial adapter", [](const Workplace& at) { return at.setRecipe("lora: {init_from: nowhere}\n"); },
        "file_missing", {"nowhere"});
}

void TestCliBadInput::isRefusedInOneSentence()
{
    QFETCH(Break, breakIt);
    QFETCH(QString, code);
    QFETCH(QStringList, says);
    Workplace at;
    QVERIFY(at.make());
    QVERIFY(breakIt(at));
    const Outcome outcome = runFalconer({"train", at.path("recipe.yaml"), "--output", at.path("run"), "--json"});
    QVERIFY2(outcome.exitCode == 2, outcome.err.constData());

    const QJsonArray faults = outcome.errors();
    QCOMPARE(faults.size(), 1);
    QCOMPARE(faults[0].toObject()["code"].toString(), code);
    // The sentence itself is on standard error, as one line that ends with a full stop.
    const QByteArray sentence = outcome.err.split('\n').at(outcome.err.count('\n') - 1);
    for (const QString& part : says)
        QVERIFY2(sentence.contains(part.toUtf8()), outcome.err.constData());
    QVERIFY2(sentence.endsWith('.'), outcome.err.constData());
    QVERIFY(!QFile::exists(at.path("run")));
    for (const QString& name : QDir(at.path("")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
        QVERIFY2(!name.startsWith('.'), qPrintable(name));
}

void TestCliBadInput::everyFaultOfARecipeIsListed()
{
    Workplace at;
    QVERIFY(at.make());
    QVERIFY(at.setRecipe("lora: {rnak: 4, alpha: much}\ntraining:\n  scheduler: cosin\n"));
    const Outcome outcome = runFalconer(
        {"train", at.path("recipe.yaml"), "--output", at.path("run"), "--json", "--set", "training.epochs=-1"});
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.errors().size(), 4);
    QCOMPARE(outcome.err.count('\n'), 4);
    for (const char* part : {"lora.rnak", "lora.alpha", "training.scheduler", "training.epochs"})
        QVERIFY2(outcome.err.contains(part), part);
    QVERIFY(!QFile::exists(at.path("run")));
}

void TestCliBadInput::adapterOfAnotherModelIsRefused()
{
    const Outcome outcome = runFalconer({"generate", "--model", goldenRun("falcon-7b") + "/model", "--adapter",
        goldenRun("llama-nf4") + "/initial_adapter", "--prompt", "x", "--json"});
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.errors()[0].toObject()["code"].toString(), QString("adapter_mismatch"));
}

void TestCliBadInput::settingAgainstTheInitialAdapterIsRefused()
{
    Workplace at;
    QVERIFY(at.make());
    QVERIFY(at.setRecipe(
        "lora:\n  init_from: " + (goldenRun("falcon-7b") + "/initial_adapter").toUtf8() + "\n  rank: 4\n"));
    const Outcome outcome = runFalconer({"train", at.path("recipe.yaml"), "--output", at.path("run"), "--json"});
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.errors().size(), 1);
    QVERIFY2(outcome.err.contains("lora.rank"), outcome.err.constData());
    QVERIFY(!QFile::exists(at.path("run")));
}

void TestCliBadInput::outputThatCannotBeMadeIsRefused()
{
    Workplace at;
    QVERIFY(at.make());
    const Outcome outcome
        = runFalconer({"train", at.path("recipe.yaml"), "--output", at.path("train.jsonl") + "/run", "--json"});
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.errors().size(), 1);
    QCOMPARE(outcome.errors()[0].toObject()["code"].toString(), QString("request_invalid"));
    QVERIFY2(outcome.err.contains("train.jsonl is not a folder"), outcome.err.constData());
}

void TestCliBadInput::previewRefusesWhatTrainingRefuses()
{
    Workplace at;
    QVERIFY(at.make());
    QVERIFY(
        at.set("train.jsonl", "{\"prompt\": \"" + QByteArray("word ").repeated(60) + "\", \"completion\": \"b\"}\n"));
    QVERIFY(at.setRecipe("data: {train: train.jsonl, validation: 0, max_length: 8}\n"));
    const Outcome train = runFalconer({"train", at.path("recipe.yaml"), "--json"});
    QCOMPARE(train.exitCode, 2);
    const Outcome preview = runFalconer({"preview", at.path("recipe.yaml"), "--json"});
    QCOMPARE(preview.exitCode, 2);
    QCOMPARE(preview.json()["refusals"].toArray(), train.errors());
    QCOMPARE(preview.json()["rows"].toArray().size(), 1);
    const Outcome text = runFalconer({"preview", at.path("recipe.yaml")});
    QVERIFY2(text.err.contains("every label is masked"), text.err.constData());
    QVERIFY2(text.out.contains("word"), text.out.constData()); // what is refused is shown all the same
}

/// Were the workplace itself unsound, every other test here would pass for the wrong reason.
void TestCliBadInput::soundWorkplaceTrains()
{
    Workplace at;
    QVERIFY(at.make());
    const Outcome outcome = runFalconer({"train", at.path("recipe.yaml"), "--output", at.path("run"), "--json"});
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    QCOMPARE(outcome.json()["steps"].toInt(), 1);
    QVERIFY(outcome.json()["best_step"].isNull()); // nothing to validate on
    QVERIFY(QFile::exists(at.path("run/adapter/adapter_model.safetensors")));
}

QTEST_GUILESS_MAIN(TestCliBadInput)
#include "tst_cli_bad_input.moc"
