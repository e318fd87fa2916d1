// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/adapter_export.h"

#include "core/base/error.h"
#include "core/base/files.h"

#include <system_error>

namespace fs = std::filesystem;

namespace falconer::ui {

fs::path exportAdapter(const fs::path& adapter, const fs::path& place, const std::string& name)
{
    std::error_code failed;
    if (!fs::is_directory(adapter, failed))
        throw Error(ErrorCode::fileMissing, adapter.string(), "does not exist any more", "train again");
    if (!fs::is_directory(place, failed))
        throw Error(ErrorCode::fileMissing, place.string(), "does not exist", "choose another folder");
    fs::path target = place / name;
    for (int number = 2; fs::exists(target, failed); ++number)
        target = place / (name + "-" + std::to_string(number));
    AtomicFolder folder(target);
    fs::copy(adapter, folder.temporary(), fs::copy_options::recursive, failed);
    if (failed == std::errc::no_space_on_device)
        throw Error(ErrorCode::diskFull, place.string(), "no space is left", "free some, or choose another folder");
    if (failed)
        throw Error(ErrorCode::fileUnwritable, target.string(), failed.message(), "choose another folder");
    folder.commit();
    return target;
}

} // namespace falconer::ui
