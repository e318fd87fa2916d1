// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/chat_model.h"

namespace falconer::ui {

void ChatModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void ChatModel::ask(const QString& text)
{
    const int first = rowCount();
    beginInsertRows({}, first, first + 1);
    m_rows.push_back({Author::user, State::done, text, {}});
    m_rows.push_back({Author::model, State::waiting, {}, {}});
    endInsertRows();
}

void ChatModel::append(const QString& text)
{
    if (!isAnswering() || text.isEmpty())
        return;
    m_rows.back().state = State::writing;
    m_rows.back().text += text;
    changed(rowCount() - 1);
}

void ChatModel::finish(const QString& note)
{
    if (!isAnswering())
        return;
    m_rows.back().state = State::done;
    m_rows.back().note = note;
    changed(rowCount() - 1);
}

void ChatModel::takeBack()
{
    if (m_rows.size() < 2)
        return;
    beginRemoveRows({}, rowCount() - 2, rowCount() - 1);
    m_rows.resize(m_rows.size() - 2);
    endRemoveRows();
}

bool ChatModel::isAnswering() const { return !m_rows.empty() && m_rows.back().state != State::done; }

QString ChatModel::lastAnswer() const { return m_rows.empty() ? QString() : m_rows.back().text; }

std::vector<ChatMessage> ChatModel::messages(const QString& system) const
{
    std::vector<ChatMessage> messages;
    if (!system.isEmpty())
        messages.push_back({"system", system.toStdString()});
    for (const Row& row : m_rows)
        if (row.author == Author::user || row.state == State::done)
            messages.push_back({row.author == Author::user ? "user" : "assistant", row.text.toStdString()});
    return messages;
}

int ChatModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ChatModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return row.text;
    case AuthorRole: return static_cast<int>(row.author);
    case StateRole: return static_cast<int>(row.state);
    case NoteRole: return row.note;
    default: return {};
    }
}

void ChatModel::changed(int row) { Q_EMIT dataChanged(index(row), index(row)); }

} // namespace falconer::ui
