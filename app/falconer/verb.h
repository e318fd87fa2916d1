// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace falconer::cli {

class Console;

/// One verb of the command line: a thin layer over core that declares its arguments, runs and returns an exit code
/// (0 done, 1 failed, 2 the request was wrong, 130 interrupted with state saved). Errors of core pass through it: the
/// program prints them (command_line.cpp).
class Verb {
public:
    Verb(std::string_view name, std::string_view summary, std::string_view example)
        : m_name(name)
        , m_summary(summary)
        , m_example(example)
    {
    }
    virtual ~Verb() = default;

    std::string_view name() const { return m_name; }
    std::string_view summary() const { return m_summary; } ///< one line for the list of verbs
    std::string_view example() const { return m_example; } ///< a command line that can be copied

    /// Adds the verb's arguments, bound to its members.
    virtual void declare(CLI::App& arguments) = 0;
    /// Called once, after the arguments were parsed.
    virtual int run(Console& console) = 0;

private:
    std::string_view m_name;
    std::string_view m_summary;
    std::string_view m_example;
};

std::unique_ptr<Verb> makeTrainVerb();
std::unique_ptr<Verb> makeResumeVerb();
std::unique_ptr<Verb> makeEvalVerb();
std::unique_ptr<Verb> makeGenerateVerb();
std::unique_ptr<Verb> makeTokenizeVerb();
std::unique_ptr<Verb> makePreviewVerb();
std::unique_ptr<Verb> makePlanVerb();
std::unique_ptr<Verb> makeModelsVerb();
std::unique_ptr<Verb> makeRunsVerb();
std::unique_ptr<Verb> makeCompareVerb();
std::unique_ptr<Verb> makeQueueVerb();
std::unique_ptr<Verb> makeSentinelVerb();

/// Every verb of this version, in the order of the help.
std::vector<std::unique_ptr<Verb>> makeVerbs();

} // namespace falconer::cli
