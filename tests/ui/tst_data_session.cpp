// SPDX-License-Identifier: GPL-3.0-or-later
// The Data page's workers and the table of rows over them.
#include "core/data/preview.h"
#include "tests/ui/data_fixture.h"
#include "ui/models/rows_model.h"
#include "ui/session/data_session.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <numeric>
#include <utility>

using namespace falconer;
using namespace falconer::ui;

namespace {

/// Of this thread: what others do on the machine at the same time does not count.
double cpuMs()
{
    std::timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

long residentKib()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:"))
            return std::stol(line.substr(6));
    return 0;
}

} // namespace

class TestDataSession : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string write(const std::string& name, const std::string& text) const
    {
        const std::string path = (std::filesystem::path(m_folder.path().toStdString()) / name).string();
        writeFile(path, text);
        return path;
    }
    Recipe recipeFor(const std::vector<std::string>& files, bool model = true) const
    {
        Recipe recipe;
        if (model)
            recipe.model = test::tokenizerFolder();
        for (const std::string& file : files)
            recipe.data.train.push_back({file, 1.0});
        return recipe;
    }
    static bool isDone(const DataSession& session)
    {
        return !session.isReading() && !session.isCounting() && (session.sidesKnown() || !session.report());
    }

private Q_SLOTS:
    void agreesWithPreview()
    {
        Recipe recipe = recipeFor({write("a.jsonl", test::dataRows(300)), write("b.jsonl", test::dataRows(40))});
        recipe.data.maxLength = 20;
        DataSession session;
        session.show(recipe);
        QTRY_VERIFY(isDone(session));
        const auto tokenizer = loadTokenizerFor(recipe.model);
        const Preview preview = previewDataset(recipe.data, recipe.training.seed, *tokenizer, 1000);
        QCOMPARE(session.rowCount(), preview.report.rows);
        QCOMPARE(session.stats()->cutAt(20), preview.report.cut);
        QCOMPARE(session.stats()->maskedAt(20), preview.report.fullyMasked);
        QCOMPARE(session.stats()->histogram().median, preview.lengths.median);
        QCOMPARE(session.stats()->histogram().percentile95, preview.lengths.percentile95);
        QCOMPARE(session.stats()->histogram().longest, preview.lengths.longest);
        QCOMPARE(session.longestRow(), preview.lengths.longestLine - 1);
        for (std::size_t i = 0; i < preview.rows.size(); ++i) {
            const auto row = static_cast<qint64>(i);
            QCOMPARE(session.isHeld(row), preview.rows[i].validation);
            QCOMPARE(session.facts(row)->length, static_cast<int>(preview.rows[i].tokens.size()));
        }
        // A row under the microscope has the preview's tokens.
        session.look(309);
        QTRY_VERIFY(session.lookResult().tokenized);
        const auto& wanted = preview.rows[309].tokens;
        QCOMPARE(session.lookResult().lens.tokens.size(), wanted.size());
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            QCOMPARE(session.lookResult().lens.tokens[i].id, wanted[i].id);
            QCOMPARE(session.lookResult().lens.tokens[i].learned, wanted[i].learned);
        }
        // Another share is another split, without counting again.
        recipe.data.validation = 0.5;
        session.show(recipe);
        QVERIFY(!session.isCounting());
        QTRY_VERIFY(session.sidesKnown());
        const Preview half = previewDataset(recipe.data, recipe.training.seed, *tokenizer, 1000);
        for (std::size_t i = 0; i < half.rows.size(); ++i)
            QCOMPARE(session.isHeld(static_cast<qint64>(i)), half.rows[i].validation);
    }

    void theModelIsOne()
    {
        DataSession session;
        RowsModel model(session);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Recipe recipe = recipeFor({write("a.jsonl", test::dataRows(500))});
        recipe.data.maxLength = 20;
        model.setMaxLength(20);
        session.show(recipe);
        QTRY_VERIFY(isDone(session));
        QTRY_COMPARE(model.rowCount(), 500);
        QTRY_COMPARE(model.index(3, RowsModel::promptColumn).data().toString(), QStringLiteral("question 3"));
        QCOMPARE(model.index(499, RowsModel::rowColumn).data().toString(), QStringLiteral("500"));
        QVERIFY(model.index(9, RowsModel::noteColumn).data().toString().contains(QLatin1String("cut")));
        model.setShow(RowsModel::Show::cut);
        QCOMPARE(model.rowCount(), static_cast<int>(session.stats()->cutAt(20)));
        const qint64 first = model.numberAt(0);
        QVERIFY(session.facts(first)->length > 20);
        for (qint64 row = 0; row < first; ++row)
            QVERIFY(session.facts(row)->length <= 20);
        QCOMPARE(model.lineOf(first), 0);
        QCOMPARE(model.lineOf(0), first == 0 ? 0 : -1);
        model.setShow(RowsModel::Show::validation);
        QCOMPARE(model.rowCount(), static_cast<int>(session.heldRows()));
        model.setShow(RowsModel::Show::problems);
        QCOMPARE(model.rowCount(), 0);
        model.setShow(RowsModel::Show::all);
        session.search(QStringLiteral("ANSWER 12"));
        QTRY_COMPARE(model.rowCount(), 11); // 12, 120 … 129
        QCOMPARE(model.numberAt(0), 12);
        session.search({});
        QTRY_COMPARE(model.rowCount(), 500);
        session.show(recipeFor({write("c.jsonl", test::dataRows(20))}));
        QTRY_COMPARE(model.rowCount(), 20);
    }

    void badRowsAndBrokenFiles()
    {
        DataSession session;
        session.show(recipeFor({write("bad.jsonl",
            "{\"prompt\": \"a\", \"completion\": \"b\"}\n{\"prompt\": \"a\"}\n{oops\n"
            "{\"prompt\": \"c\", \"completion\": \"d\"}\n")}));
        QTRY_VERIFY(isDone(session));
        QCOMPARE(session.rowCount(), 4);
        QCOMPARE(session.badRows(), 2);
        QVERIFY(!session.isBad(0) && session.isBad(1) && session.isBad(2) && !session.isBad(3));
        QTRY_VERIFY(session.cells(1));
        QVERIFY(session.cells(1)->problem.contains(QLatin1String("line 2")));
        session.look(2);
        QTRY_COMPARE(session.lookResult().faults.size(), std::size_t{1});
        QVERIFY(session.faults().empty());

        session.show(recipeFor({(std::filesystem::path(m_folder.path().toStdString()) / "none.jsonl").string()}));
        QTRY_COMPARE(session.faults().size(), std::size_t{1});
        QCOMPARE(session.faults().front().code, ErrorCode::fileMissing);
        QCOMPARE(session.rowCount(), 0);

        session.show(recipeFor({write("cut.json", "[{\"text\": \"a\"}, {\"text\": \"b\"}, {\"te")}));
        QTRY_VERIFY(!session.faults().empty());
        QCOMPARE(session.rowCount(), 2); // what came before can be looked at

        session.show(recipeFor({write("other.jsonl", "{\"question\": \"a\", \"answer\": \"b\"}\n")}));
        QTRY_VERIFY(isDone(session) && session.rowCount() == 1);
        QVERIFY(session.files().front().unrecognised.has_value());
        QCOMPARE(session.files().front().columns, (std::vector<std::string>{"question", "answer"}));
    }

    void withoutAModelRowsAreText()
    {
        DataSession session;
        session.show(recipeFor({write("a.jsonl", test::dataRows(5))}, false));
        QTRY_COMPARE(session.rowCount(), 5);
        QVERIFY(!session.isCounting());
        QVERIFY(!session.facts(0));
        session.look(2);
        QTRY_COMPARE(session.lookResult().row, 2);
        QVERIFY(!session.lookResult().tokenized);
        QVERIFY(session.lookResult().lens.text.starts_with("question 2"));
        Recipe missing = recipeFor({write("a.jsonl", test::dataRows(5))});
        missing.model = "/nowhere/at/all";
        session.show(missing);
        QTRY_VERIFY(!session.countFaults().empty());
    }

    void changesWhileWorking()
    {
        const std::string large = write("large.jsonl", test::dataRows(60'000));
        const std::string small = write("small.jsonl", test::dataRows(30));
        DataSession session;
        for (int i = 0; i < 20; ++i) {
            Recipe recipe = recipeFor({i % 2 ? small : large});
            if (i % 3 == 0)
                recipe.data.lossOn = "all";
            session.show(recipe);
            session.look(0);
            QTest::qWait(5 * (i % 4));
        }
        QTRY_VERIFY(isDone(session));
        QCOMPARE(session.rowCount(), 30);
        QCOMPARE(session.stats()->rows(), 30);
        // Ending while workers are busy does not wait for them.
        auto busy = std::make_unique<DataSession>();
        busy->show(recipeFor({large}));
        QTRY_VERIFY(busy->rowCount() > 0);
        QElapsedTimer clock;
        clock.start();
        busy.reset();
        QVERIFY2(clock.elapsed() < 100, qPrintable(QString::number(clock.elapsed())));
    }

    void listsAreSharedAndGrowApart()
    {
        SharedList<int> list;
        std::vector<int> numbers(5000);
        std::iota(numbers.begin(), numbers.end(), 0);
        list.append(numbers);
        const SharedList<int> before = list;
        list.append(numbers);
        list.append(std::vector<int>{-1});
        QCOMPARE(before.size(), std::size_t{5000});
        QCOMPARE(before[4999], 4999);
        QCOMPARE(list.size(), std::size_t{10001});
        QCOMPARE(list[4999], 4999);
        QCOMPARE(list[5000], 0);
        QCOMPARE(list[10000], -1);
        list.clear();
        QVERIFY(list.empty());
        QCOMPARE(before[0], 0);
    }

    void onlyWhatCameSinceIsLookedAt()
    {
        RowsKnown known;
        known.files.resize(2);
        known.files[0].bad.append(std::vector<std::uint8_t>{0, 1, 0});
        const RowPredicate wanted = [](const KnownRow& row) { return row.bad || (row.facts && row.facts->isCut(10)); };
        const CancelFlag goOn;
        RowList list = listRows(known, {}, wanted, goOn);
        QCOMPARE(list.rows, (std::vector<qint64>{1}));
        QCOMPARE(rowsToSee(known, list.seen), std::size_t{0});
        // Facts of rows that were listed without them, and rows of the next file.
        const auto long_ = SurveyedRow{20, 1, false, false};
        known.files[0].facts.append(std::vector<SurveyedRow>{long_, SurveyedRow{}, SurveyedRow{5, 1, false, false}});
        known.files[1].bad.append(std::vector<std::uint8_t>{0, 1});
        QCOMPARE(rowsToSee(known, list.seen), std::size_t{5});
        list = listRows(known, list.seen, wanted, goOn);
        QCOMPARE(list.rows, (std::vector<qint64>{0, 4})); // 1 was listed before
        // Counting ahead of reading waits for the rows.
        known.files[1].facts.append(std::vector<SurveyedRow>{long_, long_, long_});
        list = listRows(known, list.seen, wanted, goOn);
        QCOMPARE(list.rows, (std::vector<qint64>{3}));
        known.files[1].bad.append(std::vector<std::uint8_t>{0});
        list = listRows(known, list.seen, wanted, goOn);
        QCOMPARE(list.rows, (std::vector<qint64>{5}));
        SharedList<qint64> matches;
        matches.append(std::vector<qint64>{1, 3, 5, 8});
        QCOMPARE(inBoth({0, 1, 4, 5, 9}, matches), (std::vector<qint64>{1, 5}));
    }

    void repeatedRowsAreNamed()
    {
        DataSession session;
        session.show(recipeFor({write("a.jsonl", test::dataRows(3)), write("b.jsonl", test::dataRows(2))}));
        QTRY_VERIFY(isDone(session) && session.report());
        QCOMPARE(session.repeats(), 2);
        QCOMPARE(session.repeatedRows(), (std::vector<qint64>{3, 4}));
        QCOMPARE(
            QString::fromStdString(session.fileOf(4).path).section(QLatin1Char('/'), -1), QStringLiteral("b.jsonl"));
    }

    /// Filters of a million rows: no event may keep the window waiting.
    void aMillionRowsAreFilteredAside()
    {
        const QString path = m_folder.filePath(QStringLiteral("filtered.jsonl"));
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            for (int i = 0; i < 1'000'000; ++i)
                file.write(i % 10 == 9 ? "{\"prompt\": \"p\"}\n" : "{\"prompt\": \"p\", \"completion\": \"c\"}\n");
        }
        DataSession session;
        RowsModel model(session);
        double worst = 0;
        const auto measure = [&worst](const auto& work) {
            const double before = cpuMs();
            work();
            worst = std::max(worst, cpuMs() - before);
        };
        const auto waitFor = [&](const auto& isSo) {
            QElapsedTimer clock;
            clock.start();
            while (!isSo() && clock.elapsed() < 120'000) {
                QThread::msleep(1);
                measure([] { QCoreApplication::processEvents(); });
            }
            return isSo();
        };
        model.setShow(RowsModel::Show::problems);
        session.show(recipeFor({path.toStdString()}, false));
        QVERIFY(waitFor([&] { return session.rowCount() > 0 && !session.isReading(); }));
        QVERIFY2(waitFor([&] { return model.rowCount() == 100'000; }), qPrintable(QString::number(model.rowCount())));
        const double growing = std::exchange(worst, 0);
        measure([&] { model.setShow(RowsModel::Show::all); });
        QCOMPARE(model.rowCount(), 1'000'000);
        measure([&] { model.setShow(RowsModel::Show::problems); });
        QVERIFY(waitFor([&] { return model.rowCount() == 100'000 && !model.isListing(); }));
        QCOMPARE(model.numberAt(99'999), 999'999);
        measure([&] { model.setShow(RowsModel::Show::cut); });
        QVERIFY(waitFor([&] { return model.rowCount() == 0; }));
        measure([&] { session.search(QStringLiteral("nowhere")); });
        QVERIFY(waitFor([&] { return !session.isSearching(); }));
        qInfo("1,000,000 rows: an event takes %.2f ms at most while they are read and filtered, %.2f ms after that",
            growing, worst);
    }

    /// A million rows: what the person waits for, and what scrolling costs.
    void aMillionRows()
    {
        const QString path = m_folder.filePath(QStringLiteral("million.jsonl"));
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            for (int i = 0; i < 1'000'000; ++i)
                file.write(QByteArrayLiteral("{\"prompt\": \"Define word ") + QByteArray::number(i)
                    + QByteArrayLiteral(
                        " as a cynic would.\", \"completion\": \"A thing that is said of other people.\"}\n"));
        }
        DataSession session;
        RowsModel model(session);
        QTableView table;
        table.setModel(&model);
        table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
        table.resize(800, 900);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
        const long before = residentKib();
        QElapsedTimer clock;
        clock.start();
        session.show(recipeFor({path.toStdString()}, false));
        QTRY_VERIFY(model.rowCount() > 0);
        QTRY_VERIFY(model.index(0, RowsModel::promptColumn).data().toString().startsWith(QLatin1String("Define")));
        const qint64 first = clock.elapsed();
        QTRY_VERIFY_WITH_TIMEOUT(!session.isReading(), 120'000);
        const qint64 all = clock.elapsed();
        QTRY_COMPARE(model.rowCount(), 1'000'000);
        const long grown = residentKib() - before;
        std::vector<double> steps;
        QScrollBar* bar = table.verticalScrollBar();
        for (int step = 0; step < 200; ++step) {
            const double frame = cpuMs();
            bar->setValue(static_cast<int>(bar->maximum() / 200.0 * step));
            table.viewport()->repaint();
            steps.push_back(cpuMs() - frame);
            QApplication::processEvents();
        }
        std::sort(steps.begin(), steps.end());
        qInfo("1,000,000 rows: first texts after %lld ms, all found after %lld ms, %ld MiB more memory, a scroll step "
              "%.2f ms (median), %.2f ms (worst of 200) of the thread's time",
            static_cast<long long>(first), static_cast<long long>(all), grown / 1024, steps[100], steps.back());
        QVERIFY(first < 2000);
        QVERIFY(grown < 150 * 1024);
        QVERIFY(steps[100] < 16);
        bar->setValue(bar->maximum());
        QTRY_VERIFY(model.index(999'999, RowsModel::promptColumn).data().toString().contains(QLatin1String("999999")));
    }
};

QTEST_MAIN(TestDataSession)
#include "tst_data_session.moc"
