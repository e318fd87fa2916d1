// SPDX-License-Identifier: Apache-2.0
// LibTorch names libcudart and libcupti as dependencies, and a machine with a CUDA toolkit offers its own to the
// loader. Only two answers are right: our stand-ins beside LibTorch, or the libraries of set-up's own wheels, which lie
// next to it.
#include <QtTest>

#include <ATen/ATen.h>

#include <filesystem>
#include <link.h>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

/// Real paths of the loaded libraries whose file names begin with `prefix`.
std::vector<fs::path> loaded(const std::string& prefix)
{
    struct Search {
        std::string prefix;
        std::vector<fs::path> found;
    } search{prefix, {}};
    dl_iterate_phdr(
        [](dl_phdr_info* info, std::size_t, void* data) {
            auto* wanted = static_cast<Search*>(data);
            const fs::path path = info->dlpi_name;
            if (path.filename().string().rfind(wanted->prefix, 0) == 0)
                wanted->found.push_back(fs::canonical(path));
            return 0;
        },
        &search);
    return search.found;
}

} // namespace

class TestLibtorch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void trains();
    void loadsOneOfEach_data();
    void loadsOneOfEach();
    void standInIsUsedWithoutNvidiasLibraries_data() { loadsOneOfEach_data(); }
    void standInIsUsedWithoutNvidiasLibraries();
};

void TestLibtorch::trains()
{
    at::manual_seed(1);
    const at::Tensor input = at::randn({16, 8});
    const at::Tensor weight = at::randn({8, 4}).requires_grad_(true);
    at::matmul(input, weight).square().sum().backward();
    const at::Tensor expected = 2 * input.t().matmul(input.matmul(weight.detach()));
    QVERIFY(at::allclose(weight.grad(), expected, 1e-5, 1e-5));
}

void TestLibtorch::loadsOneOfEach_data()
{
    QTest::addColumn<QString>("library");
    QTest::newRow("cudart") << "libcudart.so";
    QTest::newRow("cupti") << "libcupti.so";
}

void TestLibtorch::loadsOneOfEach()
{
    QFETCH(QString, library);
    QCOMPARE(loaded("libtorch_cpu.so").size(), std::size_t(1));
    QCOMPARE(loaded(library.toStdString()).size(), std::size_t(1));
}

void TestLibtorch::standInIsUsedWithoutNvidiasLibraries()
{
    QFETCH(QString, library);
    const fs::path ownFolder = loaded("libtorch_cpu.so").front().parent_path();
    const fs::path nvidiaFolder = ownFolder / "../../nvidia/cu13/lib";
    const fs::path expected = fs::exists(nvidiaFolder / (library.toStdString() + ".13")) ? nvidiaFolder : ownFolder;
    const fs::path got = loaded(library.toStdString()).front();
    QVERIFY2(got.parent_path() == fs::canonical(expected),
        ("loaded " + got.string() + ", expected one of " + fs::canonical(expected).string()).c_str());
}

QTEST_GUILESS_MAIN(TestLibtorch)
#include "tst_libtorch.moc"
