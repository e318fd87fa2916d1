// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segments.h"

#include "ui/theme/style.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace falconer::ui {

Segments::Segments(const QStringList& values, QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    const int u = unit(this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    for (const QString& value : values) {
        auto* button = new QToolButton(this);
        button->setText(value);
        button->setObjectName(value);
        button->setCheckable(true);
        button->setProperty("segment", true);
        button->setFocusPolicy(Qt::StrongFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setMinimumHeight(7 * u);
        m_group->addButton(button);
        layout->addWidget(button);
    }
    connect(m_group, &QButtonGroup::buttonClicked, this, &Segments::edited);
    connect(m_group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton* button, bool on) {
        if (on)
            setFocusProxy(button);
    });
    if (!values.isEmpty())
        setFocusProxy(m_group->buttons().constFirst());
}

QString Segments::value() const
{
    const auto* button = m_group->checkedButton();
    return button ? button->text() : QString();
}

void Segments::setValue(const QString& value)
{
    m_group->setExclusive(false);
    for (QAbstractButton* button : m_group->buttons())
        button->setChecked(button->text() == value);
    m_group->setExclusive(true);
}

QToolButton* Segments::button(const QString& value) const { return findChild<QToolButton*>(value); }

} // namespace falconer::ui
