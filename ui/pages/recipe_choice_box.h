// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QWheelEvent>

namespace falconer::ui {

/// A box that leaves the wheel to the page unless it has the focus: scrolling must not change a setting.
class ChoiceBox : public QComboBox {
public:
    explicit ChoiceBox(QWidget* parent = nullptr)
        : QComboBox(parent)
    {
        setFocusPolicy(Qt::StrongFocus);
    }

    /// Takes any text; its list only offers.
    void makeFree()
    {
        setEditable(true);
        setInsertPolicy(QComboBox::NoInsert);
        // Completion would turn what is being typed into one of the offers.
        setCompleter(nullptr);
        setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        setMinimumContentsLength(8);
    }

protected:
    void wheelEvent(QWheelEvent* event) override
    {
        if (hasFocus())
            QComboBox::wheelEvent(event);
        else
            event->ignore();
    }
};

} // namespace falconer::ui
