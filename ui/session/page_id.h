// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace falconer::ui {

/// The pages in the order of the rail and of Ctrl+1 … Ctrl+8.
enum class PageId { home, model, data, recipe, train, runs, playground, exports, settings };
inline constexpr int kPageCount = static_cast<int>(PageId::settings) + 1;

} // namespace falconer::ui
