// SPDX-License-Identifier: Apache-2.0
#include "core/data/delimited_reader.h"
#include "tests/fuzz/row_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace falconer;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const char delimiter : {',', '\t'}) {
        try {
            DelimitedReader reader(text, "rows.csv", delimiter);
            fuzz::readAll(reader);
        } catch (const Error& error) { // of the header
            fuzz::require(error.code() == ErrorCode::dataInvalid || error.code() == ErrorCode::fileMalformed);
        }
    }
    return 0;
}
