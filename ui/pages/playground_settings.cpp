// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/playground_settings.h"

#include "ui/session/run_adapters.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_spin.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/text_labels.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <limits>

namespace falconer::ui {
namespace {

constexpr int kNewTokens = 256;
constexpr int kSeed = 42;

void explain(QWidget* field, const QString& name, const QString& help)
{
    field->setAccessibleName(name);
    field->setAccessibleDescription(help);
    field->setToolTip(help);
    field->setWhatsThis(help);
}

/// The label is as high as its field, so that their texts stand on one line.
void addRow(QFormLayout* form, const QString& text, QWidget* field)
{
    auto* label = new QLabel(text, field->parentWidget());
    label->setBuddy(field);
    label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    form->addRow(label, field);
}

QLabel* makeNote(QWidget* parent)
{
    QLabel* note = makeCaption({}, parent);
    note->setWordWrap(true);
    note->setTextFormat(Qt::PlainText);
    return note;
}

} // namespace

PlaygroundSettings::PlaygroundSettings(QWidget* parent)
    : QWidget(parent)
{
    const int u = unit(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(3 * u);
    layout->addWidget(buildFormat());
    layout->addWidget(buildSampling());
    layout->addStretch();
    setModel(nullptr);
}

QWidget* PlaygroundSettings::buildFormat()
{
    auto* card = new Card(tr("Prompt format"), this);
    m_format = new Segments({tr("Chat"), tr("Plain text")}, card);
    m_format->setObjectName(QStringLiteral("format"));
    explain(m_format->button(tr("Chat")), tr("Chat format"),
        tr("The model's chat template turns the conversation into the text that the model reads"));
    explain(m_format->button(tr("Plain text")), tr("Plain text format"),
        tr("The model continues the text as it stands. Write it as the training rows had it."));
    m_formatNote = makeNote(card);
    m_showTemplate = new QPushButton(tr("Sho&w what the model reads…"), card);
    m_showTemplate->setObjectName(QStringLiteral("showTemplate"));
    m_showTemplate->setToolTip(tr("The template, and the last prompts as it rendered them"));
    m_system = new QPlainTextEdit(card);
    m_system->setObjectName(QStringLiteral("system"));
    m_system->setTabChangesFocus(true);
    m_system->setFixedHeight(3 * fontMetrics().lineSpacing() + 4 * unit(this));
    auto* systemLabel = new QLabel(tr("S&ystem prompt"), card);
    systemLabel->setBuddy(m_system);
    card->body()->addWidget(m_format);
    card->body()->addWidget(m_formatNote);
    card->body()->addWidget(m_showTemplate);
    card->body()->addWidget(systemLabel);
    card->body()->addWidget(m_system);
    connect(m_format, &Segments::edited, this, [this] {
        m_chatByHand = true;
        updateNotes();
        Q_EMIT edited();
    });
    connect(m_system, &QPlainTextEdit::textChanged, this, &PlaygroundSettings::edited);
    connect(m_showTemplate, &QPushButton::clicked, this, &PlaygroundSettings::templateRequested);
    return card;
}

NumberSpin* PlaygroundSettings::addNumber(QFormLayout* form, const char* name, const QString& label,
    const QString& help, double least, double most, double value, double step)
{
    auto* field = new NumberSpin(this);
    field->setObjectName(QLatin1String(name));
    field->setDecimals(3);
    field->setRange(least, most);
    field->setSingleStep(step);
    field->setValue(value);
    explain(field, QString(label).remove(QLatin1Char('&')), help);
    addRow(form, label, field);
    connect(field, &QDoubleSpinBox::valueChanged, this, [this] {
        updateNotes();
        Q_EMIT edited();
    });
    return field;
}

QSpinBox* PlaygroundSettings::addCount(
    QFormLayout* form, const char* name, const QString& label, const QString& help, int least, int most, int value)
{
    auto* field = new QSpinBox(this);
    field->setObjectName(QLatin1String(name));
    field->setRange(least, most);
    field->setValue(value);
    explain(field, QString(label).remove(QLatin1Char('&')), help);
    addRow(form, label, field);
    connect(field, &QSpinBox::valueChanged, this, &PlaygroundSettings::edited);
    return field;
}

QWidget* PlaygroundSettings::buildSampling()
{
    const int u = unit(this);
    auto* card = new Card(tr("Sampling"), this);
    auto* reset = new QToolButton(card);
    reset->setObjectName(QStringLiteral("resetSampling"));
    reset->setText(tr("Reset"));
    reset->setMinimumHeight(7 * u);
    reset->setFocusPolicy(Qt::StrongFocus);
    explain(reset, tr("Reset sampling"), tr("Back to greedy answers, which show best what was learnt"));
    card->addToHeading(reset);
    connect(reset, &QToolButton::clicked, this, &PlaygroundSettings::resetSampling);
    m_samplingNote = makeNote(card);
    card->body()->addWidget(m_samplingNote);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(2 * u);
    form->setVerticalSpacing(u + u / 2);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    card->body()->addLayout(form);
    m_temperature = addNumber(form, "temperature", tr("Tempera&ture"),
        tr("0 takes the likeliest token each time; 0.7 gives variety, above 1 it becomes wild"), 0, 5, 0, 0.1);
    m_topK = addCount(form, "topK", tr("Top-&k"),
        tr("Draws from the k likeliest tokens only; 40 is usual, 0 turns it off"), 0, 1'000'000, 0);
    m_topP = addNumber(form, "topP", tr("Top-&p"),
        tr("Draws from the likeliest tokens that make up this share of the probability; 0.9 is usual, 1 turns it off"),
        0.001, 1, 1, 0.05);
    m_minP = addNumber(form, "minP", tr("&Min-p"),
        tr("Draws no token below this share of the likeliest one's probability; 0.05 is usual, 0 turns it off"), 0, 1,
        0, 0.01);
    m_penalty = addNumber(form, "repetitionPenalty", tr("Repetition pe&nalty"),
        tr("Makes tokens that were there before less likely; 1.1 is usual, 1 turns it off"), 0.1, 10, 1, 0.05);
    m_newTokens = addCount(form, "maxNewTokens", tr("Answer &limit, tokens"),
        tr("The answer ends here if it does not end by itself"), 1, 1'000'000, kNewTokens);
    m_seed = addCount(form, "seed", tr("See&d"),
        tr("The same seed draws the same answer; without effect at temperature 0"), 0, std::numeric_limits<int>::max(),
        kSeed);
    m_device = new QComboBox(card);
    m_device->setObjectName(QStringLiteral("device"));
    m_device->addItem(tr("As the run says"), QString());
    m_device->addItem(tr("CPU"), QStringLiteral("cpu"));
    explain(m_device, tr("Device"), tr("Where the model answers; another device loads the model again"));
    addRow(form, tr("Dev&ice"), m_device);
    connect(m_device, &QComboBox::activated, this, &PlaygroundSettings::edited);
    return card;
}

void PlaygroundSettings::setModel(const RunAdapters* model)
{
    const QString identity = !model ? QString()
        : model->run.empty()        ? QString::fromStdString(model->model.string())
                                    : QString::fromStdString(model->run.string());
    if (identity != m_model)
        m_chatByHand = false;
    m_model = identity;
    m_hasTemplate = model && model->hasTemplate;
    m_templateName = model ? model->templateName : QString();
    if (!m_hasTemplate || !m_chatByHand)
        m_format->setValue(m_hasTemplate && model->chat ? tr("Chat") : tr("Plain text"));
    QToolButton* chat = m_format->button(tr("Chat"));
    chat->setEnabled(m_hasTemplate);
    chat->setToolTip(m_hasTemplate ? chat->whatsThis()
            : model                ? tr("The recipe or the model has no chat template")
                                   : tr("Choose a run, or the base model only"));
    updateNotes();
}

void PlaygroundSettings::updateNotes()
{
    QString note;
    if (m_model.isEmpty())
        note = tr("Follows from the model and the rows that the run was trained on.");
    else if (!m_hasTemplate)
        note = tr("Without a chat template the model continues your text. Write it as the training rows had it.");
    else if (isChat())
        note = tr("Rendered by %1.").arg(m_templateName);
    else
        note = tr("The model continues your text as it stands, without its chat template.");
    m_formatNote->setText(note);
    m_system->setEnabled(isChat());
    const QString help = isChat() ? tr("What the model is told before the conversation; empty: nothing")
                                  : tr("Only a chat format has a place for a system prompt");
    explain(m_system, tr("System prompt"), help);
    m_system->setPlaceholderText(isChat() ? tr("None") : help);
    m_samplingNote->setText(m_temperature->value() < 1e-6
            ? tr("Greedy: the likeliest token each time. Of the rest only the repetition penalty has an effect.")
            : tr("Drawn at random: the seed decides. Both sides draw from the same seed."));
}

bool PlaygroundSettings::isChat() const { return m_hasTemplate && m_format->value() == tr("Chat"); }
QString PlaygroundSettings::systemPrompt() const { return isChat() ? m_system->toPlainText() : QString(); }

SamplingOptions PlaygroundSettings::sampling() const
{
    SamplingOptions options;
    options.temperature = m_temperature->value();
    options.topK = m_topK->value();
    options.topP = m_topP->value();
    options.minP = m_minP->value();
    options.repetitionPenalty = m_penalty->value();
    return options;
}

std::int64_t PlaygroundSettings::maxNewTokens() const { return m_newTokens->value(); }
std::uint64_t PlaygroundSettings::seed() const { return static_cast<std::uint64_t>(m_seed->value()); }
QString PlaygroundSettings::device() const { return m_device->currentData().toString(); }

void PlaygroundSettings::setDevice(const QString& device)
{
    m_device->setCurrentIndex(m_device->findData(device));
    Q_EMIT edited();
}

void PlaygroundSettings::resetSampling()
{
    m_temperature->setValue(0);
    m_topK->setValue(0);
    m_topP->setValue(1);
    m_minP->setValue(0);
    m_penalty->setValue(1);
    m_newTokens->setValue(kNewTokens);
    m_seed->setValue(kSeed);
}

} // namespace falconer::ui
