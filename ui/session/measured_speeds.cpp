// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/measured_speeds.h"

#include <QCryptographicHash>
#include <QSettings>

#include <cmath>

namespace falconer::ui {
namespace {

QString keyOf(const Recipe& recipe, const std::string& device)
{
    const std::string of
        = recipe.model + '\n' + recipe.quantization.type + '\n' + recipe.quantization.computeDtype + '\n' + device;
    const QByteArray hash = QCryptographicHash::hash(QByteArray::fromStdString(of), QCryptographicHash::Sha1).toHex();
    return QStringLiteral("speeds/") + QString::fromLatin1(hash);
}

} // namespace

std::optional<double> measuredSpeed(const Recipe& recipe, const std::string& device)
{
    const double speed = QSettings().value(keyOf(recipe, device)).toDouble();
    if (!std::isfinite(speed) || speed <= 0)
        return {};
    return speed;
}

void rememberSpeed(const Recipe& recipe, const std::string& device, double tokensPerSecond)
{
    if (std::isfinite(tokensPerSecond) && tokensPerSecond > 0)
        QSettings().setValue(keyOf(recipe, device), tokensPerSecond);
}

} // namespace falconer::ui
