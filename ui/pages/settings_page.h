// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QGridLayout;

namespace falconer::ui {

class Card;
class Workspace;

/// What the person chooses for the window itself, and the values that new recipes begin with.
class SettingsPage : public QWidget {
    Q_OBJECT

public:
    explicit SettingsPage(Workspace& workspace, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    Card* buildLook();
    Card* buildFolders();
    Card* buildMachine();
    Card* buildNotifications();
    Card* buildDefaults();
    Card* buildPrivacy();
    /// A row: label with mnemonic and buddy, the control with its help; `row` is what holds the control, if anything.
    void addRow(QFormLayout* form, const QString& label, QWidget* control, const QString& help, QWidget* row = nullptr);
    /// A row for a key of the recipe whose value new recipes begin with.
    void addDefault(QFormLayout* form, const char* key, const QString& label);
    QFormLayout* makeForm(Card* card);

    Workspace& m_workspace;
    QGridLayout* m_grid = nullptr;
    QWidget* m_left = nullptr;
    QWidget* m_right = nullptr;
};

} // namespace falconer::ui
