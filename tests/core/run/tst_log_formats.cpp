// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/run/checksums.h"
#include "core/run/recipe_values.h"
#include "core/run/tensorboard_records.h"
#include "core/run/wandb_artifact.h"
#include "core/run/wandb_records.h"
#include "tests/core/run/log_files.h"

#include <QByteArray>
#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <random>
#include <string>

using namespace falconer;
namespace fs = std::filesystem;

namespace {

std::string hexOfMd5(std::string_view text, std::size_t piece)
{
    Md5 md5;
    for (std::size_t at = 0; at < text.size(); at += piece)
        md5.add(text.substr(at, piece));
    const auto digest = md5.finish();
    return QByteArray(reinterpret_cast<const char*>(digest.data()), static_cast<int>(digest.size()))
        .toHex()
        .toStdString();
}

std::string randomBytes(std::mt19937& random, std::size_t size)
{
    std::string bytes(size, '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(random());
    return bytes;
}

} // namespace

class TestLogFormats : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void checksumsAreThoseOfTheirStandards()
    {
        QCOMPARE(crc32("123456789"), 0xCBF43926U);
        QCOMPARE(crc32c("123456789"), 0xE3069283U);
        QCOMPARE(crc32("6789", crc32("12345")), 0xCBF43926U);
        QCOMPARE(crc32(""), 0U);
    }

    void md5IsThatOfRfc1321()
    {
        const std::string digits = "12345678901234567890123456789012345678901234567890123456789012345678901234567890";
        for (const std::size_t piece : {1U, 7U, 64U, 1000U}) {
            QCOMPARE(hexOfMd5("", piece), std::string("d41d8cd98f00b204e9800998ecf8427e"));
            QCOMPARE(hexOfMd5("abc", piece), std::string("900150983cd24fb0d6963f7d28e17f72"));
            QCOMPARE(hexOfMd5(digits, piece), std::string("57edf4a22be3c955ac49da2e2107b67a"));
        }
        // 55, 56 and 64 bytes: where the padding just fits, does not, and takes a block of its own.
        QCOMPARE(hexOfMd5(std::string(55, 'a'), 9), std::string("ef1772b6dff9a122358552954ad0df65"));
        QCOMPARE(hexOfMd5(std::string(56, 'a'), 9), std::string("3b0c8ac703f828b04c6c197006d17218"));
        QCOMPARE(hexOfMd5(std::string(64, 'a'), 9), std::string("014842d480b571495a4a0363793f7367"));
    }

    void aTensorBoardRecordIsThatOfItsOwnWriter()
    {
        // Made by RecordWriter of tensorboard 2.21.0.
        QCOMPARE(QByteArray::fromStdString(tensorBoardRecord("falconer")).toHex(),
            QByteArray("0800000000000000ff86240f66616c636f6e6572cc418fd6"));
        QCOMPARE(test::tensorBoardRecords(tensorBoardRecord("")), std::vector<std::string>{""});
    }

    void wandbRecordsOfAwkwardSizesReadBack()
    {
        // Around the end of a block: 7 bytes of header fit, one less does not, and records of several blocks.
        std::mt19937 random(1);
        std::vector<std::string> written;
        std::string file = wandbFileHeader();
        for (const std::size_t size : {0U, 1U, 32'740U, 5U, 32'754U, 32'753U, 32'761U, 32'755U, 100'000U, 65'522U, 3U})
            written.push_back(randomBytes(random, size));
        for (int i = 0; i < 300; ++i)
            written.push_back(randomBytes(random, random() % 700));
        for (const std::string& record : written)
            file += wandbRecord(record, static_cast<std::int64_t>(file.size()));
        QVERIFY(test::wandbRecords(file) == written);
        QVERIFY(readWandbRecords(file) == written);
    }

    void damagedWandbFilesEndWhereTheDamageIs()
    {
        std::string file = wandbFileHeader();
        for (const char* record : {"one", "two", "three"})
            file += wandbRecord(record, static_cast<std::int64_t>(file.size()));
        for (std::size_t cut = 0; cut < file.size(); ++cut) {
            const auto records = readWandbRecords(std::string_view(file).substr(0, cut));
            QVERIFY(records.size() < 3);
            if (!records.empty())
                QCOMPARE(records.front(), std::string("one"));
        }
        for (std::size_t at = 7; at < file.size(); ++at) {
            std::string damaged = file;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
            QVERIFY(readWandbRecords(damaged).size() < 3);
        }
        QVERIFY(readWandbRecords("not such a file").empty());
        QVERIFY(readWandbRecords("").empty());
        // A LAST chunk that nothing began, and a FIRST one inside another.
        std::string loose = wandbFileHeader() + wandbRecord("x", 7);
        loose[13] = 4;
        QVERIFY(readWandbRecords(loose).empty());
    }

    void anArtifactsDigestsAreWandbs()
    {
        // Artifact.add_dir() of wandb 0.31.0 made these of a folder with a.txt, "hi".
        const QTemporaryDir folder;
        const fs::path base = folder.path().toStdString();
        writeFile(base / "a.txt", "hi");
        const WandbManifest manifest = wandbManifest(base);
        QCOMPARE(manifest.files.size(), std::size_t(1));
        QCOMPARE(manifest.files[0].digest, std::string("SfaKXIST7CwL9ImCHCH8Ow=="));
        QCOMPARE(manifest.digest, std::string("c0fcac8569620d6adcd94818179961f3"));
        fs::create_directories(base / "sub");
        writeFile(base / "sub" / "b", "");
        QCOMPARE(wandbManifest(base).files.back().path, std::string("sub/b"));
        QVERIFY_EXCEPTION_THROWN(wandbManifest(base / "none"), Error);
    }

    void idsAreLowerCaseAndDiffer()
    {
        const std::string id = wandbId(8);
        QVERIFY(QRegularExpression("^[0-9a-z]{8}$").match(QString::fromStdString(id)).hasMatch());
        QVERIFY(id != wandbId(8));
    }

    void aRecipesValuesAreTypedAndWhole()
    {
        Recipe recipe;
        recipe.model = "no"; // a word that YAML 1.1 takes for false
        recipe.data.train = {{"/d/x", 2}, {"/d/y", 1}};
        recipe.training.seed = 18446744073709551615ULL;
        const auto values = recipeValues(recipe);
        const auto valueOf = [&](std::string_view key) {
            for (const RecipeValue& value : values)
                if (value.key == key)
                    return value.value;
            return nlohmann::ordered_json("missing");
        };
        QVERIFY(valueOf("model") == "no");
        QVERIFY(valueOf("lora.rank") == 16);
        QVERIFY(valueOf("training.learning_rate") == 2e-4);
        QVERIFY(valueOf("training.seed") == 18446744073709551615ULL);
        QVERIFY(valueOf("training.max_steps").is_null());
        QVERIFY(valueOf("training.eval_every") == "auto");
        QVERIFY(valueOf("quantization.double_quant") == true);
        QVERIFY(valueOf("logging.wandb") == "off");
        QVERIFY(valueOf("data.train")[0]["weight"] == 2);
    }
};

QTEST_GUILESS_MAIN(TestLogFormats)
#include "tst_log_formats.moc"
