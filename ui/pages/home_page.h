// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QGridLayout;
class QPushButton;

namespace falconer::ui {

class Card;
class HomeContinue;
class HomeMachine;
class RecentModel;
class Strip;
class TableView;
class Workspace;
struct Preset;

/// Where one begins: go on with the last run, start from a recipe, open a model or rows, or something recent.
class HomePage : public QWidget {
    Q_OBJECT

public:
    explicit HomePage(Workspace& workspace, QWidget* parent = nullptr);

    HomeContinue* goOn() const { return m_continue; }
    TableView* recent() const { return m_recent; }
    Strip* fault() const { return m_fault; }

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildRecipes();
    Card* buildRecipe(const Preset& preset, bool first);
    QWidget* buildDrop();
    Card* buildRecent();
    Card* buildQueue();
    Card* buildTour();
    void usePreset(const Preset& preset);
    void askForData();
    void openRecipe(const QString& file);
    void openDropped(const QStringList& paths);
    void openRecent(int row);
    void locate(int row);

    Workspace& m_workspace;
    Strip* m_fault; ///< why a recipe could not be opened
    HomeContinue* m_continue;
    HomeMachine* m_machine;
    RecentModel* m_items;
    TableView* m_recent = nullptr;
    Card* m_recentCard = nullptr;
    Card* m_tour = nullptr;
    QPushButton* m_firstRecipe = nullptr;
    QWidget* m_side = nullptr;
    QGridLayout* m_columns = nullptr;
};

} // namespace falconer::ui
