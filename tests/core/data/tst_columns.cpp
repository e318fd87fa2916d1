// SPDX-License-Identifier: Apache-2.0
#include "core/data/columns.h"
#include "core/data/json_row.h"

#include "tests/core/data/data_files.h"

#include <QTest>

using namespace falconer;
using falconer::test::contains;
using falconer::test::faultOf;
using falconer::test::json;

class TestColumns : public QObject {
    Q_OBJECT

    static Row rowOf(const QByteArray& text)
    {
        Row row;
        row.line = 3;
        const std::string problem = parseJsonRow(std::string_view(text.data(), std::size_t(text.size())), "line", row);
        if (!problem.empty())
            QTest::qFail(problem.c_str(), __FILE__, __LINE__);
        return row;
    }
    static RowContent contentOf(const QByteArray& text, const DataSettings& settings = {})
    {
        const ColumnMap map(settings);
        const Row row = rowOf(text);
        return map.content(row, map.recognise(row, "d.jsonl").format, "d.jsonl");
    }

private Q_SLOTS:
    void recognises_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("why");
        const auto add = [](QByteArray row, const char* format, const char* why) {
            QTest::newRow(row.constData()) << json(row) << QString(format) << QString(why);
        };
        add("{'prompt': 'a', 'completion': 'b'}", "prompt-completion", "columns prompt and completion");
        add("{'prompt': 'a', 'completion': 'b', 'text': 'ab'}", "prompt-completion", "columns prompt and completion");
        add("{'prompt': [{'role': 'user'}], 'completion': []}", "prompt-completion", "lists of messages");
        add("{'messages': []}", "messages", "column messages");
        add("{'messages': '[{\\'role\\': \\'user\\'}]'}", "messages", "column messages");
        add("{'id': 7, 'conversations': [{'from': 'human'}]}", "sharegpt", "column conversations");
        add("{'instruction': 'a', 'input': '', 'output': 'b'}", "alpaca", "instruction, input and output");
        add("{'instruction': 'a', 'output': 'b'}", "alpaca", "instruction and output");
        add("{'text': 'a'}", "text", "column text");
    }
    void recognises()
    {
        QFETCH(QByteArray, row);
        QFETCH(QString, format);
        QFETCH(QString, why);
        const RecognisedFormat found = ColumnMap(DataSettings{}).recognise(rowOf(row), "d.jsonl");
        QCOMPARE(QString::fromUtf8(name(found.format).data()), format);
        QVERIFY(contains(found.why, why.toStdString()));
    }

    void theRecipeDecides()
    {
        DataSettings settings;
        settings.format = "text";
        const Row row = rowOf(json("{'prompt': 'a', 'completion': 'b', 'text': 'c', 'body': 'd'}"));
        QCOMPARE(ColumnMap(settings).recognise(row, "d").format, RowFormat::text);
        settings.format = "auto";
        settings.columns = {{"text", "body"}};
        const RecognisedFormat found = ColumnMap(settings).recognise(row, "d");
        QCOMPARE(found.format, RowFormat::text);
        QVERIFY(contains(found.why, "data.columns names a column for text"));
        QCOMPARE(ColumnMap(settings).content(row, found.format, "d").completion, std::string("d"));
    }

    void nothingFits()
    {
        const Fault fault = faultOf(
            [] { ColumnMap(DataSettings{}).recognise(rowOf(json("{'question': 'a', 'answer': 'b'}")), "d.jsonl"); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QCOMPARE(fault.subject, std::string("d.jsonl, line 3"));
        QVERIFY(contains(fault.problem, "no known format fits the row; columns found: question and answer"));
        QVERIFY(contains(fault.fix, "data.columns"));
    }

    void anUnknownColumnIsNamed()
    {
        DataSettings settings;
        settings.columns = {{"prompt", "qestion"}, {"completion", "answer"}};
        const Row row = rowOf(json("{'question': 'a', 'answer': 'b'}"));
        Fault fault = faultOf([&] { ColumnMap(settings).recognise(row, "d.jsonl"); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QVERIFY(contains(fault.problem, "takes prompt from \"qestion\", but there is no such column"));
        QVERIFY(contains(fault.problem, "columns found: question and answer"));
        QVERIFY(contains(fault.fix, "perhaps \"question\" was meant"));

        settings.columns = {{"promt", "question"}};
        fault = faultOf([&] { ColumnMap{settings}; });
        QCOMPARE(fault.code, ErrorCode::recipeInvalid);
        QCOMPARE(fault.subject, std::string("data.columns"));
        QVERIFY(contains(fault.problem, "\"promt\" is not a role"));
        QVERIFY(contains(fault.fix, "perhaps prompt was meant"));
    }

    void optionalColumnsMayBeAbsent()
    {
        DataSettings settings;
        settings.columns = {{"input", "context"}};
        settings.format = "alpaca";
        const RowContent content = contentOf(json("{'instruction': 'Add.', 'output': '3'}"), settings);
        QVERIFY(content.prompt.find("### Input") == std::string::npos);
    }

    void writesAlpacasPrompt()
    {
        QCOMPARE(contentOf(json("{'instruction': 'Add.', 'input': '1 2', 'output': '3'}")).prompt,
            std::string("Below is an instruction that describes a task, paired with an input that provides further "
                        "context. Write a response that appropriately completes the request.\n\n### Instruction:\n"
                        "Add.\n\n### Input:\n1 2\n\n### Response:\n"));
        const RowContent content
            = contentOf(json("{'instruction': 'Add.', 'input': null, 'output': '3', 'system': 'Be brief.', "
                             "'history': [['Hi', 'Ho']]}"));
        QCOMPARE(content.prompt,
            std::string("Be brief.\n\n### Instruction:\nHi\n\n### Response:\nHo\n\n### Instruction:\nAdd.\n\n"
                        "### Response:\n"));
        QCOMPARE(content.completion, std::string("3"));
        QVERIFY(content.hasPrompt && !content.isConversation);
    }

    void aNamedTemplateMakesConversations()
    {
        DataSettings settings;
        settings.templateName = "chatml";
        RowContent content = contentOf(json("{'instruction': 'Add.', 'input': '1 2', 'output': '3', 'system': 'S', "
                                            "'history': [['Hi', 'Ho']]}"),
            settings);
        QCOMPARE(content.messages.dump(),
            json("[{'role':'system','content':'S'},{'role':'user','content':'Hi'},{'role':'assistant','content':'Ho'},"
                 "{'role':'user','content':'Add.\\n1 2'},{'role':'assistant','content':'3'}]")
                .toStdString());
        QCOMPARE(content.promptMessages, std::size_t{4});
        QVERIFY(content.hasPrompt && content.isConversation);

        content = contentOf(json("{'prompt': 'P', 'completion': 'x'}"), settings);
        QCOMPARE(content.messages.dump(),
            json("[{'role':'user','content':'P'},{'role':'assistant','content':'x'}]").toStdString());
        QVERIFY(!contentOf(json("{'text': 'x'}"), settings).isConversation);
        settings.templateName = "none";
        QVERIFY(!contentOf(json("{'prompt': 'P', 'completion': 'x'}"), settings).isConversation);
    }

    void readsShareGpt()
    {
        const RowContent content = contentOf(json(
            "{'system': 'S', 'conversations': [{'from': 'human', 'value': 'a', 'weight': null}, {'value': 'b', 'from': "
            "'gpt'}, {'from': 'observation', 'value': 'c'}, {'from': 'critic', 'value': 'd'}], 'tools': '[{\\'n\\': "
            "1}]'}")
                                                 .replace("\\\"", "\\\""));
        QCOMPARE(content.messages.dump(),
            json("[{'role':'system','content':'S'},{'role':'user','content':'a'},{'content':'b','role':'assistant'},"
                 "{'role':'tool','content':'c'},{'role':'critic','content':'d'}]")
                .toStdString());
        QCOMPARE(content.tools.dump(), std::string("[{\"n\":1}]"));
        QVERIFY(content.isConversation && !content.hasPrompt);
    }

    void refusesBrokenConversations_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("problem");
        const auto add = [](QByteArray row, const char* problem) {
            QTest::newRow(row.constData()) << json(row) << QString(problem);
        };
        add("{'messages': []}", "there is no message in it");
        add("{'messages': ['hello']}", "message 1 is text, not an object");
        add("{'messages': [{'role': 'user', 'content': 'x'}, {'content': 'y'}]}", "message 2 has no role");
        add("{'messages': [{'role': 7, 'content': 'x'}]}", "message 1 has no role");
        add("{'messages': [{'role': 'user'}]}", "message 1 (user) has no content");
        add("{'messages': [{'role': 'user', 'content': null}]}", "message 1 (user) has no content");
        add("{'messages': [{'role': 'user', 'content': {'a': 1}}]}", "the content of message 1 is an object, not text");
        add("{'messages': {'a': 1}}", "it is an object, not a list");
        add("{'messages': 'hello'}", "the text is not a list in JSON");
        add("{'messages': '[{\\'role\\': '}", "the text is not a list in JSON");
        add("{'messages': [{'role': 'user', 'content': 'x'}], 'tools': 'no'}",
            "the row's tools: the text is not a list");
        add("{'messages': [{'role': 'user', 'content': 'x'}], 'chat_template_kwargs': [1]}",
            "it is a list, not an object");
    }
    void refusesBrokenConversations()
    {
        QFETCH(QByteArray, row);
        QFETCH(QString, problem);
        DataSettings settings;
        settings.format = "messages";
        const Fault fault = faultOf([&] { contentOf(row, settings); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QCOMPARE(fault.subject, std::string("d.jsonl, line 3"));
        QVERIFY(contains(fault.problem, problem.toStdString()));
        QVERIFY(!fault.fix.empty());
    }

    void aTurnThatOnlyCallsToolsMayBeSilent()
    {
        const RowContent content
            = contentOf(json("{'messages': [{'role': 'assistant', 'content': null, 'tool_calls': [{'name': 'n'}]}]}"));
        QCOMPARE(content.messages[0]["content"].get<std::string>(), std::string());
    }
};

QTEST_GUILESS_MAIN(TestColumns)
#include "tst_columns.moc"
