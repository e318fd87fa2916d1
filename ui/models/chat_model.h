// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/generate_chat.h"

#include <QAbstractListModel>
#include <QString>

#include <vector>

namespace falconer::ui {

/// One side's conversation: what was asked and what it answered, in turn.
class ChatModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Author { user, model };
    enum class State { waiting, writing, done };
    enum Role { AuthorRole = Qt::UserRole, StateRole, NoteRole };

    using QAbstractListModel::QAbstractListModel;

    void clear();
    /// A question, and an answer that is waited for.
    void ask(const QString& text);
    /// More of the answer.
    void append(const QString& text);
    /// The answer is complete; `note` says how it came about ("64 tokens, 12.1 tokens/s"). Without one that was waited
    /// for nothing happens.
    void finish(const QString& note);
    /// Takes the last question and its answer back, as if it had not been asked.
    void takeBack();

    bool isAnswering() const;
    QString lastAnswer() const;
    /// The conversation up to the last question, `system` in front unless it is empty.
    std::vector<ChatMessage> messages(const QString& system) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        Author author;
        State state;
        QString text;
        QString note;
    };
    void changed(int row);

    std::vector<Row> m_rows;
};

} // namespace falconer::ui
