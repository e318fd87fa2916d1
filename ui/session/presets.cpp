// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/presets.h"

#include "core/base/files.h"
#include "core/hub/local_models.h"
#include "ui/text/fault_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

struct PresetText {
    Q_DECLARE_TR_FUNCTIONS(PresetText)
};

struct BuiltIn {
    const char* id; ///< also the file in resources/recipes
    const char* title;
    const char* text;
};
constexpr BuiltIn kBuiltIn[] = {
    {"starter", QT_TRANSLATE_NOOP("PresetText", "Starter"),
        QT_TRANSLATE_NOOP("PresetText",
            "SmolLM2-135M learns the tone of a cynical dictionary. A few minutes on any processor, no GPU needed.")},
    {"falcon-7b-qlora-8gib", QT_TRANSLATE_NOOP("PresetText", "Falcon-7B QLoRA, 8 GiB"),
        QT_TRANSLATE_NOOP("PresetText",
            "Seven billion weights on a GPU with 8 GiB: nf4, one row at a time, selective checkpointing.")},
    {"best-quality", QT_TRANSLATE_NOOP("PresetText", "Best quality"),
        QT_TRANSLATE_NOOP(
            "PresetText", "Frozen weights as they are, in bfloat16. The most accurate, the most memory.")},
    {"llama-chat", QT_TRANSLATE_NOOP("PresetText", "Llama chat"),
        QT_TRANSLATE_NOOP(
            "PresetText", "Conversations in the model's own template; only the assistant's words are learnt.")},
};

/// Stands for the model and the rows while a preset without them is read, because a recipe needs both.
constexpr auto kNotNamed = "not-named";

/// A longer name than any person gives, and short enough for every file system.
constexpr qsizetype kLongestName = 80;

LoadedRecipe parse(const std::string& yaml, const std::string& origin)
{
    const std::vector<std::string> stand = {std::string("model=") + kNotNamed, std::string("data.train=") + kNotNamed};
    LoadedRecipe loaded = parseRecipe(yaml, origin, {}, stand);
    loaded.recipe.model.clear();
    loaded.recipe.data.train.clear();
    loaded.recipe.file.clear();
    loaded.keysSet.erase("model");
    loaded.keysSet.erase("data.train");
    return loaded;
}

/// What set-up has put there; empty when it has not.
fs::path starterModel(const fs::path& models)
{
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(models / "smollm2-135m-instruct", ignored))
        if (entry.path().extension() == ".gguf")
            return entry.path();
    return {};
}

Preset builtIn(const BuiltIn& known)
{
    Preset preset;
    preset.id = QString::fromLatin1(known.id);
    preset.title = PresetText::tr(known.title);
    preset.text = PresetText::tr(known.text);
    preset.needsModel = true;
    QFile file(QStringLiteral(":/recipes/%1.yaml").arg(preset.id));
    if (!file.open(QIODevice::ReadOnly)) {
        preset.problem = file.errorString();
        return preset;
    }
    preset.recipe = parse(file.readAll().toStdString(), known.id);
    if (preset.id != QLatin1String("starter"))
        return preset;
    const fs::path models = modelRoots().folders.front();
    const fs::path model = starterModel(models);
    const fs::path rows = models.parent_path() / "data" / "cynic.jsonl";
    std::error_code ignored;
    if (model.empty() || !fs::exists(rows, ignored))
        return preset;
    preset.recipe.recipe.model = model.string();
    preset.recipe.recipe.data.train = {{rows.string(), 1.0}};
    preset.recipe.keysSet.insert({"model", "data.train"});
    preset.needsModel = false;
    return preset;
}

Preset own(const fs::path& file)
{
    Preset preset;
    preset.id = QString::fromStdString(file.string());
    preset.title = QString::fromStdString(file.stem().string());
    preset.needsModel = true;
    preset.own = true;
    try {
        preset.recipe = parse(readFile(file), file.string());
        const Recipe& recipe = preset.recipe.recipe;
        preset.text = PresetText::tr("Saved by you: %1, rank %2")
                          .arg(toQString(recipe.quantization.type))
                          .arg(recipe.lora.rank);
    } catch (const Error& error) {
        preset.problem = describe(error.faults());
    }
    return preset;
}

/// A name as a file's: what separates folders or hides a file becomes a dash.
QString fileName(const QString& name)
{
    QString result = name.simplified().left(kLongestName);
    for (QChar& letter : result)
        if (QStringLiteral("/\\:*?\"<>|").contains(letter) || !letter.isPrint())
            letter = QLatin1Char('-');
    if (result.startsWith(QLatin1Char('.')))
        result[0] = QLatin1Char('-');
    return result;
}

} // namespace

std::vector<Preset> presets()
{
    std::vector<Preset> result;
    for (const BuiltIn& known : kBuiltIn)
        result.push_back(builtIn(known));
    std::vector<fs::path> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(presetFolder(), ignored))
        if (entry.path().extension() == ".yaml")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files)
        result.push_back(own(file));
    return result;
}

LoadedRecipe withModelAndData(const Preset& preset, const Recipe& current)
{
    LoadedRecipe result = preset.recipe;
    if (!preset.needsModel)
        return result;
    result.recipe.model = current.model;
    result.recipe.data.train = current.data.train;
    result.recipe.data.columns = current.data.columns;
    if (!current.model.empty())
        result.keysSet.insert("model");
    if (!current.data.train.empty())
        result.keysSet.insert("data.train");
    return result;
}

fs::path presetFolder()
{
    return fs::path(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation).toStdString()) / "presets";
}

std::vector<Fault> savePreset(const QString& name, const Recipe& recipe)
{
    const QString stem = fileName(name);
    if (stem.isEmpty())
        return {{ErrorCode::requestInvalid, "preset", "has no name", "give it one"}};
    const DataSettings fresh;
    Recipe settings = recipe;
    settings.model.clear();
    settings.data.train.clear();
    settings.data.columns.clear();
    if (std::holds_alternative<std::string>(settings.data.validation))
        settings.data.validation = fresh.validation;
    settings.output.reset();
    try {
        std::error_code failed;
        fs::create_directories(presetFolder(), failed);
        if (failed)
            return {{ErrorCode::fileUnwritable, presetFolder().string(), failed.message(), {}}};
        writeFile(presetFolder() / (stem.toStdString() + ".yaml"), writeRecipe(settings));
    } catch (const Error& error) {
        return error.faults();
    }
    return {};
}

std::vector<Fault> removePreset(const Preset& preset)
{
    std::error_code failed;
    if (preset.own && !fs::remove(preset.id.toStdString(), failed) && failed)
        return {{ErrorCode::fileUnwritable, preset.id.toStdString(), failed.message(), {}}};
    return {};
}

} // namespace falconer::ui
