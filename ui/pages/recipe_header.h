// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/session/presets.h"
#include "ui/widgets/page_header.h"

#include <vector>

class QMenu;
class QPushButton;
class QToolButton;

namespace falconer::ui {

class Segments;
class Workspace;

/// The top of the Recipe page: Simple or Advanced, which preset the recipe began as, undo, import and export.
class RecipeHeader : public PageHeader {
    Q_OBJECT

public:
    explicit RecipeHeader(Workspace& workspace, QWidget* parent = nullptr);

    bool isAdvanced() const;
    void setAdvanced(bool advanced);
    /// Keeps to the icon where there is one.
    void setNarrow(bool narrow);
    QMenu* presetMenu() const { return m_presets; }

    /// Begins with a preset; model and rows stay where it names none. Undoable.
    void usePreset(const Preset& preset);
    void importFrom(const QString& file);
    void exportTo(const QString& file);
    void saveAsPreset(const QString& name);

Q_SIGNALS:
    void modeChosen(bool advanced);
    /// Something was asked for that did not work.
    void failed(const std::vector<falconer::Fault>& faults);
    /// Something was done whose effect cannot be seen on the page.
    void done(const QString& what);

private:
    void buildActions();
    void fillPresets();
    void askForName();
    void useNew();
    void refresh();
    void judgeQueue();

    Workspace& m_workspace;
    Segments* m_mode;
    QPushButton* m_preset;
    QMenu* m_presets;
    QToolButton* m_undo;
    QPushButton* m_export = nullptr;
    QPushButton* m_enqueue = nullptr;
    std::vector<Preset> m_known; ///< as the menu shows them
};

} // namespace falconer::ui
