// SPDX-License-Identifier: Apache-2.0
#include "core/data/source_files.h"

#include "core/base/error.h"

namespace falconer {

SourceFiles::SourceFiles(const DataSettings& settings)
{
    if (settings.train.empty())
        throw Error(ErrorCode::recipeInvalid, "data.train", "names no file", "give a file with training rows");
    for (const WeightedFile& file : settings.train) {
        if (file.weight != 1.0)
            throw Error(ErrorCode::recipeInvalid, "data.train",
                "weights of files other than 1 are not available in this version",
                "leave the weight of " + file.path + " out");
        train.push_back(file.path);
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
