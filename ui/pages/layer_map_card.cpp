// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/layer_map_card.h"

#include "core/base/error.h"
#include "core/config/recipe_io.h"
#include "ui/models/layer_map_model.h"
#include "ui/session/run_planner.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/layer_map_view.h"
#include "ui/widgets/rank_legend.h"
#include "ui/widgets/text_labels.h"

#include <QAction>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QItemSelection>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>
#include <numeric>
#include <set>

namespace falconer::ui {
namespace {

constexpr int kHighestRank = 65536;
constexpr int kLastLayers = 8;

bool isAttention(const LinearSpec& linear)
{
    return linear.module.find("attn") != std::string::npos || linear.module.find("attention") != std::string::npos;
}

std::vector<std::int64_t> numbers(const std::set<int>& layers) { return {layers.begin(), layers.end()}; }

} // namespace

LayerMapCard::LayerMapCard(Workspace& workspace, QWidget* parent)
    : Card(tr("Target layers"), parent)
    , m_workspace(workspace)
    , m_model(new LayerMapModel(this))
    , m_count(new QLabel(this))
    , m_sentence(makeCaption({}, this))
    , m_content(new QWidget(this))
    , m_view(new LayerMapView(m_content))
    , m_fault(new FaultLabel(m_content))
{
    addToHeading(m_count);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    body()->addWidget(m_sentence);
    body()->addWidget(m_content);
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins({});
    layout->setSpacing(2 * unit(this));
    buildTools();
    layout->addWidget(m_view);
    layout->addWidget(m_fault);
    auto* line = new QFrame(m_content);
    line->setProperty("divider", true);
    line->setFixedHeight(1);
    layout->addWidget(line);
    buildSelection();

    m_view->setMap(m_model);
    m_view->setAccessibleName(tr("Target layers"));
    m_view->setAccessibleDescription(
        tr("A row for each module, a column for each layer. Digits set the rank of the selected cells, Delete leaves "
           "them out."));
    m_view->setToolTip(m_view->accessibleDescription());
    connect(m_view, &LayerMapView::selectionEdited, this, &LayerMapCard::showSelection);
    connect(m_view, &LayerMapView::rankTyped, this, &LayerMapCard::setRank);
    connect(m_view, &LayerMapView::rankTyping, this, [this](int rank) {
        const QSignalBlocker quiet(m_rank);
        m_rank->setValue(rank);
    });
    connect(&workspace.draft(), &RecipeDraft::changed, this, &LayerMapCard::follow);
    connect(&workspace.planner(), &RunPlanner::modelChanged, this, &LayerMapCard::follow);
    follow();
}

void LayerMapCard::buildTools()
{
    const int u = unit(this);
    auto* tools = new FlowLayout;
    tools->setSpacing(2 * u);
    const auto add = [&](const QString& text, const QString& help, auto action) {
        auto* button = new QPushButton(text, m_content);
        // As wide as its words, so that the row stays one.
        button->setMaximumWidth(button->fontMetrics().horizontalAdvance(text) + 6 * u);
        button->setToolTip(help);
        button->setAccessibleDescription(help);
        connect(button, &QPushButton::clicked, this, action);
        tools->addWidget(button);
    };
    add(tr("A&ll"), tr("Select every cell"), [this] { select([](int, int) { return true; }); });
    add(tr("N&one"), tr("Select nothing"), [this] { m_view->clearSelection(); });
    add(tr("&Attention"), tr("Select the attention's modules"), [this] { selectModules(true); });
    add(tr("&MLP"), tr("Select the MLP's modules"), [this] { selectModules(false); });
    add(tr("Las&t %1", "so many layers").arg(kLastLayers),
        tr("Select the last layers of the modules that are selected, or of all"), [this] {
            const auto layers = static_cast<std::int64_t>(m_model->map().layers);
            std::vector<std::int64_t> last;
            for (std::int64_t layer = std::max<std::int64_t>(0, layers - kLastLayers); layer < layers; ++layer)
                last.push_back(layer);
            selectLayers(last);
        });
    add(tr("Ran&ge…"), tr("Select layers by number, of the modules that are selected, or of all"),
        [this] { askForRange(); });
    m_name = new QLineEdit(m_content);
    m_name->setPlaceholderText(tr("By name"));
    m_name->setAccessibleName(tr("Select by name"));
    m_name->setToolTip(tr("Selects the cells whose module path contains this, such as up_proj or 31.mlp"));
    m_name->setAccessibleDescription(m_name->toolTip());
    m_name->setClearButtonEnabled(true);
    m_name->addAction(icon(QStringLiteral("search"), Token::text2), QLineEdit::LeadingPosition);
    m_name->setMaximumWidth(30 * u);
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& text) {
        const auto& model = m_workspace.planner().model();
        if (!model)
            return;
        const std::string part = text.trimmed().toStdString();
        select([&](int module, int layer) {
            return !part.empty()
                && (model->blockName(layer) + "." + model->linears[static_cast<std::size_t>(module)].module).find(part)
                != std::string::npos;
        });
    });
    tools->addWidget(m_name);
    static_cast<QBoxLayout*>(m_content->layout())->addLayout(tools);
}

void LayerMapCard::buildSelection()
{
    const int u = unit(this);
    m_selection = new QLabel(m_content);
    m_selection->setWordWrap(true);
    m_selection->setTextFormat(Qt::PlainText);
    m_rank = new QSpinBox(m_content);
    m_rank->setRange(0, kHighestRank);
    m_rank->setSpecialValueText(QStringLiteral("–"));
    m_rank->setKeyboardTracking(false);
    m_rank->setAccessibleName(tr("Rank of the selected cells"));
    m_rank->setToolTip(tr("The rank of the selected cells; 0 leaves them out"));
    m_rank->setAccessibleDescription(m_rank->toolTip());
    auto* label = new QLabel(tr("Ran&k"), m_content);
    label->setBuddy(m_rank);
    m_leaveOut = new QPushButton(m_content);
    m_legend = new RankLegend(m_content);
    connect(m_rank, &QSpinBox::valueChanged, this, &LayerMapCard::setRank);
    connect(m_leaveOut, &QPushButton::clicked, this, [this] { setRank(m_leaveOut->property("rank").toInt()); });
    auto* controls = new FlowLayout;
    controls->setSpacing(2 * u);
    controls->addWidget(label);
    controls->addWidget(m_rank);
    controls->addWidget(m_leaveOut);
    controls->addWidget(m_legend);
    auto* layout = static_cast<QBoxLayout*>(m_content->layout());
    layout->addWidget(m_selection);
    layout->addLayout(controls);
}

QString LayerMapCard::parametersText() const { return m_count->accessibleName(); }

QString LayerMapCard::selectionText() const { return m_selection->text(); }

void LayerMapCard::say(const QString& sentence)
{
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
    m_content->setVisible(sentence.isEmpty());
    m_count->setVisible(sentence.isEmpty());
    if (!sentence.isEmpty())
        m_model->clear();
}

void LayerMapCard::follow()
{
    const RunPlanner& planner = m_workspace.planner();
    const Recipe& recipe = m_workspace.draft().recipe();
    if (!planner.model()) {
        say(recipe.model.empty()                   ? tr("Choose a model to see its layers")
                : planner.modelProblem().isEmpty() ? tr("Looking at the model")
                                                   : planner.modelProblem());
        return;
    }
    if (recipe.lora.initFrom) {
        say(tr("The adapter that training goes on from decides which layers are trained, and with which rank."));
        return;
    }
    say({});
    const ModelSpec& spec = *planner.model();
    LayerMap map(spec);
    QString fault;
    try {
        map = readLayerMap(spec, recipe.lora);
    } catch (const Error& error) {
        fault = describe(error.faults().front());
    }
    m_fault->setFault(fault);
    m_model->setMap(spec.linears, map);
    m_legend->show(
        m_model->ranks(), std::find(map.ranks.begin(), map.ranks.end(), LayerMap::kWhole) != map.ranks.end());

    const std::int64_t trained = fault.isEmpty() ? trainedParameters(spec, recipe.lora, map) : 0;
    const QString number = countText(trained);
    const QString share
        = QLocale().toString(100.0 * static_cast<double>(trained) / static_cast<double>(spec.parameters()), 'f', 2);
    const QString rest = tr("trainable parameters · %1 %", "after their number").arg(share);
    m_count->setText(QStringLiteral("<b>%1</b> %2").arg(number, rest));
    m_count->setAccessibleName(number + QLatin1Char(' ') + rest);
    showSelection();
}

void LayerMapCard::showSelection()
{
    const QModelIndexList cells = m_view->selectionModel()->selectedIndexes();
    std::set<int> modules, layers;
    std::set<qint64> ranks;
    for (const QModelIndex& cell : cells) {
        modules.insert(cell.row());
        layers.insert(cell.column());
        ranks.insert(cell.data(LayerMapModel::rankRole).toLongLong());
    }
    const int count = static_cast<int>(cells.size());
    const bool rectangle = modules.size() * layers.size() == static_cast<std::size_t>(count);
    const auto& model = m_workspace.planner().model();
    QString text;
    if (count == 0 || !model) {
        text = tr("Nothing is selected. Click or drag over cells, or use the buttons above.");
    } else if (!rectangle) {
        text = tr("Selected: %n cell(s)", nullptr, count);
    } else {
        std::set<int> attention, mlp;
        for (int row = 0; row < m_model->rowCount(); ++row)
            (isAttention(model->linears[static_cast<std::size_t>(row)]) ? attention : mlp).insert(row);
        QStringList names;
        for (const int row : modules)
            names << m_model->moduleName(row);
        const QString where = modules.size() == m_model->map().modules ? tr("all modules")
            : modules == attention                                     ? tr("the attention")
            : modules == mlp                                           ? tr("the MLP")
                                                                       : names.join(QStringLiteral(", "));
        const QString which = QString::fromStdString(layerRanges(numbers(layers)))
                                  .replace(QLatin1Char('-'), QChar(0x2013))
                                  .replace(QLatin1Char(','), QLatin1String(", "));
        const QString places
            = layers.size() == 1 ? tr("layer %1 of %2").arg(which, where) : tr("layers %1 of %2").arg(which, where);
        text = tr("Selected: %1, %2").arg(places, tr("%n cell(s)", nullptr, count));
    }
    m_selection->setText(text);

    ranks.erase(LayerMap::kWhole);
    const bool some = !ranks.empty();
    const bool allOut = ranks == std::set<qint64>{LayerMap::kOut};
    const QSignalBlocker quiet(m_rank);
    m_rank->setValue(ranks.size() == 1 ? static_cast<int>(*ranks.begin()) : 0);
    const auto base = static_cast<int>(m_workspace.draft().recipe().lora.rank);
    m_leaveOut->setProperty("rank", allOut ? base : 0);
    m_leaveOut->setText(allOut ? tr("Train at rank %1").arg(base) : tr("Leave out"));
    const QString why = some ? QString()
        : count == 0         ? tr("Select cells first")
                             : tr("These modules are trained as a whole, as lora.modules_to_save says");
    m_rank->setEnabled(some);
    m_rank->setToolTip(some ? m_rank->accessibleDescription() : why);
    m_leaveOut->setEnabled(some);
    m_leaveOut->setToolTip(some ? tr("Delete or 0 leaves out, digits set a rank") : why);
    m_leaveOut->setAccessibleDescription(m_leaveOut->toolTip());
}

void LayerMapCard::select(const std::function<bool(int, int)>& wanted)
{
    QItemSelection selection;
    for (int row = 0; row < m_model->rowCount(); ++row)
        for (int first = 0; first < m_model->columnCount(); ++first) {
            int last = first - 1;
            while (last + 1 < m_model->columnCount() && wanted(row, last + 1))
                ++last;
            if (last < first)
                continue;
            selection.select(m_model->index(row, first), m_model->index(row, last));
            first = last;
        }
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void LayerMapCard::selectModules(bool attention)
{
    if (const auto& model = m_workspace.planner().model())
        select([&](int module, int) {
            return isAttention(model->linears[static_cast<std::size_t>(module)]) == attention;
        });
}

void LayerMapCard::selectLayers(const std::vector<std::int64_t>& layers)
{
    std::set<int> modules;
    for (const QModelIndex& cell : m_view->selectionModel()->selectedIndexes())
        modules.insert(cell.row());
    select([&](int module, int layer) {
        return (modules.empty() || modules.contains(module))
            && std::binary_search(layers.begin(), layers.end(), std::int64_t{layer});
    });
}

void LayerMapCard::askForRange()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Select layers"));
    dialog->setLabelText(tr("Layers, such as 24-31 or 0-3,7"));
    dialog->setOkButtonText(tr("Select layers"));
    const auto layers = static_cast<int>(m_model->map().layers);
    dialog->setTextValue(QStringLiteral("0-%1").arg(layers - 1));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& text) {
        LoraSettings lora;
        lora.layers = text.simplified().remove(QLatin1Char(' ')).replace(QChar(0x2013), QLatin1Char('-')).toStdString();
        try {
            if (const auto chosen = layerNumbers(lora))
                selectLayers(*chosen);
        } catch (const Error& error) {
            m_selection->setText(describe(error.faults().front()));
        }
    });
    dialog->open();
}

void LayerMapCard::setRank(int rank)
{
    const auto& model = m_workspace.planner().model();
    if (!model)
        return;
    LayerMap map = m_model->map();
    for (const QModelIndex& cell : m_view->selectionModel()->selectedIndexes()) {
        std::int64_t& value = map.at(static_cast<std::size_t>(cell.row()), static_cast<std::size_t>(cell.column()));
        if (value != LayerMap::kWhole)
            value = rank;
    }
    if (map == m_model->map()) { // what was typed by the user stays as it was written
        showSelection();
        return;
    }
    m_workspace.draft().edit({"lora.targets", "lora.layers", "lora.rank", "lora.rank_pattern", "lora.alpha_pattern"},
        rank == 0 ? tr("Leave out layers") : tr("Rank of layers"),
        [&](Recipe& recipe) { writeLayerMap(recipe.lora, *model, map); });
}

} // namespace falconer::ui
