// SPDX-License-Identifier: Apache-2.0
#include "core/data/arrow_reader.h"

#include "tests/core/data/data_files.h"
#include "tests/support/paths.h"

#include <QTest>
#include <random>

using namespace falconer;
using falconer::test::contains;
using falconer::test::faultOf;

/// Files made by tests/oracle/data_arrow_files.py.
class TestArrowReader : public QObject {
    Q_OBJECT

    static std::string bytesOf(const char* name)
    {
        std::ifstream stream(test::golden("data") / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

private Q_SLOTS:
    void aBuildWithoutArrowSaysSo()
    {
        if (readsArrow())
            return;
        const Fault fault = faultOf([] { openRows(test::golden("data/rows.parquet")); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QVERIFY(contains(fault.problem, "this build cannot read Parquet"));
        QVERIFY(contains(faultOf([] { openRows("x.arrow"); }).problem, "cannot read Arrow"));
    }

    void readsEveryContainer_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"rows.parquet", "rows.feather", "rows.arrow"})
            QTest::newRow(name) << QString(name);
    }
    void readsEveryContainer()
    {
        if (!readsArrow())
            return;
        QFETCH(QString, name);
        const auto reader = openRows(test::golden("data") / name.toStdString());
        Row row;
        for (int i = 0; i < 600; ++i) {
            QVERIFY(reader->next(row));
            QCOMPARE(row.line, i + 1);
            QCOMPARE(row.unit, RowUnit::row);
            QCOMPARE(row.find("prompt")->text, "Which boat is number " + std::to_string(i) + "?");
            const char* colour = std::array{"grey", "red", "blue"}[static_cast<std::size_t>(i % 3)];
            QCOMPARE(row.find("colour")->text, std::string(colour));
            QCOMPARE(row.find("completion")->text, std::string("The ") + colour + " one. 🚢");
            QCOMPARE(row.find("messages")->kind, CellKind::list);
            QCOMPARE(row.find("messages")->value.dump(),
                "[{\"role\":\"user\",\"content\":\"Ahoy " + std::to_string(i)
                    + "\",\"name\":null},{\"role\":\"assistant\",\"content\":\"Aye\",\"name\":\"mate\"}]");
            QCOMPARE(row.find("length")->kind, i == 1 ? CellKind::null : CellKind::number);
        }
        QVERIFY(!reader->next(row));
        QCOMPARE(reader->position(), std::size_t{600});
        QVERIFY(name == "rows.arrow" || reader->size() == 600);
    }

    void readsEveryType()
    {
        if (!readsArrow())
            return;
        const auto reader = openRows(test::golden("data/awkward.parquet"));
        Row row;
        QVERIFY(reader->next(row));
        std::string cells;
        for (const Cell& cell : row.cells)
            cells += cell.column + "=" + (cell.kind == CellKind::text ? cell.text : cell.value.dump()) + ";";
        QCOMPARE(cells,
            std::string("flag=true;half=1.5;number=18446744073709551615;real=0.1;day=2026-01-02;bytes=plain;"
                        "pair=[1,2];deep=[[[\"x\"]],[]];nothing=null;"));
        const Fault fault = faultOf([&] { reader->next(row); });
        QCOMPARE(fault.code, ErrorCode::dataInvalid);
        QVERIFY(contains(fault.subject, "awkward.parquet, row 2"));
        QVERIFY(contains(fault.problem, "not UTF-8"));
        QVERIFY(!reader->next(row));
    }

    void refusesWhatIsNoArrowFile()
    {
        if (!readsArrow())
            return;
        const test::DataFiles files;
        for (const char* name : {"rows.parquet", "rows.arrow"}) {
            const Fault fault = faultOf([&] {
                Row row;
                openRows(files.write(name, "just some text, and more of it"))->next(row);
            });
            QCOMPARE(fault.code, ErrorCode::fileMalformed);
            QVERIFY2(sentence(fault).find("..") == std::string::npos, sentence(fault).c_str());
        }
    }

    void survivesBrokenFiles_data() { readsEveryContainer_data(); }
    void survivesBrokenFiles()
    {
        if (!readsArrow())
            return;
        QFETCH(QString, name);
        const std::string whole = bytesOf(name.toUtf8());
        QVERIFY(whole.size() > 1000);
        const test::DataFiles files;
        std::mt19937 engine(5);
        int refused = 0;
        for (int round = 0; round < 300; ++round) {
            std::string broken = whole;
            if (round < 60)
                broken.resize(engine() % whole.size());
            else
                for (unsigned flips = 1 + engine() % 8; flips > 0; --flips) {
                    // Half of them in the last part, where the footers with their offsets are.
                    const std::size_t range = engine() % 2 ? whole.size() : std::min<std::size_t>(whole.size(), 2000);
                    broken[whole.size() - 1 - engine() % range] = static_cast<char>(engine());
                }
            const std::string path = files.write("broken-" + name.toStdString(), broken);
            try {
                const auto reader = openRows(path);
                Row row;
                for (int rows = 0; reader->next(row); ++rows)
                    QVERIFY(rows < 10000);
            } catch (const Error& error) {
                const Fault& fault = error.faults().front();
                QVERIFY2(fault.code == ErrorCode::fileMalformed || fault.code == ErrorCode::dataInvalid
                        || fault.code == ErrorCode::fileUnreadable,
                    error.what());
                QVERIFY(contains(fault.subject, "broken-"));
                QVERIFY(fault.problem.find('\n') == std::string::npos && fault.problem.size() < 300);
                ++refused;
            }
        }
        QVERIFY(refused >= 60);
    }

    void refusesOtherFiles()
    {
        if (!readsArrow())
            return;
        const test::DataFiles files;
        QCOMPARE(faultOf([&] { openRows(files.write("x.parquet", "")); }).code, ErrorCode::fileMalformed);
        QCOMPARE(faultOf([&] { openRows(files.write("x.arrow", "hello, world")); }).code, ErrorCode::fileMalformed);
        QVERIFY(
            contains(faultOf([&] { openRows(files.write("x.feather", "FEA1....")); }).problem, "Feather version 1"));
        QCOMPARE(faultOf([] { openRows("/nowhere/x.parquet"); }).code, ErrorCode::fileMissing);
    }
};

QTEST_GUILESS_MAIN(TestArrowReader)
#include "tst_arrow_reader.moc"
