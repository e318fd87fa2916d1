// SPDX-License-Identifier: Apache-2.0
#include "core/train/adamw_8bit.h"

#include "core/base/error.h"
#include "kernels/math/quantization_math.h"
#include "kernels/quantization.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <cmath>

namespace falconer {

namespace {

using kernels::kStateBlock;

constexpr std::int64_t kSmallest8bit = 4096; ///< elements; bitsandbytes' min_8bit_size
constexpr std::int64_t kSmallestPaged = 100000; ///< elements; bitsandbytes pages from 1e5 on
constexpr std::int64_t kPiece = 64; ///< blocks per piece of work for a thread

std::int64_t blocksOf(std::int64_t elements) { return (elements + kStateBlock - 1) / kStateBlock; }

/// The update of bitsandbytes' optimizer_update_32bit.
void adam32(const OptimizerOptions& options, double weightDecay, double rate, std::int64_t step,
    const at::Tensor& gradient, at::Tensor parameter, at::Tensor first, at::Tensor second)
{
    const auto t = static_cast<double>(step);
    first.mul_(options.beta1).add_(gradient, 1.0 - options.beta1);
    second.mul_(options.beta2).addcmul_(gradient, gradient, 1.0 - options.beta2);
    const double correction1 = 1.0 - std::pow(options.beta1, t);
    const double correction2 = std::sqrt(1.0 - std::pow(options.beta2, t));
    if (weightDecay > 0)
        parameter.mul_(1.0 - rate * weightDecay);
    parameter.add_(first / (second.sqrt() + options.epsilon * correction2), -rate * correction2 / correction1);
}

void adam8OnCpu(const kernels::AdamStep& step, const at::Tensor& gradient, at::Tensor& parameter, at::Tensor& codes1,
    at::Tensor& absmax1, at::Tensor& codes2, at::Tensor& absmax2)
{
    const at::Tensor dense = gradient.to(at::kFloat).contiguous();
    const auto* g = dense.const_data_ptr<float>();
    auto* p = parameter.mutable_data_ptr<float>();
    const kernels::State8 first{codes1.mutable_data_ptr<std::uint8_t>(), absmax1.mutable_data_ptr<float>()};
    const kernels::State8 second{codes2.mutable_data_ptr<std::uint8_t>(), absmax2.mutable_data_ptr<float>()};
    const std::int64_t n = parameter.numel();
    std::atomic<bool> failed{false};
    at::parallel_for(0, blocksOf(n), kPiece, [&](std::int64_t begin, std::int64_t end) {
        const std::int64_t from = begin * kStateBlock;
        const std::int64_t count = std::min(n, end * kStateBlock) - from;
        if (kernels::adam8(step, g + from, p + from, count, {first.codes + from, first.absmax + begin},
                {second.codes + from, second.absmax + begin})
            != kernels::Status::ok)
            failed.store(true, std::memory_order_relaxed);
    });
    if (failed.load())
        throw Error(ErrorCode::internal, "8-bit optimizer kernel", "it refused its arguments");
}

/// Each block's absmax beside every one of its elements.
at::Tensor spread(const at::Tensor& absmax, std::int64_t elements)
{
    return absmax.repeat_interleave(kStateBlock).narrow(0, 0, elements);
}

at::Tensor decoded(const at::Tensor& codes, const at::Tensor& absmax, const float* map)
{
    const at::Tensor values = at::tensor(at::ArrayRef<float>(map, 256)).to(codes.device());
    return values.index_select(0, codes.flatten().to(at::kInt)).mul_(spread(absmax, codes.numel()));
}

void encode(const at::Tensor& values, kernels::StateMap map, at::Tensor& codes, at::Tensor& absmax)
{
    const std::int64_t n = values.numel();
    const at::Tensor sizes
        = at::constant_pad_nd(values.abs().nan_to_num_(0.0, INFINITY), {0, blocksOf(n) * kStateBlock - n});
    absmax.copy_(sizes.view({-1, kStateBlock}).amax(1));
    const at::Tensor scaled = (values * spread(absmax.reciprocal(), n)).nan_to_num_(-1.0).clamp_(-1.0, 1.0);
    // in double, so that the bin's sum rounds once
    const at::Tensor bins
        = scaled.add_(1.0).mul_(0.5).to(at::kDouble).mul_(65535.0).add_(0.5).to(at::kFloat).to(at::kInt);
    const at::Tensor codesOfBins
        = at::from_blob(const_cast<std::uint8_t*>(kernels::codesOfBins(map)), {kernels::kBins}, at::kByte)
              .to(values.device());
    const at::Tensor coded = codesOfBins.index_select(0, bins);
    codes.copy_(at::where(spread(absmax, n) == 0, at::zeros_like(coded), coded).view(codes.sizes()));
}

} // namespace

void adam8ByTensors(const kernels::AdamStep& step, const at::Tensor& gradient, at::Tensor parameter, at::Tensor codes1,
    at::Tensor absmax1, at::Tensor codes2, at::Tensor absmax2)
{
    const at::Tensor g = gradient.flatten();
    const at::Tensor m = decoded(codes1, absmax1, kernels::dynamicMap()).mul_(step.beta1).add_(g, step.oneMinusBeta1);
    const at::Tensor v
        = decoded(codes2, absmax2, kernels::unsignedDynamicMap()).mul_(step.beta2).addcmul_(g, g, step.oneMinusBeta2);
    const at::Tensor denominator = v.sqrt().div_(step.correction2).add_(step.epsilon).view(parameter.sizes());
    parameter.mul_(step.keep).addcdiv_(m.view(parameter.sizes()), denominator, step.negativeRate);
    encode(m, kernels::StateMap::isSigned, codes1, absmax1);
    encode(v, kernels::StateMap::isUnsigned, codes2, absmax2);
}

AdamW8bit::AdamW8bit(std::vector<TrainableTensor> all, const OptimizerOptions& options, bool paged)
    : Optimizer(paged ? "paged_adamw_8bit" : "adamw_8bit", std::move(all))
    , m_options(options)
{
    const at::NoGradGuard noGrad;
    for (const TrainableTensor& parameter : parameters()) {
        const std::int64_t n = parameter.tensor.numel();
        const bool wide = parameter.wideState || n < kSmallest8bit;
        at::TensorOptions place = parameter.tensor.options().dtype(wide ? at::kFloat : at::kByte);
        if (paged && !parameter.tensor.is_cpu() && n >= kSmallestPaged)
            place = place.device(at::kCPU).pinned_memory(true);
        Moments moments;
        moments.first = at::zeros(parameter.tensor.sizes(), place);
        moments.second = at::zeros(parameter.tensor.sizes(), place);
        if (!wide) {
            moments.absmax1 = at::zeros({blocksOf(n)}, parameter.tensor.options());
            moments.absmax2 = at::zeros({blocksOf(n)}, parameter.tensor.options());
        }
        m_moments.push_back(std::move(moments));
    }
}

std::int64_t AdamW8bit::bytesFor(std::int64_t elements)
{
    constexpr std::int64_t kWord = sizeof(float);
    return elements < kSmallest8bit ? 2 * kWord * elements : 2 * (elements + kWord * blocksOf(elements));
}

std::vector<OptimizerState> AdamW8bit::states()
{
    std::vector<OptimizerState> all;
    for (std::size_t i = 0; i < m_moments.size(); ++i) {
        const std::string& name = parameters()[i].name;
        all.push_back({"state1." + name, &m_moments[i].first});
        all.push_back({"state2." + name, &m_moments[i].second});
        if (m_moments[i].absmax1.defined()) {
            all.push_back({"absmax1." + name, &m_moments[i].absmax1});
            all.push_back({"absmax2." + name, &m_moments[i].absmax2});
        }
    }
    return all;
}

void AdamW8bit::update(double learningRate)
{
    for (std::size_t i = 0; i < m_moments.size(); ++i) {
        const TrainableTensor& parameter = parameters()[i];
        Moments& moments = m_moments[i];
        const at::Tensor gradient = gradientOf(parameter);
        at::Tensor values = parameter.tensor; // the same storage
        const double weightDecay = parameter.decay ? m_options.weightDecay : 0;
        const bool paged = moments.first.device() != values.device();
        at::Tensor first = moments.first.to(values.device());
        at::Tensor second = moments.second.to(values.device());
        if (!moments.absmax1.defined()) {
            adam32(m_options, weightDecay, learningRate, stepsDone(), gradient, values, first, second);
        } else {
            const kernels::AdamStep step = kernels::adamStep(
                learningRate, m_options.beta1, m_options.beta2, m_options.epsilon, weightDecay, stepsDone());
            if (values.is_cpu())
                adam8OnCpu(step, gradient, values, first, moments.absmax1, second, moments.absmax2);
            else
                adam8ByTensors(step, gradient, values, first, moments.absmax1, second, moments.absmax2);
        }
        if (paged) { // a waiting copy: a checkpoint may read the host's tensors at any time after the update
            moments.first.copy_(first);
            moments.second.copy_(second);
        }
    }
}

} // namespace falconer
