// SPDX-License-Identifier: Apache-2.0
#include "core/train/plan_layers.h"

#include <algorithm>
#include <numeric>

namespace falconer {

namespace {

constexpr std::int64_t kFloat = 4;

/// A tensor of the walk.
struct Value {
    std::int64_t bytes = 0;
    bool needsGradient = false;
    bool kept = false;
};

/// Follows what is alive while a layer runs.
class Walk {
public:
    explicit Walk(bool gradients)
        : m_gradients(gradients)
    {
    }

    Value make(std::int64_t bytes, bool needsGradient = false)
    {
        m_live += bytes;
        m_memory.forwardPeak = std::max(m_memory.forwardPeak, m_live);
        return {bytes, needsGradient && m_gradients, false};
    }
    /// Alive for a moment only.
    void moment(std::int64_t bytes) { m_memory.forwardPeak = std::max(m_memory.forwardPeak, m_live + bytes); }
    void drop(const Value& value)
    {
        if (!value.kept)
            m_live -= value.bytes;
    }
    /// An operator keeps it for its backward pass.
    void keep(Value& value)
    {
        if (!m_gradients || value.kept)
            return;
        value.kept = true;
        m_memory.kept += value.bytes;
    }
    /// In this operator's backward pass, `bytes` are alive beside what it and all before it keep.
    void backward(std::int64_t bytes)
    {
        if (m_gradients)
            m_memory.backwardPeak = std::max(m_memory.backwardPeak, m_memory.kept + bytes);
    }
    /// A frozen matrix in the compute type, for a moment of forward (and of backward, with `gradients` bytes beside).
    void dequantized(std::int64_t bytes) { m_memory.workspace = std::max(m_memory.workspace, bytes); }

    const LayerMemory& memory() const { return m_memory; }
    LayerMemory& memory() { return m_memory; }
    bool gradients() const { return m_gradients; }

private:
    bool m_gradients;
    std::int64_t m_live = 0;
    LayerMemory m_memory;
};

/// The walk through one layer; methods as Decoder's.
class LayerWalk {
public:
    LayerWalk(const ModelSpec& spec, const PlannedLayer& layer, const PlannedPass& pass, Walk& walk)
        : m_spec(spec)
        , m_layer(layer)
        , m_pass(pass)
        , m_walk(walk)
        , m_tokens(pass.tokens())
        , m_element(pass.element)
        , m_stream(m_tokens * spec.hidden * pass.element)
    {
    }

    Value norm(Value& x)
    {
        const bool needs = x.needsGradient || m_layer.norms;
        if (m_spec.norm == NormKind::layerNorm) {
            if (needs)
                m_walk.keep(x); // native_layer_norm: input, mean, rstd
            Value y = m_walk.make(m_stream, needs);
            if (needs)
                m_walk.backward(3 * m_stream);
            return y;
        }
        const std::int64_t wideBytes = m_tokens * m_spec.hidden * kFloat;
        Value wide = x;
        if (m_element != kFloat)
            wide = m_walk.make(wideBytes, needs);
        if (needs)
            m_walk.keep(wide); // pow and mul
        if (m_element == kFloat)
            x = wide;
        m_walk.moment(wideBytes + m_stream); // the product before it is rounded
        Value y = m_walk.make(m_stream, needs);
        if (m_element != kFloat)
            m_walk.drop(wide);
        if (needs)
            m_walk.backward(3 * wideBytes + 2 * m_stream);
        return y;
    }

    /// Linear number `index` of the block. `x` is kept where something in it is trained.
    Value linear(std::size_t index, Value& x)
    {
        const LinearSpec& shape = m_spec.linears[index];
        const PlannedLinear& plan = m_layer.linears[index];
        const std::int64_t n = shape.out * shape.in;
        const std::int64_t in = m_tokens * shape.in * m_element;
        const std::int64_t out = m_tokens * shape.out * m_element;
        const bool needs = x.needsGradient || plan.rank > 0 || plan.whole || plan.bias;
        if (plan.whole) {
            Value weight = m_element == kFloat ? Value{} : m_walk.make(n * m_element);
            m_walk.keep(weight);
            m_walk.keep(x);
            Value y = m_walk.make(out, true);
            m_walk.backward(out + in + n * (kFloat + m_element));
            return y;
        }
        if (m_pass.quantized)
            m_walk.dequantized(dequantizing(n));
        if (plan.rank == 0) {
            Value y = m_walk.make(out, needs);
            if (needs)
                m_walk.backward(out + (x.needsGradient ? in : 0));
            return y;
        }
        Value input = x;
        if (m_pass.dropout) {
            if (m_element != kFloat)
                m_walk.moment(2 * m_tokens * shape.in * kFloat + in); // dropout runs in float32
            input = m_walk.make(in, true);
        }
        m_walk.keep(input); // for A's gradient
        if (!m_pass.dropout)
            x.kept = input.kept;
        Value casts = m_walk.make(m_element == kFloat ? 0 : plan.rank * (shape.in + shape.out) * m_element);
        Value low = m_walk.make(m_tokens * plan.rank * m_element, true);
        m_walk.moment(low.bytes); // before it is scaled
        m_walk.keep(casts);
        m_walk.keep(low);
        if (plan.dora)
            m_walk.moment((m_pass.quantized || m_element != kFloat ? 2 : 1) * n * kFloat);
        Value y = m_walk.make(out, true);
        if (plan.dora) {
            m_walk.keep(y); // what the gain multiplies
            const std::int64_t wide = m_tokens * shape.out * kFloat; // the gain is float32, and so is the product
            if (m_pass.dropout) // W · d, the product, its change against W · d, the base's output and their sum
                m_walk.moment(3 * out + wide);
            Value scaled = m_walk.make(out, true);
            if (m_element != kFloat)
                m_walk.moment(wide);
            else if (shape.bias)
                m_walk.moment(out);
            // dy (in float32 too), and of the product's two factors what becomes their gradients. With dropout also
            // what flows back around the gain, and dx by way of the base, which comes first.
            std::int64_t flowing = out + 2 * wide + (m_element == kFloat ? 0 : wide);
            if (m_pass.dropout)
                flowing += out + (x.needsGradient ? in : 0);
            m_walk.backward(flowing);
            y = scaled;
        }
        // dy; dx by way of the weight and, until they are added up, by way of A, before and behind the dropout.
        const std::int64_t dropped
            = m_pass.dropout ? in + (m_element == kFloat ? 0 : 2 * m_tokens * shape.in * kFloat) : 0;
        m_walk.backward(out + (x.needsGradient ? 2 : 1) * in + dropped + 2 * low.bytes);
        if (!m_walk.gradients()) {
            m_walk.drop(casts);
            m_walk.drop(low);
            if (m_pass.dropout)
                m_walk.drop(input);
        }
        return y;
    }

    Value attention(Value& x)
    {
        const bool fusedKind = m_spec.qkv == QkvKind::fused;
        const std::int64_t kvHeads = m_spec.kvHeads;
        const std::int64_t headBytes = m_tokens * m_spec.headDim * m_element;
        const std::int64_t all = m_spec.heads * headBytes; // a tensor of all query heads
        const bool copies = kvHeads > 1 && kvHeads < m_spec.heads; // spread() and reshape() of grouped heads
        const bool rotary = m_spec.positions == PositionKind::rotary;
        Value q, k, v, fused;
        if (fusedKind) {
            fused = linear(0, x);
            if (copies)
                q = m_walk.make(all, fused.needsGradient);
            q.needsGradient = k.needsGradient = v.needsGradient = fused.needsGradient;
        } else {
            q = linear(0, x);
            k = linear(1, x);
            v = linear(2, x);
        }
        const bool needs = q.needsGradient || k.needsGradient || v.needsGradient;
        if (rotary) {
            const auto rotate = [&](Value& values, std::int64_t bytes) {
                m_walk.moment(4 * bytes); // six halves, then the whole
                const Value rotated = m_walk.make(bytes, values.needsGradient);
                m_walk.drop(values);
                if (values.needsGradient)
                    m_walk.backward(5 * bytes);
                values = rotated;
            };
            rotate(q, all);
            rotate(k, kvHeads * headBytes);
        }
        if (copies) {
            for (Value* part : {&k, &v}) {
                const Value spread = m_walk.make(all, part->needsGradient);
                m_walk.drop(*part);
                *part = spread;
            }
            m_walk.drop(fused); // no view of it is left
            fused.kept = true; // done with
        }
        Value masks;
        std::int64_t squares = 0, longest = 0;
        for (const std::int64_t length : m_pass.lengths) {
            squares += length * length;
            longest = std::max(longest, length * length);
        }
        if (!rotary) {
            masks = m_walk.make(m_spec.heads * squares * m_element);
            m_walk.moment(2 * longest);
        }
        Value mixed = m_walk.make(all, needs);
        Value sums = m_walk.make(m_tokens * m_spec.heads * kFloat); // log-sum-exp
        if (needs) {
            for (Value* part : {&fused, &q, &k, &v, &masks, &mixed, &sums})
                m_walk.keep(*part);
            // dq, dk and dv of all heads beside the output's gradient, then those of the fused rows, each as large.
            m_walk.backward(4 * all + (fusedKind ? 2 * fused.bytes : 0));
        }
        for (const Value* part : {&q, &k, &v, &masks, &sums})
            m_walk.drop(*part);
        if (!fused.kept)
            m_walk.drop(fused);
        if (m_pass.lengths.size() > 1) {
            const Value joined = m_walk.make(all, needs);
            m_walk.drop(mixed);
            mixed = joined;
        }
        const Value y = linear(fusedKind ? 1 : 3, mixed);
        m_walk.drop(mixed);
        return y;
    }

    Value mlp(Value& x)
    {
        const std::size_t count = m_spec.linears.size();
        const std::int64_t wide = m_tokens * m_spec.feedForward * m_element;
        if (m_spec.mlp == MlpKind::gelu) {
            Value up = linear(count - 2, x);
            if (up.needsGradient)
                m_walk.keep(up);
            Value active = m_walk.make(wide, up.needsGradient);
            if (up.needsGradient)
                m_walk.backward(2 * wide);
            m_walk.drop(up);
            const Value y = linear(count - 1, active);
            m_walk.drop(active);
            return y;
        }
        Value rawGate = linear(count - 3, x);
        if (rawGate.needsGradient)
            m_walk.keep(rawGate);
        Value gate = m_walk.make(wide, rawGate.needsGradient);
        if (rawGate.needsGradient)
            m_walk.backward(2 * wide);
        m_walk.drop(rawGate);
        Value up = linear(count - 2, x);
        if (up.needsGradient)
            m_walk.keep(gate);
        if (gate.needsGradient)
            m_walk.keep(up);
        Value product = m_walk.make(wide, gate.needsGradient || up.needsGradient);
        if (product.needsGradient)
            m_walk.backward(3 * wide);
        m_walk.drop(up);
        const Value y = linear(count - 1, product);
        m_walk.drop(product);
        m_walk.drop(gate);
        return y;
    }

    std::int64_t stream() const { return m_stream; }

private:
    /// What exists while a matrix of n elements is dequantized, the result included.
    std::int64_t dequantizing(std::int64_t n) const
    {
        return m_pass.slowDequantize ? 17 * n + n * m_element : n * m_element;
    }

    const ModelSpec& m_spec;
    const PlannedLayer& m_layer;
    const PlannedPass& m_pass;
    Walk& m_walk;
    std::int64_t m_tokens;
    std::int64_t m_element;
    std::int64_t m_stream; ///< bytes of a tensor [tokens, hidden]
};

/// The layer as it runs, its input there already and not counted unless it is kept.
LayerMemory walkLayer(
    const ModelSpec& spec, const PlannedLayer& layer, const PlannedPass& pass, bool flows, bool mlpAgain)
{
    Walk walk(pass.gradients);
    LayerWalk parts(spec, layer, pass, walk);
    Value x = walk.make(parts.stream(), flows);
    const auto feedForward = [&](Value& input, bool ownNorm) {
        if (!mlpAgain) {
            Value normed = ownNorm ? parts.norm(input) : input;
            const Value y = parts.mlp(normed);
            if (ownNorm)
                walk.drop(normed);
            else
                input = normed;
            return y;
        }
        // Nothing but its input stays; in backward all of it is made again and kept for that moment.
        walk.keep(input);
        PlannedPass once = pass;
        const auto inner = [&](bool gradients) {
            once.gradients = gradients;
            Walk innerWalk(gradients);
            LayerWalk innerParts(spec, layer, once, innerWalk);
            Value start{0, input.needsGradient, true};
            Value normed = ownNorm ? innerParts.norm(start) : start;
            innerParts.mlp(normed);
            return innerWalk.memory();
        };
        const LayerMemory forward = inner(false);
        const LayerMemory again = inner(true);
        walk.moment(forward.forwardPeak);
        walk.backward(2 * parts.stream() + std::max(again.forwardPeak, again.backwardPeak));
        walk.dequantized(forward.workspace);
        return walk.make(parts.stream(), true);
    };
    Value normed = parts.norm(x);
    const Value attended = parts.attention(normed);
    if (spec.parallel) {
        const bool ownNorm = !spec.mlpNorm.empty();
        const Value forward = feedForward(ownNorm ? x : normed, ownNorm);
        walk.moment(parts.stream()); // their sum
        walk.drop(forward);
        walk.drop(attended);
        walk.make(parts.stream());
    } else {
        Value between = walk.make(parts.stream(), x.needsGradient || attended.needsGradient);
        const Value forward = feedForward(between, true);
        walk.make(parts.stream());
        walk.drop(forward);
        walk.drop(between);
    }
    LayerMemory memory = walk.memory();
    if (memory.backwardPeak > 0)
        memory.backwardPeak += 2 * parts.stream(); // the gradients of the layer's output and, as it grows, of its input
    return memory;
}

} // namespace

bool PlannedLayer::trains() const
{
    return norms || std::any_of(linears.begin(), linears.end(), [](const PlannedLinear& linear) {
        return linear.rank > 0 || linear.whole || linear.bias;
    });
}

std::int64_t PlannedPass::tokens() const { return std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0}); }

LayerMemory planLayer(const ModelSpec& spec, const PlannedLayer& layer, const PlannedPass& pass, bool flows)
{
    using Again = PlannedPass::Again;
    const bool trains = pass.gradients && (flows || layer.trains());
    if (!trains || pass.again == Again::nothing)
        return walkLayer(spec, layer, pass, flows, false);
    if (pass.again == Again::mlp)
        return walkLayer(spec, layer, pass, flows, true);
    PlannedPass once = pass;
    once.gradients = false;
    const LayerMemory forward = walkLayer(spec, layer, once, flows, false);
    const LayerMemory again = walkLayer(spec, layer, pass, flows, false);
    const std::int64_t input = pass.tokens() * spec.hidden * pass.element;
    LayerMemory memory;
    memory.kept = input;
    memory.forwardPeak = forward.forwardPeak;
    memory.backwardPeak = input + std::max(again.forwardPeak, again.backwardPeak);
    memory.workspace = forward.workspace;
    return memory;
}

} // namespace falconer
