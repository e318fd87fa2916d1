// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings_page.h"

#include "core/config/fields.h"
#include "core/run/recipe_values.h"
#include "ui/pages/settings_folder_row.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/path_field.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/scroll_area.h"
#include "ui/widgets/text_labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QThread>
#include <QVBoxLayout>

#include <algorithm>

namespace falconer::ui {
namespace {

QVBoxLayout* column(QWidget* parent, int spacing)
{
    auto* layout = new QVBoxLayout(parent);
    layout->setContentsMargins({});
    layout->setSpacing(spacing);
    return layout;
}

} // namespace

SettingsPage::SettingsPage(Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    const int u = unit(this);
    auto* header = new PageHeader(Rail::name(PageId::settings), this);
    header->setFacts(tr("saved as you change them"));
    auto* content = new QWidget;
    m_grid = new QGridLayout(content);
    m_grid->setContentsMargins({});
    m_grid->setSpacing(3 * u);
    m_left = new QWidget(content);
    QVBoxLayout* leftColumn = column(m_left, 3 * u);
    for (Card* card : {buildLook(), buildFolders(), buildMachine()})
        leftColumn->addWidget(card, 0, Qt::AlignTop);
    leftColumn->addStretch();
    m_right = new QWidget(content);
    QVBoxLayout* rightColumn = column(m_right, 3 * u);
    for (Card* card : {buildDefaults(), buildNotifications(), buildPrivacy()})
        rightColumn->addWidget(card, 0, Qt::AlignTop);
    rightColumn->addStretch();
    m_grid->addWidget(m_left, 0, 0);
    m_grid->addWidget(m_right, 0, 1);
    auto* scroll = makeScrollArea(content, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * u, 3 * u, 4 * u, 3 * u);
    layout->setSpacing(3 * u);
    layout->addWidget(header);
    layout->addWidget(scroll, 1);
}

void SettingsPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Side by side where both columns have room in this language, else one below the other.
    const int wanted = 2 * std::max(m_left->minimumSizeHint().width(), m_right->minimumSizeHint().width());
    const bool wide = wanted + 16 * unit(this) <= width();
    m_grid->addWidget(m_right, wide ? 0 : 1, wide ? 1 : 0);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, wide ? 1 : 0);
}

QFormLayout* SettingsPage::makeForm(Card* card)
{
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(3 * unit(this));
    form->setVerticalSpacing(2 * unit(this));
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    card->body()->addLayout(form);
    return form;
}

void SettingsPage::addRow(QFormLayout* form, const QString& label, QWidget* control, const QString& help, QWidget* row)
{
    auto* name = new QLabel(label, this);
    name->setBuddy(control);
    name->setToolTip(help);
    control->setToolTip(help);
    control->setWhatsThis(help);
    control->setAccessibleName(QString(label).remove(QLatin1Char('&')));
    control->setAccessibleDescription(help);
    control->setMinimumHeight(7 * unit(this));
    form->addRow(name, row ? row : control);
}

Card* SettingsPage::buildLook()
{
    AppSettings& settings = m_workspace.settings();
    auto* card = new Card(tr("Look and language"), this);
    QFormLayout* form = makeForm(card);
    auto* theme = new QComboBox(card);
    theme->setObjectName(QStringLiteral("theme"));
    theme->addItems({tr("As the system"), tr("Light"), tr("Dark")});
    theme->setCurrentIndex(static_cast<int>(settings.theme()));
    connect(theme, &QComboBox::activated, this,
        [&settings](int index) { settings.setTheme(static_cast<Theme::Choice>(index)); });
    addRow(form, tr("&Theme"), theme, tr("Colours of the window. A high-contrast system palette is left alone."));
    auto* language = new QComboBox(card);
    language->setObjectName(QStringLiteral("language"));
    language->addItem(tr("As the system"), QString());
    language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    language->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
    language->setCurrentIndex(std::max(0, language->findData(settings.language())));
    QLabel* later = makeCaption(tr("Takes effect when Falconer starts the next time."), card);
    later->setWordWrap(true);
    later->hide();
    connect(language, &QComboBox::activated, this, [&settings, language, later] {
        settings.setLanguage(language->currentData().toString());
        later->show();
    });
    addRow(form, tr("&Language"), language, later->text());
    form->addRow(QString(), later);
    return card;
}

Card* SettingsPage::buildFolders()
{
    AppSettings& settings = m_workspace.settings();
    auto* card = new Card(tr("Folders"), this);
    QFormLayout* form = makeForm(card);
    const auto add = [&](const char* name, const QString& label, const QString& help, const QString& fallback,
                         QString (AppSettings::*value)() const, void (AppSettings::*save)(const QString&)) {
        auto* row = new SettingsFolderRow(QString(label).remove(QLatin1Char('&')), help, fallback, card);
        row->field()->setObjectName(QString::fromLatin1(name));
        row->follow((settings.*value)());
        connect(row, &SettingsFolderRow::chosen, &settings, save);
        // Other pages choose folders, too.
        connect(&settings, &AppSettings::changed, row, [&settings, row, value] { row->follow((settings.*value)()); });
        addRow(form, label, row->field(), help, row);
    };
    add("runsFolder", tr("R&uns"), tr("Where a run goes whose recipe lies in no file."),
        QString::fromStdString(m_workspace.services().runsRoot.string()), &AppSettings::runsFolder,
        &AppSettings::setRunsFolder);
    add("dataFolder", tr("&Data"), tr("Where the dialogs for data sets begin."), QDir::homePath(),
        &AppSettings::dataFolder, &AppSettings::setDataFolder);
    auto* models = new QPushButton(tr("Choose on the Model page"), card);
    connect(models, &QPushButton::clicked, this, [this] { m_workspace.show(PageId::model); });
    addRow(form, tr("&Models"), models, tr("Folders that are searched for models are added on the Model page."));
    return card;
}

Card* SettingsPage::buildMachine()
{
    AppSettings& settings = m_workspace.settings();
    auto* card = new Card(tr("Device and threads"), this);
    QFormLayout* form = makeForm(card);
    addDefault(form, "device", tr("Dev&ice"));
    auto* threads = new QSpinBox(card);
    threads->setObjectName(QStringLiteral("threads"));
    threads->setRange(0, 1024);
    threads->setSpecialValueText(tr("all %1").arg(QThread::idealThreadCount()));
    threads->setValue(settings.threads());
    connect(threads, &QSpinBox::valueChanged, &settings, &AppSettings::setThreads);
    addRow(form, tr("CPU thread&s"), threads,
        tr("How many threads compute on the CPU. Fewer leave room for other work. Takes effect at the next start."));
    return card;
}

void SettingsPage::addDefault(QFormLayout* form, const char* key, const QString& label)
{
    AppSettings& settings = m_workspace.settings();
    const FieldInfo* info = findField(key);
    std::string standard;
    for (const RecipeValue& value : recipeValues({}))
        if (value.key == key)
            standard = value.yaml;
    const QString name = QString::fromLatin1(key);
    auto* box = new QComboBox(this);
    box->setObjectName(QStringLiteral("default:") + name);
    box->setEditable(info->choices.empty());
    for (const std::string_view choice : info->choices)
        box->addItem(toQString(choice));
    const QString now = settings.recipeDefaults().value(name, toQString(standard)).toString();
    if (box->isEditable())
        box->setEditText(now);
    else
        box->setCurrentText(now);
    auto* row = new QWidget(this);
    auto* fault = new FaultLabel(row);
    fault->setObjectName(QStringLiteral("fault:") + name);
    QVBoxLayout* rows = column(row, unit(this));
    rows->addWidget(box);
    rows->addWidget(fault);
    const auto save = [&settings, box, fault, name, standard] {
        Recipe trial;
        const QString value = box->currentText().trimmed();
        try {
            setRecipeValue(trial, name.toStdString(), value.toStdString());
        } catch (const Error& error) {
            // What was typed stays to be corrected.
            const QString old = settings.recipeDefaults().value(name, toQString(standard)).toString();
            fault->setFault(describe(error.faults().front()) + QLatin1Char(' ') + tr("%1 stays in force.").arg(old));
            return;
        }
        fault->setFault({});
        QVariantMap defaults = settings.recipeDefaults();
        if (value == toQString(standard))
            defaults.remove(name);
        else
            defaults.insert(name, value);
        settings.setRecipeDefaults(defaults);
    };
    connect(box, &QComboBox::activated, this, save);
    if (QLineEdit* line = box->lineEdit())
        connect(line, &QLineEdit::editingFinished, this, save);
    addRow(form, label, box, fieldHelp(key), row);
}

Card* SettingsPage::buildDefaults()
{
    auto* card = new Card(tr("New recipes begin with"), this);
    QFormLayout* form = makeForm(card);
    addDefault(form, "lora.rank", tr("R&ank"));
    addDefault(form, "quantization.type", tr("&Quantization"));
    addDefault(form, "quantization.compute_dtype", tr("&Compute type"));
    addDefault(form, "training.optimizer", tr("&Optimizer"));
    addDefault(form, "sentinel.action", tr("When overfittin&g"));
    addDefault(form, "logging.wandb", tr("&Weights && Biases"));
    auto* board = new QCheckBox(tr("Write TensorBoard event files"), card);
    board->setObjectName(QStringLiteral("tensorboard"));
    AppSettings& settings = m_workspace.settings();
    const QString key = QStringLiteral("logging.tensorboard");
    board->setChecked(settings.recipeDefaults().value(key, QStringLiteral("true")).toString() == QLatin1String("true"));
    connect(board, &QCheckBox::toggled, this, [&settings, key](bool on) {
        QVariantMap defaults = settings.recipeDefaults();
        if (on)
            defaults.remove(key);
        else
            defaults.insert(key, QStringLiteral("false"));
        settings.setRecipeDefaults(defaults);
    });
    board->setToolTip(fieldHelp("logging.tensorboard"));
    board->setWhatsThis(board->toolTip());
    form->addRow(board);
    return card;
}

Card* SettingsPage::buildNotifications()
{
    AppSettings& settings = m_workspace.settings();
    auto* card = new Card(tr("Notifications"), this);
    auto* box = new QCheckBox(tr("Tell me when a run is done, has failed or begins to overfit"), card);
    box->setObjectName(QStringLiteral("notifications"));
    box->setChecked(settings.notifications());
    box->setToolTip(tr("A notification of the desktop, where the desktop shows them. The log has the same lines."));
    box->setWhatsThis(box->toolTip());
    connect(box, &QCheckBox::toggled, &settings, &AppSettings::setNotifications);
    auto* tour = new QPushButton(tr("Show the tour again"), card);
    tour->setObjectName(QStringLiteral("tourAgain"));
    tour->setToolTip(tr("Home offers it again"));
    connect(tour, &QPushButton::clicked, this, [this, &settings] {
        settings.setTourSeen(false);
        m_workspace.show(PageId::home);
    });
    card->body()->addWidget(box);
    card->body()->addWidget(tour, 0, Qt::AlignLeading);
    return card;
}

Card* SettingsPage::buildPrivacy()
{
    AppSettings& settings = m_workspace.settings();
    auto* card = new Card(tr("Privacy"), this);
    auto* offline = new QCheckBox(tr("Stay offline: refuse recipes that send metrics"), card);
    offline->setObjectName(QStringLiteral("offline"));
    offline->setChecked(settings.offline());
    offline->setToolTip(tr("A recipe with logging.wandb: online cannot start then."));
    offline->setWhatsThis(offline->toolTip());
    connect(offline, &QCheckBox::toggled, &settings, &AppSettings::setOffline);
    auto* text = makeCaption(tr("Falconer sends nothing: no usage data, no crash reports, no look for updates, and it "
                                "opens no port. Models and "
                                "data stay where they are. Only a recipe with logging.wandb: online sends anything: it "
                                "runs your own wandb program "
                                "on the run's folder, with your own key."),
        card);
    text->setWordWrap(true);
    card->body()->addWidget(offline);
    card->body()->addWidget(text);
    return card;
}

} // namespace falconer::ui
