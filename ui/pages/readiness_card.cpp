// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/readiness_card.h"

#include "ui/text/field_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_labels.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace falconer::ui {
namespace {

/// More reasons than this would push Start out of sight; the rest stand beside their fields.
constexpr std::size_t kShownReasons = 3;

} // namespace

ReadinessCard::ReadinessCard(QWidget* parent)
    : QFrame(parent)
    , m_icon(new IconLabel(QStringLiteral("check"), Token::ok, this))
    , m_heading(makeHeading({}, this))
    , m_reasons(new QLabel(this))
    , m_folder(new ElidedLabel(Qt::ElideMiddle, this))
    , m_start(new QPushButton(icon(QStringLiteral("start"), Token::onAccent), tr("&Start training"), this))
{
    setProperty("card", true);
    const int u = unit(this);
    m_reasons->setWordWrap(true);
    m_reasons->setTextFormat(Qt::PlainText);
    m_reasons->setFont(scaledFont(kCaptionSize));
    m_folder->setFont(scaledFont(kCaptionSize));
    m_folder->setProperty("quiet", true);
    m_folder->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setPrimary(m_start);
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setMinimumHeight(8 * u);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(3 * u, 3 * u, 3 * u, 3 * u);
    grid->setHorizontalSpacing(2 * u);
    grid->setVerticalSpacing(2 * u);
    grid->addWidget(m_icon, 0, 0);
    grid->addWidget(m_heading, 0, 1);
    grid->addWidget(m_reasons, 1, 1);
    grid->addWidget(m_folder, 2, 1);
    grid->addWidget(m_start, 3, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    connect(m_start, &QPushButton::clicked, this, &ReadinessCard::startRequested);
}

void ReadinessCard::show(const Readiness& readiness, const QString& runFolder)
{
    const auto& obstacles = readiness.obstacles();
    const bool running = !obstacles.empty() && obstacles.front().kind == Obstacle::Kind::running;
    QStringList reasons;
    for (std::size_t i = 0; i < obstacles.size() && i < kShownReasons; ++i) {
        const Obstacle& obstacle = obstacles[i];
        reasons << (obstacle.key.empty() ? sentence(obstacle)
                                         : tr("%1: %2").arg(fieldLabel(obstacle.key), sentence(obstacle)));
    }
    if (obstacles.size() > kShownReasons)
        reasons << tr("and %n more", nullptr, static_cast<int>(obstacles.size() - kShownReasons));
    if (readiness.ready()) {
        m_icon->setIcon(QStringLiteral("check"), Token::ok);
        m_heading->setText(tr("Ready to train"));
    } else if (running) {
        m_icon->setIcon(QStringLiteral("info"), Token::link);
        m_heading->setText(tr("Training"));
    } else {
        m_icon->setIcon(QStringLiteral("alert"), Token::error);
        m_heading->setText(tr("Not ready: %n thing(s) to fix", nullptr, static_cast<int>(obstacles.size())));
    }
    setLook(m_heading, "bad", !readiness.ready() && !running);
    m_reasons->setText(reasons.join(QLatin1Char('\n')));
    m_reasons->setVisible(!reasons.isEmpty());
    m_folder->setFullText(tr("Writes to %1").arg(runFolder));
    m_folder->setVisible(readiness.ready());
    m_start->setEnabled(readiness.ready());
    m_start->setToolTip(readiness.ready() ? tr("Ctrl+Return") : reasons.join(QLatin1Char('\n')));
    m_start->setAccessibleDescription(readiness.ready() ? m_folder->fullText() : summary());
}

QString ReadinessCard::summary() const
{
    return m_reasons->text().isEmpty() ? m_heading->text() : m_heading->text() + QLatin1Char('\n') + m_reasons->text();
}

} // namespace falconer::ui
