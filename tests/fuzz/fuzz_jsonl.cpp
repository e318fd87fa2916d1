// SPDX-License-Identifier: Apache-2.0
#include "core/data/jsonl_reader.h"
#include "tests/fuzz/row_checks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace falconer;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        JsonlReader reader(text, "rows.jsonl");
        fuzz::readAll(reader);
        fuzz::require(reader.position() == text.size());
    } catch (const Error& error) { // evidently another format
        fuzz::require(error.code() == ErrorCode::dataInvalid);
    }
    return 0;
}
