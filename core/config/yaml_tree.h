// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

/// Where a value was written: a line of the recipe, or a --set.
struct YamlPlace {
    int line = 0; ///< 1-based; 0: nowhere
    int setIndex = -1; ///< index into the overrides; -1: in the file

    bool fromSet() const { return setIndex >= 0; }
};

struct YamlEntry;

/// A YAML value as it was written. Plain scalars keep their spelling, so that the key which reads it decides what it
/// means: `wandb: off` is a text and `shuffle: off` a boolean. yaml-cpp's own nodes lose duplicate keys, and cannot
/// tell.
struct YamlValue {
    enum class Kind { scalar, list, map };

    Kind kind = Kind::scalar;
    std::string text; ///< of a scalar; empty and plain: null
    bool plain = true; ///< a scalar without quotes
    YamlPlace place;
    std::vector<YamlValue> items; ///< of a list
    std::vector<YamlEntry> entries; ///< of a map, in file order, each key once

    bool isNull() const;
    YamlValue* find(std::string_view key);
};

/// One key of a map.
struct YamlEntry {
    std::string key;
    YamlValue value;
};

/// Reads one document. A key given twice is a fault, and reading goes on. Syntax errors, aliases, tags, unusual keys, a
/// depth or size beyond reason are faults that end it: nullopt. Faults are added with their line; `origin` names the
/// text. With `setIndex` >= 0 the text is the value of an override and `origin` alone names the place.
std::optional<YamlValue> parseYaml(
    const std::string& text, const std::string& origin, std::vector<Fault>& faults, int setIndex = -1);

/// "run.yaml, line 7".
std::string placeName(const std::string& origin, const YamlPlace& place);

/// What a value is, for messages: "the number 5", "the text \"abc\"", "a list".
std::string describe(const YamlValue& value);

/// Text out of a file as a message may show it: its beginning, without control characters.
std::string forMessage(std::string_view text);

/// YAML 1.2's core spellings of a plain scalar.
bool isNullText(std::string_view text);
bool isBooleanText(std::string_view text);
bool isNumberText(std::string_view text);

} // namespace falconer
