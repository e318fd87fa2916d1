// SPDX-License-Identifier: GPL-3.0-or-later
// How the playground is put together; what it does is in playground_page.cpp.
#include "ui/pages/playground_page.h"

#include "ui/models/chat_model.h"
#include "ui/pages/adapter_picker.h"
#include "ui/pages/playground_composer.h"
#include "ui/pages/playground_settings.h"
#include "ui/session/workspace.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/chat_view.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

namespace falconer::ui {

void PlaygroundPage::build()
{
    const int u = unit(this);
    m_header = new PageHeader(Rail::name(PageId::playground), this);
    m_state = new Pill(m_header);
    m_header->addState(m_state);
    m_unload = new QPushButton(tr("Free memory"), m_header);
    m_unload->setObjectName(QStringLiteral("unload"));
    m_newChat = new QPushButton(icon(QStringLiteral("plus")), tr("New chat"), m_header);
    m_newChat->setObjectName(QStringLiteral("newChat"));
    m_showSettings = new QToolButton(m_header);
    m_showSettings->setObjectName(QStringLiteral("showSettings"));
    m_showSettings->setIcon(icon(QStringLiteral("recipe")));
    m_showSettings->setText(tr("Sampling"));
    m_showSettings->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_showSettings->setCheckable(true);
    m_showSettings->setMinimumHeight(7 * u);
    m_showSettings->setFocusPolicy(Qt::StrongFocus);
    m_showSettings->setAccessibleName(tr("Show prompt format and sampling"));
    m_showSettings->setToolTip(tr("Prompt format, system prompt, sampling and device"));
    m_header->addAction(m_unload);
    m_header->addAction(m_newChat);
    m_header->addAction(m_showSettings);

    m_picker = new AdapterPicker(m_workspace, AdapterPicker::Without::baseModel, this);
    m_notice = new Strip(this);
    m_notice->setObjectName(QStringLiteral("notice"));
    m_fault = new Strip(this);
    m_fault->setObjectName(QStringLiteral("fault"));
    m_onCpu = new QPushButton(icon(QStringLiteral("cpu")), tr("Answer on the CPU"), this);
    m_onCpu->setObjectName(QStringLiteral("onCpu"));
    m_onCpu->setToolTip(tr("Loads the model into the computer's own memory and asks again there; slower"));
    m_fresh = new QPushButton(icon(QStringLiteral("plus")), tr("Begin a new chat"), this);
    m_fresh->setObjectName(QStringLiteral("fresh"));
    m_fresh->setToolTip(tr("Forgets both conversations; the prompt stays"));
    m_trouble = new QWidget(this);
    auto* trouble = new QHBoxLayout(m_trouble);
    trouble->setContentsMargins({});
    trouble->setSpacing(2 * u);
    trouble->addWidget(m_fault, 1);
    trouble->addWidget(m_onCpu, 0, Qt::AlignTop);
    trouble->addWidget(m_fresh, 0, Qt::AlignTop);
    m_trouble->hide();

    m_stack = new QStackedWidget(this);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildChat());

    m_settings = new PlaygroundSettings(this);
    m_settingsArea = makeScrollArea(m_settings, this);

    auto* main = new QVBoxLayout;
    main->setSpacing(2 * u);
    main->addWidget(m_picker);
    main->addWidget(m_notice);
    main->addWidget(m_trouble);
    main->addWidget(m_stack, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(3 * u);
    row->addLayout(main, 1);
    row->addWidget(m_settingsArea);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u);
    layout->setSpacing(3 * u);
    layout->addWidget(m_header);
    layout->addLayout(row, 1);
    buildKeys();
    connectParts();
}

QWidget* PlaygroundPage::buildEmpty()
{
    const int u = unit(this);
    auto* card = new Card({}, this);
    card->setObjectName(QStringLiteral("empty"));
    QLabel* heading = makeHeading(tr("Choose a run"), card);
    auto* text = new QLabel(tr("Its adapter answers here beside the base model, so that you see what training changed. "
                               "Without a run the base model of the recipe answers alone; SmolLM2-135M-Instruct is a "
                               "small one to begin with."),
        card);
    text->setWordWrap(true);
    text->setProperty("quiet", true);
    auto* runs = new QPushButton(icon(QStringLiteral("runs")), tr("Show runs"), card);
    runs->setObjectName(QStringLiteral("showRuns"));
    auto* base = new QPushButton(icon(QStringLiteral("model")), tr("Use the base model only"), card);
    base->setObjectName(QStringLiteral("useBase"));
    runs->setToolTip(tr("The Runs page lists them with their losses (Ctrl+6)"));
    base->setToolTip(tr("Talks to the recipe's model, without an adapter"));
    m_starter = new QPushButton(icon(QStringLiteral("model")), tr("Use SmolLM2"), card);
    m_starter->setObjectName(QStringLiteral("useStarter"));
    m_starter->setToolTip(tr("Puts SmolLM2-135M-Instruct into the recipe and talks to it"));
    m_starter->hide();
    connect(m_starter, &QPushButton::clicked, this, [this] {
        m_workspace.useModel(m_starterModel);
        m_picker->chooseBaseModel();
        m_composer->focusPrompt();
    });
    connect(runs, &QPushButton::clicked, this, [this] { m_workspace.show(PageId::runs); });
    connect(base, &QPushButton::clicked, this, [this] {
        m_picker->chooseBaseModel();
        m_composer->focusPrompt();
    });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(2 * u);
    buttons->addWidget(runs);
    buttons->addWidget(base);
    buttons->addWidget(m_starter);
    buttons->addStretch();
    card->body()->addWidget(heading);
    card->body()->addWidget(text);
    card->body()->addLayout(buttons);
    card->body()->addStretch();
    return card;
}

QWidget* PlaygroundPage::buildChat()
{
    const int u = unit(this);
    auto* page = new QWidget(this);
    m_base = new PlaygroundColumn(PlaygroundSide::base, page);
    m_base->setObjectName(QStringLiteral("baseColumn"));
    m_tuned = new PlaygroundColumn(PlaygroundSide::tuned, page);
    m_tuned->setObjectName(QStringLiteral("tunedColumn"));
    m_columns = new QSplitter(Qt::Horizontal, page);
    m_columns->setObjectName(QStringLiteral("playgroundColumns"));
    m_columns->setChildrenCollapsible(false);
    m_columns->setHandleWidth(3 * u);
    m_columns->addWidget(m_base);
    m_columns->addWidget(m_tuned);
    m_composer = new PlaygroundComposer(page);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->setSpacing(3 * u);
    layout->addWidget(m_columns, 1);
    layout->addWidget(m_composer);
    return page;
}

void PlaygroundPage::buildKeys()
{
    const auto key = [this](const QKeySequence& keys, const auto& action) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, action);
        return shortcut;
    };
    key(QKeySequence(tr("Ctrl+Return")), [this] { send(); });
    key(QKeySequence(tr("Ctrl+Enter")), [this] { send(); });
    key(QKeySequence(tr("Ctrl+Shift+N")), [this] { newChat(); });
    QShortcut* stop = key(QKeySequence(Qt::Key_Escape), [this] { m_bridge->stop(); });
    stop->setEnabled(false); // Esc means other things while nothing is written
    connect(m_bridge, &PlaygroundBridge::stateChanged, stop, [this, stop] { stop->setEnabled(m_bridge->isBusy()); });
}

void PlaygroundPage::connectParts()
{
    connect(m_newChat, &QPushButton::clicked, this, &PlaygroundPage::newChat);
    connect(m_fresh, &QPushButton::clicked, this, &PlaygroundPage::newChat);
    connect(m_onCpu, &QPushButton::clicked, this, &PlaygroundPage::answerOnCpu);
    connect(m_unload, &QPushButton::clicked, m_bridge, &PlaygroundBridge::unload);
    connect(m_showSettings, &QToolButton::clicked, this, [this] {
        m_settingsByHand = true;
        arrange();
    });
    connect(m_picker, &AdapterPicker::changed, this, &PlaygroundPage::onPicked);
    connect(m_settings, &PlaygroundSettings::edited, this, &PlaygroundPage::updateState);
    connect(m_settings, &PlaygroundSettings::templateRequested, this, &PlaygroundPage::showTemplate);
    connect(m_composer, &PlaygroundComposer::sendRequested, this, &PlaygroundPage::send);
    connect(m_composer, &PlaygroundComposer::stopRequested, m_bridge, &PlaygroundBridge::stop);
    connect(m_bridge, &PlaygroundBridge::stateChanged, this, &PlaygroundPage::updateState);
    connect(m_bridge, &PlaygroundBridge::phaseChanged, this, &PlaygroundPage::onPhase);
    connect(m_bridge, &PlaygroundBridge::ready, this, [this](const QString& device) {
        m_device = device;
        updateState();
    });
    connect(m_bridge, &PlaygroundBridge::promptRendered, this,
        [this](PlaygroundSide side, const QString& text) { m_rendered[static_cast<int>(side)] = text; });
    connect(m_bridge, &PlaygroundBridge::textArrived, this,
        [this](PlaygroundSide side, const QString& text) { column(side)->model()->append(text); });
    connect(m_bridge, &PlaygroundBridge::answered, this, &PlaygroundPage::onAnswered);
    connect(m_bridge, &PlaygroundBridge::ended, this, &PlaygroundPage::onEnded);
    connect(&m_workspace.run(), &RunController::stateChanged, this, &PlaygroundPage::updateNotice);
}

void PlaygroundPage::arrange()
{
    const int u = unit(this);
    if (!m_settingsByHand)
        m_showSettings->setChecked(roomFor(this) >= 270 * u);
    m_settingsArea->setVisible(m_showSettings->isChecked());
    const int wanted = m_settings->sizeHint().width() + m_settingsArea->verticalScrollBar()->sizeHint().width();
    m_settingsArea->setFixedWidth(qBound(62 * u, wanted, 120 * u));
    // Two columns of text need room for lines that can be read.
    const int room = roomFor(this) - 8 * u - (m_showSettings->isChecked() ? m_settingsArea->width() + 3 * u : 0);
    m_columns->setOrientation(room >= 170 * u ? Qt::Horizontal : Qt::Vertical);
}

} // namespace falconer::ui
