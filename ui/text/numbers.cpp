// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

struct NumberText {
    Q_DECLARE_TR_FUNCTIONS(NumberText)
};

constexpr QChar kMinus(0x2212);
constexpr QChar kNone(0x2013);

/// "1.20e-04" to "1.20e-4".
QString withoutExponentZeros(QString text)
{
    const qsizetype e = text.indexOf(QLatin1Char('e'));
    if (e < 0)
        return text;
    qsizetype digits = e + 2; // past the sign, which std formats always write
    while (digits + 1 < text.size() && text[digits] == QLatin1Char('0'))
        text.remove(digits, 1);
    if (text[e + 1] == QLatin1Char('+'))
        text.remove(e + 1, 1);
    return text;
}

} // namespace

QString lossText(double loss)
{
    if (!std::isfinite(loss))
        return kNone;
    return QString::number(loss, 'f', 3).replace(QLatin1Char('-'), kMinus);
}

QString rateText(double rate)
{
    if (!std::isfinite(rate))
        return kNone;
    if (rate == 0)
        return QStringLiteral("0");
    return withoutExponentZeros(QString::number(rate, 'e', 2)).replace(QLatin1Char('-'), kMinus);
}

QString durationText(double seconds)
{
    const auto total = static_cast<qint64>(std::llround(std::max(0.0, seconds)));
    if (total < 60)
        return NumberText::tr("%1 s").arg(total);
    if (total < 3600)
        return NumberText::tr("%1 min %2 s").arg(total / 60).arg(total % 60);
    return NumberText::tr("%1 h %2 min").arg(total / 3600).arg(total % 3600 / 60);
}

QString countText(qint64 count) { return QLocale().toString(count); }

QString recipeNumber(double value)
{
    if (value != 0 && std::abs(value) < 1e-3) {
        QString text = withoutExponentZeros(QString::number(value, 'e', QLocale::FloatingPointShortest));
        if (const qsizetype e = text.indexOf(QLatin1Char('e')); e > 0 && !text.contains(QLatin1Char('.')))
            text.insert(e, QStringLiteral(".0"));
        return text;
    }
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

QString gibNumber(qint64 bytes, int decimals)
{
    const double gib = double(bytes) / double(1LL << 30);
    const double least = std::pow(10.0, -decimals);
    if (bytes > 0 && gib < least)
        return QLatin1Char('<') + QLocale().toString(least, 'f', decimals);
    return QLocale().toString(gib, 'f', gib < 9.995 ? decimals : 1);
}

QString gibText(qint64 bytes, int decimals) { return NumberText::tr("%1 GiB").arg(gibNumber(bytes, decimals)); }

QString parametersText(qint64 parameters)
{
    const double count = double(parameters);
    if (count >= 1e9)
        return NumberText::tr("%1 B").arg(count / 1e9, 0, 'f', 2);
    if (count >= 1e6)
        return NumberText::tr("%1 M").arg(count / 1e6, 0, 'f', 0);
    return NumberText::tr("%1 k").arg(count / 1e3, 0, 'f', 0);
}

} // namespace falconer::ui
