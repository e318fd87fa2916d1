// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/fields.h"
#include "core/run/recipe_values.h"

#include <QString>
#include <QWidget>

#include <string>

namespace falconer::ui {

class ModelListModel;
class RecipeDraft;

/// The control that edits one field of the draft. Every edit goes to the draft at once; text that is no value becomes
/// an obstacle there. What is being typed is never rewritten by what it causes.
class FieldEditor : public QWidget {
    Q_OBJECT

public:
    const std::string& key() const { return m_key; }
    /// What takes the focus and carries name and help.
    QWidget* target() const { return m_target; }
    /// Whether it wants the whole width of the form; notes go under it then.
    bool isWide() const { return m_wide; }
    /// Shows what the draft holds; `value` is this field's entry of recipeValues().
    void follow(const RecipeValue& value);

protected:
    FieldEditor(const std::string& key, RecipeDraft& draft, QWidget* parent);

    virtual void display(const QString& text) = 0;
    void setTarget(QWidget* target, bool wide);
    void submit(const QString& text);
    RecipeDraft& draft() const { return m_draft; }
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    std::string m_key;
    RecipeDraft& m_draft;
    QWidget* m_target = nullptr;
    QString m_shown; ///< what the draft holds, as text
    bool m_wide = false;
    bool m_submitting = false;
    bool m_refused = false; ///< what stands in the editor is no value
};

/// The editor that suits the field, by its kind. It follows the draft only when follow() is called.
FieldEditor* makeFieldEditor(const FieldInfo& field, RecipeDraft& draft, const ModelListModel* models, QWidget* parent);

} // namespace falconer::ui
