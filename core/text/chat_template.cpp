// SPDX-License-Identifier: Apache-2.0
#include "core/text/chat_template.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/text/jinja_ast.h"
#include "core/text/jinja_lexer.h"
#include "core/text/jinja_runtime.h"
#include "core/text/named_templates.h"
#include "core/text/tokenizer.h"

#include <fmt/format.h>

#include <algorithm>

namespace falconer {

struct ChatTemplate::Program {
    std::string name;
    std::string source;
    jinja::Template parsed;
};

namespace {

/// No template that a model comes with is anywhere near; parsing takes memory in proportion.
constexpr std::size_t kMaxSource = std::size_t{1} << 20;

std::string place(const std::string& name, int line) { return fmt::format("{}, line {}", name, line); }

} // namespace

ChatTemplate::ChatTemplate(std::shared_ptr<const Program> program)
    : m_program(std::move(program))
{
}

ChatTemplate ChatTemplate::parse(std::string_view source, std::string name)
{
    if (source.size() > kMaxSource)
        throw Error(ErrorCode::fileMalformed, name,
            fmt::format("a chat template of {} bytes is no template", source.size()),
            "give the file that holds the template");
    if (findInvalidUtf8(source) != std::string_view::npos) {
        const auto line = 1
            + std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(findInvalidUtf8(source)), '\n');
        throw Error(ErrorCode::fileMalformed, place(name, static_cast<int>(line)), "the template is not UTF-8",
            "save it as UTF-8");
    }
    auto program = std::make_shared<Program>();
    program->name = std::move(name);
    program->source = std::string(source);
    try {
        program->parsed = jinja::parseTemplate(program->source);
    } catch (const jinja::SyntaxProblem& problem) {
        throw Error(ErrorCode::fileMalformed, place(program->name, problem.line), problem.message,
            "correct the template, or name another one in data.template");
    }
    return ChatTemplate(std::move(program));
}

RenderedChat ChatTemplate::render(const nlohmann::ordered_json& context, const RenderOptions& options) const
{
    int line = 1;
    try {
        jinja::Runtime runtime(m_program->parsed, options, context);
        try {
            return runtime.run();
        } catch (const jinja::Problem&) {
            line = runtime.line();
            throw;
        }
    } catch (const jinja::Problem& problem) {
        throw Error(problem.limit ? ErrorCode::fileMalformed : ErrorCode::dataInvalid, place(m_program->name, line),
            problem.message,
            problem.limit ? "correct the template, or name another one in data.template"
                          : "correct the conversation, or name another template in data.template");
    }
}

bool ChatTemplate::marksGeneration() const { return m_program->parsed.marksGeneration; }
const std::string& ChatTemplate::name() const { return m_program->name; }
const std::string& ChatTemplate::source() const { return m_program->source; }

nlohmann::ordered_json tokenVariables(const Tokenizer& tokenizer)
{
    auto variables = nlohmann::ordered_json::object();
    for (const auto& [name, text] : tokenizer.specialTokens())
        variables[name] = toValidUtf8(text);
    const auto add = [&](const char* name, std::optional<std::int32_t> id) {
        if (id)
            variables[name] = toValidUtf8(tokenizer.bytes(*id));
    };
    add("bos_token", tokenizer.bos());
    add("eos_token", tokenizer.eos());
    add("pad_token", tokenizer.pad());
    return variables;
}

std::optional<ChatTemplate> findChatTemplate(const std::string& setting, const Tokenizer& tokenizer)
{
    if (setting == "none")
        return std::nullopt;
    if (setting == "auto") {
        const auto own = tokenizer.chatTemplate();
        return own ? std::optional(ChatTemplate::parse(*own, "the model's chat template")) : std::nullopt;
    }
    const auto names = namedTemplates();
    if (std::find(names.begin(), names.end(), setting) != names.end())
        return namedTemplate(setting);
    std::error_code ignored;
    if (const auto file = expandPath(setting); std::filesystem::exists(file, ignored))
        return ChatTemplate::parse(readFile(file), file.string());
    return namedTemplate(setting); // says which name is near
}

} // namespace falconer
