// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace falconer {

/// A float32 leaf that requires gradients, under the name by which checkpoints know it.
struct TrainableTensor {
    std::string name;
    at::Tensor tensor;
    bool decay = true; ///< whether weight decay applies; Trainer's rule: not to biases and norms
    bool wideState = false; ///< an 8-bit optimizer keeps 32-bit states for it; Trainer asks that of embeddings
};

/// training.optimizer_options and training.weight_decay; the defaults are Trainer's.
struct OptimizerOptions {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double momentum = 0; ///< of sgd
    double weightDecay = 0;
};
OptimizerOptions optimizerOptions(const TrainingSettings& training);

/// One tensor of an optimizer's state, of any type; read and written through `tensor`, which lives as long as the
/// optimizer.
struct OptimizerState {
    std::string name; ///< "exp_avg.<parameter>"
    at::Tensor* tensor = nullptr;
};

/// Updates parameters from their gradients. A parameter without a gradient is updated as if it were zero. Not safe from
/// several threads at once.
class Optimizer {
public:
    virtual ~Optimizer() = default;
    Optimizer(const Optimizer&) = delete;
    Optimizer& operator=(const Optimizer&) = delete;

    /// The recipe's name of it.
    const std::string& kind() const { return m_kind; }
    const std::vector<TrainableTensor>& parameters() const { return m_parameters; }

    /// One update; the gradients are left as they are.
    void step(double learningRate);
    /// Drops the gradients.
    void zeroGradients();

    /// Updates made so far. After setStepsDone() and with its states() filled, an optimizer goes on as the one that was
    /// saved.
    std::int64_t stepsDone() const { return m_steps; }
    virtual void setStepsDone(std::int64_t steps) { m_steps = steps; }

    /// Everything that a checkpoint must hold beside stepsDone(), in a fixed order.
    virtual std::vector<OptimizerState> states() = 0;
    /// Bytes of all states, wherever they lie.
    std::int64_t stateBytes();

protected:
    Optimizer(std::string kind, std::vector<TrainableTensor> parameters);

    /// m_steps counts this update already. No gradients are recorded while it runs.
    virtual void update(double learningRate) = 0;
    static at::Tensor gradientOf(const TrainableTensor& parameter);

private:
    std::string m_kind;
    std::vector<TrainableTensor> m_parameters;
    std::int64_t m_steps = 0;
};

/// The optimizer that `training` names: adamw, adamw_8bit, paged_adamw_8bit, lion or sgd (see the header of each).
/// Throws recipeInvalid for another name.
std::unique_ptr<Optimizer> makeOptimizer(const TrainingSettings& training, std::vector<TrainableTensor> parameters);

/// Bytes of state that `kind` keeps for a tensor of `elements`; what the memory planner counts. Throws recipeInvalid.
std::int64_t optimizerStateBytes(const TrainingSettings& training, std::int64_t elements);

/// Global L2 norm of the gradients; scales them so that it is at most `maximum` (0: leaves them), as
/// torch.nn.utils.clip_grad_norm_ does. Returns the norm before clipping.
double clipGradients(const std::vector<TrainableTensor>& parameters, double maximum);

} // namespace falconer
