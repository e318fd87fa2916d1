// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/saved_prompts.h"
#include "ui/widgets/card.h"

class QLabel;
class QMenu;
class QPlainTextEdit;
class QPushButton;

namespace falconer::ui {

class Segments;

/// Where a prompt is written and sent: the text, saved prompts, who answers, Send and Stop.
class PlaygroundComposer : public Card {
    Q_OBJECT

public:
    enum class Answerers { both, base, tuned };

    explicit PlaygroundComposer(QWidget* parent = nullptr);

    QString prompt() const;
    void setPrompt(const QString& prompt);
    void focusPrompt();
    Answerers answerers() const;
    /// Without an adapter only the base model answers, and there is nothing to choose.
    void setTuned(bool there);
    /// Prompts of the run itself, offered beside the saved ones.
    void setRunPrompts(const QStringList& prompts);
    /// `obstacle`: why nothing can be sent; empty: it can.
    void setState(bool busy, bool stopping, const QString& obstacle);

Q_SIGNALS:
    void sendRequested();
    void stopRequested();

private:
    void updateSend();
    void showPrompts();
    void addPrompts(QMenu* menu, const QString& heading, const QStringList& prompts);

    SavedPrompts m_saved;
    QStringList m_runPrompts;
    QPlainTextEdit* m_text;
    QPushButton* m_prompts;
    QLabel* m_answerersLabel;
    Segments* m_answerers;
    QLabel* m_hint;
    QPushButton* m_stop;
    QPushButton* m_send;
    bool m_busy = false;
    QString m_obstacle;
};

} // namespace falconer::ui
