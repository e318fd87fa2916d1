// SPDX-License-Identifier: Apache-2.0
#include "core/model/adapter_folder.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/safetensors_writer.h"
#include "core/formats/tensor_file.h"
#include "core/model/lora_init.h"
#include "core/model/model_parameters.h"
#include "core/model/targets.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <set>

namespace falconer {

namespace {

std::string text(const std::vector<std::int64_t>& shape)
{
    std::string result;
    for (const std::int64_t size : shape)
        result += (result.empty() ? "" : " x ") + std::to_string(size);
    return result.empty() ? "a single number" : result;
}

/// The tensors of an adapter file, each of which must be asked for.
class Parts {
public:
    explicit Parts(const std::filesystem::path& path)
        : m_path(path)
        , m_file(openSafetensors(path))
    {
    }

    bool has(const std::string& name) const { return m_file->find(name) != nullptr; }

    at::Tensor read(const std::string& name, const std::vector<std::int64_t>& shape)
    {
        const TensorView* view = m_file->find(name);
        if (!view)
            throw Error(ErrorCode::adapterMismatch, m_path.string(), "the tensor " + name + " is missing",
                "export the adapter again");
        if (view->shape != shape)
            throw Error(ErrorCode::adapterMismatch, m_path.string(),
                "the tensor " + name + " is " + text(view->shape) + ", but this model and the adapter's settings need "
                    + text(shape),
                "use the model that the adapter was made for");
        m_used.insert(name);
        at::Tensor values = at::empty(shape, at::kFloat);
        decode(*view, 0, {values.mutable_data_ptr<float>(), static_cast<std::size_t>(values.numel())});
        return values.requires_grad_(true);
    }

    void checkAllUsed() const
    {
        for (const TensorView& view : m_file->tensors()) {
            // PEFT writes a saved module's bias three times where lora.bias is "all".
            const bool copy
                = view.name.ends_with(".original_module.bias") || view.name.ends_with(".modules_to_save.bias");
            if (!copy && !m_used.contains(view.name))
                throw Error(ErrorCode::adapterMismatch, m_path.string(),
                    "this model has no place for the tensor " + view.name + ", which is " + text(view.shape),
                    "use the model that the adapter was made for");
        }
    }

private:
    std::filesystem::path m_path;
    std::unique_ptr<TensorFile> m_file;
    std::set<std::string> m_used;
};

/// The layers, ascending, that hold one of `modules`.
std::vector<std::int64_t> layersOf(const ModelSpec& spec, const std::vector<std::string>& modules)
{
    std::vector<std::int64_t> layers;
    for (std::int64_t layer = 0; layer < spec.layers; ++layer)
        if (std::any_of(modules.begin(), modules.end(),
                [&](const std::string& module) { return module.starts_with(spec.blockName(layer) + "."); }))
            layers.push_back(layer);
    return layers;
}

std::string modelCard(const AdapterConfig& config)
{
    return "---\nbase_model: " + config.baseModel
        + "\nlibrary_name: peft\ntags:\n- lora\n---\n\n# LoRA adapter\n\nMade with Falconer. Load it with "
          "PEFT:\n\n```python\n"
          "from peft import PeftModel\nmodel = PeftModel.from_pretrained(base_model, \"path/to/this/folder\")\n```\n";
}

} // namespace

void writeAdapterFiles(const std::filesystem::path& folder, const LoraAdapter& adapter)
{
    const LoraAdapter plain = forUnchangedBase(adapter);
    std::vector<at::Tensor> held; // keeps the bytes alive until they are written
    std::vector<TensorView> views;
    for (const AdapterTensor& part : plain.trained()) {
        held.push_back(part.tensor.detach().to(at::kCPU, at::kFloat).contiguous());
        const at::Tensor& values = held.back();
        views.push_back({part.name, StoredType::f32, values.sizes().vec(),
            {static_cast<const std::byte*>(values.const_data_ptr()), values.nbytes()}});
    }
    writeSafetensors(folder / "adapter_model.safetensors", views);
    writeFile(folder / "adapter_config.json", writeAdapterConfig(plain.config));
    writeFile(folder / "README.md", modelCard(plain.config));
}

void writeAdapterFolder(const std::filesystem::path& folder, const LoraAdapter& adapter)
{
    AtomicFolder target(folder);
    writeAdapterFiles(target.temporary(), adapter);
    target.commit();
}

LoraAdapter readAdapterFolder(const std::filesystem::path& folder, const ModelSpec& spec)
{
    LoraAdapter adapter;
    adapter.config = readAdapterConfig(folder);
    const AdapterConfig& config = adapter.config;
    const std::filesystem::path path = folder / "adapter_model.safetensors";
    Parts parts(path);
    adapter.saved = savedTensors(spec, config);
    std::set<std::string> saved;
    for (const ReplacedTensor& tensor : adapter.saved)
        saved.insert(tensor.name);
    std::vector<std::string> modules;
    for (const std::string& module : allLinears(spec)) {
        const std::string prefix = kAdapterPrefix + module;
        if (!parts.has(prefix + ".lora_A.weight") && !parts.has(prefix + ".lora_B.weight"))
            continue;
        if (saved.contains(module + ".weight"))
            throw Error(ErrorCode::adapterMismatch, path.string(),
                "it holds both a pair and a whole weight for " + module, "export the adapter again");
        const LinearSpec& linear = linearOf(spec, module);
        const std::int64_t rank = config.rankOf(module);
        LoraPair pair;
        pair.module = module;
        pair.scale = config.scaleOf(module);
        pair.a = parts.read(prefix + ".lora_A.weight", {rank, linear.in});
        pair.b = parts.read(prefix + ".lora_B.weight", {linear.out, rank});
        if (config.dora)
            pair.magnitude = parts.read(prefix + ".lora_magnitude_vector", {linear.out});
        adapter.pairs.push_back(std::move(pair));
        modules.push_back(module);
    }
    std::map<std::string, std::vector<std::int64_t>> shapes;
    for (const ModelParameter& parameter : modelParameters(spec))
        shapes.emplace(parameter.name(), parameter.shape);
    for (ReplacedTensor& tensor : adapter.saved)
        tensor.values = parts.read(kAdapterPrefix + tensor.name, shapes.at(tensor.name));
    adapter.biases = trainedBiases(spec, config, modules);
    for (ReplacedTensor& bias : adapter.biases) {
        const std::string module = bias.name.substr(0, bias.name.rfind('.'));
        const std::string plain = kAdapterPrefix + bias.name;
        const std::string inside = kAdapterPrefix + module + ".base_layer.bias";
        // Where neither is there, as older PEFT left them out, the model's own bias stands.
        if (parts.has(inside))
            bias.values = parts.read(inside, shapes.at(bias.name));
        else if (parts.has(plain))
            bias.values = parts.read(plain, shapes.at(bias.name));
    }
    parts.checkAllUsed();
    if (adapter.pairs.empty())
        throw Error(ErrorCode::adapterMismatch, path.string(), "it holds no LoRA tensors", "name a PEFT LoRA folder");
    if (!config.targetsNamed)
        nameTargets(adapter.config, modules, layersOf(spec, modules), spec.layers);
    return adapter;
}

} // namespace falconer
