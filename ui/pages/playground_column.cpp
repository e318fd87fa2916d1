// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/playground_column.h"

#include "ui/models/chat_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/chat_view.h"
#include "ui/widgets/text_labels.h"

#include <QApplication>
#include <QClipboard>
#include <QToolButton>
#include <QVBoxLayout>

namespace falconer::ui {

QString PlaygroundColumn::name(PlaygroundSide side)
{
    return side == PlaygroundSide::base ? tr("Base model") : tr("Tuned model");
}

PlaygroundColumn::PlaygroundColumn(PlaygroundSide side, QWidget* parent)
    : Card(name(side), parent)
    , m_side(side)
    , m_model(new ChatModel(this))
    , m_view(new ChatView(m_model, name(side), this))
    , m_status(new ElidedLabel(Qt::ElideRight, this))
    , m_copy(new QToolButton(this))
{
    m_status->setFont(scaledFont(kCaptionSize));
    m_status->setProperty("quiet", true);
    m_copy->setIcon(icon(QStringLiteral("copy")));
    m_copy->setAutoRaise(true);
    m_copy->setMinimumSize(7 * unit(this), 7 * unit(this));
    m_copy->setAccessibleName(tr("Copy the answer: %1").arg(name(side)));
    m_copy->setObjectName(QStringLiteral("copy"));
    addToHeading(m_status);
    addToHeading(m_copy);
    removePadding();
    const int u = unit(this);
    body()->setContentsMargins(2 * u, u, 0, u);
    body()->addWidget(m_view);
    connect(m_copy, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(m_model->lastAnswer()); });
    const auto update = [this] {
        const bool any = !m_model->lastAnswer().isEmpty();
        m_copy->setEnabled(any);
        m_copy->setToolTip(any ? tr("Copy the last answer") : tr("There is no answer yet"));
    };
    connect(m_model, &QAbstractItemModel::dataChanged, this, update);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, update);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, update);
    connect(m_model, &QAbstractItemModel::modelReset, this, update);
    update();
}

void PlaygroundColumn::setStatus(const QString& status) { m_status->setFullText(status); }
QString PlaygroundColumn::status() const { return m_status->fullText(); }

} // namespace falconer::ui
