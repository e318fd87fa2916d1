// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace falconer::ui {

/// A table of rows without a grid that follows its newest row until the user scrolls up, and copies the selected rows
/// as tab-separated text.
class TableView : public QTableView {
    Q_OBJECT

public:
    explicit TableView(QWidget* parent = nullptr);
    /// Rows as low as their text: for logs and long lists of numbers.
    void setDense(bool dense);
    void setModel(QAbstractItemModel* model) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void copySelection() const;
    void fitRows();

    bool m_atEnd = true;
    bool m_dense = false;
};

} // namespace falconer::ui
