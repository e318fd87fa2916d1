// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inference/playground.h"
#include "ui/widgets/card.h"

class QToolButton;

namespace falconer::ui {

class ChatModel;
class ChatView;
class ElidedLabel;

/// One side of the playground: its conversation, what it is doing, and a button that copies its answer.
class PlaygroundColumn : public Card {
    Q_OBJECT

public:
    explicit PlaygroundColumn(PlaygroundSide side, QWidget* parent = nullptr);

    PlaygroundSide side() const { return m_side; }
    ChatModel* model() const { return m_model; }
    ChatView* view() const { return m_view; }
    /// Quiet words beside the heading: "Reading 12 of 96 tokens".
    void setStatus(const QString& status);
    QString status() const;

    static QString name(PlaygroundSide side);

private:
    PlaygroundSide m_side;
    ChatModel* m_model;
    ChatView* m_view;
    ElidedLabel* m_status;
    QToolButton* m_copy;
};

} // namespace falconer::ui
