// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/fields.h"
#include "core/run/recipe_values.h"

#include <QWidget>

#include <string>

class QGridLayout;
class QLabel;

namespace falconer::ui {

class FaultLabel;
class FieldEditor;
class ModelListModel;
class RecipeDraft;

/// One setting: whether it was changed, its name, its editor, what follows from it, and below it what is wrong.
class FieldRow : public QWidget {
    Q_OBJECT

public:
    FieldRow(const FieldInfo& field, RecipeDraft& draft, const ModelListModel* models, QWidget* parent = nullptr);

    const std::string& key() const;
    FieldEditor* editor() const { return m_editor; }
    bool isChanged() const { return m_changed; }
    /// Whether the words of a search name this setting: its label, its key or its help.
    bool matches(const QString& words) const;
    /// How wide its name would like to be, and how wide all names of the form are.
    int labelWidth() const;
    void setLabelWidth(int width);

    void follow(const RecipeValue& value, bool changed);
    void showFault();
    /// What stands under the field; empty: nothing is wrong.
    QString fault() const;

Q_SIGNALS:
    void helpRequested(const std::string& key);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showMenu(const QPoint& where);
    void setNote(const QString& note);

    RecipeDraft& m_draft;
    FieldEditor* m_editor;
    QGridLayout* m_grid;
    QLabel* m_dot;
    QLabel* m_name;
    QLabel* m_note = nullptr;
    FaultLabel* m_fault = nullptr;
    QLabel* m_remedy = nullptr;
    bool m_changed = false;
};

} // namespace falconer::ui
