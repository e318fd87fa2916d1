// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace falconer::ui {

class DataFileList;
class DataSession;
class FlowLayout;
class Workspace;

/// How the file's rows are taken: format, which column plays which role, template, loss, validation. Everything is
/// written into the draft at once, undoably.
class DataMapping : public Card {
    Q_OBJECT

public:
    DataMapping(Workspace& workspace, DataSession& session, QWidget* parent = nullptr);

    /// Shows the draft and what the session found.
    void refresh();
    QComboBox* formatBox() const { return m_format; }
    /// The box of a role ("prompt"), where the format has it.
    QComboBox* roleBox(const QString& role) const;

private:
    struct Role {
        QString name;
        QWidget* field;
        QComboBox* box;
        QLabel* caption;
    };
    QWidget* addField(const QString& label, const std::string& key, QWidget* control, QLabel* caption);
    QComboBox* makeBox();
    void buildValidation();
    void refreshRoles();
    void refreshTemplate();
    void refreshValidation();
    void setColumn(const QString& role, const QString& column);
    void chooseTemplate(const QString& value);
    void askForTemplate();
    void askForValidation();

    Workspace& m_workspace;
    DataSession& m_session;
    FlowLayout* m_fields;
    QComboBox* m_format;
    QLabel* m_formatWhy;
    std::vector<Role> m_roles;
    QComboBox* m_template;
    QLabel* m_templateWhy;
    QComboBox* m_loss;
    QLabel* m_lossWhy;
    QDoubleSpinBox* m_share;
    QPushButton* m_validationFile;
    QPushButton* m_useShare;
    QLabel* m_validationWhy;
    DataFileList* m_files;
};

} // namespace falconer::ui
