// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/theme/system_scheme.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segments.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QImage>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>

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

/// Counts how often it is styled anew.
class Styled : public QWidget {
public:
    int times = 0;

protected:
    void changeEvent(QEvent* event) override { times += event->type() == QEvent::StyleChange; }
};

/// A colour in the middle of the upper edge, `depth` pixels from it.
QColor edge(QWidget& control, int depth) { return control.grab().toImage().pixelColor(control.width() / 2, depth); }

int pixelsOf(QWidget& control, const QColor& wanted)
{
    const QImage image = control.grab().toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == wanted;
    return count;
}

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

    void theSystemIsFollowed()
    {
        Theme theme;
        theme.system().setSystemPalette(makePalette(Scheme::light));
        QCOMPARE(theme.scheme(), Scheme::light);
        theme.system().setPreference(QStringLiteral("color-scheme"), 1);
        QCOMPARE(theme.scheme(), Scheme::dark);
        QCOMPARE(schemeOf(QGuiApplication::palette()), Scheme::dark);
        theme.system().setPreference(QStringLiteral("color-scheme"), 0); // no wish: as the palette is
        QCOMPARE(schemeOf(QGuiApplication::palette()), Scheme::light);
        theme.system().setSystemPalette(makePalette(Scheme::dark));
        QCOMPARE(schemeOf(QGuiApplication::palette()), Scheme::dark);
        theme.setChoice(Theme::Choice::light);
        theme.system().setPreference(QStringLiteral("color-scheme"), 1);
        QCOMPARE(schemeOf(QGuiApplication::palette()), Scheme::light);
        theme.setChoice(Theme::Choice::system);
        QCOMPARE(schemeOf(QGuiApplication::palette()), Scheme::dark);
    }

    void highContrastIsLeftAlone()
    {
        Theme theme;
        theme.setChoice(Theme::Choice::light);
        QPalette stark(Qt::white, Qt::black);
        stark.setColor(QPalette::Window, Qt::black);
        stark.setColor(QPalette::WindowText, Qt::white);
        const QRegularExpression colour(QStringLiteral("#[0-9a-f]{6}\\b"));
        const auto untouched = [&] {
            return QGuiApplication::palette().resolveMask() == 0 && !qApp->styleSheet().contains(colour)
                && !qApp->styleSheet().contains(QLatin1Char('@'));
        };
        QVERIFY(!untouched());
        theme.system().setPreference(QStringLiteral("contrast"), 1);
        QVERIFY(untouched());
        theme.setChoice(Theme::Choice::dark);
        QVERIFY(untouched());
        theme.system().setPreference(QStringLiteral("contrast"), 0);
        QCOMPARE(schemeOf(QGuiApplication::palette()), Scheme::dark);
        QVERIFY(!untouched());
        // A system that has no such setting has such a palette.
        SystemScheme system;
        QVERIFY(!system.isHighContrast());
        system.setSystemPalette(stark);
        QVERIFY(system.isHighContrast());
        system.setSystemPalette(makePalette(Scheme::light));
        QVERIFY(!system.isHighContrast());
    }

    void theSameChoiceStylesNothingAnew()
    {
        Theme theme;
        theme.setChoice(Theme::Choice::light);
        Styled widget;
        widget.show();
        widget.times = 0;
        theme.setChoice(Theme::Choice::light);
        QCOMPARE(widget.times, 0);
        theme.setChoice(Theme::Choice::dark);
        QVERIFY(widget.times > 0);
    }

    void aFocusedToolButtonHasARing()
    {
        Theme theme;
        theme.setChoice(Theme::Choice::light);
        QWidget window;
        window.resize(200, 80);
        QToolButton button(&window);
        button.setFocusPolicy(Qt::StrongFocus);
        button.setText(QStringLiteral("Copy"));
        button.setGeometry(20, 20, 80, 30);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const QColor ring = color(Token::focus, Scheme::light);
        for (const bool raised : {false, true}) {
            button.setAutoRaise(raised);
            window.setFocus();
            QVERIFY(edge(button, 0) != ring);
            button.setFocus(Qt::TabFocusReason);
            QTRY_VERIFY(button.hasFocus());
            QCOMPARE(edge(button, 0), ring);
            QCOMPARE(edge(button, 1), ring);
            button.clearFocus();
        }
    }

    void aFaultyFieldShowsItsFocusToo()
    {
        Theme theme;
        theme.setChoice(Theme::Choice::light);
        QWidget window;
        window.resize(300, 200);
        QLineEdit line(&window);
        line.setGeometry(10, 10, 200, 30);
        QPlainTextEdit text(&window);
        text.setGeometry(10, 50, 200, 80);
        window.setFocusPolicy(Qt::StrongFocus);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const QColor ring = color(Token::focus, Scheme::light);
        const QColor fault = color(Token::error, Scheme::light);
        for (QWidget* field : {static_cast<QWidget*>(&line), static_cast<QWidget*>(&text)}) {
            window.setFocus();
            QTRY_VERIFY(!field->hasFocus());
            QCOMPARE(edge(*field, 0), color(Token::control, Scheme::light));
            field->setProperty("bad", true);
            QCOMPARE(edge(*field, 0), fault);
            QCOMPARE(edge(*field, 1), fault);
            field->setFocus(Qt::TabFocusReason);
            QTRY_VERIFY(field->hasFocus());
            QCOMPARE(edge(*field, 0), ring);
            QCOMPARE(edge(*field, 1), ring);
            QCOMPARE(edge(*field, 2), fault);
            QCOMPARE(edge(*field, 3), fault);
        }
    }

    void everyKindOfFieldCanBeFaulty()
    {
        Theme theme;
        theme.setChoice(Theme::Choice::light);
        QComboBox box;
        box.addItem(QStringLiteral("cosine"));
        QCheckBox check(QStringLiteral("double_quant"));
        Segments segments({QStringLiteral("nf4"), QStringLiteral("int8")});
        const QColor fault = color(Token::error, Scheme::light);
        for (QWidget* field :
            {static_cast<QWidget*>(&box), static_cast<QWidget*>(&check), static_cast<QWidget*>(&segments)}) {
            field->resize(field->sizeHint());
            QCOMPARE(pixelsOf(*field, fault), 0);
            field->setProperty("bad", true);
            QVERIFY2(pixelsOf(*field, fault) > 20, field->metaObject()->className());
        }
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
