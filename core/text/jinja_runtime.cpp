// SPDX-License-Identifier: Apache-2.0
#include "core/text/jinja_runtime.h"

#include "core/base/text.h"
#include "core/text/jinja_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace falconer::jinja {
namespace {

constexpr int kMaxContextDepth = 90; // below what Heap allows, so that a template can still wrap what it is given

} // namespace

/// One nested evaluation.
class Runtime::Depth {
public:
    explicit Depth(Runtime& runtime)
        : m_runtime(runtime)
    {
        if (++m_runtime.m_depth > m_runtime.m_options.limits.depth)
            throw Problem{"blocks, expressions and macro calls are nested too deep", true};
    }
    ~Depth() { --m_runtime.m_depth; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

private:
    Runtime& m_runtime;
};

/// Takes the output while it lives.
class Runtime::Buffer {
public:
    explicit Buffer(Runtime& runtime)
        : m_runtime(runtime)
        , m_before(std::exchange(runtime.m_out, &m_text))
    {
    }
    ~Buffer() { m_runtime.m_out = m_before; }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    std::string take() { return std::move(m_text); }

private:
    Runtime& m_runtime;
    std::string m_text;
    std::string* m_before;
};

Value* Scope::find(std::string_view name)
{
    for (auto& [known, value] : names)
        if (known == name)
            return &value;
    return nullptr;
}

void Scope::set(std::string_view name, const Value& value)
{
    if (Value* const known = find(name))
        *known = value;
    else
        names.emplace_back(name, value);
}

std::int64_t weigh(const nlohmann::ordered_json& json)
{
    std::int64_t bytes = 32;
    if (json.is_string())
        return bytes + static_cast<std::int64_t>(json.get_ref<const std::string&>().size());
    // Not recursive: the depth is not checked yet.
    std::vector<const nlohmann::ordered_json*> open{&json};
    while (!open.empty()) {
        const nlohmann::ordered_json& next = *open.back();
        open.pop_back();
        for (const auto& child : next) {
            bytes += 32;
            if (child.is_string())
                bytes += static_cast<std::int64_t>(child.get_ref<const std::string&>().size());
            else if (child.is_structured())
                open.push_back(&child);
        }
    }
    return bytes;
}

Runtime::Runtime(const Template& source, const RenderOptions& options, const nlohmann::ordered_json& context)
    : m_source(source)
    , m_options(options)
    , m_heap(options.limits.bytes + 64 * weigh(context))
    , m_stepsLeft(options.limits.steps)
    , m_outputLeft(options.limits.outputBytes)
{
    if (!context.is_object())
        fail("the context of a template must be an object");
    m_context.set("tools", Value::none());
    m_context.set("documents", Value::none());
    m_context.set("add_generation_prompt", Value::of(false));
    for (const auto& [name, value] : context.items())
        m_context.set(name, fromJson(value, 0));
    if (Value* const messages = m_context.find("messages"))
        aliasReasoning(*messages);
}

Value Runtime::fromJson(const nlohmann::ordered_json& json, int depth)
{
    if (depth > kMaxContextDepth)
        fail("the data is nested too deep");
    switch (json.type()) {
    case nlohmann::ordered_json::value_t::boolean: return Value::of(json.get<bool>());
    case nlohmann::ordered_json::value_t::number_integer: return Value::of(json.get<std::int64_t>());
    case nlohmann::ordered_json::value_t::number_unsigned:
        if (json.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            fail(fmt::format("the number {} of the data is too large", json.get<std::uint64_t>()));
        return Value::of(json.get<std::int64_t>());
    case nlohmann::ordered_json::value_t::number_float: return Value::of(json.get<double>());
    case nlohmann::ordered_json::value_t::string: {
        const auto& text = json.get_ref<const std::string&>();
        if (findInvalidUtf8(text) != std::string_view::npos)
            fail("the data holds text that is not UTF-8");
        return Value::of(std::string_view(text));
    }
    case nlohmann::ordered_json::value_t::array: {
        std::vector<Value> items;
        items.reserve(json.size());
        for (const auto& child : json)
            items.push_back(fromJson(child, depth + 1));
        return m_heap.list(std::move(items));
    }
    case nlohmann::ordered_json::value_t::object: {
        std::vector<std::pair<Value, Value>> items;
        items.reserve(json.size());
        for (const auto& [key, child] : json.get_ref<const nlohmann::ordered_json::object_t&>())
            items.emplace_back(Value::of(std::string_view(key)), fromJson(child, depth + 1));
        return m_heap.dict(std::move(items));
    }
    default: return Value::none();
    }
}

void Runtime::aliasReasoning(Value& messages)
{
    if (!messages.is(Type::list))
        return;
    std::vector<Value> aliased;
    for (const Value& message : messages.list->items) {
        aliased.push_back(message);
        if (!message.is(Type::dict))
            continue;
        Value reasoning;
        for (const std::string_view name : {"reasoning_content", "thinking", "reasoning"}) {
            const Value* const found = findKey(*message.dict, Value::of(name));
            if (reasoning.isUndefined() && found && !found->isNone())
                reasoning = *found;
        }
        if (reasoning.isUndefined())
            continue;
        std::vector<std::pair<Value, Value>> items{{Value::of(std::string_view("thinking")), reasoning}};
        for (const auto& [key, value] : message.dict->items)
            setKey(items, key, value);
        setKey(items, Value::of(std::string_view("reasoning_content")), reasoning);
        aliased.back() = m_heap.dict(std::move(items));
    }
    messages = m_heap.list(std::move(aliased));
}

void Runtime::step(std::size_t count)
{
    if (count > static_cast<std::size_t>(m_stepsLeft))
        throw Problem{"the template does not come to an end: it was stopped", true};
    m_stepsLeft -= static_cast<std::int64_t>(count);
}

RenderedChat Runtime::run()
{
    Scope top{&m_context, {}};
    execute(m_source.body, top);
    RenderedChat chat;
    chat.text = std::move(m_text);
    // Transformers counts characters before the text is complete; here they become bytes of the complete one.
    for (const auto& [begin, end] : m_generated) {
        const std::size_t from = byteOffset(chat.text, begin);
        chat.generated.push_back({from, from + byteOffset(std::string_view(chat.text).substr(from), end - begin)});
    }
    return chat;
}

void Runtime::write(std::string_view text)
{
    m_heap.charge(text.size());
    if (m_out == &m_text) {
        if (text.size() > static_cast<std::size_t>(m_outputLeft))
            throw Problem{"the template writes more text than any conversation needs", true};
        m_outputLeft -= static_cast<std::int64_t>(text.size());
    }
    m_out->append(text);
}

Runtime::Flow Runtime::execute(const Body& body, Scope& scope)
{
    const Depth depth(*this);
    for (const Statement& statement : body)
        if (const Flow flow = execute(statement, scope); flow != Flow::normal)
            return flow;
    return Flow::normal;
}

Runtime::Flow Runtime::execute(const Statement& statement, Scope& scope)
{
    step();
    m_line = statement.line;
    switch (statement.kind) {
    case StatementKind::text: write(statement.text); break;
    case StatementKind::print: {
        const Value value = evaluate(*statement.expression, scope);
        if (value.isString())
            write(value.text());
        else
            write(text(value));
        break;
    }
    case StatementKind::set: assign(*statement.target, evaluate(*statement.expression, scope), scope); break;
    case StatementKind::setBlock: setBlock(statement, scope); break;
    case StatementKind::branch: return branch(statement, scope);
    case StatementKind::loop: return loop(statement, scope);
    case StatementKind::macro: scope.set(statement.signature.name, macroValue(statement, scope)); break;
    case StatementKind::callBlock: {
        const Value caller = macroValue(statement, scope);
        write(text(evaluateCall(*statement.expression, scope, &caller)));
        break;
    }
    case StatementKind::filterBlock: {
        Scope& inner = *m_heap.keep(Scope{&scope, {}});
        const Value body = capture(statement.body, inner);
        write(text(applyFilters(*statement.expression, body, inner)));
        break;
    }
    case StatementKind::generation: generation(statement, scope); break;
    case StatementKind::with: {
        Scope& inner = *m_heap.keep(Scope{&scope, {}});
        for (const NamedExpression& binding : statement.bindings)
            inner.set(binding.name, evaluate(*binding.value, scope));
        return execute(statement.body, inner);
    }
    case StatementKind::breakLoop: return Flow::breakLoop;
    case StatementKind::continueLoop: return Flow::continueLoop;
    }
    return Flow::normal;
}

Runtime::Flow Runtime::branch(const Statement& statement, Scope& scope)
{
    for (const Branch& candidate : statement.branches)
        if (!candidate.condition || isTrue(evaluate(*candidate.condition, scope)))
            return execute(candidate.body, scope);
    return Flow::normal;
}

Runtime::Flow Runtime::loop(const Statement& statement, Scope& scope)
{
    const Value iterable = evaluate(*statement.expression, scope);
    m_line = statement.line;
    const std::vector<Value> items = elements(iterable);
    m_heap.charge(items.size() * sizeof(Value));
    Scope& inner = *m_heap.keep(Scope{&scope, {}});
    // Outside of the body the target is another variable, so the condition has a scope of its own.
    Scope& testing = *m_heap.keep(Scope{&scope, {}});
    std::size_t next = 0;
    LoopObject& object = *m_heap.keep(LoopObject{});
    object.pull = [&](Value& value) {
        while (next < items.size()) {
            step();
            value = items[next++];
            if (!statement.test)
                return true;
            testing.names.clear();
            assign(*statement.target, value, testing);
            if (isTrue(evaluate(*statement.test, testing)))
                return true;
        }
        return false;
    };
    Value handle;
    handle.type = Type::loop;
    handle.loop = &object;
    Flow flow = Flow::normal;
    bool complete = false;
    for (; object.reach(object.index); ++object.index) {
        m_heap.charge(sizeof(Value));
        inner.names.clear();
        assign(*statement.target, object.taken[object.index], inner);
        inner.set("loop", handle);
        flow = execute(statement.body, inner);
        if (flow == Flow::breakLoop)
            break;
        // As Jinja has it, the else also runs when every round was left early.
        complete = complete || flow == Flow::normal;
    }
    object.pull = [](Value&) { return false; }; // what it refers to ends here, and a macro may still know `loop`
    if (!complete && !statement.otherwise.empty())
        return execute(statement.otherwise, *m_heap.keep(Scope{&scope, {}}));
    return Flow::normal;
}

void Runtime::assign(const Expression& target, const Value& value, Scope& scope)
{
    if (target.kind == ExpressionKind::name)
        return scope.set(target.text, value);
    if (target.kind == ExpressionKind::spaceAttribute) {
        const Value space = lookUp(target.text, scope);
        if (!space.is(Type::space))
            fail("only a namespace can be given an attribute");
        if (target.member.starts_with('_'))
            fail(fmt::format("a namespace has no attributes that begin with an underscore: {}", target.member));
        m_heap.charge(2 * sizeof(Value));
        return setKey(space.dict->items, Value::of(std::string_view(target.member)), value);
    }
    const std::vector<Value> parts = elements(value);
    if (parts.size() != target.operands.size())
        fail(parts.size() > target.operands.size()
                ? fmt::format("too many values to unpack (expected {})", target.operands.size())
                : fmt::format(
                    "not enough values to unpack (expected {}, got {})", target.operands.size(), parts.size()));
    for (std::size_t i = 0; i < parts.size(); ++i)
        assign(*target.operands[i], parts[i], scope);
}

Value Runtime::capture(const Body& body, Scope& scope)
{
    Buffer buffer(*this);
    execute(body, scope);
    return m_heap.string(buffer.take());
}

void Runtime::setBlock(const Statement& statement, Scope& scope)
{
    Scope& inner = *m_heap.keep(Scope{&scope, {}});
    Value value = capture(statement.body, inner);
    if (statement.expression)
        value = applyFilters(*statement.expression, value, inner);
    assign(*statement.target, value, scope);
}

Value Runtime::applyFilters(const Expression& filters, const Value& value, Scope& scope)
{
    const Value subject = filters.operands.front() ? applyFilters(*filters.operands.front(), value, scope) : value;
    const Arguments arguments = evaluateArguments(filters.call, scope);
    m_line = filters.line;
    return filter(filters.text, subject, arguments);
}

void Runtime::generation(const Statement& statement, Scope& scope)
{
    const Value body = capture(statement.body, *m_heap.keep(Scope{&scope, {}}));
    m_countedCharacters += textLength(std::string_view(m_text).substr(m_countedBytes));
    m_countedBytes = m_text.size();
    m_generated.emplace_back(m_countedCharacters, m_countedCharacters + textLength(body.text()));
    m_heap.charge(sizeof(m_generated.back()));
    write(body.text());
}

Value Runtime::macroValue(const Statement& statement, Scope& scope)
{
    Value value;
    value.type = Type::macro;
    value.macro = m_heap.keep(MacroObject{&statement.signature, &statement.body, &scope});
    return value;
}

Value Runtime::callMacro(const MacroObject& macro, const Arguments& arguments)
{
    const Signature& signature = *macro.signature;
    const auto isParameter = [&](std::string_view name) {
        return std::find(signature.parameters.begin(), signature.parameters.end(), name) != signature.parameters.end();
    };
    Scope& scope = *m_heap.keep(Scope{macro.scope, {}});
    auto named = arguments.named;
    const auto takeNamed = [&](std::string_view name) -> std::optional<Value> {
        const auto found
            = std::find_if(named.begin(), named.end(), [&](const auto& item) { return item.first == name; });
        if (found == named.end())
            return std::nullopt;
        const Value value = found->second;
        named.erase(found);
        return value;
    };
    const std::size_t count = signature.parameters.size(), given = arguments.positional.size();
    for (std::size_t i = 0; i < count; ++i) {
        const std::string& name = signature.parameters[i];
        if (i < given) {
            scope.set(name, arguments.positional[i]);
        } else if (const auto value = takeNamed(name)) {
            scope.set(name, *value);
        } else if (const std::size_t first = count - signature.defaults.size(); i >= first) {
            scope.set(name, evaluate(*signature.defaults[i - first], scope));
        } else {
            scope.set(name,
                undefined(
                    UndefinedObject::Kind::hint, string(fmt::format("parameter '{}' was not provided", name)).text()));
        }
    }
    if (signature.usesCaller && !isParameter("caller"))
        scope.set("caller", takeNamed("caller").value_or(undefined(UndefinedObject::Kind::hint, "No caller defined")));
    if (signature.usesKwargs && !isParameter("kwargs")) {
        std::vector<std::pair<Value, Value>> rest;
        for (const auto& [name, value] : named)
            rest.emplace_back(Value::of(name), value);
        scope.set("kwargs", m_heap.dict(std::move(rest)));
    } else if (!named.empty()) {
        fail(fmt::format("macro '{}' takes no keyword argument '{}'", signature.name, named.front().first));
    }
    if (signature.usesVarargs && !isParameter("varargs"))
        scope.set("varargs",
            list({arguments.positional.begin() + static_cast<std::ptrdiff_t>(std::min(count, given)),
                     arguments.positional.end()},
                Type::tuple));
    else if (given > count)
        fail(fmt::format("macro '{}' takes not more than {} argument(s)", signature.name, count));
    return capture(*macro.body, scope);
}

Value Runtime::evaluate(const Expression& expression, Scope& scope)
{
    const Depth depth(*this);
    step();
    m_line = expression.line;
    const auto operand = [&](std::size_t index) { return evaluate(*expression.operands[index], scope); };
    const auto operands = [&] {
        std::vector<Value> values;
        for (const ExpressionPtr& part : expression.operands)
            values.push_back(evaluate(*part, scope));
        return values;
    };
    const auto optional
        = [&](std::size_t index) { return expression.operands[index] ? operand(index) : Value::none(); };
    switch (expression.kind) {
    case ExpressionKind::constant: return expression.value;
    case ExpressionKind::name: return lookUp(expression.text, scope);
    case ExpressionKind::list: return list(operands());
    case ExpressionKind::tuple: return list(operands(), Type::tuple);
    case ExpressionKind::dict: {
        std::vector<std::pair<Value, Value>> items;
        for (std::size_t i = 0; i < expression.operands.size(); i += 2) {
            const Value key = operand(i);
            setKey(items, key, operand(i + 1));
        }
        return m_heap.dict(std::move(items));
    }
    case ExpressionKind::attribute: return attribute(operand(0), expression.text);
    case ExpressionKind::item: {
        const Value owner = operand(0);
        return item(owner, operand(1));
    }
    case ExpressionKind::slice: {
        const Value owner = operand(0), start = optional(1), stop = optional(2);
        return slice(owner, start, stop, optional(3));
    }
    case ExpressionKind::call: return evaluateCall(expression, scope, nullptr);
    case ExpressionKind::filter:
    case ExpressionKind::test: {
        const Value subject = operand(0);
        const Arguments arguments = evaluateArguments(expression.call, scope);
        m_line = expression.line;
        return expression.kind == ExpressionKind::filter ? filter(expression.text, subject, arguments)
                                                         : Value::of(test(expression.text, subject, arguments));
    }
    case ExpressionKind::binary: {
        const Value left = operand(0);
        return binary(expression.text, left, operand(1));
    }
    case ExpressionKind::negate:
    case ExpressionKind::plus: {
        const Value value = operand(0);
        requireDefined(value);
        if (!value.isNumber())
            fail(fmt::format("bad operand type for unary {}: '{}'",
                expression.kind == ExpressionKind::negate ? '-' : '+', typeName(value)));
        if (expression.kind == ExpressionKind::plus)
            return value.isInteger() ? Value::of(value.whole()) : value;
        return value.isInteger() ? binary("-", Value::of(std::int64_t{0}), value) : Value::of(-value.floating);
    }
    case ExpressionKind::concat: {
        std::string joined;
        for (const Value& part : operands()) {
            const std::string piece = text(part);
            m_heap.charge(piece.size());
            joined += piece;
        }
        return string(std::move(joined));
    }
    case ExpressionKind::compare: return compare(expression, scope);
    case ExpressionKind::logicalAnd: {
        const Value left = operand(0);
        return isTrue(left) ? operand(1) : left;
    }
    case ExpressionKind::logicalOr: {
        const Value left = operand(0);
        return isTrue(left) ? left : operand(1);
    }
    case ExpressionKind::logicalNot: return Value::of(!isTrue(operand(0)));
    case ExpressionKind::conditional:
        if (isTrue(operand(0)))
            return operand(1);
        if (expression.operands[2])
            return operand(2);
        return undefined(
            UndefinedObject::Kind::hint, "the inline if-expression evaluated to false and no else section was defined");
    case ExpressionKind::spaceAttribute: break; // only ever a target
    }
    return {};
}

} // namespace falconer::jinja
