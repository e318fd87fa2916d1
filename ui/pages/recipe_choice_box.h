// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace falconer::ui {

/// A box of choices that can be made to take any other text too.
class ChoiceBox : public QComboBox {
public:
    using QComboBox::QComboBox;

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
};

} // namespace falconer::ui
