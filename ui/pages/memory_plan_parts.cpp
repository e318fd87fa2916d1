// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/memory_plan_parts.h"

#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/memory_bar.h"
#include "ui/widgets/text_labels.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

namespace falconer::ui {
namespace {

constexpr std::size_t kParts = 6;
constexpr std::size_t kShownSuggestions = 5;
constexpr std::size_t kTypes = 4;

QLabel* makeValue(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    return label;
}

QFrame* makeDivider(QWidget* parent)
{
    auto* line = new QFrame(parent);
    line->setProperty("divider", true);
    line->setFixedHeight(1);
    return line;
}

QString errorOf(const std::vector<WeightError>& errors, const std::string& type)
{
    for (const WeightError& each : errors)
        if (each.type == type)
            return QuantizationPeaks::tr("weight error %1 %").arg(QLocale().toString(100 * each.error, 'f', 1));
    return {};
}

} // namespace

MemoryTable::MemoryTable(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    const int u = unit(this);
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(2 * u);
    m_grid->setVerticalSpacing(u);
    m_grid->setColumnStretch(1, 1);
    // The order and colours are memoryParts()'s.
    for (const Token token : {Token::memoryWeights, Token::memoryTables, Token::memoryActivations, Token::memoryAdapter,
             Token::memoryWorkspace, Token::memoryProgram})
        m_rows.push_back(addRow(new Swatch(token, this)));
    m_sum = addRow(nullptr);
    m_sum.name->setFont(scaledFont(1.0, true));
    m_sum.value->setFont(scaledFont(1.0, true));
    m_grid->setRowStretch(m_grid->rowCount(), 1);
}

MemoryTable::Row MemoryTable::addRow(QWidget* key)
{
    const int at = m_grid->rowCount();
    if (!m_rows.empty())
        m_grid->addWidget(makeDivider(this), at, 0, 1, 3);
    auto* name = new QLabel(this);
    name->setTextFormat(Qt::PlainText);
    name->setWordWrap(true);
    const Row row{name, makeValue(this)};
    if (key) {
        m_grid->addWidget(key, at + 1, 0);
        m_grid->addWidget(row.name, at + 1, 1);
    } else {
        m_grid->addWidget(row.name, at + 1, 0, 1, 2);
    }
    m_grid->addWidget(row.value, at + 1, 2);
    return row;
}

void MemoryTable::set(const std::vector<MemoryPart>& parts, const MemoryPlan& plan)
{
    for (std::size_t i = 0; i < std::min(kParts, parts.size()); ++i) {
        m_rows[i].name->setText(parts[i].name);
        m_rows[i].value->setText(gibNumber(parts[i].bytes));
        m_rows[i].value->setAccessibleName(gibText(parts[i].bytes));
    }
    m_sum.name->setText(tr("%1, GiB").arg(peakText(plan)));
    m_sum.value->setText(gibNumber(plan.peak));
    m_sum.value->setAccessibleName(gibText(plan.peak));
}

SuggestionList::SuggestionList(QWidget* parent)
    : QWidget(parent)
    , m_none(makeCaption(tr("Nothing that is known would save a noticeable part."), this))
{
    const int u = unit(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(u);
    layout->addWidget(makeHeading(tr("What would save most"), this));
    m_none->setWordWrap(true);
    layout->addWidget(m_none);
    for (std::size_t i = 0; i < kShownSuggestions; ++i) {
        auto* whole = new QWidget(this);
        const Row row{
            whole, new QLabel(whole), makeCaption({}, whole), makeValue(whole), new QPushButton(tr("Apply"), whole)};
        row.change->setTextFormat(Qt::PlainText);
        row.change->setWordWrap(true);
        row.price->setWordWrap(true);
        row.saving->setFont(scaledFont(1.0, true));
        auto* grid = new QGridLayout(whole);
        grid->setContentsMargins(0, 0, 0, u);
        grid->setHorizontalSpacing(2 * u);
        grid->setVerticalSpacing(0);
        if (i > 0)
            grid->addWidget(makeDivider(whole), 0, 0, 1, 3);
        grid->addWidget(row.change, 1, 0);
        grid->addWidget(row.price, 2, 0);
        grid->addWidget(row.saving, 1, 1, 2, 1);
        grid->addWidget(row.apply, 1, 2, 2, 1, Qt::AlignVCenter);
        grid->setColumnStretch(0, 1);
        layout->addWidget(whole);
        connect(row.apply, &QPushButton::clicked, this, [this, i] {
            if (i < m_suggestions.size())
                Q_EMIT applied(PlanSuggestion(m_suggestions[i]));
        });
        m_rows.push_back(row);
    }
    layout->addStretch(1);
}

void SuggestionList::set(std::vector<PlanSuggestion> suggestions)
{
    std::stable_sort(suggestions.begin(), suggestions.end(),
        [](const auto& left, const auto& right) { return left.savesBytes > right.savesBytes; });
    m_suggestions = std::move(suggestions);
    m_none->setVisible(m_suggestions.empty());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        // Focus that stands on a row that goes would be lost.
        if (i >= m_suggestions.size() && row.apply->hasFocus())
            m_rows.front().apply->setFocus();
        row.whole->setVisible(i < m_suggestions.size());
        if (i >= m_suggestions.size())
            continue;
        const auto& [change, price] = suggestionText(m_suggestions[i]);
        row.change->setText(change);
        row.price->setText(price);
        row.saving->setText(QChar(0x2212) + gibNumber(m_suggestions[i].savesBytes));
        const QString help = tr("%1 saves %2: %3").arg(change, gibText(m_suggestions[i].savesBytes), price);
        row.saving->setAccessibleName(help);
        row.apply->setAccessibleName(tr("Apply: %1").arg(change));
        row.apply->setAccessibleDescription(help);
        row.apply->setToolTip(help);
    }
}

QuantizationPeaks::QuantizationPeaks(QWidget* parent)
    : QWidget(parent)
{
    const int u = unit(this);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(3 * u);
    grid->setVerticalSpacing(0);
    grid->addWidget(makeHeading(tr("Peak at each quantization level, GiB"), this), 0, 0, 1, 4);
    for (std::size_t i = 0; i < kTypes; ++i) {
        const Row row{new QLabel(this), new PeakBar(this), makeValue(this), new QLabel(this)};
        row.verdict->setTextFormat(Qt::PlainText);
        row.verdict->setWordWrap(true);
        const int at = static_cast<int>(i) + 1;
        grid->setRowMinimumHeight(at, 6 * u);
        grid->addWidget(row.type, at, 0);
        grid->addWidget(row.bar, at, 1);
        grid->addWidget(row.value, at, 2);
        grid->addWidget(row.verdict, at, 3);
        m_rows.push_back(row);
    }
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(3, 4);
}

void QuantizationPeaks::set(const RunForecast& forecast, const Recipe& recipe, const std::vector<WeightError>& errors)
{
    std::int64_t end = forecast.plan.available;
    for (const QuantizationPeak& each : forecast.peaks)
        end = std::max(end, each.peak);
    // A large free memory must not press all bars into a corner.
    std::int64_t highest = 0;
    for (const QuantizationPeak& each : forecast.peaks)
        highest = std::max(highest, each.peak);
    const bool lineFar = forecast.plan.available > 2 * highest;
    if (lineFar)
        end = highest;

    QStringList lines;
    for (std::size_t i = 0; i < m_rows.size() && i < forecast.peaks.size(); ++i) {
        const QuantizationPeak& peak = forecast.peaks[i];
        const Row& row = m_rows[i];
        const bool current = peak.type == recipe.quantization.type;
        row.type->setText(toQString(peak.type));
        row.type->setFont(scaledFont(1.0, current));
        row.bar->set(peak.peak, lineFar ? 0 : forecast.plan.available, end, peak.fits.value_or(true));
        row.value->setText(gibNumber(peak.peak));
        QStringList words;
        if (const std::int64_t spare = forecast.plan.available - peak.peak; forecast.plan.available > 0)
            words << (spare < 0                ? tr("does not fit, %1 over").arg(gibNumber(-spare))
                    : peak.fits.value_or(true) ? tr("fits, %1 to spare").arg(gibNumber(spare))
                                               : tr("does not fit into RAM"));
        const QString error = errorOf(errors, peak.type == "none" ? recipe.quantization.computeDtype : peak.type);
        if (!error.isEmpty())
            words << error;
        row.verdict->setText(words.join(QStringLiteral("; ")));
        setLook(row.verdict, "bad", !peak.fits.value_or(true));
        lines << tr("%1: %2, %3").arg(row.type->text(), gibText(peak.peak), row.verdict->text());
    }
    m_summary = lines.join(QLatin1Char('\n'));
    setAccessibleDescription(m_summary);
}

} // namespace falconer::ui
