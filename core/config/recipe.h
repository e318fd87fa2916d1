// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace falconer {

/// One run's settings: what run.yaml holds. The keys, defaults and meanings are declared once in fields.cpp; these
/// structs are where their values land. Paths are kept as written; resolvePaths() (recipe_io.h) makes them absolute.

struct QuantizationSettings {
    std::string type = "nf4"; ///< none | int8 | fp4 | nf4
    bool doubleQuant = true;
    std::string computeDtype = "bfloat16"; ///< bfloat16 | float32 | float16
    bool operator==(const QuantizationSettings&) const = default;
};

struct WeightedFile {
    std::string path;
    double weight = 1.0;
    bool operator==(const WeightedFile&) const = default;
};

struct DataSettings {
    std::vector<WeightedFile> train;
    std::variant<double, std::string> validation = 0.05; ///< a share of train, or a file
    std::string format = "auto";
    std::map<std::string, std::string> columns; ///< role -> column name in the file
    std::string templateName = "auto"; ///< key "template"
    std::string lossOn = "completion";
    std::string onBadRow = "stop";
    std::int64_t maxLength = 512;
    bool packing = false;
    bool groupByLength = false;
    bool shuffle = true;
    bool operator==(const DataSettings&) const = default;
};

struct LoraSettings {
    std::int64_t rank = 16;
    double alpha = 32;
    double dropout = 0.05;
    /// "all-linear" or a regular expression (string), or names by PEFT's suffix rule (list)
    std::variant<std::string, std::vector<std::string>> targets = std::string("all-linear");
    /// "all" or a range list "0-15,20" (string), or layer numbers (list)
    std::variant<std::string, std::vector<std::int64_t>> layers = std::string("all");
    std::string bias = "none";
    std::string init = "default";
    bool rslora = false;
    bool dora = false;
    std::vector<std::string> modulesToSave;
    std::vector<std::pair<std::string, std::int64_t>> rankPattern; ///< in file order: the first match wins
    std::vector<std::pair<std::string, double>> alphaPattern;
    std::optional<std::string> initFrom;
    bool operator==(const LoraSettings&) const = default;
};

/// An integer, or "auto".
using AutoInteger = std::optional<std::int64_t>;

struct TrainingSettings {
    double epochs = 3;
    std::optional<std::int64_t> maxSteps;
    std::int64_t microBatch = 1;
    std::int64_t gradientAccumulation = 16;
    double learningRate = 2.0e-4;
    std::string scheduler = "cosine";
    std::map<std::string, double> schedulerOptions;
    std::optional<std::int64_t> warmupSteps;
    double warmupRatio = 0.03;
    std::string optimizer = "adamw";
    std::map<std::string, double> optimizerOptions;
    double weightDecay = 0;
    double maxGradNorm = 1.0;
    std::string gradientCheckpointing = "auto";
    AutoInteger evalEvery; ///< nullopt: auto
    AutoInteger saveEvery; ///< nullopt: auto
    std::int64_t keepCheckpoints = 3;
    std::vector<std::string> samplePrompts;
    std::uint64_t seed = 42;
    bool operator==(const TrainingSettings&) const = default;
};

struct SentinelSettings {
    bool enabled = true;
    std::int64_t patience = 3;
    double minDelta = 0;
    std::string action = "notify";
    bool operator==(const SentinelSettings&) const = default;
};

struct LoggingSettings {
    bool tensorboard = true;
    std::string wandb = "off";
    bool csv = false;
    bool operator==(const LoggingSettings&) const = default;
};

struct Recipe {
    std::string model;
    std::string device = "auto";
    QuantizationSettings quantization;
    DataSettings data;
    LoraSettings lora;
    TrainingSettings training;
    SentinelSettings sentinel;
    LoggingSettings logging;
    std::optional<std::string> output;

    std::filesystem::path file; ///< where it was read from; empty for one made in memory. Not a key.
    bool operator==(const Recipe&) const = default;
};

} // namespace falconer
