// SPDX-License-Identifier: Apache-2.0
#include "core/data/dataset.h"

#include "core/base/error.h"
#include "core/data/load_rows.h"

namespace falconer {
namespace {

/// Leaves out what teaches nothing; file order is kept.
void keep(Sample&& sample, std::vector<Sample>& samples)
{
    if (sample.targets() > 0)
        samples.push_back(std::move(sample));
}

} // namespace

Dataset loadDataset(
    const DataSettings& settings, std::uint64_t seed, const Tokenizer& tokenizer, const Progress& progress)
{
    LoadedRows rows = loadRows(settings, seed, tokenizer, progress, false);
    Dataset dataset;
    dataset.files = rows.sources.all();
    dataset.report = std::move(rows.report);
    for (Sample& sample : rows.validation)
        keep(std::move(sample), dataset.validation);
    for (std::size_t i = 0; i < rows.training.size(); ++i)
        keep(std::move(rows.training[i]), rows.held[i] ? dataset.validation : dataset.train);
    if (dataset.train.empty())
        throw Error(ErrorCode::dataInvalid, dataset.files.front(),
            "every label is masked in the rows that data.validation leaves to train on",
            "raise data.max_length, or hold back a smaller share");
    return dataset;
}

std::vector<Sample> loadSamples(const std::string& file, const DataSettings& settings, const Tokenizer& tokenizer,
    DatasetReport& report, const Progress& progress)
{
    RowPipeline pipeline(settings, tokenizer, report, progress);
    std::vector<Sample> samples;
    pipeline.read(file,
        [&](const TextRow& row, const EncodedRow& encoded) { keep(pipeline.cut(encoded, row.line, 0), samples); });
    pipeline.warn();
    if (samples.empty())
        pipeline.refuseEmpty(file, "to evaluate on");
    return samples;
}

} // namespace falconer
