// SPDX-License-Identifier: Apache-2.0
#include "core/train/loss_scaler.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <cmath>

namespace falconer {

bool LossScaler::unscale(const std::vector<TrainableTensor>& parameters) const
{
    const at::NoGradGuard noGrad;
    std::vector<at::Tensor> gradients;
    for (const TrainableTensor& parameter : parameters)
        if (parameter.tensor.grad().defined())
            gradients.push_back(parameter.tensor.grad());
    if (gradients.empty())
        return true;
    const at::TensorOptions options = gradients.front().options().dtype(at::kFloat);
    at::Tensor foundInfinite = at::zeros({1}, options);
    // the reciprocal is taken in double and rounded once, as GradScaler does
    at::_amp_foreach_non_finite_check_and_unscale_(
        gradients, foundInfinite, at::full({1}, 1.0 / m_state.scale, options));
    return foundInfinite.item<float>() == 0;
}

void LossScaler::update(bool finite)
{
    if (!finite) {
        m_state.scale *= kBackoff;
        m_state.finiteSteps = 0;
        m_state.skipped += 1;
        return;
    }
    m_state.finiteSteps += 1;
    if (m_state.finiteSteps < kGrowthInterval)
        return;
    m_state.finiteSteps = 0;
    // GradScaler keeps its scale in float32 and does not let it grow to infinity
    if (std::isfinite(static_cast<float>(m_state.scale * kGrowth)))
        m_state.scale *= kGrowth;
}

bool LossScaler::exhausted() const { return m_state.scale < std::ldexp(1.0, -24); } // float16's smallest number

std::optional<std::string> precisionWarning(const std::string& computeDtype, std::int64_t parameters)
{
    if (computeDtype != "float16")
        return std::nullopt;
    constexpr std::int64_t kLarge = 5'000'000'000;
    const std::string fix = "Bfloat16 has float32's range and is the safer choice";
    if (parameters < kLarge)
        return "float16 holds no number above 65,504, so a step can overflow and is skipped then; it often fails on 7B "
               "models. "
            + fix + ".";
    return fmt::format("float16 often fails on 7B models, and this one has {:.1f} billion parameters: activations "
                       "overflow 65,504 and the loss becomes NaN. {}.",
        static_cast<double>(parameters) / 1e9, fix);
}

} // namespace falconer
