// SPDX-License-Identifier: Apache-2.0
#include "core/model/model_parameters.h"

#include <algorithm>

namespace falconer {

std::vector<ModelParameter> modelParameters(const ModelSpec& spec)
{
    using Owner = ModelParameter::Owner;
    const auto moduleOf = [](const std::string& weight) { return weight.substr(0, weight.rfind('.')); };
    std::vector<ModelParameter> all;
    const auto addNorm = [&](const std::string& module) {
        all.push_back({module, false, Owner::norm, {spec.hidden}});
        if (spec.norm == NormKind::layerNorm)
            all.push_back({module, true, Owner::norm, {spec.hidden}});
    };
    all.push_back({moduleOf(spec.embedding), false, Owner::embedding, {spec.vocabulary, spec.hidden}});
    for (std::int64_t layer = 0; layer < spec.layers; ++layer) {
        const std::string block = spec.blockName(layer) + ".";
        for (const LinearSpec& linear : spec.linears) {
            all.push_back({block + linear.module, false, Owner::linear, {linear.out, linear.in}});
            if (linear.bias)
                all.push_back({block + linear.module, true, Owner::linear, {linear.out}});
        }
        addNorm(block + spec.attentionNorm);
        if (!spec.mlpNorm.empty())
            addNorm(block + spec.mlpNorm);
    }
    addNorm(spec.finalNorm);
    all.push_back({moduleOf(spec.head), false, Owner::head, {spec.vocabulary, spec.hidden}});
    return all;
}

std::vector<ModelParameter> savedParameters(const ModelSpec& spec, const std::vector<std::string>& modulesToSave)
{
    const auto named = [&](const std::string& path) {
        return std::any_of(modulesToSave.begin(), modulesToSave.end(),
            [&](const std::string& name) { return !name.empty() && path.ends_with(name); });
    };
    std::vector<ModelParameter> saved;
    for (ModelParameter& parameter : modelParameters(spec)) {
        std::string path = parameter.module;
        bool found = named(path);
        for (std::size_t dot = path.rfind('.'); !found && dot != std::string::npos; dot = path.rfind('.')) {
            path.resize(dot);
            found = named(path);
        }
        if (found)
            saved.push_back(std::move(parameter));
    }
    return saved;
}

} // namespace falconer
