// SPDX-License-Identifier: Apache-2.0
#include "core/data/json_reader.h"
#include "tests/fuzz/row_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace falconer;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        JsonReader reader(text, "rows.json");
        fuzz::readAll(reader);
    } catch (const Error& error) { // no list of rows in it
        fuzz::require(error.code() == ErrorCode::dataInvalid || error.code() == ErrorCode::fileMalformed);
    }
    return 0;
}
