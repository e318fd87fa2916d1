// SPDX-License-Identifier: Apache-2.0
#include "core/data/dataset.h"

#include "core/base/fault_list.h"
#include "core/base/files.h"
#include "core/data/load_rows.h"
#include "core/data/row_reader.h"

namespace falconer {

std::uint64_t Dataset::fingerprint() const
{
    std::uint64_t hash = 1469598103934665603ULL;
    const auto add = [&](std::uint64_t value) { hash = (hash ^ value) * 1099511628211ULL; };
    for (const SampleStore* part : {&train, &validation}) {
        add(part->size());
        for (std::size_t row = 0; row < part->size(); ++row) {
            const Sample sample = part->at(row);
            add(sample.ids.size());
            for (std::size_t i = 0; i < sample.ids.size(); ++i)
                add(static_cast<std::uint64_t>(sample.ids[i]) * 2 + sample.learn[i]);
        }
    }
    return hash;
}

Dataset loadDataset(const DataSettings& settings, std::uint64_t seed, const Tokenizer& tokenizer,
    const Progress& progress, std::optional<std::tm> now)
{
    const LoadedRows rows = loadRows(settings, seed, tokenizer, progress, {}, now);
    if (!rows.refusals.empty())
        throw Error(rows.refusals);
    Dataset dataset;
    dataset.files = rows.sources.all();
    dataset.report = rows.report;
    dataset.train = rows.training.select(rows.learned);
    dataset.validation = rows.validation.select(rows.measured);
    return dataset;
}

std::vector<Fault> firstRowFaults(const DataSettings& settings)
{
    FaultList faults;
    faults.attempt([&] {
        const ColumnMap columns(settings);
        for (const std::string& file : SourceFiles(settings).all())
            faults.attempt([&] {
                const std::unique_ptr<RowReader> reader = openRows(expandPath(file));
                try {
                    if (Row row; reader->next(row))
                        columns.content(row, columns.recognise(row, reader->name()).format, reader->name());
                } catch (const Error& error) {
                    if (settings.onBadRow != "skip" || error.code() != ErrorCode::dataInvalid)
                        throw;
                }
            });
    });
    return faults.faults();
}

SampleStore loadSamples(const std::string& file, const DataSettings& settings, const Tokenizer& tokenizer,
    DatasetReport& report, const Progress& progress)
{
    RowPipeline pipeline(settings, tokenizer, report, progress, {});
    SampleStore samples;
    pipeline.read(file, [&](const TextRow& row, const EncodedRow& encoded) {
        const Sample sample = pipeline.cut(encoded, row.line, 0);
        if (sample.targets() > 0)
            samples.append(sample);
    });
    pipeline.warn();
    if (samples.empty())
        throw Error({pipeline.emptiness(file, "to evaluate on")});
    return samples;
}

} // namespace falconer
