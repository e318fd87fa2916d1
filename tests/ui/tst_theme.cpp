// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/theme/theme.h"

#include <QDir>
#include <QGuiApplication>
#include <QImage>
#include <QPushButton>
#include <QTest>

#include <cmath>

using namespace falconer::ui;

namespace {

/// WCAG 2.2, relative luminance.
double luminance(const QColor& color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

constexpr Scheme kSchemes[] = {Scheme::light, Scheme::dark};

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contrastFormulaIsWcag()
    {
        QVERIFY(std::abs(contrast(Qt::black, Qt::white) - 21.0) < 1e-9);
        QVERIFY(std::abs(contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.478) < 0.001);
    }

    void textPairsReach45_data()
    {
        QTest::addColumn<int>("text");
        QTest::addColumn<int>("ground");
        const auto pair = [](Token text, std::initializer_list<Token> grounds) {
            for (const Token ground : grounds)
                QTest::addRow("%s on %s", name(text).data(), name(ground).data())
                    << static_cast<int>(text) << static_cast<int>(ground);
        };
        using T = Token;
        const auto plain = {T::window, T::surface, T::rail, T::alt, T::hover, T::accentSoft, T::okSoft, T::errorSoft};
        pair(T::text, plain);
        pair(T::text2, plain);
        pair(T::link, {T::window, T::surface, T::alt, T::accentSoft});
        pair(T::onAccent, {T::accent, T::accentHover});
        pair(T::ok, {T::surface, T::okSoft});
        pair(T::warn, {T::surface, T::warnSoft});
        pair(T::error, {T::surface, T::window, T::errorSoft});
        pair(T::training, {T::surface});
        pair(T::validation, {T::surface});
        pair(T::best, {T::surface});
        pair(T::text2, {T::maskedToken, T::maskedTokenAlt});
        pair(T::text, {T::learnedToken, T::learnedTokenAlt});
        pair(T::watchEdge, {T::watchBand});
        pair(T::overfittingEdge, {T::overfittingBand});
        pair(T::onMemory,
            {T::memoryWeights, T::memoryTables, T::memoryActivations, T::memoryAdapter, T::memoryWorkspace,
                T::memoryProgram});
    }
    void textPairsReach45()
    {
        QFETCH(int, text);
        QFETCH(int, ground);
        for (const Scheme scheme : kSchemes) {
            const double ratio
                = contrast(color(static_cast<Token>(text), scheme), color(static_cast<Token>(ground), scheme));
            QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
        }
    }

    void bordersAndFillsReach3()
    {
        using T = Token;
        for (const Scheme scheme : kSchemes)
            for (const T token : {T::control, T::focus, T::accent, T::training, T::validation, T::best, T::checkpoint,
                     T::run1, T::run2, T::run3, T::run4, T::mapRank, T::mapHighest})
                for (const T ground : {T::surface, T::window}) {
                    const double ratio = contrast(color(token, scheme), color(ground, scheme));
                    QVERIFY2(ratio >= 3,
                        qPrintable(QStringLiteral("%1 on %2: %3").arg(name(token), name(ground)).arg(ratio)));
                }
    }

    void paletteIsRecognized()
    {
        for (const Scheme scheme : kSchemes) {
            const QPalette palette = makePalette(scheme);
            QCOMPARE(schemeOf(palette), scheme);
            QCOMPARE(palette.color(QPalette::Disabled, QPalette::Text), color(Token::disabled, scheme));
            QCOMPARE(palette.color(QPalette::Inactive, QPalette::Text), color(Token::text, scheme));
            QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.5);
            QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= 4.5);
        }
    }

    void styleSheetIsFilledInAndNamesNoControl()
    {
        for (const Scheme scheme : kSchemes) {
            const QString sheet = styleSheet(scheme);
            QVERIFY(sheet.contains(color(Token::okSoft, scheme).name()));
            QVERIFY(!sheet.contains(QLatin1Char('@')));
            for (const char* control : {"QPushButton", "QComboBox", "SpinBox", "View", "QLineEdit"})
                QVERIFY2(!sheet.contains(QLatin1String(control)), control);
        }
        QVERIFY(styleSheet(Scheme::light) != styleSheet(Scheme::dark));
    }

    void everyIconDrawsInItsToken()
    {
        Theme theme;
        for (const auto choice : {Theme::Choice::light, Theme::Choice::dark}) {
            theme.setChoice(choice);
            const QColor wanted = color(Token::error, theme.scheme());
            const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
            QVERIFY(files.size() >= 7);
            for (const QString& file : files) {
                if (file == QLatin1String("falconer.svg"))
                    continue; // the application's own mark has its own colours
                const QImage image = icon(file.chopped(4), Token::error)
                                         .pixmap(QSize(64, 64))
                                         .toImage()
                                         .convertToFormat(QImage::Format_ARGB32);
                bool drawn = false;
                for (int y = 0; y < image.height(); ++y)
                    for (int x = 0; x < image.width(); ++x)
                        drawn |= image.pixelColor(x, y) == wanted;
                QVERIFY2(drawn, qPrintable(file));
            }
        }
    }

    void choiceOverridesTheSystem()
    {
        Theme theme;
        theme.setChoice(Theme::Choice::dark);
        QCOMPARE(schemeOf(QGuiApplication::palette()), Scheme::dark);
        theme.setChoice(Theme::Choice::light);
        QCOMPARE(schemeOf(QGuiApplication::palette()), Scheme::light);
    }

    void primaryButtonIsFilled()
    {
        Theme theme;
        theme.setChoice(Theme::Choice::light);
        QPushButton button;
        setPrimary(&button);
        button.resize(80, 30);
        QCOMPARE(button.grab().toImage().pixelColor(10, 15), color(Token::accent, Scheme::light));
        button.setEnabled(false);
        QCOMPARE(button.grab().toImage().pixelColor(10, 15), color(Token::window, Scheme::light));
    }

    void unitGrowsWithTheFont()
    {
        QFont small;
        small.setPointSizeF(6);
        QFont large;
        large.setPointSizeF(24);
        QVERIFY(unit(small) >= 4);
        QVERIFY(unit(large) > unit(small));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
