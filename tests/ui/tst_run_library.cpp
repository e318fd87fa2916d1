// SPDX-License-Identifier: GPL-3.0-or-later
// The runs of this machine: found, read, noted, binned; and the models that show them.
#include "core/run/run_notes.h"
#include "tests/ui/page_fixture.h"
#include "tests/ui/run_files.h"
#include "ui/models/differences_model.h"
#include "ui/models/queue_model.h"
#include "ui/session/run_comparison.h"
#include "ui/session/run_library.h"
#include "ui/session/workspace.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace falconer;
using namespace falconer::ui;
using falconer::test::makeRun;
using falconer::test::PageFixture;
namespace fs = std::filesystem;

namespace {

constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::QtTest;

RunRow rowNamed(const char* name, double loss, const QDateTime& started = {})
{
    RunRow row;
    row.path = std::string("/runs/") + name;
    row.name = QString::fromLatin1(name);
    row.state = RunRow::State::finished;
    row.started = started;
    if (loss > 0)
        row.bestLoss = loss;
    return row;
}

QStringList namesOf(const QAbstractItemModel& model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names << model.index(row, RunsModel::nameColumn).data().toString();
    return names;
}

} // namespace

class TestRunLibrary : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PageFixture> m_home;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<RunLibrary> m_library;

    fs::path runs() const { return m_home->folder / "runs"; }
    fs::path addRun(const std::string& name, const std::string& last = "finished",
        const std::vector<double>& validation = {2.9, 2.5, 2.6}) const
    {
        return makeRun(runs() / name, m_home->recipe().recipe, last, validation);
    }
    void scan() const
    {
        QSignalSpy scanned(m_library.get(), &RunLibrary::scanned);
        m_library->refresh();
        QVERIFY(scanned.wait());
    }
    const RunRow* find(const std::string& name) const { return m_library->model()->find(runs() / name); }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<PageFixture>();
        qputenv("XDG_DATA_HOME", (m_home->folder / "data").c_str());
        fs::create_directories(m_home->folder / "data");
        m_workspace = std::make_unique<Workspace>(m_home->services());
        m_library = std::make_unique<RunLibrary>(*m_workspace);
    }
    void cleanup()
    {
        m_library.reset();
        m_workspace.reset();
        m_home.reset();
    }

    void rowsComeFirstAndAreReadAfter()
    {
        addRun("first");
        addRun("second", "");
        addRun("third", "failed", {});
        QAbstractItemModelTester tester(m_library->model(), kFatal);
        QSignalSpy inserted(m_library->model(), &QAbstractItemModel::rowsInserted);
        QVERIFY(!m_library->isKnown());
        m_library->refresh();
        QVERIFY(inserted.wait());
        QCOMPARE(m_library->model()->rowCount(), 3);
        QTRY_VERIFY(m_library->isKnown());
        QCOMPARE(find("first")->state, RunRow::State::finished);
        QCOMPARE(find("first")->rank, 16);
        QCOMPARE(find("first")->model, QStringLiteral("tiny"));
        QCOMPARE(find("first")->curve.size(), 3);
        QCOMPARE(*find("first")->bestLoss, 2.5);
        QCOMPARE(*find("first")->bestStep, 12);
        QVERIFY(find("first")->hasAdapter);
        QVERIFY(find("first")->started.isValid());
        QCOMPARE(find("second")->state, RunRow::State::interrupted);
        QCOMPARE(find("third")->state, RunRow::State::failed);
        QVERIFY(find("third")->curve.isEmpty());
    }

    void nothingAtAllIsNoError()
    {
        scan();
        QCOMPARE(m_library->model()->rowCount(), 0);
        QVERIFY(m_library->isKnown());
    }

    void runsElsewhereAreListedOnce()
    {
        const fs::path recent = makeRun(m_home->folder / "other/runs/near", m_home->recipe().recipe, "finished", {});
        makeRun(m_home->folder / "far/one", m_home->recipe().recipe, "finished", {});
        const fs::path queued = runs() / "night";
        fs::create_directories(queued);
        writeFile(queued / "queue.json", "{}");
        makeRun(queued / "01-tiny", m_home->recipe().recipe, "finished", {});
        fs::create_directories(runs() / "no run at all");
        m_workspace->recent().add(RecentItems::Kind::run, QString::fromStdString(recent.string()));
        m_workspace->recent().add(RecentItems::Kind::run, QStringLiteral("/gone/long/ago"));
        m_library->addFolder(QString::fromStdString((m_home->folder / "far/").string()));
        m_library->addFolder(QString::fromStdString((m_home->folder / "far/one").string()));
        QTRY_VERIFY(!m_library->isScanning());
        scan();
        QCOMPARE(m_library->model()->rowCount(), 3);
        m_library->removeFolder(QString::fromStdString((m_home->folder / "far/").string()));
        m_library->removeFolder(QString::fromStdString((m_home->folder / "far/one").string()));
        QTRY_COMPARE(m_library->model()->rowCount(), 2);
    }

    void anUnreadableRunIsListedWithFileAndLine()
    {
        const fs::path broken = addRun("broken");
        writeFile(
            broken / "metrics.jsonl", "{\"step\": 1, \"loss\": 2}\n{\"step\": oops}\n{\"step\": 3, \"loss\": 2}\n");
        const fs::path recipe = addRun("recipe");
        writeFile(recipe / "run.yaml", "model: m\nlora: {rank: many}\n");
        const fs::path notes = addRun("notes");
        writeFile(notes / "notes.json", "[");
        scan();
        QCOMPARE(find("broken")->state, RunRow::State::unreadable);
        QVERIFY2(find("broken")->problem.contains(QLatin1String("metrics.jsonl, line 2")),
            qPrintable(find("broken")->problem));
        QCOMPARE(find("recipe")->state, RunRow::State::unreadable);
        QVERIFY2(find("recipe")->problem.contains(QLatin1String("line 2")), qPrintable(find("recipe")->problem));
        // What somebody wrote about it does not make a run unreadable.
        QCOMPARE(find("notes")->state, RunRow::State::finished);
        QVERIFY(find("notes")->problem.contains(QLatin1String("notes.json")));
    }

    void aSecondScanKeepsRowsAndTicks()
    {
        const fs::path first = addRun("first");
        addRun("second");
        scan();
        QSignalSpy reset(m_library->model(), &QAbstractItemModel::modelReset);
        QSignalSpy changed(m_library->model(), &QAbstractItemModel::dataChanged);
        m_library->model()->setTicked(first, true);
        changed.clear();
        scan();
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 0);
        QCOMPARE(m_library->model()->ticked().size(), std::size_t(1));
        RunFolder::open(first).append(test::eval(20, 1.5));
        scan();
        QCOMPARE(*find("first")->bestLoss, 1.5);
        fs::remove_all(first);
        scan();
        QVERIFY(!find("first"));
        QVERIFY(m_library->model()->ticked().empty());
    }

    void tagsAndNotesPersist()
    {
        const fs::path run = addRun("first");
        scan();
        m_library->setNotes(
            run, QStringLiteral("fell fast"), {QStringLiteral(" baseline "), QStringLiteral("baseline")});
        QCOMPARE(find("first")->tags, QStringList{QStringLiteral("baseline")});
        QTRY_COMPARE(readRunNotes(run).notes, std::string("fell fast"));
        m_library = std::make_unique<RunLibrary>(*m_workspace);
        scan();
        QCOMPARE(find("first")->notes, QStringLiteral("fell fast"));
        QCOMPARE(find("first")->tags, QStringList{QStringLiteral("baseline")});
        QSignalSpy failed(m_library.get(), &RunLibrary::noteFailed);
        m_library->setNotes(run, {}, {QString(100, QLatin1Char('x'))});
        QVERIFY(failed.wait());
        QVERIFY(failed.first().first().toString().contains(QLatin1String("tag")));
    }

    void theBinGivesBack()
    {
        const fs::path run = addRun("first");
        const RunFolder live = RunFolder::create(runs() / "live", m_home->recipe().recipe);
        m_workspace->selectRun(run);
        scan();
        QSignalSpy binned(m_library.get(), &RunLibrary::binned);
        m_library->moveToBin({run, live.path()});
        QVERIFY(binned.wait());
        const auto result = binned.first().first().value<std::vector<BinnedRun>>();
        QCOMPARE(result.size(), std::size_t(2));
        QVERIFY2(result[0].problem.isEmpty(), qPrintable(result[0].problem));
        QVERIFY(!fs::exists(run));
        QVERIFY(fs::exists(result[0].place.toStdString()));
        QVERIFY(result[1].problem.contains(QLatin1String("being trained")));
        QVERIFY(fs::exists(live.path()));
        QVERIFY(m_workspace->selectedRun().empty());
        QVERIFY(!find("first"));
        QSignalSpy restored(m_library.get(), &RunLibrary::restored);
        m_library->putBack({result[0]});
        QVERIFY(restored.wait());
        QVERIFY(fs::exists(run / "run.yaml"));
        QTRY_VERIFY(find("first") && find("first")->state == RunRow::State::finished);
        // Not over something that has come in its place.
        m_library->putBack({result[0]});
        QVERIFY(restored.wait());
        QVERIFY(!restored.last().first().value<std::vector<BinnedRun>>().front().problem.isEmpty());
    }

    void manyRunsAreFast()
    {
        for (int i = 0; i < 500; ++i)
            addRun("run-" + std::to_string(i));
        QElapsedTimer clock;
        clock.start();
        QSignalSpy inserted(m_library->model(), &QAbstractItemModel::rowsInserted);
        QSignalSpy scanned(m_library.get(), &RunLibrary::scanned);
        m_library->refresh();
        QVERIFY(inserted.wait(20'000));
        qInfo("500 rows after %lld ms", clock.elapsed());
        QVERIFY(scanned.count() > 0 || scanned.wait(60'000));
        qInfo("all read after %lld ms", clock.elapsed());
        QCOMPARE(m_library->model()->rowCount(), 500);
        clock.restart();
        scan();
        qInfo("looked again in %lld ms", clock.elapsed());
    }

    void filterAndSort()
    {
        RunsModel model;
        QAbstractItemModelTester tester(&model, kFatal);
        RunsFilter filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester filterTester(&filter, kFatal);
        RunRow tagged = rowNamed("gamma", 2.5);
        tagged.tags = {QStringLiteral("lower rate")};
        tagged.notes = QStringLiteral("Überraschung");
        model.setRuns({rowNamed("alpha", 2.7), rowNamed("beta", 0), tagged});
        filter.sort(RunsModel::bestColumn, Qt::AscendingOrder);
        QCOMPARE(namesOf(filter), (QStringList{"gamma", "alpha", "beta"}));
        filter.sort(RunsModel::bestColumn, Qt::DescendingOrder);
        QCOMPARE(namesOf(filter), (QStringList{"alpha", "gamma", "beta"}));
        filter.setWords(QStringLiteral("  DONE lower "));
        QCOMPARE(namesOf(filter), QStringList{"gamma"});
        filter.setWords(QStringLiteral("über"));
        QCOMPARE(filter.rowCount(), 1);
        filter.setWords(QStringLiteral("nowhere"));
        QCOMPARE(filter.rowCount(), 0);
        filter.setWords({});
        QCOMPARE(filter.rowCount(), 3);
        QVERIFY(model.setData(model.index(2, RunsModel::tickColumn), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(!model.setData(model.index(2, RunsModel::nameColumn), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(model.index(2, 0).data(RunsModel::KeyRole).toInt(), 0);
        model.setRuns({});
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(model.ticked().empty());
    }

    void differencesShowWhatDiffers()
    {
        Recipe recipe = m_home->recipe().recipe;
        makeRun(runs() / "a", recipe, "finished", {2.9, 2.5});
        recipe.lora.rank = 64;
        makeRun(runs() / "b", recipe, "finished", {2.9, 2.4});
        makeRun(runs() / "c", recipe, "finished", {});
        const fs::path bad = makeRun(runs() / "bad", recipe, "finished", {});
        writeFile(bad / "metrics.jsonl", "?\n");
        const RunComparison comparison
            = loadComparison({runs() / "a", runs() / "b", bad, runs() / "c", runs() / "gone"});
        QCOMPARE(comparison.paths.size(), std::size_t(3));
        QCOMPARE(comparison.problems.size(), 2);
        QCOMPARE(comparison.results[1].summary.bestEvalLoss, std::optional(2.4));
        const auto varied = variedSettings(comparison);
        QCOMPARE(varied.size(), std::size_t(1));
        QCOMPARE(varied.front().key, std::string("lora.rank"));
        QVERIFY(conclusion(comparison).startsWith(QLatin1String("b reaches the lowest validation loss, 2.400")));

        DifferencesModel model;
        QAbstractItemModelTester tester(&model, kFatal);
        QCOMPARE(model.columnCount(), 0);
        model.setRuns({"a", "b", "c"}, comparison.results, comparison.settings);
        QCOMPARE(model.columnCount(), 4);
        const int few = model.rowCount();
        const QModelIndex rank = model.index(few - 1, 1);
        QCOMPARE(model.index(few - 1, 0).data().toString(), QStringLiteral("lora.rank"));
        QCOMPARE(rank.data().toString(), QStringLiteral("16"));
        QVERIFY(rank.data(DifferencesModel::DiffersRole).toBool());
        QVERIFY(!rank.siblingAtColumn(2).data(DifferencesModel::DiffersRole).toBool());
        QVERIFY(model.index(0, 2).data(Qt::AccessibleTextRole).toString().contains(QLatin1String("best")));
        model.setOnlyDifferences(false);
        QVERIFY(model.rowCount() > few + 20);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void theQueuesModel()
    {
        QueueModel model;
        QAbstractItemModelTester tester(&model, kFatal);
        const auto names = [&] {
            QString all;
            for (const QueueItem& item : model.items())
                all += item.name;
            return all;
        };
        for (const char* name : {"a", "b", "c", "d"}) {
            QueueItem item;
            item.name = QString::fromLatin1(name);
            model.append(item);
        }
        model.move(0, 2);
        QCOMPARE(names(), QStringLiteral("bcad"));
        model.move(3, 0);
        QCOMPARE(names(), QStringLiteral("dbca"));
        model.move(1, 1);
        model.removeAt(1);
        QCOMPARE(names(), QStringLiteral("dca"));
        QueueItem item = model.item(1);
        item.state = QueueItem::State::failed;
        item.message = QStringLiteral("Out of memory.\nTry less.");
        model.update(1, item);
        QCOMPARE(
            model.index(1, QueueModel::messageColumn).data().toString(), QStringLiteral("Out of memory. Try less."));
        QVERIFY(!(model.flags(model.index(1, 0)) & Qt::ItemIsDragEnabled));
        QVERIFY(model.flags(model.index(0, 0)) & Qt::ItemIsDragEnabled);
        QCOMPARE(model.rowOf(QStringLiteral("a")), 2);
        model.setItems({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(TestRunLibrary)
#include "tst_run_library.moc"
