// SPDX-License-Identifier: Apache-2.0
#include "core/train/run_forecast.h"

#include "core/base/memory.h"
#include "core/config/recipe_io.h"
#include "core/data/batches.h"
#include "core/hub/local_models.h"
#include "core/model/checkpoint.h"
#include "core/model/decoder.h"
#include "core/ops/device.h"

#include <ATen/DeviceAccelerator.h>
#include <ATen/Parallel.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <string_view>
#include <utility>

namespace falconer {

namespace {

constexpr std::int64_t kMostLayers = 10'000; ///< as lora.layers may name

/// What a file is, so that a change of it is noticed.
std::string stamp(const std::filesystem::path& path)
{
    std::error_code failure;
    const auto time = std::filesystem::last_write_time(path, failure);
    const auto ticks = failure ? 0 : static_cast<long long>(time.time_since_epoch().count());
    const std::uintmax_t size
        = std::filesystem::is_directory(path, failure) ? 0 : std::filesystem::file_size(path, failure);
    return fmt::format("{}\n{}\n{}\n", path.string(), ticks, failure ? 0 : size);
}

std::string modelStamp(const std::filesystem::path& model)
{
    if (!std::filesystem::is_directory(model))
        return stamp(model);
    return stamp(model) + stamp(model / "config.json") + stamp(model / "tokenizer.json")
        + stamp(model / "tokenizer_config.json");
}

/// Everything of the recipe that decides over the lengths of its rows and over which of them are validation rows.
std::string rowsKey(const Recipe& recipe, const std::string& model)
{
    Recipe deciding;
    deciding.data = recipe.data;
    deciding.data.packing = deciding.data.groupByLength = deciding.data.shuffle = false;
    deciding.data.maxLength = DataSettings{}.maxLength;
    deciding.training.seed = recipe.training.seed;
    std::string key = model + writeRecipe(deciding);
    for (const WeightedFile& file : recipe.data.train)
        key += stamp(file.path);
    if (const auto* file = std::get_if<std::string>(&recipe.data.validation))
        key += stamp(*file);
    return key;
}

/// The faults that would make a plan meaningless: data files and paths are judged as they are read.
void requireSound(const Recipe& recipe)
{
    constexpr std::array<std::string_view, 5> kSections
        = {"device", "quantization.", "data.max_length", "lora.", "training."};
    std::vector<Fault> faults;
    for (Fault& fault : validate(recipe))
        if (std::any_of(kSections.begin(), kSections.end(),
                [&](std::string_view section) { return fault.subject.starts_with(section); }))
            faults.push_back(std::move(fault));
    if (!faults.empty())
        throw Error(std::move(faults));
}

const ModelSpec& checked(const ModelSpec& spec, const std::filesystem::path& path)
{
    if (spec.layers >= kMostLayers)
        throw Error(ErrorCode::modelUnsupported, path.string(), fmt::format("it has {} layers", spec.layers),
            "use an intact model");
    return spec;
}

struct Device {
    std::string name;
    bool gpu = false;
    std::int64_t total = 0;
    std::int64_t available = 0;
};

/// A GPU that a recipe names need not be here: then its memory is not known.
Device deviceOf(const std::string& name)
{
    Device device;
    try {
        const c10::Device chosen = chooseDevice(name);
        device.name = describe(chosen);
        device.gpu = !chosen.is_cpu();
        if (device.gpu) {
            const auto [available, total] = at::getDeviceAllocator(chosen.type())->getMemoryInfo(chosen.index());
            device.available = static_cast<std::int64_t>(available);
            device.total = static_cast<std::int64_t>(total);
        } else {
            device.total = machineMemory().total;
        }
    } catch (const std::exception&) {
        device.name = name;
        device.gpu = name != "cpu";
    }
    return device;
}

/// Tokens of one pass through the rows, each cut to data.max_length.
double tokensOf(const Recipe& recipe, const std::vector<std::int64_t>& rows)
{
    double tokens = 0;
    for (const std::int64_t length : rows)
        tokens += static_cast<double>(std::min(length, recipe.data.maxLength));
    return tokens;
}

/// What the trainer counts as micro-batches: rows or packs of them.
std::int64_t sequences(const Recipe& recipe, const PlanFacts& facts)
{
    if (!recipe.data.packing)
        return static_cast<std::int64_t>(facts.rows.size());
    std::vector<std::int64_t> lengths;
    for (const std::int64_t length : facts.rows)
        lengths.push_back(std::clamp<std::int64_t>(length, 1, recipe.data.maxLength));
    return packByLength(lengths, recipe.data.maxLength).size();
}

} // namespace

struct RunForecaster::Kept {
    std::mutex mutex;

    std::string modelKey;
    std::optional<Checkpoint> checkpoint;
    std::int64_t storedBytes = 2;
    std::unique_ptr<Tokenizer> tokenizer;

    std::string rowsKey;
    std::vector<std::int64_t> rows, validationRows;
    std::string rowsProblem;

    std::string errorsKey;
    std::vector<WeightError> errors;

    void openModel(const std::string& name)
    {
        const std::filesystem::path path = resolveModel(name);
        const std::string key = modelStamp(path);
        if (key == modelKey)
            return;
        modelKey.clear();
        checkpoint.reset();
        tokenizer.reset();
        checkpoint.emplace(path);
        checked(checkpoint->spec(), path);
        storedBytes = storedBytesPerWeight(*checkpoint);
        modelKey = key;
    }

    void readRows(const Recipe& recipe, const Progress& progress)
    {
        std::string key = falconer::rowsKey(recipe, modelKey);
        if (key == rowsKey)
            return;
        rowsKey.clear();
        rows.clear();
        validationRows.clear();
        rowsProblem.clear();
        try {
            if (!tokenizer)
                tokenizer = loadTokenizerFor(checkpoint->path());
            Recipe plain = recipe;
            plain.lora.initFrom.reset(); // read afresh each time: it is a small file
            PlanFacts facts = planFacts(plain, *tokenizer, false, 0, progress);
            rows = std::move(facts.rows);
            validationRows = std::move(facts.validationRows);
        } catch (const Error& error) {
            if (error.faults().front().code == ErrorCode::cancelled)
                throw;
            rowsProblem = error.what();
        }
        rowsKey = std::move(key);
    }
};

RunForecaster::RunForecaster()
    : m_kept(std::make_unique<Kept>())
{
}

RunForecaster::~RunForecaster() = default;

ModelSpec RunForecaster::describe(const std::string& model)
{
    // Without the lock: rows may just be read, and the shape is wanted at once.
    const std::filesystem::path path = resolveModel(model);
    return checked(Checkpoint(path).spec(), path);
}

RunForecast RunForecaster::forecast(const Recipe& recipe, const Progress& progress)
{
    requireSound(recipe);
    const std::lock_guard lock(m_kept->mutex);
    report(progress, "opening the model", 0, 0);
    m_kept->openModel(recipe.model);
    m_kept->readRows(recipe, progress);

    const Device device = deviceOf(recipe.device);
    PlanFacts facts;
    facts.rows = m_kept->rows;
    facts.validationRows = m_kept->validationRows;
    facts.gpu = device.gpu;
    facts.gpuAvailable = device.available;
    facts.threads = at::get_num_threads();
    const MachineMemory machine = machineMemory();
    if (machine.total > 0) // what this process holds is the run's too
        facts.ramAvailable = std::min(machine.total, machine.available + processMemory().value_or(0));
    facts.storedBytesPerWeight = m_kept->storedBytes;
    if (recipe.lora.initFrom)
        facts.initFrom = readAdapterConfig(*recipe.lora.initFrom);

    const ModelSpec& spec = m_kept->checkpoint->spec();
    RunForecast result;
    result.plan = planMemory(recipe, spec, facts);
    result.checkpointing = result.plan.recompute == Recompute::full ? "full"
        : result.plan.recompute == Recompute::selective             ? "selective"
                                                                    : "off";
    result.suggestions = planSuggestions(recipe, spec, facts);
    for (const char* type : {"none", "int8", "fp4", "nf4"}) {
        Recipe other = recipe;
        other.quantization.type = type;
        const MemoryPlan plan = planMemory(other, spec, facts);
        result.peaks.push_back({type, plan.peak, plan.fits});
    }
    const std::int64_t element = recipe.quantization.computeDtype == "float32" ? 4 : 2;
    result.tables = spec.vocabulary * spec.hidden * element * (spec.tiedHead ? 1 : 2);
    result.device = device.name;
    result.machine = device.total;
    result.ramAvailable = facts.ramAvailable;

    result.rowsProblem = m_kept->rowsProblem;
    result.trainRows = static_cast<std::int64_t>(facts.rows.size());
    result.validationRows = static_cast<std::int64_t>(facts.validationRows.size());
    result.longestRow = recipe.data.maxLength;
    if (!facts.rows.empty()) {
        result.longestRow = std::min(recipe.data.maxLength, *std::max_element(facts.rows.begin(), facts.rows.end()));
        result.steps = makeRunPlan(recipe.training, sequences(recipe, facts), result.validationRows);
        result.runTokens = static_cast<std::int64_t>(tokensOf(recipe, facts.rows)
            * static_cast<double>(result.steps->totalSteps) / static_cast<double>(result.steps->stepsPerEpoch));
        if (const std::int64_t every = result.steps->evalEvery; every > 0) {
            const std::int64_t evaluations = 1 + (result.steps->totalSteps + every - 1) / every;
            result.evalTokens
                = static_cast<std::int64_t>(tokensOf(recipe, facts.validationRows) * static_cast<double>(evaluations));
        }
    }
    return result;
}

std::vector<WeightError> RunForecaster::weightErrors(const Recipe& recipe)
{
    const std::filesystem::path path = resolveModel(recipe.model);
    const std::string key = modelStamp(path) + (recipe.quantization.doubleQuant ? "double" : "single");
    {
        const std::lock_guard lock(m_kept->mutex);
        if (key == m_kept->errorsKey)
            return m_kept->errors;
    }
    // Without the lock: forecasts go on meanwhile.
    std::vector<WeightError> errors = sampledWeightErrors(Checkpoint(path), recipe.quantization.doubleQuant);
    const std::lock_guard lock(m_kept->mutex);
    m_kept->errors = errors;
    m_kept->errorsKey = key;
    return errors;
}

} // namespace falconer
