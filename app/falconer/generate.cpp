// SPDX-License-Identifier: Apache-2.0
#include "core/inference/generate.h"
#include "app/falconer/console.h"
#include "app/falconer/model_arguments.h"
#include "app/falconer/options.h"
#include "app/falconer/verb.h"

#include <nlohmann/json.hpp>

#include <limits>

namespace falconer::cli {
namespace {

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
        addOption(arguments, "--prompt", m_prompt, "The text to continue")->type_name("P")->required();
        addOption(arguments, "--max-new-tokens", m_options.maxNewTokens, "Tokens to make at most (default: 128)")
            ->type_name("N")
            ->check(wholeNumber(1));
        addOption(
            arguments, "--temperature", m_options.temperature, "0 takes the likeliest token each time (default: 0)")
            ->type_name("T")
            ->check(number(0, std::numeric_limits<double>::max()));
        addOption(
            arguments, "--top-p", m_options.topP, "Draw from the likeliest tokens that make up this share (default: 1)")
            ->type_name("P")
            ->check(number(0, 1, true));
        addOption(arguments, "--seed", m_options.seed, "Of the random draws (default: 42)")
            ->type_name("S")
            ->check(wholeNumber(0));
    }

    int run(Console& console) override
    {
        LoadedModel model = m_model.load(m_model.recipe(), console);
        const Generated made = generate(model, m_prompt, m_options, [&](std::string_view text) {
            console.text(text);
            return true;
        });
        console.text("\n");
        if (console.json())
            console.object({{"text", made.text}, {"prompt_tokens", made.promptTokens}, {"new_tokens", made.newTokens},
                {"stopped", made.stopped}});
        return 0;
    }

private:
    ModelArguments m_model;
    std::string m_prompt;
    GenerateOptions m_options;
};

} // namespace

std::unique_ptr<Verb> makeGenerateVerb() { return std::make_unique<GenerateVerb>(); }

} // namespace falconer::cli
