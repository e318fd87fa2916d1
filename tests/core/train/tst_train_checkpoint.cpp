// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/train/train_checkpoint.h"
#include "tests/core/train/optimizer_support.h"

#include <QTemporaryDir>
#include <QTest>

using namespace falconer;
using namespace falconer::test;

namespace {

LoraAdapter adapter()
{
    LoraAdapter made;
    made.config.rank = 2;
    made.config.targetModules = {"dense"};
    LoraPair& pair = made.pairs.emplace_back();
    pair.module = "transformer.h.0.self_attention.dense";
    pair.a = at::ones({2, 8});
    pair.b = at::zeros({8, 2});
    return made;
}

TrainState someState()
{
    TrainState state;
    state.step = 7;
    state.tokens = 1234;
    state.seconds = 0.1;
    state.dataFingerprint = 0xFFFFFFFFFFFFFFFFU;
    state.best = EvalMetrics{6, 1.25, 3.5, 99};
    return state;
}

TrainingSettings settingsWithMomentum(const QString& kind)
{
    TrainingSettings training = settingsFor(qPrintable(kind));
    training.optimizerOptions["momentum"] = 0.9;
    return training;
}

/// The message of what readOptimizer() throws; empty when it throws nothing.
QString refusal(const std::filesystem::path& folder, Optimizer& optimizer, ErrorCode code)
{
    try {
        readOptimizer(folder, optimizer);
    } catch (const Error& error) {
        return error.code() == code ? QString::fromStdString(sentence(error.faults().front())) : "another code";
    }
    return {};
}

} // namespace

class TestTrainCheckpoint : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void goesOnToTheSameNumbers_data();
    void goesOnToTheSameNumbers();
    void holdsAStepThatWasBegun();
    void refusesAnotherOptimizer();
    void refusesOtherTensors_data();
    void refusesOtherTensors();
    void refusesADamagedState_data();
    void refusesADamagedState();

private:
    std::filesystem::path path() const
    {
        return std::filesystem::path(m_folder->path().toStdString()) / "checkpoint-7";
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTrainCheckpoint::goesOnToTheSameNumbers_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"adamw", "adamw_8bit", "paged_adamw_8bit", "lion", "sgd"})
        QTest::newRow(kind) << kind;
}

void TestTrainCheckpoint::goesOnToTheSameNumbers()
{
    QFETCH(QString, kind);
    const TrainingSettings training = settingsWithMomentum(kind);
    const auto optimizer = makeOptimizer(training, freshParameters());
    train(*optimizer, 1e-3, 1, 7);
    TrainState state = someState();
    state.lossScaler = LossScaler::State{0.5, 17, 2};
    writeCheckpoint(path(), Recipe(), state, adapter(), *optimizer, at::arange(16, at::kByte));

    std::vector<TrainableTensor> copies;
    for (const TrainableTensor& parameter : optimizer->parameters())
        copies.push_back({parameter.name, parameter.tensor.detach().clone().requires_grad_(true), parameter.decay});
    const auto resumed = makeOptimizer(training, copies);
    const TrainState read = readTrainState(path());
    const at::Tensor generator = readOptimizer(path(), *resumed);
    QVERIFY(at::equal(generator, at::arange(16, at::kByte)));
    QCOMPARE(read.step, 7);
    QCOMPARE(read.dataFingerprint, state.dataFingerprint);
    QCOMPARE(read.best->loss, 1.25);
    QVERIFY(read.lossScaler == state.lossScaler);
    QVERIFY(!read.start);
    QCOMPARE(read.microBatches, 0);
    QCOMPARE(resumed->stepsDone(), 7);
    QVERIFY(!copies[0].tensor.grad().defined());
    train(*optimizer, 1e-3, 8, 12);
    train(*resumed, 1e-3, 8, 12);
    for (std::size_t i = 0; i < copies.size(); ++i)
        QVERIFY(at::equal(copies[i].tensor, optimizer->parameters()[i].tensor));
}

void TestTrainCheckpoint::holdsAStepThatWasBegun()
{
    const auto optimizer = makeOptimizer(settingsFor("lion"), freshParameters());
    setGradients(*optimizer, 3);
    at::Tensor last = optimizer->parameters()[2].tensor;
    last.mutable_grad().reset();
    TrainState state = someState();
    state.microBatches = 2;
    state.partialLoss = 0.1F;
    writeCheckpoint(path(), Recipe(), state, adapter(), *optimizer, at::zeros({4}, at::kByte));

    const auto resumed = makeOptimizer(settingsFor("lion"), freshParameters());
    readOptimizer(path(), *resumed);
    const TrainState read = readTrainState(path());
    QCOMPARE(read.microBatches, 2);
    QCOMPARE(static_cast<float>(read.partialLoss), 0.1F);
    for (std::size_t i = 0; i < 2; ++i)
        QVERIFY(at::equal(resumed->parameters()[i].tensor.grad(), optimizer->parameters()[i].tensor.grad()));
    QVERIFY(at::equal(resumed->parameters()[2].tensor.grad(), at::zeros({40})));
}

void TestTrainCheckpoint::refusesAnotherOptimizer()
{
    const auto optimizer = makeOptimizer(settingsFor("adamw_8bit"), freshParameters());
    writeCheckpoint(path(), Recipe(), someState(), adapter(), *optimizer, at::zeros({4}, at::kByte));
    for (const char* other : {"adamw", "lion", "sgd", "paged_adamw_8bit"}) {
        const auto resumed = makeOptimizer(settingsFor(other), freshParameters());
        const QString message = refusal(path(), *resumed, ErrorCode::requestInvalid);
        QVERIFY2(message.contains(QString("saved by the optimizer adamw_8bit, but the recipe says %1").arg(other)),
            qPrintable(message));
        QVERIFY(message.contains("checkpoint-7"));
        QCOMPARE(resumed->stepsDone(), 0);
    }
}

void TestTrainCheckpoint::refusesOtherTensors_data()
{
    QTest::addColumn<int>("change");
    QTest::addColumn<QString>("message");
    QTest::newRow("another rank") << 0 << "exp_avg.small.weight has another type or shape";
    QTest::newRow("another name") << 1 << "exp_avg.large.weight is missing";
    QTest::newRow("fewer tensors") << 2 << "it holds 6 tensors where this run has 4";
}

void TestTrainCheckpoint::refusesOtherTensors()
{
    QFETCH(int, change);
    QFETCH(QString, message);
    const auto optimizer = makeOptimizer(settingsFor("adamw"), freshParameters());
    train(*optimizer, 1e-3, 1, 2);
    writeCheckpoint(path(), Recipe(), someState(), adapter(), *optimizer, at::zeros({4}, at::kByte));
    std::vector<TrainableTensor> parameters = freshParameters();
    if (change == 0)
        parameters[1].tensor = at::zeros({24, 8}).requires_grad_(true);
    else if (change == 1)
        parameters[1].name = "large.weight";
    else
        parameters.pop_back();
    const auto resumed = makeOptimizer(settingsFor("adamw"), parameters);
    const QString made = refusal(path(), *resumed, ErrorCode::requestInvalid);
    QVERIFY2(made.contains(message) && made.contains("belongs to another recipe"), qPrintable(made));
    for (const OptimizerState& state : resumed->states()) // nothing was read before everything was checked
        QVERIFY(state.tensor->eq(0).all().item<bool>());
}

void TestTrainCheckpoint::refusesADamagedState_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not an object") << QByteArray("[1]");
    QTest::newRow("a key is missing") << QByteArray(R"({"step": 7})");
    QTest::newRow("wrong types") << QByteArray(R"({"optimizer": {"kind": 3, "steps": "x"}, "micro_batches": {}})");
}

void TestTrainCheckpoint::refusesADamagedState()
{
    QFETCH(QByteArray, text);
    const auto optimizer = makeOptimizer(settingsFor("adamw"), freshParameters());
    writeCheckpoint(path(), Recipe(), someState(), adapter(), *optimizer, at::zeros({4}, at::kByte));
    writeFile(path() / "trainer_state.json", text.toStdString());
    const QString message = refusal(path(), *optimizer, ErrorCode::fileMalformed);
    QVERIFY2(message.contains("trainer_state.json"), qPrintable(message));
    QVERIFY_THROWS_EXCEPTION(Error, readTrainState(path()));
}

QTEST_GUILESS_MAIN(TestTrainCheckpoint)
#include "tst_train_checkpoint.moc"
