// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>

namespace falconer::ui {

class ChatModel;

/// A conversation as text that grows while it is answered. Everything can be selected and copied; it follows its end
/// until the user scrolls up.
class ChatView : public QTextEdit {
    Q_OBJECT

public:
    /// `answerer` is what the answers stand under: "Tuned".
    ChatView(ChatModel* model, const QString& answerer, QWidget* parent = nullptr);
    /// What stands here before anything was asked.
    void setPlaceholder(const QString& text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void addRow(int row);
    void update(int row);
    bool atEnd() const;
    void toEnd();

    ChatModel* m_model;
    QString m_answerer;
    QString m_shown; ///< of the last row
};

} // namespace falconer::ui
