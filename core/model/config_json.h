// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace falconer {

/// Typed look-ups in a JSON object of a model's or an adapter's folder. An absent or null key gives the fallback; a
/// value of another type throws fileMalformed naming file and key.
class ConfigJson {
public:
    /// Throws fileMissing, fileMalformed (not JSON, or not an object).
    explicit ConfigJson(const std::filesystem::path& file);
    ~ConfigJson();
    ConfigJson(const ConfigJson&);
    ConfigJson& operator=(const ConfigJson&);

    const std::string& where() const { return m_where; }
    bool empty() const;
    bool has(const char* key) const; ///< present and not null
    std::int64_t integer(const char* key, std::int64_t fallback) const;
    double number(const char* key, double fallback) const;
    bool boolean(const char* key, bool fallback) const;
    std::string text(const char* key, const std::string& fallback) const;
    ConfigJson object(const char* key) const; ///< empty when absent

private:
    struct Data;
    ConfigJson(std::string where, std::shared_ptr<const Data> data);
    std::string m_where;
    std::shared_ptr<const Data> m_data;
};

} // namespace falconer
