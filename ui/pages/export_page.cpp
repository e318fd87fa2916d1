// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/export_page.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "ui/pages/adapter_picker.h"
#include "ui/pages/file_dialogs.h"
#include "ui/session/adapter_export.h"
#include "ui/session/adapter_export_snippet.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/path_field.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/step_list.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/text_labels.h"

#include <QFileDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QStackedWidget>

#include <cmath>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

/// What a copy may differ by, relative: more is not rounding.
constexpr double kRounding = 1e-4;

QString native(const fs::path& path) { return QString::fromStdString(path.string()); }

/// As high as `lines`, so that all of it is seen.
void fit(QPlainTextEdit* text, int lines)
{
    const int bar = text->horizontalScrollBar()->sizeHint().height();
    text->setFixedHeight(lines * text->fontMetrics().lineSpacing() + bar + 2 * unit(text));
}

} // namespace

ExportPage::ExportPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_job(new AdapterExportJob(workspace.services(), this))
{
    build();
    onPicked();
}

void ExportPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_job->isRunning())
        judge(); // folders may have come and gone
}

fs::path ExportPage::target() const { return expandPath(m_folder->text().trimmed().toStdString()); }

void ExportPage::onPicked()
{
    m_stack->setCurrentIndex(m_picker->isEmpty() ? 0 : 1);
    m_export->setVisible(!m_picker->isEmpty());
    if (m_job->isRunning())
        return;
    if (!m_picker->isReading())
        showPicked();
    judge();
    updateSnippets();
}

bool ExportPage::isAnother() const
{
    const RunAdapter* adapter = m_picker->adapter();
    const std::filesystem::path run = m_picker->run() ? m_picker->run()->run : fs::path();
    return run != m_run || (adapter != nullptr) != m_adapter.has_value()
        || (adapter && (adapter->folder != m_adapter->folder || adapter->step != m_adapter->step));
}

void ExportPage::showPicked()
{
    const RunAdapters* run = m_picker->run();
    const RunAdapter* adapter = m_picker->adapter();
    if (run && !run->faults.empty())
        m_trouble->set(adapter ? Strip::Meaning::warn : Strip::Meaning::error, heading(run->faults.front().code),
            describe(run->faults));
    else
        m_trouble->clear();
    m_facts->setText(
        adapter ? tr("%1 MB").arg(QLocale().toString(static_cast<double>(adapter->bytes) / 1e6, 'f', 1)) : QString());
    if (!isAnother())
        return; // read again because some run has changed: the folder and the proof stay
    m_run = run ? run->run : fs::path();
    m_adapter = adapter ? std::optional(*adapter) : std::nullopt;
    m_byHand = false;
    suggestFolder();
    m_steps->reset();
    m_result->clear();
    m_open->hide();
    m_state->hide();
}

void ExportPage::suggestFolder()
{
    const RunAdapters* run = m_picker->run();
    const RunAdapter* adapter = m_picker->adapter();
    if (!run || !adapter || m_byHand)
        return;
    const std::string kind = adapter->kind == RunAdapter::Kind::checkpoint
        ? "-checkpoint-" + std::to_string(adapter->step.value_or(0))
        : "-adapter";
    const fs::path runs = m_workspace.runsFolder();
    const fs::path place = (runs.has_parent_path() ? runs.parent_path() : run->run.parent_path()) / "adapters";
    const QScopedValueRollback<bool> own(m_suggesting, true);
    m_folder->setText(native(freeExportTarget(place / (run->run.filename().string() + kind))));
}

QString ExportPage::obstacle() const
{
    if (m_picker->isReading())
        return tr("The run is being read");
    if (!m_picker->adapter())
        return tr("This run has no adapter to export");
    try {
        checkExportTarget(target());
    } catch (const Error& error) {
        return describe(error.faults().front());
    }
    return {};
}

void ExportPage::judge()
{
    const bool running = m_job->isRunning();
    const QString why = running ? tr("An export is going on") : obstacle();
    const bool folder = !running && m_picker->adapter() && !why.isEmpty() && !m_picker->isReading();
    // The folder that was just written is no mistake.
    const bool done = !m_written.empty() && target() == m_written;
    m_fault->setFault(folder && !done ? why : QString());
    setLook(m_folder, "bad", folder && !done);
    const fs::path other = folder ? freeExportTarget(target()) : fs::path();
    m_otherName->setVisible(folder && !done && other != target() && target().is_absolute());
    if (m_otherName->isVisibleTo(this)) {
        m_otherName->setText(tr("Use %1").arg(native(other.filename())));
        m_otherName->disconnect(this);
        connect(m_otherName, &QPushButton::clicked, this, [this, other] { m_folder->setText(native(other)); });
    }
    m_export->setEnabled(why.isEmpty());
    m_export->setToolTip(why.isEmpty() ? tr("Write the adapter, reload it and measure it again")
            : done                     ? tr("It is written there already; name another folder to write it again")
                                       : why);
    m_cancel->setVisible(running);
    m_picker->setObstacle(running ? why : QString());
    for (QWidget* field : std::initializer_list<QWidget*>{m_folder, m_browse}) {
        field->setEnabled(!running);
        field->setToolTip(running ? why : field->accessibleDescription());
    }
}

void ExportPage::browse()
{
    QFileDialog* dialog = askForFolder(this, tr("Choose the folder to put it in"), [this](const QString& place) {
        const fs::path name = target().filename();
        m_folder->setText(native(freeExportTarget(fs::path(place.toStdString()) / name)));
    });
    dialog->setObjectName(QStringLiteral("exportDialog"));
}

void ExportPage::start()
{
    if (m_job->isRunning() || !obstacle().isEmpty())
        return;
    const RunAdapter* adapter = m_picker->adapter();
    m_written.clear();
    m_steps->reset();
    m_steps->set(0, StepList::State::active);
    m_result->clear();
    m_open->hide();
    m_progress->setRange(0, 0);
    m_progress->show();
    m_state->set(tr("Exporting"), Pill::Meaning::info);
    m_state->show();
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolTip(tr("Stop; nothing remains of the folder"));
    m_cancel->setEnabled(true);
    m_job->start({m_picker->run()->run, adapter->folder, target(), adapter->loss});
    judge();
}

void ExportPage::onProgress(AdapterExportJob::Step step, const QString& phase, qint64 done, qint64 total)
{
    const int number = static_cast<int>(step);
    for (int i = 0; i < number; ++i)
        m_steps->set(i, StepList::State::done);
    const PhaseProgress progress{phase.toStdString(), done, total};
    const bool counted = step != AdapterExportJob::Step::write && !phase.isEmpty();
    m_steps->set(number, StepList::State::active, counted ? phaseText(progress) : QString());
    m_progress->setRange(0, static_cast<int>(total > 0 ? 1000 : 0));
    if (total > 0)
        m_progress->setValue(static_cast<int>(1000 * done / total));
    if (step == AdapterExportJob::Step::write || !m_cancel->isEnabled())
        return;
    m_cancel->setText(tr("Stop checking"));
    m_cancel->setToolTip(tr("The folder is complete; only the check ends"));
}

void ExportPage::onFinished(const AdapterExportResult& result)
{
    onPicked(); // another one may have been chosen meanwhile, on another page
    m_progress->hide();
    m_written = result.written ? result.folder : fs::path();
    m_open->setVisible(result.written);
    const bool failed = !result.faults.empty();
    m_steps->set(0,
        result.written ? StepList::State::done
            : failed   ? StepList::State::failed
                       : StepList::State::skipped);
    const auto rest = result.proof ? StepList::State::done : StepList::State::skipped;
    const bool measuring = m_job->step() == AdapterExportJob::Step::measure;
    m_steps->set(1,
        result.written && measuring    ? StepList::State::done
            : failed && result.written ? StepList::State::failed
                                       : rest);
    m_steps->set(2, failed && result.written && measuring ? StepList::State::failed : rest);
    showResult(result);
    judge();
    updateSnippets();
}

void ExportPage::showResult(const AdapterExportResult& result)
{
    const QString folder = native(result.folder);
    const auto show = [this](Strip::Meaning strip, Pill::Meaning pill, const QString& state, const QString& title,
                          const QString& text) {
        m_state->set(state, pill);
        m_state->show();
        m_result->set(strip, title, text);
    };
    if (!result.faults.empty() && !result.written) {
        show(Strip::Meaning::error, Pill::Meaning::error, tr("Not exported"), heading(result.faults.front().code),
            tr("%1\nNothing half-written remains.").arg(describe(result.faults)));
    } else if (!result.faults.empty()) {
        show(Strip::Meaning::warn, Pill::Meaning::warn, tr("Exported, not checked"),
            tr("The folder is complete; the check could not be made"), describe(result.faults));
    } else if (result.cancelled && !result.written) {
        show(Strip::Meaning::info, Pill::Meaning::quiet, tr("Cancelled"), tr("Cancelled"),
            tr("Nothing remains of %1.").arg(folder));
    } else if (!result.proof) {
        show(Strip::Meaning::info, Pill::Meaning::ok, tr("Exported"), tr("Exported, not checked"),
            tr("The folder %1 is complete.").arg(folder));
    } else {
        const AdapterProof& proof = *result.proof;
        const QString before = lossText(proof.before);
        const QString after = lossText(proof.after);
        const QString words = proof.validation
            ? tr("Exported and reloaded: validation loss %1 before, %2 after.").arg(before, after)
            : tr("Exported and reloaded: loss of the first training rows %1 before, %2 after.").arg(before, after);
        if (std::abs(proof.after - proof.before) <= kRounding * std::abs(proof.before))
            show(Strip::Meaning::ok, Pill::Meaning::ok, tr("Exported"), words, folder);
        else
            show(Strip::Meaning::warn, Pill::Meaning::warn, tr("Exported, loss differs"), words,
                tr("Another device or number of threads rounds differently in the last decimals. A larger difference "
                   "means that the model or the data changed since the run."));
    }
}

void ExportPage::updateSnippets()
{
    const RunAdapters* run = m_picker->run();
    if (!run)
        return;
    m_python->setPlainText(peftSnippet(run->recipe, native(target())).trimmed());
    m_shell->setPlainText(generateCommand(run->recipe, native(target()), run->chat));
    fit(m_python, m_python->blockCount());
    constexpr int kCommandLines = 3; // it wraps; longer ones scroll
    fit(m_shell, kCommandLines);
}

} // namespace falconer::ui
