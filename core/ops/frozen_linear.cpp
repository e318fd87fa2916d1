// SPDX-License-Identifier: Apache-2.0
#include "core/ops/frozen_linear.h"

#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>

namespace falconer {

namespace {

struct FrozenLinearBackward : public torch::autograd::Node {
    std::shared_ptr<const FrozenWeight> weight;

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override
    {
        const at::NoGradGuard noGrad;
        const at::Tensor& gradient = gradients[0];
        torch::autograd::variable_list results(2); // to x and to the bias
        if (gradient.defined() && task_should_compute_output(0))
            results[0] = at::mm(gradient, dequantize(*weight, gradient.scalar_type()));
        if (gradient.defined() && task_should_compute_output(1))
            results[1] = gradient.sum(0);
        return results;
    }
    std::string name() const override { return "FrozenLinearBackward"; }
};

} // namespace

at::Tensor frozenLinear(const at::Tensor& x, const std::shared_ptr<const FrozenWeight>& weight, const at::Tensor& bias)
{
    c10::intrusive_ptr<FrozenLinearBackward> node;
    if (torch::autograd::compute_requires_grad(x, bias)) {
        node = c10::make_intrusive<FrozenLinearBackward>();
        node->set_next_edges(torch::autograd::collect_next_edges(x, bias));
        node->weight = weight;
    }
    at::Tensor y;
    {
        const at::NoGradGuard noGrad;
        const at::Tensor dense = dequantize(*weight, x.scalar_type());
        y = bias.defined() ? at::addmm(bias, x, dense.t()) : at::mm(x, dense.t());
    }
    if (node)
        torch::autograd::set_history(y, node);
    return y;
}

} // namespace falconer
