// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <nlohmann/json_fwd.hpp>

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace falconer::cli {

/// The two streams of the program. Standard output carries results: text, or with --json one JSON object and nothing
/// else. Standard error carries everything about the way there: lines that stay and, on a terminal, one line at the
/// bottom that is rewritten in place. Safe from several threads (core's log sink writes here).
class Console {
public:
    explicit Console(bool json);

    /// The arguments are known now; before, --json was only looked for.
    void setJson(bool json) { m_json = json; }

    bool json() const { return m_json; }
    /// Whether standard error is a terminal, so that a line can be rewritten.
    bool terminal() const { return m_terminal; }
    /// Columns of that terminal; 100 without one.
    std::size_t width() const;

    /// A line on standard error that stays.
    void note(std::string_view line);
    /// The line at the bottom, cut to the terminal's width; the next one replaces it, "" removes it. Without a terminal
    /// nothing happens.
    void status(std::string_view line);

    /// Text on standard output, flushed; nothing with --json.
    void text(std::string_view text);
    /// A JSON object and a newline on standard output, whatever --json says. Bytes that are not UTF-8 are replaced.
    void object(const nlohmann::ordered_json& object);
    /// Every fault as its sentence on standard error and, with --json, {"error": […]} on standard output.
    void faults(const std::vector<Fault>& faults);

    /// Whether everything written to standard output arrived there (not so when its disk is full).
    bool flush();

private:
    void wipe();
    void draw();

    bool m_json;
    const bool m_terminal;
    std::mutex m_mutex;
    std::string m_status;
};

/// [{"code","subject","problem","fix"}, …]
nlohmann::ordered_json toJson(const std::vector<Fault>& faults);

} // namespace falconer::cli
