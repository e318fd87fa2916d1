// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_number_edit.h"

#include "core/config/fields.h"
#include "ui/text/numbers.h"

#include <QLineEdit>

#include <algorithm>
#include <array>
#include <cmath>

namespace falconer::ui {
namespace {

bool isOneOf(const std::string& key, std::initializer_list<const char*> keys)
{
    return std::any_of(keys.begin(), keys.end(), [&](const char* each) { return key == each; });
}

/// The next of … 1, 2, 5, 10, 20 … above or below a positive value.
double nextOfDecade(double value, bool up)
{
    const double decade = std::pow(10, std::floor(std::log10(value) + 1e-9));
    constexpr std::array kUp{2.0, 5.0, 10.0};
    constexpr std::array kDown{5.0, 2.0, 1.0, 0.5};
    const double digits = value / decade;
    constexpr double kSame = 1e-6;
    if (up) {
        for (const double step : kUp)
            if (step > digits + kSame)
                return step * decade;
    } else {
        for (const double step : kDown)
            if (step < digits - kSame)
                return step * decade;
    }
    return value;
}

double stepped(const std::string& key, double value, bool up)
{
    if (isOneOf(key, {"lora.rank", "training.micro_batch", "training.gradient_accumulation", "data.max_length"}))
        return up ? std::max(1.0, value * 2) : std::floor(value / 2);
    if (isOneOf(key, {"training.learning_rate", "sentinel.min_delta"}) && value > 0)
        return nextOfDecade(value, up);
    const FieldInfo* field = findField(key);
    const bool fraction = field && field->kind == FieldKind::number && field->maximum && *field->maximum <= 1;
    const double step = fraction || key == "training.weight_decay" ? 0.01 : key == "training.max_grad_norm" ? 0.1 : 1;
    // Sums of 0.01 would otherwise end in …0000000001.
    return std::round((value + (up ? step : -step)) / step) * step;
}

} // namespace

NumberEdit::NumberEdit(const std::string& key, QWidget* parent)
    : QAbstractSpinBox(parent)
    , m_key(key)
{
    connect(lineEdit(), &QLineEdit::textEdited, this, &NumberEdit::edited);
}

void NumberEdit::setText(const QString& text)
{
    if (lineEdit()->text() != text)
        lineEdit()->setText(text);
}

void NumberEdit::setPlaceholder(const QString& text) { lineEdit()->setPlaceholderText(text); }

void NumberEdit::stepBy(int steps)
{
    bool isNumber = false;
    double value = text().trimmed().toDouble(&isNumber);
    if (!isNumber)
        value = 0;
    const FieldInfo* field = findField(m_key);
    for (int i = 0; i < std::abs(steps); ++i)
        value = stepped(m_key, value, steps > 0);
    // From an arrow nobody wants a value that is refused.
    if (field && field->minimum)
        value = std::max(value, *field->minimum);
    if (field && field->maximum)
        value = std::min(value, *field->maximum);
    const QString next = QString::number(value, 'g', 12);
    const QString shown = recipeNumber(next.toDouble());
    if (shown == text())
        return;
    setText(shown);
    selectAll();
    Q_EMIT edited(shown);
}

QAbstractSpinBox::StepEnabled NumberEdit::stepEnabled() const
{
    bool isNumber = false;
    const double value = text().trimmed().toDouble(&isNumber);
    if (!isNumber)
        return text().trimmed().isEmpty() ? StepUpEnabled : StepEnabled(StepNone);
    const FieldInfo* field = findField(m_key);
    StepEnabled result = StepUpEnabled | StepDownEnabled;
    if (field && field->minimum && value <= *field->minimum)
        result &= ~StepEnabled(StepDownEnabled);
    if (field && field->maximum && value >= *field->maximum)
        result &= ~StepEnabled(StepUpEnabled);
    return result;
}

QSize NumberEdit::sizeHint() const
{
    QSize size = QAbstractSpinBox::sizeHint();
    constexpr int kLetters = 9; // "2.0e-4" and room for the arrows
    size.setWidth(std::max(size.width(), kLetters * fontMetrics().horizontalAdvance(QLatin1Char('0')) + size.height()));
    return size;
}

QSize NumberEdit::minimumSizeHint() const { return {fontMetrics().height() * 4, sizeHint().height()}; }

} // namespace falconer::ui
