// SPDX-License-Identifier: Apache-2.0
#include "core/model/checkpoint.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/gguf.h"
#include "core/model/config_json.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <mutex>
#include <optional>

namespace falconer {

namespace {

/// GGUF's names of the llama architecture's tensors (ggml's gguf constants), block part and whole names.
constexpr std::pair<std::string_view, std::string_view> kGgufBlockNames[]
    = {{"input_layernorm", "attn_norm"}, {"post_attention_layernorm", "ffn_norm"}, {"self_attn.q_proj", "attn_q"},
        {"self_attn.k_proj", "attn_k"}, {"self_attn.v_proj", "attn_v"}, {"self_attn.o_proj", "attn_output"},
        {"mlp.gate_proj", "ffn_gate"}, {"mlp.up_proj", "ffn_up"}, {"mlp.down_proj", "ffn_down"}};
constexpr std::pair<std::string_view, std::string_view> kGgufNames[]
    = {{"model.embed_tokens.weight", "token_embd.weight"}, {"model.norm.weight", "output_norm.weight"},
        {"lm_head.weight", "output.weight"}};

/// llama.cpp's converter reorders the rows of each q and k head from halves to interleaved pairs; this undoes it.
at::Tensor halvesFromPairs(const at::Tensor& rows, std::int64_t heads)
{
    const std::int64_t half = rows.size(0) / heads / 2;
    at::Tensor view = rows.dim() == 2 ? rows.view({heads, half, 2, rows.size(1)}) : rows.view({heads, half, 2});
    return view.transpose(1, 2).reshape(rows.sizes()).contiguous();
}

} // namespace

Checkpoint::Checkpoint(const std::filesystem::path& model)
    : m_path(model)
{
    if (!std::filesystem::exists(model))
        throw Error(ErrorCode::fileMissing, model.string(), "it does not exist",
            "name a model folder, a .gguf file, or a model already on this machine");
    if (!std::filesystem::is_directory(model)) {
        if (model.extension() != ".gguf")
            throw Error(ErrorCode::modelUnsupported, model.string(), "it is neither a folder nor a .gguf file",
                "name the folder that holds config.json, or a .gguf file");
        auto gguf = GgufFile::open(model);
        m_spec = readModelSpec(*gguf);
        m_gguf = true;
        m_tensors = std::move(gguf);
        return;
    }
    m_spec = readModelSpec(model);
    if (ConfigJson(model / "config.json").has("quantization_config"))
        throw Error(ErrorCode::modelUnsupported, (model / "config.json").string(),
            "the checkpoint is already quantized (quantization_config)",
            "use the original weights; Falconer quantizes them while loading");
    m_tensors = openSafetensors(model);
}

std::string Checkpoint::fileName(const std::string& name) const
{
    if (!m_gguf)
        return name;
    for (const auto& [ours, theirs] : kGgufNames)
        if (ours == name)
            return std::string(theirs);
    if (!name.starts_with(m_spec.blockPrefix))
        return {};
    const std::size_t start = m_spec.blockPrefix.size();
    const std::size_t dot = name.find('.', start);
    const std::size_t last = name.rfind('.');
    if (dot == std::string::npos || last <= dot)
        return {};
    const std::string module = name.substr(dot + 1, last - dot - 1);
    for (const auto& [ours, theirs] : kGgufBlockNames)
        if (ours == module)
            return "blk." + name.substr(start, dot - start) + "." + std::string(theirs) + name.substr(last);
    return {};
}

bool Checkpoint::has(const std::string& name) const { return m_tensors->find(fileName(name)) != nullptr; }

StoredType Checkpoint::storedType(const std::string& name) const
{
    const TensorView* view = m_tensors->find(fileName(name));
    return view ? view->type : StoredType::f32;
}

at::Tensor Checkpoint::load(const std::string& name, at::IntArrayRef shape) const
{
    const std::string stored = fileName(name);
    const TensorView* view = m_tensors->find(stored);
    if (!view)
        throw Error(ErrorCode::modelIncomplete, m_path.string(), "the tensor " + stored + " is missing",
            "fetch the model again");
    if (!std::equal(shape.begin(), shape.end(), view->shape.begin(), view->shape.end())) {
        const auto text = [](const auto& sizes) {
            std::string result;
            for (const std::int64_t size : sizes)
                result += (result.empty() ? "" : " x ") + std::to_string(size);
            return result.empty() ? std::string("a single number") : result;
        };
        throw Error(ErrorCode::modelIncomplete, m_tensors->fileOf(*view).string(),
            "the tensor " + stored + " is " + text(view->shape) + ", not " + text(shape),
            "use weights and a configuration that belong together");
    }

    at::Tensor values = at::empty(shape, at::kFloat);
    float* out = values.mutable_data_ptr<float>();
    const std::int64_t elements = values.numel();
    const std::int64_t piece = 1 << 16; // a multiple of every block size
    std::optional<Error> problem;
    std::mutex mutex;
    at::parallel_for(0, (elements + piece - 1) / piece, 1, [&](std::int64_t begin, std::int64_t end) {
        const std::int64_t first = begin * piece;
        const std::int64_t count = std::min(elements, end * piece) - first;
        try {
            decode(*view, first, {out + first, static_cast<std::size_t>(count)});
        } catch (const Error& error) {
            const std::lock_guard lock(mutex);
            problem = error;
        }
    });
    if (problem)
        throw *problem;
    m_tensors->release(*view);

    if (m_gguf && name.find(".self_attn.q_proj.") != std::string::npos)
        values = halvesFromPairs(values, m_spec.heads);
    else if (m_gguf && name.find(".self_attn.k_proj.") != std::string::npos)
        values = halvesFromPairs(values, m_spec.kvHeads);
    return values;
}

} // namespace falconer
