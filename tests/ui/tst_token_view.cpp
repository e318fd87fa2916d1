// SPDX-License-Identifier: GPL-3.0-or-later
// The painted widgets of the Data page: tokens and lengths.
#include "ui/theme/palette.h"
#include "ui/theme/theme.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/length_chart.h"
#include "ui/widgets/token_legend.h"
#include "ui/widgets/token_view.h"

#include <QFontDatabase>
#include <QImage>
#include <QLabel>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace falconer;
using namespace falconer::ui;

namespace {

LensRow rowOf(std::initializer_list<std::pair<const char*, bool>> tokens)
{
    LensRow row;
    int id = 100;
    for (const auto& [text, learned] : tokens) {
        LensToken token;
        token.id = id++;
        token.text = text;
        token.bytes = text;
        token.learned = learned;
        row.tokens.push_back(token);
    }
    return row;
}

bool hasColor(const QImage& image, const QColor& wanted)
{
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y) == wanted)
                return true;
    return false;
}

std::shared_ptr<const LengthStats> stats()
{
    std::vector<SurveyedRow> rows;
    for (int i = 0; i < 100; ++i)
        rows.push_back({10 + i, i % 10 == 0 ? 8 + i : 5, false, false});
    return std::make_shared<LengthStats>(rows);
}

} // namespace

class TestTokenView : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<Theme>();
        m_theme->setChoice(Theme::Choice::light);
    }

    void everyTokenCanBeSeen()
    {
        const auto text = [](const char* content, bool blanks = true) {
            LensToken token;
            token.text = content;
            return tokenText(token, blanks);
        };
        QCOMPARE(text(" the"), QStringLiteral("·the"));
        QCOMPARE(text(" the", false), QStringLiteral(" the"));
        QCOMPARE(text("a\n\t\r"), QStringLiteral("a↵⇥‹000D›"));
        QCOMPARE(text("\x01"), QStringLiteral("‹0001›"));
        QCOMPARE(text("\xE2\x80\xAE"), QStringLiteral("‹202E›")); // would turn the text around
        QCOMPARE(text("<|endoftext|>"), QStringLiteral("<|endoftext|>"));
        QCOMPARE(text("🦅"), QStringLiteral("🦅"));
        LensToken part;
        part.bytes = "\xE2\x82";
        QCOMPARE(tokenText(part, true), QStringLiteral("‹E2›‹82›"));
    }

    void flowsAndBreaks()
    {
        TokenRuler ruler(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        const double letter = ruler.metrics().horizontalAdvance(QLatin1Char('m'));
        const LensRow row = rowOf({{"mmmm", false}, {"mmmm", false}, {"m\n", true}, {"mmmmmmmmmmmmmmm", true}});
        TokenFlow::Settings settings;
        settings.width = 9 * letter;
        const TokenFlow flow(ruler.write(row.tokens, true, false), ruler.metrics(), settings);
        QCOMPARE(flow.pieces()[1].line, 0);
        QCOMPARE(flow.pieces()[2].line, 1);
        QCOMPARE(flow.pieces()[3].line, 2); // behind the line break
        QVERIFY(flow.pieces().size() > 4); // one token over two lines
        QCOMPARE(flow.pieces().back().token, 3);
        QVERIFY(flow.lines() > 3);
        for (const TokenPiece& piece : flow.pieces())
            QVERIFY(piece.x + piece.width <= settings.width + 0.01);
        QCOMPARE(flow.tokenAt(0, letter), 0);
        QCOMPARE(flow.tokenAt(0, 5 * letter), 1);
        QCOMPARE(flow.tokenAt(0, 8.5 * letter), -1);
        QCOMPARE(flow.tokenAt(99, 0), -1);
        QCOMPARE(TokenFlow({}, ruler.metrics(), settings).lines(), 0);
    }

    void countsAndStates()
    {
        TokenView view;
        view.setRow(rowOf({{"a", true}, {"b", false}, {"c", true}, {"d", true}, {"e", false}}));
        view.setMaxLength(512);
        QCOMPARE(view.counts().learned, 2); // the first can never be predicted
        QCOMPARE(view.counts().masked, 3);
        view.setMaxLength(3);
        QCOMPARE(view.counts().learned, 1);
        QCOMPARE(view.counts().cut, 2);
        TokenLegend legend;
        legend.setCounts(2, 1, 2);
        QCOMPARE(legend.text(), QStringLiteral("masked, 2 · learned, 1 · cut off, 2"));
    }

    void keysAndMousePointAtTokens()
    {
        TokenView view;
        view.resize(400, 200);
        view.setMaxLength(3);
        view.setRow(rowOf({{"first", false}, {" second", true}, {"\n", true}, {"third", true}}));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy spy(&view, &TokenView::currentChanged);
        view.setCurrent(-1); // the focus may have begun at the first token
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.current(), 0);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.currentText(), QStringLiteral("Token 2 of 4: “·second”, id 101, learned"));
        QCOMPARE(view.accessibleDescription(), view.currentText());
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.current(), 3);
        QVERIFY(view.currentText().contains(QLatin1String("cut off")));
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.current(), 3);
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(view.current(), 0);
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.current(), 3);
        QTest::keyClick(&view, Qt::Key_Up);
        QVERIFY(view.current() < 3); // whichever stands above
        QTest::mouseMove(view.viewport(), QPoint(5, 200));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(70, 10));
        QCOMPARE(view.current(), 1);
        QVERIFY(spy.count() >= 6);
        view.setRow({});
        QCOMPARE(view.current(), -1);
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(view.current(), -1);
    }

    void theMouseLeavesTheKeysPlaceAlone()
    {
        TokenView view;
        view.resize(400, 200);
        view.setMaxLength(512);
        view.setRow(rowOf({{"first", false}, {" second", true}, {" third", true}}));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.setCurrent(0);
        const QString said = view.accessibleDescription();
        QSignalSpy spy(&view, &TokenView::currentChanged);
        const auto hover = [&](const QPoint& at) {
            QMouseEvent event(
                QEvent::MouseMove, at, view.viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
            QCoreApplication::sendEvent(view.viewport(), &event);
        };
        hover({70, 10});
        QCOMPARE(view.current(), 0);
        QVERIFY2(view.currentText().contains(QLatin1String("second")), qPrintable(view.currentText()));
        QCOMPARE(view.accessibleDescription(), said);
        QCOMPARE(spy.size(), 1);
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(view.viewport(), &leave);
        QCOMPARE(view.currentText(), said);
        hover({70, 10});
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.current(), 2);
        QVERIFY(view.currentText().contains(QLatin1String("third")));
        view.setRow(rowOf({{"other", false}}));
        QCOMPARE(view.accessibleDescription(), QString());
    }

    void draggingAndResizingMeasureNothing()
    {
        LensRow row;
        for (int i = 0; i < 60'000; ++i) {
            LensToken token;
            token.id = i % 500;
            token.text = token.bytes = " w" + std::to_string(token.id);
            row.tokens.push_back(token);
        }
        TokenView view;
        view.resize(600, 300);
        view.setMaxLength(1000);
        view.setRow(row);
        QCOMPARE(view.measured(), 500); // each text once
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        for (const int length : {990, 20, 0, 49'999, 55'000, 70'000, 300}) {
            view.setMaxLength(length);
            view.grab();
        }
        view.resize(350, 300);
        view.grab();
        view.setLayoutDirection(Qt::RightToLeft);
        view.grab();
        view.setRow(row);
        QCOMPARE(view.measured(), 500);
        view.setShowIds(true);
        QCOMPARE(view.measured(), 1000);
    }

    void looksAreDrawn()
    {
        for (const auto choice : {Theme::Choice::light, Theme::Choice::dark}) {
            m_theme->setChoice(choice);
            TokenView view;
            view.resize(400, 100);
            view.setMaxLength(4);
            view.setRow(rowOf({{"aa", false}, {"bb", false}, {"cc", true}, {"dd", true}, {"ee", true}}));
            view.show();
            const QImage image = view.grab().toImage();
            for (const Token token : {Token::maskedToken, Token::maskedTokenAlt, Token::learnedToken,
                     Token::learnedTokenAlt, Token::training, Token::error})
                QVERIFY2(hasColor(image, color(token, m_theme->scheme())), name(token).data());
        }
        m_theme->setChoice(Theme::Choice::light);
    }

    void aLongRowStaysQuick()
    {
        LensRow row;
        for (int i = 0; i < 200'000; ++i) {
            LensToken token;
            token.text = token.bytes = " word";
            token.learned = true;
            row.tokens.push_back(token);
        }
        TokenView view;
        view.resize(600, 300);
        view.setMaxLength(1000);
        view.setRow(std::move(row));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QCOMPARE(view.shownTokens(), TokenView::kMostTokens);
        const std::clock_t before = std::clock();
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 2);
        view.viewport()->repaint();
        const double ms = 1e3 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
        qInfo("a scroll step of a long row: %.2f ms of CPU time", ms);
        QVERIFY(ms < 16);
    }

    void theCutIsDragged()
    {
        LengthChart chart;
        chart.resize(600, 260);
        chart.setStats(stats());
        chart.setCut(60);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        QSignalSpy dragged(&chart, &LengthChart::cutDragged);
        QSignalSpy chosen(&chart, &LengthChart::cutChosen);
        const QPoint at(static_cast<int>(chart.cutX()), 130);
        QTest::mousePress(&chart, Qt::LeftButton, {}, at);
        QTest::mouseMove(&chart, at + QPoint(80, 0));
        QVERIFY(!dragged.isEmpty());
        QCOMPARE(chosen.count(), 0);
        QTest::mouseRelease(&chart, Qt::LeftButton, {}, at + QPoint(80, 0));
        QCOMPARE(chosen.count(), 1);
        QVERIFY(chart.cut() > 65);
        QVERIFY(std::abs(chart.cutX() - at.x() - 80) < 8);
        const auto before = chart.cut();
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(chart.cut(), before - 1);
        QTest::keyClick(&chart, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(chart.cut(), before + 9);
        QCOMPARE(chosen.count(), 3);
        // Escape takes a drag back.
        QSignalSpy cancelled(&chart, &LengthChart::dragCancelled);
        QTest::mousePress(&chart, Qt::LeftButton, {}, QPoint(200, 130));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QCOMPARE(cancelled.count(), 1);
        QCOMPARE(chart.cut(), before + 9);
        QTest::mouseRelease(&chart, Qt::LeftButton, {}, QPoint(200, 130));
        QCOMPARE(chosen.count(), 3);
        QVERIFY(chart.accessibleDescription().contains(QLatin1String("100 rows")));
    }

    void nothingToDrawIsNoProblem()
    {
        LengthChart chart;
        chart.resize(300, 100);
        chart.setCut(512);
        chart.grab();
        QTest::keyClick(&chart, Qt::Key_Left);
        QTest::mouseClick(&chart, Qt::LeftButton);
        QCOMPARE(chart.cut(), 512);
        chart.setStats(std::make_shared<LengthStats>(std::vector<SurveyedRow>{{5, 2, false, false}}));
        chart.grab();
        chart.setStats(std::make_shared<LengthStats>(std::vector<SurveyedRow>{
            {5, 2, false, false}, {SurveyedRow::kNever - 1, SurveyedRow::kNever, false, false}}));
        chart.setLayoutDirection(Qt::RightToLeft);
        chart.grab();
    }

    void fieldsFlow()
    {
        QWidget parent;
        auto* layout = new FlowLayout(&parent);
        layout->setContentsMargins({});
        layout->setSpacing(10);
        for (int i = 0; i < 3; ++i) {
            auto* label = new QLabel(&parent);
            label->setFixedSize(100, 20);
            layout->addWidget(label);
        }
        QCOMPARE(layout->heightForWidth(320), 20);
        QCOMPARE(layout->heightForWidth(319), 50);
        QCOMPARE(layout->heightForWidth(90), 80);
        QCOMPARE(layout->minimumSize(), QSize(100, 20));
        parent.resize(220, 100);
        parent.setLayoutDirection(Qt::RightToLeft);
        parent.show();
        QCOMPARE(layout->itemAt(0)->geometry(), QRect(120, 0, 100, 20));
        QCOMPARE(layout->itemAt(2)->geometry(), QRect(120, 30, 100, 20));
    }
};

QTEST_MAIN(TestTokenView)
#include "tst_token_view.moc"
