// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace falconer::ui {

/// A table of rows without a grid that copies the selected rows as tab-separated text.
class TableView : public QTableView {
    Q_OBJECT

public:
    explicit TableView(QWidget* parent = nullptr);
    /// Rows as low as their text: for logs and long lists of numbers.
    void setDense(bool dense);
    /// Keeps the newest row in view until the user scrolls up: for what grows at its end. Off at first.
    void setFollowing(bool following);
    void setModel(QAbstractItemModel* model) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    /// In the order in which they are copied: those that are shown, as they stand.
    virtual QList<int> copiedColumns() const;

private:
    void copySelection() const;
    void fitRows();

    bool m_following = false;
    bool m_atEnd = true;
    bool m_dense = false;
};

} // namespace falconer::ui
