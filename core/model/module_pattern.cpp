// SPDX-License-Identifier: Apache-2.0
#include "core/model/module_pattern.h"

#include "core/base/error.h"

#define PCRE2_CODE_UNIT_WIDTH 32 // the library that core/text needs anyway
#include <pcre2.h>

namespace falconer {

namespace {

/// Module paths are short: an expression that needs more than this runs away.
constexpr std::uint32_t kMostSteps = 1'000'000;

std::u32string units(const std::string& text) { return {text.begin(), text.end()}; }

PCRE2_SPTR pointer(const std::u32string& text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

} // namespace

struct ModulePattern::Compiled {
    explicit Compiled(const std::string& expression)
    {
        const std::u32string text = units(expression);
        int error = 0;
        PCRE2_SIZE offset = 0;
        code = pcre2_compile(
            pointer(text), text.size(), PCRE2_ANCHORED | PCRE2_ENDANCHORED, &error, &offset, /*context=*/nullptr);
        context = pcre2_match_context_create(nullptr);
        data = code ? pcre2_match_data_create_from_pattern(code, nullptr) : nullptr;
        if (context)
            pcre2_set_match_limit(context, kMostSteps);
    }
    ~Compiled()
    {
        pcre2_match_data_free(data);
        pcre2_match_context_free(context);
        pcre2_code_free(code);
    }
    Compiled(const Compiled&) = delete;
    Compiled& operator=(const Compiled&) = delete;

    pcre2_code* code = nullptr;
    pcre2_match_context* context = nullptr;
    pcre2_match_data* data = nullptr;
};

ModulePattern::ModulePattern(const std::string& expression, const std::string& setting)
    : m_setting(setting)
    , m_expression(expression)
    , m_whole(std::make_unique<Compiled>(expression))
    , m_end(std::make_unique<Compiled>("(?:.*\\.)?(?:" + expression + ")"))
{
    if (!m_whole->code || !m_end->code)
        throw Error(ErrorCode::recipeInvalid, setting, "'" + expression + "' is not a valid regular expression",
            "use names of modules, or an expression that matches their paths");
    if (!m_whole->data || !m_end->data || !m_whole->context || !m_end->context)
        throw Error(ErrorCode::outOfMemory, setting, "there is no memory left for a regular expression");
}

ModulePattern::~ModulePattern() = default;
ModulePattern::ModulePattern(ModulePattern&&) noexcept = default;
ModulePattern& ModulePattern::operator=(ModulePattern&&) noexcept = default;

bool ModulePattern::matches(const std::string& path) const { return run(*m_whole, path); }
bool ModulePattern::matchesEnd(const std::string& path) const { return run(*m_end, path); }

bool ModulePattern::run(const Compiled& compiled, const std::string& path) const
{
    const std::u32string text = units(path);
    const int result = pcre2_match(compiled.code, pointer(text), text.size(), 0, 0, compiled.data, compiled.context);
    if (result < 0 && result != PCRE2_ERROR_NOMATCH)
        throw Error(ErrorCode::recipeInvalid, m_setting,
            "the expression '" + m_expression + "' takes too long to match", "write it without nested repetition");
    return result >= 0;
}

} // namespace falconer
