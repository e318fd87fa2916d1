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
class Pill;
class Strip;
class TableView;
class Workspace;

/// The models on this machine: which there are, whether they fit here, what is in them, and where they are looked for.
class ModelPage : public QWidget {
    Q_OBJECT

public:
    explicit ModelPage(Workspace& workspace, QWidget* parent = nullptr);

    TableView* table() const { return m_table; }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Details {
        QString path;
        std::optional<ModelDetails> found;
        QString problem;
    };

    QWidget* buildList();
    QWidget* buildDetails();
    QWidget* buildFolders();
    void addFolder(const QString& folder);
    void askForFolder();
    void showFolders();
    void showFound();
    void selectChosen();
    void showSelected();
    void showDetails();
    void useSelected();
    QString selectedPath() const;

    Workspace& m_workspace;
    QSortFilterProxyModel* m_sorted = nullptr;
    TableView* m_table = nullptr;
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
};

} // namespace falconer::ui
