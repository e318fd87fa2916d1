// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/console.h"
#include "app/falconer/options.h"
#include "app/falconer/text_table.h"
#include "app/falconer/verb.h"
#include "core/hub/local_models.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace falconer::cli {
namespace {

using nlohmann::ordered_json;

ordered_json toJson(const std::vector<LocalModel>& models)
{
    ordered_json list = ordered_json::array();
    for (const LocalModel& model : models)
        list.push_back({{"name", model.name}, {"path", model.path.string()}, {"format", name(model.format)},
            {"architecture", model.architecture}, {"parameters", model.parameters}, {"bytes", model.bytes},
            {"problem", model.problem}});
    return {{"models", std::move(list)}};
}

std::string sizeText(std::int64_t bytes)
{
    constexpr double kMebi = 1024.0 * 1024.0;
    const double mebi = static_cast<double>(bytes) / kMebi;
    return mebi < 1024 ? fmt::format("{:.1f} MiB", mebi) : fmt::format("{:.1f} GiB", mebi / 1024);
}

std::string parametersText(std::int64_t parameters)
{
    return parameters > 0 ? fmt::format("{:.1f} M", static_cast<double>(parameters) / 1e6) : "-";
}

std::string toText(const std::vector<LocalModel>& models)
{
    TextTable table({{"name"}, {"architecture"}, {"parameters", true}, {"size", true}, {"path"}});
    for (const LocalModel& model : models)
        table.add({model.name, model.problem.empty() ? model.architecture : "unusable: " + model.problem,
            parametersText(model.parameters), sizeText(model.bytes), model.path.string()});
    return table.text();
}

class ModelsVerb : public Verb {
public:
    ModelsVerb()
        : Verb("models", "list the models on this machine", "falconer models --json")
    {
    }

    void declare(CLI::App&) override { }

    int run(Console& console) override
    {
        const std::vector<LocalModel> models = findLocalModels();
        if (console.json())
            console.object(toJson(models));
        else if (models.empty())
            console.note("no models on this machine yet");
        else
            console.text(toText(models));
        return 0;
    }
};

} // namespace

std::unique_ptr<Verb> makeModelsVerb() { return std::make_unique<ModelsVerb>(); }

} // namespace falconer::cli
