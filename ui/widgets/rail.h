// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/page_id.h"

#include <QFrame>
#include <QString>

#include <array>

class QButtonGroup;
class QToolButton;

namespace falconer::ui {

/// The column of pages at the left edge, Settings at its bottom. Narrow, it keeps the icons and says the names in
/// tooltips.
class Rail : public QFrame {
    Q_OBJECT

public:
    explicit Rail(QWidget* parent = nullptr);
    void setCurrent(PageId page);
    void setNarrow(bool narrow);
    bool isNarrow() const { return m_narrow; }
    /// A mark beside a page's name that something there wants to be looked at; `why` is its tooltip. Empty: none.
    void setAlert(PageId page, const QString& why);
    QToolButton* button(PageId page) const;

    /// A page as the rail, the menu and the window's title name it.
    static QString name(PageId page);

Q_SIGNALS:
    void chosen(falconer::ui::PageId page);

protected:
    void changeEvent(QEvent* event) override;

private:
    class Button;
    QButtonGroup* m_group;
    std::array<Button*, kPageCount> m_buttons{};
    bool m_narrow = false;
};

} // namespace falconer::ui
