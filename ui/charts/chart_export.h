// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFutureWatcher>
#include <QObject>
#include <QString>

#include <functional>

namespace falconer::ui {

class Plot;

/// Writes a chart into a file, whole or not at all; encoding and writing are done in another thread.
class ChartExport : public QObject {
    Q_OBJECT

public:
    /// Gives what writes the numbers; it runs in another thread, so it must hold copies of what it reads.
    using Numbers = std::function<std::function<QByteArray()>()>;

    ChartExport(Plot* plot, Numbers numbers, QObject* parent = nullptr);

    /// By its ending: .svg a drawing, .csv the numbers, anything else a PNG picture at twice the screen's size.
    void write(const QString& path);
    bool isBusy() const { return m_writing.isRunning(); }

Q_SIGNALS:
    /// `problem` is empty when the file is written, else a sentence.
    void done(const QString& path, const QString& problem);

private:
    struct Outcome {
        QString path;
        QString problem;
    };
    static Outcome save(const QString& path, const std::function<QByteArray()>& content);

    Plot* m_plot;
    Numbers m_numbers;
    QFutureWatcher<Outcome> m_writing;
};

} // namespace falconer::ui
