// SPDX-License-Identifier: Apache-2.0
#include "core/config/field_table.h"
#include "core/config/recipe_io.h"
#include "core/config/yaml_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace falconer {

namespace {

constexpr std::int64_t kHighestLayer = 9'999;

std::optional<std::int64_t> parseLayer(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    std::int64_t number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0 || number > kHighestLayer)
        return std::nullopt;
    return number;
}

double optionOr(const std::map<std::string, double>& options, const std::string& name, double standard)
{
    const auto found = options.find(name);
    return found == options.end() ? standard : found->second;
}

/// What only several keys together can get wrong; keys without effect under the chosen values are left alone.
void checkTogether(const TrainingSettings& training, Faults& faults)
{
    const bool hasWarmup = training.scheduler != "constant" && training.warmupSteps;
    if (training.epochs == 0 && !training.maxSteps)
        addFault(faults, "training.epochs", "must be more than 0 when max_steps is not set", "set one of the two");
    if (hasWarmup && training.maxSteps && *training.warmupSteps > *training.maxSteps)
        addFault(faults, "training.warmup_steps",
            fmt::format("is {}, longer than the run, which is {} steps", *training.warmupSteps, *training.maxSteps),
            fmt::format("use {} (3 %)", (*training.maxSteps * 3 + 99) / 100));
    if (training.scheduler == "polynomial") {
        constexpr double kStandardEnd = 1e-7; // Transformers'
        const double end = optionOr(training.schedulerOptions, "lr_end", kStandardEnd);
        if (end >= training.learningRate && training.schedulerOptions.count("lr_end"))
            addFault(faults, "training.scheduler_options.lr_end",
                fmt::format("is {}, and the polynomial schedule must end below learning_rate, {}", numberText(end),
                    numberText(training.learningRate)),
                "lower lr_end, or raise learning_rate");
        else if (end >= training.learningRate)
            addFault(faults, "training.learning_rate",
                fmt::format("is {}, and the polynomial schedule ends at {} when lr_end does not say otherwise",
                    numberText(training.learningRate), numberText(end)),
                "raise learning_rate, or set scheduler_options.lr_end");
        if (training.maxSteps && training.warmupSteps && *training.warmupSteps == *training.maxSteps)
            addFault(faults, "training.warmup_steps", "leaves the polynomial schedule no step after its warm-up",
                "use fewer steps");
    }
    const double decay = optionOr(training.schedulerOptions, "decay_steps", 0);
    const auto warmup = static_cast<double>(training.warmupSteps.value_or(0));
    if (training.scheduler == "warmup_stable_decay" && training.maxSteps
        && warmup + decay > static_cast<double>(*training.maxSteps))
        addFault(faults, "training.scheduler_options.decay_steps",
            fmt::format("is {}, and with {} warm-up steps longer than the run, which is {} steps", numberText(decay),
                numberText(warmup), *training.maxSteps),
            "use fewer steps");
}

/// Settings of which each is fine and that contradict each other. Listed with the key that is easier to change.
void checkContradictions(const Recipe& recipe, Faults& faults)
{
    const DataSettings& data = recipe.data;
    const bool plainText = data.format == "prompt-completion" || data.format == "alpaca" || data.format == "text";
    const bool conversations = data.format == "sharegpt" || data.format == "messages";
    if (data.lossOn == "assistant" && plainText)
        addFault(faults, "data.loss_on",
            fmt::format("is assistant, but rows of the format {} have no turns of an assistant", data.format),
            "use completion or all");
    if (data.lossOn == "completion" && data.format == "text")
        addFault(faults, "data.loss_on", "is completion, but rows of plain text have no completion", "use all");
    if (data.templateName == "none" && conversations)
        addFault(faults, "data.template",
            fmt::format("is none, but rows of the format {} become text by a chat template", data.format),
            "use auto, or name a template");
    if (data.groupByLength && !data.shuffle)
        addFault(faults, "data.group_by_length",
            "is true, but data.shuffle is false, which keeps the order of the file", "set one of the two");
    if (recipe.lora.init == "loftq" && recipe.quantization.type == "none")
        addFault(faults, "lora.init", "is loftq, which makes up for quantization, but quantization.type is none",
            "use default or pissa, or a quantized model");
    if (recipe.lora.initFrom && recipe.lora.init != "default")
        addFault(faults, "lora.init",
            fmt::format("is {}, but the adapter starts as the one in lora.init_from", recipe.lora.init),
            "leave one of the two away");
    const auto* share = std::get_if<double>(&data.validation);
    if (recipe.sentinel.enabled && recipe.sentinel.action != "notify" && share && *share == 0)
        addFault(faults, "sentinel.action",
            fmt::format("is {}, but data.validation is 0, so the sentinel sees nothing", recipe.sentinel.action),
            "hold back validation rows, or use notify");
}

} // namespace

std::optional<std::vector<std::int64_t>> layerNumbers(const LoraSettings& lora)
{
    const auto refuse = [](std::string problem, std::string fix) {
        return Error(ErrorCode::recipeInvalid, "lora.layers", std::move(problem), std::move(fix));
    };
    const std::string howTo = "write all, a list such as [0, 1], or ranges such as \"0-15,20\"";
    std::vector<bool> named(kHighestLayer + 1);
    if (const auto* list = std::get_if<std::vector<std::int64_t>>(&lora.layers)) {
        for (const std::int64_t number : *list) {
            if (number < 0 || number > kHighestLayer)
                throw refuse(fmt::format("names layer {}, which no model has", number), howTo);
            named[static_cast<std::size_t>(number)] = true;
        }
    } else {
        const std::string& text = std::get<std::string>(lora.layers);
        if (text == "all")
            return std::nullopt;
        constexpr std::size_t kLongest = 4096;
        if (text.size() > kLongest)
            throw refuse(fmt::format("is longer than {} letters", kLongest), howTo);
        for (std::size_t at = 0; at <= text.size() && !text.empty();) {
            const std::size_t comma = std::min(text.find(',', at), text.size());
            const std::string_view item = std::string_view(text).substr(at, comma - at);
            const std::size_t dash = item.find('-');
            const std::optional<std::int64_t> first = parseLayer(item.substr(0, dash));
            const std::optional<std::int64_t> last
                = dash == std::string_view::npos ? first : parseLayer(item.substr(dash + 1));
            if (!first || !last)
                throw refuse("has the part \"" + forMessage(item) + "\", which is no layer number or range", howTo);
            if (*first > *last)
                throw refuse(fmt::format("has the range {}-{}, which runs backwards", *first, *last),
                    fmt::format("write {}-{}", *last, *first));
            std::fill(named.begin() + *first, named.begin() + *last + 1, true);
            at = comma + 1;
        }
    }
    std::vector<std::int64_t> numbers;
    for (std::size_t number = 0; number < named.size(); ++number)
        if (named[number])
            numbers.push_back(static_cast<std::int64_t>(number));
    if (numbers.empty())
        throw refuse("names no layer", howTo);
    return numbers;
}

std::vector<Fault> validate(const Recipe& recipe)
{
    Faults faults;
    for (const Field& field : fieldTable())
        field.check(recipe, faults);
    checkTogether(recipe.training, faults);
    checkContradictions(recipe, faults);
    return faults;
}

} // namespace falconer
