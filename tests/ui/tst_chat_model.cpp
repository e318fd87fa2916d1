// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/chat_model.h"
#include "ui/session/saved_prompts.h"
#include "ui/widgets/chat_view.h"

#include <QAbstractItemModelTester>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace falconer;
using namespace falconer::ui;

class TestChatModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void conversationsGrowAtTheirEnd()
    {
        ChatModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.append(QStringLiteral("nobody asked"));
        model.finish({});
        QCOMPARE(model.rowCount(), 0);
        model.ask(QStringLiteral("Who mends the kettle?"));
        QVERIFY(model.isAnswering());
        model.append(QStringLiteral("The "));
        model.append(QStringLiteral("tinker."));
        QCOMPARE(model.lastAnswer(), QStringLiteral("The tinker."));
        QVERIFY(model.isAnswering());
        // A half-said answer is not yet part of what is sent.
        QCOMPARE(model.messages(QStringLiteral("Be brief.")).size(), std::size_t(2));
        model.finish(QStringLiteral("3 tokens"));
        QVERIFY(!model.isAnswering());
        model.append(QStringLiteral(" late"));
        model.ask(QStringLiteral("Why?"));
        const auto messages = model.messages(QStringLiteral("Be brief."));
        QCOMPARE(messages.size(), std::size_t(4));
        QCOMPARE(messages[0].role, std::string("system"));
        QCOMPARE(messages[2].role, std::string("assistant"));
        QCOMPARE(messages[2].content, std::string("The tinker."));
        QCOMPARE(messages[3].content, std::string("Why?"));
        QCOMPARE(model.messages({}).size(), std::size_t(3));
        model.takeBack();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(1).data(ChatModel::NoteRole).toString(), QStringLiteral("3 tokens"));
        model.clear();
        model.takeBack();
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(model.messages({}).empty());
    }

    void viewShowsPlainText()
    {
        ChatModel model;
        ChatView view(&model, QStringLiteral("Tuned"));
        view.resize(400, 120);
        view.show();
        model.ask(QStringLiteral("<b>bold</b> & \"quoted\""));
        model.append(QStringLiteral("first "));
        model.append(QStringLiteral("line\nsecond"));
        model.finish(QStringLiteral("4 tokens"));
        QCOMPARE(
            view.toPlainText(), QStringLiteral("You\n<b>bold</b> & \"quoted\"\nTuned\nfirst line\nsecond\n4 tokens"));
        const QString before = view.toPlainText();
        QEvent palette(QEvent::PaletteChange);
        QApplication::sendEvent(&view, &palette); // made anew, and the same
        QCOMPARE(view.toPlainText(), before);
        model.ask(QStringLiteral("more"));
        model.takeBack();
        QCOMPARE(view.toPlainText(), before);
        model.clear();
        QVERIFY(view.toPlainText().isEmpty());
    }

    void viewFollowsItsEndUntilTheUserScrolls()
    {
        ChatModel model;
        ChatView view(&model, QStringLiteral("Tuned"));
        view.resize(300, 150);
        view.show();
        model.ask(QStringLiteral("?"));
        const auto grow = [&] {
            for (int i = 0; i < 40; ++i)
                model.append(QStringLiteral("a line\n"));
        };
        grow();
        QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
        view.verticalScrollBar()->setValue(0);
        grow();
        QCOMPARE(view.verticalScrollBar()->value(), 0);
    }

    void longAnswersAreWhole()
    {
        ChatModel model;
        ChatView view(&model, QStringLiteral("Tuned"));
        view.show();
        model.ask(QStringLiteral("?"));
        for (int i = 0; i < 400; ++i)
            model.append(QStringLiteral("word "));
        QCOMPARE(model.lastAnswer().size(), 2'000);
        QVERIFY(view.toPlainText().endsWith(model.lastAnswer()));
    }

    void promptsAreKeptOnceAndNewestFirst()
    {
        const QTemporaryDir temporary;
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, temporary.path());
        SavedPrompts prompts;
        QSignalSpy changed(&prompts, &SavedPrompts::changed);
        prompts.add(QStringLiteral("one, with a comma"));
        prompts.add(QStringLiteral("two\nlines"));
        prompts.add(QStringLiteral("one, with a comma"));
        prompts.add(QStringLiteral("  \n"));
        QCOMPARE(
            SavedPrompts().all(), QStringList({QStringLiteral("one, with a comma"), QStringLiteral("two\nlines")}));
        prompts.remove(QStringLiteral("one, with a comma"));
        prompts.remove(QStringLiteral("never there"));
        QCOMPARE(changed.size(), 4);
        QCOMPARE(prompts.all(), QStringList{QStringLiteral("two\nlines")});
        for (int i = 0; i < 2 * SavedPrompts::kCapacity; ++i)
            prompts.add(QString::number(i));
        QCOMPARE(prompts.all().size(), SavedPrompts::kCapacity);
    }
};

QTEST_MAIN(TestChatModel)
#include "tst_chat_model.moc"
