// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace falconer::ui {

class FaultLabel;
class PathField;

/// A folder of the settings: its path, a button that browses for it, and below them what is wrong with the path.
class SettingsFolderRow : public QWidget {
    Q_OBJECT

public:
    /// `fallback` is what an empty field stands for.
    SettingsFolderRow(const QString& name, const QString& help, const QString& fallback, QWidget* parent = nullptr);
    PathField* field() const { return m_field; }
    /// Shows what is in force, unless something else is being typed.
    void follow(const QString& folder);

Q_SIGNALS:
    /// Empty: the fallback.
    void chosen(const QString& folder);

private:
    void apply();

    PathField* m_field;
    FaultLabel* m_fault;
    QString m_shown; ///< what is in force, as the field has it
};

} // namespace falconer::ui
