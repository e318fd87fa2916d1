// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/simple_choices.h"

#include <QWidget>

#include <string>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace falconer::ui {

class FaultLabel;
class FieldEditor;
class Segments;
class Workspace;

/// The recipe as four questions: model, data, quality or speed, memory. Each says which fields it sets.
class RecipeSimple : public QWidget {
    Q_OBJECT

public:
    explicit RecipeSimple(Workspace& workspace, QWidget* parent = nullptr);

    /// The editor of a field that is asked for as it is (model, data.train), or nullptr.
    FieldEditor* editor(const std::string& key) const;
    Segments* quality() const { return m_questions[0].segments; }
    Segments* memory() const { return m_questions[1].segments; }

private:
    struct Question {
        std::vector<SimpleChoice> choices;
        Segments* segments = nullptr;
        QLabel* answer = nullptr;
        QString undoText;
    };
    struct FileRow {
        FieldEditor* editor = nullptr;
        FaultLabel* fault = nullptr;
    };

    void addFile(QVBoxLayout* layout, const std::string& key, const QString& heading, const QString& text);
    void addQuestion(QVBoxLayout* layout, const QString& heading, std::vector<SimpleChoice> choices);
    void choose(const Question& question);
    void follow();
    void showFaults();

    Workspace& m_workspace;
    std::vector<FileRow> m_files;
    std::vector<Question> m_questions;
};

} // namespace falconer::ui
