// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data_mapping.h"

#include "core/text/named_templates.h"
#include "ui/pages/data_file_list.h"
#include "ui/pages/data_files.h"
#include "ui/pages/file_dialogs.h"
#include "ui/session/data_session.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/theme/style.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/number_spin.h"
#include "ui/widgets/text_labels.h"

#include <QComboBox>
#include <QFileInfo>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace falconer::ui {
namespace {

constexpr std::array kFormats{"auto", "prompt-completion", "alpaca", "sharegpt", "messages", "text"};
constexpr std::array kLosses{"completion", "assistant", "all"};
constexpr double kMostShare = 90; // percent
const QString kFromFile = QStringLiteral("\n"); // no template has this name

/// The columns that make a row of the format.
QStringList rolesOf(RowFormat format)
{
    switch (format) {
    case RowFormat::promptCompletion: return {QStringLiteral("prompt"), QStringLiteral("completion")};
    case RowFormat::alpaca: return {QStringLiteral("instruction"), QStringLiteral("input"), QStringLiteral("output")};
    case RowFormat::sharegpt: return {QStringLiteral("conversations")};
    case RowFormat::messages: return {QStringLiteral("messages")};
    case RowFormat::text: return {QStringLiteral("text")};
    }
    return {};
}

QString roleLabel(const QString& role)
{
    QString label = role;
    label[0] = label[0].toUpper();
    return label;
}

RowFormat formatFor(const DataSettings& settings, const DataSession& session)
{
    for (const RowFormat format :
        {RowFormat::promptCompletion, RowFormat::alpaca, RowFormat::sharegpt, RowFormat::messages, RowFormat::text})
        if (settings.format == name(format))
            return format;
    if (!session.files().empty() && session.files().front().format)
        return *session.files().front().format;
    return RowFormat::promptCompletion; // what an unknown file is most easily mapped to
}

/// What a column or file may take of the row of fields, in units.
constexpr int kWidest = 40;

/// Names that somebody else chose may be of any length: cut in the middle, whole in the tooltip.
QString cut(const QString& name, const QWidget* widget)
{
    return widget->fontMetrics().elidedText(name, Qt::ElideMiddle, kWidest * unit(widget));
}

void addName(QComboBox* box, int index, const QString& name, const QString& value)
{
    box->insertItem(index, cut(name, box), value);
    box->setItemData(index, name, Qt::ToolTipRole);
}

void select(QComboBox* box, const QString& value)
{
    const QSignalBlocker blocker(box);
    box->setCurrentIndex(box->findData(value));
}

} // namespace

DataMapping::DataMapping(Workspace& workspace, DataSession& session, QWidget* parent)
    : Card({}, parent)
    , m_workspace(workspace)
    , m_session(session)
    , m_fields(new FlowLayout)
    , m_format(makeBox())
    , m_formatWhy(makeCaption({}, this))
    , m_template(makeBox())
    , m_templateWhy(makeCaption({}, this))
    , m_loss(makeBox())
    , m_lossWhy(makeCaption({}, this))
    , m_share(new NumberSpin(this))
    , m_validationFile(new QPushButton(tr("Choose a file…"), this))
    , m_useShare(new QPushButton(tr("Use a share"), this))
    , m_validationWhy(makeCaption({}, this))
    , m_files(new DataFileList(workspace, session, this))
{
    setAccessibleName(tr("How rows are read"));
    const int u = unit(this);
    m_fields->setSpacing(3 * u);
    body()->addLayout(m_fields);
    body()->addWidget(m_files);
    for (const char* format : kFormats)
        m_format->addItem(QString::fromLatin1(format), QString::fromLatin1(format));
    addField(tr("For&mat"), "data.format", m_format, m_formatWhy);
    connect(m_format, &QComboBox::activated, this, [this] {
        const std::string format = m_format->currentData().toString().toStdString();
        m_workspace.draft().edit({"data.format"}, tr("Format"), [&](Recipe& recipe) { recipe.data.format = format; });
    });
    for (const char* role :
        {"prompt", "completion", "instruction", "input", "output", "conversations", "messages", "text"}) {
        Role added{QString::fromLatin1(role), nullptr, makeBox(), makeCaption({}, this)};
        added.field = addField(roleLabel(added.name), "data.columns", added.box, added.caption);
        connect(added.box, &QComboBox::activated, this,
            [this, box = added.box, name = added.name] { setColumn(name, box->currentData().toString()); });
        m_roles.push_back(added);
    }

    m_template->addItem(tr("auto"), QStringLiteral("auto"));
    m_template->addItem(tr("none"), QStringLiteral("none"));
    for (const std::string& name : namedTemplates())
        m_template->addItem(toQString(name), toQString(name));
    m_template->addItem(tr("From a file…"), kFromFile);
    addField(tr("&Template"), "data.template", m_template, m_templateWhy);
    connect(m_template, &QComboBox::activated, this, [this] { chooseTemplate(m_template->currentData().toString()); });

    for (const char* loss : kLosses)
        m_loss->addItem(QString::fromLatin1(loss), QString::fromLatin1(loss));
    addField(tr("&Loss on"), "data.loss_on", m_loss, m_lossWhy);
    connect(m_loss, &QComboBox::activated, this, [this] {
        const std::string loss = m_loss->currentData().toString().toStdString();
        m_workspace.draft().edit({"data.loss_on"}, tr("Loss on"), [&](Recipe& recipe) { recipe.data.lossOn = loss; });
    });
    buildValidation();
    refresh();
}

QComboBox* DataMapping::makeBox()
{
    auto* box = new QComboBox(this);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setMinimumContentsLength(6);
    return box;
}

QWidget* DataMapping::addField(const QString& label, const std::string& key, QWidget* control, QLabel* caption)
{
    const int u = unit(this);
    auto* field = new QWidget(this);
    auto* layout = new QVBoxLayout(field);
    layout->setContentsMargins({});
    layout->setSpacing(u);
    auto* name = makeCaption(label, field);
    auto* target = control->focusProxy() ? control->focusProxy() : control;
    name->setBuddy(target);
    QString plain = label;
    target->setAccessibleName(plain.remove(QLatin1Char('&')));
    target->setAccessibleDescription(fieldHelp(key));
    target->setToolTip(fieldHelp(key));
    target->setWhatsThis(fieldHelp(key));
    caption->setTextFormat(Qt::PlainText);
    layout->addWidget(name);
    layout->addWidget(control);
    layout->addWidget(caption);
    m_fields->addWidget(field);
    return field;
}

void DataMapping::buildValidation()
{
    auto* control = new QWidget(this);
    auto* layout = new QHBoxLayout(control);
    layout->setContentsMargins({});
    layout->setSpacing(2 * unit(this));
    m_share->setRange(0, kMostShare);
    m_share->setDecimals(2);
    m_share->setSuffix(tr(" %"));
    m_share->setKeyboardTracking(false);
    control->setFocusProxy(m_share);
    m_validationFile->setToolTip(tr("Validates on the rows of a file of its own."));
    m_useShare->setToolTip(tr("Holds back a share of the training rows instead of a file."));
    layout->addWidget(m_share);
    layout->addWidget(m_useShare);
    layout->addWidget(m_validationFile);
    addField(tr("Vali&dation"), "data.validation", control, m_validationWhy);
    connect(m_share, &QDoubleSpinBox::valueChanged, this, [this](double percent) {
        m_workspace.draft().edit(
            {"data.validation"}, tr("Validation"), [&](Recipe& recipe) { recipe.data.validation = percent / 100; });
    });
    connect(m_useShare, &QPushButton::clicked, this, [this] {
        m_workspace.draft().edit({"data.validation"}, tr("Validation"),
            [](Recipe& recipe) { recipe.data.validation = DataSettings{}.validation; });
        m_share->setFocus();
    });
    connect(m_validationFile, &QPushButton::clicked, this, &DataMapping::askForValidation);
}

QComboBox* DataMapping::roleBox(const QString& role) const
{
    for (const Role& each : m_roles)
        if (each.name == role)
            return each.box;
    return nullptr;
}

void DataMapping::refresh()
{
    const DataSettings& settings = m_workspace.draft().recipe().data;
    const auto& files = m_session.files();
    select(m_format, toQString(settings.format));
    if (files.empty())
        m_formatWhy->clear();
    else if (!files.front().format)
        m_formatWhy->setText(files.front().unrecognised ? tr("not recognised") : tr("reading"));
    else if (settings.format == "auto")
        m_formatWhy->setText(toQString(name(*files.front().format)));
    else
        m_formatWhy->setText(tr("as chosen"));
    const QString why = files.empty() ? QString() : toQString(files.front().why);
    m_formatWhy->setToolTip(why);
    m_format->setAccessibleDescription(
        why.isEmpty() ? fieldHelp("data.format") : m_formatWhy->text() + QStringLiteral(": ") + why);
    setLook(m_formatWhy, "bad", !files.empty() && files.front().unrecognised.has_value());
    select(m_loss, toQString(settings.lossOn));
    m_lossWhy->setText(settings.lossOn == "all" ? tr("every token is learned")
            : settings.lossOn == "assistant"    ? tr("only answers are learned")
                                                : tr("prompts are masked"));
    refreshRoles();
    refreshTemplate();
    refreshValidation();
    m_files->refresh();
}

void DataMapping::refreshRoles()
{
    const DataSettings& settings = m_workspace.draft().recipe().data;
    const QStringList wanted = rolesOf(formatFor(settings, m_session));
    QStringList columns;
    if (!m_session.files().empty())
        for (const std::string& column : m_session.files().front().columns)
            columns << toQString(column);
    for (const Role& role : m_roles) {
        role.field->setVisible(wanted.contains(role.name));
        if (!wanted.contains(role.name))
            continue;
        const auto mapped = settings.columns.find(role.name.toStdString());
        const QString column = mapped == settings.columns.end() ? role.name : toQString(mapped->second);
        const bool found = columns.contains(column);
        QStringList choices = columns;
        if (!found && mapped != settings.columns.end())
            choices << column;
        const QSignalBlocker blocker(role.box);
        QStringList shown;
        for (int i = 0; i < role.box->count(); ++i)
            shown << role.box->itemData(i).toString();
        if (shown != choices) {
            role.box->clear();
            for (const QString& choice : choices)
                addName(role.box, role.box->count(), choice, choice);
        }
        role.box->setCurrentIndex(role.box->findData(column));
        role.box->setPlaceholderText(role.name == QLatin1String("input") ? tr("none") : tr("choose a column"));
        const bool optional = role.name == QLatin1String("input");
        const bool missing = !found && !columns.isEmpty() && !optional;
        role.caption->setText(missing ? tr("no such column")
                : column != role.name ? tr("mapped")
                : !found && optional  ? tr("may be absent")
                                      : tr("by its name"));
        setLook(role.caption, "bad", missing);
    }
    m_fields->invalidate();
}

void DataMapping::refreshTemplate()
{
    const QString value = toQString(m_workspace.draft().recipe().data.templateName);
    const int index = m_template->findData(value);
    const QSignalBlocker blocker(m_template);
    if (index < 0)
        addName(m_template, m_template->count() - 1, QFileInfo(value).fileName(), value);
    m_template->setCurrentIndex(m_template->findData(value));
    const RowFormat format = formatFor(m_workspace.draft().recipe().data, m_session);
    const bool chat = format == RowFormat::messages || format == RowFormat::sharegpt;
    if (value == QLatin1String("none"))
        m_templateWhy->setText(tr("rows stand as they are"));
    else if (value == QLatin1String("auto"))
        m_templateWhy->setText(chat ? tr("the model's own") : tr("rows stand as they are"));
    else
        m_templateWhy->setText(tr("as chosen"));
}

void DataMapping::refreshValidation()
{
    const Recipe& recipe = m_workspace.draft().recipe();
    const auto* share = std::get_if<double>(&recipe.data.validation);
    m_share->setVisible(share);
    m_useShare->setVisible(!share);
    if (share) {
        const QSignalBlocker blocker(m_share);
        m_share->setValue(*share * 100);
    }
    m_validationWhy->setToolTip({});
    const QString rows
        = m_session.sidesKnown() ? tr("%n row(s)", nullptr, static_cast<int>(m_session.heldRows())) : QString();
    if (!share) {
        const QString path = toQString(std::get<std::string>(recipe.data.validation));
        const QString file = cut(QFileInfo(path).fileName(), m_validationWhy);
        m_validationWhy->setText(rows.isEmpty() ? file : tr("%1, %2").arg(file, rows));
        m_validationWhy->setToolTip(path);
    } else if (*share == 0) {
        m_validationWhy->setText(tr("none"));
    } else {
        const QString seed = tr("seed %1").arg(recipe.training.seed);
        m_validationWhy->setText(rows.isEmpty() ? seed : tr("%1, %2").arg(rows, seed));
    }
}

void DataMapping::setColumn(const QString& role, const QString& column)
{
    m_workspace.draft().edit({"data.columns"}, tr("Columns"), [&](Recipe& recipe) {
        if (role == column)
            recipe.data.columns.erase(role.toStdString());
        else
            recipe.data.columns[role.toStdString()] = column.toStdString();
    });
}

void DataMapping::chooseTemplate(const QString& value)
{
    if (value == kFromFile) {
        refreshTemplate(); // the box shows what is in force until a file is chosen
        askForTemplate();
        return;
    }
    m_workspace.draft().edit(
        {"data.template"}, tr("Template"), [&](Recipe& recipe) { recipe.data.templateName = value.toStdString(); });
}

void DataMapping::askForTemplate()
{
    askForFile(this, tr("Choose a chat template"), tr("Templates (*.jinja *.txt);;All files (*)"),
        [this](const QString& file) { chooseTemplate(file); });
}

void DataMapping::askForValidation()
{
    askForFile(
        this, tr("Choose a validation file"), dataFileFilter(),
        [this](const QString& file) {
            m_workspace.draft().edit({"data.validation"}, tr("Validation"),
                [&](Recipe& recipe) { recipe.data.validation = file.toStdString(); });
        },
        m_workspace.settings().dataFolder());
}

} // namespace falconer::ui
