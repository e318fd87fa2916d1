// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/lora.h"

#include <ATen/core/Tensor.h>

#include <string>

namespace falconer {

// What an adapter takes from the weights that it adapts. Weights are float32 [out, in]; all follows PEFT 0.21.

/// initialA and initialB of a pair: PiSSA (Meng et al., arXiv 2404.02948): the largest singular values and vectors,
/// halves of them in each; OLoRA (Büyükakyüz, arXiv 2406.01775): the first columns of the QR decomposition.
void decompose(LoraPair& pair, const std::string& init, const at::Tensor& weight);

/// The weight without what initialA and initialB took out of it, and the way back.
at::Tensor residual(const LoraPair& pair, const at::Tensor& weight);
at::Tensor restored(const LoraPair& pair, const at::Tensor& residual);

/// LoftQ (Li et al., arXiv 2310.08659), one iteration: a and b from the largest singular values of what quantization
/// lost. As in PEFT they are not divided by the scale: alpha = rank undoes the loss, alpha = 2 rank goes beyond.
void startFromLoss(LoraPair& pair, const at::Tensor& weight, const at::Tensor& quantized);

/// DoRA's ‖W + scale · B · A‖ of each output, [out] float32, without a gradient.
at::Tensor weightNorms(const LoraPair& pair, const at::Tensor& weight);

/// The same adapter for the base as it was before PiSSA or OLoRA: twice the rank, A over initialA and B beside
/// −initialB, as PEFT's save_pretrained(path_initial_model_for_weight_conversion) makes it, but magnitudes, biases and
/// saved modules stay. Other adapters come back unchanged.
LoraAdapter forUnchangedBase(const LoraAdapter& adapter);

/// The way back, for a run that goes on from a checkpoint: `lora` is the run's settings (nothing happens where its init
/// is neither "pissa" nor "olora"). Throws adapterMismatch, naming the folder in `where`, when the ranks are not twice
/// those of `lora`.
void splitInitial(LoraAdapter& adapter, const LoraSettings& lora, const std::string& where);

} // namespace falconer
