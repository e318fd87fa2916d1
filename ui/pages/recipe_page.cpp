// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_page.h"

#include "ui/pages/layer_map_card.h"
#include "ui/pages/memory_plan_card.h"
#include "ui/pages/readiness_card.h"
#include "ui/pages/recipe_editors.h"
#include "ui/pages/recipe_field_row.h"
#include "ui/pages/recipe_form.h"
#include "ui/pages/recipe_header.h"
#include "ui/pages/recipe_help_card.h"
#include "ui/pages/recipe_simple.h"
#include "ui/pages/recipe_summary_card.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/theme/style.h"
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/strip.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace falconer::ui {
namespace {

constexpr auto kAdvancedKey = "recipe/advanced";
/// A window narrower than this has no room for a third column.
constexpr int kWide = 1180;

QVBoxLayout* makeColumn(QWidget* content, int spacing)
{
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(spacing);
    return layout;
}

} // namespace

RecipePage::RecipePage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    // A new user finds a recipe that works; whoever has begun another one, or has chosen defaults, keeps that.
    if (RecipeDraft& draft = workspace.draft();
        draft.isUntouched() && workspace.settings().recipeDefaults().isEmpty()) {
        const std::vector<Preset> known = presets();
        draft.begin(known.front().recipe, known.front().title);
    }
    build();
    connectParts();
    addShortcuts();
    setAdvanced(QSettings().value(QLatin1String(kAdvancedKey)).toBool());
    showReadiness();
}

void RecipePage::build()
{
    const int u = unit(this);
    m_header = new RecipeHeader(m_workspace, this);
    m_strip = new Strip(this);
    auto* left = new QWidget;
    m_leftLayout = makeColumn(left, 3 * u);
    m_simple = new RecipeSimple(m_workspace, left);
    m_form = new RecipeForm(m_workspace.draft(), m_workspace.models(), left);
    m_leftLayout->addWidget(m_simple);
    m_leftLayout->addWidget(m_form);
    m_leftLayout->addStretch(1);
    auto* middle = new QWidget;
    m_middleLayout = makeColumn(middle, 3 * u);
    m_middleLayout->addStretch(1);
    m_right = new QWidget;
    m_rightLayout = makeColumn(m_right, 3 * u);
    m_summary = new RecipeSummaryCard(m_workspace);
    m_readiness = new ReadinessCard;
    m_help = new RecipeHelpCard(m_workspace.draft());

    m_columns = new QSplitter(this);
    m_columns->setObjectName(QStringLiteral("recipeColumns"));
    m_columns->setHandleWidth(3 * u);
    m_columns->setChildrenCollapsible(false);
    m_left = makeScrollArea(left, this);
    m_middle = makeScrollArea(middle, this);
    m_summaryScroll = makeScrollArea(new QWidget, this);
    m_summaryScroll->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_helpScroll = makeScrollArea(new QWidget, this);
    makeColumn(m_summaryScroll->widget(), 0);
    makeColumn(m_helpScroll->widget(), 0);
    m_right->setMinimumWidth(56 * u);
    for (QWidget* column : {static_cast<QWidget*>(m_left), static_cast<QWidget*>(m_middle), m_right})
        m_columns->addWidget(column);
    m_columns->setSizes({92 * u, 150 * u, 61 * u});
    m_columns->setStretchFactor(0, 1);
    m_columns->setStretchFactor(1, 3);
    m_columns->setStretchFactor(2, 0);

    m_pageLayout = new QVBoxLayout(this);
    m_pageLayout->setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u);
    m_pageLayout->setSpacing(3 * u);
    m_pageLayout->addWidget(m_header);
    m_pageLayout->addWidget(m_strip);
    m_pageLayout->addWidget(m_columns, 1);
    m_strip->clear();
    arrange(false);
    addMiddle(new LayerMapCard(m_workspace, this));
    addMiddle(new MemoryPlanCard(m_workspace, this), true);
}

void RecipePage::addMiddle(QWidget* card, bool inSimple)
{
    m_middleLayout->insertWidget(m_middleLayout->count() - 1, card);
    m_middleCards.emplace_back(card, inSimple);
    showMiddle();
}

void RecipePage::showMiddle()
{
    bool any = false;
    for (const auto& [card, inSimple] : m_middleCards) {
        card->setVisible(m_advanced || inSimple);
        any |= m_advanced || inSimple;
    }
    m_middle->setVisible(any);
}

void RecipePage::arrange(bool narrow)
{
    if (m_arranged && narrow == m_narrow)
        return;
    m_arranged = true;
    m_narrow = narrow;
    m_right->setVisible(!narrow);
    m_readiness->setFlat(narrow);
    m_header->setNarrow(narrow);
    if (narrow) {
        // Before the stretch at the end.
        m_leftLayout->insertWidget(m_leftLayout->count() - 1, m_summary);
        m_leftLayout->insertWidget(m_leftLayout->count() - 1, m_help);
        m_pageLayout->addWidget(m_readiness);
    } else {
        m_summaryScroll->widget()->layout()->addWidget(m_summary);
        m_helpScroll->widget()->layout()->addWidget(m_help);
        m_rightLayout->addWidget(m_summaryScroll);
        m_rightLayout->addWidget(m_readiness);
        m_rightLayout->addWidget(m_helpScroll, 1);
    }
}

void RecipePage::connectParts()
{
    RecipeDraft& draft = m_workspace.draft();
    connect(m_header, &RecipeHeader::modeChosen, this, &RecipePage::setAdvanced);
    connect(m_header, &RecipeHeader::failed, this, &RecipePage::showFaults);
    connect(m_header, &RecipeHeader::done, this,
        [this](const QString& what) { m_strip->set(Strip::Meaning::ok, what, {}); });
    connect(m_form, &RecipeForm::helpRequested, this, [this](const std::string& key) {
        m_help->show(key);
        if (m_narrow)
            m_left->ensureWidgetVisible(m_help);
    });
    connect(m_summary, &RecipeSummaryCard::changedRequested, this, [this] {
        setAdvanced(true);
        m_form->showOnlyChanged(true);
    });
    connect(m_readiness, &ReadinessCard::fieldRequested, this, &RecipePage::focusField);
    connect(m_readiness, &ReadinessCard::startRequested, &m_workspace, &Workspace::startDraft);
    connect(&draft, &RecipeDraft::changed, m_strip, &Strip::clear);
    connect(&draft, &RecipeDraft::readinessChanged, this, &RecipePage::showReadiness);
    connect(qApp, &QApplication::focusChanged, this, [this] {
        if (const std::string key = focusedField(); !key.empty())
            m_help->show(key);
    });
}

void RecipePage::showFaults(const std::vector<Fault>& faults)
{
    if (!faults.empty())
        m_strip->set(Strip::Meaning::error, heading(faults.front().code), describe(faults));
}

void RecipePage::addShortcuts()
{
    const auto add = [this](const QKeySequence& keys, const auto& act) {
        // Only a page that is shown hears its shortcuts.
        auto* shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    add(QKeySequence(Qt::Key_F8), [this] { goToFault(1); });
    add(QKeySequence(Qt::SHIFT | Qt::Key_F8), [this] { goToFault(-1); });
    add(QKeySequence(Qt::Key_F1), [this] { toggleHelp(); });
    add(QKeySequence(QKeySequence::Find), [this] {
        setAdvanced(true);
        m_form->filter()->setFocus(Qt::ShortcutFocusReason);
        m_form->filter()->selectAll();
    });
    auto* leave = new QShortcut(QKeySequence(Qt::Key_Escape), m_help);
    leave->setContext(Qt::WidgetWithChildrenShortcut);
    connect(leave, &QShortcut::activated, this, &RecipePage::toggleHelp);
}

void RecipePage::setAdvanced(bool advanced)
{
    const bool other = advanced != m_advanced;
    // A part that goes would hand its focus to whatever comes next, far down the page.
    const QWidget* leaving = advanced ? static_cast<QWidget*>(m_simple) : m_form;
    if (other && leaving->isAncestorOf(QApplication::focusWidget()))
        m_header->setFocus();
    m_advanced = advanced;
    m_header->setAdvanced(advanced);
    m_simple->setVisible(!advanced);
    m_form->setVisible(advanced);
    showMiddle();
    fitLeft();
    if (other)
        m_left->verticalScrollBar()->setValue(0);
    QSettings().setValue(QLatin1String(kAdvancedKey), advanced);
}

std::string RecipePage::focusedField() const
{
    for (QWidget* widget = QApplication::focusWidget(); widget && widget != this; widget = widget->parentWidget())
        if (const auto* editor = qobject_cast<FieldEditor*>(widget); editor && isAncestorOf(editor))
            return editor->key();
    return {};
}

void RecipePage::focusField(const std::string& key)
{
    FieldEditor* editor = m_advanced ? nullptr : m_simple->editor(key);
    if (!editor) {
        const FieldRow* row = m_form->row(key);
        if (!row)
            return;
        setAdvanced(true);
        m_form->reveal(key);
        editor = row->editor();
    }
    editor->target()->setFocus(Qt::ShortcutFocusReason);
    // What has just been shown gets its place in the next turn of the event loop.
    QTimer::singleShot(0, editor, [this, editor] {
        if (editor->isVisible())
            m_left->ensureWidgetVisible(editor, 0, 20 * unit(this));
    });
}

void RecipePage::goToFault(int direction)
{
    const Readiness& readiness = m_workspace.draft().readiness();
    std::vector<std::string> keys;
    std::size_t current = 0;
    bool onFault = false;
    std::size_t before = 0; ///< faults above the field that has the focus
    bool passed = false;
    const std::string focused = focusedField();
    for (const FieldRow* row : m_form->rows()) {
        const bool here = row->key() == focused;
        if (readiness.find(row->key())) {
            if (here) {
                onFault = true;
                current = keys.size();
            }
            keys.push_back(row->key());
            before += passed || here ? 0 : 1;
        }
        passed |= here;
    }
    if (keys.empty())
        return;
    const std::size_t count = keys.size();
    std::size_t next = 0;
    if (onFault)
        next = (current + (direction > 0 ? 1 : count - 1)) % count;
    else if (passed)
        next = direction > 0 ? before % count : (before + count - 1) % count;
    else
        next = direction > 0 ? 0 : count - 1;
    focusField(keys[next]);
}

void RecipePage::toggleHelp()
{
    if (m_help->isAncestorOf(QApplication::focusWidget())) {
        if (m_beforeHelp)
            m_beforeHelp->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    m_beforeHelp = QApplication::focusWidget();
    m_help->setFocus(Qt::ShortcutFocusReason);
    if (m_narrow)
        m_left->ensureWidgetVisible(m_help);
}

void RecipePage::showReadiness()
{
    m_readiness->show(m_workspace.draft().readiness(),
        QDir::toNativeSeparators(QString::fromStdString(m_workspace.nextRunFolder().string())));
}

void RecipePage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange(window()->width() < kWide);
    fitLeft();
    // A scroll area asks for little by itself; what will run is worth being seen whole where there is room.
    m_summaryScroll->setMinimumHeight(std::min(m_summaryScroll->widget()->sizeHint().height(), height() / 2));
}

void RecipePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    // Files may have come and gone while another page was shown.
    m_workspace.draft().judge();
    fitLeft();
}

void RecipePage::fitLeft()
{
    // Nothing is scrolled sideways: the column is at least as wide as its fields in this language, with the bar beside.
    const int bar = m_left->verticalScrollBar()->sizeHint().width() + 2;
    const int left = std::max(80 * unit(this), m_left->widget()->minimumSizeHint().width() + bar);
    m_left->setMinimumWidth(left);
    // In a narrow window with long words the cards go below the form instead of beside it.
    const int both = left + m_middle->widget()->minimumSizeHint().width() + bar + m_columns->handleWidth();
    m_columns->setOrientation(m_narrow && both > m_columns->width() ? Qt::Vertical : Qt::Horizontal);
}

} // namespace falconer::ui
