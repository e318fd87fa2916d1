// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/inference/generate.h"
#include "core/model/decoder.h"
#include "tests/core/inference/inference_support.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace falconer;

class TestGenerate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void greedyIsTheArgmaxOfFullForwards_data();
    void greedyIsTheArgmaxOfFullForwards();
    void longPromptIsReadInParts();
    void samplingFollowsTheSeed();
    void batchingChangesNoAnswer();
    void streamsWholeCharactersAndStops();
    void stopStringsAndStopIdsEndTheAnswer();
    void stopStringIsNeverShownInPart();
    void cancelledBetweenTokens();
    void progressReportsAndCancels();
    void adapterIsTakenOffForOneAnswer();
    void contextIsTheLimit();
    void faultsAreToldAtOnce();
    void conversationReadsOnlyWhatIsNew();
};

namespace {

const std::vector<std::string> kPrompts{"Who mends the kettle?\n", "Describe the ferry in one line.\n", "雨",
    "Question 3: where is the violin?\nAnswer:", "An old sailor borrows"};

GenerateOptions sampled(std::int64_t maxNewTokens = 24)
{
    GenerateOptions options;
    options.maxNewTokens = maxNewTokens;
    options.sampling.temperature = 1.0;
    options.sampling.topP = 0.9;
    return options;
}

std::vector<std::int64_t> wide(const std::vector<std::int32_t>& ids) { return {ids.begin(), ids.end()}; }

/// The error of an action that must throw one.
template <class Action>
std::vector<Fault> faultsOfAction(Action action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.faults();
    }
    return {};
}

} // namespace

void TestGenerate::greedyIsTheArgmaxOfFullForwards_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"falcon-7b", "falcon-40b-nf4", "falcon-rw", "llama-nf4"})
        QTest::newRow(name) << name;
}

void TestGenerate::greedyIsTheArgmaxOfFullForwards()
{
    QFETCH(QString, name);
    LoadedModel model = test::loadGolden(name.toStdString());
    const std::string prompt = "Describe the kettle in one line.\n";
    GenerateOptions options;
    options.maxNewTokens = 12;
    const Generated generated = generate(model, prompt, options);
    QVERIFY(generated.newTokens > 0);

    const at::NoGradGuard noGrad;
    std::vector<std::int64_t> ids = wide(model.tokenizer->encode(prompt));
    std::vector<std::int32_t> made;
    for (int i = 0; i < 12; ++i) {
        const auto length = static_cast<std::int64_t>(ids.size());
        const at::Tensor hidden = model.decoder->forward(at::tensor(at::ArrayRef<std::int64_t>(ids)), {&length, 1});
        const auto id = model.decoder->logits(hidden)[hidden.size(0) - 1].argmax().item<std::int64_t>();
        if (id == model.tokenizer->eos())
            break;
        ids.push_back(id);
        made.push_back(static_cast<std::int32_t>(id));
    }
    QCOMPARE(generated.ids, made);
    QCOMPARE(generated.text, model.tokenizer->decode(made));
}

void TestGenerate::longPromptIsReadInParts()
{
    for (const char* name : {"falcon-rw", "llama-nf4"}) {
        LoadedModel model = test::loadGolden(name);
        std::string prompt;
        for (int i = 0; i < 130; ++i)
            prompt += "The night guard measures violin " + std::to_string(i) + " by the river. ";
        const std::vector<std::int64_t> ids = wide(model.tokenizer->encode(prompt));
        QVERIFY(ids.size() > 1100 && ids.size() < 2000);
        GenerateOptions options;
        options.maxNewTokens = 1;
        // Beside others, so that there is not room for it in the first pass.
        const std::vector<std::string> prompts{prompt, kPrompts[0], prompt};
        const std::vector<Generated> made = generate(model, std::span<const std::string>(prompts), options);
        const at::NoGradGuard noGrad;
        const auto length = static_cast<std::int64_t>(ids.size());
        const at::Tensor hidden = model.decoder->forward(at::tensor(at::ArrayRef<std::int64_t>(ids)), {&length, 1});
        const auto expected = model.decoder->logits(hidden.narrow(0, length - 1, 1)).argmax().item<std::int64_t>();
        QCOMPARE(wide(made[0].ids), std::vector<std::int64_t>{expected});
        QCOMPARE(made[2].ids, made[0].ids);
        QCOMPARE(made[1].ids, generate(model, kPrompts[0], options).ids);
        QCOMPARE(made[0].promptTokens, length);
    }
}

void TestGenerate::samplingFollowsTheSeed()
{
    LoadedModel model = test::loadGolden("falcon-7b");
    GenerateOptions options = sampled();
    const std::string first = generate(model, "Who mends", options).text;
    QCOMPARE(generate(model, "Who mends", options).text, first);
    options.seed = 43;
    QVERIFY(generate(model, "Who mends", options).text != first);
    options.sampling.topP = 1e-9; // only the most likely token is left
    const std::string nucleus = generate(model, "Who mends", options).text;
    options.sampling.temperature = 0;
    QCOMPARE(generate(model, "Who mends", options).text, nucleus);
}

void TestGenerate::batchingChangesNoAnswer()
{
    for (const char* name : {"falcon-40b-nf4", "falcon-rw", "llama-nf4"}) {
        LoadedModel model = test::loadGolden(name, true);
        GenerateOptions options = sampled();
        options.sampling.repetitionPenalty = 1.2;
        std::vector<Generated> alone;
        for (const std::string& prompt : kPrompts)
            alone.push_back(generate(model, prompt, options));
        for (const std::int64_t batch : {1, 2, 5, 16}) { // with 2, one that ends makes room for the next
            options.batch = batch;
            std::map<std::size_t, std::string> shown;
            const std::vector<Generated> together = generate(
                model, std::span<const std::string>(kPrompts), options, [&](std::size_t prompt, std::string_view text) {
                    shown[prompt] += text;
                    return true;
                });
            QCOMPARE(together.size(), kPrompts.size());
            for (std::size_t i = 0; i < kPrompts.size(); ++i) {
                QCOMPARE(together[i].ids, alone[i].ids);
                QCOMPARE(together[i].finish, alone[i].finish);
                QCOMPARE(together[i].promptTokens, alone[i].promptTokens);
                QCOMPARE(shown[i], together[i].text);
            }
        }
        QVERIFY(generate(model, std::span<const std::string>(), options).empty());
    }
}

void TestGenerate::streamsWholeCharactersAndStops()
{
    LoadedModel model = test::loadGolden("llama-nf4");
    GenerateOptions options;
    options.maxNewTokens = 60;
    options.sampling.temperature = 1.5; // a random model at a high temperature makes bytes of broken characters
    std::string streamed;
    int pieces = 0;
    const Generated all = generate(model, "雨", options, [&](std::string_view text) {
        if (QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toStdString() != text)
            qFatal("a piece that is not UTF-8");
        streamed += text;
        ++pieces;
        return true;
    });
    QVERIFY(pieces > 1);
    QCOMPARE(streamed, all.text);
    int calls = 0;
    const Generated cut = generate(model, "雨", options, [&](std::string_view) { return ++calls < 3; });
    QCOMPARE(calls, 3); // and not once more
    QVERIFY(cut.newTokens < all.newTokens);
    QCOMPARE(cut.finish, Finish::cancelled);
    QVERIFY(!cut.stopped());
}

void TestGenerate::stopStringsAndStopIdsEndTheAnswer()
{
    LoadedModel model = test::loadGolden("llama-nf4");
    GenerateOptions options = sampled(40);
    const Generated all = generate(model, kPrompts[0], options);
    QVERIFY(all.text.size() > 20);
    // Three plain letters from the middle: what stands for a broken character is not what the model said.
    const auto plain = [](char letter) { return letter >= ' ' && letter <= '~'; };
    std::size_t at = 5;
    while (at + 3 < all.text.size()
        && !std::all_of(all.text.begin() + std::ptrdiff_t(at), all.text.begin() + std::ptrdiff_t(at) + 3, plain))
        ++at;
    options.stopStrings = {"never said by anyone", all.text.substr(at, 3)};
    const Generated cut = generate(model, kPrompts[0], options);
    QCOMPARE(cut.text, all.text.substr(0, all.text.find(options.stopStrings[1])));
    QCOMPARE(cut.finish, Finish::stopString);
    QVERIFY(cut.stopped());
    QVERIFY(std::equal(cut.ids.begin(), cut.ids.end(), all.ids.begin()));

    options.stopStrings.clear();
    options.stopIds = {all.ids[5]};
    const Generated stopped = generate(model, kPrompts[0], options);
    const auto first = std::find(all.ids.begin(), all.ids.end(), all.ids[5]);
    QCOMPARE(stopped.ids, std::vector<std::int32_t>(all.ids.begin(), first));
    QCOMPARE(stopped.finish, Finish::stopToken);
}

void TestGenerate::stopStringIsNeverShownInPart()
{
    LoadedModel model = test::loadGolden("falcon-rw");
    GenerateOptions options = sampled(40);
    const std::string all = generate(model, kPrompts[1], options).text;
    for (std::size_t begin = 0; begin + 4 < all.size(); ++begin) {
        options.stopStrings = {all.substr(begin, 4)};
        if (QString::fromStdString(options.stopStrings[0]).toStdString() != options.stopStrings[0])
            continue; // cuts a character
        if (options.stopStrings[0].find("\xEF\xBF\xBD") != std::string::npos)
            continue; // stands for bytes that are no character
        std::string shown;
        const Generated cut = generate(model, kPrompts[1], options, [&](std::string_view text) {
            shown += text;
            if (all.compare(0, shown.size(), shown) != 0)
                qFatal("it showed what it did not say");
            return true;
        });
        QCOMPARE(shown, cut.text);
        QCOMPARE(cut.text, all.substr(0, all.find(options.stopStrings[0])));
    }
}

void TestGenerate::cancelledBetweenTokens()
{
    LoadedModel model = test::loadGolden("falcon-7b");
    CancelFlag cancel;
    GenerateOptions options = sampled(200);
    options.cancel = &cancel;
    options.batch = 2;
    std::vector<std::string> shown(kPrompts.size());
    int calls = 0;
    const std::vector<Generated> made = generate(
        model, std::span<const std::string>(kPrompts), options, [&](std::size_t prompt, std::string_view text) {
            shown[prompt] += text;
            if (++calls == 7)
                cancel.raise();
            return true;
        });
    QCOMPARE(made[0].finish, Finish::cancelled);
    QVERIFY(made[0].newTokens > 0 && made[0].newTokens < 20);
    QCOMPARE(made[4].finish, Finish::cancelled); // it was never begun
    QCOMPARE(made[4].newTokens, 0);
    for (std::size_t i = 0; i < made.size(); ++i)
        QCOMPARE(shown[i], made[i].text);
    cancel.lower();
    options.maxNewTokens = 3;
    QCOMPARE(generate(model, kPrompts[0], options).newTokens, 3);
}

void TestGenerate::progressReportsAndCancels()
{
    LoadedModel model = test::loadGolden("falcon-7b");
    GenerateOptions options;
    options.maxNewTokens = 5;
    std::map<std::string, std::vector<long long>, std::less<>> seen;
    options.progress = [&](std::string_view phase, long long done, long long) {
        seen[std::string(phase)].push_back(done);
        return true;
    };
    const Generated made = generate(model, kPrompts[0], options);
    QCOMPARE(seen["reading"], std::vector<long long>{0});
    QCOMPARE(made.newTokens, 5);
    QCOMPARE(seen["generating"], (std::vector<long long>{1, 2, 3, 4}));
    options.progress = [](std::string_view phase, long long, long long) { return phase == "reading"; };
    const std::vector<Fault> faults = faultsOfAction([&] { generate(model, kPrompts[0], options); });
    QCOMPARE(faults.size(), 1U);
    QCOMPARE(faults[0].code, ErrorCode::cancelled);
}

void TestGenerate::adapterIsTakenOffForOneAnswer()
{
    LoadedModel base = test::loadGolden("llama-nf4");
    LoadedModel tuned = test::loadGolden("llama-nf4", true);
    GenerateOptions options;
    options.maxNewTokens = 20;
    const std::vector<std::int32_t> plain = generate(base, kPrompts[0], options).ids;
    const std::vector<std::int32_t> adapted = generate(tuned, kPrompts[0], options).ids;
    QVERIFY(plain != adapted);
    options.useAdapter = false;
    QCOMPARE(generate(tuned, kPrompts[0], options).ids, plain);
    QVERIFY_EXCEPTION_THROWN(generate(tuned, kPrompts[0], options,
                                 [](std::string_view) -> bool { throw Error(ErrorCode::internal, "a", "b"); }),
        Error);
    options.useAdapter = true; // it is on again, after an error too
    QCOMPARE(generate(tuned, kPrompts[0], options).ids, adapted);
}

void TestGenerate::contextIsTheLimit()
{
    const QTemporaryDir folder;
    const std::filesystem::path model = std::filesystem::path(folder.path().toStdString()) / "model";
    std::filesystem::copy(test::golden("runs/falcon-7b/model"), model);
    std::string config = readFile(model / "config.json");
    const std::string context = "\"max_position_embeddings\": 2048";
    config.replace(config.find(context), context.size(), "\"max_position_embeddings\": 16");
    writeFile(model / "config.json", config);
    QuantizationSettings settings;
    settings.type = "none";
    settings.computeDtype = "float32";
    LoadedModel loaded = loadModel(model, settings, "cpu", std::nullopt);
    GenerateOptions options;
    const Generated made = generate(loaded, kPrompts[0], options);
    QCOMPARE(made.promptTokens + made.newTokens, 16);
    QCOMPARE(made.finish, Finish::context);

    const std::vector<std::string> prompts{kPrompts[0], std::string(40, 'x')};
    const std::vector<Fault> faults
        = faultsOfAction([&] { generate(loaded, std::span<const std::string>(prompts), options); });
    QCOMPARE(faults.size(), 1U);
    QCOMPARE(faults[0].code, ErrorCode::requestInvalid);
    QCOMPARE(faults[0].subject, "prompt 2");
    QVERIFY(faults[0].problem.find("in the 16 that the model can read") != std::string::npos);
}

void TestGenerate::faultsAreToldAtOnce()
{
    LoadedModel model = test::loadGolden("falcon-7b");
    GenerateOptions options;
    options.maxNewTokens = 0;
    options.batch = 0;
    options.stopStrings = {"a", ""};
    options.sampling.topP = 2;
    std::vector<std::string> subjects;
    for (const Fault& fault : faultsOfAction([&] { generate(model, "x", options); }))
        subjects.push_back(fault.subject);
    QCOMPARE(subjects, (std::vector<std::string>{"top_p", "max_new_tokens", "batch", "stop"}));
}

void TestGenerate::conversationReadsOnlyWhatIsNew()
{
    for (const char* name : {"falcon-rw", "llama-nf4"}) {
        LoadedModel model = test::loadGolden(name, true);
        GenerateOptions options = sampled(16);
        Conversation conversation(model);
        std::string text = kPrompts[0];
        std::int64_t before = 0;
        for (int turn = 0; turn < 4; ++turn) {
            const Generated expected = generate(model, text, options);
            const Generated made = conversation.generate(text, options);
            QCOMPARE(made.ids, expected.ids);
            QCOMPARE(made.promptTokens, expected.promptTokens);
            QVERIFY(turn == 0 ? conversation.reusedTokens() == 0 : conversation.reusedTokens() >= before - 4);
            before = made.promptTokens;
            text += "\n" + kPrompts[1];
        }
        // The very same again: all but the last token is there.
        const Generated again = conversation.generate(text, options);
        QCOMPARE(conversation.generate(text, options).ids, again.ids);
        QCOMPARE(conversation.reusedTokens(), again.promptTokens - 1);
        // An edit in the middle, and something shorter.
        text.replace(text.size() / 2, 3, "xyz");
        QCOMPARE(conversation.generate(text, options).ids, generate(model, text, options).ids);
        QVERIFY(conversation.reusedTokens() > 0);
        QCOMPARE(conversation.generate(kPrompts[0], options).ids, generate(model, kPrompts[0], options).ids);
        // What was read with the adapter does not serve without.
        options.useAdapter = false;
        QCOMPARE(conversation.generate(text, options).ids, generate(model, text, options).ids);
        QCOMPARE(conversation.reusedTokens(), 0);
        // A failure in the middle leaves nothing half-read.
        QVERIFY_EXCEPTION_THROWN(conversation.generate(text, options,
                                     [](std::string_view) -> bool { throw Error(ErrorCode::internal, "a", "b"); }),
            Error);
        QCOMPARE(conversation.generate(text, options).ids, generate(model, text, options).ids);
        conversation.clear();
        QCOMPARE(conversation.generate(text, options).ids, generate(model, text, options).ids);
        QCOMPARE(conversation.reusedTokens(), 0);
    }
}

QTEST_GUILESS_MAIN(TestGenerate)
#include "tst_generate.moc"
