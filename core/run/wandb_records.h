// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

// The framing of a .wandb file: a 7-byte header, then LevelDB's log format in blocks of 32,768 bytes (the header counts
// as part of the first) with zlib's CRC-32. Source: wandb/core's transactionlog; accepted by wandb 0.31.0.

/// What a file begins with.
std::string wandbFileHeader();

/// `payload` as it stands at `offset` of the file: zeros up to the next block where no chunk header fits, then one or
/// several chunks.
std::string wandbRecord(std::string_view payload, std::int64_t offset);

/// The payloads of a file, up to the first record that is unfinished or damaged (a killed writer). Empty when the
/// header is not that of a .wandb file.
std::vector<std::string> readWandbRecords(std::string_view file);

} // namespace falconer
