// SPDX-License-Identifier: Apache-2.0
// The playground's two sides answer what generate() answers with the adapter off and on.
#include "core/inference/playground.h"
#include "core/model/decoder.h"
#include "tests/core/inference/inference_support.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace falconer;
namespace fs = std::filesystem;

namespace {

constexpr int kTimeout = 120'000;
/// The golden adapters answer this otherwise than their base.
constexpr auto kKettle = "Describe the kettle in one line.\n";

/// Everything that came out of a question.
struct Heard {
    std::map<PlaygroundSide, std::string> text;
    std::map<PlaygroundSide, std::string> prompt;
    std::map<PlaygroundSide, PlaygroundAnswer> answers;
    std::vector<std::string> phases; ///< in their order, each once in a row
    PlaygroundDone done;
    bool isDone = false;

    bool loaded() const
    {
        return std::any_of(phases.begin(), phases.end(),
            [](const std::string& phase) { return phase == "loading" || phase == "quantizing"; });
    }
};

void take(Heard& heard, const PlaygroundEvent& event)
{
    if (const auto* text = std::get_if<PlaygroundText>(&event))
        heard.text[text->side] += text->text;
    else if (const auto* prompt = std::get_if<PlaygroundPrompt>(&event))
        heard.prompt[prompt->side] = prompt->text;
    else if (const auto* answer = std::get_if<PlaygroundAnswer>(&event))
        heard.answers[answer->side] = *answer;
    else if (const auto* phase = std::get_if<PlaygroundPhase>(&event)) {
        if (heard.phases.empty() || heard.phases.back() != phase->phase)
            heard.phases.push_back(phase->phase);
    } else if (const auto* done = std::get_if<PlaygroundDone>(&event)) {
        heard.done = *done;
        heard.isDone = true;
    }
}

/// Waits for the end; `watch` sees each event.
template <class Watch>
Heard listen(Playground& playground, Watch watch)
{
    Heard heard;
    QElapsedTimer clock;
    clock.start();
    while (!heard.isDone && clock.elapsed() < kTimeout) {
        for (const PlaygroundEvent& event : playground.drain()) {
            if (heard.isDone)
                qFatal("an event after the last one");
            take(heard, event);
            watch(event);
        }
        QTest::qSleep(2);
    }
    if (!heard.isDone)
        qFatal("no end");
    return heard;
}
Heard listen(Playground& playground)
{
    return listen(playground, [](const PlaygroundEvent&) {});
}

PlaygroundModel golden(const char* run)
{
    PlaygroundModel model;
    model.path = test::golden("runs") / run / "model";
    model.quantization.type = "none";
    model.quantization.computeDtype = "float32";
    model.device = "cpu";
    return model;
}

PlaygroundQuestion questionOf(const char* run, const std::string& prompt)
{
    PlaygroundQuestion question;
    question.model = golden(run);
    question.adapter = test::golden("runs") / run / "final_adapter";
    question.templateName = "none";
    question.maxNewTokens = 24;
    for (const PlaygroundSide side : {PlaygroundSide::base, PlaygroundSide::tuned})
        question.turns.push_back({side, {{"user", prompt}}});
    return question;
}

} // namespace

class TestPlayground : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sidesAreGenerateWithAndWithoutTheAdapter_data()
    {
        QTest::addColumn<QString>("run");
        QTest::addColumn<double>("temperature");
        for (const char* run : {"falcon-7b", "llama-nf4"}) {
            QTest::addRow("%s, greedy", run) << run << 0.0;
            QTest::addRow("%s, sampled", run) << run << 0.9;
        }
    }
    void sidesAreGenerateWithAndWithoutTheAdapter()
    {
        QFETCH(QString, run);
        QFETCH(double, temperature);
        const QByteArray name = run.toUtf8();
        const std::string prompt = kKettle;
        PlaygroundQuestion question = questionOf(name.constData(), prompt);
        question.sampling.temperature = temperature;
        const auto playground = makePlayground();
        playground->ask(question);
        const Heard heard = listen(*playground);
        QVERIFY2(heard.done.faults.empty(), heard.done.faults.empty() ? "" : sentence(heard.done.faults[0]).c_str());
        for (const PlaygroundSide side : {PlaygroundSide::base, PlaygroundSide::tuned}) {
            // A model of its own, loaded with --adapter or without.
            LoadedModel model = test::loadGolden(name.toStdString(), side == PlaygroundSide::tuned);
            GenerateOptions options;
            options.maxNewTokens = question.maxNewTokens;
            options.sampling = question.sampling;
            options.seed = question.seed;
            const Generated expected = generate(model, prompt, options);
            QCOMPARE(heard.text.at(side), expected.text);
            QCOMPARE(heard.answers.at(side).finish, expected.finish);
            QCOMPARE(heard.answers.at(side).newTokens, expected.newTokens);
            QCOMPARE(heard.answers.at(side).promptTokens, expected.promptTokens);
            QCOMPARE(heard.prompt.at(side), prompt);
        }
        QVERIFY(heard.text.at(PlaygroundSide::base) != heard.text.at(PlaygroundSide::tuned));
    }

    void weightsAreReadOnce()
    {
        const auto playground = makePlayground();
        PlaygroundQuestion question = questionOf("falcon-7b", kKettle);
        playground->ask(question);
        QVERIFY(listen(*playground).loaded());
        // The same question again: nothing is read but the last token.
        playground->ask(question);
        Heard again = listen(*playground);
        QVERIFY(!again.loaded());
        QVERIFY(again.answers.at(PlaygroundSide::tuned).reusedTokens > 0);
        const std::string tuned = again.text.at(PlaygroundSide::tuned);
        QVERIFY(tuned != again.text.at(PlaygroundSide::base));

        // Another adapter goes onto the same weights; what the base has read is kept.
        question.adapter = test::golden("runs/falcon-7b/initial_adapter");
        playground->ask(question);
        again = listen(*playground);
        QVERIFY(!again.loaded());
        QCOMPARE(again.answers.at(PlaygroundSide::tuned).reusedTokens, 0);
        QVERIFY(again.answers.at(PlaygroundSide::base).reusedTokens > 0);
        LoadedModel other = loadModel(question.model.path, question.model.quantization, "cpu", question.adapter);
        GenerateOptions options;
        options.maxNewTokens = question.maxNewTokens;
        QCOMPARE(again.text.at(PlaygroundSide::tuned), generate(other, kKettle, options).text);
        QVERIFY(again.text.at(PlaygroundSide::tuned) != tuned);
        question.adapter = test::golden("runs/falcon-7b/final_adapter");
        playground->ask(question);
        QCOMPARE(listen(*playground).text.at(PlaygroundSide::tuned), tuned);

        playground->unload();
        playground->ask(question);
        QVERIFY(listen(*playground).loaded());
        question.model.quantization.type = "nf4";
        playground->ask(question);
        QVERIFY(listen(*playground).loaded());
    }

    void sameFolderWithAnotherAdapterIsReadAgain()
    {
        const QTemporaryDir temporary;
        const fs::path folder = fs::path(temporary.path().toStdString()) / "adapter";
        fs::copy(test::golden("runs/falcon-7b/initial_adapter"), folder);
        const auto playground = makePlayground();
        PlaygroundQuestion question = questionOf("falcon-7b", kKettle);
        question.adapter = folder;
        playground->ask(question);
        const Heard before = listen(*playground);
        fs::remove_all(folder);
        fs::copy(test::golden("runs/falcon-7b/final_adapter"), folder);
        fs::last_write_time(folder / "adapter_model.safetensors", fs::file_time_type::clock::now());
        playground->ask(question);
        QVERIFY(listen(*playground).text.at(PlaygroundSide::tuned) != before.text.at(PlaygroundSide::tuned));
    }

    void aConversationIsRenderedByItsTemplate()
    {
        const auto playground = makePlayground();
        PlaygroundQuestion question = questionOf("falcon-7b", "Who mends the kettle?");
        question.templateName = "chatml";
        question.turns.resize(1);
        question.turns[0].messages.insert(question.turns[0].messages.begin(), {"system", "Be brief."});
        playground->ask(question);
        QCOMPARE(listen(*playground).prompt.at(PlaygroundSide::base),
            "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWho mends the kettle?<|im_end|>\n"
            "<|im_start|>assistant\n");
    }

    void stopKeepsWhatIsThere()
    {
        const auto playground = makePlayground();
        PlaygroundQuestion question = questionOf("falcon-7b", "An old sailor borrows");
        question.maxNewTokens = 100'000;
        question.sampling.temperature = 5; // hardly ever ends by itself
        playground->ask(question);
        const Heard heard = listen(*playground, [&](const PlaygroundEvent& event) {
            if (std::holds_alternative<PlaygroundText>(event))
                playground->stop();
        });
        QVERIFY(heard.done.stopped);
        QVERIFY(heard.done.faults.empty());
        QCOMPARE(heard.answers.size(), std::size_t(1)); // the second side did not begin
        QCOMPARE(heard.answers.at(PlaygroundSide::base).finish, Finish::cancelled);
        QVERIFY(!heard.text.at(PlaygroundSide::base).empty());
        question.maxNewTokens = 2;
        playground->ask(question);
        QCOMPARE(listen(*playground).answers.size(), std::size_t(2));
    }

    void destroyingItWhileItAnswersEndsIt()
    {
        auto playground = makePlayground();
        PlaygroundQuestion question = questionOf("falcon-7b", "An old sailor borrows");
        question.maxNewTokens = 100'000;
        playground->ask(question);
        QElapsedTimer clock;
        clock.start();
        playground.reset();
        QVERIFY(clock.elapsed() < 10'000);
    }

    void errorsAreToldAndTheNextQuestionIsAnswered()
    {
        const auto playground = makePlayground();
        const PlaygroundQuestion good = questionOf("falcon-7b", "An old sailor borrows");
        const auto codeOf = [&](const PlaygroundQuestion& question) {
            playground->ask(question);
            const Heard heard = listen(*playground);
            return heard.done.faults.empty() ? ErrorCode::internal : heard.done.faults.front().code;
        };
        PlaygroundQuestion question = good;
        question.model.path = "/no/such/model";
        QCOMPARE(codeOf(question), ErrorCode::fileMissing);
        question = good;
        question.adapter = test::golden("runs/llama-nf4/final_adapter");
        QCOMPARE(codeOf(question), ErrorCode::adapterMismatch);
        question = good;
        question.adapter.reset();
        QCOMPARE(codeOf(question), ErrorCode::requestInvalid);
        question = good;
        question.templateName = "auto"; // the model has none
        QCOMPARE(codeOf(question), ErrorCode::requestInvalid);
        question = good;
        question.sampling.topP = -1;
        QCOMPARE(codeOf(question), ErrorCode::requestInvalid);
        question = good;
        question.model.device = "cuda:99";
        QCOMPARE(codeOf(question), ErrorCode::deviceUnavailable);
        question = good;
        for (int i = 0; i < 4000; ++i)
            question.turns[0].messages[0].content += " kettle";
        QCOMPARE(codeOf(question), ErrorCode::requestInvalid);
        playground->ask(good);
        const Heard heard = listen(*playground);
        QVERIFY(heard.done.faults.empty());
        QCOMPARE(heard.answers.size(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(TestPlayground)
#include "tst_playground.moc"
