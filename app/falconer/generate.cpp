// SPDX-License-Identifier: Apache-2.0
#include "core/inference/generate.h"
#include "app/falconer/console.h"
#include "app/falconer/model_arguments.h"
#include "app/falconer/options.h"
#include "app/falconer/verb.h"
#include "core/inference/generate_chat.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <limits>

namespace falconer::cli {
namespace {

/// A number as it was typed. It is checked after all arguments were read, so that every wrong one is told at once.
struct TypedNumber {
    const char* name;
    std::string text;
    const CLI::Option* option = nullptr;

    void declare(CLI::App& arguments, const char* type, const char* help)
    {
        option = addOption(arguments, name, text, help)->type_name(type);
    }

    /// Leaves `value` as it is where nothing was typed.
    template <class Value>
    void read(Value& value, const CLI::Validator& check, std::vector<Fault>& faults) const
    {
        if (option->count() == 0)
            return;
        std::string checked = text;
        if (const std::string problem = check(checked); !problem.empty()) {
            faults.push_back({ErrorCode::requestInvalid, name, problem, "see `falconer generate --help`"});
            return;
        }
        std::from_chars(text.data(), text.data() + text.size(), value);
    }
};

class GenerateVerb : public Verb {
public:
    GenerateVerb()
        : Verb("generate", "continue a prompt",
            "falconer generate --model models/falcon-7b --adapter runs/cynic/adapter --prompt 'Define \"logic\".'")
    {
    }

    void declare(CLI::App& arguments) override
    {
        m_model.declare(arguments);
        arguments.add_option("--prompt", m_prompts, "The text to continue; may be repeated, to answer several at once")
            ->type_name("P")
            ->allow_extra_args(false)
            ->required();
        arguments.add_flag(
            "--chat", m_chat, "Each prompt is what a user says: render it with the model's chat template");
        addOption(arguments, "--system", m_system, "What the system says before it (as --chat)")->type_name("TEXT");
        m_maxNewTokens.declare(arguments, "N", "Tokens to make at most (default: 128)");
        m_temperature.declare(arguments, "T", "0 takes the likeliest token each time (default: 0)");
        m_topK.declare(arguments, "K", "Draw from the K likeliest tokens (default: 0, off)");
        m_topP.declare(arguments, "P", "Draw from the likeliest tokens that make up this share (default: 1, off)");
        m_minP.declare(
            arguments, "P", "Draw no token below this share of the likeliest one's probability (default: 0, off)");
        m_repetitionPenalty.declare(
            arguments, "R", "Makes tokens that were there before less likely; 1.1 is usual (default: 1, off)");
        m_seed.declare(arguments, "S", "Of the random draws (default: 42)");
        arguments.add_option("--stop", m_options.stopStrings, "End the answer before this text; may be repeated")
            ->type_name("TEXT")
            ->allow_extra_args(false);
    }

    int run(Console& console) override
    {
        const Recipe recipe = checkedRecipe();
        LoadedModel model = m_model.load(recipe, console);
        std::vector<std::string> prompts = m_prompts;
        if (m_chat || !m_system.empty()) {
            m_options.addSpecial = false;
            for (std::string& prompt : prompts)
                prompt = asChat(prompt, *model.tokenizer, recipe.data.templateName);
        }
        if (prompts.size() == 1)
            answerOne(model, prompts.front(), console);
        else
            answerAll(model, prompts, console);
        return 0;
    }

private:
    /// Reads the options and makes the recipe; throws everything that is wrong with either.
    Recipe checkedRecipe()
    {
        constexpr double kAny = std::numeric_limits<double>::max();
        std::vector<Fault> faults;
        m_maxNewTokens.read(m_options.maxNewTokens, wholeNumber(1), faults);
        SamplingOptions& sampling = m_options.sampling;
        m_temperature.read(sampling.temperature, number(0, kAny), faults);
        m_topK.read(sampling.topK, wholeNumber(0), faults);
        m_topP.read(sampling.topP, number(0, 1, true), faults);
        m_minP.read(sampling.minP, number(0, 1), faults);
        m_repetitionPenalty.read(sampling.repetitionPenalty, number(0, kAny, true), faults);
        m_seed.read(m_options.seed, wholeNumber(0), faults);
        for (Fault& fault : faultsOf(m_options)) // the typed numbers are in range by now
            faults.push_back({fault.code, "--" + fault.subject, fault.problem, fault.fix});
        try {
            Recipe recipe = m_model.recipe();
            if (faults.empty())
                return recipe;
        } catch (const Error& error) {
            // With wrong options only what --set and --quantization say is of the same kind; whether the model is there
            // is another question.
            if (faults.empty())
                throw;
            for (const Fault& fault : error.faults())
                if (fault.code == ErrorCode::recipeInvalid)
                    faults.push_back(fault);
        }
        throw Error(std::move(faults));
    }

    std::string asChat(const std::string& prompt, const Tokenizer& tokenizer, const std::string& setting) const
    {
        std::vector<ChatMessage> messages;
        if (!m_system.empty())
            messages.push_back({"system", m_system});
        messages.push_back({"user", prompt});
        return renderChat(tokenizer, messages, setting);
    }

    void answerOne(LoadedModel& model, const std::string& prompt, Console& console) const
    {
        const Generated made = generate(model, prompt, m_options, [&](std::string_view text) {
            console.text(text);
            return true;
        });
        console.text("\n");
        if (console.json())
            console.object(toJson(made));
    }

    /// Streams cannot be mixed in one text, so each answer is shown as a whole.
    void answerAll(LoadedModel& model, const std::vector<std::string>& prompts, Console& console) const
    {
        const std::vector<Generated> answers = generate(model, std::span<const std::string>(prompts), m_options);
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (std::size_t i = 0; i < answers.size(); ++i) {
            console.text(fmt::format("--- {}\n{}\n", m_prompts[i], answers[i].text));
            list.push_back(toJson(answers[i]));
        }
        if (console.json())
            console.object({{"answers", list}});
    }

    static nlohmann::ordered_json toJson(const Generated& made)
    {
        return {{"text", made.text}, {"prompt_tokens", made.promptTokens}, {"new_tokens", made.newTokens},
            {"stopped", made.stopped()}, {"finish", falconer::name(made.finish)}, {"ids", made.ids}};
    }

    ModelArguments m_model;
    std::vector<std::string> m_prompts;
    bool m_chat = false;
    std::string m_system;
    TypedNumber m_maxNewTokens{"--max-new-tokens", {}, nullptr};
    TypedNumber m_temperature{"--temperature", {}, nullptr};
    TypedNumber m_topK{"--top-k", {}, nullptr};
    TypedNumber m_topP{"--top-p", {}, nullptr};
    TypedNumber m_minP{"--min-p", {}, nullptr};
    TypedNumber m_repetitionPenalty{"--repetition-penalty", {}, nullptr};
    TypedNumber m_seed{"--seed", {}, nullptr};
    GenerateOptions m_options;
};

} // namespace

std::unique_ptr<Verb> makeGenerateVerb() { return std::make_unique<GenerateVerb>(); }

} // namespace falconer::cli
