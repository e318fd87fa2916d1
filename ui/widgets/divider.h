// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace falconer::ui {

/// A thin line from side to side between parts of a card.
inline QFrame* makeDivider(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setProperty("divider", true);
    line->setFixedHeight(1);
    return line;
}

} // namespace falconer::ui
