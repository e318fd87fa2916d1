// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QDialog;
class QWidget;

namespace falconer::ui {

struct RunAdapters;

/// Opens a dialog that shows the template in use and the prompts that each side read last, as the model got them. It
/// deletes itself.
QDialog* showPlaygroundTemplate(
    const RunAdapters* run, bool chat, const QString& basePrompt, const QString& tunedPrompt, QWidget* parent);

} // namespace falconer::ui
