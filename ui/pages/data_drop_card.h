// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

class QVBoxLayout;

namespace falconer::ui {

class RecentItems;

/// The page without data: where to drop a file, what is accepted, what was open lately.
class DropCard : public Card {
    Q_OBJECT

public:
    explicit DropCard(RecentItems& recent, QWidget* parent = nullptr);

Q_SIGNALS:
    void openRequested();
    void fileChosen(const QString& file);

private:
    void fillRecent();

    RecentItems& m_items;
    QVBoxLayout* m_recent;
};

} // namespace falconer::ui
