// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/descriptor.h"
#include "core/run/queue_plan.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace falconer {

/// Where a run of the queue stands, as queue.json says it.
struct QueueRecord {
    std::string folder;
    std::string state; ///< waiting | running | finished | stopped | failed | interrupted
    std::string message; ///< why it failed
    std::map<std::string, std::string> recipe; ///< every key as YAML
};

/// queue.json: which runs this queue has begun, with which settings. Written in one step each time.
class QueueState {
public:
    /// Reads `output`/queue.json; empty when there is none. Throws fileMalformed.
    static QueueState load(const std::filesystem::path& output);
    /// One that knows of no run yet, whatever lies in `output`.
    static QueueState fresh(const std::filesystem::path& output);

    const QueueRecord* find(const std::string& name) const;
    /// The runs of `plan` as they are to be run now; what it says of others stays.
    void take(const QueuePlan& plan);
    void set(const std::string& name, const std::string& state, const std::string& message = {});
    /// Throws fileUnwritable, diskFull.
    void save() const;

private:
    std::filesystem::path m_file;
    std::map<std::string, QueueRecord> m_records;
};

/// Holds a queue's folder for one session at a time; makes it. Throws requestInvalid when another session has it,
/// fileUnwritable, diskFull.
class QueueClaim {
public:
    explicit QueueClaim(const std::filesystem::path& output);

private:
    std::shared_ptr<const Descriptor> m_lock;
};

} // namespace falconer
