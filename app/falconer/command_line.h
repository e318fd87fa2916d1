// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace falconer::cli {

/// The whole program: finds the verb, parses its arguments, runs it, and turns errors into sentences and an exit code.
int runProgram(int argc, char** argv);

} // namespace falconer::cli
