// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/files.h"
#include "ui/session/adapter_export.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <iterator>

using namespace falconer;
using namespace falconer::ui;
namespace fs = std::filesystem;

namespace {

ErrorCode codeOf(const std::function<void()>& call)
{
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::internal;
}

} // namespace

class TestAdapterExport : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_temporary;
    fs::path m_folder{m_temporary.path().toStdString()};

    static int entries(const fs::path& folder)
    {
        return static_cast<int>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }

private Q_SLOTS:
    void init()
    {
        fs::create_directories(m_folder / "adapter");
        fs::create_directories(m_folder / "place");
        writeFile(m_folder / "adapter/adapter_config.json", "{}");
        writeFile(m_folder / "adapter/adapter_model.safetensors", "tensors");
    }

    void copiesAndNeverReplaces()
    {
        const fs::path first = exportAdapter(m_folder / "adapter", m_folder / "place", "run-adapter");
        QCOMPARE(first, m_folder / "place/run-adapter");
        QCOMPARE(readFile(first / "adapter_model.safetensors"), std::string("tensors"));
        writeFile(first / "mine.txt", "keep");
        const fs::path second = exportAdapter(m_folder / "adapter", m_folder / "place", "run-adapter");
        QCOMPARE(second, m_folder / "place/run-adapter-2");
        QCOMPARE(readFile(first / "mine.txt"), std::string("keep"));
        QCOMPARE(entries(m_folder / "place"), 2);
        QCOMPARE(entries(second), 2);
    }

    void saysWhatIsMissing()
    {
        QCOMPARE(codeOf([&] { exportAdapter(m_folder / "gone", m_folder / "place", "a"); }), ErrorCode::fileMissing);
        QCOMPARE(
            codeOf([&] { exportAdapter(m_folder / "adapter", m_folder / "nowhere", "a"); }), ErrorCode::fileMissing);
    }

    void aFailureLeavesNothingBehind()
    {
        // A copy that cannot be finished: a link in the adapter that leads nowhere.
        fs::create_directories(m_folder / "broken/place");
        fs::create_directories(m_folder / "broken/adapter");
        writeFile(m_folder / "broken/adapter/adapter_config.json", "{}");
        fs::create_symlink("gone", m_folder / "broken/adapter/adapter_model.safetensors");
        const ErrorCode code
            = codeOf([&] { exportAdapter(m_folder / "broken/adapter", m_folder / "broken/place", "a"); });
        QCOMPARE(code, ErrorCode::fileUnwritable);
        QCOMPARE(entries(m_folder / "broken/place"), 0);
    }
};

QTEST_GUILESS_MAIN(TestAdapterExport)
#include "tst_adapter_export.moc"
