// SPDX-License-Identifier: Apache-2.0
#include "core/data/arrow_reader.h"
#include "core/data/delimited_reader.h"
#include "core/data/json_reader.h"
#include "core/data/json_row.h"
#include "core/data/jsonl_reader.h"
#include "core/data/row_reader.h"
#include "core/data/text_reader.h"

#include <algorithm>

namespace falconer {
namespace {

std::string lowerExtension(const std::filesystem::path& path)
{
    std::string extension = path.extension().string();
    std::ranges::transform(
        extension, extension.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return extension;
}

/// Whether text that begins with an object is JSON Lines: its first line is a whole object, and not one that holds the
/// rows.
bool isLines(TextSource& source)
{
    std::string_view line;
    Row row;
    while (source.nextLine(line))
        if (line.find_first_not_of(" \t\r") != std::string_view::npos)
            break;
    if (!parseJsonRow(line, "line", row).empty())
        return false;
    return std::ranges::none_of(
        std::initializer_list<std::string_view>{"data", "train", "rows"}, [&](std::string_view column) {
            const Cell* cell = row.find(column);
            return cell && cell->kind == CellKind::list;
        });
}

std::unique_ptr<RowReader> openJson(const std::filesystem::path& path, bool maybeDocument)
{
    TextSource source(path);
    startText(source);
    std::size_t first = source.unread().find_first_not_of(" \t\r\n");
    while (first == std::string_view::npos && source.grow())
        first = source.unread().find_first_not_of(" \t\r\n");
    const char start = first == std::string_view::npos ? '\0' : source.unread()[first];
    if (start == '[' || (maybeDocument && start == '{' && !isLines(source)))
        return std::make_unique<JsonReader>(TextSource(path));
    return std::make_unique<JsonlReader>(TextSource(path));
}

} // namespace

std::unique_ptr<RowReader> openRows(const std::filesystem::path& path)
{
    const std::string extension = lowerExtension(path);
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::ranges::find(names, extension) != names.end();
    };
    if (is({".csv"}))
        return std::make_unique<DelimitedReader>(TextSource(path), ',');
    if (is({".tsv", ".tab"}))
        return std::make_unique<DelimitedReader>(TextSource(path), '\t');
    if (is({".txt", ".text", ".md"}))
        return std::make_unique<TextReader>(TextSource(path));
    if (is({".parquet", ".pq"}))
        return openArrowRows(path, ArrowFormat::parquet);
    if (is({".arrow", ".feather", ".ipc"}))
        return openArrowRows(path, ArrowFormat::ipc);
    return openJson(path, is({".json"}));
}

} // namespace falconer
