// SPDX-License-Identifier: Apache-2.0
#include "core/model/lora_init.h"

#include "core/base/error.h"

#include <ATen/ATen.h>

#include <cmath>

namespace falconer {

namespace {

at::Tensor product(const LoraPair& pair) { return at::mm(pair.initialB * pair.scale, pair.initialA); }

/// The settings of twice the rank at the same scales.
void doubleRanks(AdapterConfig& config)
{
    const double alphas = config.rslora ? std::sqrt(2.0) : 2.0;
    config.rank *= 2;
    config.alpha *= alphas;
    for (auto& entry : config.rankPattern)
        entry.second *= 2;
    for (auto& entry : config.alphaPattern)
        entry.second *= alphas;
}

} // namespace

void decompose(LoraPair& pair, const std::string& init, const at::Tensor& weight)
{
    const at::NoGradGuard noGrad;
    const std::int64_t rank = pair.a.size(0);
    if (init == "olora") {
        const auto [q, r] = at::linalg_qr(weight);
        pair.initialA = r.narrow(0, 0, rank).contiguous();
        pair.initialB = q.narrow(1, 0, rank).contiguous();
        return;
    }
    const auto [u, s, vh] = at::linalg_svd(weight, /*full_matrices=*/false);
    const at::Tensor roots = at::sqrt(s.narrow(0, 0, rank) / pair.scale);
    pair.initialA = roots.unsqueeze(1) * vh.narrow(0, 0, rank);
    pair.initialB = u.narrow(1, 0, rank) * roots;
}

at::Tensor residual(const LoraPair& pair, const at::Tensor& weight) { return weight - product(pair); }

at::Tensor restored(const LoraPair& pair, const at::Tensor& residual) { return residual + product(pair); }

void startFromLoss(LoraPair& pair, const at::Tensor& weight, const at::Tensor& quantized)
{
    const at::NoGradGuard noGrad;
    const std::int64_t rank = pair.a.size(0);
    const auto [u, s, vh] = at::linalg_svd(weight - quantized, /*full_matrices=*/false);
    const at::Tensor roots = at::sqrt(s.narrow(0, 0, rank));
    pair.a.copy_(roots.unsqueeze(1) * vh.narrow(0, 0, rank));
    pair.b.copy_(u.narrow(1, 0, rank) * roots);
}

at::Tensor weightNorms(const LoraPair& pair, const at::Tensor& weight)
{
    const at::NoGradGuard noGrad;
    return at::linalg_vector_norm(at::addmm(weight, pair.b, pair.a, 1, pair.scale), 2, at::IntArrayRef{1});
}

LoraAdapter forUnchangedBase(const LoraAdapter& adapter)
{
    const at::NoGradGuard noGrad;
    LoraAdapter plain = adapter;
    bool changed = false;
    for (LoraPair& pair : plain.pairs) {
        if (!pair.initialA.defined())
            continue;
        changed = true;
        pair.a = at::cat({pair.a, pair.initialA}, 0);
        pair.b = at::cat({pair.b, -pair.initialB}, 1);
        pair.initialA = pair.initialB = at::Tensor();
    }
    if (changed) {
        doubleRanks(plain.config);
        plain.config.init = "default";
    }
    return plain;
}

void splitInitial(LoraAdapter& adapter, const LoraSettings& lora, const std::string& where)
{
    if (lora.init != "pissa" && lora.init != "olora")
        return;
    const at::NoGradGuard noGrad;
    adapter.config.init = lora.init;
    adapter.config.rank = lora.rank;
    adapter.config.alpha = lora.alpha;
    adapter.config.rankPattern = lora.rankPattern;
    adapter.config.alphaPattern = lora.alphaPattern;
    for (LoraPair& pair : adapter.pairs) {
        const std::int64_t rank = adapter.config.rankOf(pair.module);
        if (pair.a.size(0) != 2 * rank)
            throw Error(ErrorCode::adapterMismatch, where,
                "the pair of " + pair.module + " has the rank " + std::to_string(pair.a.size(0))
                    + ", but a run with lora.init " + lora.init + " saves twice its rank, " + std::to_string(2 * rank),
                "resume from an older checkpoint: remove this one");
        const at::Tensor a = pair.a.detach();
        const at::Tensor b = pair.b.detach();
        pair.initialA = a.narrow(0, rank, rank).clone();
        pair.initialB = -b.narrow(1, rank, rank);
        pair.a = a.narrow(0, 0, rank).clone().requires_grad_(true);
        pair.b = b.narrow(1, 0, rank).clone().requires_grad_(true);
        pair.scale = adapter.config.scaleOf(pair.module);
    }
}

} // namespace falconer
