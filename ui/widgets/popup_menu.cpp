// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/popup_menu.h"

#include "ui/theme/style.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScreen>

#include <algorithm>

namespace falconer::ui {
namespace {

bool opens(const QKeyEvent* key)
{
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: return (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    case Qt::Key_Down: return (key->modifiers() & ~Qt::KeypadModifier) == Qt::AltModifier;
    default: return false;
    }
}

class Opener : public QObject {
public:
    Opener(QAbstractButton* button, QMenu* menu)
        : QObject(button)
        , m_button(button)
        , m_menu(menu)
    {
        button->installEventFilter(this);
        menu->installEventFilter(this);
        connect(button, &QAbstractButton::clicked, this, &Opener::open);
        connect(menu, &QMenu::aboutToHide, button, [button] { button->setDown(false); });
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (watched == m_menu) {
            // A press on the button closes the menu; passed on, it would open it again.
            if (event->type() == QEvent::MouseButtonPress) {
                const QPoint at = static_cast<QMouseEvent*>(event)->globalPosition().toPoint();
                m_menu->setAttribute(Qt::WA_NoMouseReplay, m_button->rect().contains(m_button->mapFromGlobal(at)));
            }
            return false;
        }
        // The key is the button's, whatever else in the window it is a shortcut for.
        if (event->type() == QEvent::ShortcutOverride && opens(static_cast<QKeyEvent*>(event))) {
            event->accept();
            return true;
        }
        if (event->type() == QEvent::KeyPress && opens(static_cast<QKeyEvent*>(event))) {
            open();
            return true;
        }
        return false;
    }

private:
    void open()
    {
        popUp(m_menu, m_button);
        m_button->setDown(m_menu->isVisible());
    }

    QAbstractButton* m_button;
    QMenu* m_menu;
};

} // namespace

void popUp(QMenu* menu, const QWidget* anchor)
{
    const QRect place(anchor->mapToGlobal(QPoint()), anchor->size());
    menu->popup(QPoint(place.left(), place.bottom() + 1));
    // Only now, filled and shown, does it know its size.
    const QSize size = menu->size();
    const QRect screen = anchor->screen()->availableGeometry();
    const bool above = place.bottom() + size.height() > screen.bottom() && place.top() - size.height() >= screen.top();
    const bool mirrored = anchor->layoutDirection() == Qt::RightToLeft;
    const QPoint corner(
        mirrored ? place.right() + 1 - size.width() : place.left(), above ? place.top() - size.height() : menu->y());
    if (mirrored || above)
        menu->move(std::max(screen.left(), corner.x()), corner.y());
}

void setPopupMenu(QAbstractButton* button, QMenu* menu)
{
    setOpensMenu(button);
    new Opener(button, menu);
}

} // namespace falconer::ui
