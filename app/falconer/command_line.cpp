// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/command_line.h"

#include "app/falconer/console.h"
#include "app/falconer/options.h"
#include "app/falconer/verb.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <new>

namespace falconer::cli {
namespace {

using Verbs = std::vector<std::unique_ptr<Verb>>;

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kRequestWrong = 2;

/// Verbs that the program will have and this version has not: "unknown" would be misleading.
constexpr std::array<std::string_view, 6> kLaterVerbs{
    "quantize", "export", "datasets", "download", "selftest", "bench"};

std::string programHelp(const Verbs& verbs)
{
    std::string text = "falconer " FALCONER_VERSION ": fine-tunes Falcon and Llama models with LoRA and QLoRA.\n\n"
                       "Usage: falconer VERB [arguments]\n\nVerbs:\n";
    for (const auto& verb : verbs)
        text += fmt::format("  {:<10} {}\n", verb->name(), verb->summary());
    text += "\n`falconer VERB --help` tells more about one. Every verb takes --json: one JSON object on standard "
            "output,\n"
            "progress and messages on standard error. Exit codes: 0 done, 1 the run failed, 2 the request was wrong,\n"
            "130 interrupted with state saved.\n\nExample: ";
    return text + std::string(verbs.front()->example()) + "\n";
}

Verb* find(const Verbs& verbs, std::string_view name)
{
    const auto found = std::find_if(verbs.begin(), verbs.end(), [&](const auto& verb) { return verb->name() == name; });
    return found == verbs.end() ? nullptr : found->get();
}

Error unknownVerb(const Verbs& verbs, const std::string& word)
{
    if (std::find(kLaterVerbs.begin(), kLaterVerbs.end(), word) != kLaterVerbs.end())
        return {ErrorCode::requestInvalid, "falconer " + word, "not available in this version",
            "see `falconer --help` for the verbs that are"};
    std::vector<std::string> names;
    for (const auto& verb : verbs)
        names.emplace_back(verb->name());
    const std::string suggestion = nearest(word, names);
    return {ErrorCode::requestInvalid, "falconer", fmt::format("there is no verb '{}'", word),
        suggestion.empty() ? "see `falconer --help` for the verbs" : fmt::format("perhaps '{}' was meant", suggestion)};
}

/// The error about the first argument that the verb does not know.
Error unknownArgument(const CLI::App& arguments, const std::string& word)
{
    const std::string help = fmt::format("see `{} --help`", arguments.get_name());
    if (word.rfind('-', 0) != 0)
        return {ErrorCode::requestInvalid, arguments.get_name(), fmt::format("the argument '{}' is one too many", word),
            help};
    std::vector<std::string> names;
    for (const CLI::Option* option : arguments.get_options())
        for (const std::string& name : option->get_lnames())
            names.push_back("--" + name);
    const std::string suggestion = nearest(word, names);
    return {ErrorCode::requestInvalid, arguments.get_name(), fmt::format("there is no option {}", word),
        suggestion.empty() ? help : fmt::format("perhaps {} was meant", suggestion)};
}

/// Binds the arguments to the verb. Returns false when help was asked for and given.
bool parse(Verb& verb, int argc, char** argv, Console& console)
{
    CLI::App arguments(fmt::format("{}: {}", verb.name(), verb.summary()), fmt::format("falconer {}", verb.name()));
    arguments.set_help_flag("-h,--help", "Print this and exit");
    arguments.allow_extras(); // so that they can be named in a sentence of ours
    verb.declare(arguments);
    bool json = false;
    arguments.add_flag("--json", json, "Print one JSON object on standard output");
    arguments.footer(fmt::format("Example: {}", verb.example()));

    const auto wrong = [&](const std::string& problem) {
        return Error(ErrorCode::requestInvalid, arguments.get_name(), problem,
            fmt::format("see `{} --help`", arguments.get_name()));
    };
    try {
        arguments.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        console.text(arguments.help());
        return false;
    } catch (const CLI::RequiredError& error) {
        if (!arguments.remaining().empty()) // a mistyped --model is why --model is missing
            throw unknownArgument(arguments, arguments.remaining().front());
        throw wrong(error.what());
    } catch (const CLI::ArgumentMismatch& error) { // "--model: 1 required M missing"
        const std::string what = error.what();
        throw wrong(what.substr(0, what.find(':')) + " needs a value");
    } catch (const CLI::ParseError& error) {
        throw wrong(error.what());
    }
    if (!arguments.remaining().empty())
        throw unknownArgument(arguments, arguments.remaining().front());
    console.setJson(json); // it may also have been the value of an option
    return true;
}

/// Everything but the conversion of exceptions.
int dispatch(int argc, char** argv, Console& console)
{
    const Verbs verbs = makeVerbs();
    if (argc < 2) {
        console.note(programHelp(verbs));
        return kRequestWrong;
    }
    const std::string word = argv[1];
    if (word == "--version" || word == "-V") {
        console.text("falconer " FALCONER_VERSION "\n");
        return kDone;
    }
    if (word == "--help" || word == "-h" || word == "help") {
        console.text(programHelp(verbs));
        return kDone;
    }
    Verb* verb = find(verbs, word);
    if (!verb)
        throw unknownVerb(verbs, word);
    return parse(*verb, argc - 1, argv + 1, console) ? verb->run(console) : kDone;
}

/// Anything that is not an Error comes from a library (LibTorch's messages carry a backtrace from the second line on).
Fault faultOf(const std::exception& error)
{
    const std::string what = error.what();
    if (dynamic_cast<const std::bad_alloc*>(&error) || what.find("can't allocate memory") != std::string::npos)
        return {ErrorCode::outOfMemory, "memory", "there is not enough of it",
            "take a smaller model, a stronger quantization or a smaller data.max_length"};
    return {ErrorCode::internal, "unexpected failure", what.substr(0, what.find('\n')), {}};
}

} // namespace

int runProgram(int argc, char** argv)
{
    const bool json
        = std::any_of(argv + 1, argv + argc, [](const char* word) { return std::string_view(word) == "--json"; });
    Console console(json);
    setLogSink([&console](LogLevel level, std::string_view message) {
        console.note((level == LogLevel::warning ? "warning: " : "") + std::string(message));
    });
    int exitCode = kFailed;
    try {
        exitCode = dispatch(argc, argv, console);
    } catch (const Error& error) {
        console.faults(error.faults());
        exitCode = error.exitCode();
    } catch (const std::exception& error) {
        console.faults({faultOf(error)});
    }
    setLogSink({}); // the console goes away now
    if (!console.flush() && exitCode == kDone) {
        console.note("standard output: it cannot be written.");
        exitCode = kFailed;
    }
    return exitCode;
}

} // namespace falconer::cli
