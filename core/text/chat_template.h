// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace falconer {

class Tokenizer;

/// Bytes [begin, end) of a rendered text.
struct ByteRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const ByteRange&) const = default;
};

/// What a template made of a conversation.
struct RenderedChat {
    std::string text;
    /// What stood inside {% generation %} … {% endgeneration %}, in the order in which it was rendered: the
    /// assistant's own words. Always inside `text`, on whole characters. The positions are Transformers' own
    /// (`_render_with_assistant_indices`), also where it is off: a mark inside a macro counts from the place of the
    /// macro's call.
    std::vector<ByteRange> generated;
};

/// What no template may exceed, so that none can run for ever or fill the memory. A limit that is hit is an Error.
struct TemplateLimits {
    std::int64_t steps = 10'000'000; ///< evaluated nodes, loop rounds and elements visited by filters
    std::int64_t bytes = std::int64_t{256} << 20; ///< all text and lists ever made; grows with the size of the input
    std::int64_t outputBytes = std::int64_t{64} << 20;
    int depth = 400; ///< nested evaluations: expressions, blocks and macro calls together
};

struct RenderOptions {
    /// The time that strftime_now() tells; the local time of the call when absent. Set it to the run's start where
    /// the same rows must give the same text on another day.
    std::optional<std::tm> now;
    TemplateLimits limits;
};

/// A chat template: Jinja as Transformers 5.23 sets it up (`_compile_jinja_template`): sandboxed, trim_blocks,
/// lstrip_blocks, loop controls, {% generation %}, raise_exception, strftime_now and its own tojson. A template reads
/// nothing but the variables it is given. Immutable, cheap to copy and safe from several threads.
class ChatTemplate {
public:
    /// `name` is what errors call the template: a file, or "the model's chat template". Throws fileMalformed with the
    /// line of the fault ("NAME, line 3").
    static ChatTemplate parse(std::string_view source, std::string name);

    /// `context` is an object whose members are the template's variables: "messages" (a list of objects with "role"
    /// and "content"), "tools", "documents", "add_generation_prompt", bos_token and its like (tokenVariables below),
    /// and whatever else the user passes. As Transformers does, the members that are missing of tools and documents
    /// are null, of add_generation_prompt false, and a message's "reasoning_content", "thinking" and "reasoning" are
    /// filled from each other. Throws dataInvalid naming the template and its line: for the template's own
    /// raise_exception('…') the problem is that very message.
    RenderedChat render(const nlohmann::ordered_json& context, const RenderOptions& options = {}) const;

    /// Whether it has {% generation %}: without, `generated` is always empty and a loss on the assistant's words alone
    /// needs another way.
    bool marksGeneration() const;

    const std::string& name() const;
    const std::string& source() const;

private:
    struct Program;
    explicit ChatTemplate(std::shared_ptr<const Program> program);
    std::shared_ptr<const Program> m_program;
};

/// What Transformers passes a template beside the conversation: Tokenizer::specialTokens(), with the bos_token,
/// eos_token and pad_token that the tokenizer uses.
nlohmann::ordered_json tokenVariables(const Tokenizer& tokenizer);

/// The template that the recipe's key data.template asks for: "auto" is the model's own (nothing where it has none),
/// "none" nothing, else one of namedTemplates() (named_templates.h) or a file. Throws requestInvalid for an unknown
/// name, with the nearest known one, fileUnreadable, and what parse() throws.
std::optional<ChatTemplate> findChatTemplate(const std::string& setting, const Tokenizer& tokenizer);

} // namespace falconer
