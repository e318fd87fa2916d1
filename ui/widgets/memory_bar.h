// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/text/memory_text.h"

#include <QWidget>

#include <cstdint>
#include <vector>

namespace falconer::ui {

/// The parts of a peak end to end against what the machine has, with a scale and a line at what is free now. Figures
/// stand on the parts that have room; each part says its own in its tooltip.
class MemoryBar : public QWidget {
    Q_OBJECT

public:
    explicit MemoryBar(QWidget* parent = nullptr);
    /// Bytes; `available` and `machine` 0: not known. `summary` is what screen readers say.
    void set(std::vector<MemoryPart> parts, std::int64_t available, std::int64_t machine, const QString& summary);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRect bar() const;
    /// Where a number of bytes lies; mirrored from right to left.
    double position(std::int64_t bytes) const;
    QRectF between(std::int64_t from, std::int64_t to) const;
    void paintScale(QPainter& painter) const;

    std::vector<MemoryPart> m_parts;
    std::int64_t m_peak = 0;
    std::int64_t m_available = 0;
    std::int64_t m_machine = 0;
    std::int64_t m_end = 1; ///< of the scale
};

/// One peak of several that share a scale, with the line at what is free.
class PeakBar : public QWidget {
    Q_OBJECT

public:
    explicit PeakBar(QWidget* parent = nullptr);
    void set(std::int64_t peak, std::int64_t available, std::int64_t end, bool fits);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::int64_t m_peak = 0;
    std::int64_t m_available = 0;
    std::int64_t m_end = 1;
    bool m_fits = true;
};

/// A square in a token's colour: the key of a part.
class Swatch : public QWidget {
    Q_OBJECT

public:
    explicit Swatch(Token token, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Token m_token;
};

} // namespace falconer::ui
