// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/formats/tensor_file.h"

#include <vector>

namespace falconer::fuzz {

/// Reads every byte that the views promise.
inline void touch(const std::vector<TensorView>& tensors)
{
    for (const TensorView& tensor : tensors) {
        std::vector<float> out(static_cast<std::size_t>(tensor.elements()));
        try {
            decode(tensor, 0, out);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::modelUnsupported) // truth values are not decoded
                __builtin_trap();
        }
    }
}

} // namespace falconer::fuzz
