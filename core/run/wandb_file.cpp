// SPDX-License-Identifier: Apache-2.0
#include "core/run/wandb_file.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/config/recipe_io.h"
#include "core/run/recipe_values.h"
#include "core/run/tensorboard_records.h"
#include "core/run/wandb_artifact.h"
#include "core/run/wandb_records.h"

#include "core/run/wandb.pb.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer {

namespace {

namespace pb = wandb;
using Json = nlohmann::ordered_json;

constexpr std::string_view kFolderPrefix = "offline-run-";
constexpr const char* kVersion = "0.31.0"; ///< of wandb, whose records these are
constexpr const char* kOldestReader = "0.70.0"; ///< as that version writes it
constexpr const char* kStepName = "train/global_step"; ///< as Transformers names it: charts are drawn over it
constexpr std::size_t kIdLength = 8;
constexpr std::size_t kClientIdLength = 128;

double unixTime() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

std::string environment(const char* name, const char* standard)
{
    const char* value = std::getenv(name);
    return value && *value ? value : standard;
}

/// run-ID.wandb of a folder; nullopt when it has none.
std::optional<fs::path> runFileOf(const fs::path& folder)
{
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (name.starts_with("run-") && name.ends_with(".wandb"))
            return entry->path();
    }
    return std::nullopt;
}

const pb::Item* findItem(const pb::HistoryRecord& history, std::string_view name)
{
    for (const pb::Item& item : history.item())
        if (item.nested_key_size() == 1 && item.nested_key(0) == name)
            return &item;
    return nullptr;
}

double numberOf(const pb::Item* item, double standard)
{
    const Json value = item ? Json::parse(item->value_json(), nullptr, false) : Json();
    return value.is_number() ? value.get<double>() : standard;
}

void add(pb::Item& item, const std::string& name, const std::string& json)
{
    item.add_nested_key(name);
    item.set_value_json(json);
}

/// W&B's config: the recipe's keys, nested as in run.yaml, and what the run found out.
Json configOf(const RunLogInput& input)
{
    Json config = Json::object();
    for (const RecipeValue& value : recipeValues(input.recipe)) {
        const std::size_t dot = value.key.find('.');
        if (dot == std::string::npos)
            config[value.key] = value.value;
        else
            config[value.key.substr(0, dot)][value.key.substr(dot + 1)] = value.value;
    }
    const RunFacts& facts = input.facts;
    config["falconer"] = {{"run_folder", input.run.path().string()}, {"device", facts.device},
        {"total_steps", facts.totalSteps}, {"train_rows", facts.trainRows}, {"validation_rows", facts.validationRows},
        {"trainable_parameters", facts.trainableParameters}, {"total_parameters", facts.totalParameters}};
    return config;
}

std::string dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

} // namespace

/// Turns messages into records at the end of the file.
struct WandbFile::Messages {
    static void write(WandbFile& file, pb::Record& record)
    {
        record.set_num(++file.m_records);
        record.mutable_info()->set_stream_id(file.m_id);
        const std::string payload = record.SerializeAsString();
        if (file.m_file)
            file.m_file->append(wandbRecord(payload, file.m_file->size()));
        else
            file.m_content += wandbRecord(payload, static_cast<std::int64_t>(file.m_content.size()));
    }
};

std::string wandbJson(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "Infinity" : "-Infinity";
    return Json(value).dump();
}

WandbFile::WandbFile(const RunLogInput& input)
    : m_project(environment("WANDB_PROJECT", "falconer"))
    , m_entity(environment("WANDB_ENTITY", ""))
    , m_content(wandbFileHeader())
    , m_began(unixTime())
{
    findOrMakeFolder(input);
    if (input.resumedFrom)
        takeOver(input);
    if (m_records == 0)
        begin(input);
    std::error_code ignored;
    // What was sent is no longer all, nor where a broken upload would go on.
    fs::remove(sentMark(), ignored);
    fs::remove(m_path.string() + ".syncstate", ignored);
    writeFiles(input);
    writeFile(m_path, m_content);
    m_content.clear();
    m_file = std::make_unique<AppendFile>(m_path);
}

WandbFile::~WandbFile() = default;

void WandbFile::findOrMakeFolder(const RunLogInput& input)
{
    const fs::path root = fs::absolute(input.folder() / "wandb").lexically_normal();
    std::error_code error;
    for (fs::directory_iterator entry(root, error), end; !error && entry != end; entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        // Their names begin with the time: the last one is the newest.
        if (!input.resumedFrom || !name.starts_with(kFolderPrefix) || name <= m_folder.filename().string())
            continue;
        if (const auto file = runFileOf(entry->path())) {
            m_folder = entry->path();
            m_path = *file;
        }
    }
    if (m_path.empty()) {
        m_id = wandbId(kIdLength);
        const std::time_t now = std::time(nullptr);
        std::tm parts{};
        gmtime_r(&now, &parts);
        char time[32];
        std::strftime(time, sizeof time, "%Y%m%d_%H%M%S", &parts);
        m_folder = root / (std::string(kFolderPrefix) + time + "-" + m_id);
        m_path = m_folder / ("run-" + m_id + ".wandb");
    } else {
        const std::string stem = m_path.stem().string();
        m_id = stem.substr(std::string_view("run-").size());
    }
    makeFolders(m_folder / "files");
    makeFolders(m_folder / "logs");
}

void WandbFile::takeOver(const RunLogInput& input)
{
    std::error_code ignored;
    if (!fs::exists(m_path, ignored))
        return;
    bool keep = true; // the summary that follows a row goes with it
    for (const std::string& payload : readWandbRecords(readFile(m_path))) {
        pb::Record record;
        if (!record.ParseFromString(payload))
            break;
        if (record.record_type_case() == pb::Record::kHistory) {
            const auto step = static_cast<std::int64_t>(numberOf(findItem(record.history(), kStepName), 0));
            keep = input.keeps(step);
            if (keep)
                m_runtimeBefore
                    = std::max(m_runtimeBefore, numberOf(findItem(record.history(), "_runtime"), m_runtimeBefore));
            m_rows += keep ? 1 : 0;
        }
        const bool isEnd
            = record.record_type_case() == pb::Record::kArtifact || record.record_type_case() == pb::Record::kExit;
        if (keep && !isEnd)
            Messages::write(*this, record);
    }
}

void WandbFile::begin(const RunLogInput& input)
{
    pb::Record header;
    header.mutable_header()->mutable_version_info()->set_producer(kVersion);
    header.mutable_header()->mutable_version_info()->set_min_consumer(kOldestReader);
    Messages::write(*this, header);

    pb::Record record;
    pb::RunRecord& run = *record.mutable_run();
    run.set_run_id(m_id);
    run.set_entity(m_entity);
    run.set_project(m_project);
    run.set_display_name(input.run.path().filename().string());
    run.set_host(hostName());
    run.mutable_start_time()->set_seconds(static_cast<std::int64_t>(m_began));
    const Json config = configOf(input);
    for (const auto& [name, value] : config.items()) {
        pb::Item& item = *run.mutable_config()->add_update();
        item.set_key(name);
        item.set_value_json(dump(value));
    }
    Messages::write(*this, record);

    pb::Record files;
    for (const char* name : {"run.yaml", "wandb-metadata.json"}) {
        pb::FilesRecord::File& file = *files.mutable_files()->add_files();
        file.set_path(name);
        if (std::string_view(name).starts_with("wandb"))
            file.set_type(pb::FilesRecord::File::WANDB);
    }
    Messages::write(*this, files);

    // As Transformers defines them: everything is drawn over the training step.
    pb::Record step;
    step.mutable_metric()->set_name(kStepName);
    step.mutable_metric()->mutable_options()->set_defined(true);
    Messages::write(*this, step);
    pb::Record all;
    all.mutable_metric()->set_glob_name("*");
    all.mutable_metric()->set_step_metric(kStepName);
    all.mutable_metric()->mutable_options()->set_step_sync(true);
    all.mutable_metric()->mutable_options()->set_defined(true);
    Messages::write(*this, all);
}

void WandbFile::writeFiles(const RunLogInput& input) const
{
    const fs::path files = m_folder / "files";
    writeFile(files / "run.yaml", writeRecipe(input.recipe));
    const Json values = configOf(input);
    std::string config = "wandb_version: 1\n";
    for (const auto& [name, value] : values.items())
        config += name + ":\n    value: " + dump(value) + "\n";
    writeFile(files / "config.yaml", config);
    const Json metadata{{"program", "falconer"}, {"host", hostName()}, {"startedAt", utcTime()},
        {"root", input.run.path().string()}, {"device", input.facts.device}};
    writeFile(files / "wandb-metadata.json", metadata.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

double WandbFile::runtime() const { return m_runtimeBefore + std::max(0.0, unixTime() - m_began); }

void WandbFile::history(std::int64_t step, Values values)
{
    values.emplace_back(kStepName, std::to_string(step));
    values.emplace_back("_timestamp", wandbJson(unixTime()));
    values.emplace_back("_runtime", wandbJson(runtime()));
    values.emplace_back("_step", std::to_string(m_rows));
    pb::Record record;
    for (const auto& [name, json] : values)
        add(*record.mutable_history()->add_item(), name, json);
    record.mutable_history()->mutable_step()->set_num(m_rows);
    Messages::write(*this, record);
    ++m_rows;
    summary(values);
}

void WandbFile::summary(const Values& values)
{
    pb::Record record;
    for (const auto& [name, json] : values)
        add(*record.mutable_summary()->add_update(), name, json);
    Messages::write(*this, record);
}

void WandbFile::artifact(
    const std::string& name, const fs::path& folder, const std::vector<std::string>& aliases, const Json& metadata)
{
    const WandbManifest manifest = wandbManifest(folder);
    pb::Record record;
    pb::ArtifactRecord& artifact = *record.mutable_artifact();
    artifact.set_run_id(m_id);
    artifact.set_entity(m_entity);
    artifact.set_project(m_project);
    artifact.set_type("model");
    artifact.set_name(name + "-" + m_id);
    artifact.set_digest(manifest.digest);
    artifact.set_digest_algorithm("MANIFEST_MD5");
    artifact.set_metadata(dump(metadata));
    for (const std::string& alias : aliases)
        artifact.add_aliases(alias);
    artifact.set_finalize(true);
    artifact.set_client_id(wandbId(kClientIdLength));
    auto sequence
        = std::find_if(m_sequences.begin(), m_sequences.end(), [&](const auto& known) { return known.first == name; });
    if (sequence == m_sequences.end())
        sequence = m_sequences.insert(sequence, {name, wandbId(kClientIdLength)});
    artifact.set_sequence_client_id(sequence->second);
    pb::ArtifactManifest& listed = *artifact.mutable_manifest();
    listed.set_version(1);
    listed.set_storage_policy("wandb-storage-policy-v1");
    pb::ArtifactManifest::Config& policy = *listed.add_storage_policy_config();
    policy.set_key("storageLayout");
    policy.set_value_json("\"V2\"");
    for (const WandbManifestEntry& file : manifest.files) {
        pb::ArtifactManifest::Entry& entry = *listed.add_contents();
        entry.set_path(file.path);
        entry.set_digest(file.digest);
        entry.set_size(file.size);
        entry.set_local_path(file.local.string());
    }
    Messages::write(*this, record);
}

void WandbFile::exit(int code)
{
    pb::Record record;
    record.mutable_exit()->set_exit_code(code);
    record.mutable_exit()->set_runtime(static_cast<std::int32_t>(runtime()));
    Messages::write(*this, record);
}

} // namespace falconer
