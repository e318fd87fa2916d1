// SPDX-License-Identifier: Apache-2.0
#include "core/model/adapter_folder.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/safetensors_writer.h"
#include "core/formats/tensor_file.h"
#include "core/model/targets.h"

#include <ATen/ATen.h>

#include <cstddef>
#include <set>

namespace falconer {

namespace {

constexpr const char* kPrefix = "base_model.model.";

at::Tensor readPart(const TensorFile& file, const TensorView& view, std::int64_t rows, std::int64_t columns)
{
    if (view.shape != std::vector<std::int64_t>{rows, columns})
        throw Error(ErrorCode::adapterMismatch, file.fileOf(view).string(),
            "the tensor " + view.name + " does not have the shape " + std::to_string(rows) + " x "
                + std::to_string(columns) + " that this model and the adapter's rank need",
            "use the model that the adapter was made for");
    at::Tensor values = at::empty({rows, columns}, at::kFloat);
    decode(view, 0, {values.mutable_data_ptr<float>(), static_cast<std::size_t>(values.numel())});
    return values.requires_grad_(true);
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
    std::vector<at::Tensor> held; // keeps the bytes alive until they are written
    std::vector<TensorView> views;
    const auto add = [&](const std::string& name, const at::Tensor& tensor) {
        held.push_back(tensor.detach().to(at::kCPU, at::kFloat).contiguous());
        const at::Tensor& values = held.back();
        views.push_back({name, StoredType::f32, values.sizes().vec(),
            {static_cast<const std::byte*>(values.const_data_ptr()), values.nbytes()}});
    };
    for (const LoraPair& pair : adapter.pairs) {
        add(kPrefix + pair.module + ".lora_A.weight", pair.a);
        add(kPrefix + pair.module + ".lora_B.weight", pair.b);
    }
    writeSafetensors(folder / "adapter_model.safetensors", views);
    writeFile(folder / "adapter_config.json", writeAdapterConfig(adapter.config));
    writeFile(folder / "README.md", modelCard(adapter.config));
}

void writeAdapterFolder(const std::filesystem::path& folder, const LoraAdapter& adapter)
{
    AtomicFolder target(folder);
    writeAdapterFiles(target.temporary(), adapter);
    target.commit();
}

LoraAdapter readAdapterFolder(const std::filesystem::path& folder, const ModelSpec& spec)
{
    LoraAdapter adapter{readAdapterConfig(folder), {}};
    const std::filesystem::path path = folder / "adapter_model.safetensors";
    const auto file = openSafetensors(path);
    std::set<std::string> used;
    for (const std::string& module : allLinears(spec)) {
        const TensorView* a = file->find(kPrefix + module + ".lora_A.weight");
        const TensorView* b = file->find(kPrefix + module + ".lora_B.weight");
        if (!a && !b)
            continue;
        if (!a || !b)
            throw Error(ErrorCode::adapterMismatch, path.string(), "one half of the pair of " + module + " is missing",
                "export the adapter again");
        const LinearSpec& linear = linearOf(spec, module);
        LoraPair pair{module, readPart(*file, *a, adapter.config.rank, linear.in),
            readPart(*file, *b, linear.out, adapter.config.rank), loraScale(adapter.config)};
        used.insert(a->name);
        used.insert(b->name);
        adapter.pairs.push_back(std::move(pair));
    }
    for (const TensorView& view : file->tensors())
        if (!used.contains(view.name))
            throw Error(ErrorCode::adapterMismatch, path.string(),
                "this model has no place for the tensor " + view.name, "use the model that the adapter was made for");
    if (adapter.pairs.empty())
        throw Error(ErrorCode::adapterMismatch, path.string(), "it holds no LoRA tensors", "name a PEFT LoRA folder");
    return adapter;
}

} // namespace falconer
