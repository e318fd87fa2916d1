// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/console.h"
#include "app/falconer/model_arguments.h"
#include "app/falconer/options.h"
#include "app/falconer/progress_view.h"
#include "app/falconer/verb.h"
#include "core/data/dataset.h"
#include "core/inference/evaluate.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace falconer::cli {
namespace {

class EvalVerb : public Verb {
public:
    EvalVerb()
        : Verb("eval", "measure loss and perplexity on a file",
            "falconer eval --model models/falcon-7b --adapter runs/cynic/adapter --data validation.jsonl")
    {
    }

    void declare(CLI::App& arguments) override
    {
        m_model.declare(arguments);
        addOption(arguments, "--data", m_data, "The rows to measure on")->type_name("F")->required();
    }

    int run(Console& console) override
    {
        const Recipe recipe = m_model.recipe(m_data);
        // Rows before weights: a broken line is known at once.
        const auto tokenizer = loadTokenizerFor(recipe.model);
        DatasetReport report;
        ProgressView progress(console);
        const SampleStore samples
            = loadSamples(recipe.data.train.front().path, recipe.data, *tokenizer, report, progress.callback());
        for (const std::string& warning : report.warnings)
            console.note("warning: " + warning);
        const LoadedModel model = m_model.load(recipe, console);
        const Evaluation result = evaluate(*model.decoder, samples, progress.callback());
        console.status("");

        if (console.json())
            console.object({{"loss", result.loss}, {"perplexity", result.perplexity}, {"tokens", result.tokens}});
        console.text(
            fmt::format("loss {:.6f}  perplexity {:.4f}  tokens {}\n", result.loss, result.perplexity, result.tokens));
        return 0;
    }

private:
    ModelArguments m_model;
    std::string m_data;
};

} // namespace

std::unique_ptr<Verb> makeEvalVerb() { return std::make_unique<EvalVerb>(); }

} // namespace falconer::cli
