// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/page_id.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace falconer::ui {

class Rail;

/// A short walk through the pages: a small card beside the rail says what each is for. Esc ends it.
class Tour : public QFrame {
    Q_OBJECT

public:
    Tour(Rail* rail, QWidget* window);
    void begin();
    int stop() const { return m_stop; }

Q_SIGNALS:
    void pageWanted(falconer::ui::PageId page);
    void ended();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void goTo(int stop);
    void finish();

    Rail* m_rail;
    int m_stop = 0;
    QLabel* m_count;
    QLabel* m_heading;
    QLabel* m_text;
    QPushButton* m_back;
    QPushButton* m_next;
};

} // namespace falconer::ui
