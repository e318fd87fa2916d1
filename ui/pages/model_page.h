// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/hub/model_details.h"

#include <QFutureWatcher>
#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QSortFilterProxyModel;

namespace falconer::ui {

class Card;
class ElidedLabel;
class NoMatch;
class Strip;
class TableView;
class Workspace;

/// The models on this machine: which there are, whether they fit here, what is in them, and where they are looked for.
class ModelPage : public QWidget {
    Q_OBJECT

public:
    explicit ModelPage(Workspace& workspace, QWidget* parent = nullptr);

    TableView* table() const { return m_table; }
    NoMatch* noMatch() const { return m_noMatch; }
    Strip* state() const { return m_state; }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Details {
        QString path;
        std::optional<ModelDetails> found;
        QString problem;
    };

    // model_page_build.cpp
    QWidget* buildList();
    QWidget* buildDetails();
    QWidget* buildFolders();

    void addFolder(const QString& folder);
    void askForFolder();
    void showFolders();
    void judgeRemove();
    void showFound();
    void showState();
    void filter();
    void selectChosen();
    void select(const QString& path);
    void showSelected();
    void clearDetails();
    void showDetails();
    void useSelected();
    QString selectedPath() const;

    Workspace& m_workspace;
    QSortFilterProxyModel* m_sorted = nullptr;
    TableView* m_table = nullptr;
    NoMatch* m_noMatch = nullptr;
    QLineEdit* m_filter = nullptr;
    Strip* m_state = nullptr;
    Card* m_details = nullptr;
    QLabel* m_facts = nullptr;
    ElidedLabel* m_path = nullptr;
    QLabel* m_problem = nullptr;
    QLabel* m_files = nullptr;
    QPlainTextEdit* m_template = nullptr;
    QPushButton* m_use = nullptr;
    QListWidget* m_folders = nullptr;
    QPushButton* m_removeFolder = nullptr;
    QFutureWatcher<Details> m_reading;
    QString m_chosen; ///< the draft's model, as it was last followed
    QString m_shown; ///< whose details are on show, or are being read
};

} // namespace falconer::ui
