// SPDX-License-Identifier: Apache-2.0
// The hand-written matchers against the general engine, what the general engine refuses, and the tables under both.
#include "core/base/error.h"
#include "core/text/regex_translator.h"
#include "core/text/split_pattern.h"
#include "core/text/unicode.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace falconer;

namespace {

std::vector<std::string> pieces(const SplitPattern& pattern, const std::string& text)
{
    std::vector<PatternSpan> spans;
    pattern.find(text, spans);
    std::vector<std::string> found;
    for (const PatternSpan& span : spans)
        found.push_back((span.isMatch ? "+" : "-") + text.substr(span.begin, span.end - span.begin));
    return found;
}

/// A group around it keeps an expression from being recognized, so that the general engine takes it.
std::unique_ptr<SplitPattern> general(const std::string& expression)
{
    return regexPattern("(?:" + expression + ")", "test");
}

std::string randomText(std::mt19937& random)
{
    static const std::u32string kAlphabet
        = U" \t\n\r\u00A0\u2003\u3000'sStTrReEvVmMlLdD\u017F\u212Aaz\u00E9\u042F\u4F60"
          U"0159\u00B2\u00BD\u0661.,!?-\u2019\U0001F600\u0301\u0000\u200B";
    std::string text;
    for (std::size_t i = random() % 24; i > 0; --i)
        unicode::append(text, kAlphabet[random() % kAlphabet.size()]);
    return text;
}

} // namespace

class TestSplitPattern : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handWrittenEqualsGeneral_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::newRow("gpt-2") << R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
        QTest::newRow("llama-3")
            << R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
        QTest::newRow("qwen")
            << R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
        QTest::newRow("three digits") << "[0-9][0-9][0-9]";
        QTest::newRow("numerals") << R"(\p{N})";
    }

    void handWrittenEqualsGeneral()
    {
        QFETCH(QString, expression);
        const auto byHand = regexPattern(expression.toStdString(), "test");
        const auto engine = general(expression.toStdString());
        std::mt19937 random(7);
        for (int i = 0; i < 3000; ++i) {
            const std::string text = randomText(random);
            QVERIFY2(pieces(*byHand, text) == pieces(*engine, text), text.c_str());
        }
    }

    void keepsEmptyMatchesAsTheReference()
    {
        QCOMPARE(pieces(*regexPattern("b*", "test"), "abbc"), (std::vector<std::string>{"+", "-a", "+bb", "-c", "+"}));
        QCOMPARE(pieces(*literalPattern(""), "ab"), (std::vector<std::string>{"+", "-a", "+", "-b", "+"}));
        QCOMPARE(pieces(*literalPattern("aa"), "aaab"), (std::vector<std::string>{"+aa", "-ab"}));
    }

    void refusesWhatItDoesNotKnow_data()
    {
        QTest::addColumn<QString>("expression");
        for (const char* const expression : {"(", ")", "a)", "[a", "[]a]", "[[:alpha:]]", "[a[b]]", "[a&&b]", "[a-\\d]",
                 "[z-a]", "\\b", "\\h", "\\R", "\\X", "\\K", "\\A", "\\G", "\\1", "\\k<a>", "\\p{Klingon}", "\\p{L",
                 "\\pL", "\\xff", "\\u12", "\\x{}", "\\x{110000}", "\\", "(?<name>a)", "(?P<n>a)", "(?#c)", "(?m)a",
                 "(?x) a", "(?s:a)", "(*ACCEPT)", "(?R)", "(?1)", "(?(1)a|b)", "(?|a|b)", "(?C1)", "a(?i)b", "(?i)ss",
                 "(?i:of \xEF\xAC\x81)", "(?i)fi", "(?i)\xC3\xA9", "(?i)\\p{Lu}", "(?i)[\\w]", "a**", "a+*", "*a", "^*",
                 "(?=a)*", "a{", "a{,}", "a{x}", "a{3}?", "a{2,1}", "a{1000}", "(?:a{2}){2}",
                 "\\p{L}{99999999999999999999}", "[a-\\", "(?<=a+)b", "[^\\x{0}-\\x{10FFFF}]"})
            QTest::newRow(expression) << QString::fromUtf8(expression);
    }

    void refusesWhatItDoesNotKnow()
    {
        QFETCH(QString, expression);
        try {
            regexPattern(expression.toStdString(), "tokenizer.json, pre_tokenizer");
            QFAIL("it was taken");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::modelUnsupported);
            QCOMPARE(error.faults().front().subject, std::string("tokenizer.json, pre_tokenizer"));
        }
    }

    void boundsItsWork()
    {
        QVERIFY_THROWS_EXCEPTION(Error, regexPattern(std::string(2000, 'a'), "test"));
        const auto pattern = regexPattern("(?:a|a)*(?:a|a)*(?:a|a)*(?:a|a)*b$|(?:a*)*c", "test");
        std::vector<PatternSpan> spans;
        QVERIFY_THROWS_EXCEPTION(Error, pattern->find(std::string(5000, 'a'), spans));
    }

    /// The numbers that were found by probing the reference's code points one by one.
    void tablesHaveTheReferencesSizes()
    {
        const auto count = [](unicode::Mask any) {
            int found = 0;
            for (char32_t code = 0; code < unicode::kCodePoints; ++code)
                found += unicode::is(code, any);
            return found;
        };
        std::uint64_t covered = 0;
        for (const unicode::Run& run : unicode::kindRuns())
            covered += run.length;
        QCOMPARE(covered, std::uint64_t{unicode::kCodePoints});
        QCOMPARE(count(unicode::kLetter), 141028);
        QCOMPARE(count(unicode::kNumber), 1911);
        QCOMPARE(count(unicode::kSpace), 25);
        QCOMPARE(count(unicode::kRustNumeric), 1924);
        QCOMPARE(count(unicode::kOldPunctuation), 726);
        QVERIFY(unicode::is(0x166D, unicode::kOldPunctuation) && unicode::is(0x111C9, unicode::kOldPunctuation));
        QVERIFY(!unicode::is(0x180E, unicode::kSpace) && unicode::is(0x85, unicode::kSpace));
        QVERIFY(unicode::is(U'_', unicode::kRegexWord) && !unicode::is(U'-', unicode::kRegexWord));
        QCOMPARE(unicode::properties(0xFFFFFFFF), unicode::Mask{0});
    }

    void byteAlphabetIsGpt2s()
    {
        QCOMPARE(unicode::byteCharacter(0x00), U'\u0100');
        QCOMPARE(unicode::byteCharacter(0x0A), U'\u010A');
        QCOMPARE(unicode::byteCharacter(0x20), U'\u0120');
        QCOMPARE(unicode::byteCharacter(0x7F), U'\u0121');
        QCOMPARE(unicode::byteCharacter(0xA0), U'\u0142');
        QCOMPARE(unicode::byteCharacter(0xAD), U'\u0143');
        for (int byte = 0; byte < 256; ++byte)
            QCOMPARE(unicode::characterByte(unicode::byteCharacter(static_cast<std::uint8_t>(byte))), byte);
        QCOMPARE(unicode::characterByte(0x144), -1);
        QCOMPARE(unicode::characterByte(U' '), -1);
        std::string bytes = "x";
        QVERIFY(!unicode::appendBytes("a b", bytes) && bytes == "x");
        QVERIFY(unicode::appendBytes(unicode::toByteCharacters("\xF0\x9F\x98\x80 \n"), bytes)
            && bytes == "x\xF0\x9F\x98\x80 \n");
    }

    void utf8BothWays()
    {
        for (const char32_t code :
            {U'\0', U'a', U'\u007F', U'\u0080', U'\u07FF', U'\u0800', U'\uFFFF', U'\U00010000', U'\U0010FFFF'}) {
            std::string text = "b";
            unicode::append(text, code);
            std::size_t at = 1;
            QCOMPARE(unicode::next(text, at), code);
            QCOMPARE(at, text.size());
            QCOMPARE(unicode::previous(text, at), code);
            QCOMPARE(at, std::size_t{1});
        }
        std::size_t at = 0; // a cut sequence is not read past its end
        unicode::next(std::string_view("\xF0\x9F"), at);
        QCOMPARE(at, std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(TestSplitPattern)
#include "tst_split_pattern.moc"
