// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/network_use.h"

#include <QCoreApplication>

namespace falconer::ui {
namespace {

struct NetworkUse {
    Q_DECLARE_TR_FUNCTIONS(NetworkUse)
};

} // namespace

std::optional<Fault> networkUse(const Recipe& recipe)
{
    if (recipe.logging.wandb != "online")
        return {};
    return Fault{ErrorCode::requestInvalid, "logging.wandb",
        NetworkUse::tr("sends metrics to the network, and Settings say offline").toStdString(),
        NetworkUse::tr("choose offline, or allow it in Settings").toStdString()};
}

} // namespace falconer::ui
