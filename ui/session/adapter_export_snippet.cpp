// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/adapter_export_snippet.h"

#include "ui/text/fault_text.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <filesystem>

namespace falconer::ui {
namespace {

/// A Python string; JSON's escapes are Python's.
QString python(const QString& text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

/// A word of a shell.
QString shell(QString text)
{
    return QLatin1Char('\'') + text.replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
}

QString quantizationConfig(const QuantizationSettings& settings)
{
    if (settings.type == "int8")
        return QStringLiteral("BitsAndBytesConfig(load_in_8bit=True)");
    return QStringLiteral("BitsAndBytesConfig(\n"
                          "        load_in_4bit=True,\n"
                          "        bnb_4bit_quant_type=\"%1\",\n"
                          "        bnb_4bit_use_double_quant=%2,\n"
                          "        bnb_4bit_compute_dtype=torch.%3)")
        .arg(toQString(settings.type), settings.doubleQuant ? QStringLiteral("True") : QStringLiteral("False"),
            toQString(settings.computeDtype));
}

} // namespace

QString peftSnippet(const Recipe& recipe, const QString& folder)
{
    const std::filesystem::path model = recipe.model;
    const bool gguf = model.extension() == ".gguf";
    const bool quantized = recipe.quantization.type != "none" && !gguf;
    // Transformers takes a folder and the file's name apart, and reads GGUF weights unquantized.
    const QString base = gguf ? QStringLiteral("%1, gguf_file=%2")
                                    .arg(python(QString::fromStdString(model.parent_path().string())),
                                        python(QString::fromStdString(model.filename().string())))
                              : python(toQString(recipe.model));
    QString text = QStringLiteral("import torch\n"
                                  "from peft import PeftModel\n"
                                  "from transformers import AutoModelForCausalLM, AutoTokenizer");
    text += quantized ? QStringLiteral(", BitsAndBytesConfig\n\n") : QStringLiteral("\n\n");
    text += QStringLiteral("tokenizer = AutoTokenizer.from_pretrained(") + base + QStringLiteral(")\n");
    text += QStringLiteral("base = AutoModelForCausalLM.from_pretrained(\n    ") + base
        + QStringLiteral(",\n    dtype=torch.") + toQString(recipe.quantization.computeDtype);
    if (quantized)
        text += QStringLiteral(",\n    quantization_config=") + quantizationConfig(recipe.quantization);
    text += QStringLiteral(")\nmodel = PeftModel.from_pretrained(base, ") + python(folder) + QStringLiteral(")\n");
    return text;
}

QString generateCommand(const Recipe& recipe, const QString& folder, bool chat)
{
    const QString prompt = recipe.training.samplePrompts.empty() ? QStringLiteral("…")
                                                                 : toQString(recipe.training.samplePrompts.front());
    QString text = QStringLiteral("falconer generate --model ") + shell(toQString(recipe.model))
        + QStringLiteral(" --adapter ") + shell(folder) + QStringLiteral(" --quantization ")
        + toQString(recipe.quantization.type) + QStringLiteral(" --set quantization.compute_dtype=")
        + toQString(recipe.quantization.computeDtype);
    if (!recipe.quantization.doubleQuant)
        text += QStringLiteral(" --set quantization.double_quant=false");
    if (chat)
        text += QStringLiteral(" --chat");
    if (chat && recipe.data.templateName != "auto")
        text += QStringLiteral(" --set ")
            + shell(QStringLiteral("data.template=") + toQString(recipe.data.templateName));
    return text + QStringLiteral(" --prompt ") + shell(prompt);
}

} // namespace falconer::ui
