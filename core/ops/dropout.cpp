// SPDX-License-Identifier: Apache-2.0
#include "core/ops/dropout.h"

#include "core/base/error.h"
#include "kernels/dropout.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>

#include <mutex>

namespace falconer {

namespace {

at::Tensor dropped(const at::Tensor& x, double keep, std::uint64_t seed)
{
    const at::Tensor input = x.to(at::kFloat).contiguous();
    at::Tensor output = at::empty_like(input);
    const auto* from = input.const_data_ptr<float>();
    auto* to = output.mutable_data_ptr<float>();
    at::parallel_for(0, input.numel(), 1 << 14, [&](std::int64_t begin, std::int64_t end) {
        if (kernels::dropout(seed, begin, end - begin, keep, from + begin, to + begin) != kernels::Status::ok)
            throw Error(ErrorCode::internal, "dropout kernel", "it refused its arguments");
    });
    return output.to(x.scalar_type());
}

struct DropoutBackward : public torch::autograd::Node {
    double keep = 1;
    std::uint64_t seed = 0;

    torch::autograd::variable_list apply(torch::autograd::variable_list&& gradients) override
    {
        const at::NoGradGuard noGrad;
        if (!gradients[0].defined())
            return {at::Tensor()};
        return {dropped(gradients[0], keep, seed)};
    }
    std::string name() const override { return "DropoutBackward"; }
};

} // namespace

at::Tensor dropout(const at::Tensor& x, double probability, at::Generator& generator)
{
    const double keep = 1 - probability;
    if (!x.is_cpu())
        return x * at::empty_like(x).bernoulli_(keep, generator).div_(keep);

    std::uint64_t seed = 0;
    {
        const std::lock_guard lock(generator.mutex());
        seed = at::check_generator<at::CPUGeneratorImpl>(generator)->random64();
    }
    c10::intrusive_ptr<DropoutBackward> node;
    if (torch::autograd::compute_requires_grad(x)) {
        node = c10::make_intrusive<DropoutBackward>();
        node->set_next_edges(torch::autograd::collect_next_edges(x));
        node->keep = keep;
        node->seed = seed;
    }
    at::Tensor y;
    {
        const at::NoGradGuard noGrad;
        y = dropped(x, keep, seed);
    }
    if (node)
        torch::autograd::set_history(y, node);
    return y;
}

} // namespace falconer
