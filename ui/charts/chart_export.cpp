// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_export.h"

#include "ui/charts/plot.h"

#include <QBuffer>
#include <QDir>
#include <QImage>
#include <QSaveFile>
#include <QtConcurrent>

namespace falconer::ui {

ChartExport::ChartExport(Plot* plot, Numbers numbers, QObject* parent)
    : QObject(parent)
    , m_plot(plot)
    , m_numbers(std::move(numbers))
{
    connect(&m_writing, &QFutureWatcher<Outcome>::finished, this, [this] {
        const Outcome outcome = m_writing.result();
        Q_EMIT done(outcome.path, outcome.problem);
    });
}

ChartExport::Outcome ChartExport::save(const QString& path, const std::function<QByteArray()>& content)
{
    QSaveFile file(path);
    const QByteArray bytes = content();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {path, {}};
    return {path,
        tr("%1 could not be written: %2. Choose another folder.")
            .arg(QDir::toNativeSeparators(path), file.errorString())};
}

void ChartExport::write(const QString& path)
{
    if (isBusy()) {
        Q_EMIT done(path, tr("The export before this one is still being written. Try again when it is done."));
        return;
    }
    std::function<QByteArray()> content;
    if (path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive)) {
        content = m_numbers();
    } else if (path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)) {
        content = [svg = m_plot->svg()] { return svg; };
    } else {
        content = [image = m_plot->image(2)] {
            QBuffer buffer;
            image.save(&buffer, "PNG");
            return buffer.data();
        };
    }
    m_writing.setFuture(QtConcurrent::run(&ChartExport::save, path, std::move(content)));
}

} // namespace falconer::ui
