// SPDX-License-Identifier: Apache-2.0
#include "core/run/run_folder.h"

#include "core/base/descriptor.h"
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/config/recipe_io.h"
#include "core/run/json_lines.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>

namespace fs = std::filesystem;

namespace falconer {

namespace {

constexpr std::string_view kCheckpointPrefix = "checkpoint-";

fs::path normal(const fs::path& folder)
{
    fs::path whole = expandPath(folder.string(), fs::current_path()).lexically_normal();
    return whole.has_filename() || whole == whole.root_path() ? whole : whole.parent_path();
}

bool isThere(const fs::path& path)
{
    std::error_code error;
    return fs::exists(path, error);
}

/// N of "checkpoint-N"; only in the spelling that checkpoint() writes.
std::optional<std::int64_t> checkpointStep(const std::string& name)
{
    if (!name.starts_with(kCheckpointPrefix))
        return std::nullopt;
    const char* begin = name.data() + kCheckpointPrefix.size();
    const char* end = name.data() + name.size();
    std::int64_t step = -1;
    const auto [stop, error] = std::from_chars(begin, end, step);
    if (error != std::errc() || stop != end || step < 0
        || name != std::string(kCheckpointPrefix) + std::to_string(step))
        return std::nullopt;
    return step;
}

Error holdsRun(const fs::path& folder)
{
    return {ErrorCode::requestInvalid, folder.string(), "already holds a run",
        "go on with it by falconer resume, or choose another folder with --output"};
}

[[noreturn]] void throwNoFolder(const fs::path& folder, const std::error_code& error)
{
    const bool isFull = error == std::errc::no_space_on_device;
    throw Error(isFull ? ErrorCode::diskFull : ErrorCode::requestInvalid, folder.string(),
        "the run's folder cannot be made (" + error.message() + ")",
        isFull ? "free some space, or choose another disk" : "choose another folder with --output");
}

} // namespace

RunFolder::RunFolder(fs::path path)
    : m_path(std::move(path))
{
}

void RunFolder::checkPlace(const fs::path& folder)
{
    const RunFolder run(normal(folder));
    if (isThere(run.recipeFile()) || isThere(run.metricsFile()))
        throw holdsRun(run.path());
    requireWritable(run.path());
}

RunFolder RunFolder::create(const fs::path& folder, const Recipe& recipe)
{
    checkPlace(folder);
    RunFolder run(normal(folder));
    std::error_code error;
    fs::create_directories(run.path(), error);
    if (error)
        throwNoFolder(run.path(), error);
    // Making a folder is atomic: of two runs that start at once in one place, the second is refused here.
    if (!fs::create_directory(run.checkpoints(), error)) {
        if (error)
            throwNoFolder(run.checkpoints(), error);
        throw holdsRun(run.path());
    }
    try {
        run.claim();
        writeFile(run.recipeFile(), writeRecipe(recipe));
    } catch (...) {
        // Nothing that looks like a run stays behind: the next try finds the folder free.
        fs::remove(run.eventsFile(), error);
        fs::remove(run.checkpoints(), error);
        fs::remove(run.path(), error); // only when it is empty
        throw;
    }
    return run;
}

RunFolder RunFolder::open(const fs::path& folder)
{
    RunFolder run(normal(folder));
    if (!isThere(run.recipeFile()))
        throw Error(ErrorCode::requestInvalid, run.path().string(),
            isThere(run.path()) ? "holds no run (there is no run.yaml in it)" : "does not exist",
            "name the folder that falconer train made; falconer runs lists them");
    return run;
}

fs::path RunFolder::defaultPath(const Recipe& recipe)
{
    const fs::path base = recipe.file.empty() ? fs::current_path() : normal(recipe.file).parent_path();
    if (recipe.output)
        return expandPath(*recipe.output, base).lexically_normal();
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char time[32];
    std::strftime(time, sizeof time, "%Y%m%d-%H%M%S", &parts);
    const std::string stem = recipe.file.empty() ? "run" : recipe.file.stem().string();
    const fs::path first = base / "runs" / (stem + "-" + time);
    fs::path path = first;
    for (int number = 2; isThere(path); ++number)
        path = first.string() + "-" + std::to_string(number);
    return path;
}

void RunFolder::claim()
{
    auto file = std::make_shared<const Descriptor>(
        ::open(eventsFile().c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
    if (!*file)
        throw Error(ErrorCode::fileUnwritable, eventsFile().string(),
            "cannot be written (" + std::system_category().message(errno) + ")",
            "check the permissions of the run's folder");
    // isRunning() takes the lock for a moment; that must not look like a second trainer.
    for (int attempt = 0; ::flock(file->get(), LOCK_EX | LOCK_NB) != 0; ++attempt) {
        if (errno == ENOTSUP || errno == ENOSYS || errno == EINVAL || errno == ENOLCK)
            break; // a file system without locks
        if (attempt == 50)
            throw Error(ErrorCode::requestInvalid, m_path.string(), "is being trained by another process",
                "wait for it to end, or stop it first");
        std::this_thread::sleep_for(std::chrono::milliseconds(4));
    }
    m_claim = std::move(file);
}

bool RunFolder::isRunning() const
{
    const Descriptor file(::open(eventsFile().c_str(), O_RDONLY | O_CLOEXEC));
    return file && ::flock(file.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

fs::path RunFolder::checkpoint(std::int64_t step) const
{
    return checkpoints() / (std::string(kCheckpointPrefix) + std::to_string(step));
}

std::vector<std::int64_t> RunFolder::checkpointSteps() const
{
    // A checkpoint appears under its name only when it is complete (AtomicFolder), so the name is all the proof needed.
    std::vector<std::int64_t> steps;
    std::error_code error;
    for (fs::directory_iterator entry(checkpoints(), error), end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        if (const auto step = checkpointStep(entry->path().filename().string()); step && entry->is_directory(ignored))
            steps.push_back(*step);
    }
    std::sort(steps.begin(), steps.end());
    return steps;
}

void RunFolder::retain(std::int64_t keep, std::optional<std::int64_t> best) const
{
    const std::vector<std::int64_t> steps = checkpointSteps();
    const auto kept = static_cast<std::size_t>(std::max<std::int64_t>(keep, 0));
    for (std::size_t i = 0; i + kept < steps.size(); ++i) {
        if (steps[i] == best)
            continue;
        // Renamed first: a checkpoint that is removed half-way must not pass for a complete one. removeUnfinished()
        // takes away what a kill leaves under this name.
        const fs::path doomed = checkpoints() / (".falconer-tmp-removed-" + std::to_string(steps[i]));
        std::error_code error;
        fs::remove_all(doomed, error);
        fs::rename(checkpoint(steps[i]), doomed, error);
        if (!error)
            fs::remove_all(doomed, error);
        if (error)
            throw Error(ErrorCode::fileUnwritable, checkpoint(steps[i]).string(),
                "the old checkpoint cannot be removed (" + error.message() + ")",
                "check the permissions of the run's folder");
    }
}

void RunFolder::appendEvent(std::string_view event, std::string_view message, std::optional<std::int64_t> step,
    std::optional<ErrorCode> code) const
{
    nlohmann::ordered_json line{{"time", utcTime()}, {"event", event}, {"message", message}};
    if (step)
        line["step"] = *step;
    if (code)
        line["code"] = falconer::name(*code);
    appendJsonLine(eventsFile(), line);
}

} // namespace falconer
