// SPDX-License-Identifier: Apache-2.0
#include "core/ops/cross_entropy.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>

#include <algorithm>

namespace falconer {

namespace {

struct FrozenCrossEntropyBackward : public torch::autograd::Node {
    at::Tensor hiddenGradient; ///< d sum / d hidden; undefined where none is wanted
    at::Tensor headGradient; ///< d sum / d head, float32
    at::ScalarType headType = at::kFloat;

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override
    {
        const at::NoGradGuard noGrad;
        torch::autograd::variable_list results(2);
        if (gradients[0].defined() && hiddenGradient.defined())
            results[0] = hiddenGradient * gradients[0].to(hiddenGradient.scalar_type());
        if (gradients[0].defined() && headGradient.defined())
            results[1] = (headGradient * gradients[0]).to(headType);
        return results;
    }
    void release_variables() override
    {
        hiddenGradient.reset();
        headGradient.reset();
    }
    std::string name() const override { return "FrozenCrossEntropyBackward"; }
};

} // namespace

at::Tensor frozenCrossEntropy(const at::Tensor& hidden, const at::Tensor& head, const at::Tensor& targets)
{
    c10::intrusive_ptr<FrozenCrossEntropyBackward> node;
    if (torch::autograd::compute_requires_grad(hidden, head)) {
        node = c10::make_intrusive<FrozenCrossEntropyBackward>();
        node->set_next_edges(torch::autograd::collect_next_edges(hidden, head));
        node->headType = head.scalar_type();
        if (hidden.requires_grad())
            node->hiddenGradient = at::empty_like(hidden, at::MemoryFormat::Contiguous);
        if (head.requires_grad())
            node->headGradient = at::zeros(head.sizes(), head.options().dtype(at::kFloat));
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
            const at::Tensor gradient = logits.to(head.scalar_type());
            if (node->hiddenGradient.defined())
                node->hiddenGradient.narrow(0, first, rows).copy_(at::mm(gradient, head));
            if (node->headGradient.defined())
                node->headGradient.add_(at::mm(gradient.t(), hidden.narrow(0, first, rows)));
        }
    }
    if (node)
        torch::autograd::set_history(sum, node);
    return sum;
}

} // namespace falconer
