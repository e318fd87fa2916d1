// SPDX-License-Identifier: Apache-2.0
#include "core/config/recipe_io.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

/// Any bytes are a recipe or a fault; a recipe is written and read back to itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace falconer;
    const std::string text(reinterpret_cast<const char*>(data), size);
    // What follows the first NUL is an override.
    const std::size_t cut = text.find('\0');
    std::vector<std::string> overrides;
    if (cut != std::string::npos)
        overrides.push_back(text.substr(cut + 1));
    try {
        const Recipe recipe = parseRecipe(text.substr(0, cut), "fuzz.yaml", "/recipes", overrides).recipe;
        const std::string written = writeRecipe(recipe);
        if (!(parseRecipe(written, "written.yaml", "/recipes").recipe == recipe))
            std::abort();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::recipeInvalid)
            std::abort();
    }
    return 0;
}
