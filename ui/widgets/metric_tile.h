// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/key_icon.h"

#include <QFrame>

#include <optional>

class QLabel;

namespace falconer::ui {

class ElidedLabel;

/// One number of a run: caption, value, and a note on how to read it. Updates in place; nothing moves.
class MetricTile : public QWidget {
    Q_OBJECT

public:
    explicit MetricTile(const QString& caption, QWidget* parent = nullptr);
    void setKey(KeyIcon::Mark mark, Token token);

    enum class Tone { quiet, good, bad };
    void set(const QString& value, const QString& note, Tone tone = Tone::quiet);
    /// Back to "–", as before the first number.
    void clear();
    QString value() const;
    QString note() const;

private:
    QLabel* m_caption;
    QLabel* m_value;
    ElidedLabel* m_note;
};

/// Tiles side by side in one card, in as many rows as the width asks for.
class TileRow : public QFrame {
    Q_OBJECT

public:
    explicit TileRow(QWidget* parent = nullptr);
    /// What is not `essential` is left out while the row is compact.
    void add(MetricTile* tile, bool essential = true);
    void setCompact(bool compact);
    int columns() const { return m_columns; }
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    int columnsFor(int width) const;
    void arrange(int columns);

    QList<MetricTile*> m_tiles;
    QList<MetricTile*> m_shown;
    QList<MetricTile*> m_essential;
    int m_columns = 0;
};

} // namespace falconer::ui
