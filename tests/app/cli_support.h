// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/paths.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>
#include <QTest>

#include <memory>

namespace falconer::test {

constexpr int kProcessMilliseconds = 240'000;

/// What a run of the program left behind.
struct Outcome {
    int exitCode = -1; ///< -1: it did not start, or a signal ended it
    QByteArray out;
    QByteArray err;

    /// Standard output, which must be one JSON object and a newline.
    QJsonObject json() const
    {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(out, &error);
        if (error.error != QJsonParseError::NoError || !document.isObject() || out.count('\n') != 1)
            qWarning("not one JSON object on standard output: '%s' (standard error: '%s')", out.constData(),
                err.constData());
        return document.object();
    }
    QJsonArray errors() const { return json().value("error").toArray(); }
};

inline QString falconerProgram()
{
    const QString folder = qEnvironmentVariable("FALCONER_BIN", QCoreApplication::applicationDirPath() + "/../bin");
    return folder + "/falconer";
}

inline Outcome finish(QProcess& process)
{
    Outcome outcome;
    if (process.waitForFinished(kProcessMilliseconds) && process.exitStatus() == QProcess::NormalExit)
        outcome.exitCode = process.exitCode();
    outcome.out = process.readAllStandardOutput();
    outcome.err = process.readAllStandardError();
    return outcome;
}

/// A started program; look at it while it runs, then finish() it.
inline std::unique_ptr<QProcess> startFalconer(const QStringList& arguments, const QString& folder = {},
    const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment())
{
    auto process = std::make_unique<QProcess>();
    process->setWorkingDirectory(folder);
    process->setProcessEnvironment(environment);
    process->start(falconerProgram(), arguments, QIODevice::ReadOnly);
    if (!process->waitForStarted())
        qWarning("%s does not start", qPrintable(falconerProgram()));
    return process;
}

inline Outcome runFalconer(const QStringList& arguments, const QString& folder = {},
    const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment())
{
    return finish(*startFalconer(arguments, folder, environment));
}

inline QString goldenRun(const QString& name) { return QString::fromStdString(golden("runs").string()) + "/" + name; }

inline constexpr const char* kGoldenRuns[] = {
    "falcon-7b", "falcon-7b-nf4", "falcon-40b-nf4", "falcon-rw", "llama-nf4", "falcon-7b-dora", "llama-rank-pattern"};

/// A row of test data for each golden run.
inline void addGoldenRuns()
{
    QTest::addColumn<QString>("name");
    for (const char* name : kGoldenRuns)
        QTest::newRow(name) << name;
}

inline QByteArray readAll(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

inline bool writeAll(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

inline bool copyFolder(const QString& from, const QString& to)
{
    bool copied = QDir().mkpath(to);
    for (const QString& name : QDir(from).entryList(QDir::Files)) {
        copied = copied && QFile::copy(from + "/" + name, to + "/" + name);
        copied = copied && QFile::setPermissions(to + "/" + name, QFile::ReadOwner | QFile::WriteOwner);
    }
    return copied;
}

inline QJsonObject readObject(const QString& path) { return QJsonDocument::fromJson(readAll(path)).object(); }

/// The recipe under which a golden run was made. JSON is YAML, so it can be written as it is.
inline QJsonObject goldenRecipe(const QString& name)
{
    const QString folder = goldenRun(name);
    const QJsonObject golden = readObject(folder + "/golden.json");
    const QJsonObject made = golden["training"].toObject();
    return {
        {"model", folder + "/model"},
        {"device", "cpu"},
        {"quantization",
            QJsonObject{
                {"type", golden["quantization"]}, {"double_quant", true}, {"compute_dtype", golden["compute_dtype"]}}},
        {"data",
            QJsonObject{{"train", folder + "/train.jsonl"}, {"validation", folder + "/validation.jsonl"},
                {"template", "none"}, {"shuffle", made["shuffle"]}, {"max_length", made["max_length"]}}},
        {"lora", QJsonObject{{"init_from", folder + "/initial_adapter"}, {"dropout", 0}}},
        {"training",
            QJsonObject{{"max_steps", made["max_steps"]}, {"micro_batch", made["per_device_batch_size"]},
                {"gradient_accumulation", made["gradient_accumulation_steps"]},
                {"learning_rate", made["learning_rate"]}, {"scheduler", made["scheduler"]},
                {"warmup_steps", made["warmup_steps"]}, {"optimizer", "adamw"}, {"weight_decay", made["weight_decay"]},
                {"max_grad_norm", made["max_grad_norm"]}, {"eval_every", made["eval_every"]}}},
    };
}

inline bool writeRecipe(const QString& path, const QJsonObject& recipe)
{
    return writeAll(path, QJsonDocument(recipe).toJson());
}

/// Lines of metrics.jsonl that hold `key`.
inline QList<QByteArray> metricsLines(const QString& run, const QByteArray& key)
{
    QList<QByteArray> lines;
    for (const QByteArray& line : readAll(run + "/metrics.jsonl").split('\n'))
        if (line.contains('"' + key + '"'))
            lines.append(line);
    return lines;
}

} // namespace falconer::test
