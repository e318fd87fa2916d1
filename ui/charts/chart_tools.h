// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/run_curve.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QSlider;
class QToolButton;

namespace falconer::ui {

class ChartExport;
class ElidedLabel;
class FlowLayout;
class Plot;
class Segments;

/// The row of tools above a chart of losses: what x counts, smoothing, log scale, outliers, fit, export. It moves the
/// plot itself where the plot alone is concerned and tells the rest.
class ChartTools : public QWidget {
    Q_OBJECT

public:
    ChartTools(Plot* plot, ChartExport* files, QWidget* parent = nullptr);

    XAxis axis() const;
    void setAxis(XAxis axis);
    /// Share of the old value in each new one.
    double smoothing() const;
    void setSmoothing(double smoothing);
    /// In front of the others.
    void addFirst(QWidget* widget);
    /// A line that says what became of an export, for the chart's owner to place.
    QWidget* note() const;

    QSlider* slider() const { return m_slider; }
    QCheckBox* logBox() const { return m_log; }
    QCheckBox* outliersBox() const { return m_outliers; }
    QToolButton* exportButton() const { return m_export; }

Q_SIGNALS:
    void axisChanged(XAxis axis);
    void smoothingChanged(double smoothing);
    void tableRequested();

private:
    void showExportMenu();
    void askWhere(const QString& filter, const QString& ending);
    void showOutcome(const QString& path, const QString& problem);

    Plot* m_plot;
    ChartExport* m_files;
    FlowLayout* m_row;
    Segments* m_axis;
    QSlider* m_slider;
    QLabel* m_value;
    QCheckBox* m_log;
    QCheckBox* m_outliers;
    QToolButton* m_export;
    ElidedLabel* m_note;
};

/// The name of an axis: "Step", "Tokens" …
QString axisTitle(XAxis axis);

} // namespace falconer::ui
