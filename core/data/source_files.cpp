// SPDX-License-Identifier: Apache-2.0
#include "core/data/source_files.h"

#include "core/base/error.h"

#include <fmt/format.h>

namespace falconer {
namespace {

constexpr double kMaxWeight = 1000;

} // namespace

SourceFiles::SourceFiles(const DataSettings& settings)
{
    if (settings.train.empty())
        throw Error(ErrorCode::recipeInvalid, "data.train", "names no file", "give a file with training rows");
    for (const WeightedFile& file : settings.train) {
        if (!(file.weight > 0 && file.weight <= kMaxWeight)) // also refuses NaN
            throw Error(ErrorCode::recipeInvalid, "data.train",
                fmt::format("the weight of {} is {}", file.path, file.weight),
                fmt::format(
                    "a weight lies above 0 and up to {}: how often an epoch goes through the file's rows", kMaxWeight));
        train.push_back(file.path);
        weights.push_back(file.weight);
    }
    if (const auto* file = std::get_if<std::string>(&settings.validation)) {
        validation = *file;
        return;
    }
    share = std::get<double>(settings.validation);
    if (!(share >= 0 && share < 1)) // also refuses NaN
        throw Error(ErrorCode::recipeInvalid, "data.validation", "a share lies between 0 and 1",
            "hold back 0.05 of the rows, or name a file");
}

std::vector<std::string> SourceFiles::all() const
{
    std::vector<std::string> files = train;
    if (validation)
        files.push_back(*validation);
    return files;
}

} // namespace falconer
