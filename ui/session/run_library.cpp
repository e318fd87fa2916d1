// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_library.h"

#include "core/run/run_folder.h"
#include "core/run/run_notes.h"
#include "ui/models/metrics_model.h"
#include "ui/session/workspace.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QtConcurrent>

#include <algorithm>
#include <utility>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

constexpr auto kFoldersKey = "folders/addedRuns";
/// The live run's row is redrawn this often at most.
constexpr int kLiveMilliseconds = 1000;

fs::path clean(const QString& path)
{
    const fs::path whole = fs::path(path.toStdString()).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
}

BinnedRun toBin(const fs::path& run)
{
    BinnedRun result{run, {}, {}};
    try {
        if (RunFolder::open(run).isRunning()) {
            result.problem = RunLibrary::tr("%1 is being trained. Stop it first.")
                                 .arg(QString::fromStdString(run.filename().string()));
            return result;
        }
    } catch (const Error& error) {
        result.problem = QString::fromUtf8(error.what());
        return result;
    }
    // Without that folder Qt would make a bin in the working directory.
    QDir().mkpath(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation));
    if (!QFile::moveToTrash(QString::fromStdString(run.string()), &result.place))
        result.problem = RunLibrary::tr("%1 could not be moved to the bin. It may lie on a drive without one; delete "
                                        "its folder in the file manager.")
                             .arg(QString::fromStdString(run.string()));
    return result;
}

BinnedRun fromBin(BinnedRun run)
{
    const QString back = QString::fromStdString(run.path.string());
    std::error_code error;
    if (run.place.isEmpty() || fs::exists(run.path, error)) {
        run.problem = run.place.isEmpty()
            ? RunLibrary::tr("The system does not say where its bin is; restore %1 there.").arg(back)
            : RunLibrary::tr("There is something at %1 again, so the run stays in the bin.").arg(back);
        return run;
    }
    fs::rename(run.place.toStdString(), run.path, error);
    if (error) {
        run.problem = RunLibrary::tr("%1 could not be put back (%2). It is in %3.")
                          .arg(back, QString::fromStdString(error.message()), run.place);
        return run;
    }
    // The bin's own note on it, as freedesktop.org's specification has it.
    const QFileInfo place(run.place);
    QFile::remove(place.path() + QStringLiteral("/../info/") + place.fileName() + QStringLiteral(".trashinfo"));
    run.problem.clear();
    return run;
}

std::vector<BinnedRun> mapped(const std::vector<BinnedRun>& runs, BinnedRun (*work)(BinnedRun))
{
    std::vector<BinnedRun> done;
    for (const BinnedRun& run : runs)
        done.push_back(work(run));
    return done;
}

} // namespace

RunLibrary::RunLibrary(Workspace& workspace, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_model(new RunsModel(this))
{
    m_writer.setMaxThreadCount(1);
    m_live.setInterval(kLiveMilliseconds);
    connect(&m_live, &QTimer::timeout, this, &RunLibrary::updateLive);
    connect(&m_scan, &QFutureWatcherBase::resultReadyAt, this, &RunLibrary::take);
    connect(&m_scan, &QFutureWatcherBase::finished, this, [this] {
        m_known = true;
        updateLive();
        Q_EMIT scanned();
        if (std::exchange(m_again, false))
            refresh();
    });
    connect(&m_bin, &QFutureWatcherBase::finished, this, [this] {
        const std::vector<BinnedRun> runs = m_bin.result();
        for (const BinnedRun& run : runs)
            if (run.problem.isEmpty()) {
                m_read.erase(run.path);
                m_model->remove(run.path);
                m_workspace.recent().remove(QString::fromStdString(run.path.string()));
                if (m_workspace.selectedRun() == run.path)
                    m_workspace.selectRun({});
            }
        Q_EMIT binned(runs);
        Q_EMIT m_workspace.runsChanged();
    });
    connect(&m_restore, &QFutureWatcherBase::finished, this, [this] {
        Q_EMIT restored(m_restore.result());
        Q_EMIT m_workspace.runsChanged();
    });
    RunController& run = workspace.run();
    connect(&workspace, &Workspace::runsChanged, this, &RunLibrary::refresh);
    connect(&run, &RunController::stateChanged, this, [this, &run] {
        if (run.isRunning())
            m_live.start();
        else
            m_live.stop();
        updateLive();
    });
    connect(&run.bridge(), &SessionBridge::evalDone, this, &RunLibrary::updateLive);
    if (run.isRunning())
        m_live.start();
}

RunLibrary::~RunLibrary()
{
    m_scan.cancel();
    for (QFutureWatcherBase* watcher : {static_cast<QFutureWatcherBase*>(&m_scan),
             static_cast<QFutureWatcherBase*>(&m_bin), static_cast<QFutureWatcherBase*>(&m_restore)})
        watcher->disconnect(this);
    m_scan.waitForFinished();
    m_bin.waitForFinished();
    m_restore.waitForFinished();
    m_writer.waitForDone();
}

ScanRequest RunLibrary::request() const
{
    ScanRequest request;
    request.roots.push_back(m_workspace.runsFolder());
    for (const QString& folder : m_workspace.settings().runRoots())
        request.roots.push_back(clean(folder));
    for (const QString& folder : addedFolders()) {
        request.roots.push_back(clean(folder));
        request.runs.push_back(clean(folder));
    }
    for (const RecentItems::Item& item : m_workspace.recent().items())
        if (item.kind == RecentItems::Kind::run)
            request.runs.push_back(clean(item.path));
    request.known = m_read;
    return request;
}

void RunLibrary::refresh()
{
    if (m_scan.isRunning()) {
        m_again = true;
        return;
    }
    if (m_writer.activeThreadCount() == 0)
        m_noted.clear();
    m_scan.setFuture(QtConcurrent::run([request = request()](QPromise<ScanPart>& promise) {
        scanRuns(request,
            {[&](std::vector<RunRow> all) { promise.addResult(ScanPart(std::move(all))); },
                [&](std::vector<KnownRun> read) { promise.addResult(ScanPart(std::move(read))); },
                [&] { return promise.isCanceled(); }});
    }));
}

void RunLibrary::take(int part)
{
    const ScanPart result = m_scan.resultAt(part);
    if (const auto* all = std::get_if<std::vector<RunRow>>(&result)) {
        m_model->setRuns(*all);
        // One that was away for a while has not changed, so it is not read again.
        for (const RunRow& row : *all)
            if (const auto read = m_read.find(row.path); read != m_read.end())
                if (const RunRow* shown = m_model->find(row.path); shown->state == RunRow::State::reading)
                    m_model->update(read->second.row);
        return;
    }
    for (KnownRun run : std::get<std::vector<KnownRun>>(result)) {
        if (const auto noted = m_noted.find(run.row.path); noted != m_noted.end()) {
            run.row.notes = noted->second.first;
            run.row.tags = noted->second.second;
        }
        m_model->update(run.row);
        m_read[run.row.path] = std::move(run);
    }
}

void RunLibrary::updateLive()
{
    const RunController& run = m_workspace.run();
    if (!run.isRunning() || run.folder().empty())
        return;
    const RunRow* shown = m_model->find(run.folder());
    if (!shown)
        return;
    RunRow row = *shown;
    row.state = run.isPaused() ? RunRow::State::paused : RunRow::State::running;
    if (const auto last = run.metrics()->lastStep()) {
        row.steps = last->step;
        row.lastLoss = last->loss;
        row.seconds = last->seconds;
    }
    if (const auto best = run.metrics()->best()) {
        row.bestLoss = best->loss;
        row.bestStep = best->step;
    }
    const std::vector<QPointF>& curve = run.metrics()->curves().validation;
    row.curve
        = QList<QPointF>(curve.end() - std::min<std::ptrdiff_t>(std::ssize(curve), kSparklinePoints), curve.end());
    m_model->update(row);
}

void RunLibrary::setNotes(const fs::path& run, const QString& notes, const QStringList& tags)
{
    const RunRow* shown = m_model->find(run);
    if (!shown || (shown->notes == notes && shown->tags == tags))
        return;
    RunNotes written;
    written.notes = notes.toStdString();
    for (const QString& tag : tags)
        written.tags.push_back(tag.toStdString());
    written.tags = cleanTags(written.tags);
    RunRow row = *shown;
    row.notes = notes;
    row.tags.clear();
    for (const std::string& tag : written.tags)
        row.tags << QString::fromStdString(tag);
    m_model->update(row);
    m_noted[run] = {row.notes, row.tags};
    if (const auto read = m_read.find(run); read != m_read.end())
        read->second.stamp.clear(); // the next scan looks at it again
    m_writer.start([this, run, written] {
        try {
            writeRunNotes(run, written);
        } catch (const Error& error) {
            QMetaObject::invokeMethod(
                this, [this, message = QString::fromUtf8(error.what())] { Q_EMIT noteFailed(message); },
                Qt::QueuedConnection);
        }
    });
}

QStringList RunLibrary::addedFolders() const { return QSettings().value(QLatin1String(kFoldersKey)).toStringList(); }

void RunLibrary::addFolder(const QString& folder)
{
    QStringList folders = addedFolders();
    if (folder.isEmpty() || folders.contains(folder))
        return;
    folders << folder;
    QSettings().setValue(QLatin1String(kFoldersKey), folders);
    refresh();
}

void RunLibrary::removeFolder(const QString& folder)
{
    QStringList folders = addedFolders();
    if (folders.removeAll(folder) == 0)
        return;
    QSettings().setValue(QLatin1String(kFoldersKey), folders);
    refresh();
}

void RunLibrary::moveToBin(const std::vector<fs::path>& runs)
{
    if (runs.empty() || m_bin.isRunning())
        return;
    m_bin.setFuture(QtConcurrent::run([runs, writer = &m_writer] {
        // Notes that are on their way would make the folder anew.
        writer->waitForDone();
        std::vector<BinnedRun> done;
        for (const fs::path& run : runs)
            done.push_back(toBin(run));
        return done;
    }));
}

void RunLibrary::putBack(const std::vector<BinnedRun>& runs)
{
    if (m_restore.isRunning())
        return;
    m_restore.setFuture(QtConcurrent::run([runs] { return mapped(runs, fromBin); }));
}

} // namespace falconer::ui
