// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe_io.h"
#include "ui/session/readiness.h"

#include <QFrame>

#include <functional>
#include <map>
#include <string>
#include <vector>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace falconer::ui {

class FaultLabel;
class ModelListModel;
class NumberSpin;
class PathField;
class Segments;

/// The settings of a run that the page offers. It holds a whole recipe: keys without a field here keep the values of
/// the file that was opened. No rules live here; Readiness judges.
class RecipeForm : public QFrame {
    Q_OBJECT

public:
    explicit RecipeForm(ModelListModel* models, QWidget* parent = nullptr);

    void setRecipe(const LoadedRecipe& recipe);
    LoadedRecipe recipe() const;
    /// What only the form knows: text that is no value at all, a listed model with a problem.
    std::vector<Obstacle> obstacles() const;

    /// Puts what is wrong under its field.
    void showReadiness(const Readiness& readiness);
    /// While a run goes on the form shows its recipe and takes no edits.
    void setLocked(bool locked);

Q_SIGNALS:
    void edited();

private:
    void buildModel(QGridLayout* grid);
    void buildData(QGridLayout* grid);
    void buildAdapter(QGridLayout* grid);
    void buildTraining(QGridLayout* grid);
    /// A row: label with mnemonic and buddy, editor with help, and room for a fault below. Returns the editor's row.
    void addRow(
        QGridLayout* grid, const std::string& key, const QString& label, QWidget* editor, QWidget* buddy = nullptr);
    void addNote(QGridLayout* grid, QLabel* note);
    void addSection(QGridLayout* grid, const QString& title);
    void changed(const std::string& key);
    void browse(const QString& title, bool folder, const QString& filter, const std::function<void(QString)>& chosen);
    /// Where the chosen model lies; what was typed when it is none of the listed ones.
    QString modelPath() const;
    QModelIndex chosenModel() const;
    void showModel();
    void showNotes();
    void offerTargets();

    ModelListModel* m_models;
    LoadedRecipe m_recipe;
    bool m_filling = false; ///< setting fields from a recipe is no edit

    QComboBox* m_model = nullptr;
    PathField* m_data = nullptr;
    QLabel* m_validationNote = nullptr;
    QSpinBox* m_rank = nullptr;
    QComboBox* m_targets = nullptr;
    QLineEdit* m_layers = nullptr;
    Segments* m_quantization = nullptr;
    QLineEdit* m_learningRate = nullptr;
    NumberSpin* m_epochs = nullptr;
    QLabel* m_epochsNote = nullptr;
    std::map<std::string, FaultLabel*> m_faults;
    std::map<std::string, QWidget*> m_editors;
};

} // namespace falconer::ui
