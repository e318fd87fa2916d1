// SPDX-License-Identifier: Apache-2.0
// Run by tst_isa with FALCONER_ISA set, because the back end is chosen once a process.
#include "kernels/backend.h"

#include <cstdio>

int main()
{
    using namespace falconer::kernels;
    const std::string_view chosen = name(activeIsa());
    const std::string_view table = name(activeBackend().isa);
    const std::string_view fault = isaFault();
    std::printf("%.*s\n%.*s\n%.*s\n", static_cast<int>(chosen.size()), chosen.data(), static_cast<int>(table.size()),
        table.data(), static_cast<int>(fault.size()), fault.data());
    return 0;
}
