// SPDX-License-Identifier: Apache-2.0
#include "core/data/dataset.h"
#include "core/data/preview.h"
#include "core/data/token_ranges.h"

#include "tests/core/data/data_files.h"
#include "tests/core/data/fake_tokenizer.h"
#include "tests/support/paths.h"

#include <QTest>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace falconer;
using falconer::test::all;
using falconer::test::contains;
using falconer::test::FakeTokenizer;
using falconer::test::faultOf;

/// Conversations: rendered, tokenized and masked as TRL does (goldens of tests/oracle/data_trl_chat.py), and what has
/// no counterpart there.
class TestChatRows : public QObject {
    Q_OBJECT

    struct ChatTokenizer : FakeTokenizer {
        std::optional<std::string> own;
        std::optional<std::string> chatTemplate() const override { return own; }
        std::map<std::string, std::string> special;
        std::map<std::string, std::string> specialTokens() const override { return special; }
    };

    test::DataFiles m_files;
    ChatTokenizer m_tokenizer;

    static constexpr const char* kMarked
        = "{% for m in messages %}{{ m.role[0] }}:{% if m.role == 'assistant' %}{% generation %}{{ m.content }}"
          "{% endgeneration %}{% else %}{{ m.content }}{% endif %};{% endfor %}{% if add_generation_prompt %}a:{% "
          "endif %}";
    static constexpr const char* kUnmarked = "{% for m in messages %}{{ m.role[0] }}:{{ m.content }};{% endfor %}"
                                             "{% if add_generation_prompt %}a:{% endif %}";

    static std::string messages(std::initializer_list<std::pair<const char*, const char*>> turns)
    {
        nlohmann::json list = nlohmann::json::array();
        for (const auto& [role, content] : turns)
            list.push_back({{"role", role}, {"content", content}});
        return nlohmann::json{{"messages", list}}.dump() + "\n";
    }
    DataSettings settingsFor(std::string_view content, const char* lossOn = "assistant")
    {
        DataSettings settings;
        settings.train = {{m_files.write("chat.jsonl", content), 1.0}};
        settings.validation = 0.0;
        settings.lossOn = lossOn;
        return settings;
    }
    /// The bytes that a sample learns, "·" for each that it does not.
    static std::string learned(const Sample& sample)
    {
        std::string text;
        for (std::size_t i = 0; i < sample.ids.size(); ++i)
            text += sample.learn[i] ? std::string(1, static_cast<char>(sample.ids[i])) : ".";
        return text;
    }

private Q_SLOTS:
    void init() { m_tokenizer.own = kMarked; }

    void asTrlDoes()
    {
        std::ifstream stream(test::golden("data/trl_chat.json"));
        const auto golden = nlohmann::ordered_json::parse(stream);
        std::map<std::string, std::unique_ptr<Tokenizer>> tokenizers;
        int compared = 0;
        for (const auto& item : golden["cases"]) {
            std::unique_ptr<Tokenizer>& tokenizer = tokenizers[item["tokenizer"].get<std::string>()];
            if (!tokenizer)
                tokenizer = loadTokenizer(test::golden("runs") / item["tokenizer"].get<std::string>() / "model");
            DataSettings settings;
            settings.maxLength = item["max_length"];
            settings.lossOn = item["loss_on"];
            settings.templateName = m_files.write(
                "template.jinja", golden["templates"][item["template"].get<std::string>()].get<std::string>());
            for (std::size_t i = 0; i < golden["rows"].size(); ++i) {
                const std::string tag = item["tokenizer"].get<std::string>() + " " + item["template"].get<std::string>()
                    + " " + settings.lossOn + " " + std::to_string(settings.maxLength) + ": "
                    + golden["rows"][i].dump();
                const std::string path = m_files.write("row.jsonl", golden["rows"][i].dump());
                DatasetReport report;
                std::optional<Sample> sample;
                try {
                    sample = loadSamples(path, settings, *tokenizer, report).at(0);
                } catch (const Error& error) {
                    QVERIFY2(contains(error.what(), "masked"), (tag + "\n" + error.what()).c_str());
                }
                const auto& expected = item["rows"][i];
                QVERIFY2(sample.has_value() == !expected.is_null(), tag.c_str());
                if (!sample)
                    continue;
                QVERIFY2(sample->ids == expected[0].get<std::vector<std::int32_t>>(), tag.c_str());
                std::vector<std::int64_t> labels;
                for (std::size_t k = 0; k < sample->ids.size(); ++k)
                    labels.push_back(sample->learn[k] ? sample->ids[k] : -100);
                QVERIFY2(labels == expected[1].get<std::vector<std::int64_t>>(), tag.c_str());
                ++compared;
            }
        }
        QVERIFY(compared > 400);
    }

    void findsAnswersWithoutMarks()
    {
        const std::string rows = messages({{"user", "Q"}, {"assistant", "xy"}, {"user", "R"}, {"assistant", "z"}});
        const Sample marked = loadDataset(settingsFor(rows), 42, m_tokenizer).train.at(0);
        QCOMPARE(learned(marked), std::string("......xy.......z."));
        m_tokenizer.own = kUnmarked;
        const Sample found = loadDataset(settingsFor(rows), 42, m_tokenizer).train.at(0);
        QCOMPARE(found.ids, marked.ids);
        // What the model has to write itself: the turn's end too.
        QCOMPARE(learned(found), std::string("......xy;......z;"));
    }

    void prefixesThatDoNotMatchAreAClearFault()
    {
        m_tokenizer.own = "{{ messages | length }}{% for m in messages %}{{ m.content }};{% endfor %}";
        const Fault fault = faultOf([&] {
            loadDataset(settingsFor(messages({{"user", "Q"}, {"assistant", "x"}, {"user", "R"}, {"assistant", "y"}})),
                42, m_tokenizer);
        });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QVERIFY(contains(fault.subject, "chat.jsonl, line 1"));
        QVERIFY(contains(fault.problem, "the assistant's words of message 2 cannot be told apart"));
        QVERIFY(contains(fault.problem, "{% generation %}"));
    }

    void aConversationWithoutPromptIsLearnedWhole()
    {
        const Dataset dataset
            = loadDataset(settingsFor(messages({{"user", "Q"}, {"assistant", "x"}}), "completion"), 42, m_tokenizer);
        QCOMPARE(learned(dataset.train.at(0)), std::string("u:Q;a:x;"));
        QVERIFY(std::ranges::any_of(dataset.report.warnings,
            [](const std::string& text) { return text.find("data.loss_on to assistant") != std::string::npos; }));
        QCOMPARE(dataset.report.sources.size(), std::size_t{1});
        QCOMPARE(dataset.report.sources[0].format, std::string("messages"));
        QCOMPARE(dataset.report.sources[0].rows, 1);
    }

    void noTemplateIsAClearFault()
    {
        const std::string rows = messages({{"user", "Q"}, {"assistant", "x"}});
        m_tokenizer.own.reset();
        DataSettings settings = settingsFor(rows);
        settings.onBadRow = "skip"; // no row can be rendered: that is no matter of single rows
        Fault fault = faultOf([&] { loadDataset(settings, 42, m_tokenizer); });
        QCOMPARE(fault.code, ErrorCode::recipeInvalid);
        QCOMPARE(fault.subject, std::string("data.template"));
        QVERIFY(contains(fault.problem, "the model has none of its own"));
        settings.templateName = "none";
        fault = faultOf([&] { loadDataset(settings, 42, m_tokenizer); });
        QVERIFY(contains(fault.problem, "this key says none"));
    }

    void textsDoNotLookAtTheModelsTemplate()
    {
        m_tokenizer.own = "{% broken";
        const Dataset dataset
            = loadDataset(settingsFor("{\"prompt\": \"P\", \"completion\": \"x\"}\n", "completion"), 42, m_tokenizer);
        QCOMPARE(dataset.train.size(), std::size_t{1});
        QVERIFY_EXCEPTION_THROWN(
            loadDataset(settingsFor(messages({{"user", "Q"}, {"assistant", "x"}})), 42, m_tokenizer), Error);
    }

    void aTemplateThatRendersNothingIsABadRow()
    {
        m_tokenizer.own = "{% for m in messages if m.role == 'assistant' %}{{ m.content }}\n{% endfor %}";
        DataSettings settings
            = settingsFor(messages({{"user", "Q"}, {"assistant", "x"}}) + messages({{"user", "Q"}}), "completion");
        const Fault fault = faultOf([&] { loadDataset(settings, 42, m_tokenizer); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QVERIFY(contains(fault.subject, "chat.jsonl, line 2"));
        QVERIFY(contains(fault.problem, "the chat template renders nothing of the row"));
        settings.onBadRow = "skip";
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.train.size(), std::size_t{1});
        QCOMPARE(dataset.report.badRows, 1);
    }

    void aTemplateMayRefuseARow()
    {
        m_tokenizer.own = "{% if messages[0].role != 'user' %}{{ raise_exception('Users first!') }}{% endif %}x";
        const Fault fault = faultOf([&] {
            loadDataset(settingsFor(messages({{"assistant", "x"}}), "all"), 42, m_tokenizer);
        });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QVERIFY(contains(fault.subject, "chat.jsonl, line 1"));
        QVERIFY(contains(fault.problem, "Users first!"));
    }

    void plainTextHasNoAssistant()
    {
        const Fault fault = faultOf([&] { loadDataset(settingsFor("{\"text\": \"abc\"}\n"), 42, m_tokenizer); });
        QCOMPARE(fault.code, ErrorCode::recipeInvalid);
        QCOMPARE(fault.subject, std::string("data.loss_on"));
        // The completion of two texts is the assistant's.
        QCOMPARE(
            loadDataset(settingsFor("{\"prompt\": \"P\", \"completion\": \"x\"}\n"), 42, m_tokenizer).train.at(0).learn,
            (std::vector<std::uint8_t>{0, 1, 1}));
    }

    void aTextIsLearnedWhole()
    {
        for (const char* lossOn : {"completion", "all"}) {
            const Sample sample
                = loadDataset(settingsFor("{\"text\": \"xyz\"}\n", lossOn), 42, m_tokenizer).train.at(0);
            QCOMPARE(sample.ids, (std::vector<std::int32_t>{'x', 'y', 'z', FakeTokenizer::kEnd}));
            QCOMPARE(sample.learn, (std::vector<std::uint8_t>{1, 1, 1, 1}));
        }
    }

    void theSameQuestionStaysOnOneSide()
    {
        std::string rows;
        for (int i = 0; i < 60; ++i) {
            const std::string question = "Q" + std::to_string(i / 3);
            const std::string answer = "x" + std::to_string(i);
            rows += messages({{"user", question.c_str()}, {"assistant", answer.c_str()}});
        }
        DataSettings settings = settingsFor(rows);
        settings.validation = 0.2;
        const Dataset dataset = loadDataset(settings, 42, m_tokenizer);
        QCOMPARE(dataset.train.size() + dataset.validation.size(), std::size_t{60});
        QCOMPARE(dataset.validation.size(), std::size_t{12});
        std::set<std::int64_t> questions;
        for (const Sample& sample : all(dataset.validation))
            questions.insert((sample.row - 1) / 3);
        QCOMPARE(questions.size(), std::size_t{4});
    }

    void theClockIsTheRuns()
    {
        m_tokenizer.own = "{{ strftime_now('%Y') }} {{ messages[0].content }}";
        std::tm then{};
        then.tm_year = 99;
        then.tm_mday = 1;
        const DataSettings settings = settingsFor(messages({{"user", "Q"}}), "all");
        QCOMPARE(learned(loadDataset(settings, 42, m_tokenizer, {}, then).train.at(0)), std::string("1999 Q"));
        QVERIFY(learned(loadDataset(settings, 42, m_tokenizer).train.at(0)) != "1999 Q");
    }

    void templatesSeeEverySpecialToken()
    {
        m_tokenizer.special = {{"unk_token", "<u>"}, {"image_token", "<i>"}};
        m_tokenizer.own = "{{ unk_token }}{{ image_token }}{{ eos_token }} {{ messages[0].content }}";
        const DataSettings settings = settingsFor(messages({{"user", "Q"}}), "all");
        const Preview preview = previewDataset(settings, 42, m_tokenizer, 1);
        m_tokenizer.special.clear();
        QCOMPARE(preview.rows[0].text, std::string("<u><i><end> Q"));
    }

    void previewShowsWhatWasRendered()
    {
        const std::string rows = messages({{"user", "Q"}, {"assistant", "xy"}});
        const Preview preview = previewDataset(settingsFor(rows), 42, m_tokenizer, 1);
        QCOMPARE(preview.rows.size(), std::size_t{1});
        QVERIFY(preview.rows[0].isChat);
        QCOMPARE(preview.rows[0].text, std::string("u:Q;a:xy;"));
        QCOMPARE(preview.rows[0].targets, 2);
        QVERIFY(preview.rows[0].tokens[6].learned && !preview.rows[0].tokens[8].learned);
        QVERIFY(contains(preview.report.sources[0].why, "messages"));
    }

    void masksByCharacters()
    {
        // "é" is bytes 1 and 2, a token each; Transformers takes the first token of an answer's last character only.
        const std::string text = "aéb";
        const std::vector<ByteRange> tokens{{0, 1}, {1, 2}, {2, 3}, {3, 4}};
        QCOMPARE(answerMask(text, tokens, std::vector<ByteRange>{{1, 3}}), (std::vector<std::uint8_t>{0, 1, 0, 0}));
        QCOMPARE(answerMask(text, tokens, std::vector<ByteRange>{{0, 4}}), (std::vector<std::uint8_t>{1, 1, 1, 1}));
        QCOMPARE(answerMask(text, tokens, std::vector<ByteRange>{{1, 1}}), (std::vector<std::uint8_t>{0, 0, 0, 0}));
        // An answer that begins and ends inside tokens takes them whole.
        const std::vector<ByteRange> wide{{0, 3}, {3, 4}};
        QCOMPARE(answerMask(text, wide, std::vector<ByteRange>{{1, 4}}), (std::vector<std::uint8_t>{1, 1}));
    }

    void aTokenizerThatChangesTheTextIsRefused()
    {
        QCOMPARE(tokenRanges("ab c", std::vector<std::int32_t>{FakeTokenizer::kAb, ' ', 'c'}, m_tokenizer),
            (std::vector<ByteRange>{{0, 2}, {2, 3}, {3, 4}}));
        QCOMPARE(tokenRanges("a  <end> b", std::vector<std::int32_t>{'a', FakeTokenizer::kEnd, 'b'}, m_tokenizer),
            (std::vector<ByteRange>{{0, 1}, {3, 8}, {9, 10}}));
        QCOMPARE(faultOf([&] {
            tokenRanges("xyz", std::vector<std::int32_t>{'x', 'q'}, m_tokenizer);
        }).code,
            ErrorCode::modelUnsupported);
    }
};

QTEST_GUILESS_MAIN(TestChatRows)
#include "tst_chat_rows.moc"
