// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include <string>

class QLabel;

namespace falconer::ui {

class RecipeDraft;

/// What the field that has the focus does, what is typical, and what happens when it is too high; from core's help.
class RecipeHelpCard : public Card {
    Q_OBJECT

public:
    explicit RecipeHelpCard(RecipeDraft& draft, QWidget* parent = nullptr);
    void show(const std::string& key);
    using QWidget::show;
    const std::string& key() const { return m_key; }

private:
    void refresh();

    RecipeDraft& m_draft;
    std::string m_key;
    QLabel* m_text;
    QLabel* m_facts;
    QLabel* m_reset;
};

} // namespace falconer::ui
