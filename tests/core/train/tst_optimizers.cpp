// SPDX-License-Identifier: Apache-2.0
// Every optimizer against what torch and bitsandbytes made of the same gradients (tests/oracle/optimizers.py).
#include "core/base/error.h"
#include "core/train/adamw_8bit.h"
#include "core/train/optimizer.h"
#include "tests/core/train/optimizer_support.h"

#include <QTest>

using namespace falconer;
using namespace falconer::test;

namespace {

constexpr const char* kKinds[] = {"adamw", "adamw_8bit", "paged_adamw_8bit", "lion", "sgd"};

/// Largest difference relative to the largest value.
double difference(const at::Tensor& a, const at::Tensor& b)
{
    return (a.detach() - b).abs().max().item<double>() / std::max(1e-30, b.abs().max().item<double>());
}

TrainingSettings settingsOf(const QJsonObject& made)
{
    TrainingSettings training;
    training.optimizer = made["kind"].toString().toStdString();
    training.learningRate = made["learning_rate"].toDouble();
    training.weightDecay = made["weight_decay"].toDouble();
    const QJsonObject options = made["options"].toObject();
    for (const QString& key : options.keys())
        training.optimizerOptions[key.toStdString()] = options[key].toDouble();
    return training;
}

} // namespace

class TestOptimizers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalTheReference_data();
    void equalTheReference();
    void goOnFromTheirStates_data() { everyKind(); }
    void goOnFromTheirStates();
    void aMissingGradientIsZero_data() { everyKind(); }
    void aMissingGradientIsZero();
    void bytesOfState_data() { everyKind(); }
    void bytesOfState();
    void embeddingsKeepWideStates();
    void tensorOperationsEqualTheKernel();
    void clippingEqualsTorch();
    void anUnknownNameIsAFault();

private:
    static void everyKind()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : kKinds)
            QTest::newRow(kind) << kind;
    }
};

void TestOptimizers::equalTheReference_data()
{
    QTest::addColumn<QJsonObject>("made");
    const QJsonArray cases = goldenObject("train/optimizers.json")["cases"].toArray();
    QCOMPARE(cases.size(), 10);
    for (const QJsonValue& made : cases)
        QTest::newRow(qPrintable(made["name"].toString())) << made.toObject();
}

void TestOptimizers::equalTheReference()
{
    QFETCH(QJsonObject, made);
    const TrainingSettings training = settingsOf(made);
    const std::unique_ptr<Optimizer> optimizer = makeOptimizer(training, freshParameters());
    QCOMPARE(optimizer->kind(), training.optimizer);
    train(*optimizer, training.learningRate, 1, 30);
    QCOMPARE(optimizer->stepsDone(), 30);

    const std::vector<OptimizerState> states = optimizer->states();
    int compared = 0;
    for (std::size_t i = 0; i < optimizer->parameters().size(); ++i) {
        const TrainableTensor& parameter = optimizer->parameters()[i];
        const QJsonObject expected = made["parameters"].toArray()[static_cast<qsizetype>(i)].toObject();
        QCOMPARE(QString::fromStdString(parameter.name), expected["name"].toString());
        const at::Tensor values = storedTensor(expected["data"], shapeOf(expected));
        QVERIFY(values.defined());
        const double off = difference(parameter.tensor, values);
        const std::int64_t unequal = (parameter.tensor.detach() != values).sum().item<std::int64_t>();
        qInfo("%s: off by %.2g, %lld of %lld not bit-equal", parameter.name.c_str(), off,
            static_cast<long long>(unequal), static_cast<long long>(values.numel()));
        QVERIFY(off < 1e-6);

        const QJsonObject theirs = expected["state"].toObject();
        for (const QString& key : theirs.keys()) {
            // Ours are named as torch and bitsandbytes name them, but for Lion's only one.
            const QString own = (training.optimizer == "lion" ? "momentum" : key) + "." + expected["name"].toString();
            const auto found = std::find_if(states.begin(), states.end(),
                [&](const OptimizerState& state) { return QString::fromStdString(state.name) == own; });
            QVERIFY2(found != states.end(), qPrintable(own));
            const QJsonObject wanted = theirs[key].toObject();
            const bool codes = wanted["type"].toString() == "uint8";
            const at::Tensor state = storedTensor(wanted["data"], shapeOf(wanted), codes ? at::kByte : at::kFloat);
            QCOMPARE(found->tensor->scalar_type(), state.scalar_type());
            if (codes) // a moment whose last bit differs may fall into the next bin
                QVERIFY((*found->tensor != state).sum().item<std::int64_t>() <= state.numel() / 1000);
            else
                QVERIFY(difference(*found->tensor, state) < 1e-6);
            ++compared;
        }
    }
    QVERIFY(compared > 0 || training.optimizer == "sgd");
}

/// What a checkpoint does: states and steps into a fresh optimizer over the same values.
void TestOptimizers::goOnFromTheirStates()
{
    QFETCH(QString, kind);
    TrainingSettings training = settingsFor(qPrintable(kind));
    training.weightDecay = 0.01;
    training.optimizerOptions["momentum"] = 0.9;
    const auto whole = makeOptimizer(training, freshParameters());
    train(*whole, 1e-3, 1, 9);
    const auto before = makeOptimizer(training, freshParameters());
    train(*before, 1e-3, 1, 4);

    std::vector<TrainableTensor> copies;
    for (const TrainableTensor& parameter : before->parameters())
        copies.push_back({parameter.name, parameter.tensor.detach().clone().requires_grad_(true), parameter.decay});
    const auto after = makeOptimizer(training, copies);
    const std::vector<OptimizerState> from = before->states();
    const std::vector<OptimizerState> to = after->states();
    QCOMPARE(to.size(), from.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
        QCOMPARE(to[i].name, from[i].name);
        to[i].tensor->copy_(*from[i].tensor);
    }
    after->setStepsDone(before->stepsDone());
    train(*after, 1e-3, 5, 9);
    for (std::size_t i = 0; i < copies.size(); ++i)
        QVERIFY(at::equal(after->parameters()[i].tensor, whole->parameters()[i].tensor));
    QCOMPARE(after->stepsDone(), whole->stepsDone());
}

void TestOptimizers::aMissingGradientIsZero()
{
    QFETCH(QString, kind);
    TrainingSettings training = settingsFor(qPrintable(kind));
    training.weightDecay = 0.1;
    training.optimizerOptions["momentum"] = 0.5;
    const auto with = makeOptimizer(training, freshParameters());
    const auto without = makeOptimizer(training, freshParameters());
    for (int step = 1; step <= 3; ++step) {
        for (const TrainableTensor& parameter : with->parameters()) {
            at::Tensor tensor = parameter.tensor;
            tensor.mutable_grad() = at::zeros_like(tensor);
        }
        with->step(1e-2);
        without->step(1e-2);
        QVERIFY(!without->parameters()[0].tensor.grad().defined());
    }
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY(at::equal(with->parameters()[i].tensor, without->parameters()[i].tensor));
    // what decays got smaller, the bias stayed
    const std::vector<TrainableTensor> fresh = freshParameters();
    QVERIFY(!at::equal(with->parameters()[0].tensor, fresh[0].tensor));
    QVERIFY(at::equal(with->parameters()[2].tensor, fresh[2].tensor));
}

void TestOptimizers::bytesOfState()
{
    QFETCH(QString, kind);
    TrainingSettings training = settingsFor(qPrintable(kind));
    for (const double momentum : {0.0, 0.9}) {
        training.optimizerOptions["momentum"] = momentum;
        const auto optimizer = makeOptimizer(training, freshParameters());
        std::int64_t planned = 0;
        for (const TrainableTensor& parameter : optimizer->parameters())
            planned += optimizerStateBytes(training, parameter.tensor.numel());
        QCOMPARE(optimizer->stateBytes(), planned);
    }
    if (kind == "adamw_8bit")
        QCOMPARE(optimizerStateBytes(training, 4158), 2 * 4158 + 2 * 17 * 4);
}

void TestOptimizers::embeddingsKeepWideStates()
{
    std::vector<TrainableTensor> parameters = freshParameters();
    parameters[0].wideState = true;
    const auto optimizer = makeOptimizer(settingsFor("adamw_8bit"), parameters);
    for (const OptimizerState& state : optimizer->states())
        QVERIFY2(state.tensor->scalar_type() == at::kFloat, state.name.c_str());
    QCOMPARE(optimizer->stateBytes(), 8 * (66 * 63 + 8 * 24 + 40));
}

/// What a GPU runs, on the CPU.
void TestOptimizers::tensorOperationsEqualTheKernel()
{
    TrainingSettings training = settingsFor("adamw_8bit");
    training.weightDecay = 0.01;
    const auto optimizer = makeOptimizer(training, {freshParameters()[0]});
    const at::Tensor values = freshParameters()[0].tensor.detach();
    at::Tensor codes1 = at::zeros_like(values, at::kByte);
    at::Tensor codes2 = at::zeros_like(values, at::kByte);
    at::Tensor absmax1 = at::zeros({17});
    at::Tensor absmax2 = at::zeros({17});
    for (std::int64_t step = 1; step <= 5; ++step) {
        setGradients(*optimizer, step);
        adam8ByTensors(kernels::adamStep(1e-3, 0.9, 0.999, 1e-8, 0.01, step), optimizer->parameters()[0].tensor.grad(),
            values, codes1, absmax1, codes2, absmax2);
        optimizer->step(1e-3);
        const std::vector<OptimizerState> states = optimizer->states();
        QVERIFY(difference(values, optimizer->parameters()[0].tensor.detach()) < 1e-6);
        QVERIFY((codes1 != *states[0].tensor).sum().item<std::int64_t>() <= 2);
        QVERIFY((codes2 != *states[1].tensor).sum().item<std::int64_t>() <= 2);
        QVERIFY(difference(absmax1, *states[2].tensor) < 1e-6);
        QVERIFY(difference(absmax2, *states[3].tensor) < 1e-6);
    }
}

void TestOptimizers::clippingEqualsTorch()
{
    const QJsonArray cases = goldenObject("train/optimizers.json")["clipping"].toArray();
    QCOMPARE(cases.size(), 3);
    for (const QJsonValue& made : cases) {
        std::vector<TrainableTensor> parameters;
        for (const std::int64_t n : {1, 33, 500}) {
            parameters.push_back({"p", at::zeros({n}).requires_grad_(true)});
            parameters.back().tensor.mutable_grad() = gradientTensor(76 + parameters.size(), {n});
        }
        QCOMPARE(clipGradients(parameters, made["maximum"].toDouble()), made["norm"].toDouble());
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const at::Tensor wanted
                = storedTensor(made["gradients"].toArray()[static_cast<qsizetype>(i)], parameters[i].tensor.sizes());
            QVERIFY(at::equal(parameters[i].tensor.grad(), wanted));
        }
    }
    QCOMPARE(clipGradients({{"p", at::zeros({3}).requires_grad_(true)}}, 1.0), 0.0); // no gradient at all
}

void TestOptimizers::anUnknownNameIsAFault()
{
    const TrainingSettings training = settingsFor("adam");
    QVERIFY_THROWS_EXCEPTION(Error, makeOptimizer(training, {}));
    QVERIFY_THROWS_EXCEPTION(Error, optimizerStateBytes(training, 1));
}

QTEST_GUILESS_MAIN(TestOptimizers)
#include "tst_optimizers.moc"
