// SPDX-License-Identifier: Apache-2.0
#include "core/ops/recompute.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>

#include <mutex>

namespace falconer {

namespace {

at::Tensor stateOf(at::Generator& generator)
{
    const std::lock_guard lock(generator.mutex());
    return generator.get_state().clone();
}

void setState(at::Generator& generator, const at::Tensor& state)
{
    const std::lock_guard lock(generator.mutex());
    generator.set_state(state);
}

struct RecomputedBackward : public torch::autograd::Node {
    std::function<at::Tensor(const at::Tensor&)> function;
    at::Tensor input;
    bool inputNeedsGradient = false;
    std::optional<at::Generator> generator;
    at::Tensor generatorState; ///< as it was when `function` ran first

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override
    {
        if (!gradients[0].defined())
            return {at::Tensor()};
        const at::Tensor x = input.detach().requires_grad_(inputNeedsGradient);
        at::Tensor y;
        {
            const at::AutoGradMode withGradients(true);
            const at::Tensor after = generator ? stateOf(*generator) : at::Tensor();
            if (generator)
                setState(*generator, generatorState);
            y = function(x);
            if (generator)
                setState(*generator, after);
        }
        if (!y.requires_grad())
            return {at::Tensor()}; // nothing in it is trained
        torch::autograd::backward({y}, {gradients[0]});
        return {inputNeedsGradient ? x.grad() : at::Tensor()};
    }
    void release_variables() override
    {
        input.reset();
        function = nullptr;
    }
    std::string name() const override { return "RecomputedBackward"; }
};

} // namespace

at::Tensor recomputed(const std::function<at::Tensor(const at::Tensor&)>& function, const at::Tensor& x,
    const std::optional<at::Generator>& generator)
{
    auto node = c10::make_intrusive<RecomputedBackward>();
    node->set_next_edges(torch::autograd::collect_next_edges(x));
    node->function = function;
    node->input = x.detach();
    node->inputNeedsGradient = x.requires_grad();
    node->generator = generator;
    if (node->generator)
        node->generatorState = stateOf(*node->generator);
    at::Tensor y;
    {
        const at::NoGradGuard noGrad;
        y = function(x);
    }
    torch::autograd::set_history(y, node);
    return y;
}

} // namespace falconer
