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

QString capitalized(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

QString fieldLabel(const std::string& key)
{
    if (key == "model")
        return FieldText::tr("Model");
    if (key == "data.train")
        return FieldText::tr("Data file");
    if (key == "data.validation")
        return FieldText::tr("Validation");
    if (key == "lora.rank")
        return FieldText::tr("Rank");
    if (key == "lora.targets")
        return FieldText::tr("Target layers");
    if (key == "lora.layers")
        return FieldText::tr("Blocks");
    if (key == "quantization.type")
        return FieldText::tr("Quantization");
    if (key == "training.learning_rate")
        return FieldText::tr("Learning rate");
    if (key == "training.epochs")
        return FieldText::tr("Epochs");
    return toQString(key);
}

QString fieldHelp(const std::string& key)
{
    const FieldInfo* field = findField(key);
    return field ? toQString(field->help) : QString();
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
