// SPDX-License-Identifier: Apache-2.0
#include "core/run/run_notes.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer {

namespace {

using Json = nlohmann::ordered_json;

/// Escapes can make a text six times as long.
constexpr std::uintmax_t kMostFileBytes = 6 * (kMostNoteBytes + kMostTags * kMostTagBytes) + 1024;

fs::path notesFile(const fs::path& run) { return run / "notes.json"; }

Error malformed(const fs::path& file, const std::string& problem)
{
    return Error(
        ErrorCode::fileMalformed, file.string(), problem, "remove or repair it; tags and notes of the run live there");
}

std::string trimmed(std::string text)
{
    for (char& letter : text)
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f)
            letter = ' ';
    const auto first = text.find_first_not_of(' ');
    if (first == std::string::npos)
        return {};
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

} // namespace

std::vector<std::string> cleanTags(const std::vector<std::string>& tags)
{
    std::vector<std::string> clean;
    for (const std::string& tag : tags)
        if (std::string text = trimmed(toValidUtf8(tag));
            !text.empty() && std::find(clean.begin(), clean.end(), text) == clean.end())
            clean.push_back(std::move(text));
    return clean;
}

RunNotes readRunNotes(const fs::path& run)
{
    const fs::path file = notesFile(run);
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (status.type() == fs::file_type::not_found)
        return {};
    // A pipe or a device would hold the reader up.
    if (!fs::is_regular_file(status))
        throw malformed(file, "is not a file");
    if (fs::file_size(file, error) > kMostFileBytes || error)
        throw malformed(file, "is larger than notes can be");
    const Json whole = Json::parse(readFile(file), nullptr, false);
    if (!whole.is_object())
        throw malformed(file, whole.is_discarded() ? "is not valid JSON" : "is not a JSON object");
    RunNotes notes;
    if (const auto text = whole.find("notes"); text != whole.end()) {
        if (!text->is_string())
            throw malformed(file, "\"notes\" is not a text");
        notes.notes = text->get<std::string>();
    }
    if (const auto tags = whole.find("tags"); tags != whole.end()) {
        const bool texts = tags->is_array()
            && std::all_of(tags->begin(), tags->end(), [](const Json& tag) { return tag.is_string(); });
        if (!texts)
            throw malformed(file, "\"tags\" is not a list of texts");
        notes.tags = cleanTags(tags->get<std::vector<std::string>>());
    }
    return notes;
}

void writeRunNotes(const fs::path& run, const RunNotes& notes)
{
    const fs::path file = notesFile(run);
    std::error_code error;
    if (!fs::exists(run / "run.yaml", error))
        throw Error(ErrorCode::requestInvalid, run.string(), "holds no run, so it takes no notes", "look again");
    const std::vector<std::string> tags = cleanTags(notes.tags);
    if (notes.notes.size() > kMostNoteBytes)
        throw Error(ErrorCode::requestInvalid, file.string(), "the notes are longer than 256 KiB", "shorten them");
    if (tags.size() > kMostTags)
        throw Error(ErrorCode::requestInvalid, file.string(), "a run takes 32 tags at most", "remove some");
    if (std::any_of(tags.begin(), tags.end(), [](const std::string& tag) { return tag.size() > kMostTagBytes; }))
        throw Error(ErrorCode::requestInvalid, file.string(), "a tag is longer than 64 bytes", "shorten it");
    if (notes.notes.empty() && tags.empty()) {
        fs::remove(file, error);
        if (error)
            throw Error(ErrorCode::fileUnwritable, file.string(), "cannot be removed (" + error.message() + ")",
                "check the permissions of the run's folder");
        return;
    }
    const Json whole{{"version", 1}, {"tags", tags}, {"notes", notes.notes}};
    writeFile(file, whole.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

} // namespace falconer
