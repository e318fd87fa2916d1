// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs_sweep_dialog.h"

#include "core/config/fields.h"
#include "core/run/queue_file.h"
#include "core/run/recipe_values.h"
#include "ui/session/queue_runner.h"
#include "ui/session/recipe_text.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/text_labels.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace falconer::ui {
namespace {

/// What a sweep is about more often than about anything else.
constexpr const char* kUsualKeys[] = {"training.learning_rate", "lora.rank", "lora.dropout", "lora.alpha",
    "training.seed", "training.epochs", "quantization.type"};

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == std::string::npos ? std::string() : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace

std::vector<std::string> sweepValues(const std::string& text)
{
    std::vector<std::string> values;
    std::string value;
    int depth = 0;
    char quote = 0;
    const auto take = [&] {
        if (std::string whole = trimmed(value); !whole.empty())
            values.push_back(std::move(whole));
        value.clear();
    };
    for (const char letter : text) {
        if (letter == ',' && depth == 0 && quote == 0) {
            take();
            continue;
        }
        if (quote != 0) {
            if (letter == quote)
                quote = 0;
        } else if (letter == '"' || letter == '\'') {
            quote = letter;
        } else if (letter == '[' || letter == '{') {
            ++depth;
        } else if ((letter == ']' || letter == '}') && depth > 0) {
            --depth;
        }
        value += letter;
    }
    take();
    return values;
}

RunsSweepDialog::RunsSweepDialog(Workspace& workspace, QWidget* parent)
    : QDialog(parent)
    , m_workspace(workspace)
    , m_fault(new FaultLabel(this))
    , m_count(new QLabel(this))
{
    setWindowTitle(tr("Add a sweep"));
    const int u = unit(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u);
    layout->setSpacing(2 * u);
    auto* intro = new QLabel(tr("Adds the recipe on the Recipe page once for each value; with two keys, once for each "
                                "pair of values."),
        this);
    intro->setWordWrap(true);
    layout->addWidget(intro);

    const auto addAxis = [&](Axis& axis, const QString& keyText, const QString& valuesText, bool optional) {
        axis.key = new QComboBox(this);
        if (optional)
            axis.key->addItem(tr("none"), QString());
        for (const char* key : kUsualKeys)
            axis.key->addItem(QString::fromLatin1(key), QString::fromLatin1(key));
        axis.key->insertSeparator(axis.key->count());
        for (const FieldInfo& field : recipeFields())
            if (const QString key = toQString(field.key); key != QLatin1String("output") && axis.key->findData(key) < 0)
                axis.key->addItem(key, key);
        axis.key->setToolTip(tr("The setting that the runs differ in"));
        axis.values = new QLineEdit(this);
        axis.values->setPlaceholderText(tr("8, 16, 32"));
        axis.values->setAccessibleDescription(tr("As the recipe file writes them, with commas between them"));
        axis.help = makeCaption({}, this);
        axis.help->setWordWrap(true);
        auto* form = new QFormLayout;
        form->setVerticalSpacing(u);
        form->setHorizontalSpacing(3 * u);
        form->addRow(keyText, axis.key);
        form->addRow(valuesText, axis.values);
        form->addRow(axis.help);
        layout->addLayout(form);
        connect(axis.key, &QComboBox::currentIndexChanged, this, &RunsSweepDialog::update);
        connect(axis.values, &QLineEdit::textChanged, this, &RunsSweepDialog::update);
    };
    addAxis(m_axes[0], tr("&Key"), tr("&Values"), false);
    addAxis(m_axes[1], tr("&Second key"), tr("Va&lues of the second"), true);
    layout->addWidget(m_fault);
    layout->addStretch(1);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_add = buttons->addButton(tr("&Add to the queue"), QDialogButtonBox::AcceptRole);
    setPrimary(m_add);
    m_add->setDefault(true);
    auto* row = new QHBoxLayout;
    row->addWidget(m_count, 1);
    row->addWidget(buttons);
    layout->addLayout(row);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &RunsSweepDialog::add);
    resize(130 * u, sizeHint().height());
    update();
}

std::vector<SweepAxis> RunsSweepDialog::chosen() const
{
    std::vector<SweepAxis> axes;
    for (const Axis& axis : m_axes)
        if (const std::string key = axis.key->currentData().toString().toStdString(); !key.empty())
            axes.push_back({key, sweepValues(axis.values->text().toStdString())});
    return axes;
}

void RunsSweepDialog::update()
{
    for (const Axis& axis : m_axes) {
        const std::string key = axis.key->currentData().toString().toStdString();
        axis.values->setEnabled(!key.empty());
        axis.values->setToolTip(key.empty() ? tr("Choose a second key first")
                                            : tr("As the recipe file writes them, with commas between them"));
        QString now;
        if (!key.empty())
            for (const RecipeValue& value : recipeValues(m_workspace.draft().recipe()))
                if (value.key == key)
                    now = QString::fromStdString(value.yaml);
        axis.help->setText(key.empty() ? QString() : tr("The recipe has %1. %2").arg(now, fieldHelp(key)));
        axis.help->setVisible(!key.empty());
    }
    m_fault->setFault({});
    const std::vector<SweepAxis> axes = chosen();
    const bool twice = axes.size() == 2 && axes[0].key == axes[1].key;
    const std::uint64_t runs = gridSize(axes);
    if (twice)
        m_count->setText(tr("Both keys are the same"));
    else if (runs == 0)
        m_count->setText(tr("Give each key at least one value"));
    else if (runs > kMostQueuedRuns)
        m_count->setText(tr("More than %1 runs").arg(countText(static_cast<qint64>(kMostQueuedRuns))));
    else
        m_count->setText(tr("%n run(s)", nullptr, static_cast<int>(runs)));
    m_add->setEnabled(!twice && runs > 0 && runs <= kMostQueuedRuns);
    m_add->setToolTip(m_add->isEnabled() ? tr("Puts these runs behind those that wait") : m_count->text());
}

void RunsSweepDialog::add()
{
    const RecipeDraft& draft = m_workspace.draft();
    const QString name = QString::fromStdString(runName(draft.recipe()));
    const std::vector<Fault> faults = m_workspace.queue().addSweep(draft.resolved(), name, chosen());
    if (faults.empty())
        accept();
    else
        m_fault->setFault(describe(faults.front()));
}

} // namespace falconer::ui
