// SPDX-License-Identifier: Apache-2.0
#include "core/text/named_templates.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace falconer {
namespace {

struct NamedTemplate {
    std::string_view name;
    std::string_view source;
};

// Each marks what the model is to learn to say: the assistant's words and the token that ends its turn.
constexpr std::array<NamedTemplate, 10> kTemplates = {{
    {"chatml", R"({%- for message in messages %}
    {{- '<|im_start|>' + message.role + '\n' }}
    {%- if message.role == 'assistant' %}
        {%- generation %}{{- message.content + '<|im_end|>' }}{%- endgeneration %}
    {%- else %}
        {{- message.content + '<|im_end|>' }}
    {%- endif %}
    {{- '\n' }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}{%- endif %}
)"},
    // The system message goes into the first user turn; every pair of turns is a sequence of its own.
    {"llama-2", R"({%- set ns = namespace(system='', turn=0) %}
{%- for message in messages %}
    {%- if message.role == 'system' %}
        {%- if not loop.first %}{{- raise_exception('The system message must come first.') }}{%- endif %}
        {%- set ns.system = '<<SYS>>\n' + message.content | trim + '\n<</SYS>>\n\n' %}
    {%- elif message.role == 'user' %}
        {%- if ns.turn % 2 != 0 %}{{- raise_exception('User and assistant must take turns, the user first.') }}{%- endif %}
        {%- set ns.turn = ns.turn + 1 %}
        {{- (bos_token or '<s>') + '[INST] ' + (ns.system + message.content) | trim + ' [/INST]' }}
        {%- set ns.system = '' %}
    {%- elif message.role == 'assistant' %}
        {%- if ns.turn % 2 != 1 %}{{- raise_exception('User and assistant must take turns, the user first.') }}{%- endif %}
        {%- set ns.turn = ns.turn + 1 %}
        {%- generation %}{{- ' ' + message.content | trim + ' ' + (eos_token or '</s>') }}{%- endgeneration %}
    {%- else %}
        {{- raise_exception('Only the roles system, user and assistant are known, not ' + message.role + '.') }}
    {%- endif %}
{%- endfor %}
)"},
    {"llama-3", R"({{- bos_token or '<|begin_of_text|>' }}
{%- for message in messages %}
    {{- '<|start_header_id|>' + message.role + '<|end_header_id|>\n\n' }}
    {%- if message.role == 'assistant' %}
        {%- generation %}{{- message.content | trim + '<|eot_id|>' }}{%- endgeneration %}
    {%- else %}
        {{- message.content | trim + '<|eot_id|>' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{%- endif %}
)"},
    {"mistral", R"({{- bos_token or '<s>' }}
{%- set ns = namespace(system='', turn=0) %}
{%- for message in messages %}
    {%- if message.role == 'system' %}
        {%- if not loop.first %}{{- raise_exception('The system message must come first.') }}{%- endif %}
        {%- set ns.system = message.content + '\n\n' %}
    {%- elif message.role == 'user' %}
        {%- if ns.turn % 2 != 0 %}{{- raise_exception('User and assistant must take turns, the user first.') }}{%- endif %}
        {%- set ns.turn = ns.turn + 1 %}
        {{- '[INST] ' + ns.system + message.content + ' [/INST]' }}
        {%- set ns.system = '' %}
    {%- elif message.role == 'assistant' %}
        {%- if ns.turn % 2 != 1 %}{{- raise_exception('User and assistant must take turns, the user first.') }}{%- endif %}
        {%- set ns.turn = ns.turn + 1 %}
        {%- generation %}{{- ' ' + message.content + (eos_token or '</s>') }}{%- endgeneration %}
    {%- else %}
        {{- raise_exception('Only the roles system, user and assistant are known, not ' + message.role + '.') }}
    {%- endif %}
{%- endfor %}
)"},
    {"zephyr", R"({%- for message in messages %}
    {{- '<|' + message.role + '|>\n' }}
    {%- if message.role == 'assistant' %}
        {%- generation %}{{- message.content + (eos_token or '</s>') }}{%- endgeneration %}
    {%- else %}
        {{- message.content + (eos_token or '</s>') }}
    {%- endif %}
    {{- '\n' }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|assistant|>\n' }}{%- endif %}
)"},
    {"gemma", R"({{- bos_token or '<bos>' }}
{%- set ns = namespace(system='') %}
{%- for message in messages %}
    {%- if message.role == 'system' %}
        {%- if not loop.first %}{{- raise_exception('The system message must come first.') }}{%- endif %}
        {%- set ns.system = message.content | trim + '\n\n' %}
    {%- elif message.role == 'assistant' %}
        {{- '<start_of_turn>model\n' }}
        {%- generation %}{{- message.content | trim + '<end_of_turn>' }}{%- endgeneration %}
        {{- '\n' }}
    {%- else %}
        {{- '<start_of_turn>' + message.role + '\n' + ns.system + message.content | trim + '<end_of_turn>\n' }}
        {%- set ns.system = '' %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<start_of_turn>model\n' }}{%- endif %}
)"},
    // Falcon-7B-Instruct and 40B-Instruct: plain words, a blank line between turns; the model's own end token ends its
    // answer.
    {"falcon", R"({%- for message in messages %}
    {%- if message.role == 'assistant' %}
        {{- 'Falcon:' }}
        {%- generation %}{{- ' ' + message.content | trim + (eos_token or '<|endoftext|>') }}{%- endgeneration %}
    {%- elif message.role == 'user' %}
        {{- 'User: ' + message.content | trim }}
    {%- elif message.role == 'system' %}
        {{- message.content | trim }}
    {%- else %}
        {{- raise_exception('Only the roles system, user and assistant are known, not ' + message.role + '.') }}
    {%- endif %}
    {%- if not loop.last or add_generation_prompt %}{{- '\n\n' }}{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- 'Falcon:' }}{%- endif %}
)"},
    {"falcon3", R"({%- for message in messages %}
    {{- '<|' + message.role + '|>\n' }}
    {%- if message.role == 'assistant' %}
        {%- generation %}{{- message.content + (eos_token or '<|endoftext|>') }}{%- endgeneration %}
    {%- else %}
        {{- message.content }}
    {%- endif %}
    {%- if not loop.last or add_generation_prompt %}{{- '\n' }}{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|assistant|>\n' }}{%- endif %}
)"},
    {"alpaca", R"({%- for message in messages %}
    {%- if message.role == 'system' %}
        {{- message.content + '\n\n' }}
    {%- elif message.role == 'user' %}
        {%- if loop.first %}
            {{- 'Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n' }}
        {%- endif %}
        {{- '### Instruction:\n' + message.content + '\n\n' }}
    {%- elif message.role == 'assistant' %}
        {{- '### Response:\n' }}
        {%- generation %}{{- message.content + (eos_token or '') }}{%- endgeneration %}
        {%- if not loop.last or add_generation_prompt %}{{- '\n\n' }}{%- endif %}
    {%- else %}
        {{- raise_exception('Only the roles system, user and assistant are known, not ' + message.role + '.') }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '### Response:\n' }}{%- endif %}
)"},
    {"vicuna", R"({{- bos_token or '' }}
{%- for message in messages %}
    {%- if message.role == 'system' %}
        {{- message.content + '\n\n' }}
    {%- elif message.role == 'user' %}
        {{- 'USER: ' + message.content + '\n' }}
    {%- elif message.role == 'assistant' %}
        {{- 'ASSISTANT:' }}
        {%- generation %}{{- ' ' + message.content + (eos_token or '</s>') }}{%- endgeneration %}
        {{- '\n' }}
    {%- else %}
        {{- raise_exception('Only the roles system, user and assistant are known, not ' + message.role + '.') }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- 'ASSISTANT:' }}{%- endif %}
)"},
}};

} // namespace

std::span<const std::string> namedTemplates()
{
    static const std::vector<std::string> kNames = [] {
        std::vector<std::string> names;
        for (const NamedTemplate& known : kTemplates)
            names.emplace_back(known.name);
        return names;
    }();
    return kNames;
}

ChatTemplate namedTemplate(std::string_view name)
{
    static const std::vector<ChatTemplate> kParsed = [] {
        std::vector<ChatTemplate> parsed;
        for (const NamedTemplate& known : kTemplates)
            parsed.push_back(ChatTemplate::parse(known.source, fmt::format("the chat template {}", known.name)));
        return parsed;
    }();
    const auto names = namedTemplates();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        const std::string near = nearest(name, names);
        throw Error(ErrorCode::requestInvalid, "data.template", fmt::format("there is no chat template \"{}\"", name),
            near.empty() ? "take one of " + join(names) + ", or a file" : fmt::format("the nearest name is {}", near));
    }
    return kParsed[static_cast<std::size_t>(found - names.begin())];
}

} // namespace falconer
