// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/command_line.h"
#include "core/base/memory.h"

#include <csignal>

int main(int argc, char** argv)
{
    falconer::returnLargeBlocks();
    // Past a limit on file sizes a write shall fail, and say so, instead of ending the program.
    std::signal(SIGXFSZ, SIG_IGN);
    // Nor shall a night of training end because somebody closed the pipe that its progress goes to.
    std::signal(SIGPIPE, SIG_IGN);
    return falconer::cli::runProgram(argc, argv);
}
