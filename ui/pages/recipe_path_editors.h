// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/recipe_editors.h"

namespace falconer::ui {

class ChoiceBox;
class PathField;

/// A path with a button that browses for it.
class PathEditor : public FieldEditor {
    Q_OBJECT

public:
    PathEditor(const std::string& key, RecipeDraft& draft, QWidget* parent);

private:
    void display(const QString& text) override;

    PathField* m_line;
    bool m_filling = false;
};

/// A model of this machine by its name, or the path of any other.
class ModelEditor : public FieldEditor {
    Q_OBJECT

public:
    ModelEditor(RecipeDraft& draft, const ModelListModel* models, QWidget* parent);

private:
    void display(const QString& text) override;
    void choose(const QString& text);
    void fill();

    const ModelListModel* m_models;
    ChoiceBox* m_box;
};

/// Names of layers, all-linear, or an expression; those of the chosen model are offered.
class TargetsEditor : public FieldEditor {
    Q_OBJECT

public:
    TargetsEditor(RecipeDraft& draft, const ModelListModel* models, QWidget* parent);

private:
    void display(const QString& text) override;
    void offer();

    const ModelListModel* m_models;
    ChoiceBox* m_box;
    QString m_offeredFor; ///< the model whose layers are offered
};

} // namespace falconer::ui
