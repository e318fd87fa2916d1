// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/playground_composer.h"

#include "ui/pages/plain_words.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

namespace falconer::ui {

PlaygroundComposer::PlaygroundComposer(QWidget* parent)
    : Card({}, parent)
    , m_text(new QPlainTextEdit(this))
    , m_prompts(new QPushButton(tr("S&aved prompts"), this))
    , m_answerersLabel(new QLabel(tr("Answered &by"), this))
    , m_answerers(new Segments({tr("Both"), tr("Base"), tr("Tuned")}, this))
    , m_hint(makeCaption({}, this))
    , m_stop(new QPushButton(icon(QStringLiteral("stop")), tr("St&op"), this))
    , m_send(new QPushButton(icon(QStringLiteral("send"), Token::onAccent), tr("&Send"), this))
{
    const int u = unit(this);
    m_text->setObjectName(QStringLiteral("prompt"));
    m_text->setAccessibleName(tr("Prompt"));
    m_text->setAccessibleDescription(tr("What the models are asked. Ctrl+Return sends it."));
    m_text->setWhatsThis(m_text->accessibleDescription());
    m_text->setPlaceholderText(tr("Write a prompt"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(3 * fontMetrics().lineSpacing() + 3 * u);
    m_prompts->setObjectName(QStringLiteral("savedPrompts"));
    m_prompts->setIcon(icon(QStringLiteral("more")));
    m_prompts->setToolTip(tr("Prompts that you keep, and those of the run"));
    m_answerersLabel->setBuddy(m_answerers);
    m_answerers->setObjectName(QStringLiteral("answerers"));
    m_answerers->setValue(tr("Both"));
    const QStringList who{tr("Both"), tr("Base"), tr("Tuned")};
    const QStringList help{tr("The base model answers, then the tuned one"),
        tr("The base model answers, with the adapter off"), tr("The tuned model answers, with the adapter on")};
    for (int i = 0; i < who.size(); ++i) {
        QToolButton* each = m_answerers->button(who[i]);
        each->setAccessibleName(tr("Answered by: %1").arg(who[i]));
        each->setToolTip(help[i]);
        each->setWhatsThis(help[i]);
    }
    m_stop->setObjectName(QStringLiteral("stop"));
    m_send->setObjectName(QStringLiteral("send"));
    setPrimary(m_send);
    m_hint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_hint->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);

    auto* row = new QHBoxLayout;
    row->setSpacing(2 * u);
    row->addWidget(m_prompts);
    row->addSpacing(2 * u);
    row->addWidget(m_answerersLabel);
    row->addWidget(m_answerers);
    row->addWidget(m_hint, 1);
    row->addWidget(m_stop);
    row->addWidget(m_send);
    body()->addWidget(m_text);
    body()->addLayout(row);
    connect(m_prompts, &QPushButton::clicked, this, &PlaygroundComposer::showPrompts);
    connect(m_text, &QPlainTextEdit::textChanged, this, &PlaygroundComposer::updateSend);
    connect(m_stop, &QPushButton::clicked, this, &PlaygroundComposer::stopRequested);
    connect(m_send, &QPushButton::clicked, this, &PlaygroundComposer::sendRequested);
    setTuned(false);
    setState(false, false, {});
}

QString PlaygroundComposer::prompt() const { return m_text->toPlainText(); }

void PlaygroundComposer::setPrompt(const QString& prompt)
{
    m_text->setPlainText(prompt);
    m_text->moveCursor(QTextCursor::End);
}

void PlaygroundComposer::focusPrompt() { m_text->setFocus(); }

PlaygroundComposer::Answerers PlaygroundComposer::answerers() const
{
    if (m_answerers->isHidden() || m_answerers->value() == tr("Base"))
        return Answerers::base;
    return m_answerers->value() == tr("Tuned") ? Answerers::tuned : Answerers::both;
}

void PlaygroundComposer::setTuned(bool there)
{
    m_answerers->setVisible(there);
    m_answerersLabel->setVisible(there);
}

void PlaygroundComposer::setRunPrompts(const QStringList& prompts) { m_runPrompts = prompts; }

void PlaygroundComposer::setState(bool busy, bool stopping, const QString& obstacle)
{
    m_busy = busy;
    m_obstacle = obstacle;
    m_stop->setVisible(busy);
    m_stop->setEnabled(!stopping);
    m_stop->setToolTip(
        stopping ? tr("Stopping after this token") : tr("Stop after the token at hand and keep what is there (Esc)"));
    m_hint->setText(stopping ? tr("Stopping after this token") : busy ? QString() : tr("Ctrl+Return sends"));
    updateSend();
}

void PlaygroundComposer::updateSend()
{
    const bool empty = prompt().trimmed().isEmpty();
    m_send->setEnabled(!m_busy && m_obstacle.isEmpty() && !empty);
    m_send->setToolTip(!m_obstacle.isEmpty() ? m_obstacle
            : m_busy                         ? tr("An answer is being written")
            : empty                          ? tr("Write a prompt first")
                                             : tr("Send the prompt (Ctrl+Return)"));
}

void PlaygroundComposer::addPrompts(QMenu* menu, const QString& heading, const QStringList& prompts)
{
    if (prompts.isEmpty())
        return;
    menu->addSection(heading);
    for (const QString& prompt : prompts) {
        const QString line = fontMetrics().elidedText(prompt.simplified(), Qt::ElideRight, 80 * unit(this));
        QAction* action = menu->addAction(plainWords(line));
        action->setToolTip(prompt);
        action->setData(prompt);
        connect(action, &QAction::triggered, this, [this, prompt] {
            setPrompt(prompt);
            focusPrompt();
        });
    }
}

void PlaygroundComposer::showPrompts()
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("promptMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const QStringList saved = m_saved.all();
    addPrompts(menu, tr("Saved"), saved);
    addPrompts(menu, tr("From the run"), m_runPrompts);
    menu->addSeparator();
    QAction* save = menu->addAction(icon(QStringLiteral("save")), tr("&Save this prompt"));
    save->setObjectName(QStringLiteral("savePrompt"));
    save->setEnabled(!prompt().trimmed().isEmpty() && !saved.contains(prompt()));
    save->setToolTip(prompt().trimmed().isEmpty() ? tr("Write a prompt first")
            : saved.contains(prompt())            ? tr("It is saved already")
                                                  : tr("Keep the prompt that stands in the box"));
    connect(save, &QAction::triggered, this, [this] { m_saved.add(prompt()); });
    QMenu* remove = menu->addMenu(icon(QStringLiteral("trash")), tr("&Remove"));
    remove->setEnabled(!saved.isEmpty());
    remove->menuAction()->setToolTip(saved.isEmpty() ? tr("No prompt is saved yet") : tr("Forgets a saved prompt"));
    for (const QString& each : saved) {
        const QString line = fontMetrics().elidedText(each.simplified(), Qt::ElideRight, 80 * unit(this));
        QAction* action = remove->addAction(plainWords(line));
        connect(action, &QAction::triggered, this, [this, each] { m_saved.remove(each); });
    }
    menu->popup(m_prompts->mapToGlobal(QPoint(0, m_prompts->height())));
}

} // namespace falconer::ui
