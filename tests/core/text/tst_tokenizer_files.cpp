// SPDX-License-Identifier: Apache-2.0
// What stands in the files around a tokenizer, and files that are not what they should be.
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/formats/gguf.h"
#include "core/text/tokenizer.h"
#include "core/text/tokenizer_parts.h"
#include "tests/support/paths.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <functional>
#include <string>
#include <vector>

using namespace falconer;
using nlohmann::json;

namespace {

using Ids = std::vector<std::int32_t>;

/// GGUF metadata without a file.
class FakeGguf final : public GgufFile {
public:
    std::map<std::string, Value, std::less<>> values;

    const std::filesystem::path& path() const override { return m_path; }
    const std::map<std::string, Value, std::less<>>& metadata() const override { return values; }
    std::span<const TensorView> tensors() const override { return {}; }
    std::filesystem::path fileOf(const TensorView&) const override { return m_path; }
    void release(const TensorView&) const override { }

private:
    std::filesystem::path m_path = "fake.gguf";
};

json golden(const std::string& name) { return json::parse(readFile(test::golden("text") / name / "tokenizer.json")); }

/// The vocabulary and the merges of a golden tokenizer.json as a GGUF file has them.
FakeGguf asGguf(const std::string& name, const std::string& pre)
{
    const json file = golden(name);
    std::vector<std::string> pieces;
    const auto put = [&](const std::string& piece, std::size_t id) {
        pieces.resize(std::max(pieces.size(), id + 1));
        pieces[id] = piece;
    };
    for (const auto& [piece, id] : file["model"]["vocab"].items())
        put(piece, id.get<std::size_t>());
    for (const auto& token : file["added_tokens"])
        put(token["content"], token["id"].get<std::size_t>());
    std::vector<std::int64_t> types(pieces.size(), 1);
    for (const auto& token : file["added_tokens"])
        types[token["id"].get<std::size_t>()] = 3;
    std::vector<std::string> merges;
    for (const auto& pair : file["model"]["merges"])
        merges.push_back(pair[0].get<std::string>() + " " + pair[1].get<std::string>());
    FakeGguf gguf;
    gguf.values["tokenizer.ggml.model"] = std::string("gpt2");
    gguf.values["tokenizer.ggml.pre"] = pre;
    gguf.values["tokenizer.ggml.tokens"] = pieces;
    gguf.values["tokenizer.ggml.token_type"] = types;
    gguf.values["tokenizer.ggml.merges"] = merges;
    return gguf;
}

json addedToken(int id, const std::string& content)
{
    return {{"id", id}, {"content", content}, {"single_word", false}, {"lstrip", false}, {"rstrip", false},
        {"normalized", false}, {"special", true}};
}

/// A small tokenizer.json that is right; the tests break it.
json smallFile()
{
    return {{"version", "1.0"}, {"added_tokens", json::array({addedToken(5, "<s>")})}, {"normalizer", nullptr},
        {"pre_tokenizer", {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true}}},
        {"decoder", {{"type", "ByteLevel"}}},
        {"post_processor",
            {{"type", "TemplateProcessing"},
                {"single",
                    json::array({{{"SpecialToken", {{"id", "<s>"}, {"type_id", 0}}}},
                        {{"Sequence", {{"id", "A"}, {"type_id", 0}}}}})},
                {"special_tokens", {{"<s>", {{"id", "<s>"}, {"ids", {5}}, {"tokens", {"<s>"}}}}}}}},
        {"model",
            {{"type", "BPE"}, {"vocab", {{"a", 0}, {"b", 1}, {"ab", 2}, {"Ġ", 3}, {"c", 4}}}, {"merges", {"a b"}}}}};
}

std::unique_ptr<Tokenizer> make(const json& file)
{
    return makeTokenizer(parseTokenizerJson(file.dump(), "tokenizer.json"), {});
}

/// The error that `action` throws; a default-made fault of code internal when it throws none.
Fault faultOf(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.faults().front();
    }
    return {ErrorCode::internal, "nothing was thrown", "", ""};
}

/// Of this process's computing, so that a busy machine does not count.
double secondsSince(std::clock_t start) { return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC; }

QByteArray shown(const Fault& fault) { return QByteArray::fromStdString(sentence(fault)); }

} // namespace

class TestTokenizerFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void encodesTheSmallFile()
    {
        const auto tokenizer = make(smallFile());
        QCOMPARE(tokenizer->encode("ab ca<s>", true), (Ids{5, 2, 3, 4, 0, 5}));
        QCOMPARE(tokenizer->encode("", true), Ids{5});
        QCOMPARE(tokenizer->encode("", false), Ids{});
        QCOMPARE(tokenizer->size(), 6);
        QCOMPARE(tokenizer->decode(Ids{5, 2, 3, 4}, true), std::string("ab c"));
        QCOMPARE(tokenizer->decode(Ids{5, 2, 77, -1, 4}), std::string("<s>abc"));
        QCOMPARE(tokenizer->piece(3), std::string("Ġ"));
        QCOMPARE(tokenizer->bytes(3), std::string(" "));
        QCOMPARE(tokenizer->piece(6) + tokenizer->piece(-1) + tokenizer->bytes(99), std::string());
        QVERIFY(tokenizer->isSpecial(5) && !tokenizer->isSpecial(2) && !tokenizer->isSpecial(99));
        QVERIFY(tokenizer->find("ab") == 2 && tokenizer->find("<s>") == 5 && !tokenizer->find("abc"));
    }

    void illFormedTextCountsAsReplaced()
    {
        const auto tokenizer = loadTokenizer(test::golden("text") / "llama3");
        QCOMPARE(tokenizer->encode("a\xFF"
                                   "b\xE4\xBD"),
            tokenizer->encode("a\xEF\xBF\xBD"
                              "b\xEF\xBF\xBD"));
        QCOMPARE(tokenizer->encode(std::string("a\0b", 3), false).size(), std::size_t{3});
        QVERIFY(tokenizer->encode("a\xFF", false) != tokenizer->encode("a", false));
    }

    void addedTokensTakeTheReferencesIds()
    {
        json file = smallFile();
        // one that the model knows keeps the model's id, the others are counted on from the size of the vocabulary
        file["added_tokens"] = {addedToken(90, "b"), addedToken(91, "<s>"), addedToken(92, "")};
        const auto tokenizer = make(file);
        QVERIFY(tokenizer->find("b") == 1 && tokenizer->find("<s>") == 5);
        QCOMPARE(tokenizer->encode("ab", false), (Ids{0, 1}));
        QVERIFY(tokenizer->isSpecial(1));
    }

    void readsRoles()
    {
        const auto llama = loadTokenizer(test::golden("text") / "llama3");
        QVERIFY(llama->bos() == llama->find("<|begin_of_text|>") && llama->eos() == llama->find("<|eot_id|>"));
        QVERIFY(llama->pad() == llama->eos());
        QVERIFY(!llama->chatTemplate());
        const auto smol = loadTokenizer(test::golden("text") / "smollm");
        QVERIFY(!smol->bos() && smol->pad() == smol->find("<|im_end|>"));
        QCOMPARE(Ids(smol->stopIds().begin(), smol->stopIds().end()), Ids{*smol->eos()});
    }

    void readsTheFilesBeside()
    {
        const QTemporaryDir temporary;
        const std::filesystem::path folder = temporary.path().toStdString();
        writeFile(folder / "tokenizer.json", smallFile().dump());
        QVERIFY(!loadTokenizer(folder)->eos());

        writeFile(folder / "special_tokens_map.json",
            R"({"bos_token":"<s>","eos_token":{"content":"c"},"pad_token":"none of these"})");
        QVERIFY(loadTokenizer(folder)->bos() == 5 && loadTokenizer(folder)->pad() == 4);

        writeFile(folder / "tokenizer_config.json",
            R"({"eos_token":"a","model_max_length":1000000000000000019884624838656,"chat_template":[{"name":"tool_use","template":"T"},{"name":"default","template":"D"}]})");
        writeFile(folder / "generation_config.json", R"({"eos_token_id":[0,4]})");
        writeFile(folder / "config.json", R"({"eos_token_id":2})");
        auto tokenizer = loadTokenizer(folder);
        QVERIFY(tokenizer->bos() == 5 && tokenizer->eos() == 0 && tokenizer->pad() == 0);
        QCOMPARE(Ids(tokenizer->stopIds().begin(), tokenizer->stopIds().end()), (Ids{0, 4, 2}));
        QVERIFY(tokenizer->chatTemplate() == "D");

        writeFile(folder / "tokenizer_config.json", R"({"chat_template":"from the configuration"})");
        QVERIFY(loadTokenizer(folder)->chatTemplate() == "from the configuration");
        writeFile(folder / "chat_template.jinja", "from its own file");
        QVERIFY(loadTokenizerFor(folder)->chatTemplate() == "from its own file");

        std::filesystem::remove(folder / "special_tokens_map.json");
        writeFile(folder / "generation_config.json", R"({"eos_token_id":-1})");
        tokenizer = loadTokenizer(folder);
        QVERIFY(tokenizer->eos() == 2 && !tokenizer->bos());
    }

    void namesItsSpecialTokens()
    {
        const QTemporaryDir temporary;
        const std::filesystem::path folder = temporary.path().toStdString();
        writeFile(folder / "tokenizer.json", smallFile().dump());
        QVERIFY(loadTokenizer(folder)->specialTokens().empty());
        writeFile(folder / "tokenizer_config.json",
            R"({"bos_token":{"content":"<b>","lstrip":false},"unk_token":"<u>","mask_token":null,"sep_token":7,
                "model_max_length":5,"extra_special_tokens":{"image_token":"<i>"}})");
        writeFile(folder / "special_tokens_map.json", R"({"unk_token":"later","cls_token":"<c>"})");
        QCOMPARE(loadTokenizer(folder)->specialTokens(),
            (std::map<std::string, std::string>{
                {"bos_token", "<b>"}, {"cls_token", "<c>"}, {"image_token", "<i>"}, {"unk_token", "<u>"}}));
    }

    void refusesBrokenFilesBeside_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("content");
        QTest::newRow("not JSON") << "tokenizer_config.json"
                                  << "{";
        QTest::newRow("a list") << "tokenizer_config.json"
                                << "[1]";
        QTest::newRow("a number for a token") << "tokenizer_config.json"
                                              << R"({"eos_token":7})";
        QTest::newRow("a token without content") << "special_tokens_map.json"
                                                 << R"({"bos_token":{"lstrip":true}})";
        QTest::newRow("a huge id") << "generation_config.json"
                                   << R"({"eos_token_id":99999999999})";
        QTest::newRow("a negative id") << "generation_config.json"
                                       << R"({"eos_token_id":[1,-5]})";
        QTest::newRow("a text for an id") << "config.json"
                                          << R"({"eos_token_id":"2"})";
        QTest::newRow("a half id") << "config.json"
                                   << R"({"eos_token_id":2.5})";
        QTest::newRow("a template that is a number") << "tokenizer_config.json"
                                                     << R"({"chat_template":3})";
        QTest::newRow("a template without name") << "tokenizer_config.json"
                                                 << R"({"chat_template":[{"template":"x"}]})";
    }

    void refusesBrokenFilesBeside()
    {
        QFETCH(QString, name);
        QFETCH(QString, content);
        const QTemporaryDir temporary;
        const std::filesystem::path folder = temporary.path().toStdString();
        writeFile(folder / "tokenizer.json", smallFile().dump());
        writeFile(folder / name.toStdString(), content.toStdString());
        const Fault fault = faultOf([&] { loadTokenizer(folder); });
        QVERIFY2(fault.code == ErrorCode::fileMalformed, shown(fault));
        QVERIFY2(fault.subject.find(name.toStdString()) != std::string::npos, shown(fault));
    }

    void saysWhatIsMissing()
    {
        const QTemporaryDir temporary;
        const std::filesystem::path folder = temporary.path().toStdString();
        QVERIFY(faultOf([&] { loadTokenizer(folder); }).code == ErrorCode::fileMissing);
        QVERIFY(faultOf([&] { loadTokenizerFor(folder / "no.gguf"); }).code == ErrorCode::fileMissing);
        writeFile(folder / "tokenizer.model", "x");
        QVERIFY(faultOf([&] { loadTokenizer(folder); }).code == ErrorCode::modelUnsupported);
    }

    void refusesBrokenTokenizers_data()
    {
        QTest::addColumn<QString>("pointer"); // JSON pointer of what is replaced
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("code");
        const int malformed = static_cast<int>(ErrorCode::fileMalformed);
        const int unsupported = static_cast<int>(ErrorCode::modelUnsupported);
        const auto row = [](const char* pointer, const char* value, int code) {
            QTest::addRow("%s = %.60s", pointer, value) << pointer << value << code;
        };
        row("", "[]", malformed);
        row("", "7", malformed);
        row("", "{}", malformed);
        row("/version", "\"2.0\"", unsupported);
        row("/model", "null", malformed);
        row("/model", "[]", malformed);
        row("/model/type", "\"Unigram\"", unsupported);
        row("/model/type", "4", malformed);
        row("/model/vocab", "[\"a\"]", malformed);
        row("/model/vocab", "null", malformed);
        row("/model/vocab/a", "\"0\"", malformed);
        row("/model/vocab/a", "-1", malformed);
        row("/model/vocab/a", "true", malformed);
        row("/model/vocab/a", "0.5", malformed);
        row("/model/vocab/a", "4294967296", malformed);
        row("/model/vocab/a", "18446744073709551615", malformed);
        row("/model/vocab/a", "16777216", malformed);
        row("/model/vocab/a", "1e300", malformed);
        row("/model/merges", "{}", malformed);
        row("/model/merges", "[\"a\"]", malformed);
        row("/model/merges", "[\"a b c\"]", malformed);
        row("/model/merges", "[\"a z\"]", malformed);
        row("/model/merges", "[\"b a\"]", malformed);
        row("/model/merges", "[[\"a\"]]", malformed);
        row("/model/merges", "[[\"a\", 1]]", malformed);
        row("/model/merges", "[5]", malformed);
        row("/model/unk_token", "\"?\"", malformed);
        row("/model/ignore_merges", "1", malformed);
        row("/model/dropout", "0.1", unsupported);
        row("/model/continuing_subword_prefix", "\"##\"", unsupported);
        row("/model/end_of_word_suffix", "\"</w>\"", unsupported);
        row("/added_tokens", "{}", malformed);
        row("/added_tokens", "[3]", malformed);
        row("/added_tokens/0/id", "-1", malformed);
        row("/added_tokens/0/id", "9999999999", malformed);
        row("/added_tokens/0/content", "1", malformed);
        row("/added_tokens/0/lstrip", "\"no\"", malformed);
        row("/added_tokens/0/special", "null", malformed);
        row("/normalizer", "{\"type\":\"NFC\"}", unsupported);
        row("/normalizer", "{\"type\":\"NFKC\"}", unsupported);
        row("/normalizer", "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Lowercase\"}]}", unsupported);
        row("/normalizer", "{\"type\":\"Sequence\",\"normalizers\":{}}", malformed);
        row("/normalizer", "{\"type\":\"Replace\",\"pattern\":{},\"content\":\"\"}", malformed);
        row("/normalizer", "3", malformed);
        row("/pre_tokenizer", "{\"type\":\"BertPreTokenizer\"}", unsupported);
        row("/pre_tokenizer", "{\"add_prefix_space\":false}", malformed);
        row("/pre_tokenizer/add_prefix_space", "0", malformed);
        row("/pre_tokenizer", "{\"type\":\"Split\",\"pattern\":\" \",\"behavior\":\"Isolated\",\"invert\":false}",
            malformed);
        row("/pre_tokenizer",
            "{\"type\":\"Split\",\"pattern\":{\"String\":\" \"},\"behavior\":\"Sideways\",\"invert\":false}",
            unsupported);
        row("/pre_tokenizer",
            "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(\"},\"behavior\":\"Isolated\",\"invert\":false}",
            unsupported);
        row("/pre_tokenizer", "{\"type\":\"Metaspace\",\"replacement\":\"ab\"}", malformed);
        row("/pre_tokenizer", "{\"type\":\"Metaspace\",\"replacement\":\"\"}", malformed);
        row("/pre_tokenizer", "{\"type\":\"Metaspace\",\"replacement\":\"_\",\"add_prefix_space\":false}", malformed);
        row("/decoder", "{\"type\":\"WordPiece\"}", unsupported);
        row("/decoder", "{\"type\":\"Strip\",\"content\":\" \",\"start\":-1,\"stop\":0}", malformed);
        row("/post_processor", "{\"type\":\"BertProcessing\",\"sep\":[\"b\",1],\"cls\":[\"a\",0]}", unsupported);
        row("/post_processor/single", "[]", malformed);
        row("/post_processor/single", "[{\"Sequence\":{\"id\":\"B\",\"type_id\":0}}]", unsupported);
        row("/post_processor/single", "[{\"SpecialToken\":{\"id\":\"</s>\",\"type_id\":0}}]", malformed);
        row("/post_processor/special_tokens/<s>/ids", "[99]", malformed);
        row("/post_processor/special_tokens/<s>/ids", "[-3]", malformed);
        row("/post_processor/special_tokens/<s>/ids", "\"5\"", malformed);
    }

    void refusesBrokenTokenizers()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(int, code);
        json file = smallFile();
        file[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
        const Fault fault = faultOf([&] { make(file); });
        QVERIFY2(fault.code == static_cast<ErrorCode>(code), shown(fault));
        QVERIFY2(fault.subject.starts_with("tokenizer.json"), shown(fault));
        // The section is named: the part of the pointer behind the first slash, whatever is inside it.
        const std::string section = pointer.section('/', 1, 1).toStdString();
        QVERIFY2(fault.subject.find(section == "model" && value == "null" ? "" : section) != std::string::npos,
            shown(fault));
    }

    void refusesEndlessNesting()
    {
        std::string nested = R"({"type":"Digits","individual_digits":true})";
        for (int i = 0; i < 2000; ++i)
            nested = R"({"type":"Sequence","pretokenizers":[)" + nested + "]}";
        json file = smallFile();
        file["pre_tokenizer"] = "nested";
        // Put in as text: nlohmann's own dump() recurses, and its frames are large under a sanitizer.
        std::string text = file.dump();
        text.replace(text.find("\"nested\""), std::string_view("\"nested\"").size(), nested);
        QVERIFY(faultOf([&] { parseTokenizerJson(text, "f"); }).code == ErrorCode::fileMalformed);
        QVERIFY(
            faultOf([&] { parseTokenizerJson(std::string(1'000'000, '['), "f"); }).code == ErrorCode::fileMalformed);
        QVERIFY(faultOf([&] { parseTokenizerJson("{\"model\":\"\xFF\"}", "f"); }).code == ErrorCode::fileMalformed);
    }

    void refusesRulesThatExplode()
    {
        json doubling = json::array();
        for (int i = 0; i < 60; ++i)
            doubling.push_back({{"type", "Replace"}, {"pattern", {{"String", "a"}}}, {"content", "aaaaaaaa"}});
        json file = smallFile();
        file["normalizer"] = {{"type", "Sequence"}, {"normalizers", doubling}};
        QVERIFY(faultOf([&] { make(file); }).code == ErrorCode::modelUnsupported);
        file = smallFile();
        json byteLevels = json::array();
        for (int i = 0; i < 60; ++i)
            byteLevels.push_back(file["pre_tokenizer"]);
        file["pre_tokenizer"] = {{"type", "Sequence"}, {"pretokenizers", byteLevels}};
        QVERIFY(faultOf([&] { make(file); }).code == ErrorCode::modelUnsupported);
        file = smallFile();
        file["decoder"] = {{"type", "Sequence"}, {"decoders", doubling}};
        QVERIFY(faultOf([&] { make(file); }).code == ErrorCode::modelUnsupported);
        file = smallFile();
        file["added_tokens"] = {addedToken(5, "<s>"), addedToken(6, std::string(5000, 'x'))};
        QVERIFY(faultOf([&] { make(file); }).code == ErrorCode::modelUnsupported);
    }

    void blankTokensAreNotQuadratic()
    {
        json blank = addedToken(6, " ");
        blank["lstrip"] = true;
        blank["rstrip"] = true;
        json file = smallFile();
        file["added_tokens"] = {addedToken(5, "<s>"), blank};
        const std::clock_t start = std::clock();
        QCOMPARE(make(file)->encode(std::string(300'000, ' '), false).size(), std::size_t{300'000});
        QVERIFY2(secondsSince(start) < 20, "blanks were measured again and again");
    }

    void longPiecesAreNotQuadratic()
    {
        const auto tokenizer = make(smallFile());
        std::string text;
        for (int i = 0; i < 400'000; ++i)
            text += i % 2 == 0 ? 'a' : 'b';
        const std::clock_t start = std::clock();
        QCOMPARE(tokenizer->encode(text, false), Ids(200'000, 2));
        // Far above what a queue needs (well under a second) and far below what comparing all pairs would take.
        QVERIFY2(secondsSince(start) < 20, "merging a long piece took too long");
    }

    void readsGguf_data()
    {
        QTest::addColumn<QString>("golden");
        QTest::addColumn<QString>("pre");
        QTest::newRow("falcon") << "falcon"
                                << "falcon";
        QTest::newRow("falcon, old file") << "falcon"
                                          << "default";
        QTest::newRow("llama-bpe") << "llama3"
                                   << "llama-bpe";
        QTest::newRow("falcon3") << "llama3"
                                 << "falcon3";
        QTest::newRow("smollm") << "smollm"
                                << "smollm";
    }

    void readsGguf()
    {
        QFETCH(QString, golden);
        QFETCH(QString, pre);
        FakeGguf gguf = asGguf(golden.toStdString(), pre.toStdString());
        gguf.values["tokenizer.ggml.add_bos_token"] = false;
        const auto tokenizer = loadTokenizer(gguf);
        for (const auto& item : json::parse(readFile(test::golden("text") / golden.toStdString() / "cases.json"))) {
            QCOMPARE(tokenizer->encode(item[0].get<std::string>()), item[1].get<Ids>());
            QCOMPARE(tokenizer->decode(item[1].get<Ids>()), item[3].get<std::string>());
        }
    }

    void readsGgufRoles()
    {
        FakeGguf gguf = asGguf("llama3", "llama-bpe");
        gguf.values["tokenizer.ggml.bos_token_id"] = std::uint64_t{700};
        gguf.values["tokenizer.ggml.eos_token_id"] = std::uint64_t{701};
        gguf.values["tokenizer.ggml.eot_token_id"] = std::uint64_t{704};
        gguf.values["tokenizer.chat_template"] = std::string("{{ x }}");
        auto tokenizer = loadTokenizer(gguf);
        QVERIFY(tokenizer->bos() == 700 && tokenizer->eos() == 701 && tokenizer->pad() == 701);
        QCOMPARE(Ids(tokenizer->stopIds().begin(), tokenizer->stopIds().end()), (Ids{701, 704}));
        QVERIFY(tokenizer->chatTemplate() == "{{ x }}");
        QCOMPARE(tokenizer->encode("").front(), 700); // Llama-3 begins with BOS unless the file says no
        gguf.values["tokenizer.ggml.add_bos_token"] = false;
        gguf.values["tokenizer.ggml.add_eos_token"] = true;
        gguf.values["tokenizer.ggml.padding_token_id"] = std::uint64_t{703};
        tokenizer = loadTokenizer(gguf);
        QCOMPARE(tokenizer->encode(""), Ids{701});
        QVERIFY(tokenizer->pad() == 703);
    }

    void refusesBrokenGguf()
    {
        using Change = std::function<void(FakeGguf&)>;
        const auto codeOf = [](const Change& change) {
            FakeGguf gguf = asGguf("smollm", "smollm");
            change(gguf);
            return faultOf([&] { loadTokenizer(gguf); }).code;
        };
        const auto with = [](const char* key, GgufFile::Value value) -> Change {
            return [=](FakeGguf& gguf) { gguf.values[std::string("tokenizer.") + key] = value; };
        };
        using Texts = std::vector<std::string>;
        using Numbers = std::vector<std::int64_t>;
        QCOMPARE(codeOf(with("ggml.model", std::string("llama"))), ErrorCode::modelUnsupported);
        QCOMPARE(codeOf(with("ggml.model", std::int64_t{2})), ErrorCode::fileMalformed);
        QCOMPARE(codeOf(with("ggml.pre", std::string("chameleon"))), ErrorCode::modelUnsupported);
        QCOMPARE(codeOf(with("ggml.tokens", Numbers{1})), ErrorCode::fileMalformed);
        QCOMPARE(codeOf(with("ggml.tokens", Texts{"\xFF"})), ErrorCode::fileMalformed);
        QCOMPARE(codeOf(with("ggml.token_type", Numbers{1, 1})), ErrorCode::fileMalformed);
        QCOMPARE(codeOf(with("ggml.merges", Texts{"ab"})), ErrorCode::fileMalformed);
        QCOMPARE(codeOf(with("ggml.merges", Texts{"", "a b"})), ErrorCode::fileMalformed);
        QCOMPARE(codeOf(with("ggml.merges", Texts{"no such"})), ErrorCode::fileMalformed);
        QCOMPARE(codeOf(with("ggml.eos_token_id", std::int64_t{-7})), ErrorCode::fileMalformed);
        QCOMPARE(codeOf(with("ggml.bos_token_id", std::int64_t{1} << 40)), ErrorCode::fileMalformed);
        QCOMPARE(codeOf(with("chat_template", Numbers{})), ErrorCode::fileMalformed);
        QCOMPARE(codeOf([](FakeGguf& gguf) { gguf.values.erase("tokenizer.ggml.merges"); }), ErrorCode::fileMalformed);
        QCOMPARE(codeOf([](FakeGguf& gguf) { gguf.values.clear(); }), ErrorCode::modelUnsupported);
    }
};

QTEST_GUILESS_MAIN(TestTokenizerFiles)
#include "tst_tokenizer_files.moc"
