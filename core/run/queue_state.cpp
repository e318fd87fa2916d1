// SPDX-License-Identifier: Apache-2.0
#include "core/run/queue_state.h"

#include "core/base/files.h"
#include "core/run/append_file.h"
#include "core/run/recipe_values.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>

namespace fs = std::filesystem;

namespace falconer {

namespace {

using Json = nlohmann::ordered_json;

QueueRecord recordFrom(const Json& object)
{
    QueueRecord record;
    record.folder = object.at("folder").get<std::string>();
    record.state = object.at("state").get<std::string>();
    record.message = object.at("message").get<std::string>();
    record.recipe = object.at("recipe").get<std::map<std::string, std::string>>();
    return record;
}

} // namespace

QueueState QueueState::fresh(const fs::path& output)
{
    QueueState state;
    state.m_file = output / "queue.json";
    return state;
}

QueueState QueueState::load(const fs::path& output)
{
    QueueState state = fresh(output);
    std::error_code ignored;
    if (!fs::exists(state.m_file, ignored))
        return state;
    try {
        for (const auto& [name, object] :
            Json::parse(readFile(state.m_file)).at("runs").get<std::map<std::string, Json>>())
            state.m_records.emplace(name, recordFrom(object));
    } catch (const Json::exception&) {
        throw Error(ErrorCode::fileMalformed, state.m_file.string(), "is not the state of a queue",
            "choose another folder with --output");
    }
    return state;
}

const QueueRecord* QueueState::find(const std::string& name) const
{
    const auto found = m_records.find(name);
    return found == m_records.end() ? nullptr : &found->second;
}

void QueueState::take(const QueuePlan& plan)
{
    for (const QueuedRun& run : plan.runs) {
        QueueRecord record;
        record.folder = run.folder.string();
        record.state = run.action == QueueAction::skip ? "finished" : "waiting";
        for (const RecipeValue& value : recipeValues(run.recipe.recipe))
            record.recipe[value.key] = value.yaml;
        m_records[run.name] = std::move(record);
    }
}

void QueueState::set(const std::string& name, const std::string& state, const std::string& message)
{
    m_records[name].state = state;
    m_records[name].message = message;
}

void QueueState::save() const
{
    Json runs = Json::object();
    for (const auto& [name, record] : m_records)
        runs[name] = {
            {"folder", record.folder}, {"state", record.state}, {"message", record.message}, {"recipe", record.recipe}};
    const Json whole{{"version", 1}, {"runs", std::move(runs)}};
    writeFile(m_file, whole.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

QueueClaim::QueueClaim(const fs::path& output)
{
    makeFolders(output);
    auto lock = std::make_shared<const Descriptor>(::open(output.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    // A file system without locks refuses for another reason: the runs' own claims still guard them.
    if (*lock && ::flock(lock->get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        throw Error(ErrorCode::requestInvalid, output.string(), "another session is running this queue",
            "wait for it to end, or stop it first");
    m_lock = std::move(lock);
}

} // namespace falconer
