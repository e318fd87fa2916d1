// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/workspace.h"
#include "ui/theme/theme.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include <array>

class QAction;
class QMessageBox;
class QStackedWidget;

namespace falconer::ui {

class Notifier;
class Rail;
class StatusFacts;
class Tour;

/// The window: menus, the rail, the pages, the status bar. A page is made when it is first shown, or when the window
/// has been idle for a while. The window never waits: closing it during a run pauses or stops the run, lets it save,
/// and closes when that is done.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(Services services, Theme& theme, QWidget* parent = nullptr);
    ~MainWindow() override;

    Workspace& workspace() { return m_workspace; }
    /// Shows a page.
    void show(PageId page);
    using QMainWindow::show;
    PageId currentPage() const { return m_current; }
    /// Closes without a question, as when the session ends: a run is paused and saved first.
    void pauseAndClose();
    /// The page of that kind, made when it was not there yet.
    template <typename Page>
    Page* page(PageId id)
    {
        return qobject_cast<Page*>(pageWidget(id));
    }

Q_SIGNALS:
    /// The window has closed in good order; nothing runs any more.
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* pageWidget(PageId id);
    /// Makes a page that was not shown yet, so that making it does not cost a frame while a run is drawn.
    void preparePage();
    void buildMenus();
    void buildFileMenu();
    void buildRunMenu();
    void askForRecipe();
    void askWhereToSave();
    void saveRecipe(const QString& file);
    void openModel(const QString& path);
    void askForData();
    void startOrResume();
    /// What the focused field is for.
    void helpForField();
    /// Ctrl+Return goes on with the run that the Train page shows.
    bool resumesRun();
    void askBeforeClosing();
    void stopAndClose();
    /// Closes when the run that is ending has ended.
    void closeAfterRun();
    void onRunEnded(const RunEnded& end);
    /// Moves the focus to the next (1) or previous (-1) card of the page.
    void movePane(int direction);
    void restoreLayout();
    void saveLayout() const;
    void updateActions();

    Workspace m_workspace;
    Theme& m_theme;
    Rail* m_rail;
    QStackedWidget* m_stack;
    Tour* m_tour;
    std::array<QWidget*, kPageCount> m_pages{};
    PageId m_current = PageId::home;
    QTimer m_prepare;
    QPointer<QMessageBox> m_closeBox;
    QAction* m_openRecipe = nullptr;
    QAction* m_openData = nullptr;
    QAction* m_help = nullptr;
    QAction* m_start = nullptr;
    QAction* m_pause = nullptr;
    QAction* m_stop = nullptr;
    QAction* m_save = nullptr;
    StatusFacts* m_status = nullptr;
    Notifier* m_notifier = nullptr;
    bool m_closing = false;
};

} // namespace falconer::ui
