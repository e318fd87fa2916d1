// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/arrow_reader.h"

namespace falconer {

bool readsArrow() { return false; }

std::unique_ptr<RowReader> openArrowRows(const std::filesystem::path& path, ArrowFormat format)
{
    throw Error(ErrorCode::dataInvalid, toValidUtf8(path.string()),
        format == ArrowFormat::parquet ? "this build cannot read Parquet" : "this build cannot read Arrow files",
        "run packaging/setup.sh and build again, or convert the file to JSON Lines");
}

} // namespace falconer
