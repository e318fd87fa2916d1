// SPDX-License-Identifier: Apache-2.0
// Against what Transformers made of the same templates and conversations (tests/oracle/chat_templates.py).
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/text/chat_template.h"
#include "core/text/named_templates.h"
#include "core/text/tokenizer.h"
#include "tests/support/paths.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <string>
#include <thread>
#include <vector>

using namespace falconer;
using nlohmann::ordered_json;

namespace {

const ordered_json& cases()
{
    static const ordered_json kCases = ordered_json::parse(readFile(test::golden("text") / "templates" / "cases.json"));
    return kCases;
}

RenderOptions goldenTime()
{
    const auto now = cases().at("now").get<std::vector<int>>();
    std::tm time{};
    time.tm_year = now[0] - 1900;
    time.tm_mon = now[1] - 1;
    time.tm_mday = now[2];
    time.tm_hour = now[3];
    time.tm_min = now[4];
    time.tm_sec = now[5];
    std::tm filled = time;
    timegm(&filled); // the weekday and the day of the year
    RenderOptions options;
    options.now = filled;
    return options;
}

ChatTemplate templateOf(const ordered_json& item)
{
    if (item.contains("named"))
        return namedTemplate(item["named"].get<std::string>());
    if (item.contains("expression"))
        return ChatTemplate::parse("{{ " + item["expression"].get<std::string>() + " }}", "expression");
    const auto file = test::golden("text") / "templates" / item["template"].get<std::string>();
    return ChatTemplate::parse(readFile(file), file.filename().string());
}

/// Like the golden's: {"text", "generated"} or {"error": message}.
ordered_json rendered(const ordered_json& item)
{
    try {
        const RenderedChat chat
            = templateOf(item).render(cases()["contexts"][item["context"].get<std::string>()], goldenTime());
        auto ranges = ordered_json::array();
        for (const ByteRange& range : chat.generated)
            ranges.push_back({range.begin, range.end});
        return {{"text", chat.text}, {"generated", ranges}};
    } catch (const Error& error) {
        return {{"error", error.faults().front().problem}};
    }
}

std::string text(std::string_view source, const ordered_json& context = ordered_json::object())
{
    return ChatTemplate::parse(source, "t.jinja").render(context).text;
}

/// The error of parsing or rendering; empty fields when there is none.
Fault fault(std::string_view source, const ordered_json& context = ordered_json::object())
{
    try {
        ChatTemplate::parse(source, "t.jinja").render(context);
    } catch (const Error& error) {
        return error.faults().front();
    }
    return {};
}

class TokensOnly : public Tokenizer {
public:
    explicit TokensOnly(std::optional<std::string> chat)
        : m_chat(std::move(chat))
    {
    }
    std::vector<std::int32_t> encode(std::string_view, bool) const override { return {}; }
    std::string bytes(std::int32_t id) const override { return id == 1 ? "<s>" : "</s>"; }
    std::string piece(std::int32_t) const override { return {}; }
    std::optional<std::int32_t> find(std::string_view) const override { return std::nullopt; }
    bool isSpecial(std::int32_t) const override { return true; }
    std::int32_t size() const override { return 3; }
    std::optional<std::int32_t> bos() const override { return std::nullopt; }
    std::optional<std::int32_t> eos() const override { return 2; }
    std::optional<std::int32_t> pad() const override { return 1; }
    std::span<const std::int32_t> stopIds() const override { return {}; }
    std::map<std::string, std::string> specialTokens() const override { return special; }
    std::optional<std::string> chatTemplate() const override { return m_chat; }

    std::map<std::string, std::string> special;

private:
    std::optional<std::string> m_chat;
};

} // namespace

class TestChatTemplate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsTransformers_data()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const auto& item : cases()["cases"]) {
            std::string name;
            for (const char* const key : {"template", "named", "expression", "context"})
                if (item.contains(key))
                    name += item[key].get<std::string>() + ", ";
            QTest::addRow("%s", name.c_str()) << index++;
        }
        QVERIFY(index > 600);
    }

    void equalsTransformers()
    {
        QFETCH(int, index);
        const ordered_json& item = cases()["cases"][static_cast<std::size_t>(index)];
        const ordered_json found = rendered(item);
        if (item.contains("error") && item["error"].is_null()) { // Python's words, which are not ours
            QVERIFY2(found.contains("error"), found.dump().c_str());
            return;
        }
        for (const char* const key : {"error", "text", "generated"}) {
            const std::string message = found.dump() + "\ninstead of\n" + item.dump();
            QVERIFY2(found.contains(key) == item.contains(key), message.c_str());
            QVERIFY2(!item.contains(key) || found[key] == item[key], message.c_str());
        }
    }

    void errorsNameTemplateAndLine_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* source, int line, const char* problem) {
            QTest::addRow("%s", source) << QString::fromUtf8(source) << line << QString::fromUtf8(problem);
        };
        row("a\n{{ raise_exception('Turns – must alternate') }}", 2, "Turns – must alternate");
        row("{% set x = {} %}\n\n{% if not x %}\n{{ x.y.z }}\n{% endif %}", 4, "has no attribute 'y'");
        row("{{ nothing.x }}", 1, "'nothing' is undefined");
        row("{%- for a in b %}\n{{ a }}", 1, "{% endfor %} is missing");
        row("{% if a %}\n\n{% for b in c %}{% endif %}", 3, "inside {% for %} of line 3");
        row("x\n{{ 'abc }}", 2, "a string is not closed");
        row("x\r\ny\r{{ 1", 3, "a tag is not closed");
        row("\n{# never", 2, "a comment is not closed");
        row("{% raw %}\n{{ x }}", 1, "{% endraw %} is missing");
        row("{{ 1 +\n }}", 2, "an expression expected");
        row("{{ (1 }}", 1, "expected ')'");
        row("{{ [1) }}", 1, "unexpected ')'");
        row("{{ 'a'|uper }}", 1, "did you mean upper?");
        row("{{ 1 is evn }}", 1, "did you mean even?");
        row("\n{% if true %}{{ 'a'|nope }}{% endif %}", 2, "there is no filter \"nope\"");
        row("{% unknown %}", 1, "there is no tag {% unknown %}");
        row("{% endif %}", 1, "closes nothing");
        row("{% macro f(a=1, b) %}{% endmacro %}", 1, "without a default");
        row("{% break %}", 1, "outside of a loop");
        row("{% for x in [1] %}{% generation %}{% continue %}{% endgeneration %}{% endfor %}", 1, "outside of a loop");
        row("{% set true = 1 %}", 1, "cannot be assigned");
        row("{% for loop in [1] %}{% endfor %}", 1, "belongs to the loop");
        row("{% for x in [1] recursive %}{% endfor %}", 1, "recursive loops are not supported");
        row("{% macro f() %}\n{{ 1 // 0 }}{% endmacro %}\n\n{{ f() }}", 2, "by zero");
        row("{% macro f() %}{% endmacro %}\n{{ f(1) }}", 2, "not more than 0 argument");
        row("{% macro f() %}{% endmacro %}\n{{ f(a=1) }}", 2, "no keyword argument 'a'");
        row("{{ 'a' is odd is even }}", 1, "cannot be chained");
        row("{{ 99999999999999999999 }}", 1, "64 bits");
        row("\n{{ 9223372036854775807 + 1 }}", 2, "64 bits");
        row("\n{% set x.y = 1 %}", 2, "only a namespace");
        row("\n{% set a, b = [1] %}", 2, "not enough values");
        row("{{ '\\ud83d' }}", 1, "Unicode");
        row("{{ f(a=1, a=2) }}{% macro f(a) %}{% endmacro %}", 1, "");
        row("{{ 'x'.encode() }}", 1, "not supported");
        row("{{ [].append(1) }}", 1, "unsafe");
        row("{{ ''.__class__.x }}", 1, "unsafe");
    }

    void errorsNameTemplateAndLine()
    {
        QFETCH(QString, source);
        QFETCH(int, line);
        QFETCH(QString, problem);
        const Fault found = fault(source.toStdString());
        QCOMPARE(QString::fromStdString(found.subject), QString("t.jinja, line %1").arg(line));
        QVERIFY2(QString::fromStdString(found.problem).contains(problem), found.problem.c_str());
        QVERIFY(!found.fix.empty());
    }

    void templateAndConversationErrorsDiffer()
    {
        QCOMPARE(fault("{{ 1").code, ErrorCode::fileMalformed);
        QCOMPARE(fault("{{ raise_exception('no') }}").code, ErrorCode::dataInvalid);
        QCOMPARE(fault("{{ raise_exception('no') }}").problem, std::string("no"));
        QCOMPARE(fault("\xFF").code, ErrorCode::fileMalformed);
        QCOMPARE(fault("a\nb\n\xC3").subject, std::string("t.jinja, line 3"));
    }

    void contextIsChecked()
    {
        QCOMPARE(fault("{{ x }}", ordered_json::array()).code, ErrorCode::dataInvalid);
        QCOMPARE(fault("{{ x }}", {{"x", "\xFF"}}).code, ErrorCode::dataInvalid);
        QCOMPARE(fault("{{ x }}", {{"x", 18446744073709551615U}}).code, ErrorCode::dataInvalid);
        ordered_json deep = 1;
        for (int i = 0; i < 5000; ++i)
            deep = ordered_json::array({std::move(deep)});
        QVERIFY(fault("{{ x }}", {{"x", deep}}).problem.find("too deep") != std::string::npos);
        QCOMPARE(text("{{ tools is none }}{{ documents is none }}{{ add_generation_prompt }}"),
            std::string("TrueTrueFalse"));
        QCOMPARE(text("{{ x }}", {{"x", 9007199254740993}}), std::string("9007199254740993"));
    }

    void reasoningHasThreeNames()
    {
        const ordered_json context
            = {{"messages", {{{"role", "assistant"}, {"reasoning", "why"}}, {{"thinking", nullptr}}}}};
        QCOMPARE(text("{{ messages[0].reasoning_content }} {{ messages[0].thinking }} {{ messages[1].reasoning_content "
                      "is defined }}",
                     context),
            std::string("why why False"));
    }

    void marksAreWholeCharacters()
    {
        const auto parsed = ChatTemplate::parse("雨{% generation %}é{{ x }}{% endgeneration %}!", "t.jinja");
        QVERIFY(parsed.marksGeneration());
        const auto chat = parsed.render({{"x", "🌧"}});
        QCOMPARE(chat.text, std::string("雨é🌧!"));
        QCOMPARE(chat.generated, (std::vector<ByteRange>{{3, 9}}));
        QVERIFY(!ChatTemplate::parse("{{ 'generation' }}", "t.jinja").marksGeneration());
    }

    void namedTemplatesMarkEachAnswer()
    {
        const ordered_json context = {{"messages",
            {{{"role", "system"}, {"content", "Be short."}}, {{"role", "user"}, {"content", "Hi"}},
                {{"role", "assistant"}, {"content", "Hello."}}, {{"role", "user"}, {"content", "Bye"}},
                {{"role", "assistant"}, {"content", "See you."}}}}};
        QCOMPARE(namedTemplates().size(), std::size_t{10});
        for (const std::string& name : namedTemplates()) {
            const auto parsed = namedTemplate(name);
            QVERIFY(parsed.marksGeneration());
            const auto chat = parsed.render(context);
            QCOMPARE(chat.generated.size(), std::size_t{2});
            for (std::size_t i = 0; i < 2; ++i) {
                const auto [begin, end] = chat.generated[i];
                const std::string said = chat.text.substr(begin, end - begin);
                QVERIFY2(said.find(i == 0 ? "Hello." : "See you.") != std::string::npos, said.c_str());
                QVERIFY2(said.find("Hi") == std::string::npos && said.find("Bye") == std::string::npos, said.c_str());
            }
            // What a generation starts from is what training had in front of the answer.
            ordered_json question = context;
            question["messages"].erase(4);
            question["add_generation_prompt"] = true;
            const std::string prompt = parsed.render(question).text;
            QVERIFY2(chat.text.starts_with(prompt), (name + ": " + prompt + "\n---\n" + chat.text).c_str());
            QCOMPARE(prompt.size(), chat.generated[1].begin);
        }
    }

    void findsTheTemplateOfARecipe()
    {
        const TokensOnly own(std::string("{{ 'own' }}")), without(std::nullopt);
        QCOMPARE(findChatTemplate("auto", own)->render(ordered_json::object()).text, std::string("own"));
        QVERIFY(!findChatTemplate("auto", without));
        QVERIFY(!findChatTemplate("none", own));
        QVERIFY(findChatTemplate("chatml", without)->marksGeneration());
        QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "mine.jinja";
        writeFile(file, "{{ 'mine' }}");
        QCOMPARE(findChatTemplate(file.string(), own)->render(ordered_json::object()).text, std::string("mine"));
        try {
            findChatTemplate("chatlm", own);
            QFAIL("an unknown name was taken");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::requestInvalid);
            QVERIFY(std::string(error.what()).find("chatml") != std::string::npos);
        }
    }

    void tokensBecomeVariables()
    {
        QCOMPARE(
            tokenVariables(TokensOnly(std::nullopt)).dump(), std::string(R"({"eos_token":"</s>","pad_token":"<s>"})"));
        // The ids that the tokenizer uses go before what its files say.
        TokensOnly named(std::nullopt);
        named.special = {{"unk_token", "<u>"}, {"eos_token", "<other>"}};
        QCOMPARE(
            tokenVariables(named).dump(), std::string(R"({"eos_token":"</s>","unk_token":"<u>","pad_token":"<s>"})"));
    }

    void severalThreadsShareATemplate()
    {
        const auto parsed = namedTemplate("chatml");
        const ordered_json& context = cases()["contexts"]["several turns"];
        const std::string expected = parsed.render(context).text;
        std::vector<std::thread> threads;
        std::vector<int> wrong(4, 0);
        for (std::size_t i = 0; i < wrong.size(); ++i)
            threads.emplace_back([&, i] {
                for (int round = 0; round < 200; ++round)
                    wrong[i] += parsed.render(context).text != expected;
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(wrong, std::vector<int>(4, 0));
    }
};

QTEST_GUILESS_MAIN(TestChatTemplate)
#include "tst_chat_template.moc"
