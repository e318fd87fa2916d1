// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/run/append_file.h"
#include "core/run/run_log_sink.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace falconer {

/// A number as W&B's JSON has it: NaN and Infinity stand bare.
std::string wandbJson(double value);

/// One run as a W&B offline folder: run-ID.wandb with its records, files/ beside it. What a resumed run logs continues
/// the same W&B run, cut back to where it goes on.
class WandbFile {
public:
    using Values = std::vector<std::pair<std::string, std::string>>; ///< name and JSON text

    /// Makes wandb/offline-run-… in the logs' folder, or opens the newest one there for a resumed run.
    explicit WandbFile(const RunLogInput& input);
    ~WandbFile();
    WandbFile(const WandbFile&) = delete;
    WandbFile& operator=(const WandbFile&) = delete;

    const std::filesystem::path& folder() const { return m_folder; }
    /// The file by which wandb says that it has sent the run.
    std::filesystem::path sentMark() const { return m_path.string() + ".synced"; }

    /// A row of the history at training step `step`; the summary takes its values too.
    void history(std::int64_t step, Values values);
    void summary(const Values& values);
    /// The folder's files as version `aliases` of the artifact NAME-ID, type model.
    void artifact(const std::string& name, const std::filesystem::path& folder, const std::vector<std::string>& aliases,
        const nlohmann::ordered_json& metadata);
    void exit(int code);

private:
    struct Messages; ///< keeps protobuf's headers out of this one
    void findOrMakeFolder(const RunLogInput& input);
    void takeOver(const RunLogInput& input);
    void begin(const RunLogInput& input);
    void writeFiles(const RunLogInput& input) const;
    double runtime() const;

    std::filesystem::path m_folder;
    std::filesystem::path m_path; ///< run-ID.wandb
    std::string m_id;
    std::string m_project;
    std::string m_entity;
    std::string m_content; ///< what the file begins with, until it is opened
    std::unique_ptr<AppendFile> m_file;
    std::int64_t m_records = 0;
    std::int64_t m_rows = 0; ///< of the history: W&B's own _step
    double m_runtimeBefore = 0; ///< seconds of earlier sessions
    double m_began = 0; ///< Unix time of this one
    std::vector<std::pair<std::string, std::string>> m_sequences; ///< artifact name and its client id
};

} // namespace falconer
