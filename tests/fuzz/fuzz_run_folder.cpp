// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/run/queue_file.h"
#include "core/run/queue_state.h"
#include "core/run/run_folder.h"
#include "core/run/run_notes.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

#include <unistd.h>

namespace {

namespace fs = std::filesystem;

/// A folder for this process, with a run in it; it goes with the process.
class Scratch {
public:
    Scratch()
        : m_path(fs::temp_directory_path() / ("falconer-fuzz-" + std::to_string(::getpid())))
    {
        fs::create_directories(m_path);
        std::ofstream(m_path / "run.yaml") << "model: m\ndata: {train: rows.jsonl}\n";
    }
    ~Scratch()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

const fs::path& folder()
{
    static const Scratch scratch;
    return scratch.path();
}

void put(const char* name, std::string_view bytes)
{
    std::ofstream file(folder() / name, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// What is read can be written, and is then read back the same.
void notesSurvive()
{
    using namespace falconer;
    const RunNotes notes = readRunNotes(folder());
    try {
        writeRunNotes(folder(), notes);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::requestInvalid)
            return; // more than fits
        throw;
    }
    // Bytes that are no text are replaced once.
    const RunNotes once = readRunNotes(folder());
    writeRunNotes(folder(), once);
    if (!(readRunNotes(folder()) == once))
        std::abort();
}

} // namespace

/// What a run or a queue leaves behind may have been edited by anything. The first byte chooses the file; any bytes
/// are read or refused with a fault.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace falconer;
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    try {
        switch (data[0] % 4) {
        case 0:
            put("notes.json", bytes);
            notesSurvive();
            break;
        case 1:
            put("queue.json", bytes);
            QueueState::load(folder());
            break;
        case 2:
            put("metrics.jsonl", bytes);
            readMetrics(folder() / "metrics.jsonl");
            break;
        default: put("queue.yaml", bytes); readQueueFile(folder() / "queue.yaml");
        }
    } catch (const Error& error) {
        if (error.code() == ErrorCode::internal)
            std::abort();
    }
    return 0;
}
