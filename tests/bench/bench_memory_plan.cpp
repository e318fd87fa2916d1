// SPDX-License-Identifier: Apache-2.0
// What the plan says against what the program takes (VmHWM): models with random weights, one run of a few steps each.
// bench_memory_plan [--only TEXT] [--predict]
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/config/recipe_io.h"
#include "core/model/checkpoint.h"
#include "core/model/decoder.h"
#include "core/model/model_parameters.h"
#include "core/train/memory_plan.h"
#include "core/train/plan_facts.h"
#include "tests/support/paths.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

extern char** environ;

namespace {

using namespace falconer;
using nlohmann::json;

constexpr int kLongRows = 20;
constexpr int kShortRows = 120;

struct Run {
    const char* name;
    const char* model;
    const char* data; ///< long: some 1,500 tokens a row, all learned; short: rows of all lengths; answer: few learned
    std::vector<std::string> settings;
};

std::vector<Run> runs()
{
    const std::string wide = "quantization.compute_dtype=float32";
    const std::string plain = "quantization.type=none";
    return {
        {"falcon-7b none r16 256", "falcon-7b", "long", {wide, plain, "data.max_length=256"}},
        {"falcon-7b none r8 64", "falcon-7b", "long", {wide, plain, "data.max_length=64", "lora.rank=8"}},
        {"falcon-7b nf4 r8 512", "falcon-7b", "long", {wide, "data.max_length=512", "lora.rank=8"}},
        {"falcon-7b nf4 r64 512 full 8bit", "falcon-7b", "long",
            {wide, "data.max_length=512", "lora.rank=64", "training.gradient_checkpointing=full",
                "training.optimizer=adamw_8bit"}},
        {"falcon-7b int8 r16 256 selective", "falcon-7b", "long",
            {wide, "quantization.type=int8", "data.max_length=256", "training.gradient_checkpointing=selective"}},
        {"falcon-40b fp4 r16 256", "falcon-40b", "long", {wide, "quantization.type=fp4", "data.max_length=256"}},
        {"falcon-40b none r4 256 full sgd", "falcon-40b", "long",
            {wide, plain, "data.max_length=256", "lora.rank=4", "training.gradient_checkpointing=full",
                "training.optimizer=sgd"}},
        {"falcon-rw none r16 256", "falcon-rw", "long", {wide, plain, "data.max_length=256"}},
        {"falcon-rw nf4 r16 512 selective", "falcon-rw", "long",
            {wide, "data.max_length=512", "training.gradient_checkpointing=selective"}},
        {"llama none r32 256", "llama", "long", {wide, plain, "data.max_length=256", "lora.rank=32"}},
        {"llama nf4 r16 1024 full", "llama", "long",
            {wide, "data.max_length=1024", "training.gradient_checkpointing=full"}},
        {"llama int8 r16 256 packed x2 accum 2", "llama", "short",
            {wide, "quantization.type=int8", "data.max_length=256", "data.packing=true", "training.micro_batch=2",
                "training.gradient_accumulation=2"}},
        {"llama nf4 r16 128 dora", "llama", "long", {wide, "data.max_length=128", "lora.dora=true"}},
        {"falcon-7b bfloat16 none r16 128", "falcon-7b-shallow", "answer", {plain, "data.max_length=128"}},
        {"llama bfloat16 nf4 r16 128 full", "llama-shallow", "answer",
            {"data.max_length=128", "training.gradient_checkpointing=full"}},
    };
}

json falconConfig(const std::string& kind, int layers, int vocabulary)
{
    const bool rw = kind == "falcon-rw";
    const bool grouped = kind == "falcon-40b";
    return {{"model_type", "falcon"}, {"activation", "gelu"}, {"alibi", rw}, {"bias", rw}, {"hidden_size", 1024},
        {"num_attention_heads", 16}, {"num_hidden_layers", layers}, {"vocab_size", vocabulary},
        {"new_decoder_architecture", grouped}, {"multi_query", !rw}, {"parallel_attn", !rw},
        {"num_kv_heads", grouped ? 4 : 16}, {"ffn_hidden_size", 4096}, {"layer_norm_epsilon", 1e-5},
        {"max_position_embeddings", 2048}, {"tie_word_embeddings", true}};
}

json llamaConfig(int layers, int vocabulary)
{
    return {{"model_type", "llama"}, {"hidden_act", "silu"}, {"hidden_size", 1024}, {"num_attention_heads", 16},
        {"num_key_value_heads", 4}, {"num_hidden_layers", layers}, {"intermediate_size", 2816},
        {"vocab_size", vocabulary}, {"rms_norm_eps", 1e-5}, {"max_position_embeddings", 2048},
        {"tie_word_embeddings", false}, {"rope_theta", 10000.0}};
}

json configOf(const std::string& model)
{
    if (model == "falcon-7b-shallow")
        return falconConfig("falcon-7b", 2, 65024);
    if (model == "llama-shallow")
        return llamaConfig(2, 32768);
    if (model == "llama")
        return llamaConfig(8, 16384);
    return falconConfig(model, 8, 8192);
}

/// Numbers of a weight's size in bfloat16, from a fixed stream.
void writeNumbers(std::ofstream& out, std::int64_t count, bool ones)
{
    static std::uint64_t state = 88172645463325252ull;
    std::vector<std::uint16_t> piece(1 << 16);
    for (std::int64_t done = 0; done < count;) {
        const auto now = static_cast<std::size_t>(std::min<std::int64_t>(count - done, 1 << 16));
        for (std::size_t i = 0; i < now; ++i) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            // Sign and mantissa at random, exponents of 0.008 to 0.06.
            piece[i] = ones ? 0x3f80
                            : static_cast<std::uint16_t>(((state & 1) << 15)
                                | ((120 + ((state >> 1) & 1) + ((state >> 2) & 1)) << 7) | ((state >> 3) & 127));
        }
        out.write(reinterpret_cast<const char*>(piece.data()), static_cast<std::streamsize>(now * 2));
        done += static_cast<std::int64_t>(now);
    }
}

void makeModel(const std::filesystem::path& folder, const std::string& model)
{
    if (std::filesystem::exists(folder / "model.safetensors"))
        return;
    std::filesystem::create_directories(folder);
    for (const char* name : {"tokenizer.json", "tokenizer_config.json"})
        std::filesystem::copy_file(test::golden("runs/falcon-7b/model") / name, folder / name,
            std::filesystem::copy_options::overwrite_existing);
    writeFile(folder / "config.json", configOf(model).dump());
    const ModelSpec spec = readModelSpec(folder);
    std::vector<ModelParameter> parameters = modelParameters(spec);
    if (spec.tiedHead)
        parameters.pop_back(); // the head comes last
    json header = json::object();
    std::int64_t end = 0;
    const auto elements = [](const ModelParameter& parameter) {
        std::int64_t product = 1;
        for (const std::int64_t extent : parameter.shape)
            product *= extent;
        return product;
    };
    for (const ModelParameter& parameter : parameters) {
        const std::int64_t begin = end;
        end += 2 * elements(parameter);
        header[parameter.name()] = {{"dtype", "BF16"}, {"shape", parameter.shape}, {"data_offsets", {begin, end}}};
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t length = text.size();
    std::ofstream out(folder / "model.safetensors", std::ios::binary);
    out.write(reinterpret_cast<const char*>(&length), sizeof length);
    out << text;
    for (const ModelParameter& parameter : parameters)
        writeNumbers(out, elements(parameter), parameter.owner == ModelParameter::Owner::norm && !parameter.bias);
}

std::string words(int count, int seed)
{
    static const char* const kWords[] = {"river", "ledger", "salt", "clock", "bridge", "violin", "and", "the", "lamp"};
    std::string text;
    for (int i = 0; i < count; ++i)
        text += std::string(i == 0 ? "" : " ") + kWords[(i * 7 + seed * 5 + i / 9) % 9];
    return text;
}

void makeData(const std::filesystem::path& folder)
{
    std::string longRows, shortRows, answerRows;
    for (int i = 0; i < kLongRows; ++i) {
        longRows += json{{"prompt", "Say"}, {"completion", " " + words(900, i)}}.dump() + "\n";
        answerRows += json{{"prompt", words(36 + i % 3, i)}, {"completion", " " + words(3, i + 1)}}.dump() + "\n";
    }
    for (int i = 0; i < kShortRows; ++i)
        shortRows += json{{"prompt", "Say"}, {"completion", " " + words(10 + i * 37 % 70, i)}}.dump() + "\n";
    writeFile(folder / "valid.jsonl", json{{"prompt", "Say"}, {"completion", " " + words(20, 3)}}.dump() + "\n");
    writeFile(folder / "long.jsonl", longRows);
    writeFile(folder / "short.jsonl", shortRows);
    writeFile(folder / "answer.jsonl", answerRows);
}

/// VmHWM of the program with these arguments; 0 when it fails.
std::int64_t peakOf(const std::vector<std::string>& arguments, const std::filesystem::path& log)
{
    std::vector<char*> words;
    for (const std::string& argument : arguments)
        words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    pid_t child = 0;
    const int failure = posix_spawn(&child, words[0], &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    rusage usage{};
    if (failure != 0 || ::wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return 0;
    return std::int64_t{usage.ru_maxrss} * 1024;
}

double mebi(std::int64_t bytes) { return static_cast<double>(bytes) / (1024.0 * 1024.0); }

int bench(const std::string& only, bool predictOnly, const std::string& program)
{
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "falconer-bench-memory-plan";
    std::filesystem::create_directories(folder);
    makeData(folder);
    fmt::print(
        "{:<40} {:>10} {:>10} {:>7}  {}\n", "recipe", "predicted", "measured", "ratio", "phase and classes, MiB");
    double worst = 1;
    int measuredRuns = 0, failed = 0;
    for (const Run& run : runs()) {
        if (std::string(run.name).find(only) == std::string::npos)
            continue;
        makeModel(folder / run.model, run.model);
        const std::string yaml = fmt::format(
            "model: {}\ndevice: cpu\ndata: {{train: {}.jsonl, validation: valid.jsonl, template: none}}\n"
            "training: {{max_steps: 2, gradient_accumulation: 1, eval_every: 2, gradient_checkpointing: off}}\n"
            "sentinel: {{enabled: false}}\nlogging: {{tensorboard: false}}\n",
            run.model, run.data);
        writeFile(folder / "recipe.yaml", yaml);
        const Recipe recipe = loadRecipe(folder / "recipe.yaml", run.settings).recipe;
        const Checkpoint checkpoint(recipe.model);
        PlanFacts facts = planFacts(recipe, *loadTokenizerFor(recipe.model), false);
        facts.storedBytesPerWeight = storedBytesPerWeight(checkpoint);
        const MemoryPlan plan = planMemory(recipe, checkpoint.spec(), facts);
        std::string classes = plan.phase + ":";
        for (std::size_t i = 0; i < kMemoryClasses; ++i)
            classes += fmt::format(" {} {:.0f}", name(static_cast<MemoryClass>(i)), mebi(plan.ram.bytes[i]));
        std::int64_t measured = 0;
        if (!predictOnly) {
            std::filesystem::remove_all(folder / "out");
            std::vector<std::string> arguments
                = {program, "train", (folder / "recipe.yaml").string(), "--output", (folder / "out").string()};
            for (const std::string& setting : run.settings)
                arguments.insert(arguments.end(), {"--set", setting});
            measured = peakOf(arguments, folder / "log.txt");
            if (measured == 0) {
                ++failed;
                fmt::print("{:<40} failed: {}\n", run.name, readFile(folder / "log.txt"));
                continue;
            }
            ++measuredRuns;
        }
        const double ratio = measured > 0 ? static_cast<double>(plan.peak) / static_cast<double>(measured) : 1;
        if (std::abs(ratio - 1) > std::abs(worst - 1))
            worst = ratio;
        fmt::print(
            "{:<40} {:>10.1f} {:>10.1f} {:>7.3f}  {}\n", run.name, mebi(plan.peak), mebi(measured), ratio, classes);
        std::fflush(stdout);
    }
    fmt::print("{} runs, worst ratio {:.3f}\n", measuredRuns, worst);
    std::filesystem::remove_all(folder / "out");
    return failed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv)
{
    std::string only;
    bool predictOnly = false;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--predict") == 0)
            predictOnly = true;
        else if (std::strcmp(argv[i], "--only") == 0 && i + 1 < argc)
            only = argv[++i];
    }
    const char* bin = std::getenv("FALCONER_BIN");
    const std::filesystem::path beside = std::filesystem::canonical("/proc/self/exe").parent_path() / "../bin";
    const std::filesystem::path program = (bin ? std::filesystem::path(bin) : beside) / "falconer";
    try {
        return bench(only, predictOnly, program.string());
    } catch (const falconer::Error& error) {
        fmt::print("{}\n", error.what());
        return 1;
    }
}
