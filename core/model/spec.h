// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

class GgufFile;

enum class NormKind { layerNorm, rmsNorm };
enum class PositionKind { rotary, alibi };
enum class MlpKind {
    gelu, ///< down(gelu(up(x))), erf GELU
    swiglu ///< down(silu(gate(x)) * up(x))
};
enum class QkvKind {
    fused, ///< one linear; rows are K groups of (A/K queries, one key, one value)
    separate ///< q, k and v linears
};

/// Rotary positions, rotate-half form over the whole head. `type` selects the frequency rule of Transformers'
/// modeling_rope_utils: default, linear, dynamic, llama3, yarn, or divisors (frequencies divided one by one, from
/// GGUF).
struct RopeSpec {
    std::string type = "default";
    double theta = 10000;
    double factor = 1;
    double lowFrequencyFactor = 1;
    double highFrequencyFactor = 4;
    std::int64_t originalContext = 0; ///< positions that the unscaled model was trained on
    double betaFast = 32;
    double betaSlow = 1;
    double attentionFactor = 0; ///< multiplies cos and sin; 0: by the rule of the type
    std::vector<float> divisors; ///< [headDim / 2]
};

/// A linear of a block: its module path inside the block as Transformers names it, and its shape.
struct LinearSpec {
    std::string module; ///< "self_attention.query_key_value"
    std::int64_t out = 0;
    std::int64_t in = 0;
    bool bias = false;
};

/// A decoder as data: everything that decoder.cpp needs to know about an architecture. All tensor names are those of
/// the Transformers checkpoint; GGUF names are mapped to them when the file is opened.
struct ModelSpec {
    std::string family; ///< model_type: "falcon", "llama"
    std::int64_t vocabulary = 0;
    std::int64_t hidden = 0;
    std::int64_t layers = 0;
    std::int64_t heads = 0;
    std::int64_t kvHeads = 0;
    std::int64_t headDim = 0;
    std::int64_t feedForward = 0;
    std::int64_t context = 0; ///< max_position_embeddings; 0 when unknown

    NormKind norm = NormKind::layerNorm;
    double normEpsilon = 1e-5;
    PositionKind positions = PositionKind::rotary;
    RopeSpec rope;
    MlpKind mlp = MlpKind::gelu;
    QkvKind qkv = QkvKind::fused;
    bool parallel = false; ///< attention and MLP both read the block's input and are added to it together
    bool tiedHead = false; ///< the output matrix is the embedding

    // Names. Blocks are `blockPrefix`N.
    std::string embedding;
    std::string blockPrefix;
    std::string finalNorm;
    std::string head;
    std::string attentionNorm;
    std::string mlpNorm; ///< empty: the MLP reads the attention's normalised input
    std::vector<LinearSpec>
        linears; ///< of one block, in Transformers' named_modules() order: [q,k,v | qkv], out, [gate], up, down

    std::string blockName(std::int64_t layer) const { return blockPrefix + std::to_string(layer); }
    /// Parameters of the whole model, a tied head counted once.
    std::int64_t parameters() const;
};

/// From a folder's config.json. Old RefinedWeb and RefinedWebModel names are mapped. Throws fileMissing, fileMalformed,
/// modelUnsupported (an unknown architecture or rope type, naming it and what is known).
ModelSpec readModelSpec(const std::filesystem::path& folder);

/// From GGUF metadata (general.architecture "llama").
ModelSpec readModelSpec(const GgufFile& file);

} // namespace falconer
