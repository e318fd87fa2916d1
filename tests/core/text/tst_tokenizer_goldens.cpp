// SPDX-License-Identifier: Apache-2.0
// Against what the reference made of the same strings (tests/oracle/text_goldens.py).
#include "core/base/files.h"
#include "core/text/pipeline.h"
#include "core/text/tokenizer.h"
#include "core/text/tokenizer_parts.h"
#include "tests/support/paths.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <string>
#include <thread>
#include <vector>

using namespace falconer;

namespace {

using Ids = std::vector<std::int32_t>;

const std::vector<std::string>& folders()
{
    static const std::vector<std::string> kFolders
        = {"falcon", "llama3", "smollm", "added", "fallback", "metaspace", "general"};
    return kFolders;
}

std::filesystem::path folderOf(const std::string& name) { return test::golden("text") / name; }

nlohmann::json readJson(const std::filesystem::path& file) { return nlohmann::json::parse(readFile(file)); }

QByteArray shown(const nlohmann::json& value) { return QByteArray::fromStdString(value.dump()); }

} // namespace

class TestTokenizerGoldens : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reproducesTheReference_data() { addFolders(); }

    void reproducesTheReference()
    {
        QFETCH(QString, folder);
        const auto tokenizer = loadTokenizer(folderOf(folder.toStdString()));
        const nlohmann::json cases = readJson(folderOf(folder.toStdString()) / "cases.json");
        QVERIFY(cases.size() >= 200);
        for (const auto& item : cases) {
            const auto text = item[0].get<std::string>();
            const auto ids = item[1].get<Ids>();
            const auto special = item[2].get<Ids>();
            const QByteArray message
                = shown(item[0]) + " -> " + shown(tokenizer->encode(text, false)) + " instead of " + shown(item[1]);
            QVERIFY2(tokenizer->encode(text, false) == ids, message);
            QVERIFY2(tokenizer->encode(text) == special, message);
            QVERIFY2(tokenizer->decode(ids) == item[3].get<std::string>(), message);
            QVERIFY2(tokenizer->decode(special, true) == item[4].get<std::string>(), message);
        }
    }

    void splitsAsTheReference()
    {
        for (const auto& item : readJson(folderOf("splits.json"))) {
            const nlohmann::json file = {
                {"model", {{"type", "BPE"}, {"vocab", nlohmann::json::object()}, {"merges", nlohmann::json::array()}}},
                {"pre_tokenizer", item["pre_tokenizer"]}};
            const TokenizerParts parts = parseTokenizerJson(file.dump(), "splits.json");
            for (const auto& splitCase : item["cases"]) {
                PreText text(splitCase[0].get<std::string>(), true);
                parts.preTokenizer->apply(text);
                nlohmann::json pieces = nlohmann::json::array();
                for (const PieceSpan& piece : text.pieces)
                    pieces.push_back(text.view(piece));
                QVERIFY2(pieces == splitCase[1],
                    shown(item["pre_tokenizer"]) + " of " + shown(splitCase[0]) + " gives " + shown(pieces)
                        + " instead of " + shown(splitCase[1]));
            }
        }
    }

    /// The per-thread caches must not change what comes out, whichever thread asks and whichever tokenizer came before.
    void agreesAcrossThreads()
    {
        const auto falcon = loadTokenizer(folderOf("falcon"));
        const auto llama = loadTokenizer(folderOf("llama3"));
        const nlohmann::json falconCases = readJson(folderOf("falcon") / "cases.json");
        const nlohmann::json llamaCases = readJson(folderOf("llama3") / "cases.json");
        std::vector<int> differing(4, 0);
        std::vector<std::thread> threads;
        for (int& count : differing)
            threads.emplace_back([&] {
                for (std::size_t i = 0; i < 100; ++i) {
                    count
                        += falcon->encode(falconCases[i][0].get<std::string>(), false) != falconCases[i][1].get<Ids>();
                    count += llama->encode(llamaCases[i][0].get<std::string>(), false) != llamaCases[i][1].get<Ids>();
                }
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(differing, std::vector<int>(4, 0));
    }

    // Falcon lacks bytes, and the others add or strip blanks.
    void byteLevelRoundTrip_data() { addFolders({"llama3", "smollm"}); }

    /// Tokenizers over all bytes give every well-formed text back.
    void byteLevelRoundTrip()
    {
        QFETCH(QString, folder);
        const auto tokenizer = loadTokenizer(folderOf(folder.toStdString()));
        for (const auto& item : readJson(folderOf(folder.toStdString()) / "cases.json")) {
            const auto text = item[0].get<std::string>();
            const auto ids = tokenizer->encode(text, false);
            QCOMPARE(QByteArray::fromStdString(tokenizer->decode(ids)), QByteArray::fromStdString(text));
            std::string joined;
            for (const std::int32_t id : ids)
                joined += tokenizer->bytes(id);
            QCOMPARE(QByteArray::fromStdString(joined), QByteArray::fromStdString(text));
        }
    }

private:
    static void addFolders(const std::vector<std::string>& names = folders())
    {
        QTest::addColumn<QString>("folder");
        for (const std::string& name : names)
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
};

QTEST_GUILESS_MAIN(TestTokenizerGoldens)
#include "tst_tokenizer_goldens.moc"
