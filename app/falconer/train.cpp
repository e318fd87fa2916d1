// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/drive.h"
#include "app/falconer/options.h"
#include "app/falconer/verb.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/config/recipe_io.h"
#include "core/train/session.h"

namespace falconer::cli {
namespace {

class TrainVerb : public Verb {
public:
    TrainVerb()
        : Verb("train", "fine-tune a model as a recipe says", "falconer train recipe.yaml --set training.epochs=1")
    {
    }

    void declare(CLI::App& arguments) override
    {
        addOption(arguments, "RUN.yaml", m_recipe, "The recipe")->required()->type_name("");
        addSettings(arguments, m_settings);
        addOption(arguments, "--output", m_output, "The run's folder (default: runs/<recipe name>-<UTC time>)")
            ->type_name("DIR");
        addOption(arguments, "--ranks", m_ranks, "Processes that train together; only 1 in this version")
            ->type_name("N")
            ->check(wholeNumber(1));
    }

    int run(Console& console) override
    {
        if (m_ranks != 1)
            throw Error(ErrorCode::requestInvalid, "--ranks",
                "training in several processes is not available in this version", "leave --ranks out");
        const auto session = makeSession(loadRecipe(expandPath(m_recipe), m_settings), expandPath(m_output));
        return drive(*session, console);
    }

private:
    std::string m_recipe;
    std::vector<std::string> m_settings;
    std::string m_output;
    std::int64_t m_ranks = 1;
};

} // namespace

std::unique_ptr<Verb> makeTrainVerb() { return std::make_unique<TrainVerb>(); }

} // namespace falconer::cli
