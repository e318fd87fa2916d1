// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/inference/generate_chat.h"
#include "core/text/tokenizer.h"
#include "tests/support/paths.h"

#include <QTemporaryDir>
#include <QTest>

using namespace falconer;

class TestGenerateChat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rendersTheModelsOwnTemplate();
    void rendersANamedTemplate();
    void withoutATemplateItSaysSo();

private:
    std::filesystem::path m_plain = test::golden("runs/falcon-7b/model");
    std::vector<ChatMessage> m_messages{{"system", "Be brief."}, {"user", "Who mends the kettle?"}};
};

void TestGenerateChat::rendersTheModelsOwnTemplate()
{
    const QTemporaryDir folder;
    const std::filesystem::path model = std::filesystem::path(folder.path().toStdString()) / "model";
    std::filesystem::copy(m_plain, model);
    writeFile(model / "chat_template.jinja",
        "{{ eos_token }}{% for m in messages %}[{{ m.role }}] {{ m.content }}\n{% endfor %}"
        "{% if add_generation_prompt %}[assistant]{% endif %}");
    const auto tokenizer = loadTokenizer(model);
    QCOMPARE(renderChat(*tokenizer, m_messages),
        "<|endoftext|>[system] Be brief.\n[user] Who mends the kettle?\n[assistant]");
}

void TestGenerateChat::rendersANamedTemplate()
{
    const auto tokenizer = loadTokenizer(m_plain);
    const std::string text = renderChat(*tokenizer, m_messages, "chatml");
    QCOMPARE(text,
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWho mends the kettle?<|im_end|>\n"
        "<|im_start|>assistant\n");
}

void TestGenerateChat::withoutATemplateItSaysSo()
{
    const auto tokenizer = loadTokenizer(m_plain);
    for (const char* setting : {"auto", "none"}) {
        try {
            renderChat(*tokenizer, m_messages, setting);
            QFAIL("it rendered");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::requestInvalid);
            QVERIFY(error.faults()[0].fix.find("data.template=chatml") != std::string::npos);
        }
    }
}

QTEST_GUILESS_MAIN(TestGenerateChat)
#include "tst_generate_chat.moc"
