// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include <QtTest>

using namespace falconer;
using namespace std::string_literals;

class TestText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nearest_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("expected");
        QTest::newRow("exact") << "rank"
                               << "rank";
        QTest::newRow("swap") << "rnak"
                              << "rank";
        QTest::newRow("case") << "RANK"
                              << "rank";
        QTest::newRow("dropped letter") << "learing_rate"
                                        << "learning_rate";
        QTest::newRow("hyphen") << "max-length"
                                << "max_length";
        QTest::newRow("nothing near") << "colour"
                                      << "";
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("first of two equally near") << "ronk"
                                                   << "rank";
    }

    void nearest()
    {
        QFETCH(QString, word);
        QFETCH(QString, expected);
        const std::vector<std::string> keys = {"rank", "rink", "learning_rate", "max_length", "alpha"};
        QCOMPARE(QString::fromStdString(falconer::nearest(word.toStdString(), keys)), expected);
    }

    void nearestToAHugeWordIsQuick()
    {
        const std::vector<std::string> keys(50, "learning_rate");
        QCOMPARE(falconer::nearest(std::string(10'000'000, 'l'), keys), std::string());
    }

    void invalidUtf8_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qint64>("at"); // -1: well-formed
        QTest::addColumn<QByteArray>("repaired");
        const QByteArray bad = "\xEF\xBF\xBD";
        QTest::newRow("empty") << QByteArray("") << qint64(-1) << QByteArray("");
        QTest::newRow("ascii") << QByteArray("plain text, longer than eight") << qint64(-1)
                               << QByteArray("plain text, longer than eight");
        QTest::newRow("two three four bytes")
            << QByteArray("\u00e9\u20ac\U0001F600") << qint64(-1) << QByteArray("\u00e9\u20ac\U0001F600");
        QTest::newRow("nul") << QByteArray("a\0b", 3) << qint64(-1) << QByteArray("a\0b", 3);
        QTest::newRow("lone continuation") << QByteArray("ab\x80") << qint64(2) << "ab" + bad;
        QTest::newRow("overlong slash") << QByteArray("\xC0\xAF") << qint64(0) << bad + bad;
        QTest::newRow("overlong three") << QByteArray("\xE0\x80\xAF") << qint64(0) << bad + bad + bad;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << qint64(0) << bad + bad + bad;
        QTest::newRow("above U+10FFFF") << QByteArray("\xF4\x90\x80\x80") << qint64(0) << bad + bad + bad + bad;
        QTest::newRow("unfinished is one subpart")
            << QByteArray("12345678\xF0\x9F\x98") << qint64(8) << "12345678" + bad;
        QTest::newRow("unfinished in the middle") << QByteArray("\xE2\x82x") << qint64(0) << bad + "x";
        QTest::newRow("highest") << QByteArray("\xF4\x8F\xBF\xBF") << qint64(-1) << QByteArray("\xF4\x8F\xBF\xBF");
        QTest::newRow("0xFF") << QByteArray("abcdefg\xFFh") << qint64(7) << "abcdefg" + bad + "h";
    }

    void invalidUtf8()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(qint64, at);
        QFETCH(QByteArray, repaired);
        const std::string text = bytes.toStdString();
        QCOMPARE(findInvalidUtf8(text), at < 0 ? std::string::npos : static_cast<std::size_t>(at));
        QCOMPARE(QByteArray::fromStdString(toValidUtf8(text)), repaired);
        QCOMPARE(findInvalidUtf8(toValidUtf8(text)), std::string::npos);
    }

    void everyCodePointIsWellFormedAndSplitsOnlyAtItsEnd()
    {
        for (char32_t code = 0; code <= 0x10FFFF; code += code < 0x800 ? 1 : 61) {
            if (code >= 0xD800 && code < 0xE000)
                continue;
            const std::string text = QString::fromUcs4(&code, 1).toStdString();
            QCOMPARE(findInvalidUtf8(text), std::string::npos);
            for (std::size_t cut = 1; cut < text.size(); ++cut)
                QCOMPARE(completeUtf8Prefix("ab" + text.substr(0, cut)), std::size_t{2});
            QCOMPARE(completeUtf8Prefix("ab" + text), 2 + text.size());
        }
    }

    void prefixOfIllFormedTextIsWhole()
    {
        QCOMPARE(completeUtf8Prefix(""), std::size_t{0});
        QCOMPARE(completeUtf8Prefix("\x80"), std::size_t{1});
        QCOMPARE(completeUtf8Prefix("\x80\x80\x80\x80\x80"), std::size_t{5});
        QCOMPARE(completeUtf8Prefix("\xE0\x80"), std::size_t{2}); // can never become well-formed
        QCOMPARE(completeUtf8Prefix("\xFF"), std::size_t{1});
    }

    void times()
    {
        QCOMPARE(utcTime(0), "1970-01-01T00:00:00Z"s);
        QCOMPARE(utcTime(1795478117), "2026-11-23T23:55:17Z"s);
        QCOMPARE(utcTime().size(), std::size_t{20});
    }

    void joins()
    {
        const std::vector<std::string> items = {"a", "b", "c"};
        QCOMPARE(join(items), "a, b and c"s);
        QCOMPARE(join(std::span(items).first(2)), "a and b"s);
        QCOMPARE(join(std::span(items).first(1)), "a"s);
        QCOMPARE(join({}), ""s);
        QCOMPARE(join(items, "|"), "a|b|c"s);
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
