// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/readiness_card.h"

#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_labels.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace falconer::ui {
namespace {

/// More reasons than this would push Start out of sight; F8 goes through all of them.
constexpr std::size_t kShownReasons = 6;

QString link(const std::string& key, const QString& text)
{
    return QStringLiteral("<a href=\"%1\">%2</a>").arg(toQString(key).toHtmlEscaped(), text.toHtmlEscaped());
}

} // namespace

ReadinessCard::ReadinessCard(QWidget* parent)
    : QFrame(parent)
    , m_layout(new QBoxLayout(QBoxLayout::TopToBottom, this))
    , m_icon(new IconLabel(QStringLiteral("check"), Token::ok, this))
    , m_heading(makeHeading({}, this))
    , m_reasons(new QLabel(this))
    , m_folder(new ElidedLabel(Qt::ElideMiddle, this))
    , m_start(new QPushButton(icon(QStringLiteral("start"), Token::onAccent), tr("&Start training"), this))
    , m_keys(makeCaption(tr("Ctrl+Return"), this))
{
    setProperty("card", true);
    setAccessibleName(tr("Readiness"));
    const int u = unit(this);
    m_reasons->setWordWrap(true);
    m_reasons->setTextFormat(Qt::RichText);
    m_reasons->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_reasons->setFont(scaledFont(kCaptionSize));
    m_reasons->setObjectName(QStringLiteral("reasons"));
    m_folder->setFont(scaledFont(kCaptionSize));
    m_folder->setProperty("quiet", true);
    m_folder->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setPrimary(m_start);
    m_start->setObjectName(QStringLiteral("start"));
    m_start->setMinimumHeight(8 * u);
    m_keys->setAlignment(Qt::AlignHCenter);

    m_layout->setContentsMargins(3 * u, 3 * u, 3 * u, 3 * u);
    m_layout->setSpacing(2 * u);
    auto* words = new QGridLayout;
    words->setHorizontalSpacing(2 * u);
    words->setVerticalSpacing(u);
    words->addWidget(m_icon, 0, 0, Qt::AlignTop);
    words->addWidget(m_heading, 0, 1);
    words->addWidget(m_reasons, 1, 1);
    words->addWidget(m_folder, 2, 1);
    words->setColumnStretch(1, 1);
    words->setRowStretch(3, 1);
    m_layout->addLayout(words, 1);
    auto* button = new QVBoxLayout;
    button->setSpacing(u);
    button->addWidget(m_start);
    button->addWidget(m_keys);
    m_layout->addLayout(button);
    connect(m_start, &QPushButton::clicked, this, &ReadinessCard::startRequested);
    connect(m_reasons, &QLabel::linkActivated, this,
        [this](const QString& key) { Q_EMIT fieldRequested(key.toStdString()); });
}

void ReadinessCard::setFlat(bool flat)
{
    m_layout->setDirection(flat ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_start->setMinimumWidth(flat ? 55 * unit(this) : 0);
}

void ReadinessCard::show(const Readiness& readiness, const QString& runFolder)
{
    const auto& obstacles = readiness.obstacles();
    const bool running = !obstacles.empty() && obstacles.front().kind == Obstacle::Kind::running;
    QStringList reasons;
    QStringList linked;
    for (std::size_t i = 0; i < obstacles.size() && i < kShownReasons; ++i) {
        const Obstacle& obstacle = obstacles[i];
        const std::string field = fieldOf(obstacle.key);
        const QString text = sentence(obstacle);
        reasons << (field.empty() ? text : tr("%1: %2").arg(fieldLabel(field), text));
        linked << (field.empty() ? text.toHtmlEscaped()
                                 : tr("%1: %2").arg(link(field, fieldLabel(field)), text.toHtmlEscaped()));
    }
    if (obstacles.size() > kShownReasons) {
        const QString more = tr("and %n more", nullptr, static_cast<int>(obstacles.size() - kShownReasons));
        reasons << more;
        linked << link(fieldOf(obstacles[kShownReasons].key), more);
    }
    const auto toFix = static_cast<int>(obstacles.size()) - (running ? 1 : 0);
    if (readiness.ready()) {
        m_icon->setIcon(QStringLiteral("check"), Token::ok);
        m_heading->setText(tr("Ready to train"));
    } else if (running) {
        m_icon->setIcon(QStringLiteral("info"), Token::link);
        m_heading->setText(tr("Training"));
    } else {
        m_icon->setIcon(QStringLiteral("alert"), Token::error);
        m_heading->setText(tr("Not ready: %n thing(s) to fix", nullptr, toFix));
    }
    setLook(m_heading, "bad", !readiness.ready() && !running);
    m_summary = (QStringList{m_heading->text()} + reasons).join(QLatin1Char('\n'));
    m_reasons->setText(linked.join(QStringLiteral("<br>")));
    m_reasons->setAccessibleName(reasons.join(QLatin1Char('\n')));
    m_reasons->setVisible(!reasons.isEmpty());
    m_folder->setFullText(tr("Writes to %1").arg(runFolder));
    m_folder->setVisible(readiness.ready());
    m_start->setEnabled(readiness.ready());
    m_start->setToolTip(readiness.ready() ? tr("Ctrl+Return") : reasons.join(QLatin1Char('\n')));
    m_start->setAccessibleDescription(readiness.ready() ? m_folder->fullText() : summary());
}

QString ReadinessCard::summary() const { return m_summary; }

} // namespace falconer::ui
