// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/field_text.h"

#include "core/config/fields.h"
#include "ui/text/fault_text.h"

#include <QCoreApplication>

namespace falconer::ui {
namespace {

struct FieldText {
    Q_DECLARE_TR_FUNCTIONS(FieldText)
};

struct Label {
    const char* key;
    const char* text;
};
constexpr Label kLabels[] = {
    {"model", QT_TRANSLATE_NOOP("FieldText", "Model")},
    {"device", QT_TRANSLATE_NOOP("FieldText", "Device")},
    {"quantization.type", QT_TRANSLATE_NOOP("FieldText", "Quantization")},
    {"quantization.double_quant", QT_TRANSLATE_NOOP("FieldText", "Double quantization")},
    {"quantization.compute_dtype", QT_TRANSLATE_NOOP("FieldText", "Compute type")},
    {"data.train", QT_TRANSLATE_NOOP("FieldText", "Data file")},
    {"data.validation", QT_TRANSLATE_NOOP("FieldText", "Validation")},
    {"data.format", QT_TRANSLATE_NOOP("FieldText", "Format")},
    {"data.columns", QT_TRANSLATE_NOOP("FieldText", "Columns")},
    {"data.template", QT_TRANSLATE_NOOP("FieldText", "Chat template")},
    {"data.loss_on", QT_TRANSLATE_NOOP("FieldText", "Loss on")},
    {"data.on_bad_row", QT_TRANSLATE_NOOP("FieldText", "Unreadable row")},
    {"data.max_length", QT_TRANSLATE_NOOP("FieldText", "Longest row")},
    {"data.packing", QT_TRANSLATE_NOOP("FieldText", "Packing")},
    {"data.group_by_length", QT_TRANSLATE_NOOP("FieldText", "Group by length")},
    {"data.shuffle", QT_TRANSLATE_NOOP("FieldText", "Shuffle")},
    {"lora.rank", QT_TRANSLATE_NOOP("FieldText", "Rank")},
    {"lora.alpha", QT_TRANSLATE_NOOP("FieldText", "Alpha")},
    {"lora.dropout", QT_TRANSLATE_NOOP("FieldText", "Dropout")},
    {"lora.targets", QT_TRANSLATE_NOOP("FieldText", "Target layers")},
    {"lora.layers", QT_TRANSLATE_NOOP("FieldText", "Blocks")},
    {"lora.bias", QT_TRANSLATE_NOOP("FieldText", "Bias")},
    {"lora.init", QT_TRANSLATE_NOOP("FieldText", "Initialization")},
    {"lora.rslora", QT_TRANSLATE_NOOP("FieldText", "rsLoRA")},
    {"lora.dora", QT_TRANSLATE_NOOP("FieldText", "DoRA")},
    {"lora.modules_to_save", QT_TRANSLATE_NOOP("FieldText", "Modules to save")},
    {"lora.rank_pattern", QT_TRANSLATE_NOOP("FieldText", "Rank pattern")},
    {"lora.alpha_pattern", QT_TRANSLATE_NOOP("FieldText", "Alpha pattern")},
    {"lora.init_from", QT_TRANSLATE_NOOP("FieldText", "Go on from adapter")},
    {"training.epochs", QT_TRANSLATE_NOOP("FieldText", "Epochs")},
    {"training.max_steps", QT_TRANSLATE_NOOP("FieldText", "Steps")},
    {"training.micro_batch", QT_TRANSLATE_NOOP("FieldText", "Micro-batch")},
    {"training.gradient_accumulation", QT_TRANSLATE_NOOP("FieldText", "Accumulation")},
    {"training.learning_rate", QT_TRANSLATE_NOOP("FieldText", "Learning rate")},
    {"training.scheduler", QT_TRANSLATE_NOOP("FieldText", "Scheduler")},
    {"training.scheduler_options", QT_TRANSLATE_NOOP("FieldText", "Scheduler options")},
    {"training.warmup_steps", QT_TRANSLATE_NOOP("FieldText", "Warm-up steps")},
    {"training.warmup_ratio", QT_TRANSLATE_NOOP("FieldText", "Warm-up share")},
    {"training.optimizer", QT_TRANSLATE_NOOP("FieldText", "Optimizer")},
    {"training.optimizer_options", QT_TRANSLATE_NOOP("FieldText", "Optimizer options")},
    {"training.weight_decay", QT_TRANSLATE_NOOP("FieldText", "Weight decay")},
    {"training.max_grad_norm", QT_TRANSLATE_NOOP("FieldText", "Longest gradient")},
    {"training.gradient_checkpointing", QT_TRANSLATE_NOOP("FieldText", "Checkpointing")},
    {"training.eval_every", QT_TRANSLATE_NOOP("FieldText", "Evaluate every")},
    {"training.save_every", QT_TRANSLATE_NOOP("FieldText", "Save every")},
    {"training.keep_checkpoints", QT_TRANSLATE_NOOP("FieldText", "Checkpoints kept")},
    {"training.sample_prompts", QT_TRANSLATE_NOOP("FieldText", "Sample prompts")},
    {"training.seed", QT_TRANSLATE_NOOP("FieldText", "Seed")},
    {"sentinel.enabled", QT_TRANSLATE_NOOP("FieldText", "Sentinel")},
    {"sentinel.patience", QT_TRANSLATE_NOOP("FieldText", "Patience")},
    {"sentinel.min_delta", QT_TRANSLATE_NOOP("FieldText", "Least gain")},
    {"sentinel.action", QT_TRANSLATE_NOOP("FieldText", "When overfitting")},
    {"logging.tensorboard", QT_TRANSLATE_NOOP("FieldText", "TensorBoard")},
    {"logging.wandb", QT_TRANSLATE_NOOP("FieldText", "Weights & Biases")},
    {"logging.csv", QT_TRANSLATE_NOOP("FieldText", "CSV table")},
    {"output", QT_TRANSLATE_NOOP("FieldText", "Run folder")},
};

QString capitalized(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

QString fieldLabel(const std::string& key)
{
    for (const Label& label : kLabels)
        if (key == label.key)
            return FieldText::tr(label.text);
    return toQString(key);
}

QString fieldHelp(const std::string& key)
{
    const FieldInfo* field = findField(key);
    // Core's own texts: translations/falconer_help_*.ts holds what lupdate does not find here.
    return field ? QCoreApplication::translate("FieldHelp", field->help.data()) : QString();
}

QString sentence(const Obstacle& obstacle)
{
    const QString subject = toQString(obstacle.subject);
    switch (obstacle.kind) {
    case Obstacle::Kind::noModel: return FieldText::tr("Choose a model folder or a .gguf file.");
    case Obstacle::Kind::modelMissing: return FieldText::tr("%1 does not exist. Choose another model.").arg(subject);
    case Obstacle::Kind::notAModel:
        return FieldText::tr("%1 is no model: a folder needs config.json, a file must end in .gguf.").arg(subject);
    case Obstacle::Kind::brokenModel: return subject;
    case Obstacle::Kind::noData: return FieldText::tr("Choose a file of training rows.");
    case Obstacle::Kind::dataMissing: return FieldText::tr("%1 does not exist. Choose another file.").arg(subject);
    case Obstacle::Kind::dataNotFile: return FieldText::tr("%1 is not a file. Choose a file of rows.").arg(subject);
    case Obstacle::Kind::dataEmpty: return FieldText::tr("%1 is empty. Choose a file of rows.").arg(subject);
    case Obstacle::Kind::notANumber:
        return subject.isEmpty() ? FieldText::tr("Enter a number.")
                                 : FieldText::tr("“%1” is not a number. Write it like 2.0e-4.").arg(subject);
    case Obstacle::Kind::running: return FieldText::tr("A run is going on. Stop it, or wait until it ends.");
    case Obstacle::Kind::fault: break;
    }
    // Beside its own field a fault need not name the field again.
    const Fault& fault = obstacle.fault;
    const QString problem = capitalized(toQString(fault.problem));
    const QString fix = capitalized(toQString(fault.fix));
    return fix.isEmpty() ? FieldText::tr("%1.").arg(problem) : FieldText::tr("%1. %2.").arg(problem, fix);
}

QString stateLabel(SessionState state)
{
    switch (state) {
    case SessionState::preparing: return FieldText::tr("Preparing");
    case SessionState::training: return FieldText::tr("Training");
    case SessionState::evaluating: return FieldText::tr("Evaluating");
    case SessionState::saving: return FieldText::tr("Saving");
    case SessionState::paused: return FieldText::tr("Paused");
    case SessionState::finished: return FieldText::tr("Finished");
    case SessionState::stopped: return FieldText::tr("Stopped");
    case SessionState::failed: return FieldText::tr("Failed");
    }
    return {};
}

QString phaseText(const PhaseProgress& progress)
{
    const QString phase = capitalized(toQString(progress.phase));
    if (progress.total <= 0)
        return phase;
    return FieldText::tr("%1: %2 of %3").arg(phase).arg(progress.done).arg(progress.total);
}

} // namespace falconer::ui
