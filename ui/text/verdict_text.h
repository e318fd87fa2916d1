// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/sentinel.h"

#include <QString>

namespace falconer::ui {

/// The sentinel's state as a pill says it: "Healthy", "Watch", "Overfitting", "Diverging".
QString verdictLabel(const SentinelVerdict& verdict);

/// The verdict in one sentence: "Overfitting: validation loss has risen since step 240."
QString verdictHeading(const SentinelVerdict& verdict);

/// The numbers behind it, in sentences: "From 2.479 to 2.549 (+2.8 %) over 6 evaluations, …".
QString verdictEvidence(const SentinelVerdict& verdict);

} // namespace falconer::ui
