// SPDX-License-Identifier: Apache-2.0
#include "core/config/yaml_tree.h"

#include "core/base/text.h"

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace falconer {

namespace {

// A recipe is a page of text. The bounds stop a hostile or mistaken file before it costs memory, time or stack:
// yaml-cpp recurses once a level, and keeps every token of a line that might still turn out to be a key.
constexpr std::size_t kMostBytes = std::size_t{1} << 20;
constexpr std::size_t kDeepest = 16;
constexpr std::size_t kMostValues = 10'000;

/// Ends the parse at the first thing that cannot be read on from.
struct Refused : std::runtime_error {
    Refused(int lineNumber, const std::string& problem, std::string howToFix)
        : std::runtime_error(problem)
        , line(lineNumber)
        , fix(std::move(howToFix))
    {
    }
    int line;
    std::string fix;
};

class TreeBuilder : public YAML::EventHandler {
public:
    TreeBuilder(const std::string& origin, int setIndex, std::vector<Fault>& faults)
        : m_origin(origin)
        , m_setIndex(setIndex)
        , m_faults(faults)
    {
    }

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (m_documents++ > 0)
            throw Refused(line(mark), "a second document begins", "keep one recipe a file, and remove \"---\"");
    }
    void OnDocumentEnd() override { }

    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { add(scalar(mark, {}, true)); }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override
    {
        throw Refused(line(mark), "aliases (*name) are not supported in a recipe", "write the value out");
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override
    {
        // yaml-cpp's own marks: "?" for a plain scalar, "!" for a quoted or block one
        if (tag != "?" && tag != "!" && !tag.empty())
            throw Refused(line(mark), "tags (" + tag + ") are not supported in a recipe", "remove the tag");
        add(scalar(mark, value, tag != "!"));
    }

    void OnSequenceStart(
        const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        open(mark, tag, YamlValue::Kind::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        open(mark, tag, YamlValue::Kind::map);
    }
    void OnMapEnd() override { close(); }

    YamlValue take() { return std::move(m_root); }

private:
    /// A list or a map that is being filled.
    struct Open {
        YamlValue value;
        bool hasKey = false; ///< the next value of a map belongs to `key`
        std::string key;
        int keyLine = 0;
    };

    int line(const YAML::Mark& mark) const { return mark.line + 1; }
    YamlPlace place(const YAML::Mark& mark) const { return {line(mark), m_setIndex}; }

    YamlValue scalar(const YAML::Mark& mark, std::string text, bool plain) const
    {
        YamlValue value;
        value.text = std::move(text);
        value.plain = plain;
        value.place = place(mark);
        return value;
    }

    void open(const YAML::Mark& mark, const std::string& tag, YamlValue::Kind kind)
    {
        if (tag != "?" && tag != "!" && !tag.empty())
            throw Refused(line(mark), "tags (" + tag + ") are not supported in a recipe", "remove the tag");
        if (m_open.size() >= kDeepest)
            throw Refused(line(mark), fmt::format("lists and maps are nested deeper than {} levels", kDeepest),
                "check the brackets and the indentation");
        if (!m_open.empty() && m_open.back().value.kind == YamlValue::Kind::map && !m_open.back().hasKey)
            throw Refused(line(mark), "a list or a map stands where a key should",
                "close the brackets; a key is a plain word before a colon");
        Open opened;
        opened.value.kind = kind;
        opened.value.place = place(mark);
        m_open.push_back(std::move(opened));
    }

    void close()
    {
        Open closed = std::move(m_open.back());
        m_open.pop_back();
        add(std::move(closed.value));
    }

    void add(YamlValue value)
    {
        if (++m_values > kMostValues)
            throw Refused(value.place.line, fmt::format("more than {} values", kMostValues), "shorten the recipe");
        if (m_open.empty()) {
            m_root = std::move(value);
            return;
        }
        Open& parent = m_open.back();
        if (parent.value.kind == YamlValue::Kind::list) {
            parent.value.items.push_back(std::move(value));
        } else if (!parent.hasKey) {
            parent.key = value.text;
            parent.keyLine = value.place.line;
            parent.hasKey = true;
        } else {
            parent.hasKey = false;
            // A value's place is its key's: that is the line a person looks for.
            value.place.line = parent.keyLine;
            if (const YamlValue* first = parent.value.find(parent.key)) {
                m_faults.push_back({ErrorCode::recipeInvalid, placeName(m_origin, value.place),
                    fmt::format("the key {} is given twice; the first is on line {}", forMessage(parent.key),
                        first->place.line),
                    "remove one of the two"});
                return;
            }
            parent.value.entries.push_back({std::move(parent.key), std::move(value)});
        }
    }

    const std::string& m_origin;
    int m_setIndex;
    std::vector<Fault>& m_faults;
    int m_documents = 0;
    std::size_t m_values = 0;
    std::vector<Open> m_open;
    YamlValue m_root;
};

/// The 1-based line of a byte.
int lineOf(std::string_view text, std::size_t at)
{
    return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// The first byte that YAML does not allow in a file, or npos. yaml-cpp takes 0x04 for the end of the file, in silence.
std::size_t findControl(std::string_view text)
{
    const auto forbidden = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\t' && c != '\r';
    };
    const auto found = std::find_if(text.begin(), text.end(), forbidden);
    return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

bool isDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

bool YamlValue::isNull() const { return kind == Kind::scalar && plain && isNullText(text); }

YamlValue* YamlValue::find(std::string_view key)
{
    for (auto& [name, value] : entries)
        if (name == key)
            return &value;
    return nullptr;
}

std::optional<YamlValue> parseYaml(
    const std::string& text, const std::string& origin, std::vector<Fault>& faults, int setIndex)
{
    const auto refuse = [&](int line, std::string problem, std::string fix) {
        faults.push_back(
            {ErrorCode::recipeInvalid, placeName(origin, {line, setIndex}), std::move(problem), std::move(fix)});
        return std::nullopt;
    };
    if (text.size() > kMostBytes) {
        return refuse(0, fmt::format("is {} bytes long, and a recipe has at most {}", text.size(), kMostBytes),
            "check that this is the recipe");
    }
    if (const std::size_t at = findInvalidUtf8(text); at != std::string::npos) {
        return refuse(
            lineOf(text, at), "is not UTF-8 text", "save the file as UTF-8, and check that this is the recipe");
    }
    if (const std::size_t at = findControl(text); at != std::string::npos) {
        return refuse(lineOf(text, at),
            fmt::format("holds the control character 0x{:02X}", static_cast<unsigned char>(text[at])),
            "remove it, and check that this is the recipe");
    }
    try {
        TreeBuilder builder(origin, setIndex, faults);
        // At the end of the file yaml-cpp accepts a quote that was never closed; before an end-of-document mark it does
        // not.
        std::istringstream stream(text + (text.ends_with('\n') ? "...\n" : "\n...\n"));
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) { }
        return builder.take();
    } catch (const YAML::DeepRecursion& error) {
        return refuse(error.mark.line + 1, fmt::format("lists and maps are nested deeper than {} levels", kDeepest),
            "check the brackets and the indentation");
    } catch (const YAML::Exception& error) {
        return refuse(error.mark.is_null() ? 0 : error.mark.line + 1, "is not valid YAML: " + error.msg,
            "check the indentation, the quotes and the brackets");
    } catch (const Refused& refused) {
        return refuse(refused.line, refused.what(), refused.fix);
    }
}

std::string placeName(const std::string& origin, const YamlPlace& place)
{
    return place.fromSet() || place.line <= 0 ? origin : fmt::format("{}, line {}", origin, place.line);
}

std::string describe(const YamlValue& value)
{
    switch (value.kind) {
    case YamlValue::Kind::list: return "a list";
    case YamlValue::Kind::map: return "a map of keys";
    case YamlValue::Kind::scalar: break;
    }
    if (value.isNull())
        return "empty";
    if (value.plain && isNumberText(value.text))
        return "the number " + forMessage(value.text);
    if (value.plain && isBooleanText(value.text))
        return value.text;
    return "the text \"" + forMessage(value.text) + "\"";
}

std::string forMessage(std::string_view text)
{
    constexpr std::size_t kLongest = 60;
    std::string shown(text.substr(0, kLongest));
    if (text.size() > kLongest)
        shown = shown.substr(0, completeUtf8Prefix(shown)) + "…";
    // A terminal would obey control characters.
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    std::replace_if(shown.begin(), shown.end(), isControl, ' ');
    return shown;
}

bool isNullText(std::string_view text)
{
    return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

bool isBooleanText(std::string_view text)
{
    constexpr std::string_view kWords[] = {"true", "True", "TRUE", "false", "False", "FALSE"};
    return std::find(std::begin(kWords), std::end(kWords), text) != std::end(kWords);
}

bool isNumberText(std::string_view text)
{
    if (!text.empty() && (text[0] == '-' || text[0] == '+'))
        text.remove_prefix(1);
    if (text == ".inf" || text == ".Inf" || text == ".INF" || text == ".nan" || text == ".NaN" || text == ".NAN")
        return true;
    if (const std::size_t exponent = text.find_first_of("eE"); exponent != std::string_view::npos) {
        std::string_view digits = text.substr(exponent + 1);
        if (!digits.empty() && (digits[0] == '-' || digits[0] == '+'))
            digits.remove_prefix(1);
        if (!isDigits(digits))
            return false;
        text = text.substr(0, exponent);
    }
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    return (whole.empty() || isDigits(whole)) && (fraction.empty() || isDigits(fraction))
        && !(whole.empty() && fraction.empty());
}

} // namespace falconer
