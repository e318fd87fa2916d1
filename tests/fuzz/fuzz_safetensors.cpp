// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/formats/parse.h"
#include "tests/fuzz/touch.h"

#include <cstdint>

// A whole safetensors file. Errors are the right answer to most inputs; a crash, a leak, another exception or a read
// outside the input is what is looked for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    try {
        falconer::fuzz::touch(falconer::parse::safetensors(std::as_bytes(std::span(data, size)), "input"));
    } catch (const falconer::Error&) {
    }
    return 0;
}
