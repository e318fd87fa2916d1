// SPDX-License-Identifier: Apache-2.0
#include "core/ops/cross_entropy.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>

#include <algorithm>

namespace falconer {

namespace {

struct FrozenCrossEntropyBackward : public torch::autograd::Node {
    at::Tensor hiddenGradient; ///< d sum / d hidden

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override
    {
        const at::NoGradGuard noGrad;
        if (!gradients[0].defined())
            return {at::Tensor()};
        return {hiddenGradient * gradients[0].to(hiddenGradient.scalar_type())};
    }
    void release_variables() override { hiddenGradient.reset(); }
    std::string name() const override { return "FrozenCrossEntropyBackward"; }
};

} // namespace

at::Tensor frozenCrossEntropy(const at::Tensor& hidden, const at::Tensor& head, const at::Tensor& targets)
{
    c10::intrusive_ptr<FrozenCrossEntropyBackward> node;
    if (torch::autograd::compute_requires_grad(hidden)) {
        node = c10::make_intrusive<FrozenCrossEntropyBackward>();
        node->set_next_edges(torch::autograd::collect_next_edges(hidden));
        node->hiddenGradient = at::empty_like(hidden, at::MemoryFormat::Contiguous);
    }
    at::Tensor sum;
    {
        const at::NoGradGuard noGrad;
        sum = at::zeros({}, hidden.options().dtype(at::kFloat));
        for (std::int64_t first = 0; first < hidden.size(0); first += kLogitRows) {
            const std::int64_t rows = std::min(kLogitRows, hidden.size(0) - first);
            at::Tensor logits = at::mm(hidden.narrow(0, first, rows), head.t()).to(at::kFloat);
            const at::Tensor target = targets.narrow(0, first, rows).unsqueeze(1);
            const at::Tensor logSum = at::logsumexp(logits, 1, /*keepdim=*/true);
            sum += (logSum - logits.gather(1, target)).sum();
            if (!node)
                continue;
            logits.sub_(logSum).exp_(); // softmax, in place
            logits.scatter_add_(1, target, at::full_like(logSum, -1.0));
            node->hiddenGradient.narrow(0, first, rows).copy_(at::mm(logits.to(head.scalar_type()), head));
        }
    }
    if (node)
        torch::autograd::set_history(sum, node);
    return sum;
}

} // namespace falconer
