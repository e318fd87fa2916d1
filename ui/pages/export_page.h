// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/adapter_export_job.h"
#include "ui/session/run_adapters.h"

#include <QWidget>

#include <filesystem>
#include <optional>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QRadioButton;
class QStackedWidget;

namespace falconer::ui {

class AdapterPicker;
class Card;
class FaultLabel;
class PageHeader;
class PathField;
class Pill;
class StepList;
class Strip;
class Workspace;

/// Takes a run's adapter out of it, to a place of its own, and proves that what lies there is what was trained.
class ExportPage : public QWidget {
    Q_OBJECT

public:
    explicit ExportPage(Workspace& workspace, QWidget* parent = nullptr);

    AdapterExportJob* job() const { return m_job; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    // export_page_build.cpp
    void build();
    QWidget* buildEmpty();
    QWidget* buildForm();
    Card* buildWhat();
    Card* buildWhere();
    Card* buildProgress();
    Card* buildSnippets();
    void connectParts();
    QPlainTextEdit* makeSnippet(Card* card, const QString& name, const QString& object, const QString& caption);

    void onPicked();
    void showPicked();
    bool isAnother() const;
    void suggestFolder();
    void judge();
    void browse();
    void start();
    void onProgress(AdapterExportJob::Step step, const QString& phase, qint64 done, qint64 total);
    void onFinished(const AdapterExportResult& result);
    void showResult(const AdapterExportResult& result);
    void updateSnippets();
    std::filesystem::path target() const;
    /// Why nothing can be exported; empty: it can.
    QString obstacle() const;

    Workspace& m_workspace;
    AdapterExportJob* m_job;
    PageHeader* m_header = nullptr;
    Pill* m_state = nullptr;
    AdapterPicker* m_picker = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_facts = nullptr;
    Strip* m_trouble = nullptr;
    QRadioButton* m_peft = nullptr;
    PathField* m_folder = nullptr;
    QPushButton* m_browse = nullptr;
    FaultLabel* m_fault = nullptr;
    QPushButton* m_otherName = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_cancel = nullptr;
    Card* m_progressCard = nullptr;
    StepList* m_steps = nullptr;
    QProgressBar* m_progress = nullptr;
    Strip* m_result = nullptr;
    QPushButton* m_open = nullptr;
    QPlainTextEdit* m_python = nullptr;
    QPlainTextEdit* m_shell = nullptr;
    std::filesystem::path m_run; ///< what folder and proof are of
    std::optional<RunAdapter> m_adapter;
    bool m_byHand = false; ///< the folder was written by the person
    bool m_suggesting = false;
    std::filesystem::path m_written; ///< the last export
};

} // namespace falconer::ui
