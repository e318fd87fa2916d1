// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QPushButton;
class QSplitter;
class QStackedWidget;

namespace falconer::ui {

class LossPanel;
class PageHeader;
class Pill;
class TrainDetails;
class TrainProgress;
class TrainSide;
class TrainTiles;
class TrainVerdict;
class Workspace;

/// The run that goes on, or did last: where it stands, both losses live, the sentinel's verdict, and what it answers.
class TrainPage : public QWidget {
    Q_OBJECT

public:
    explicit TrainPage(Workspace& workspace, QWidget* parent = nullptr);

    /// Draws what has come in; by itself once a tick.
    void refresh();
    /// Asks what is kept, then stops.
    void askToStop();

    LossPanel* loss() const { return m_loss; }
    TrainVerdict* verdict() const { return m_verdict; }
    TrainDetails* details() const { return m_details; }
    QPushButton* pauseButton() const { return m_pause; }
    QPushButton* saveButton() const { return m_save; }
    QPushButton* stopButton() const { return m_stop; }
    QString stateText() const;
    QString sentinelText() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildEmpty();
    QWidget* buildRun();
    void buildHeader(QWidget* parent);
    /// Short words for a narrow page; their tooltips are whole.
    void nameActions(bool narrow);
    void begin();
    void updateState();
    void updateBands();

    Workspace& m_workspace;
    QStackedWidget* m_stack;
    PageHeader* m_header = nullptr;
    Pill* m_state = nullptr;
    Pill* m_sentinel = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_save = nullptr;
    QPushButton* m_stop = nullptr;
    TrainProgress* m_progress = nullptr;
    TrainTiles* m_tiles = nullptr;
    LossPanel* m_loss = nullptr;
    TrainVerdict* m_verdict = nullptr;
    TrainDetails* m_details = nullptr;
    TrainSide* m_side = nullptr;
    QElapsedTimer m_memoryAge;
    std::int64_t m_memory = 0; ///< that the program holds, as last measured
};

} // namespace falconer::ui
