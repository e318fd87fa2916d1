// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/spec.h"

#include <cstdint>
#include <span>
#include <vector>

namespace falconer {

/// What the adapter does with one linear.
struct PlannedLinear {
    std::int64_t rank = 0; ///< 0: not adapted
    bool dora = false;
    bool whole = false; ///< trained as a whole (lora.modules_to_save)
    bool bias = false; ///< its bias is trained
};

/// One decoder layer as trained.
struct PlannedLayer {
    std::vector<PlannedLinear> linears; ///< as spec.linears
    bool norms = false; ///< a norm of it is trained
    bool trains() const;
};

/// How a forward pass runs; bytes of one element of the compute type, and of a frozen matrix while it is dequantized.
struct PlannedPass {
    std::int64_t element = 4;
    bool quantized = false;
    bool slowDequantize = false; ///< by LibTorch's operators (dequantizeByAten) instead of our kernels
    bool dropout = false;
    bool gradients = true; ///< false: evaluation
    enum class Again { nothing, mlp, layer } again = Again::nothing; ///< Recompute
    std::vector<std::int64_t> lengths; ///< of the sequences laid end to end
    std::int64_t tokens() const;
};

/// Bytes of activations around one layer. Everything is counted as autograd keeps it (LibTorch's derivatives.yaml), so
/// a tensor that two operators keep is one.
struct LayerMemory {
    std::int64_t kept = 0; ///< from forward until its backward pass is over
    std::int64_t forwardPeak = 0; ///< the most at once during forward, `kept` so far included
    std::int64_t backwardPeak = 0; ///< the same during backward, with the gradients that flow
    std::int64_t workspace = 0; ///< of either peak, what was a dequantized matrix (at most)
};

/// `flows`: whether the layer's input already needs a gradient.
LayerMemory planLayer(const ModelSpec& spec, const PlannedLayer& layer, const PlannedPass& pass, bool flows);

/// A whole pass.
struct PassMemory {
    std::int64_t activations = 0; ///< the most at once, matrices being dequantized aside
    std::int64_t workspace = 0;
    std::int64_t logits = 0;
    std::int64_t atLoss = 0; ///< activations when the loss is made
};
/// `layerGradients`: bytes of adapter gradients that each layer adds while backward runs (all of them 0 where they are
/// there from the start). `trainsEmbedding`, `trainsHead`: as a whole.
PassMemory planPass(const ModelSpec& spec, std::span<const PlannedLayer> layers, const PlannedPass& pass,
    std::span<const std::int64_t> layerGradients, bool trainsEmbedding, bool trainsHead);

} // namespace falconer
