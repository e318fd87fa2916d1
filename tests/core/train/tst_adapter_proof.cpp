// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/train/adapter_proof.h"
#include "tests/support/paths.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace falconer;
namespace fs = std::filesystem;

class TestAdapterProof : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    fs::path m_folder{m_temporary.path().toStdString()};

    RunEnded train(const fs::path& folder, const std::vector<std::string>& more) const
    {
        const std::string golden = test::golden("runs/falcon-7b-nf4").string();
        std::vector<std::string> all = {"quantization.compute_dtype=float32", "data.max_length=96",
            "training.max_steps=4", "training.micro_batch=4", "training.gradient_accumulation=1",
            "training.learning_rate=2e-3", "training.save_every=2", "device=cpu"};
        all.insert(all.end(), more.begin(), more.end());
        const auto session
            = makeSession(parseRecipe("model: " + golden + "/model\ndata: {train: " + golden + "/train.jsonl}\n",
                              "test.yaml", m_folder, all),
                folder);
        session->start();
        while (true) {
            session->waitForEvents(1000);
            for (const SessionEvent& event : session->drain())
                if (const auto* end = std::get_if<RunEnded>(&event)) {
                    session->join();
                    return *end;
                }
        }
    }

private Q_SLOTS:
    void aCopyMeasuresAsTheRunDid()
    {
        const RunEnded end = train(m_folder / "run",
            {"data.validation=" + test::golden("runs/falcon-7b-nf4/validation.jsonl").string(),
                "training.eval_every=2"});
        QVERIFY2(end.faults.empty(), end.faults.empty() ? "" : sentence(end.faults.front()).c_str());
        fs::copy(m_folder / "run/adapter", m_folder / "copy");
        const AdapterProof proof
            = proveAdapter(m_folder / "run", m_folder / "run/adapter", m_folder / "copy", end.best->loss);
        QVERIFY(proof.validation);
        QCOMPARE(proof.before, end.best->loss);
        QCOMPARE(proof.after, end.proof->after);
        // Without a recorded number both are measured.
        const AdapterProof measured
            = proveAdapter(m_folder / "run", m_folder / "run/adapter", m_folder / "copy", std::nullopt);
        QCOMPARE(measured.before, proof.after);
        QCOMPARE(measured.after, proof.after);
        // Another adapter under the same name is seen.
        const AdapterProof other = proveAdapter(
            m_folder / "run", m_folder / "run/adapter", m_folder / "run/checkpoints/checkpoint-2", end.best->loss);
        QVERIFY(other.after != proof.after);
    }

    void withoutValidationItIsTheFirstTrainingRows()
    {
        const RunEnded end = train(m_folder / "plain", {"data.validation=0"});
        QVERIFY(end.faults.empty());
        const AdapterProof proof
            = proveAdapter(m_folder / "plain", m_folder / "plain/adapter", m_folder / "plain/adapter", 1.0);
        QVERIFY(!proof.validation);
        QCOMPARE(proof.before, proof.after);
        QCOMPARE(proof.after, end.proof->after);
    }

    void whatIsWrongIsThrown()
    {
        const auto codeOf = [](const std::function<void()>& call) {
            try {
                call();
            } catch (const Error& error) {
                return error.code();
            }
            return ErrorCode::internal;
        };
        const fs::path run = m_folder / "run";
        QCOMPARE(codeOf([&] { proveAdapter(m_folder, run, run, 1.0); }), ErrorCode::requestInvalid);
        QCOMPARE(codeOf([&] { proveAdapter(run, run, m_folder / "gone", 1.0); }), ErrorCode::fileMissing);
        QCOMPARE(codeOf([&] { proveAdapter(run, run / "adapter", test::golden("runs/llama-nf4/final_adapter"), 1.0); }),
            ErrorCode::adapterMismatch);
        QCOMPARE(codeOf([&] {
            proveAdapter(run, run / "adapter", run / "adapter", 1.0,
                [](std::string_view phase, long long, long long) { return phase != "evaluating"; });
        }),
            ErrorCode::cancelled);
    }
};

QTEST_GUILESS_MAIN(TestAdapterProof)
#include "tst_adapter_proof.moc"
