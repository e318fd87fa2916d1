// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/data/row_reader.h"

namespace falconer {

enum class ArrowFormat { parquet, ipc };

/// Reads Parquet, or Arrow's IPC formats (file, which Feather 2 is, and stream, which the `datasets` library keeps),
/// batch by batch. Rows are numbered from 1. Throws fileMissing, fileUnreadable, fileMalformed, and dataInvalid "this
/// build cannot read it" where Falconer was built without Arrow.
std::unique_ptr<RowReader> openArrowRows(const std::filesystem::path& path, ArrowFormat format);

/// Whether this build has Arrow.
bool readsArrow();

} // namespace falconer
