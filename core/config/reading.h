// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/config/recipe.h"
#include "core/config/yaml_tree.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

/// What reading one recipe's values needs and finds: where relative paths start, and every fault. The read functions
/// leave `target` as it is, note the fault and return false when the value is not of the wanted kind.
class Reading {
public:
    /// `overrideNames[i]` is the label of override i ("--set lora.rank"); `folder` must be absolute.
    Reading(std::string origin, std::filesystem::path folder, std::vector<std::string> overrideNames);

    bool read(const std::string& key, const YamlValue& value, bool& target);
    bool read(const std::string& key, const YamlValue& value, std::int64_t& target);
    bool read(const std::string& key, const YamlValue& value, std::uint64_t& target);
    bool read(const std::string& key, const YamlValue& value, double& target);
    bool read(const std::string& key, const YamlValue& value, std::string& target);
    bool read(const std::string& key, const YamlValue& value, std::vector<std::string>& target);
    /// A text that names one of a fixed set: any plain word, `off` and `true` included, stands for itself.
    bool readWord(const std::string& key, const YamlValue& value, std::string& target);
    /// A path, made absolute.
    bool readPath(const std::string& key, const YamlValue& value, std::string& target);

    /// The path as it is to be kept: absolute, from the recipe's folder, or from the current one for a --set.
    std::string absolutePath(const std::string& path, const YamlPlace& place) const;
    /// The same for a text that may also be a name (a model's Hub id, a template): a path only when one is there, or
    /// when it is written as one (/x, ~/x, ./x, ../x).
    std::string pathOrName(const std::string& text, const YamlPlace& place) const;

    /// "must be {expected}, not {what it is}".
    bool wrongKind(const std::string& key, const YamlValue& value, std::string_view expected, std::string fix = {});
    void add(const std::string& key, const YamlPlace& place, std::string problem, std::string fix = {});
    /// An unknown key of a map, with the nearest of `known` as a suggestion.
    void addUnknown(const std::string& prefix, const std::string& key, const YamlPlace& place,
        const std::vector<std::string>& known);

    /// The subject and the words for a fault of `key` that was written at `place`.
    Fault faultAt(const std::string& key, const YamlPlace& place, std::string problem, std::string fix) const;

    const std::string& origin() const { return m_origin; }
    std::vector<Fault>& faults() { return m_faults; }
    /// Whether the key, or a part of it, has a fault already.
    bool failed(const std::string& key) const;

private:
    std::string m_origin;
    std::filesystem::path m_folder;
    std::vector<std::string> m_overrideNames;
    std::vector<Fault> m_faults;
    std::vector<std::string> m_failedKeys;
};

} // namespace falconer
