// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/adapter_export.h"

#include "core/base/error.h"
#include "core/base/files.h"

#include <algorithm>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace fs = std::filesystem;

namespace falconer::ui {
namespace {

constexpr std::size_t kChunk = std::size_t{4} << 20;

/// Makes the folders above a new one, and takes them away again unless it came to something.
class Parents {
public:
    explicit Parents(const fs::path& folder)
    {
        std::error_code failed;
        for (fs::path each = folder; !each.empty() && !fs::exists(each, failed); each = each.parent_path())
            m_made.push_back(each);
        fs::create_directories(folder, failed);
        if (fs::is_directory(folder, failed))
            return;
        undo();
        throw Error(ErrorCode::fileUnwritable, folder.string(), "the folder cannot be made", "choose another folder");
    }
    ~Parents() { undo(); }
    Parents(const Parents&) = delete;
    Parents& operator=(const Parents&) = delete;
    void keep() { m_made.clear(); }

private:
    void undo() noexcept
    {
        std::error_code ignored;
        for (const fs::path& each : m_made) // deepest first; one that holds something stays
            fs::remove(each, ignored);
    }

    std::vector<fs::path> m_made;
};

struct Part {
    const char* name;
    bool needed;
};
constexpr Part kParts[] = {{"adapter_config.json", true}, {"adapter_model.safetensors", true}, {"README.md", false}};

} // namespace

void checkExportTarget(const fs::path& target)
{
    std::error_code failed;
    if (target.empty() || !target.is_absolute())
        throw Error(ErrorCode::requestInvalid, target.empty() ? "the folder" : target.string(),
            target.empty() ? "none is named" : "it does not begin at the root of the file system",
            "name the folder to write");
    const fs::file_status status = fs::status(target, failed);
    if (!fs::exists(status))
        return;
    if (!fs::is_directory(status))
        throw Error(ErrorCode::requestInvalid, target.string(), "a file of that name is there", "choose another name");
    if (!fs::is_empty(target, failed) || failed)
        throw Error(ErrorCode::requestInvalid, target.string(),
            "the folder holds something already, which an export never replaces", "choose another name");
}

fs::path freeExportTarget(const fs::path& target)
{
    std::error_code ignored;
    const auto taken = [&](const fs::path& folder) {
        return fs::exists(folder, ignored) && !(fs::is_directory(folder, ignored) && fs::is_empty(folder, ignored));
    };
    fs::path folder = target;
    for (int number = 2; taken(folder); ++number)
        folder = target.parent_path() / (target.filename().string() + "-" + std::to_string(number));
    return folder;
}

void exportAdapter(const fs::path& adapter, const fs::path& target, const Progress& progress)
{
    checkExportTarget(target);
    std::vector<std::shared_ptr<const MappedFile>> files;
    std::size_t total = 0;
    for (const Part& part : kParts) {
        std::error_code failed;
        if (!part.needed && !fs::exists(adapter / part.name, failed))
            continue;
        files.push_back(MappedFile::open(adapter / part.name));
        total += files.back()->bytes().size();
    }
    Parents parents(target.parent_path());
    AtomicFolder folder(target);
    std::size_t done = 0;
    for (const auto& file : files) {
        AtomicFile copy(folder.temporary() / file->path().filename());
        for (std::size_t at = 0; at < file->bytes().size(); at += kChunk) {
            report(progress, "writing", static_cast<long long>(done), static_cast<long long>(total));
            const auto piece = file->bytes().subspan(at, std::min(kChunk, file->bytes().size() - at));
            copy.write(piece.data(), piece.size());
            file->release(piece);
            done += piece.size();
        }
        copy.commit();
    }
    report(progress, "writing", static_cast<long long>(total), static_cast<long long>(total));
    folder.commit();
    parents.keep();
}

} // namespace falconer::ui
