// SPDX-License-Identifier: Apache-2.0
#include "core/config/field_table.h"
#include "core/config/recipe_io.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <algorithm>

namespace falconer {

namespace {

template <class List>
void putList(YAML::Emitter& out, const List& list)
{
    out << YAML::Flow << YAML::BeginSeq;
    for (const auto& item : list)
        put(out, item);
    out << YAML::EndSeq;
}

void checkNames(std::string_view key, const std::vector<std::string>& names, Faults& faults)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string itemKey = fmt::format("{}[{}]", key, i);
        if (names[i].empty())
            addFault(faults, itemKey, "must not be empty", "fill it in, or remove it from the list");
        else
            checkText(itemKey, names[i], faults);
    }
}

template <class Access>
Field namesField(std::string_view key, std::string_view help, Access member)
{
    return makeField(
        key, FieldKind::list, help,
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            if (value.isNull())
                member(r).clear();
            else
                in.read(std::string(key), value, member(r));
        },
        [=](const Recipe& r, YAML::Emitter& out) { putList(out, member(r)); },
        [=](const Recipe& r, Faults& faults) { checkNames(key, member(r), faults); });
}

/// One item of data.train: a path, or {path, weight}.
void readTrainItem(Reading& in, const std::string& key, const YamlValue& value, std::vector<WeightedFile>& target)
{
    WeightedFile file;
    if (value.kind == YamlValue::Kind::map) {
        static const std::vector<std::string> kKnown = {"path", "weight"};
        bool hasPath = false;
        for (const auto& [name, item] : value.entries) {
            hasPath = hasPath || name == "path";
            if (name == "path")
                in.readPath(key + ".path", item, file.path);
            else if (name == "weight")
                in.read(key + ".weight", item, file.weight);
            else
                in.addUnknown(key + ".", name, item.place, kKnown);
        }
        if (!hasPath)
            in.add(key, value.place, "has no path", "write {path: …, weight: …}");
    } else {
        in.readPath(key, value, file.path);
    }
    target.push_back(std::move(file));
}

} // namespace

void checkText(std::string_view key, const std::string& text, Faults& faults)
{
    if (text.find('\0') != std::string::npos)
        addFault(faults, key, "holds a NUL character", "remove it");
    else if (findInvalidUtf8(text) != std::string::npos)
        addFault(faults, key, "is not UTF-8 text", "rename the file, or write the text as UTF-8");
}

void checkChoice(
    std::string_view key, const std::string& value, std::span<const std::string_view> choices, Faults& faults)
{
    if (std::find(choices.begin(), choices.end(), value) != choices.end())
        return;
    const std::vector<std::string> words(choices.begin(), choices.end());
    const std::string near = nearest(value, words);
    addFault(faults, key,
        "must be one of " + join(words, ", ") + ", not " + (value.empty() ? "empty" : forMessage(value)),
        near.empty() ? "" : "the nearest is " + near);
}

Field modelField(std::string_view key, std::string_view help)
{
    return makeField(
        key, FieldKind::path, help,
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            std::string text;
            if (in.read(std::string(key), value, text))
                r.model = in.pathOrName(text, value.place);
        },
        [](const Recipe& r, YAML::Emitter& out) { put(out, r.model); },
        [=](const Recipe& r, Faults& faults) {
            if (r.model.empty())
                addFault(faults, key, "is missing", "name the model's folder, its .gguf file or its Hub id");
            else
                checkText(key, r.model, faults);
        });
}

Field deviceField(std::string_view key, std::string_view help)
{
    return makeField(
        key, FieldKind::text, help,
        [=](Reading& in, const YamlValue& value, Recipe& r) { in.readWord(std::string(key), value, r.device); },
        [](const Recipe& r, YAML::Emitter& out) { put(out, r.device); },
        [=](const Recipe& r, Faults& faults) {
            constexpr std::string_view kCuda = "cuda:";
            const std::string& device = r.device;
            const bool isCuda = device.starts_with(kCuda) && device.size() > kCuda.size()
                && device.size() <= kCuda.size() + 3
                && std::all_of(
                    device.begin() + kCuda.size(), device.end(), [](char c) { return c >= '0' && c <= '9'; });
            if (device != "auto" && device != "cpu" && !isCuda)
                addFault(faults, key, "must be auto, cpu or cuda:0 (a GPU by its number), not " + forMessage(device),
                    device == "cuda" || device == "gpu" ? "write cuda:0" : "");
        });
}

Field trainField(std::string_view key, std::string_view help)
{
    return makeField(
        key, FieldKind::mixed, help,
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            std::vector<WeightedFile> read;
            if (value.kind == YamlValue::Kind::list)
                for (std::size_t i = 0; i < value.items.size(); ++i)
                    readTrainItem(in, fmt::format("{}[{}]", key, i), value.items[i], read);
            else if (value.kind == YamlValue::Kind::map || value.isNull())
                in.wrongKind(std::string(key), value, "a file, or a list of {path, weight}");
            else
                readTrainItem(in, std::string(key), value, read);
            r.data.train = std::move(read);
        },
        [](const Recipe& r, YAML::Emitter& out) {
            const std::vector<WeightedFile>& files = r.data.train;
            if (files.size() == 1 && files.front().weight == 1) {
                put(out, files.front().path);
                return;
            }
            out << YAML::Flow << YAML::BeginSeq;
            for (const WeightedFile& file : files) {
                out << YAML::Flow << YAML::BeginMap << YAML::Key << "path" << YAML::Value;
                put(out, file.path);
                out << YAML::Key << "weight" << YAML::Value;
                put(out, file.weight);
                out << YAML::EndMap;
            }
            out << YAML::EndSeq;
        },
        [=](const Recipe& r, Faults& faults) {
            const std::vector<WeightedFile>& files = r.data.train;
            if (files.empty() || (files.size() == 1 && files.front().path.empty()))
                return addFault(faults, key, "is missing", "name the file with the training rows");
            for (std::size_t i = 0; i < files.size(); ++i) {
                const std::string item = fmt::format("{}[{}]", key, i);
                if (files[i].path.empty())
                    addFault(faults, item, "has no path", "name a file");
                checkText(item, files[i].path, faults);
                if (!positive().holds(files[i].weight))
                    addFault(faults, item + ".weight", mustBe(positive(), files[i].weight));
            }
        });
}

Field validationField(std::string_view key, std::string_view help)
{
    Field field = makeField(
        key, FieldKind::mixed, help,
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            double share = 0;
            std::string path;
            if (value.kind != YamlValue::Kind::scalar || value.isNull() || (value.plain && isBooleanText(value.text)))
                in.wrongKind(std::string(key), value, "a share from 0 to below 1, or a file");
            else if (value.plain && isNumberText(value.text) && in.read(std::string(key), value, share))
                r.data.validation = share;
            else if (!(value.plain && isNumberText(value.text)) && in.readPath(std::string(key), value, path))
                r.data.validation = path;
        },
        [](const Recipe& r, YAML::Emitter& out) {
            std::visit([&](const auto& value) { put(out, value); }, r.data.validation);
        },
        [=](const Recipe& r, Faults& faults) {
            if (const auto* path = std::get_if<std::string>(&r.data.validation)) {
                if (path->empty())
                    addFault(faults, key, "must not be empty", "name a file, a share below 1, or 0 for none");
                checkText(key, *path, faults);
            } else if (const double share = std::get<double>(r.data.validation); !fromZeroToBelowOne().holds(share)) {
                addFault(faults, key, mustBe(fromZeroToBelowOne(), share),
                    "it is a share of the training rows, such as 0.05");
            }
        });
    field.info.minimum = 0;
    field.info.maximum = 1;
    return field;
}

Field templateField(std::string_view key, std::string_view help)
{
    return makeField(
        key, FieldKind::text, help,
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            std::string text;
            if (!in.read(std::string(key), value, text))
                return;
            r.data.templateName = text == "auto" || text == "none" ? text : in.pathOrName(text, value.place);
        },
        [](const Recipe& r, YAML::Emitter& out) { put(out, r.data.templateName); },
        [=](const Recipe& r, Faults& faults) {
            if (r.data.templateName.empty())
                addFault(faults, key, "must not be empty", "use auto or none");
            checkText(key, r.data.templateName, faults);
        });
}

Field targetsField(std::string_view key, std::string_view help)
{
    return makeField(
        key, FieldKind::mixed, help,
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            std::vector<std::string> names;
            std::string pattern;
            if (value.kind == YamlValue::Kind::list) {
                if (in.read(std::string(key), value, names))
                    r.lora.targets = std::move(names);
            } else if (value.kind == YamlValue::Kind::map || value.isNull()) {
                in.wrongKind(std::string(key), value, "all-linear, a list of names, or a regular expression");
            } else if (in.read(std::string(key), value, pattern)) {
                r.lora.targets = std::move(pattern);
            }
        },
        [](const Recipe& r, YAML::Emitter& out) {
            if (const auto* names = std::get_if<std::vector<std::string>>(&r.lora.targets))
                putList(out, *names);
            else
                put(out, std::get<std::string>(r.lora.targets));
        },
        [=](const Recipe& r, Faults& faults) {
            const auto* names = std::get_if<std::vector<std::string>>(&r.lora.targets);
            const auto* pattern = std::get_if<std::string>(&r.lora.targets);
            if (names ? names->empty() : pattern->empty())
                addFault(faults, key, "names no layer to adapt", "use all-linear, or a list such as [q_proj, v_proj]");
            if (names)
                checkNames(key, *names, faults);
            else
                checkText(key, *pattern, faults);
        });
}

Field layersField(std::string_view key, std::string_view help)
{
    return makeField(
        key, FieldKind::mixed, help,
        [=](Reading& in, const YamlValue& value, Recipe& r) {
            if (value.kind == YamlValue::Kind::list) {
                std::vector<std::int64_t> numbers;
                bool fine = true;
                for (std::size_t i = 0; i < value.items.size(); ++i)
                    fine = in.read(fmt::format("{}[{}]", key, i), value.items[i], numbers.emplace_back()) && fine;
                if (fine)
                    r.lora.layers = std::move(numbers);
            } else if (value.kind == YamlValue::Kind::map || value.isNull()) {
                in.wrongKind(std::string(key), value, "all, a list of numbers, or ranges such as \"0-15,20\"");
            } else {
                r.lora.layers = value.text; // a lone number is a range of one
            }
        },
        [](const Recipe& r, YAML::Emitter& out) {
            if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&r.lora.layers))
                putList(out, *numbers);
            else
                put(out, std::get<std::string>(r.lora.layers));
        },
        [=](const Recipe& r, Faults& faults) {
            try {
                layerNumbers(r.lora);
            } catch (const Error& error) {
                const Fault& fault = error.faults().front();
                addFault(faults, key, fault.problem, fault.fix);
            }
        });
}

Field modulesToSaveField(std::string_view key, std::string_view help)
{
    return namesField(
        key, help, [](auto& recipe) -> auto& { return recipe.lora.modulesToSave; });
}

Field samplePromptsField(std::string_view key, std::string_view help)
{
    return namesField(
        key, help, [](auto& recipe) -> auto& { return recipe.training.samplePrompts; });
}

} // namespace falconer
