// SPDX-License-Identifier: Apache-2.0
// Reads the source tree and fails where it breaks the house: an include against the arrows, a library in the wrong
// room, a missing licence line, a file that should be two, unfinished work.
#include "tests/house/house_rules.h"
#include "tests/support/paths.h"

#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

namespace fs = std::filesystem;
using namespace falconer::test;

namespace {

std::string read(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// Our own source files, as paths from the root. tests/golden holds what other programs wrote.
std::vector<std::string> sources()
{
    static const std::set<std::string> kinds{
        ".cpp", ".h", ".cu", ".cuh", ".c", ".map", ".cmake", ".py", ".sh", ".qss", ".yaml", ".proto"};
    std::vector<std::string> found;
    for (const char* top : {"kernels", "core", "ui", "app", "tests", "packaging", "resources"}) {
        const fs::path folder = sourceRoot() / top;
        if (!fs::exists(folder))
            continue;
        for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::recursive_directory_iterator();
             ++entry) {
            if (entry->path() == golden()) {
                entry.disable_recursion_pending();
                continue;
            }
            const bool source
                = kinds.count(entry->path().extension().string()) != 0 || entry->path().filename() == "CMakeLists.txt";
            if (entry->is_regular_file() && source)
                found.push_back(fs::relative(entry->path(), sourceRoot()).generic_string());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

using Rule = std::function<std::vector<HouseFault>(std::string_view, std::string_view)>;

QByteArray faultsOfTree(const Rule& rule)
{
    std::string report;
    for (const std::string& file : sources()) {
        for (const HouseFault& fault : rule(file, read(sourceRoot() / file)))
            report += "\n  " + describe(fault);
    }
    return QByteArray::fromStdString(report);
}

} // namespace

class TestHouse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void treeIsFound();
    void includesFollowTheArrows();
    void filesAreLicensedFinishedAndShort();

    void roomOfAFile();
    void arrowsAreOneWay();
    void wrongIncludeIsFound_data();
    void wrongIncludeIsFound();
    void rightIncludeIsAccepted_data();
    void rightIncludeIsAccepted();
    void faultNamesTheLine();
    void unknownRoomIsFound();
    void missingLicenceIsFound();
    void licenceOfTheRoomIsDemanded();
    void unfinishedWorkIsFound();
    void longFileIsFound();
};

void TestHouse::treeIsFound()
{
    const auto files = sources();
    const auto has = [&](const char* file) { return std::find(files.begin(), files.end(), file) != files.end(); };
    QVERIFY(has("core/base/error.h"));
    QVERIFY(has("core/base/CMakeLists.txt"));
    QVERIFY(has("kernels/quantization.h"));
    QVERIFY(has("tests/house/tst_house.cpp"));
    QVERIFY(has("packaging/setup.sh"));
    for (const std::string& file : files)
        QVERIFY2(file.rfind("tests/golden", 0) != 0, file.c_str());
}

void TestHouse::includesFollowTheArrows()
{
    const QByteArray faults = faultsOfTree(includeFaults);
    QVERIFY2(faults.isEmpty(), faults.constData());
}

void TestHouse::filesAreLicensedFinishedAndShort()
{
    const QByteArray faults = faultsOfTree(textFaults);
    QVERIFY2(faults.isEmpty(), faults.constData());
}

void TestHouse::roomOfAFile()
{
    QCOMPARE(roomOf("kernels/cpu/avx2/dequantize.cpp"), std::string("kernels"));
    QCOMPARE(roomOf("core/base/error.h"), std::string("core/base"));
    QCOMPARE(roomOf("core/model/families/falcon.cpp"), std::string("core/model"));
    QCOMPARE(roomOf("ui/charts/loss_panel.h"), std::string("ui/charts"));
    QCOMPARE(roomOf("ui/pages/train_page.h"), std::string("ui"));
    QCOMPARE(roomOf("app/falconer/train.cpp"), std::string("app/falconer"));
    QCOMPARE(roomOf("app/workbench/main.cpp"), std::string("app/workbench"));
    QCOMPARE(roomOf("tests/core/base/tst_error.cpp"), std::string());
    QCOMPARE(roomOf("error.h"), std::string());
}

void TestHouse::arrowsAreOneWay()
{
    const std::vector<std::string> rooms{"kernels", "core/base", "core/config", "core/formats", "core/hub", "core/text",
        "core/data", "core/run", "core/ops", "core/distributed", "core/model", "core/inference", "core/train",
        "core/export", "ui", "app/falconer", "app/workbench"};
    for (const std::string& from : rooms) {
        QVERIFY2(mayInclude(from, from), from.c_str());
        for (const std::string& to : rooms)
            QVERIFY2(from == to || !(mayInclude(from, to) && mayInclude(to, from)), (from + " and " + to).c_str());
        if (from.rfind("core/", 0) == 0) {
            QVERIFY2(mayInclude(from, "core/base"), from.c_str());
            QVERIFY2(mayInclude("ui", from), from.c_str());
            QVERIFY2(mayInclude("app/falconer", from), from.c_str());
            QVERIFY2(!mayInclude(from, "ui"), from.c_str());
        }
    }
    QVERIFY(!mayInclude("core/data", "core/model"));
    QVERIFY(!mayInclude("core/base", "kernels"));
    QVERIFY(!mayInclude("app/falconer", "ui"));
}

void TestHouse::wrongIncludeIsFound_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("line");
    const auto add = [](const char* file, const char* line) { QTest::addRow("%s %s", file, line) << file << line; };
    add("kernels/quantization.h", "#include \"core/base/error.h\"");
    add("kernels/quantization.h", "#include <ATen/ATen.h>");
    add("kernels/quantization.h", "#include <QString>");
    add("kernels/quantization.h", "#include <fmt/core.h>");
    add("kernels/quantization.h", "#include <boost/any.hpp>");
    add("kernels/cpu/avx2/dequantize.cpp", "#include <cuda_runtime.h>");
    add("core/base/text.cpp", "#include \"core/config/recipe.h\"");
    add("core/base/text.cpp", "#include \"kernels/quantization.h\"");
    add("core/base/text.cpp", "#include <nlohmann/json.hpp>");
    add("core/config/recipe.h", "#include \"core/formats/gguf.h\"");
    add("core/config/recipe.h", "#include <QtCore/QString>");
    add("core/formats/gguf.cpp", "#include \"core/text/tokenizer.h\"");
    add("core/formats/gguf.cpp", "#include <yaml-cpp/yaml.h>");
    add("core/data/dataset.cpp", "#include \"core/model/spec.h\"");
    add("core/data/dataset.cpp", "#include <torch/torch.h>");
    add("core/data/dataset.cpp", "#include <curl/curl.h>");
    add("core/run/run_folder.cpp", "#include \"core/train/session.h\"");
    add("core/run/events.h", "#include \"event.pb.h\"");
    add("core/train/session.cpp", "#include \"event.pb.h\"");
    add("core/train/session.cpp", "#include <QThread>");
    add("core/train/session.cpp", "#include <CLI/CLI.hpp>");
    add("core/train/session.cpp", "#include \"core/export/merge.h\"");
    add("core/train/session.cpp", "#include \"session.h\"");
    add("core/train/session.cpp", "#include \"../base/error.h\"");
    add("core/model/decoder.cpp", "  #  include  <qobject.h>");
    add("core/distributed/group.h", "#include <gloo/context.h>");
    add("ui/pages/train_page.cpp", "#include <QtCharts/QChart>");
    add("ui/pages/train_page.cpp", "#include <QLineSeries>");
    add("ui/pages/train_page.cpp", "#include <QValueAxis>");
    add("ui/pages/train_page.cpp", "#include <torch/torch.h>");
    add("ui/pages/train_page.cpp", "#include <c10/core/Device.h>");
    add("ui/session/bridge.cpp", "#include \"app/workbench/options.h\"");
    add("app/falconer/train.cpp", "#include <QString>");
    add("app/falconer/train.cpp", "#include \"ui/main_window.h\"");
    add("app/falconer/train.cpp", "#include <ATen/Tensor.h>");
}

void TestHouse::wrongIncludeIsFound()
{
    QFETCH(QString, file);
    QFETCH(QString, line);
    const auto faults = includeFaults(file.toStdString(), line.toStdString());
    QCOMPARE(faults.size(), std::size_t(1));
    QCOMPARE(faults.front().line, 1);
}

void TestHouse::rightIncludeIsAccepted_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("line");
    const auto add = [](const char* file, const char* line) { QTest::addRow("%s %s", file, line) << file << line; };
    add("kernels/cpu/avx2/dequantize.cpp", "#include <immintrin.h>");
    add("kernels/cpu/avx2/dequantize.cpp", "#include \"kernels/quantization.h\"");
    add("kernels/cuda/dequantize.cu", "#include <cuda_runtime.h>");
    add("core/base/text.cpp", "#include <fmt/core.h>");
    add("core/config/recipe_io.cpp", "#include <yaml-cpp/yaml.h>");
    add("core/text/tokenizer.cpp", "#include <nlohmann/json.hpp>");
    add("core/text/tokenizer.cpp", "#include \"core/base/error.h\"");
    add("core/data/dataset.cpp", "#include \"core/formats/json.h\"");
    add("core/data/dataset.cpp", "#include <arrow/api.h>");
    add("core/run/tensorboard.cpp", "#include \"event.pb.h\"");
    add("core/hub/search.cpp", "#include \"core/formats/gguf.h\"");
    add("core/ops/dequantize.cpp", "#include \"kernels/quantization.h\"");
    add("core/ops/dequantize.cpp", "#include <ATen/Parallel.h>");
    add("core/inference/generate.cpp", "#include \"core/text/tokenizer.h\"");
    add("core/train/session.cpp", "#include \"core/run/run_folder.h\"");
    add("core/export/merge.cpp", "#include \"core/train/session.h\"");
    add("ui/charts/loss_chart.cpp", "#include <QtCharts/QLineSeries>");
    add("ui/charts/loss_chart.cpp", "#include <QValueAxis>");
    add("ui/pages/train_page.cpp", "#include \"ui/charts/loss_panel.h\"");
    add("ui/pages/train_page.cpp", "#include <QWidget>");
    add("ui/session/bridge.cpp", "#include \"core/train/session.h\"");
    add("ui/session/bridge.cpp", "#include \"bridge.moc\"");
    add("app/falconer/train.cpp", "#include <CLI/CLI.hpp>");
    add("app/workbench/main.cpp", "#include \"ui/main_window.h\"");
    add("tests/core/base/tst_error.cpp", "#include <QtTest>");
    add("core/base/text.cpp", "// as in #include <QString>");
}

void TestHouse::rightIncludeIsAccepted()
{
    QFETCH(QString, file);
    QFETCH(QString, line);
    for (const HouseFault& fault : includeFaults(file.toStdString(), line.toStdString()))
        QFAIL(describe(fault).c_str());
}

void TestHouse::faultNamesTheLine()
{
    const auto faults = includeFaults("core/base/text.cpp", "// one\n#include <string>\n#include <QString>");
    QCOMPARE(faults.size(), std::size_t(1));
    QVERIFY(describe(faults.front()).rfind("core/base/text.cpp:3: QString is Qt's", 0) == 0);
}

void TestHouse::unknownRoomIsFound()
{
    QCOMPARE(includeFaults("core/utils/misc.h", "#include <string>\n").size(), std::size_t(1));
}

void TestHouse::missingLicenceIsFound()
{
    QCOMPARE(textFaults("core/base/text.h", "#pragma once\n").size(), std::size_t(1));
    QCOMPARE(textFaults("core/base/text.h", "").size(), std::size_t(1));
    QCOMPARE(textFaults("core/base/text.h", "\n\n\n// SPDX-License-Identifier: Apache-2.0\n").size(), std::size_t(1));
    QVERIFY(textFaults("core/base/text.h", "// SPDX-License-Identifier: Apache-2.0\n#pragma once\n").empty());
    QVERIFY(textFaults("packaging/x.sh", "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n").empty());
}

void TestHouse::licenceOfTheRoomIsDemanded()
{
    const char* apache = "// SPDX-License-Identifier: Apache-2.0\n";
    const char* gpl = "// SPDX-License-Identifier: GPL-3.0-or-later\n";
    for (const char* file : {"ui/charts/loss_panel.h", "ui/main_window.cpp", "app/workbench/main.cpp"}) {
        QVERIFY(textFaults(file, gpl).empty());
        QCOMPARE(textFaults(file, apache).size(), std::size_t(1));
    }
    for (const char* file : {"kernels/status.h", "core/base/text.h", "app/falconer/main.cpp"}) {
        QVERIFY(textFaults(file, apache).empty());
        QCOMPARE(textFaults(file, gpl).size(), std::size_t(1));
    }
    QVERIFY(textFaults("tests/ui/tst_window.cpp", gpl).empty());
}

void TestHouse::unfinishedWorkIsFound()
{
    const std::string head = "// SPDX-License-Identifier: Apache-2.0\n";
    for (const char* mark : {"TO"
                             "DO",
             "FIX"
             "ME",
             "XX"
             "X",
             "QS"
             "KIP"}) {
        const auto faults = textFaults("core/base/text.h", head + "int a; // " + mark + ": later\n");
        QCOMPARE(faults.size(), std::size_t(1));
        QCOMPARE(faults.front().line, 2);
        QVERIFY(textFaults("core/base/text.h", head + "int a" + mark + "b;\n").empty());
    }
}

void TestHouse::longFileIsFound()
{
    std::string text = "// SPDX-License-Identifier: Apache-2.0\n";
    for (int line = 1; line < 800; ++line)
        text += "//\n";
    QVERIFY(textFaults("core/base/text.h", text).empty());
    QCOMPARE(textFaults("core/base/text.h", text + "//\n").size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestHouse)
#include "tst_house.moc"
