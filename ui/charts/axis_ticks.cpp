// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/axis_ticks.h"

#include "ui/charts/axis_range.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace falconer::ui {
namespace {

struct Ticks {
    Q_DECLARE_TR_FUNCTIONS(Ticks)
};

constexpr int kMostTicks = 60; ///< whatever is asked for: a hostile range must not fill the memory

std::vector<double> multiples(double low, double high, double step)
{
    std::vector<double> values;
    const double first = std::ceil(low / step - 1e-9);
    for (int i = 0; i < kMostTicks; ++i) {
        const double value = (first + i) * step;
        if (!(value <= high + step * 1e-9))
            break;
        values.push_back(value);
    }
    return values;
}

double niceStep(double low, double high, int count)
{
    return niceRange(0, std::max(high - low, 1e-300), std::max(1, count)).step;
}

/// The unit of time in which neighbours differ by a round number of seconds, minutes, hours or days.
double timeStep(double rough)
{
    constexpr std::array<double, 19> kSteps{
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10'800, 21'600, 43'200, 86'400, 172'800};
    for (const double step : kSteps)
        if (step >= rough * (1 - 1e-9))
            return step;
    return 86'400 * niceStep(0, rough / 86'400, 1);
}

QString timeText(double seconds)
{
    const auto total = static_cast<qint64>(std::llround(seconds));
    if (total < 60)
        return Ticks::tr("%1 s").arg(total);
    if (total < 3600)
        return total % 60 == 0 ? Ticks::tr("%1 min").arg(total / 60) : durationText(seconds);
    return total % 3600 == 0 ? Ticks::tr("%1 h").arg(total / 3600) : durationText(seconds);
}

} // namespace

QString tickText(double value, double distance)
{
    constexpr QChar kMinus(0x2212);
    // Summing up leaves residues like 1e-17 where 0 is meant.
    if (std::abs(value) < distance * 1e-6)
        return QStringLiteral("0");
    QString text;
    if (std::abs(value) >= 1e4 || (std::abs(value) >= 1e3 && distance >= 1e3)) {
        const int power = std::clamp(static_cast<int>(std::log10(std::abs(value)) / 3), 1, 4);
        const double scale = std::pow(1000.0, power);
        const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(distance / scale) - 1e-9)), 0, 6);
        text = QString::number(value / scale, 'f', decimals) + QLatin1Char("kMGT"[power - 1]);
    } else if (std::abs(value) < 1e-2 && distance < 1e-2) {
        const int digits
            = std::clamp(static_cast<int>(std::ceil(std::log10(std::abs(value) / distance) + 1 - 1e-9)), 1, 6);
        text = recipeNumber(QString::number(value, 'g', digits).toDouble());
        text.replace(QLatin1String(".0e"), QLatin1String("e"));
    } else {
        const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(distance) - 1e-9)), 0, 6);
        text = QString::number(value, 'f', decimals);
    }
    return text.replace(QLatin1Char('-'), kMinus);
}

std::vector<Tick> valueTicks(double low, double high, int count)
{
    const double step = niceStep(low, high, count);
    std::vector<Tick> ticks;
    for (const double value : multiples(low, high, step))
        ticks.push_back({value, tickText(value, step)});
    return ticks;
}

std::vector<Tick> logTicks(double low, double high, int count)
{
    std::vector<Tick> ticks;
    const double decades = high - low;
    if (decades >= 2) {
        // Powers of ten, of 1, 2, 5 where there is room.
        const double every = std::max(1.0, std::ceil(decades / std::max(1, count)));
        const bool fine = decades * 3 <= count;
        for (const double power : multiples(low - 1, high, every))
            for (const double factor : {1.0, 2.0, 5.0}) {
                const double value = factor * std::pow(10.0, power);
                const double at = std::log10(value);
                if ((factor == 1 || fine) && at >= low - 1e-9 && at <= high + 1e-9)
                    ticks.push_back({at, tickText(value, value)});
            }
        return ticks;
    }
    // Less than two decades: evenly spaced values would crowd at the upper end, so each is kept a fair way from the one
    // before it.
    const double bottom = std::pow(10.0, low);
    const double top = std::pow(10.0, high);
    const double least = decades / (1.6 * std::max(1, count));
    const double step = niceStep(bottom, top, 4 * std::max(1, count));
    for (const double value : multiples(bottom, top, step)) {
        const double at = std::log10(value);
        if (value > 0 && (ticks.empty() || at - ticks.back().at >= least))
            ticks.push_back({at, tickText(value, step)});
    }
    return ticks;
}

std::vector<Tick> runTicks(XAxis axis, double low, double high, int count)
{
    const double rough = (high - low) / std::max(1, count);
    const double step = axis == XAxis::time ? timeStep(rough)
        : axis == XAxis::epoch              ? niceStep(low, high, count)
                                            : std::max(1.0, niceStep(low, high, count));
    std::vector<Tick> ticks;
    for (const double value : multiples(std::max(low, 0.0), high, step))
        ticks.push_back({value, axis == XAxis::time ? timeText(value) : tickText(value, step)});
    return ticks;
}

QString placeText(XAxis axis, double x)
{
    switch (axis) {
    case XAxis::step: return Ticks::tr("step %1").arg(countText(std::llround(x)));
    case XAxis::tokens: return Ticks::tr("token %1").arg(countText(std::llround(x)));
    case XAxis::time: return durationText(x);
    case XAxis::epoch: return Ticks::tr("epoch %1").arg(x, 0, 'f', 2);
    }
    return {};
}

} // namespace falconer::ui
