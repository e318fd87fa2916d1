// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/chat_template.h"

#include <span>
#include <string>
#include <string_view>

namespace falconer {

/// The names that the recipe's key data.template knows, in the order in which a list shows them: chatml, llama-2,
/// llama-3, mistral, zephyr, gemma, falcon, falcon3, alpaca, vicuna.
std::span<const std::string> namedTemplates();

/// The template of that name, parsed once; it marks the assistant's words with {% generation %}. Throws requestInvalid
/// with the nearest known name.
ChatTemplate namedTemplate(std::string_view name);

} // namespace falconer
