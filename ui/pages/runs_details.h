// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/runs_model.h"

#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

#include <array>
#include <filesystem>
#include <optional>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;
class QTextBrowser;

namespace falconer::ui {

class Card;
class ElidedLabel;
class RunLibrary;
class Strip;

/// One run: its facts, tags and notes, and its report. Tags and notes are saved as they are typed.
class RunsDetails : public QWidget {
    Q_OBJECT

public:
    explicit RunsDetails(RunLibrary& library, QWidget* parent = nullptr);
    ~RunsDetails() override;
    /// nullopt: none chosen.
    void show(const std::optional<std::filesystem::path>& run);
    using QWidget::show;
    /// The row may have changed.
    void refresh();
    /// Saves what was typed and not saved yet. The page calls it before it goes.
    void flush();

    QLineEdit* tags() const { return m_tags; }
    QPlainTextEdit* notes() const { return m_notes; }
    QTextBrowser* report() const { return m_report; }
    Strip* problem() const { return m_problem; }

private:
    void buildFacts(Card* card);
    void fill(const RunRow& run, bool fields);
    void readReport();
    void takeReport();

    RunLibrary& m_library;
    std::optional<std::filesystem::path> m_run;
    QStackedWidget* m_stack;
    Card* m_card;
    Strip* m_problem;
    std::array<ElidedLabel*, 8> m_facts{};
    QLineEdit* m_tags;
    QPlainTextEdit* m_notes;
    QTextBrowser* m_report;
    QTimer m_save;
    bool m_filling = false;
    QFutureWatcher<QString> m_reading;
    bool m_readAgain = false;
    QString m_reportText; ///< as it was read
    std::filesystem::path m_readRun; ///< whose report is being read, or is shown
};

} // namespace falconer::ui
