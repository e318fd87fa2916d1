// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/command_line.h"

int main(int argc, char** argv) { return falconer::cli::runProgram(argc, argv); }
