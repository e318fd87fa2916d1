// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace falconer::test {

/// One line of a source file that breaks a rule of the house.
struct HouseFault {
    std::string file; ///< from the root of the checkout: "core/base/error.h"
    int line = 0; ///< from 1; 0: the file as a whole
    std::string problem;
};

/// "core/base/error.h:3: …"
std::string describe(const HouseFault& fault);

/// What a line includes.
struct Include {
    std::string name;
    bool quoted = false; ///< "name" rather than <name>
};

/// The room a file lives in: "kernels", "core/base", "ui/charts", "app/workbench", … Empty for a file in no room.
std::string roomOf(std::string_view file);

/// Whether a file of room `from` may include a header of room `to`; every arrow of the design is transitive.
bool mayInclude(std::string_view from, std::string_view to);

/// The includes that point the wrong way. Only kernels, core, ui and app have arrows; other files have no such faults.
std::vector<HouseFault> includeFaults(std::string_view file, std::string_view text);

/// Length, licence line and words that mark unfinished work.
std::vector<HouseFault> textFaults(std::string_view file, std::string_view text);

} // namespace falconer::test
