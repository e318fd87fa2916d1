// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chat_view.h"

#include "ui/models/chat_model.h"
#include "ui/theme/palette.h"
#include "ui/theme/style.h"

#include <QEvent>
#include <QScrollBar>
#include <QTextCursor>

namespace falconer::ui {

ChatView::ChatView(ChatModel* model, const QString& answerer, QWidget* parent)
    : QTextEdit(parent)
    , m_model(model)
    , m_answerer(answerer)
{
    setReadOnly(true);
    // Tab leaves it, the keyboard can select in it.
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Conversation: %1").arg(answerer));
    document()->setDocumentMargin(unit(this));
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex&, int first, int last) {
        for (int row = first; row <= last; ++row)
            addRow(row);
        toEnd();
    });
    connect(model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex& index) { update(index.row()); });
    connect(model, &QAbstractItemModel::rowsRemoved, this, &ChatView::rebuild);
    connect(model, &QAbstractItemModel::modelReset, this, &ChatView::rebuild);
    rebuild();
}

void ChatView::setPlaceholder(const QString& text) { setPlaceholderText(text); }

QSize ChatView::sizeHint() const { return {60 * unit(this), 40 * unit(this)}; }
QSize ChatView::minimumSizeHint() const { return {40 * unit(this), 24 * unit(this)}; }

bool ChatView::atEnd() const { return verticalScrollBar()->value() >= verticalScrollBar()->maximum() - unit(this); }

void ChatView::toEnd() { verticalScrollBar()->setValue(verticalScrollBar()->maximum()); }

void ChatView::rebuild()
{
    clear();
    m_shown.clear();
    for (int row = 0; row < m_model->rowCount(); ++row)
        addRow(row);
    toEnd();
}

void ChatView::addRow(int row)
{
    const QModelIndex index = m_model->index(row);
    const bool user = index.data(ChatModel::AuthorRole).toInt() == static_cast<int>(ChatModel::Author::user);
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    QTextBlockFormat block;
    block.setTopMargin(row == 0 ? 0 : user ? 4 * unit(this) : 2 * unit(this));
    QTextCharFormat caption;
    caption.setFont(scaledFont(kCaptionSize, true));
    caption.setForeground(color(user ? Token::text2 : Token::link, palette()));
    if (document()->isEmpty())
        cursor.setBlockFormat(block);
    else
        cursor.insertBlock(block);
    cursor.insertText(user ? tr("You") : m_answerer, caption);
    QTextCharFormat words;
    words.setFont(font());
    words.setForeground(color(Token::text, palette()));
    block.setTopMargin(unit(this) / 2);
    cursor.insertBlock(block, words);
    m_shown.clear();
    update(row);
}

void ChatView::update(int row)
{
    // Only the last row ever changes, and its text only grows.
    const QModelIndex index = m_model->index(row);
    const QString text = index.data().toString();
    const bool follow = atEnd();
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    QTextCharFormat words;
    words.setFont(font());
    words.setForeground(color(Token::text, palette()));
    cursor.insertText(text.mid(m_shown.size()), words);
    m_shown = text;
    if (const QString note = index.data(ChatModel::NoteRole).toString(); !note.isEmpty()) {
        QTextCharFormat caption;
        caption.setFont(scaledFont(kCaptionSize));
        caption.setForeground(color(Token::text2, palette()));
        QTextBlockFormat block;
        block.setTopMargin(unit(this));
        cursor.insertBlock(block);
        cursor.insertText(note, caption);
    }
    if (follow)
        toEnd();
}

void ChatView::changeEvent(QEvent* event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        rebuild();
}

} // namespace falconer::ui
