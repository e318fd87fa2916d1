// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "core/data/sample_store.h"

#include <QByteArray>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace falconer::test {

/// A folder for one test's files.
class DataFiles {
public:
    std::string write(const std::string& name, std::string_view content) const
    {
        const std::string path = (std::filesystem::path(m_folder.path().toStdString()) / name).string();
        std::ofstream(path, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
        return path;
    }

private:
    QTemporaryDir m_folder;
};

/// The first fault of the error that `work` throws; fails the test when it throws none.
template <typename Work>
Fault faultOf(Work work)
{
    try {
        work();
    } catch (const Error& error) {
        return error.faults().front();
    }
    QTest::qFail("nothing was thrown", __FILE__, __LINE__);
    return {};
}

inline std::vector<Sample> all(const SampleStore& store)
{
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < store.size(); ++i)
        samples.push_back(store.at(i));
    return samples;
}

/// JSON written with single quotes, which moc can read where it stumbles over raw strings.
inline QByteArray json(QByteArray text) { return text.replace('\'', '"'); }

inline bool contains(std::string_view text, std::string_view part)
{
    const bool found = text.find(part) != std::string_view::npos;
    if (!found)
        qWarning("\"%s\" is not in \"%s\"", std::string(part).c_str(), std::string(text).c_str());
    return found;
}

} // namespace falconer::test
