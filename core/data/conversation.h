// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/row.h"

#include <string>

namespace falconer {

/// Null, or empty text: as good as not there.
bool isBlank(const Cell& cell);

/// The cell's value as `kind` (list or object); text is read as JSON, which is how CSV and some Parquet files hold such
/// values. Returns a clause about what is wrong, empty when nothing is.
std::string jsonOf(const Cell& cell, CellKind kind, nlohmann::ordered_json& value);

/// jsonOf() for a list; empty with `problem` set when it is none.
nlohmann::ordered_json listOf(const Cell& cell, std::string& problem);

/// Makes a list of messages what a chat template expects: objects with "role" and "content". ShareGPT's "from" and
/// "value" are renamed, and its roles become the usual ones (human: user; gpt, chatgpt, model, bing, bard: assistant;
/// observation, function_response: tool); members that are null are left out, as Arrow fills them in. Returns a clause
/// about what is wrong, empty when nothing is.
std::string tidyMessages(nlohmann::ordered_json& messages);

} // namespace falconer
