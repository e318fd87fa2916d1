// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/files.h"
#include "ui/session/adapter_export.h"
#include "ui/session/adapter_export_snippet.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <iterator>

using namespace falconer;
using namespace falconer::ui;
namespace fs = std::filesystem;

namespace {

ErrorCode codeOf(const std::function<void()>& call)
{
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::internal;
}

} // namespace

class TestAdapterExport : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;

    static int entries(const fs::path& folder)
    {
        return static_cast<int>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }

private Q_SLOTS:
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->path().toStdString();
        fs::create_directories(m_folder / "adapter");
        fs::create_directories(m_folder / "place");
        writeFile(m_folder / "adapter/adapter_config.json", "{}");
        writeFile(m_folder / "adapter/adapter_model.safetensors", std::string(9'000'000, 't'));
        writeFile(m_folder / "adapter/optimizer.safetensors", "of a checkpoint");
    }

    void copiesWhatPeftReads()
    {
        const fs::path target = m_folder / "place/new/run-adapter"; // a folder above it is made
        long long last = -1;
        int reports = 0;
        exportAdapter(m_folder / "adapter", target, [&](std::string_view phase, long long done, long long total) {
            if (phase != "writing" || done < last || done > total)
                qFatal("a progress that goes back");
            last = done;
            ++reports;
            return true;
        });
        QCOMPARE(last, 9'000'002);
        QVERIFY(reports >= 4);
        QCOMPARE(readFile(target / "adapter_model.safetensors"), std::string(9'000'000, 't'));
        QCOMPARE(entries(target), 2); // no optimizer, and no README where there was none
        writeFile(m_folder / "adapter/README.md", "# card");
        fs::create_directories(m_folder / "place/empty");
        exportAdapter(m_folder / "adapter", m_folder / "place/empty");
        QCOMPARE(entries(m_folder / "place/empty"), 3);
    }

    void neverReplaces()
    {
        const fs::path target = m_folder / "place/a";
        exportAdapter(m_folder / "adapter", target);
        writeFile(target / "mine.txt", "keep");
        QCOMPARE(codeOf([&] { exportAdapter(m_folder / "adapter", target); }), ErrorCode::requestInvalid);
        QCOMPARE(readFile(target / "mine.txt"), std::string("keep"));
        QCOMPARE(freeExportTarget(target), m_folder / "place/a-2");
        exportAdapter(m_folder / "adapter", m_folder / "place/a-2");
        QCOMPARE(freeExportTarget(target), m_folder / "place/a-3");
        QCOMPARE(freeExportTarget(m_folder / "place/b"), m_folder / "place/b");
        writeFile(m_folder / "place/file", "x");
        QCOMPARE(
            codeOf([&] { exportAdapter(m_folder / "adapter", m_folder / "place/file"); }), ErrorCode::requestInvalid);
        QCOMPARE(codeOf([&] { exportAdapter(m_folder / "adapter", "relative"); }), ErrorCode::requestInvalid);
        QCOMPARE(codeOf([&] { exportAdapter(m_folder / "adapter", {}); }), ErrorCode::requestInvalid);
        QCOMPARE(codeOf([&] { exportAdapter(m_folder / "adapter", m_folder / "place/file/below"); }),
            ErrorCode::fileUnwritable);
    }

    void aFailureLeavesNothingBehind()
    {
        QCOMPARE(codeOf([&] { exportAdapter(m_folder / "gone", m_folder / "place/new/a"); }), ErrorCode::fileMissing);
        fs::remove(m_folder / "adapter/adapter_model.safetensors");
        fs::create_symlink("gone", m_folder / "adapter/adapter_model.safetensors");
        QCOMPARE(codeOf([&] { exportAdapter(m_folder / "adapter", m_folder / "place/a"); }), ErrorCode::fileMissing);
        QCOMPARE(entries(m_folder / "place"), 0);
    }

    void cancelledHalfWayLeavesNothingBehind()
    {
        const auto code = codeOf([&] {
            exportAdapter(m_folder / "adapter", m_folder / "place/new/a",
                [](std::string_view, long long done, long long) { return done < 4'000'000; });
        });
        QCOMPARE(code, ErrorCode::cancelled);
        QCOMPARE(entries(m_folder / "place"), 0);
    }

    void snippetsSayHowTheRunHeldItsBase()
    {
        Recipe recipe;
        recipe.model = "/models/it's \"odd\"";
        recipe.quantization = {"nf4", false, "bfloat16"};
        const QString nf4 = peftSnippet(recipe, QStringLiteral("/out/a b"));
        for (const char* words : {"BitsAndBytesConfig(", "bnb_4bit_quant_type=\"nf4\"",
                 "bnb_4bit_use_double_quant=False", "bnb_4bit_compute_dtype=torch.bfloat16",
                 "\"/models/it's \\\"odd\\\"\"", "PeftModel.from_pretrained(base, \"/out/a b\")"})
            QVERIFY2(nf4.contains(QLatin1String(words)), words);
        const QString command = generateCommand(recipe, QStringLiteral("/out/a b"), true);
        for (const char* words : {"--model '/models/it'\\''s \"odd\"'", "--adapter '/out/a b'", "--quantization nf4",
                 "quantization.compute_dtype=bfloat16", "quantization.double_quant=false", "--chat"})
            QVERIFY2(command.contains(QLatin1String(words)), words);
        recipe.quantization.type = "int8";
        QVERIFY(peftSnippet(recipe, QStringLiteral("/a")).contains(QLatin1String("load_in_8bit=True")));
        recipe.quantization.type = "none";
        QVERIFY(!peftSnippet(recipe, QStringLiteral("/a")).contains(QLatin1String("BitsAndBytes")));
        recipe.model = "/models/x.gguf";
        recipe.quantization.type = "nf4";
        const QString gguf = peftSnippet(recipe, QStringLiteral("/a"));
        QVERIFY(gguf.contains(QLatin1String("\"/models\", gguf_file=\"x.gguf\"")));
        QVERIFY(!gguf.contains(QLatin1String("BitsAndBytes")));
    }

    void commandIsOneForTheShell()
    {
        Recipe recipe;
        recipe.model = "/m/$(touch x) it's; `id`";
        recipe.training.samplePrompts = {"a\nb $HOME 'c'"};
        QProcess shell;
        shell.start(QStringLiteral("sh"),
            {QStringLiteral("-c"),
                QStringLiteral("falconer() { for word; do printf '%s\\0' \"$word\"; done; }\n")
                    + generateCommand(recipe, QStringLiteral("/out"), false)});
        QVERIFY(shell.waitForFinished());
        const QList<QByteArray> words = shell.readAllStandardOutput().split('\0');
        QVERIFY(words.contains("/m/$(touch x) it's; `id`"));
        QVERIFY(words.contains("a\nb $HOME 'c'"));
    }
};

QTEST_GUILESS_MAIN(TestAdapterExport)
#include "tst_adapter_export.moc"
