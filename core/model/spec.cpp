// SPDX-License-Identifier: Apache-2.0
#include "core/model/spec.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/gguf.h"
#include "core/model/config_json.h"

namespace falconer {

namespace {

[[noreturn]] void unsupported(const std::string& where, const std::string& problem, const std::string& fix = {})
{
    throw Error(ErrorCode::modelUnsupported, where, problem, fix);
}

/// Sizes come from a file: keep every product of two of them far from overflow and every division exact.
void checkSizes(const ModelSpec& spec, const std::string& where)
{
    constexpr std::int64_t kLargest = std::int64_t{1} << 24;
    const std::pair<const char*, std::int64_t> sizes[]
        = {{"vocabulary size", spec.vocabulary}, {"hidden size", spec.hidden}, {"number of layers", spec.layers},
            {"number of attention heads", spec.heads}, {"number of key/value heads", spec.kvHeads},
            {"head size", spec.headDim}, {"feed-forward size", spec.feedForward}};
    for (const auto& [what, size] : sizes)
        if (size < 1 || size > kLargest)
            throw Error(ErrorCode::fileMalformed, where, std::string("the ") + what + " is " + std::to_string(size),
                "use an intact config.json");
    if (spec.heads % spec.kvHeads != 0)
        throw Error(ErrorCode::fileMalformed, where,
            std::to_string(spec.heads) + " attention heads are not a multiple of " + std::to_string(spec.kvHeads)
                + " key/value heads");
    if (spec.positions == PositionKind::rotary && spec.headDim % 2 != 0)
        throw Error(ErrorCode::fileMalformed, where,
            "rotary positions need an even head size, not " + std::to_string(spec.headDim));
}

RopeSpec readRope(const ConfigJson& config, std::int64_t context)
{
    RopeSpec rope;
    // Transformers 5 writes rope_parameters in place of the pair rope_theta and rope_scaling.
    ConfigJson scaling = config.object("rope_parameters");
    if (scaling.empty())
        scaling = config.object("rope_scaling");
    rope.theta = scaling.number("rope_theta", config.number("rope_theta", 10000.0));
    rope.type = scaling.text("rope_type", scaling.text("type", "default"));
    rope.factor = scaling.number("factor", 1.0);
    rope.lowFrequencyFactor = scaling.number("low_freq_factor", 1.0);
    rope.highFrequencyFactor = scaling.number("high_freq_factor", 4.0);
    rope.originalContext = scaling.integer("original_max_position_embeddings", context);
    rope.betaFast = scaling.number("beta_fast", 32.0);
    rope.betaSlow = scaling.number("beta_slow", 1.0);
    rope.attentionFactor = scaling.number("attention_factor", 0.0);
    static const std::vector<std::string> known = {"default", "linear", "dynamic", "llama3", "yarn"};
    for (const std::string& type : known)
        if (type == rope.type)
            return rope;
    unsupported(config.where(), "the rope type '" + rope.type + "' is not known",
        "use a model with one of: default, linear, dynamic, llama3, yarn");
}

void requireActivation(const ConfigJson& config, const char* key, const std::string& expected)
{
    const std::string activation = config.text(key, expected);
    if (activation != expected)
        unsupported(config.where(), "the activation '" + activation + "' is not supported for this family",
            "Falconer knows " + expected);
}

ModelSpec falconSpec(const ConfigJson& config)
{
    // The first published checkpoints carry the names of their custom code.
    const std::string type = config.text("model_type", "");
    const bool old = type == "RefinedWeb" || type == "RefinedWebModel";
    const char* layersKey = old ? "n_layer" : "num_hidden_layers";
    const char* headsKey = old ? "n_head" : "num_attention_heads";
    const char* kvHeadsKey = old ? "n_head_kv" : "num_kv_heads";
    const bool newArchitecture = old ? config.has(kvHeadsKey) : config.boolean("new_decoder_architecture", false);
    const bool multiQuery = config.boolean("multi_query", true);

    ModelSpec spec;
    spec.family = "falcon";
    spec.vocabulary = config.integer("vocab_size", 65024);
    spec.hidden = config.integer("hidden_size", config.integer("n_embed", 4544));
    spec.layers = config.integer(layersKey, 32);
    spec.heads = config.integer(headsKey, 71);
    spec.kvHeads = newArchitecture ? config.integer(kvHeadsKey, spec.heads) : (multiQuery ? 1 : spec.heads);
    spec.headDim = spec.heads > 0 ? spec.hidden / spec.heads : 0;
    spec.feedForward = config.integer("ffn_hidden_size", 4 * spec.hidden);
    spec.context = config.integer("max_position_embeddings", 2048);
    spec.normEpsilon = config.number("layer_norm_epsilon", 1e-5);
    spec.positions = config.boolean("alibi", false) ? PositionKind::alibi : PositionKind::rotary;
    spec.rope = readRope(config, spec.context);
    spec.parallel = newArchitecture || config.boolean("parallel_attn", true);
    spec.tiedHead = config.boolean("tie_word_embeddings", true);
    requireActivation(config, "activation", "gelu");

    spec.embedding = "transformer.word_embeddings.weight";
    spec.blockPrefix = "transformer.h.";
    spec.finalNorm = "transformer.ln_f";
    spec.head = "lm_head.weight";
    const bool twoParallelNorms = newArchitecture && config.integer("num_ln_in_parallel_attn", 2) == 2;
    spec.attentionNorm = twoParallelNorms ? "ln_attn" : "input_layernorm";
    if (twoParallelNorms)
        spec.mlpNorm = "ln_mlp";
    else if (!spec.parallel)
        spec.mlpNorm = "post_attention_layernorm";

    checkSizes(spec, config.where());
    const bool bias = config.boolean("bias", false);
    const std::int64_t attention = spec.heads * spec.headDim;
    spec.linears = {{"self_attention.query_key_value", attention + 2 * spec.kvHeads * spec.headDim, spec.hidden, bias},
        {"self_attention.dense", spec.hidden, attention, bias},
        {"mlp.dense_h_to_4h", spec.feedForward, spec.hidden, bias},
        {"mlp.dense_4h_to_h", spec.hidden, spec.feedForward, bias}};
    return spec;
}

/// Everything of the Llama line that does not depend on where the sizes were read.
void fillLlama(ModelSpec& spec, bool attentionBias, bool mlpBias, const std::string& where)
{
    spec.family = "llama";
    spec.norm = NormKind::rmsNorm;
    spec.mlp = MlpKind::swiglu;
    spec.qkv = QkvKind::separate;
    spec.embedding = "model.embed_tokens.weight";
    spec.blockPrefix = "model.layers.";
    spec.finalNorm = "model.norm";
    spec.head = "lm_head.weight";
    spec.attentionNorm = "input_layernorm";
    spec.mlpNorm = "post_attention_layernorm";
    checkSizes(spec, where);
    const std::int64_t queries = spec.heads * spec.headDim;
    const std::int64_t keys = spec.kvHeads * spec.headDim;
    spec.linears = {{"self_attn.q_proj", queries, spec.hidden, attentionBias},
        {"self_attn.k_proj", keys, spec.hidden, attentionBias}, {"self_attn.v_proj", keys, spec.hidden, attentionBias},
        {"self_attn.o_proj", spec.hidden, queries, attentionBias},
        {"mlp.gate_proj", spec.feedForward, spec.hidden, mlpBias},
        {"mlp.up_proj", spec.feedForward, spec.hidden, mlpBias},
        {"mlp.down_proj", spec.hidden, spec.feedForward, mlpBias}};
}

ModelSpec llamaSpec(const ConfigJson& config)
{
    ModelSpec spec;
    spec.vocabulary = config.integer("vocab_size", 32000);
    spec.hidden = config.integer("hidden_size", 4096);
    spec.layers = config.integer("num_hidden_layers", 32);
    spec.heads = config.integer("num_attention_heads", 32);
    spec.kvHeads = config.integer("num_key_value_heads", spec.heads);
    spec.headDim = config.integer("head_dim", spec.heads > 0 ? spec.hidden / spec.heads : 0);
    spec.feedForward = config.integer("intermediate_size", 11008);
    spec.context = config.integer("max_position_embeddings", 2048);
    spec.normEpsilon = config.number("rms_norm_eps", 1e-6);
    spec.rope = readRope(config, spec.context);
    spec.tiedHead = config.boolean("tie_word_embeddings", false);
    requireActivation(config, "hidden_act", "silu");
    fillLlama(spec, config.boolean("attention_bias", false), config.boolean("mlp_bias", false), config.where());
    return spec;
}

/// A family is a row: the model_type that config.json names and how its keys become a spec.
struct Family {
    std::string_view modelType;
    ModelSpec (*read)(const ConfigJson& config);
};

constexpr Family kFamilies[] = {
    {"falcon", falconSpec},          // every Falcon since it joined Transformers
    {"RefinedWeb", falconSpec},      // Falcon-40B's first name
    {"RefinedWebModel", falconSpec}, // Falcon-7B's first name
    {"llama", llamaSpec}, // also Falcon3
};

} // namespace

std::int64_t ModelSpec::parameters() const
{
    const std::int64_t normSize = norm == NormKind::layerNorm ? 2 * hidden : hidden;
    std::int64_t block = mlpNorm.empty() ? normSize : 2 * normSize;
    for (const LinearSpec& linear : linears)
        block += linear.out * linear.in + (linear.bias ? linear.out : 0);
    return vocabulary * hidden * (tiedHead ? 1 : 2) + layers * block + normSize;
}

ModelSpec readModelSpec(const std::filesystem::path& folder)
{
    const ConfigJson config(folder / "config.json");
    const std::string type = config.text("model_type", "");
    for (const Family& family : kFamilies)
        if (family.modelType == type)
            return family.read(config);
    unsupported(config.where(),
        type.empty() ? "it names no model_type" : "the architecture '" + type + "' is not known",
        "use a model of the Falcon family (falcon) or the Llama family (llama; Falcon3 is one)");
}

ModelSpec readModelSpec(const GgufFile& file)
{
    const std::string where = file.path().string();
    const std::string architecture = file.text("general.architecture").value_or("");
    if (architecture != "llama")
        unsupported(where, "the architecture '" + architecture + "' is not read from GGUF",
            "use the llama architecture, or the model's safetensors folder");
    const auto required = [&](const char* key) {
        const auto value = file.integer(key);
        if (!value)
            throw Error(ErrorCode::fileMalformed, where, std::string("the key ") + key + " is missing");
        return *value;
    };
    ModelSpec spec;
    const TensorView* embedding = file.find("token_embd.weight");
    if (!embedding || embedding->shape.size() != 2)
        throw Error(ErrorCode::modelIncomplete, where, "the tensor token_embd.weight is missing");
    spec.vocabulary = embedding->shape[0];
    spec.hidden = required("llama.embedding_length");
    spec.layers = required("llama.block_count");
    spec.heads = required("llama.attention.head_count");
    spec.kvHeads = file.integer("llama.attention.head_count_kv").value_or(spec.heads);
    spec.headDim = file.integer("llama.attention.key_length").value_or(spec.heads > 0 ? spec.hidden / spec.heads : 0);
    spec.feedForward = required("llama.feed_forward_length");
    spec.context = file.integer("llama.context_length").value_or(0);
    spec.normEpsilon = file.number("llama.attention.layer_norm_rms_epsilon").value_or(1e-5);
    spec.rope.theta = file.number("llama.rope.freq_base").value_or(10000.0);
    if (const auto scaling = file.text("llama.rope.scaling.type"); scaling && *scaling != "none") {
        if (*scaling != "linear")
            unsupported(where, "the rope scaling '" + *scaling + "' is not read from GGUF",
                "use the model's safetensors folder");
        spec.rope.type = "linear";
        spec.rope.factor = file.number("llama.rope.scaling.factor").value_or(1.0);
    }
    spec.tiedHead = file.find("output.weight") == nullptr;
    const bool attentionBias = file.find("blk.0.attn_q.bias") != nullptr;
    fillLlama(spec, attentionBias, false, where);
    if (const TensorView* divisors = file.find("rope_freqs.weight")) { // llama3 scaling, written out per frequency
        if (divisors->elements() != spec.headDim / 2)
            throw Error(ErrorCode::modelIncomplete, where, "the tensor rope_freqs.weight has the wrong size");
        spec.rope.type = "divisors";
        spec.rope.divisors.resize(static_cast<std::size_t>(spec.headDim / 2));
        decode(*divisors, 0, spec.rope.divisors);
    }
    return spec;
}

} // namespace falconer
