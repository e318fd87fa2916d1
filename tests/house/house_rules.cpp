// SPDX-License-Identifier: Apache-2.0
#include "tests/house/house_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <regex>
#include <set>

namespace falconer::test {

namespace {

constexpr int kLongestFile = 800;

/// The arrows of the house as they are drawn: room -> the rooms that it may include. What those may include, it may
/// too.
const std::map<std::string, std::set<std::string>, std::less<>>& arrows()
{
    static const std::map<std::string, std::set<std::string>, std::less<>> table{
        {"kernels", {}},
        {"core/base", {}},
        {"core/config", {"core/base"}},
        {"core/formats", {"core/base"}},
        {"core/hub", {"core/base", "core/formats"}},
        {"core/text", {"core/formats"}},
        {"core/data", {"core/text", "core/config"}},
        {"core/run", {"core/config", "core/formats"}},
        {"core/ops", {"core/base", "kernels"}},
        {"core/distributed", {"core/base"}},
        {"core/model", {"core/config", "core/formats", "core/ops"}},
        {"core/inference", {"core/data", "core/model"}},
        {"core/train", {"core/inference", "core/run", "core/hub", "core/distributed"}},
        {"core/export", {"core/train"}},
        {"ui", {"core/export"}},
        {"app/falconer", {"core/export"}},
        {"app/workbench", {"ui", "app/falconer"}},
    };
    return table;
}

bool startsWith(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

bool endsWith(std::string_view text, std::string_view suffix)
{
    return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// "ui/charts" has the arrows of "ui".
std::string_view drawnRoom(std::string_view room) { return startsWith(room, "ui") ? std::string_view("ui") : room; }

bool isTorchRoom(std::string_view room)
{
    static constexpr std::array<std::string_view, 6> rooms{
        "core/ops", "core/model", "core/inference", "core/train", "core/export", "core/distributed"};
    return std::find(rooms.begin(), rooms.end(), room) != rooms.end();
}

bool isHeader(std::string_view file) { return endsWith(file, ".h") || endsWith(file, ".cuh"); }

/// A library that only some rooms may include.
struct Library {
    std::string_view name;
    bool (*owns)(std::string_view header);
    bool (*allowed)(std::string_view room, std::string_view file);
    std::string_view rule;
};

bool isQtCharts(std::string_view header)
{
    static const std::regex pattern(
        R"((QtCharts/.*)|QtCharts|QChart(View|Global)?|QPolarChart|Q\w*Series|Q\w+Axis|QLegend\w*|QBarSet|QBoxSet|)"
        R"(QCandlestickSet|QPieSlice|Q\w+ModelMapper)");
    return std::regex_match(header.begin(), header.end(), pattern);
}

bool isQt(std::string_view header)
{
    static const std::regex pattern(R"((Q[A-Z]\w*)|(Qt[A-Z]?\w*(/.*)?)|(q[a-z]+\.h))");
    return std::regex_match(header.begin(), header.end(), pattern);
}

bool isCuda(std::string_view header)
{
    return startsWith(header, "cuda") || startsWith(header, "cublas") || startsWith(header, "nccl")
        || startsWith(header, "cooperative_groups") || startsWith(header, "mma.h");
}

const std::vector<Library>& libraries()
{
    using View = std::string_view;
    static const std::vector<Library> table{
        {"QtCharts", isQtCharts, [](View room, View) { return room == "ui/charts"; }, "only ui/charts includes it"},
        {"Qt", isQt, [](View room, View) { return startsWith(room, "ui") || room == "app/workbench"; },
            "only ui and the workbench include it"},
        {"LibTorch",
            [](View header) {
                return startsWith(header, "torch/") || startsWith(header, "ATen/") || startsWith(header, "c10/")
                    || startsWith(header, "caffe2/");
            },
            [](View room, View) { return isTorchRoom(room); },
            "only core/ops, model, inference, train, export and distributed include it"},
        {"CUDA", isCuda, [](View, View file) { return startsWith(file, "kernels/cuda/"); },
            "only kernels/cuda includes it"},
        {"protobuf", [](View header) { return startsWith(header, "google/protobuf") || endsWith(header, ".pb.h"); },
            [](View room, View file) { return room == "core/run" && !isHeader(file); },
            "only source files of core/run include it, for LibTorch brings another version"},
        {"gloo", [](View header) { return startsWith(header, "gloo/"); },
            [](View room, View file) { return room == "core/distributed" && !isHeader(file); },
            "only a source file of core/distributed includes it"},
        {"yaml-cpp", [](View header) { return startsWith(header, "yaml-cpp"); },
            [](View room, View) { return room == "core/config"; }, "only core/config includes it"},
        {"nlohmann-json", [](View header) { return startsWith(header, "nlohmann/"); },
            [](View room, View) { return mayInclude(room, "core/formats") && !startsWith(room, "ui"); },
            "only core/formats and the rooms above it include it"},
        {"SentencePiece", [](View header) { return contains(header, "sentencepiece"); },
            [](View room, View) { return room == "core/text"; }, "only core/text includes it"},
        {"PCRE2", [](View header) { return contains(header, "pcre2"); },
            [](View room, View file) { return room == "core/text" || (room == "core/model" && !isHeader(file)); },
            "only core/text includes it, and a source file of core/model for PEFT's patterns"},
        {"Arrow", [](View header) { return startsWith(header, "arrow/") || startsWith(header, "parquet/"); },
            [](View room, View) { return room == "core/data"; }, "only core/data includes it"},
        {"libcurl", [](View header) { return startsWith(header, "curl/"); },
            [](View room, View) { return room == "core/hub"; }, "only core/hub includes it"},
        {"CLI11", [](View header) { return startsWith(header, "CLI/"); },
            [](View room, View) { return startsWith(room, "app/"); }, "only app includes it"},
        {"fmt", [](View header) { return startsWith(header, "fmt/"); },
            [](View room, View) { return room != "kernels"; }, "kernels include the standard library only"},
    };
    return table;
}

std::string_view trimmedLeft(std::string_view line)
{
    const auto start = line.find_first_not_of(" \t");
    return start == std::string_view::npos ? std::string_view() : line.substr(start);
}

std::optional<Include> parseInclude(std::string_view line)
{
    line = trimmedLeft(line);
    if (!startsWith(line, "#"))
        return std::nullopt;
    line = trimmedLeft(line.substr(1));
    if (!startsWith(line, "include"))
        return std::nullopt;
    line = trimmedLeft(line.substr(7));
    if (line.empty() || (line.front() != '"' && line.front() != '<'))
        return std::nullopt;
    const bool quoted = line.front() == '"';
    const auto end = line.find(quoted ? '"' : '>', 1);
    if (end == std::string_view::npos)
        return std::nullopt;
    return Include{std::string(line.substr(1, end - 1)), quoted};
}

template <typename Visit>
void forEachLine(std::string_view text, Visit visit)
{
    int number = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        visit(++number, text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

/// The first library that owns the header, checked narrowest first (QtCharts before Qt).
std::optional<std::string> libraryProblem(std::string_view file, const std::string& room, const std::string& header)
{
    for (const Library& library : libraries()) {
        if (!library.owns(header))
            continue;
        if (library.allowed(room, file))
            return std::nullopt;
        return header + " is " + std::string(library.name) + "'s, and " + std::string(library.rule);
    }
    if (room == "kernels" && contains(header, "/") && !startsWith(header, "sys/"))
        return header + ": kernels include the standard library only";
    return std::nullopt;
}

std::optional<std::string> houseProblem(const std::string& room, const std::string& header)
{
    const std::string target = roomOf(header);
    if (target.empty()) {
        if (endsWith(header, ".moc"))
            return std::nullopt;
        return header + ": includes of our own headers are written from the root, \"core/base/error.h\"";
    }
    if (!mayInclude(room, target))
        return header + " is not for this room: an arrow from " + room + " to " + target + " would point the wrong way";
    return std::nullopt;
}

bool isWordCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool hasWord(std::string_view line, std::string_view word)
{
    for (auto at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
        const auto after = at + word.size();
        const bool startsHere = at == 0 || !isWordCharacter(line[at - 1]);
        const bool endsHere = after == line.size() || !isWordCharacter(line[after]);
        if (startsHere && endsHere)
            return true;
    }
    return false;
}

/// The licence that a file must carry; empty: either of the two.
std::string_view licenceOf(std::string_view file)
{
    if (endsWith(file, "CMakeLists.txt"))
        return {};
    const std::string room = roomOf(file);
    if (startsWith(room, "ui") || room == "app/workbench")
        return "GPL-3.0-or-later";
    return room.empty() ? std::string_view() : std::string_view("Apache-2.0");
}

bool carriesLicence(std::string_view file, std::string_view head)
{
    const auto says
        = [&](std::string_view licence) { return contains(head, "SPDX-License-Identifier: " + std::string(licence)); };
    const std::string_view licence = licenceOf(file);
    return licence.empty() ? says("Apache-2.0") || says("GPL-3.0-or-later") : says(licence);
}

} // namespace

std::string describe(const HouseFault& fault)
{
    return fault.file + (fault.line > 0 ? ":" + std::to_string(fault.line) : std::string()) + ": " + fault.problem;
}

std::string roomOf(std::string_view file)
{
    const auto folder = [&](std::string_view parent) {
        const auto end = file.find('/', parent.size());
        return end == std::string_view::npos ? std::string() : std::string(file.substr(0, end));
    };
    if (startsWith(file, "kernels/"))
        return "kernels";
    if (startsWith(file, "core/"))
        return folder("core/");
    if (startsWith(file, "ui/"))
        return startsWith(file, "ui/charts/") ? "ui/charts" : "ui";
    if (startsWith(file, "app/"))
        return contains(file, "workbench") ? "app/workbench" : "app/falconer";
    return {};
}

bool mayInclude(std::string_view from, std::string_view to)
{
    from = drawnRoom(from);
    to = drawnRoom(to);
    if (from == to)
        return true;
    const auto found = arrows().find(from);
    if (found == arrows().end())
        return false;
    return std::any_of(
        found->second.begin(), found->second.end(), [&](const std::string& below) { return mayInclude(below, to); });
}

std::vector<HouseFault> includeFaults(std::string_view file, std::string_view text)
{
    std::vector<HouseFault> faults;
    const std::string room = roomOf(file);
    if (room.empty())
        return faults;
    if (arrows().find(drawnRoom(room)) == arrows().end()) {
        faults.push_back({std::string(file), 0, "the house has no room " + room});
        return faults;
    }
    forEachLine(text, [&](int number, std::string_view line) {
        const auto include = parseInclude(line);
        if (!include)
            return;
        const bool ours = include->quoted && !endsWith(include->name, ".pb.h");
        const auto problem = ours ? houseProblem(room, include->name) : libraryProblem(file, room, include->name);
        if (problem)
            faults.push_back({std::string(file), number, *problem});
    });
    return faults;
}

std::vector<HouseFault> textFaults(std::string_view file, std::string_view text)
{
    // Written in two halves, so that this file does not break its own rule.
    static const std::array<std::string, 5> marks{"TO"
                                                  "DO",
        "FIX"
        "ME",
        "XX"
        "X",
        "HA"
        "CK",
        "QS"
        "KIP"};
    std::vector<HouseFault> faults;
    std::string head;
    int lines = 0;
    forEachLine(text, [&](int number, std::string_view line) {
        lines = number;
        if (number <= 2) // a script's first line is its interpreter
            head.append(line).push_back('\n');
        for (const std::string& mark : marks) {
            if (hasWord(line, mark))
                faults.push_back(
                    {std::string(file), number, mark + " marks unfinished work: finish it or leave it out"});
        }
    });
    if (!carriesLicence(file, head)) {
        const std::string_view licence = licenceOf(file);
        faults.push_back({std::string(file), 1,
            "the first line must be SPDX-License-Identifier: "
                + std::string(licence.empty() ? "Apache-2.0" : licence)});
    }
    if (lines > kLongestFile)
        faults.push_back({std::string(file), 0,
            std::to_string(lines) + " lines, more than " + std::to_string(kLongestFile)
                + ": it is probably two files"});
    return faults;
}

} // namespace falconer::test
