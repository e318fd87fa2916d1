// SPDX-License-Identifier: Apache-2.0
#include "core/config/reading.h"

#include "core/base/files.h"
#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

namespace fs = std::filesystem;

namespace falconer {

namespace {

/// std::from_chars takes no leading plus.
std::string_view withoutPlus(std::string_view text) { return text.starts_with('+') ? text.substr(1) : text; }

template <class T>
std::errc parseNumber(std::string_view text, T& target)
{
    text = withoutPlus(text);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), target);
    if (error == std::errc())
        return end == text.data() + text.size() ? error : std::errc::invalid_argument;
    return error;
}

bool isPlainNumber(const YamlValue& value)
{
    return value.kind == YamlValue::Kind::scalar && value.plain && isNumberText(value.text);
}

/// Boolean words: those of YAML 1.2, and the ones of YAML 1.1 that people still write.
std::optional<bool> booleanOf(std::string text)
{
    if (text.size() > 1 && std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        std::transform(
            text.begin() + 1, text.end(), text.begin() + 1, [](char c) { return static_cast<char>(c + 32); });
    if (text == "true" || text == "True" || text == "yes" || text == "Yes" || text == "on" || text == "On")
        return true;
    if (text == "false" || text == "False" || text == "no" || text == "No" || text == "off" || text == "Off")
        return false;
    return std::nullopt;
}

} // namespace

Reading::Reading(std::string origin, fs::path folder, std::vector<std::string> overrideNames)
    : m_origin(std::move(origin))
    , m_folder(std::move(folder))
    , m_overrideNames(std::move(overrideNames))
{
}

bool Reading::read(const std::string& key, const YamlValue& value, bool& target)
{
    if (value.kind == YamlValue::Kind::scalar && value.plain)
        if (const std::optional<bool> read = booleanOf(value.text)) {
            target = *read;
            return true;
        }
    return wrongKind(key, value, "true or false");
}

bool Reading::read(const std::string& key, const YamlValue& value, std::int64_t& target)
{
    if (!isPlainNumber(value) || value.text.find_first_of(".eE") != std::string::npos)
        return wrongKind(key, value, "a whole number");
    std::int64_t read = 0;
    if (parseNumber(value.text, read) != std::errc())
        return wrongKind(key, value, "a whole number of at most 64 bits");
    target = read;
    return true;
}

bool Reading::read(const std::string& key, const YamlValue& value, std::uint64_t& target)
{
    if (!isPlainNumber(value) || value.text.find_first_of(".eE-") != std::string::npos)
        return wrongKind(key, value, "a whole number of at least 0");
    std::uint64_t read = 0;
    if (parseNumber(value.text, read) != std::errc())
        return wrongKind(key, value, "a whole number from 0 to 18446744073709551615");
    target = read;
    return true;
}

bool Reading::read(const std::string& key, const YamlValue& value, double& target)
{
    if (!isPlainNumber(value))
        return wrongKind(key, value, "a number");
    double read = 0;
    // .inf and .nan are no digits to from_chars, and 1e999 is out of its range
    if (parseNumber(value.text, read) != std::errc() || !std::isfinite(read))
        return wrongKind(key, value, "a finite number");
    target = read;
    return true;
}

bool Reading::read(const std::string& key, const YamlValue& value, std::string& target)
{
    if (value.kind != YamlValue::Kind::scalar || value.isNull())
        return wrongKind(key, value, "text");
    if (value.plain && (isNumberText(value.text) || isBooleanText(value.text)))
        return wrongKind(key, value, "text", "put it into quotes if it is meant as text");
    target = value.text;
    return true;
}

bool Reading::read(const std::string& key, const YamlValue& value, std::vector<std::string>& target)
{
    if (value.kind != YamlValue::Kind::list)
        return wrongKind(key, value, "a list of texts");
    std::vector<std::string> read;
    bool fine = true;
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        std::string text;
        fine = this->read(key + "[" + std::to_string(i) + "]", value.items[i], text) && fine;
        read.push_back(std::move(text));
    }
    if (fine)
        target = std::move(read);
    return fine;
}

bool Reading::readWord(const std::string& key, const YamlValue& value, std::string& target)
{
    if (value.kind != YamlValue::Kind::scalar || value.isNull())
        return wrongKind(key, value, "text");
    target = value.text;
    return true;
}

bool Reading::readPath(const std::string& key, const YamlValue& value, std::string& target)
{
    std::string path;
    if (!read(key, value, path))
        return false;
    if (path.empty()) {
        add(key, value.place, "must not be empty", "name a path");
        return false;
    }
    target = absolutePath(path, value.place);
    return true;
}

std::string Reading::absolutePath(const std::string& path, const YamlPlace& place) const
{
    fs::path base = m_folder;
    if (place.fromSet()) {
        std::error_code error;
        base = fs::current_path(error);
    }
    fs::path whole = expandPath(path, base).lexically_normal();
    if (!whole.has_filename() && whole.has_parent_path() && whole != whole.root_path())
        whole = whole.parent_path(); // "models/" and "models" are one folder
    return whole.string();
}

std::string Reading::pathOrName(const std::string& text, const YamlPlace& place) const
{
    const auto startsWith = [&](std::string_view start) { return text.starts_with(start); };
    const bool isPath = startsWith("/") || startsWith("~/") || startsWith("./") || startsWith("../") || text == "~"
        || text == "." || text == "..";
    if (text.empty())
        return text;
    std::string path = absolutePath(text, place);
    std::error_code error;
    // A folder that merely has the name of a model must not hide it.
    const bool isModel = fs::is_regular_file(path, error) || fs::exists(fs::path(path) / "config.json", error);
    return isPath || isModel ? path : text;
}

bool Reading::wrongKind(const std::string& key, const YamlValue& value, std::string_view expected, std::string fix)
{
    add(key, value.place, "must be " + std::string(expected) + ", not " + describe(value), std::move(fix));
    return false;
}

void Reading::add(const std::string& key, const YamlPlace& place, std::string problem, std::string fix)
{
    m_faults.push_back(faultAt(key, place, std::move(problem), std::move(fix)));
    m_failedKeys.push_back(key);
}

void Reading::addUnknown(
    const std::string& prefix, const std::string& key, const YamlPlace& place, const std::vector<std::string>& known)
{
    const std::string near = nearest(key, known);
    add(prefix + forMessage(key), place, "is not a known key",
        near.empty() ? "the keys here are " + join(known) : "the nearest known key is " + prefix + near);
}

Fault Reading::faultAt(const std::string& key, const YamlPlace& place, std::string problem, std::string fix) const
{
    std::string subject = m_origin;
    if (place.fromSet())
        subject = m_overrideNames.at(static_cast<std::size_t>(place.setIndex));
    else
        subject = placeName(m_origin, place);
    if (subject != "--set " + key)
        problem = key + " " + problem;
    return {ErrorCode::recipeInvalid, std::move(subject), std::move(problem), std::move(fix)};
}

bool Reading::failed(const std::string& key) const
{
    const auto covers = [](const std::string& whole, const std::string& part) {
        return part.starts_with(whole)
            && (part.size() == whole.size() || part[whole.size()] == '.' || part[whole.size()] == '[');
    };
    return std::any_of(m_failedKeys.begin(), m_failedKeys.end(),
        [&](const std::string& failedKey) { return covers(failedKey, key) || covers(key, failedKey); });
}

} // namespace falconer
