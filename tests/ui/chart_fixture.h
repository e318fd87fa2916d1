// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/fake_session.h"
#include "ui/models/metrics_model.h"

#include <QColor>
#include <QImage>

#include <cmath>
#include <cstdlib>

namespace falconer::test {

/// Pixels of nearly that colour: lines are antialiased.
inline int pixelsOf(const QImage& image, const QColor& wanted)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += std::abs(pixel.red() - wanted.red()) + std::abs(pixel.green() - wanted.green())
                    + std::abs(pixel.blue() - wanted.blue())
                < 60;
        }
    return count;
}

/// A run like that of the mock-up: the validation loss falls until step 240 and rises after.
inline void fillRun(ui::MetricsModel& model, int steps, int total = 412)
{
    std::vector<StepMetrics> metrics;
    double noise = 0.37;
    for (int i = 1; i <= steps; ++i) {
        noise = std::fmod(noise * 97.13 + 0.11, 1.0);
        metrics.push_back(step(i, 2.3 + 0.75 * std::exp(-i / 90.0) + 0.22 * (noise - 0.5), total));
    }
    model.append(metrics);
    double best = 1e9;
    for (int i = 0; i <= steps; i += 20) {
        const double loss = 2.479 + 0.46 * std::exp(-i / 55.0) + (i > 240 ? 0.0006 * (i - 240) : 0);
        model.append(eval(i, loss), loss < best);
        best = std::min(best, loss);
    }
    for (int i = 100; i <= steps; i += 100)
        model.addCheckpoint(i);
}

} // namespace falconer::test
