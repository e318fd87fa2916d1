// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace falconer {

/// A record of a TensorBoard event file (a TFRecord): length, its checksum, the payload, its checksum. Source:
/// tensorboard/summary/writer/record_writer.py.
std::string tensorBoardRecord(std::string_view payload);

/// This machine's name as file names may carry it.
std::string hostName();

} // namespace falconer
