// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSpinBox>

#include <string>

namespace falconer::ui {

/// A spin box that takes any text, so that "fast" or "2.0e-" can stand there with its fault beside it, and steps as
/// people do: ranks and batches double, rates go 1, 2, 5, 10.
class NumberEdit : public QAbstractSpinBox {
    Q_OBJECT

public:
    explicit NumberEdit(const std::string& key, QWidget* parent = nullptr);

    /// Replaces the text without telling anybody.
    void setText(const QString& text);
    void setPlaceholder(const QString& text);

    void stepBy(int steps) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// By typing, by the arrows or by the keys.
    void edited(const QString& text);

protected:
    StepEnabled stepEnabled() const override;

private:
    std::string m_key;
};

} // namespace falconer::ui
