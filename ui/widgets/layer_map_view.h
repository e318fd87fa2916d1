// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>
#include <QTimer>

namespace falconer::ui {

class LayerMapModel;

/// Paints a cell: filled from below by its rank's part of `highest`, a dash for out, hatched for a module that is
/// trained as a whole. The legend uses it too.
void paintMapCell(
    QPainter& painter, const QRectF& area, const QPalette& palette, qint64 rank, qint64 highest, bool several);

/// The layer map: a row for each module, a thin column for each layer, as tall as it needs to be. Clicks, drags,
/// headers and Shift select; digits type a rank.
class LayerMapView : public QTableView {
    Q_OBJECT

public:
    explicit LayerMapView(QWidget* parent = nullptr);
    void setMap(LayerMapModel* model);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A digit more of a rank; it counts once rankTyped() comes.
    void rankTyping(int rank);
    /// A rank for the selected cells; 0: out. A moment after the last digit, or at Return.
    void rankTyped(int rank);
    void selectionEdited();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void fit();
    void fitHeight();
    void commitTyped();

    QTimer m_typing;
    int m_typed = -1; ///< -1: nothing
};

} // namespace falconer::ui
