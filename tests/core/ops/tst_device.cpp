// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/ops/device.h"

#include <ATen/ATen.h>

#include <QTest>

using namespace falconer;

class TestDevice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names();
    void refusesOtherWords_data();
    void refusesOtherWords();
    void sayWhyThereIsNoGpu();
    void generatorsAreIndependent();
};

void TestDevice::names()
{
    QVERIFY(chooseDevice("cpu").is_cpu());
    QVERIFY(QString::fromStdString(describe(chooseDevice("cpu"))).startsWith("cpu ("));
    chooseDevice("auto"); // must find something on every machine
}

void TestDevice::refusesOtherWords_data()
{
    QTest::addColumn<QString>("word");
    for (const char* word : {"", "gpu", "cuda:", "cuda:x", "cuda:1x", "cuda:-1", "mps"})
        QTest::newRow(word) << word;
}

void TestDevice::refusesOtherWords()
{
    QFETCH(QString, word);
    try {
        chooseDevice(word.toStdString());
        QFAIL("it was accepted");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::recipeInvalid);
    }
}

void TestDevice::sayWhyThereIsNoGpu()
{
    if (!chooseDevice("auto").is_cpu()) {
        QVERIFY(chooseDevice("cuda:0").is_cuda());
        return;
    }
    try {
        chooseDevice("cuda:0");
        QFAIL("it was accepted");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::deviceUnavailable);
        QVERIFY(QString(error.what()).contains("cuda:0 is not available"));
        QCOMPARE(error.exitCode(), 2);
    }
}

void TestDevice::generatorsAreIndependent()
{
    at::Generator first = makeGenerator(c10::Device(c10::kCPU), 5);
    at::Generator second = makeGenerator(c10::Device(c10::kCPU), 5);
    const at::Tensor a = at::rand({4}, first, at::TensorOptions());
    at::rand({100});
    QVERIFY(at::equal(a, at::rand({4}, second, at::TensorOptions())));
    QVERIFY(!at::equal(a, at::rand({4}, first, at::TensorOptions())));
}

QTEST_GUILESS_MAIN(TestDevice)
#include "tst_device.moc"
