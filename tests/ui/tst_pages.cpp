// SPDX-License-Identifier: GPL-3.0-or-later
// What every page owes to whoever works without a mouse or without eyes: letters that lead to one control each, names,
// and a reason for what cannot be pressed.
#include "tests/ui/gallery.h"
#include "ui/main_window.h"
#include "ui/pages/recipe_page.h"
#include "ui/pages/runs_page.h"
#include "ui/session/run_library.h"

#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

#include <map>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::Gallery;

namespace {

constexpr int kSettled = 400; // ms: workers have delivered

QStringList textsOf(const QWidget* widget)
{
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
        return {button->text()};
    if (const auto* label = qobject_cast<const QLabel*>(widget); label && label->buddy())
        return {label->text()};
    if (const auto* group = qobject_cast<const QGroupBox*>(widget))
        return {group->title()};
    QStringList texts;
    if (const auto* tabs = qobject_cast<const QTabBar*>(widget))
        for (int tab = 0; tab < tabs->count(); ++tab)
            texts << tabs->tabText(tab);
    return texts;
}

/// A part of a control that Qt looks after: the button that clears a line, those that scroll tabs.
bool isInner(const QWidget* widget)
{
    return qobject_cast<QLineEdit*>(widget->parentWidget()) || qobject_cast<QTabBar*>(widget->parentWidget())
        || widget->inherits("QTableCornerButton") || widget->objectName().startsWith(QLatin1String("qt_"));
}

bool isNamed(const QWidget* widget, const QList<QLabel*>& labels)
{
    if (!widget->accessibleName().isEmpty())
        return true;
    if (const auto* button = qobject_cast<const QAbstractButton*>(widget); button && !button->text().isEmpty())
        return true;
    if (const auto* label = qobject_cast<const QLabel*>(widget); label && !label->text().isEmpty())
        return true;
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->buddy() == widget; });
}

QString describe(const QWidget* widget)
{
    const QStringList texts = textsOf(widget);
    return QStringLiteral("%1 “%2” %3")
        .arg(QLatin1String(widget->metaObject()->className()),
            texts.isEmpty() ? widget->accessibleName() : texts.constFirst(), widget->objectName());
}

} // namespace

class TestPages : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Gallery> m_gallery;
    std::unique_ptr<MainWindow> m_window;

    /// Shows a page in one of its states and waits until its workers have delivered.
    QWidget* show(const QByteArray& state)
    {
        const std::map<QByteArray, PageId> pages{{"home", PageId::home}, {"model", PageId::model},
            {"data", PageId::data}, {"data without rows", PageId::data}, {"recipe, simple", PageId::recipe},
            {"recipe, advanced", PageId::recipe}, {"runs", PageId::runs}, {"runs, compared", PageId::runs},
            {"queue", PageId::runs}, {"playground", PageId::playground},
            {"playground without a run", PageId::playground}, {"export", PageId::exports},
            {"export without a run", PageId::exports}, {"settings", PageId::settings}};
        Workspace& workspace = m_window->workspace();
        if (!state.contains("without")) {
            workspace.draft().replace(m_gallery->recipe(), QStringLiteral("words.yaml"));
            workspace.selectRun(m_gallery->run());
        }
        const PageId id = pages.at(state);
        m_window->show(id);
        if (id == PageId::recipe)
            m_window->page<RecipePage>(id)->setAdvanced(state.contains("advanced"));
        if (id == PageId::runs)
            m_window->page<RunsPage>(id)->showQueue(state == "queue");
        QTest::qWait(kSettled);
        if (state == "runs, compared") {
            m_window->page<RunsPage>(id)->library()->model()->setTicked(
                {m_gallery->run(), m_gallery->run().parent_path() / "words-r4"});
            QTest::qWait(kSettled);
        }
        return m_window->page<QWidget>(id);
    }

    void everyState()
    {
        QTest::addColumn<QByteArray>("state");
        for (const char* state : {"home", "model", "data", "data without rows", "recipe, simple", "recipe, advanced",
                 "runs", "runs, compared", "queue", "playground", "playground without a run", "export",
                 "export without a run", "settings"})
            QTest::newRow(state) << QByteArray(state);
    }

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(); }

    void init()
    {
        m_gallery = std::make_unique<Gallery>();
        // The starter that this machine may have would fill pages that are to be empty.
        qputenv("FALCONER_CACHE", (m_gallery->folder / "cache").c_str());
        m_window = std::make_unique<MainWindow>(m_gallery->services(), *m_theme);
        m_window->resize(1440, 900);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        Workspace& workspace = m_window->workspace();
        workspace.recent().add(RecentItems::Kind::model, m_gallery->model());
        workspace.recent().add(RecentItems::Kind::data, m_gallery->rows());
        workspace.recent().add(RecentItems::Kind::run, QString::fromStdString(m_gallery->run().string()));
    }

    void cleanup()
    {
        m_window.reset();
        m_gallery.reset();
    }

    void lettersLeadToOneControl_data() { everyState(); }
    void lettersLeadToOneControl()
    {
        QFETCH(const QByteArray, state);
        const QWidget* page = show(state);
        std::map<QString, QString> taken;
        for (const QAction* menu : m_window->menuBar()->actions())
            taken[QKeySequence::mnemonic(menu->text()).toString()] = QStringLiteral("the menu ") + menu->text();
        QStringList clashes;
        for (const QWidget* each : page->findChildren<QWidget*>()) {
            if (!each->isVisible())
                continue;
            for (const QString& text : textsOf(each)) {
                const QString keys = QKeySequence::mnemonic(text).toString();
                if (keys.isEmpty())
                    continue;
                if (const auto other = taken.find(keys); other != taken.end())
                    clashes << QStringLiteral("%1: %2 and %3").arg(keys, text, other->second);
                else
                    taken[keys] = text;
            }
        }
        QVERIFY2(clashes.isEmpty(), qPrintable(clashes.join(QLatin1Char('\n'))));
    }

    void everyControlHasAName_data() { everyState(); }
    void everyControlHasAName()
    {
        QFETCH(const QByteArray, state);
        const QWidget* page = show(state);
        const auto labels = page->findChildren<QLabel*>();
        QStringList nameless;
        for (const QWidget* each : page->findChildren<QWidget*>())
            if (each->isVisible() && each->isEnabled() && (each->focusPolicy() & Qt::TabFocus) && !each->focusProxy()
                && !isInner(each) && !isNamed(each, labels))
                nameless << describe(each);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    }

    void nothingIsDisabledInSilence_data() { everyState(); }
    void nothingIsDisabledInSilence()
    {
        QFETCH(const QByteArray, state);
        QStringList silent;
        for (const QAbstractButton* each : show(state)->findChildren<QAbstractButton*>())
            if (each->isVisible() && !each->isEnabled() && !isInner(each) && each->toolTip().isEmpty())
                silent << describe(each);
        QVERIFY2(silent.isEmpty(), qPrintable(silent.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
