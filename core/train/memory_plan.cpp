// SPDX-License-Identifier: Apache-2.0
#include "core/train/memory_plan.h"

#include "core/model/decoder.h"
#include "core/train/optimizer.h"
#include "core/train/plan_layers.h"
#include "core/train/plan_parts.h"

#include <algorithm>
#include <numeric>

namespace falconer {

namespace {

using enum MemoryClass;

constexpr std::int64_t kFloat = 4;
constexpr std::int64_t kMebi = 1024 * 1024;

// Measured by bench_memory_plan: the program with LibTorch and Arrow while a model is loaded; what computing brings in
// beside it (code, buffers of matrix products); and what each further thread adds.
constexpr std::int64_t kProgramBytes = 134 * kMebi;
constexpr std::int64_t kComputingBytes = 30 * kMebi;
constexpr std::int64_t kThreadBytes = 2 * kMebi;
// With a GPU, CUDA's libraries and its context are in RAM too (as PyTorch's processes show); on the GPU, the context
// and the workspace of cuBLAS. Not measured here.
constexpr std::int64_t kGpuProgramBytes = 1536 * kMebi;
constexpr std::int64_t kGpuContextBytes = 550 * kMebi;
/// A row in memory beside its ids (SampleStore), and an id with its mask.
constexpr std::int64_t kRowBytes = 64;
constexpr std::int64_t kTokenBytes = 5;
constexpr std::int64_t kTokenizerBytesPerId = 400;
/// The share of moving memory that the allocator of a GPU holds back.
constexpr double kGpuHeldBack = 0.04;
constexpr double kComfort = 0.9; ///< of the memory there is

std::int64_t dataBytes(const ModelSpec& spec, const PlanFacts& facts)
{
    constexpr std::int64_t kMostInMemory = 256 * kMebi; // SampleStore::defaultMemory()
    std::int64_t tokens = 0;
    for (const auto* rows : {&facts.rows, &facts.validationRows})
        tokens = std::accumulate(rows->begin(), rows->end(), tokens);
    const auto rows = static_cast<std::int64_t>(facts.rows.size() + facts.validationRows.size());
    return spec.vocabulary * kTokenizerBytesPerId + rows * kRowBytes + std::min(kMostInMemory, tokens * kTokenBytes);
}

Recompute recomputeNamed(const std::string& name)
{
    return name == "full" ? Recompute::full : name == "selective" ? Recompute::selective : Recompute::off;
}

/// Phases of a run as they come, and the one with the most.
struct Phase {
    const char* name;
    MemoryBytes bytes;
};

/// Builds the plan for one kind of recomputation.
class Planner {
public:
    Planner(const Recipe& recipe, const ModelSpec& spec, const PlanFacts& facts)
        : m_recipe(recipe)
        , m_spec(spec)
        , m_facts(facts)
        , m_parts(planParts(recipe, spec, facts))
    {
        for (const TrainedSize& tensor : m_parts.trained)
            // Wide states of an embedding are as large as adamw's.
            m_optimizer += tensor.wide && recipe.training.optimizer.ends_with("8bit")
                ? 2 * kFloat * tensor.elements
                : optimizerStateBytes(recipe.training, tensor.elements);
        m_batch = largestMicroBatch(recipe, facts);
        m_validation = largestValidationBatch(recipe, facts);
    }

    MemoryPlan plan(Recompute recompute) const
    {
        const std::vector<Phase> phases = {loading(), preparing(), evaluating(), training(recompute), saving()};
        const auto fullest = std::max_element(phases.begin(), phases.end(),
            [](const Phase& left, const Phase& right) { return left.bytes.total() < right.bytes.total(); });
        MemoryPlan plan;
        plan.recompute = recompute;
        plan.phase = fullest->name;
        plan.ram = fullest->bytes;
        plan.peak = plan.ram.total();
        plan.available = m_facts.ramAvailable;
        if (plan.available > 0)
            plan.fits = plan.peak <= plan.available;
        if (m_facts.gpu)
            splitOff(plan);
        return plan;
    }

private:
    MemoryBytes base() const
    {
        MemoryBytes bytes;
        bytes[libtorch] = kProgramBytes + kComputingBytes + kThreadBytes * m_facts.threads;
        bytes[data] = dataBytes(m_spec, m_facts);
        return bytes;
    }

    std::int64_t trainedBytes() const { return kFloat * m_parts.trainedElements(); }

    MemoryBytes loaded() const
    {
        MemoryBytes bytes = base();
        bytes[weights] = m_parts.weights;
        bytes[quantizationState] = m_parts.scales;
        bytes[adapters] = trainedBytes();
        if (m_recipe.lora.init == "pissa" || m_recipe.lora.init == "olora")
            bytes[adapters] += kFloat * m_parts.pairElements;
        return bytes;
    }

    /// A table in float32 with its pages in the file or its copy in the compute type (a head beside the embedding), or
    /// the last layer's largest matrix when everything else is there.
    Phase loading() const
    {
        const std::int64_t table = m_spec.vocabulary * m_spec.hidden;
        const std::int64_t copy = m_parts.element == kFloat ? 0 : m_parts.element;
        const std::int64_t stored = m_facts.storedBytesPerWeight;
        MemoryBytes first = base();
        first[adapters] = kFloat * m_parts.pairElements;
        first[workspace] = table * ((m_spec.tiedHead ? 0 : kFloat) + kFloat + std::max(stored, copy));
        MemoryBytes last = loaded();
        last[workspace] = m_parts.largestLinear * (kFloat + (m_parts.quantized ? 0 : stored));
        if (!m_parts.quantized && copy == 0) // its own float32 copy is what stays
            last[workspace] -= m_parts.largestLinear * kFloat;
        MemoryBytes most = first.total() > last.total() ? first : last;
        most[libtorch] = kProgramBytes;
        return {"loading", most};
    }

    /// What an adapter takes from the weights: singular vectors (a square matrix and the rest of the decomposition), or
    /// the norms of DoRA.
    Phase preparing() const
    {
        MemoryBytes bytes = loaded();
        const std::string& init = m_recipe.lora.init;
        const std::int64_t matrix = kFloat * m_parts.largestAdapted;
        if (init == "pissa" || init == "loftq")
            bytes[workspace] = 8 * matrix;
        else if (init == "olora")
            bytes[workspace] = 5 * matrix;
        else if (m_recipe.lora.dora)
            bytes[workspace] = 2 * matrix;
        return {"preparing", bytes};
    }

    PlannedPass pass(std::vector<std::int64_t> lengths) const
    {
        PlannedPass pass;
        pass.element = m_parts.element;
        pass.quantized = m_parts.quantized;
        pass.slowDequantize = m_facts.gpu;
        pass.lengths = std::move(lengths);
        return pass;
    }

    void add(MemoryBytes& bytes, const PassMemory& memory) const
    {
        bytes[activations] += memory.activations;
        bytes[workspace] += memory.workspace;
        // Logits exist when the activations of the layers' moments are gone.
        bytes[logits] += std::max<std::int64_t>(0, memory.logits - (memory.activations - memory.atLoss));
    }

    PassMemory evaluationPass(const std::vector<std::int64_t>& lengths) const
    {
        PlannedPass evaluation = pass(lengths);
        evaluation.gradients = false;
        return planPass(m_spec, m_parts.layers, evaluation, {}, m_parts.trainsEmbedding, m_parts.trainsHead);
    }

    Phase evaluating() const
    {
        MemoryBytes bytes = loaded();
        bytes[optimizer] = m_optimizer;
        if (!m_validation.empty())
            add(bytes, evaluationPass(m_validation));
        return {"evaluating", bytes};
    }

    Phase training(Recompute recompute) const
    {
        MemoryBytes bytes = loaded();
        bytes[optimizer] = m_optimizer;
        PlannedPass step = pass(m_batch);
        step.dropout = m_recipe.lora.dropout > 0;
        using Again = PlannedPass::Again;
        step.again = recompute == Recompute::full ? Again::layer
            : recompute == Recompute::selective   ? Again::mlp
                                                  : Again::nothing;
        // From the second micro-batch of a step on, all gradients are there from its start.
        const bool accumulates = m_recipe.training.gradientAccumulation > 1;
        std::vector<std::int64_t> growing;
        if (!accumulates)
            for (const std::int64_t elements : m_parts.trainedOfLayer)
                growing.push_back(kFloat * elements);
        const PassMemory memory
            = planPass(m_spec, m_parts.layers, step, growing, m_parts.trainsEmbedding, m_parts.trainsHead);
        add(bytes, memory);
        if (accumulates)
            bytes[gradients] = trainedBytes();
        else
            bytes[gradients] = std::max<std::int64_t>(
                0, trainedBytes() - (bytes[activations] + bytes[logits] + bytes[workspace])); // at the step's end
        return {"training", bytes};
    }

    /// The adapter is written, and at the end read back and measured beside the one in memory.
    Phase saving() const
    {
        MemoryBytes bytes = loaded();
        bytes[optimizer] = m_optimizer;
        bytes[adapters] += trainedBytes();
        add(bytes, evaluationPass(largestProofBatch(m_recipe, m_facts)));
        return {"saving", bytes};
    }

    /// With a GPU the phases above are its own; RAM has the program, the data and what streams through.
    void splitOff(MemoryPlan& plan) const
    {
        MemoryBytes gpu = plan.ram;
        if (plan.phase == std::string("loading")) // happens in RAM
            gpu = evaluating().bytes;
        gpu[libtorch] = kGpuContextBytes;
        gpu[data] = 0;
        gpu[workspace] += static_cast<std::int64_t>(
            kGpuHeldBack * static_cast<double>(gpu[activations] + gpu[logits] + gpu[workspace]));
        MemoryBytes ram = loading().bytes;
        ram[weights] = ram[quantizationState] = 0;
        ram[workspace] = std::max(kFloat + m_facts.storedBytesPerWeight, kFloat + m_parts.element)
            * std::max(m_parts.largestLinear, m_spec.vocabulary * m_spec.hidden * (m_spec.tiedHead ? 1 : 2));
        ram[libtorch] = kGpuProgramBytes;
        if (m_recipe.training.optimizer.starts_with("paged")) { // its states are pinned host memory
            ram[optimizer] = gpu[optimizer];
            gpu[optimizer] = 0;
        }
        plan.ram = ram;
        plan.gpu = gpu;
        plan.peak = gpu.total();
        plan.available = m_facts.gpuAvailable;
        plan.fits.reset();
        if (m_facts.gpuAvailable > 0 && m_facts.ramAvailable > 0)
            plan.fits = plan.peak <= m_facts.gpuAvailable && ram.total() <= m_facts.ramAvailable;
        else if (m_facts.ramAvailable > 0 && ram.total() > m_facts.ramAvailable)
            plan.fits = false;
    }

    const Recipe& m_recipe;
    const ModelSpec& m_spec;
    const PlanFacts& m_facts;
    PlanParts m_parts;
    std::int64_t m_optimizer = 0;
    std::vector<std::int64_t> m_batch;
    std::vector<std::int64_t> m_validation;
};

MemoryPlan choose(const Planner& planner)
{
    MemoryPlan plan = planner.plan(Recompute::off);
    for (const Recompute next : {Recompute::selective, Recompute::full}) {
        if (plan.available <= 0 || static_cast<double>(plan.peak) <= kComfort * static_cast<double>(plan.available))
            break;
        plan = planner.plan(next);
    }
    return plan;
}

} // namespace

std::string_view name(MemoryClass kind)
{
    constexpr std::array<std::string_view, kMemoryClasses> kNames = {"weights", "quantization_state", "adapters",
        "gradients", "optimizer", "activations", "logits", "workspace", "libtorch", "data"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::int64_t MemoryBytes::total() const { return std::accumulate(bytes.begin(), bytes.end(), std::int64_t{0}); }

MemoryPlan planMemory(const Recipe& recipe, const ModelSpec& spec, const PlanFacts& facts)
{
    const Planner planner(recipe, spec, facts);
    const std::string& checkpointing = recipe.training.gradientCheckpointing;
    return checkpointing == "auto" ? choose(planner) : planner.plan(recomputeNamed(checkpointing));
}

} // namespace falconer
