// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/files.h"
#include "tests/support/paths.h"
#include "tests/ui/page_fixture.h"

#include <fmt/format.h>
#include <string>

namespace falconer::test {

/// A small tokenizer in the form of a model's folder: all that the Data page takes of a model.
inline std::string tokenizerFolder() { return golden("text/falcon").string(); }

/// Rows of rising length; of every tenth the completion is long.
inline std::string dataRows(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i) {
        std::string words = fmt::format("answer {}", i);
        for (int word = 0; word < (i % 10 == 9 ? 40 : i % 7); ++word)
            words += " and more";
        text += fmt::format("{{\"prompt\": \"question {}\\n\", \"completion\": \"{}\"}}\n", i, words);
    }
    return text;
}

} // namespace falconer::test
