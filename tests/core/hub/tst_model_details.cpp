// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/hub/model_details.h"
#include "tests/support/paths.h"

#include <QTemporaryDir>
#include <QTest>

using namespace falconer;
namespace fs = std::filesystem;

class TestModelDetails : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    fs::path m_folder{m_temporary.path().toStdString()};

    fs::path folder(
        const char* name, const std::string& config, const std::string& card = {}, const std::string& tokenizer = {})
    {
        const fs::path made = m_folder / name;
        fs::create_directories(made);
        writeFile(made / "config.json", config);
        if (!card.empty())
            writeFile(made / "README.md", card);
        if (!tokenizer.empty())
            writeFile(made / "tokenizer_config.json", tokenizer);
        return made;
    }

private Q_SLOTS:
    void readsAFolder()
    {
        const fs::path made
            = folder("whole", R"({"num_hidden_layers": 4, "hidden_size": 64, "max_position_embeddings": 2048})",
                "---\nlanguage: en\nlicense: 'apache-2.0'\n---\n# A model\nlicense: not this one\n",
                R"({"chat_template": "{{ messages }}"})");
        const ModelDetails details = readModelDetails(made);
        QCOMPARE(details.layers, std::optional<std::int64_t>(4));
        QCOMPARE(details.hiddenSize, std::optional<std::int64_t>(64));
        QCOMPARE(details.contextLength, std::optional<std::int64_t>(2048));
        QCOMPARE(details.license, std::string("apache-2.0"));
        QCOMPARE(details.chatTemplate, std::string("{{ messages }}"));
        QCOMPARE(details.files.size(), std::size_t(3));
        QVERIFY(details.files[0].bytes >= details.files[1].bytes && details.files[1].bytes >= details.files[2].bytes);
        writeFile(made / "chat_template.jinja", "newer");
        QCOMPARE(readModelDetails(made).chatTemplate, std::string("newer"));
    }

    void takesTheDefaultOfNamedTemplates()
    {
        const fs::path made = folder("named", "{}", {},
            R"({"chat_template": [7, {"name": "tool", "template": "t"}, {"name": "default", "template": "d"}]})");
        QCOMPARE(readModelDetails(made).chatTemplate, std::string("d"));
    }

    void whatIsNotSaidStaysEmpty_data()
    {
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("card");
        QTest::newRow("empty") << QStringLiteral("{}") << QString();
        QTest::newRow("not JSON") << QStringLiteral("{{{") << QStringLiteral("---");
        QTest::newRow("a list") << QStringLiteral("[1]") << QStringLiteral("---\nlicense:");
        QTest::newRow("wrong kinds") << QStringLiteral(R"({"num_hidden_layers": "four", "hidden_size": 1.5})")
                                     << QStringLiteral("license: mit");
        QTest::newRow("deep") << QString(5000, QLatin1Char('[')) << QStringLiteral("---\nlicense:   \n---");
    }
    void whatIsNotSaidStaysEmpty()
    {
        QFETCH(QString, config);
        QFETCH(QString, card);
        const ModelDetails details
            = readModelDetails(folder(QTest::currentDataTag(), config.toStdString(), card.toStdString(), "[\"x\""));
        QVERIFY(!details.layers && !details.hiddenSize && !details.contextLength);
        QVERIFY(details.license.empty());
        QVERIFY(details.chatTemplate.empty());
        QVERIFY(!details.files.empty());
    }

    void aBrokenGgufHasItsNameOnly()
    {
        const fs::path file = m_folder / "broken.gguf";
        writeFile(file, "GGUF\x03");
        const ModelDetails details = readModelDetails(file);
        QCOMPARE(details.files.size(), std::size_t(1));
        QCOMPARE(details.files.front().name, std::string("broken.gguf"));
        QVERIFY(!details.layers);
    }

    void aRealModel()
    {
        const ModelDetails details = readModelDetails(test::golden(fs::path("runs/falcon-7b-nf4") / "model"));
        QVERIFY(details.layers && *details.layers > 0);
        QVERIFY(!details.files.empty());
    }

    void nothingThereIsAFault()
    {
        try {
            readModelDetails(m_folder / "nowhere");
            QFAIL("no error");
        } catch (const Error& error) {
            QCOMPARE(error.faults().front().code, ErrorCode::fileMissing);
        }
    }
};

QTEST_GUILESS_MAIN(TestModelDetails)
#include "tst_model_details.moc"
