// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/local_models.h"

#include "core/hub/local_models.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QDir>

namespace falconer::ui {
namespace {

struct ModelText {
    Q_DECLARE_TR_FUNCTIONS(ModelText)
};

/// What users of a family usually name as targets; the field takes any other name as well.
QStringList usualTargets(const std::string& architecture)
{
    if (architecture == "falcon")
        return {QStringLiteral("query_key_value"), QStringLiteral("query_key_value, dense"),
            QStringLiteral("dense_h_to_4h, dense_4h_to_h")};
    if (architecture == "llama")
        return {QStringLiteral("q_proj, v_proj"), QStringLiteral("q_proj, k_proj, v_proj, o_proj"),
            QStringLiteral("gate_proj, up_proj, down_proj")};
    return {};
}

QString detail(const LocalModel& model)
{
    QStringList facts;
    if (!model.architecture.empty())
        facts << toQString(model.architecture);
    if (model.parameters > 0)
        facts << ModelText::tr("%1 M parameters").arg(countText(model.parameters / 1'000'000));
    facts << toQString(name(model.format));
    facts << gibText(model.bytes, 1);
    return facts.join(QStringLiteral(" · "));
}

} // namespace

std::vector<ModelEntry> localModels(const std::vector<std::filesystem::path>& folders)
{
    std::vector<ModelEntry> entries;
    for (const LocalModel& model : findLocalModels(modelRoots(folders)))
        entries.push_back({toQString(model.name), QString::fromStdString(model.path.string()), detail(model),
            toQString(model.problem), usualTargets(model.architecture), toQString(model.architecture), model.bytes,
            model.parameters});
    return entries;
}

} // namespace falconer::ui
