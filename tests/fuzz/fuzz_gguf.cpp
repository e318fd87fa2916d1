// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/formats/parse.h"
#include "tests/fuzz/touch.h"

#include <cstdint>

// A whole GGUF file; see fuzz_safetensors.cpp.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    try {
        falconer::fuzz::touch(falconer::parse::gguf(std::as_bytes(std::span(data, size)), "input").tensors);
    } catch (const falconer::Error&) {
    }
    return 0;
}
