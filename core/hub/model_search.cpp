// SPDX-License-Identifier: Apache-2.0
#include "core/hub/model_search.h"

#include "core/base/text.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <system_error>
#include <tuple>

namespace fs = std::filesystem;

namespace falconer {

namespace {

// root/org/name/variant: deeper lies nothing that somebody meant to be found.
constexpr int kMaxDepth = 4;

bool isFile(const fs::path& path)
{
    std::error_code error;
    return fs::is_regular_file(path, error);
}

bool isFolder(const fs::path& path)
{
    std::error_code error;
    return fs::is_directory(path, error);
}

/// The entries of a folder in a fixed order; none when it cannot be read.
std::vector<fs::path> entriesOf(const fs::path& folder)
{
    std::vector<fs::path> entries;
    std::error_code error;
    for (fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
         !error && at != end; at.increment(error))
        entries.push_back(at->path());
    std::sort(entries.begin(), entries.end());
    return entries;
}

bool isModelFolder(const fs::path& folder)
{
    if (!isFile(folder / "config.json"))
        return false;
    for (const char* weights :
        {"model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"})
        if (isFile(folder / weights))
            return true;
    return false;
}

std::string utf8(const fs::path& path) { return toValidUtf8(path.generic_string()); }

class Search {
public:
    explicit Search(const Progress& progress)
        : m_progress(progress)
    {
    }

    void hubCache(const fs::path& cache)
    {
        for (const fs::path& repository : entriesOf(cache)) {
            const std::string id = hubId(utf8(repository.filename()));
            if (id.empty())
                continue;
            if (const fs::path snapshot = currentSnapshot(repository); !snapshot.empty())
                folder(snapshot, id, 1);
        }
    }

    /// `name` is empty for a root itself: what lies in it is then named from there.
    void folder(const fs::path& path, const std::string& name, int depth)
    {
        report(m_progress, "looking for models", static_cast<long long>(m_found.size()), 0);
        if (!isNew(path))
            return;
        if (isModelFolder(path)) {
            m_found.push_back({name.empty() ? utf8(path.filename()) : name, path, ModelFormat::safetensors});
            return;
        }
        const std::vector<fs::path> entries = entriesOf(path);
        const auto isGguf = [](const fs::path& entry) { return entry.extension() == ".gguf" && isFile(entry); };
        // A repository that holds a single file is called by its own name.
        const bool single = !name.empty() && std::count_if(entries.begin(), entries.end(), isGguf) == 1;
        for (const fs::path& entry : entries) {
            const std::string file = utf8(entry.filename());
            const std::string below = name.empty() ? file : name + "/" + file;
            if (isGguf(entry)) {
                if (isNew(entry))
                    m_found.push_back({single ? name : below, entry, ModelFormat::gguf});
            } else if (depth < kMaxDepth && !file.starts_with('.') && isFolder(entry)) {
                folder(entry, below, depth + 1);
            }
        }
    }

    std::vector<ModelCandidate> take()
    {
        std::sort(m_found.begin(), m_found.end(), [](const ModelCandidate& a, const ModelCandidate& b) {
            return std::tie(a.name, a.path) < std::tie(b.name, b.path);
        });
        return std::move(m_found);
    }

private:
    /// Whether this is the first time that the search comes to this place, on whatever way: links may form circles.
    bool isNew(const fs::path& path)
    {
        std::error_code error;
        const fs::path real = fs::canonical(path, error);
        return !error && m_seen.insert(real.native()).second;
    }

    const Progress& m_progress;
    std::set<std::string> m_seen;
    std::vector<ModelCandidate> m_found;
};

} // namespace

std::string hubId(std::string_view folderName)
{
    constexpr std::string_view kPrefix = "models--";
    if (!folderName.starts_with(kPrefix))
        return {};
    std::string id(folderName.substr(kPrefix.size()));
    if (const std::size_t seam = id.find("--"); seam != std::string::npos)
        id.replace(seam, 2, "/");
    return id;
}

fs::path currentSnapshot(const fs::path& repository)
{
    const fs::path snapshots = repository / "snapshots";
    // The file is somebody's text: it must name an entry of the folder, not lead out of it.
    std::string revision;
    if (const fs::path main = repository / "refs" / "main"; isFile(main)) {
        std::ifstream stream(main);
        constexpr int kLongest = 128;
        revision.resize(kLongest);
        stream.read(revision.data(), kLongest);
        revision.resize(static_cast<std::size_t>(stream.gcount()));
        revision.erase(revision.find_last_not_of(" \r\n") + 1);
    }
    const bool plain = std::all_of(revision.begin(), revision.end(),
        [](unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '_'; });
    if (!revision.empty() && plain && isFolder(snapshots / revision))
        return snapshots / revision;

    fs::path newest;
    fs::file_time_type newestTime;
    for (const fs::path& snapshot : entriesOf(snapshots)) {
        std::error_code error;
        const fs::file_time_type time = fs::last_write_time(snapshot, error);
        if (isFolder(snapshot) && !error && (newest.empty() || time > newestTime)) {
            newest = snapshot;
            newestTime = time;
        }
    }
    return newest;
}

std::vector<ModelCandidate> findCandidates(const ModelRoots& roots, const Progress& progress)
{
    Search search(progress);
    for (const fs::path& cache : roots.hubCaches)
        search.hubCache(cache);
    for (const fs::path& folder : roots.folders)
        search.folder(folder, {}, 1);
    return search.take();
}

} // namespace falconer
