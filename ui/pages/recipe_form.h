// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace falconer::ui {

class FieldRow;
class ModelListModel;
class RecipeDraft;

/// Every field of the recipe, in sections, built from core's list: a key that core gains appears here by itself. No
/// rules live here; edits go to the draft and its readiness judges them.
class RecipeForm : public QFrame {
    Q_OBJECT

public:
    RecipeForm(RecipeDraft& draft, const ModelListModel* models, QWidget* parent = nullptr);

    /// The row of a field, or nullptr.
    FieldRow* row(const std::string& key) const;
    const std::vector<FieldRow*>& rows() const { return m_rows; }
    QLineEdit* filter() const { return m_filter; }
    /// Shows only what was changed, or everything again.
    void showOnlyChanged(bool only);
    /// Makes sure that a row is not filtered away.
    void reveal(const std::string& key);

Q_SIGNALS:
    void helpRequested(const std::string& key);

private:
    struct Section {
        QWidget* heading = nullptr;
        std::vector<FieldRow*> rows;
    };

    void buildFilter(QVBoxLayout* layout);
    void buildSections(const ModelListModel* models, QVBoxLayout* layout);
    void follow();
    void showFaults();
    void applyFilter();

    RecipeDraft& m_draft;
    QLineEdit* m_filter = nullptr;
    QToolButton* m_onlyChanged = nullptr;
    QLabel* m_nothing = nullptr;
    std::vector<Section> m_sections;
    std::vector<FieldRow*> m_rows;
};

} // namespace falconer::ui
