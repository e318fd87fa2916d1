// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/step_list.h"

#include "ui/theme/style.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>

namespace falconer::ui {

StepList::StepList(const QStringList& names, QWidget* parent)
    : QWidget(parent)
{
    const int u = unit(this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2 * u);
    for (const QString& name : names) {
        Step step{
            name, new IconLabel(QStringLiteral("clock"), Token::text2, this), new ElidedLabel(Qt::ElideRight, this)};
        step.text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        layout->addWidget(step.icon);
        layout->addWidget(step.text, 1);
        m_steps.push_back(step);
    }
    reset();
}

void StepList::set(int number, State state, const QString& detail)
{
    Step& step = m_steps[static_cast<std::size_t>(number)];
    step.state = state;
    QString word;
    switch (state) {
    case State::pending: step.icon->setIcon(QStringLiteral("clock"), Token::text2); break;
    case State::active:
        step.icon->setIcon(QStringLiteral("refresh"), Token::link);
        word = detail.isEmpty() ? tr("under way") : detail;
        break;
    case State::done:
        step.icon->setIcon(QStringLiteral("check"), Token::ok);
        word = tr("done");
        break;
    case State::skipped:
        step.icon->setIcon(QStringLiteral("close"), Token::text2);
        word = tr("skipped");
        break;
    case State::failed:
        step.icon->setIcon(QStringLiteral("alert"), Token::error);
        word = tr("failed");
        break;
    }
    step.text->setFullText(word.isEmpty() ? step.name : tr("%1: %2").arg(step.name, word));
    setLook(step.text, "quiet", state == State::pending || state == State::skipped);
}

void StepList::reset()
{
    for (std::size_t i = 0; i < m_steps.size(); ++i)
        set(static_cast<int>(i), State::pending);
}

} // namespace falconer::ui
