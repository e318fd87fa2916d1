// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/services.h"
#include "ui/theme/theme.h"

#include <QMainWindow>

class QAction;
class QLabel;

namespace falconer::ui {

class TrainPage;

/// The window: menus, the page, the status bar. It never waits: closing it during a run stops the run, lets it save,
/// and closes when that is done.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(Services services, Theme& theme, QWidget* parent = nullptr);

    /// The user's last choice.
    static Theme::Choice savedTheme();

    TrainPage* trainPage() const { return m_page; }
    /// Fills the form from a file. Faults are shown on the page and returned.
    std::vector<Fault> openRecipe(const QString& file, const std::vector<std::string>& overrides = {});
    /// Writes the form's recipe. Faults are shown on the page and returned.
    std::vector<Fault> saveRecipe(const QString& file);

Q_SIGNALS:
    /// The window has closed in good order; nothing runs any more.
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void buildMenus(Theme& theme);
    void buildStatusBar();
    void askForRecipe();
    void askWhereToSave();
    void showFaults(const std::vector<Fault>& faults);
    void restoreLayout();
    void saveLayout() const;
    void updateActions();

    TrainPage* m_page;
    QAction* m_start = nullptr;
    QAction* m_stop = nullptr;
    QAction* m_pause = nullptr;
    QAction* m_export = nullptr;
    QAction* m_open = nullptr;
    QLabel* m_device = nullptr;
    bool m_closing = false;
};

} // namespace falconer::ui
