// SPDX-License-Identifier: GPL-3.0-or-later
// Every page in light and dark, in texts 40 % longer, and from right to left, at the window's usual and smallest size.
// With FALCONER_SCREENSHOTS=DIR the pictures are kept there for people to look at; without, they are only measured.
#include "tests/ui/gallery.h"
#include "tests/ui/pseudo_translator.h"
#include "ui/main_window.h"
#include "ui/pages/recipe_page.h"
#include "ui/text/language.h"
#include "ui/widgets/rail.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QDir>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::Gallery;

namespace {

/// The way down to what asks for most of the width: who is to blame for a page that is too wide.
QString widest(const QWidget* widget)
{
    QString way = QString::fromLatin1(widget->metaObject()->className());
    for (;;) {
        const QWidget* next = nullptr;
        const auto widthOf = [](const QWidget* each) { return each->minimumSizeHint().width(); };
        for (const QWidget* each : widget->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly))
            if (each->isVisible() && (!next || widthOf(each) > widthOf(next)))
                next = each;
        if (!next)
            return way;
        way += QStringLiteral(" > %1 %2").arg(QLatin1String(next->metaObject()->className())).arg(widthOf(next));
        widget = next;
    }
}

} // namespace

class TestScreenshots : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Gallery> m_gallery;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<test::PseudoTranslator> m_pseudo;
    QString m_folder;
    QFont m_font;

    void open()
    {
        m_gallery = std::make_unique<Gallery>();
        m_window = std::make_unique<MainWindow>(m_gallery->services(), *m_theme);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        Workspace& workspace = m_window->workspace();
        workspace.recent().add(RecentItems::Kind::model, m_gallery->model());
        workspace.recent().add(RecentItems::Kind::data, m_gallery->rows());
        workspace.draft().replace(m_gallery->recipe(), QStringLiteral("words.yaml"));
        m_gallery->script->push(m_gallery->overfittingRun(366));
        workspace.startDraft();
        QTRY_VERIFY(workspace.run().verdict() && workspace.run().verdict()->state == SentinelState::overfitting);
        workspace.selectRun(m_gallery->run());
        m_window->page<RecipePage>(PageId::recipe)->setAdvanced(true);
    }

    void take(const QString& name, const std::vector<QSize>& sizes = {{1440, 900}, {1024, 700}})
    {
        for (const QSize& size : sizes) {
            m_window->resize(size);
            for (int i = 0; i < kPageCount; ++i) {
                const auto page = static_cast<PageId>(i);
                m_window->show(page);
                // Workers deliver their results, layouts settle.
                QTest::qWait(m_folder.isEmpty() ? 50 : 700);
                QVERIFY2(m_window->size() == size,
                    qPrintable(QStringLiteral("%1, page %2 wants %3 x %4")
                                   .arg(name)
                                   .arg(i)
                                   .arg(m_window->width())
                                   .arg(m_window->height())));
                // Scrolling is for up and down only.
                for (const QScrollArea* area : m_window->centralWidget()->findChildren<QScrollArea*>()) {
                    if (!area->isVisible() || !area->widget())
                        continue;
                    QVERIFY2(area->widget()->minimumSizeHint().width() <= area->viewport()->width() + 1,
                        qPrintable(QStringLiteral("%1, page %2 at %3: %4 of %5 pixels wide (%6)")
                                       .arg(name)
                                       .arg(i)
                                       .arg(size.width())
                                       .arg(area->widget()->minimumSizeHint().width())
                                       .arg(area->viewport()->width())
                                       .arg(widest(area->widget()))));
                }
                if (!m_folder.isEmpty())
                    QVERIFY(m_window->grab().save(
                        QStringLiteral("%1/%2-%3-%4.png").arg(m_folder).arg(i).arg(name).arg(size.width())));
            }
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = qEnvironmentVariable("FALCONER_SCREENSHOTS");
        if (!m_folder.isEmpty())
            QVERIFY(QDir().mkpath(m_folder));
        installLanguage(QLocale(QLocale::English));
        m_theme = std::make_unique<Theme>();
        m_font = QApplication::font();
    }

    void cleanup()
    {
        if (m_window) {
            m_window->workspace().run().stop();
            QTRY_VERIFY(!m_window->workspace().run().isRunning());
        }
        m_window.reset();
        m_gallery.reset();
        m_pseudo.reset(); // a window keeps the language that it began with
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QApplication::setFont(m_font);
    }

    void light()
    {
        m_theme->setChoice(Theme::Choice::light);
        open();
        take(QStringLiteral("light"));
    }

    void dark()
    {
        m_theme->setChoice(Theme::Choice::dark);
        open();
        take(QStringLiteral("dark"));
    }

    void longTexts()
    {
        m_theme->setChoice(Theme::Choice::light);
        m_pseudo = std::make_unique<test::PseudoTranslator>();
        QApplication::installTranslator(m_pseudo.get());
        open();
        take(QStringLiteral("pseudo"));
    }

    /// Scrolled up and down, the smallest window shows everything in a font of one and a half times the size.
    void largeFont()
    {
        m_theme->setChoice(Theme::Choice::light);
        QFont large = m_font;
        large.setPointSizeF(1.5 * m_font.pointSizeF());
        QApplication::setFont(large);
        open();
        take(QStringLiteral("large"), {{1024, 700}});
    }

    void rightToLeft()
    {
        m_theme->setChoice(Theme::Choice::light);
        QApplication::setLayoutDirection(Qt::RightToLeft);
        open();
        take(QStringLiteral("rtl"));
    }
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
