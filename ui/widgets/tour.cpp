// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tour.h"

#include "ui/theme/style.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QToolButton>

#include <array>

namespace falconer::ui {
namespace {

constexpr std::array kStops{PageId::model, PageId::data, PageId::recipe, PageId::train};
constexpr int kStopCount = static_cast<int>(kStops.size());

QString textOf(PageId page)
{
    switch (page) {
    case PageId::model:
        return Tour::tr(
            "Choose what to teach. Models on this machine are listed here; the small starter model is one of "
            "them. “Here” says whether it fits into this machine's memory.");
    case PageId::data:
        return Tour::tr(
            "Show it examples. Open a file of rows; the page says how it reads them, and the token microscope "
            "shows exactly which tokens the model learns.");
    case PageId::recipe:
        return Tour::tr(
            "Decide how. Simple asks four questions, Advanced shows every setting with its help. The memory "
            "plan says beforehand whether the run fits.");
    default:
        return Tour::tr(
            "Watch it learn. Training and validation loss are drawn live. When the model begins to learn the "
            "rows by heart the page says so, and the best adapter is kept.");
    }
}

} // namespace

Tour::Tour(Rail* rail, QWidget* window)
    : QFrame(window)
    , m_rail(rail)
    , m_count(makeCaption({}, this))
    , m_heading(makeHeading({}, this))
    , m_text(new QLabel(this))
    , m_back(new QPushButton(tr("&Back"), this))
    , m_next(new QPushButton(this))
{
    setProperty("card", true);
    setObjectName(QStringLiteral("tour"));
    setFocusPolicy(Qt::StrongFocus);
    const int u = unit(this);
    m_text->setWordWrap(true);
    m_next->setObjectName(QStringLiteral("tourNext"));
    auto* skip = new QPushButton(tr("&Skip the tour"), this);
    skip->setObjectName(QStringLiteral("tourSkip"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(skip);
    buttons->addStretch();
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u);
    layout->setSpacing(2 * u);
    layout->addWidget(m_count);
    layout->addWidget(m_heading);
    layout->addWidget(m_text);
    layout->addLayout(buttons);
    setFixedWidth(90 * u);
    connect(m_back, &QPushButton::clicked, this, [this] { goTo(m_stop - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { goTo(m_stop + 1); });
    connect(skip, &QPushButton::clicked, this, &Tour::finish);
    hide();
}

void Tour::begin() { goTo(0); }

void Tour::goTo(int stop)
{
    if (stop >= kStopCount) {
        finish();
        return;
    }
    m_stop = stop;
    const PageId page = kStops[static_cast<std::size_t>(stop)];
    Q_EMIT pageWanted(page);
    m_count->setText(tr("Stop %1 of %2").arg(stop + 1).arg(kStopCount));
    m_heading->setText(Rail::name(page));
    m_text->setText(textOf(page));
    m_back->setEnabled(stop > 0);
    m_next->setText(stop + 1 == kStopCount ? tr("&Done") : tr("&Next"));
    setAccessibleName(m_heading->text());
    setAccessibleDescription(m_text->text());
    adjustSize();
    const QWidget* button = m_rail->button(page);
    const QPoint corner = button->mapTo(parentWidget(), QPoint(0, 0));
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int gap = 2 * unit(this);
    move(mirrored ? corner.x() - width() - gap : corner.x() + button->width() + gap,
        std::min(corner.y(), parentWidget()->height() - height() - gap));
    show();
    raise();
    m_next->setFocus();
}

void Tour::finish()
{
    hide();
    Q_EMIT ended();
}

void Tour::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        finish();
    else if (auto* button = qobject_cast<QAbstractButton*>(focusWidget());
             button && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        button->click();
    else
        QFrame::keyPressEvent(event);
}

} // namespace falconer::ui
