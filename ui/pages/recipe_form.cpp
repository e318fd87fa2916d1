// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_form.h"

#include "core/config/fields.h"
#include "ui/models/model_list_model.h"
#include "ui/session/recipe_text.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/number_spin.h"
#include "ui/widgets/path_field.h"
#include "ui/widgets/segments.h"
#include "ui/widgets/text_labels.h"

#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace falconer::ui {
namespace {

template <typename Spin, typename Value>
void setRange(Spin* spin, const char* key, Value fallbackMinimum, Value fallbackMaximum)
{
    const FieldInfo* field = findField(key);
    const auto bound = [](const std::optional<double>& value, Value fallback) {
        return value ? static_cast<Value>(std::clamp(
                   *value, double(std::numeric_limits<Value>::lowest()), double(std::numeric_limits<Value>::max())))
                     : fallback;
    };
    spin->setRange(field ? bound(field->minimum, fallbackMinimum) : fallbackMinimum,
        field ? bound(field->maximum, fallbackMaximum) : fallbackMaximum);
}

QStringList choices(const char* key)
{
    QStringList result;
    if (const FieldInfo* field = findField(key))
        for (const std::string_view choice : field->choices)
            result << toQString(choice);
    return result;
}

QToolButton* makeBrowseButton(const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setIcon(icon(QStringLiteral("folder")));
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setMinimumSize(7 * unit(parent), 7 * unit(parent));
    return button;
}

} // namespace

RecipeForm::RecipeForm(ModelListModel* models, QWidget* parent)
    : QFrame(parent)
    , m_models(models)
{
    setProperty("card", true);
    const int u = unit(this);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(3 * u, 3 * u, 3 * u, 3 * u);
    grid->setHorizontalSpacing(2 * u);
    grid->setVerticalSpacing(u);
    grid->setColumnStretch(1, 1);
    buildModel(grid);
    buildData(grid);
    buildAdapter(grid);
    buildTraining(grid);
    grid->setRowStretch(grid->rowCount(), 1);
    connect(m_models, &QAbstractItemModel::modelReset, this, &RecipeForm::showModel);
    setRecipe({});
}

void RecipeForm::addSection(QGridLayout* grid, const QString& title)
{
    const int row = grid->rowCount();
    if (row > 1) {
        auto* line = new QFrame(this);
        line->setProperty("divider", true);
        line->setFixedHeight(1);
        grid->setRowMinimumHeight(row, 4 * unit(this));
        grid->addWidget(line, row, 0, 1, 2, Qt::AlignVCenter);
    }
    grid->addWidget(makeHeading(title, this), grid->rowCount(), 0, 1, 2);
}

void RecipeForm::addRow(
    QGridLayout* grid, const std::string& key, const QString& label, QWidget* editor, QWidget* buddy)
{
    if (!buddy)
        buddy = editor;
    const QString help = fieldHelp(key);
    auto* name = new QLabel(label, this);
    name->setBuddy(buddy);
    name->setToolTip(help);
    buddy->setAccessibleName(fieldLabel(key));
    buddy->setAccessibleDescription(help);
    buddy->setWhatsThis(help);
    editor->setToolTip(help);
    buddy->setObjectName(toQString(key));
    buddy->setMinimumHeight(7 * unit(this));
    const int row = grid->rowCount();
    grid->addWidget(name, row, 0);
    grid->addWidget(editor, row, 1);
    auto* fault = new FaultLabel(this);
    grid->addWidget(fault, row + 1, 1);
    m_faults[key] = fault;
    m_editors[key] = buddy;
}

void RecipeForm::addNote(QGridLayout* grid, QLabel* note)
{
    note->setWordWrap(true);
    grid->addWidget(note, grid->rowCount(), 1);
}

void RecipeForm::buildModel(QGridLayout* grid)
{
    addSection(grid, tr("Model and data"));
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(unit(this));
    m_model = new QComboBox(row);
    m_model->setEditable(true);
    m_model->setInsertPolicy(QComboBox::NoInsert);
    // Completion would turn a path that is being typed into the name of a listed model.
    m_model->setCompleter(nullptr);
    m_model->setModel(m_models);
    m_model->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_model->setMinimumContentsLength(12);
    m_model->lineEdit()->setPlaceholderText(tr("Folder or .gguf file"));
    auto* browseButton = makeBrowseButton(tr("Browse for a model…"), row);
    browseButton->setObjectName(QStringLiteral("browseModel"));
    auto* menu = new QMenu(browseButton);
    const auto choose = [this](const QString& path) {
        m_model->setEditText(path);
        changed("model");
    };
    menu->addAction(
        tr("Model &folder…"), this, [this, choose] { browse(tr("Choose a model folder"), true, {}, choose); });
    menu->addAction(tr("&GGUF file…"), this,
        [this, choose] { browse(tr("Choose a GGUF file"), false, tr("GGUF models (*.gguf)"), choose); });
    browseButton->setMenu(menu);
    browseButton->setPopupMode(QToolButton::InstantPopup);
    layout->addWidget(m_model, 1);
    layout->addWidget(browseButton);
    addRow(grid, "model", tr("&Model"), row, m_model);
    // Only what the user does: a combo box also rewrites its text when its list is filled anew.
    connect(m_model->lineEdit(), &QLineEdit::textEdited, this, [this] { changed("model"); });
    connect(m_model, &QComboBox::activated, this, [this] { changed("model"); });
}

void RecipeForm::buildData(QGridLayout* grid)
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(unit(this));
    m_data = new PathField(row);
    m_data->setPlaceholderText(tr("JSONL file"));
    auto* browseButton = makeBrowseButton(tr("Browse for a data file…"), row);
    browseButton->setObjectName(QStringLiteral("browseData"));
    layout->addWidget(m_data, 1);
    layout->addWidget(browseButton);
    addRow(grid, "data.train", tr("&Data file"), row, m_data);
    m_validationNote = makeCaption({}, this);
    addNote(grid, m_validationNote);
    connect(m_data, &QLineEdit::textChanged, this, [this](const QString& path) {
        m_data->setToolTip(path); // long paths do not fit; the label has the help
        changed("data.train");
    });
    connect(browseButton, &QToolButton::clicked, this, [this] {
        browse(tr("Choose training rows"), false, tr("Rows (*.jsonl);;All files (*)"),
            [this](const QString& path) { m_data->setText(path); });
    });
}

void RecipeForm::buildAdapter(QGridLayout* grid)
{
    addSection(grid, tr("Adapter"));
    m_rank = new QSpinBox(this);
    setRange(m_rank, "lora.rank", 1, 65536);
    addRow(grid, "lora.rank", tr("Ran&k"), m_rank);
    m_targets = new QComboBox(this);
    m_targets->setEditable(true);
    m_targets->setInsertPolicy(QComboBox::NoInsert);
    m_targets->setCompleter(nullptr);
    m_targets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_targets->setMinimumContentsLength(12);
    addRow(grid, "lora.targets", tr("&Target layers"), m_targets);
    m_layers = new QLineEdit(this);
    m_layers->setPlaceholderText(QStringLiteral("all"));
    addRow(grid, "lora.layers", tr("&Blocks"), m_layers);
    connect(m_rank, &QSpinBox::valueChanged, this, [this] { changed("lora.rank"); });
    connect(m_targets->lineEdit(), &QLineEdit::textEdited, this, [this] { changed("lora.targets"); });
    connect(m_targets, &QComboBox::activated, this, [this] { changed("lora.targets"); });
    connect(m_layers, &QLineEdit::textChanged, this, [this] { changed("lora.layers"); });

    addSection(grid, tr("Quantization"));
    m_quantization = new Segments(choices("quantization.type"), this);
    addRow(grid, "quantization.type", tr("T&ype"), m_quantization);
    connect(m_quantization, &Segments::edited, this, [this] { changed("quantization.type"); });
}

void RecipeForm::buildTraining(QGridLayout* grid)
{
    addSection(grid, tr("Training"));
    m_learningRate = new QLineEdit(this);
    addRow(grid, "training.learning_rate", tr("&Learning rate"), m_learningRate);
    m_epochs = new NumberSpin(this);
    m_epochs->setDecimals(4);
    setRange(m_epochs, "training.epochs", 0.0, 1e6);
    addRow(grid, "training.epochs", tr("&Epochs"), m_epochs);
    m_epochsNote = makeCaption({}, this);
    addNote(grid, m_epochsNote);
    connect(m_learningRate, &QLineEdit::textChanged, this, [this] { changed("training.learning_rate"); });
    connect(m_epochs, &QDoubleSpinBox::valueChanged, this, [this] { changed("training.epochs"); });
}

void RecipeForm::browse(
    const QString& title, bool folder, const QString& filter, const std::function<void(QString)>& chosen)
{
    auto* dialog = new QFileDialog(this, title, {}, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, folder);
    connect(dialog, &QFileDialog::fileSelected, this, chosen);
    dialog->open();
}

void RecipeForm::changed(const std::string& key)
{
    if (m_filling)
        return;
    Recipe& recipe = m_recipe.recipe;
    if (key == "model")
        recipe.model = m_model->currentText().trimmed().toStdString();
    else if (key == "data.train")
        recipe.data.train = {{m_data->text().trimmed().toStdString(), 1.0}};
    else if (key == "lora.rank")
        recipe.lora.rank = m_rank->value();
    else if (key == "lora.targets")
        setTargets(recipe.lora, m_targets->currentText().toStdString());
    else if (key == "lora.layers")
        recipe.lora.layers = m_layers->text().isEmpty() ? std::string("all") : m_layers->text().toStdString();
    else if (key == "quantization.type")
        recipe.quantization.type = m_quantization->value().toStdString();
    else if (key == "training.epochs")
        recipe.training.epochs = m_epochs->value();
    else if (key == "training.learning_rate") {
        bool isNumber = false;
        const double rate = m_learningRate->text().trimmed().toDouble(&isNumber);
        if (isNumber)
            recipe.training.learningRate = rate;
    }
    m_recipe.keysSet.insert(key);
    if (key == "model")
        offerTargets();
    Q_EMIT edited();
}

std::vector<Obstacle> RecipeForm::obstacles() const
{
    std::vector<Obstacle> result;
    bool isNumber = false;
    m_learningRate->text().trimmed().toDouble(&isNumber);
    if (!isNumber)
        result.push_back(
            {Obstacle::Kind::notANumber, "training.learning_rate", m_learningRate->text().trimmed().toStdString(), {}});
    const QString problem = chosenModel().data(ModelListModel::ProblemRole).toString();
    if (!problem.isEmpty())
        result.push_back({Obstacle::Kind::brokenModel, "model", problem.toStdString(), {}});
    return result;
}

LoadedRecipe RecipeForm::recipe() const
{
    LoadedRecipe result = m_recipe;
    result.recipe.model = modelPath().toStdString();
    return result;
}

QString RecipeForm::modelPath() const { return m_models->pathOf(QString::fromStdString(m_recipe.recipe.model)); }

QModelIndex RecipeForm::chosenModel() const
{
    const int row = m_models->rowOf(modelPath());
    return row < 0 ? QModelIndex() : m_models->index(row);
}

void RecipeForm::setRecipe(const LoadedRecipe& loaded)
{
    m_recipe = loaded;
    m_filling = true;
    const Recipe& recipe = loaded.recipe;
    const auto& files = recipe.data.train;
    m_data->setText(files.size() == 1 ? QString::fromStdString(files.front().path)
                                      : QString::fromStdString(trainText(recipe.data)));
    m_rank->setValue(static_cast<int>(std::min<std::int64_t>(recipe.lora.rank, std::numeric_limits<int>::max())));
    m_layers->setText(QString::fromStdString(layersText(recipe.lora)));
    m_quantization->setValue(QString::fromStdString(recipe.quantization.type));
    m_learningRate->setText(recipeNumber(recipe.training.learningRate));
    m_epochs->setValue(recipe.training.epochs);
    m_filling = false;
    showNotes();
    showModel();
}

void RecipeForm::showModel()
{
    m_filling = true;
    const int row = m_models->rowOf(modelPath());
    m_model->setCurrentIndex(row);
    m_model->setEditText(row < 0 ? QString::fromStdString(m_recipe.recipe.model) : m_model->itemText(row));
    m_filling = false;
    offerTargets();
    Q_EMIT edited();
}

void RecipeForm::offerTargets()
{
    m_filling = true;
    m_targets->clear();
    m_targets->addItem(QStringLiteral("all-linear"));
    m_targets->addItems(chosenModel().data(ModelListModel::LinearsRole).toStringList());
    m_targets->setEditText(QString::fromStdString(targetsText(m_recipe.recipe.lora)));
    m_filling = false;
}

void RecipeForm::showNotes()
{
    const Recipe& recipe = m_recipe.recipe;
    if (const auto* share = std::get_if<double>(&recipe.data.validation))
        m_validationNote->setText(*share > 0
                ? tr("%1 % of its rows are kept for validation").arg(recipeNumber(100 * *share))
                : tr("No validation: add a split to see when the model overfits"));
    else
        m_validationNote->setText(
            tr("Validated on %1")
                .arg(QString::fromStdString(
                    std::filesystem::path(std::get<std::string>(recipe.data.validation)).filename())));
    m_epochsNote->setVisible(recipe.training.maxSteps.has_value());
    if (recipe.training.maxSteps)
        m_epochsNote->setText(tr("The recipe ends after %1 steps").arg(*recipe.training.maxSteps));
}

void RecipeForm::showReadiness(const Readiness& readiness)
{
    for (const auto& [key, label] : m_faults) {
        const Obstacle* obstacle = readiness.find(key);
        // An empty form is not a mistake: what is still to choose stands above Start, not in red under every field.
        const bool unanswered
            = obstacle && (obstacle->kind == Obstacle::Kind::noModel || obstacle->kind == Obstacle::Kind::noData);
        label->setFault(obstacle && !unanswered ? sentence(*obstacle) : QString());
        QWidget* editor = m_editors[key];
        const bool bad = obstacle && !unanswered;
        if (editor->property("bad").toBool() == bad)
            continue;
        editor->setProperty("bad", bad);
        editor->update();
    }
}

void RecipeForm::setLocked(bool locked)
{
    for (const auto& [key, editor] : m_editors) {
        QWidget* row = editor->parentWidget() == this ? editor : editor->parentWidget();
        row->setEnabled(!locked);
        row->setToolTip(locked ? tr("The form shows the recipe of the run that is going on.") : fieldHelp(key));
    }
}

} // namespace falconer::ui
