// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/wheel_guard.h"

#include <QAbstractSpinBox>
#include <QChildEvent>
#include <QComboBox>
#include <QSlider>

namespace falconer::ui {
namespace {

bool takesWheel(const QObject* object)
{
    return qobject_cast<const QComboBox*>(object) || qobject_cast<const QAbstractSpinBox*>(object)
        || qobject_cast<const QSlider*>(object);
}

class WheelGuard : public QObject {
public:
    using QObject::QObject;

    void guard(QWidget* widget)
    {
        widget->installEventFilter(this);
        settle(widget);
        for (QObject* child : widget->children())
            if (child->isWidgetType())
                guard(static_cast<QWidget*>(child));
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        auto* widget = static_cast<QWidget*>(watched);
        switch (event->type()) {
        case QEvent::ChildAdded:
            if (QObject* child = static_cast<QChildEvent*>(event)->child(); child->isWidgetType())
                guard(static_cast<QWidget*>(child));
            break;
        case QEvent::Polish: settle(widget); break; // a child that was just added did not know yet what it is
        case QEvent::Wheel:
            if (takesWheel(widget) && !widget->hasFocus()) {
                event->ignore();
                return true;
            }
            break;
        default: break;
        }
        return false;
    }

private:
    static void settle(QWidget* widget)
    {
        if (takesWheel(widget) && widget->focusPolicy() == Qt::WheelFocus)
            widget->setFocusPolicy(Qt::StrongFocus);
    }
};

} // namespace

void guardWheel(QWidget* root) { (new WheelGuard(root))->guard(root); }

} // namespace falconer::ui
