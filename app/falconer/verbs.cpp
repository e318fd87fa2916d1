// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/verb.h"

#include <array>

namespace falconer::cli {
namespace {

using MakeVerb = std::unique_ptr<Verb> (*)();

constexpr std::array<MakeVerb, 12> kVerbs{
    makeTrainVerb,
    makeResumeVerb,
    makeEvalVerb,
    makeGenerateVerb,
    makeTokenizeVerb,
    makePreviewVerb,
    makePlanVerb,
    makeModelsVerb,
    makeQueueVerb,
    makeRunsVerb,
    makeCompareVerb,
    makeSentinelVerb,
};

} // namespace

std::vector<std::unique_ptr<Verb>> makeVerbs()
{
    std::vector<std::unique_ptr<Verb>> verbs;
    for (const MakeVerb make : kVerbs)
        verbs.push_back(make());
    return verbs;
}

} // namespace falconer::cli
