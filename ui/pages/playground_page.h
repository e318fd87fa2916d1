// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/playground_column.h"
#include "ui/session/playground_bridge.h"

#include <QDialog>
#include <QHash>
#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace falconer::ui {

class AdapterPicker;
class PageHeader;
class Pill;
class PlaygroundComposer;
class PlaygroundSettings;
class Strip;
class Workspace;

/// Chat with a run's base and tuned model side by side, on the same weights.
class PlaygroundPage : public QWidget {
    Q_OBJECT

public:
    explicit PlaygroundPage(Workspace& workspace, QWidget* parent = nullptr);

    PlaygroundBridge* bridge() const { return m_bridge; }
    PlaygroundColumn* column(PlaygroundSide side) const { return side == PlaygroundSide::base ? m_base : m_tuned; }

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    // playground_page_build.cpp
    void build();
    QWidget* buildEmpty();
    QWidget* buildChat();
    void buildKeys();
    void connectParts();
    void arrange();

    void onPicked();
    void send();
    void newChat();
    void forgetChat();
    void answerOnCpu();
    void showTemplate();
    void onPhase(const PlaygroundPhase& phase);
    void onAnswered(const PlaygroundAnswer& answer);
    void onEnded(const PlaygroundDone& done);
    void showFaults(const std::vector<Fault>& faults);
    void showStarter();
    void updateState();
    void updateNotice();
    /// Why nothing can be sent; empty: it can.
    QString obstacle() const;
    std::vector<PlaygroundColumn*> answering() const;

    Workspace& m_workspace;
    PlaygroundBridge* m_bridge;
    PageHeader* m_header = nullptr;
    Pill* m_state = nullptr;
    QToolButton* m_showSettings = nullptr;
    QPushButton* m_newChat = nullptr;
    QPushButton* m_unload = nullptr;
    AdapterPicker* m_picker = nullptr;
    Strip* m_notice = nullptr;
    QWidget* m_trouble = nullptr;
    Strip* m_fault = nullptr;
    QPushButton* m_onCpu = nullptr;
    QPushButton* m_fresh = nullptr;
    QStackedWidget* m_stack = nullptr;
    QSplitter* m_columns = nullptr;
    PlaygroundColumn* m_base = nullptr;
    PlaygroundColumn* m_tuned = nullptr;
    PlaygroundComposer* m_composer = nullptr;
    PlaygroundSettings* m_settings = nullptr;
    QScrollArea* m_settingsArea = nullptr;
    bool m_settingsByHand = false; ///< shown or hidden by the person, not by the width
    QPointer<QDialog> m_template;

    QString m_asked; ///< the prompt of the question at hand
    std::size_t m_askedSides = 0;
    QString m_phase; ///< what happens before a side begins
    std::vector<PlaygroundSide> m_waiting; ///< sides whose answer is still to come
    QHash<int, QString> m_rendered; ///< by side: what it read last
    QString m_device;
    std::filesystem::path m_run; ///< whose conversations stand in the columns
    std::filesystem::path m_adapter;
    bool m_runIsFaulty = false; ///< what is said to be wrong is the run itself
    QPushButton* m_starter = nullptr;
    QString m_starterModel; ///< empty: it is not on this machine
};

} // namespace falconer::ui
