// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_tools.h"

#include "ui/charts/chart_export.h"
#include "ui/charts/plot.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/popup_menu.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/text_labels.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <array>
#include <cmath>

namespace falconer::ui {
namespace {

constexpr std::array<XAxis, 4> kAxes{XAxis::step, XAxis::tokens, XAxis::time, XAxis::epoch};

QStringList axisTitles()
{
    QStringList titles;
    for (const XAxis axis : kAxes)
        titles << axisTitle(axis);
    return titles;
}

QToolButton* makeButton(const QString& iconName, const QString& name, const QString& tip, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(icon(iconName));
    button->setAccessibleName(name);
    button->setToolTip(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    const int side = std::max(24, 7 * unit(parent));
    button->setMinimumSize(side, side);
    return button;
}

} // namespace

QString axisTitle(XAxis axis)
{
    switch (axis) {
    case XAxis::step: return ChartTools::tr("Step");
    case XAxis::tokens: return ChartTools::tr("Tokens");
    case XAxis::time: return ChartTools::tr("Time");
    case XAxis::epoch: return ChartTools::tr("Epoch");
    }
    return {};
}

ChartTools::ChartTools(Plot* plot, ChartExport* files, QWidget* parent)
    : QWidget(parent)
    , m_plot(plot)
    , m_files(files)
    , m_row(new FlowLayout(this))
{
    const int u = unit(this);
    m_row->setSpacing(2 * u);
    m_axis = new Segments(axisTitles(), this);
    m_axis->setValue(axisTitle(XAxis::step));
    m_axis->setAccessibleName(tr("The x axis counts"));
    for (const XAxis axis : kAxes)
        m_axis->button(axisTitle(axis))->setToolTip(tr("What the x axis counts"));
    m_axis->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);

    auto* sliderBox = new QWidget(this);
    auto* smoothingRow = new QHBoxLayout(sliderBox);
    smoothingRow->setContentsMargins({});
    smoothingRow->setSpacing(1.5 * u);
    auto* caption = makeCaption(tr("S&moothing"), sliderBox);
    m_slider = new QSlider(Qt::Horizontal, sliderBox);
    m_slider->setObjectName(QStringLiteral("smoothing"));
    m_slider->setRange(0, 99);
    m_slider->setPageStep(5);
    m_slider->setFixedWidth(20 * u);
    m_slider->setMinimumHeight(24);
    m_slider->setAccessibleName(tr("Smoothing"));
    m_slider->setToolTip(tr("Share of the old value in each new one of the training curve; 0 shows the values as they "
                            "are. The start is not pulled down."));
    m_slider->setAccessibleDescription(m_slider->toolTip());
    caption->setBuddy(m_slider);
    m_value = makeCaption({}, sliderBox);
    m_value->setMinimumWidth(m_value->fontMetrics().horizontalAdvance(QStringLiteral("0.00")));
    smoothingRow->addWidget(caption);
    smoothingRow->addWidget(m_slider);
    smoothingRow->addWidget(m_value);

    m_log = new QCheckBox(tr("&Log scale"), this);
    m_log->setObjectName(QStringLiteral("logScale"));
    m_log->setToolTip(tr("Equal distances for equal ratios of the loss (L)"));
    m_outliers = new QCheckBox(tr("Ignore &outliers"), this);
    m_outliers->setObjectName(QStringLiteral("ignoreOutliers"));
    m_outliers->setToolTip(tr("Lets the outermost hundredth of the raw values lie outside the view"));
    m_outliers->setChecked(true);
    for (QCheckBox* box : {m_log, m_outliers}) {
        box->setFont(scaledFont(kCaptionSize));
        box->setMinimumHeight(24);
        box->setAccessibleDescription(box->toolTip());
    }
    auto* fit = makeButton(QStringLiteral("fit"), tr("Fit"), tr("Shows the whole run (0, or a double click)"), this);
    fit->setObjectName(QStringLiteral("fit"));
    m_export = makeButton(
        QStringLiteral("image"), tr("Export the chart"), tr("Saves the chart as a picture or as numbers"), this);
    m_export->setObjectName(QStringLiteral("exportChart"));

    for (QWidget* each : std::initializer_list<QWidget*>{m_axis, sliderBox, m_log, m_outliers, fit, m_export})
        m_row->addWidget(each);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_note = new ElidedLabel(Qt::ElideMiddle, this);
    m_note->setObjectName(QStringLiteral("exportNote"));
    m_note->setFont(scaledFont(kCaptionSize));
    m_note->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);

    connect(m_axis, &Segments::edited, this, [this] { Q_EMIT axisChanged(axis()); });
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        m_value->setText(QString::number(value / 100.0, 'f', 2));
        Q_EMIT smoothingChanged(value / 100.0);
    });
    connect(m_log, &QCheckBox::toggled, m_plot, &Plot::setLog);
    connect(m_plot, &Plot::logAsked, m_log, &QCheckBox::click);
    connect(m_outliers, &QCheckBox::toggled, m_plot, &Plot::setTrimmed);
    connect(fit, &QToolButton::clicked, m_plot, &Plot::fit);
    connect(m_export, &QToolButton::clicked, this, &ChartTools::showExportMenu);
    connect(m_plot, &Plot::tableAsked, this, &ChartTools::tableRequested);
    connect(m_files, &ChartExport::done, this, &ChartTools::showOutcome);
    m_value->setText(QStringLiteral("0.00"));
}

XAxis ChartTools::axis() const
{
    const auto index = axisTitles().indexOf(m_axis->value());
    return kAxes[static_cast<std::size_t>(std::max<qsizetype>(0, index))];
}

void ChartTools::setAxis(XAxis axis)
{
    m_axis->setValue(axisTitle(axis));
    Q_EMIT axisChanged(axis);
}

double ChartTools::smoothing() const { return m_slider->value() / 100.0; }

void ChartTools::setSmoothing(double smoothing) { m_slider->setValue(static_cast<int>(std::lround(100 * smoothing))); }

void ChartTools::addFirst(QWidget* widget)
{
    m_row->insertWidget(0, widget);
    setTabOrder(widget, m_axis);
}

QWidget* ChartTools::note() const { return m_note; }

void ChartTools::showOutcome(const QString& path, const QString& problem)
{
    setLook(m_note, "bad", !problem.isEmpty());
    setLook(m_note, "quiet", problem.isEmpty());
    m_note->setFullText(problem.isEmpty() ? tr("Saved %1").arg(QDir::toNativeSeparators(path)) : problem);
}

void ChartTools::showExportMenu()
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("exportMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(
        tr("&Picture (PNG)…"), this, [this] { askWhere(tr("PNG picture (*.png)"), QStringLiteral("png")); });
    menu->addAction(
        tr("&Drawing (SVG)…"), this, [this] { askWhere(tr("SVG drawing (*.svg)"), QStringLiteral("svg")); });
    menu->addAction(
        tr("&Numbers (CSV)…"), this, [this] { askWhere(tr("Comma-separated values (*.csv)"), QStringLiteral("csv")); });
    menu->addSeparator();
    menu->addAction(tr("Show as &table"), this, &ChartTools::tableRequested);
    popUp(menu, m_export);
}

void ChartTools::askWhere(const QString& filter, const QString& ending)
{
    auto* dialog = new QFileDialog(window(), tr("Export the chart"));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(filter);
    dialog->setDefaultSuffix(ending);
    dialog->selectFile(QStringLiteral("loss.") + ending);
    connect(dialog, &QFileDialog::fileSelected, m_files, &ChartExport::write);
    dialog->open();
}

} // namespace falconer::ui
