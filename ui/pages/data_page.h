// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/data_findings.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QMenu;
class QPushButton;
class QSplitter;

namespace falconer::ui {

class DataLengthsCard;
class DataMapping;
class DataMicroscope;
class DataRowsCard;
class DataSession;
class DropCard;
class PageHeader;
class Pill;
class Workspace;

/// The recipe's data: which file, how its rows are read, the rows themselves, one of them as tokens, and how long they
/// are. All settings go through the draft; everything that takes time happens in DataSession's workers.
class DataPage : public QWidget {
    Q_OBJECT

public:
    explicit DataPage(Workspace& workspace, QWidget* parent = nullptr);
    ~DataPage() override;

    DataSession& session() { return *m_session; }
    DataMapping* mapping() const { return m_mapping; }
    DataRowsCard* rows() const { return m_rows; }
    DataMicroscope* microscope() const { return m_microscope; }
    DataLengthsCard* lengths() const { return m_lengths; }
    PageHeader* header() const { return m_header; }
    /// One file becomes the data, several are mixed with equal weights.
    void openFiles(const QStringList& files);
    /// Mixes files in with those that are there.
    void addFiles(const QStringList& files);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildHeader();
    /// Rows and microscope beside each other while both can be read, else one above the other.
    void arrange();
    void buildBody();
    void connectParts();
    void follow();
    void refresh();
    void refreshHeader();
    /// Rows cannot be read, and the recipe says to stop there.
    bool stopsAtBadRows() const;
    /// Keeps Start from what would stop at its first bad row.
    void tellReadiness();
    void refreshFindings();
    void consider(qint64 maxLength);
    void setMaxLength(qint64 maxLength);
    void act(const DataFinding& finding);
    /// Goes to the next (1) or previous (-1) finding, and to its rows.
    void goToFinding(int direction);
    void goToNextRow(const std::vector<qint64>& rows);
    void ask(bool add);
    void fillRecent();
    void copyAsYaml();

    Workspace& m_workspace;
    DataSession* m_session;
    PageHeader* m_header;
    Pill* m_state;
    Pill* m_toLookAt;
    QPushButton* m_add;
    QPushButton* m_copy;
    QPushButton* m_continue;
    QMenu* m_recent;
    DropCard* m_empty;
    DataMapping* m_mapping;
    DataRowsCard* m_rows;
    DataMicroscope* m_microscope;
    DataLengthsCard* m_lengths;
    QSplitter* m_splitter;
    int m_finding = -1; ///< the one that F8 went to; -1: none
    bool m_seen = false;
};

} // namespace falconer::ui
