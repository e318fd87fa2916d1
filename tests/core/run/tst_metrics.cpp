// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/run/run_folder.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <limits>
#include <random>
#include <string>
#include <thread>

#include <sys/resource.h>

using namespace falconer;
namespace fs = std::filesystem;

namespace {

/// The same bits, or both NaN.
bool same(double a, double b) { return (std::isnan(a) && std::isnan(b)) || std::memcmp(&a, &b, sizeof a) == 0; }

RunFolder makeRun(const fs::path& folder)
{
    Recipe recipe;
    recipe.model = "/m";
    recipe.data.train = {{"/d", 1}};
    return RunFolder::create(folder, recipe);
}

} // namespace

class TestMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void linesAreThoseOfTheContract()
    {
        const RunFolder run = makeRun(base() / "run");
        run.append(StepMetrics{1, 0.25, 3.5, 1.5, 2e-4, 512, 100.5, 5.25});
        run.append(EvalMetrics{1, 2.5, 12.25, 99});
        QCOMPARE(QString::fromStdString(readFile(run.metricsFile())),
            QString("{\"step\":1,\"epoch\":0.25,\"loss\":3.5,\"grad_norm\":1.5,\"learning_rate\":0.0002,\"tokens\":512,"
                    "\"tokens_per_second\":100.5,\"seconds\":5.25}\n"
                    "{\"step\":1,\"eval_loss\":2.5,\"eval_perplexity\":12.25,\"eval_tokens\":99}\n"));
    }

    void numbersReadBackToTheLastBit()
    {
        const RunFolder run = makeRun(base() / "run");
        std::mt19937_64 random(1);
        const auto draw = [&] {
            const std::uint64_t bits = random();
            double value = 0;
            std::memcpy(&value, &bits, sizeof value);
            return std::isfinite(value) ? value : 0.1;
        };
        std::vector<StepMetrics> written = {{1, 0.1, 1.0 / 3, 0.1 + 0.2, 1e-300, 0, 5e-324, 1.7976931348623157e308},
            {2, -0.0, 0, 1, 1e22, std::numeric_limits<std::int64_t>::max(), 123456789012345680.0, 1e15}};
        for (int step = 3; step < 500; ++step)
            written.push_back(
                {step, draw(), draw(), draw(), draw(), static_cast<std::int64_t>(random() >> 1), draw(), draw()});
        for (const StepMetrics& metrics : written)
            run.append(metrics);
        const std::vector<StepMetrics> read = readMetrics(run.metricsFile()).steps;
        QCOMPARE(read.size(), written.size());
        for (std::size_t i = 0; i < read.size(); ++i) {
            const StepMetrics &a = read[i], &b = written[i];
            QVERIFY(a.step == b.step && a.tokens == b.tokens && same(a.epoch, b.epoch) && same(a.loss, b.loss)
                && same(a.gradNorm, b.gradNorm) && same(a.learningRate, b.learningRate)
                && same(a.tokensPerSecond, b.tokensPerSecond) && same(a.seconds, b.seconds));
        }
    }

    void whatIsNotFiniteBecomesNull()
    {
        const RunFolder run = makeRun(base() / "run");
        constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
        constexpr double kInfinity = std::numeric_limits<double>::infinity();
        run.append(StepMetrics{1, 0, kNan, kInfinity, 0, 0, 0, 0});
        run.append(EvalMetrics{1, kNan, kInfinity, 3});
        QVERIFY(readFile(run.metricsFile()).find("\"loss\":null,\"grad_norm\":null") != std::string::npos);
        const MetricsHistory history = readMetrics(run.metricsFile());
        QVERIFY(std::isnan(history.steps.at(0).loss) && std::isnan(history.steps.at(0).gradNorm));
        QVERIFY(std::isnan(history.evals.at(0).loss) && std::isnan(history.evals.at(0).perplexity));
        QCOMPARE(history.evals.at(0).tokens, std::int64_t{3});
    }

    void linesOfOtherPrograms()
    {
        const MetricsHistory history
            = read("\n{\"step\": 5, \"loss\": 2, \"eval_loss\": 1.5, \"new_key\": [1, {}]}\r\n   \n"
                   "{\"step\":6,\"note\":\"neither\"}\n{\"step\":7,\"eval_loss\":1}");
        QCOMPARE(history.steps.size(), std::size_t{1});
        QCOMPARE(history.evals.size(), std::size_t{2});
        QCOMPARE(history.steps[0].step, std::int64_t{5});
        QVERIFY(
            history.steps[0].loss == 2 && std::isnan(history.steps[0].learningRate) && history.steps[0].tokens == 0);
        QVERIFY(history.evals[0].loss == 1.5 && history.evals[0].perplexity == std::exp(1.5));
        QVERIFY(history.evals[1].step == 7); // complete, though without a newline
        QVERIFY(read("").steps.empty());
    }

    void unfinishedLastLine_data()
    {
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("cut in a key") << QByteArray("{\"st");
        QTest::newRow("cut in a number") << QByteArray("{\"step\":3,\"loss\":1.");
        QTest::newRow("a number alone") << QByteArray("1");
        QTest::newRow("zero bytes of a power cut") << QByteArray(300, '\0');
        QTest::newRow("cut in a letter") << QByteArray("{\"step\":3,\"note\":\"\xC3");
    }
    void unfinishedLastLine()
    {
        QFETCH(QByteArray, end);
        const MetricsHistory history = read("{\"step\":1,\"loss\":3}\n{\"step\":2,\"loss\":2}\n" + end.toStdString());
        QCOMPARE(history.steps.size(), std::size_t{2});
    }

    void brokenLines_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("problem");
        QTest::newRow("no JSON") << QByteArray("what") << "is not valid JSON";
        QTest::newRow("cut") << QByteArray("{\"step\":3") << "is not valid JSON";
        QTest::newRow("two objects") << QByteArray("{\"step\":3}{\"step\":4}") << "is not valid JSON";
        QTest::newRow("a list") << QByteArray("[1]") << "is not a JSON object";
        QTest::newRow("no step") << QByteArray("{\"loss\":3}") << "has no step";
        QTest::newRow("step is text") << QByteArray("{\"step\":\"3\"}") << "step is not a whole number";
        QTest::newRow("step is a fraction") << QByteArray("{\"step\":3.5}") << "step is not a whole number";
        QTest::newRow("step too large") << QByteArray("{\"step\":18446744073709551615}")
                                        << "step is not a whole number";
        QTest::newRow("step below 0") << QByteArray("{\"step\":-3}") << "has a step below 0";
        QTest::newRow("loss is text") << QByteArray("{\"step\":3,\"loss\":\"x\"}") << "loss is not a number";
        QTest::newRow("loss is a list") << QByteArray("{\"step\":3,\"eval_loss\":[]}") << "eval_loss is not a number";
        QTest::newRow("tokens is null") << QByteArray("{\"step\":3,\"loss\":1,\"tokens\":null}")
                                        << "tokens is not a whole number";
        QTest::newRow("deep") << QByteArray(100'000, '[') << "is not valid JSON";
        QTest::newRow("deep and closed") << QByteArray(100'000, '[') + QByteArray(100'000, ']')
                                         << "is not a JSON object";
        QTest::newRow("bad letters") << QByteArray("{\"step\":3,\"note\":\"\xFF\"}") << "is not valid JSON";
        QTest::newRow("huge number") << QByteArray("{\"step\":3,\"loss\":1e999}") << "is not valid JSON";
    }
    void brokenLines()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, problem);
        const std::string content = "{\"step\":1,\"loss\":3}\n\n" + line.toStdString() + "\n{\"step\":4,\"loss\":2}\n";
        try {
            read(content);
            QFAIL("read a broken line");
        } catch (const Error& error) {
            const Fault& fault = error.faults().front();
            QCOMPARE(fault.code, ErrorCode::fileMalformed);
            QCOMPARE(fault.subject, std::string("metrics.jsonl, line 3"));
            QCOMPARE(QString::fromStdString(fault.problem), problem);
            QVERIFY(fault.fix.find((base() / "metrics.jsonl").string()) != std::string::npos);
        }
    }

    void missingFile()
    {
        try {
            readMetrics(base() / "metrics.jsonl");
            QFAIL("read a file that is not there");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::fileMissing);
        }
    }

    void cutting()
    {
        const RunFolder run = makeRun(base() / "run");
        run.cutMetrics(5); // there is none yet
        QVERIFY(!fs::exists(run.metricsFile()));
        const std::string kept
            = "{\"step\":1,\"loss\":3}\n{\"step\":2, \"loss\": 2,\"own\":[1]}\n{\"step\":2,\"eval_loss\":2}\n";
        const std::string later = "{\"step\":3,\"loss\":1}\n{\"step\":4,\"loss\":1}\n";
        writeFile(run.metricsFile(), kept + later + "{\"step\":5,\"lo");
        run.cutMetrics(2);
        QCOMPARE(readFile(run.metricsFile()), kept); // byte for byte
        run.append(StepMetrics{3, 0, 1, 1, 0, 0, 0, 0});
        QCOMPARE(readMetrics(run.metricsFile()).steps.size(), std::size_t{3});
        run.cutMetrics(0);
        QCOMPARE(readFile(run.metricsFile()), std::string());
    }

    void cuttingKeepsABrokenFile()
    {
        const RunFolder run = makeRun(base() / "run");
        const std::string content = "{\"step\":1,\"loss\":3}\nbroken\n{\"step\":2,\"loss\":3}\n";
        writeFile(run.metricsFile(), content);
        QVERIFY_EXCEPTION_THROWN(run.cutMetrics(1), Error);
        QCOMPARE(readFile(run.metricsFile()), content);
    }

    void aLineAfterAnUnfinishedOneBeginsAnew()
    {
        const RunFolder run = makeRun(base() / "run");
        writeFile(run.eventsFile(), "{\"event\":\"star");
        run.appendEvent("resumed", "");
        const std::string content = readFile(run.eventsFile());
        QVERIFY(content.find("{\"event\":\"star\n{\"time\"") == 0);
    }

    /// Two writers of one file never mix their lines.
    void linesAreWrittenWhole()
    {
        const RunFolder run = makeRun(base() / "run");
        std::vector<std::thread> writers;
        for (int writer = 0; writer < 4; ++writer)
            writers.emplace_back([&run, writer] {
                for (int step = 0; step < 250; ++step)
                    run.append(StepMetrics{writer * 1000 + step, 0.1, 0.2, 0.3, 0.4, 5, 0.6, 0.7});
            });
        for (std::thread& writer : writers)
            writer.join();
        QCOMPARE(readMetrics(run.metricsFile()).steps.size(), std::size_t{1000});
    }

    /// A limit on the file's size stands for a full disk: the line is not there at all, and the next one fits again.
    void aFullDiskLeavesNoHalfLine()
    {
        const RunFolder run = makeRun(base() / "run");
        run.append(EvalMetrics{1, 2.5, 12.25, 99});
        const std::string before = readFile(run.metricsFile());
        rlimit standard{};
        QVERIFY(::getrlimit(RLIMIT_FSIZE, &standard) == 0);
        const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit tight = standard;
        tight.rlim_cur = before.size() + 10;
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &tight) == 0);
        ErrorCode code = ErrorCode::internal;
        try {
            run.append(EvalMetrics{2, 2.5, 12.25, 99});
        } catch (const Error& error) {
            code = error.code();
        }
        ::setrlimit(RLIMIT_FSIZE, &standard);
        std::signal(SIGXFSZ, oldHandler);
        QCOMPARE(code, ErrorCode::diskFull);
        QCOMPARE(readFile(run.metricsFile()), before);
        run.append(EvalMetrics{2, 2.5, 12.25, 99});
        QCOMPARE(readMetrics(run.metricsFile()).evals.size(), std::size_t{2});
    }

private:
    fs::path base() const { return fs::canonical(m_temporary->path().toStdString()); }

    MetricsHistory read(const std::string& content) const
    {
        writeFile(base() / "metrics.jsonl", content);
        return readMetrics(base() / "metrics.jsonl");
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
