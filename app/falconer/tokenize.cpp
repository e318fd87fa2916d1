// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/console.h"
#include "app/falconer/model_arguments.h"
#include "app/falconer/options.h"
#include "app/falconer/verb.h"
#include "core/hub/local_models.h"
#include "core/text/tokenizer.h"

#include <nlohmann/json.hpp>

namespace falconer::cli {
namespace {

class TokenizeVerb : public Verb {
public:
    TokenizeVerb()
        : Verb("tokenize", "show the ids of a text, always as JSON",
            "falconer tokenize --model models/falcon-7b --text 'Hello, world'")
    {
    }

    void declare(CLI::App& arguments) override
    {
        addModel(arguments, m_model);
        addOption(arguments, "--text", m_text, "The text")->type_name("T")->required();
    }

    int run(Console& console) override
    {
        const auto tokenizer = loadTokenizerFor(resolveModel(m_model));
        const std::vector<std::int32_t> ids = tokenizer->encode(m_text);
        nlohmann::ordered_json pieces = nlohmann::ordered_json::array();
        for (const std::int32_t id : ids)
            pieces.push_back(tokenizer->piece(id));
        console.object({{"ids", ids}, {"tokens", pieces}});
        return 0;
    }

private:
    std::string m_model;
    std::string m_text;
};

} // namespace

std::unique_ptr<Verb> makeTokenizeVerb() { return std::make_unique<TokenizeVerb>(); }

} // namespace falconer::cli
