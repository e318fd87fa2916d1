// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/train/optimizer.h"
#include "tests/kernels/golden_support.h"

#include <ATen/ATen.h>

#include <QJsonArray>
#include <QJsonObject>

#include <cmath>
#include <cstring>
#include <numeric>

/// The tensors that tests/oracle/optimizers.py makes, bit for bit.
namespace falconer::test {

inline QJsonObject goldenObject(const char* name)
{
    QFile file(QString::fromStdString(golden(name).string()));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

inline at::Tensor bellTensor(std::uint64_t seed, at::IntArrayRef shape)
{
    at::Tensor values = at::empty(shape);
    auto* data = values.mutable_data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
        data[i] = bell(splitmix64(seed, static_cast<std::uint64_t>(i)));
    return values;
}

inline at::Tensor gradientTensor(std::uint64_t seed, at::IntArrayRef shape)
{
    at::Tensor values = bellTensor(seed, shape);
    auto* data = values.mutable_data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
        data[i] = i % 97 == 5 ? 0.0F : std::ldexp(data[i], static_cast<int>(i / 64 % 9) - 6);
    return values;
}

inline at::Tensor storedTensor(const QJsonValue& data, at::IntArrayRef shape, at::ScalarType type = at::kFloat)
{
    at::Tensor values = at::zeros(shape, type);
    const QByteArray bytes = QByteArray::fromBase64(data.toString().toLatin1());
    if (static_cast<std::size_t>(bytes.size()) != values.nbytes())
        return {};
    std::memcpy(values.mutable_data_ptr(), bytes.data(), values.nbytes());
    return values;
}

inline std::vector<std::int64_t> shapeOf(const QJsonObject& object)
{
    std::vector<std::int64_t> shape;
    for (const QJsonValue& extent : object["shape"].toArray())
        shape.push_back(extent.toInteger());
    return shape;
}

/// The parameters as they were before the first step.
inline std::vector<TrainableTensor> freshParameters()
{
    std::vector<TrainableTensor> all;
    const std::string kBias = "layer.bias"; // the one without weight decay
    const std::pair<std::string, std::vector<std::int64_t>> shapes[]
        = {{"wide.weight", {66, 63}}, {"small.weight", {8, 24}}, {kBias, {40}}};
    std::uint64_t seed = 0;
    for (const auto& [name, shape] : shapes)
        all.push_back({name, bellTensor(++seed, shape).requires_grad_(true), name != kBias});
    return all;
}

/// The gradients of a step, which counts from 1.
inline void setGradients(const Optimizer& optimizer, std::int64_t step)
{
    std::uint64_t seed = 0;
    for (const TrainableTensor& parameter : optimizer.parameters()) {
        at::Tensor tensor = parameter.tensor;
        tensor.mutable_grad() = gradientTensor(1000 * ++seed + static_cast<std::uint64_t>(step), tensor.sizes());
    }
}

/// Steps first .. last as the oracle makes them.
inline void train(Optimizer& optimizer, double learningRate, std::int64_t first, std::int64_t last)
{
    for (std::int64_t step = first; step <= last; ++step) {
        setGradients(optimizer, step);
        optimizer.step(learningRate * static_cast<double>(1 + step % 3));
        optimizer.zeroGradients();
    }
}

inline TrainingSettings settingsFor(const char* kind)
{
    TrainingSettings training;
    training.optimizer = kind;
    return training;
}

} // namespace falconer::test
