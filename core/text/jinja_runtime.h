// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/chat_template.h"
#include "core/text/jinja_ast.h"

#include <initializer_list>
#include <optional>

namespace falconer::jinja {

/// Names of one block; looked up from the inside out.
struct Scope {
    Scope* parent = nullptr;
    std::vector<std::pair<std::string_view, Value>> names;

    Value* find(std::string_view name);
    void set(std::string_view name, const Value& value);
};

struct MacroObject {
    const Signature* signature = nullptr;
    const Body* body = nullptr;
    Scope* scope = nullptr; ///< where it was defined
};

/// One rendering of one template. Everything throws Problem.
class Runtime {
public:
    Runtime(const Template& source, const RenderOptions& options, const nlohmann::ordered_json& context);

    RenderedChat run();
    /// The line that was being evaluated, for an error.
    int line() const { return m_line; }

    Heap& heap() { return m_heap; }
    /// Counts work; a template that does too much fails.
    void step(std::size_t count = 1);
    const std::optional<std::tm>& now() const { return m_options.now; }

    Value string(std::string text, bool markup = false) { return m_heap.string(std::move(text), markup); }
    Value list(std::vector<Value> items, Type type = Type::list) { return m_heap.list(std::move(items), type); }
    Value generator(std::vector<Value> items) { return m_heap.list(std::move(items), Type::generator, "generator"); }
    Value undefined(UndefinedObject::Kind kind, std::string_view text, std::string_view owner = {});

    /// value.name and value[key], as the sandbox allows.
    Value attribute(const Value& value, std::string_view name);
    Value item(const Value& value, const Value& key);
    /// list(value): every element; a generator is used up by it.
    std::vector<Value> elements(const Value& value);
    /// len(value); nothing for what has none.
    std::optional<std::int64_t> length(const Value& value);
    Value call(const Value& callee, const Arguments& arguments);
    Value filter(std::string_view name, const Value& value, const Arguments& arguments);
    bool test(std::string_view name, const Value& value, const Arguments& arguments);

    /// str(value); `soft`, which keeps what is marked as safe.
    std::string text(const Value& value);
    Value softText(const Value& value);
    /// repr(value).
    std::string repr(const Value& value);

    bool equal(const Value& a, const Value& b);
    /// Whether a < b; fails for what has no order.
    bool less(const Value& a, const Value& b, std::string_view op = "<");
    bool contains(const Value& container, const Value& value);
    Value* findKey(DictObject& dict, const Value& key);
    /// Adds or replaces, as a dict does.
    void setKey(std::vector<std::pair<Value, Value>>& items, const Value& key, const Value& value);
    Value binary(std::string_view op, const Value& a, const Value& b);
    Value slice(const Value& value, const Value& start, const Value& stop, const Value& step);

private:
    enum class Flow { normal, breakLoop, continueLoop };
    class Depth;
    class Buffer;

    Value fromJson(const nlohmann::ordered_json& json, int depth);
    void aliasReasoning(Value& messages);

    Flow execute(const Body& body, Scope& scope);
    Flow execute(const Statement& statement, Scope& scope);
    Flow loop(const Statement& statement, Scope& scope);
    Flow branch(const Statement& statement, Scope& scope);
    void assign(const Expression& target, const Value& value, Scope& scope);
    void setBlock(const Statement& statement, Scope& scope);
    void generation(const Statement& statement, Scope& scope);
    Value macroValue(const Statement& statement, Scope& scope);
    Value capture(const Body& body, Scope& scope);
    Value applyFilters(const Expression& filters, const Value& value, Scope& scope);
    void write(std::string_view text);

    Value evaluate(const Expression& expression, Scope& scope);
    Value compare(const Expression& expression, Scope& scope);
    Value lookUp(std::string_view name, Scope& scope);
    Value evaluateCall(const Expression& expression, Scope& scope, const Value* caller);
    Arguments evaluateArguments(const CallArguments& call, Scope& scope);
    Value callMacro(const MacroObject& macro, const Arguments& arguments);
    Value callMethod(const MethodObject& method, const Arguments& arguments);
    Value undefinedMember(const Value& owner, const Value& name);
    Value loopAttribute(LoopObject& loop, const Value& value, std::string_view name);
    void appendRepr(std::string& out, const Value& value, int depth);

    const Template& m_source;
    const RenderOptions& m_options;
    Heap m_heap;
    std::int64_t m_stepsLeft;
    std::int64_t m_outputLeft;
    int m_depth = 0;
    int m_line = 1;
    Scope m_context;
    std::string m_text; ///< the output
    std::string* m_out = &m_text; ///< the output, or what captures it
    std::size_t m_countedBytes = 0; ///< of m_text, whose characters are m_countedCharacters
    std::int64_t m_countedCharacters = 0;
    std::vector<std::pair<std::int64_t, std::int64_t>> m_generated; ///< in characters
};

/// Bytes of all strings in it, and some for each element: what a context weighs.
std::int64_t weigh(const nlohmann::ordered_json& json);

/// The arguments of a call by the names of its parameters. Throws Problem for too many and for unknown ones.
class Parameters {
public:
    Parameters(std::string_view callee, const Arguments& arguments, std::initializer_list<std::string_view> names,
        std::size_t required = 0);

    bool has(std::size_t index) const { return m_values[index].has_value(); }
    /// Of one that is there.
    const Value& operator[](std::size_t index) const { return *m_values[index]; }
    Value get(std::size_t index, const Value& fallback) const { return m_values[index].value_or(fallback); }
    bool flag(std::size_t index, bool fallback) const { return has(index) ? isTrue(*m_values[index]) : fallback; }
    std::int64_t whole(std::size_t index, std::int64_t fallback) const;

private:
    std::string_view m_callee;
    std::vector<std::optional<Value>> m_values;
};

/// The function of that name, such as namespace or raise_exception; undefined for none.
Value globalFunction(std::string_view name);
/// Whether values of this type have that method; `changes` is set where the sandbox forbids it.
bool isMethod(const Value& value, std::string_view name, bool& changes);
Value callStringMethod(Runtime& runtime, const Value& self, std::string_view name, const Arguments& arguments);
Value callContainerMethod(Runtime& runtime, const Value& self, std::string_view name, const Arguments& arguments);

/// `pattern % arguments` and pattern.format(…). Where the pattern went through |safe, what is put in is escaped.
std::string formatPercent(Runtime& runtime, std::string_view pattern, const Value& arguments, bool markup);
std::string formatBraces(Runtime& runtime, std::string_view pattern, const Arguments& arguments, bool markup);
/// json.dumps with Transformers' parameters.
Value toJson(Runtime& runtime, const Value& value, const Arguments& arguments);
/// A stable sort that calls Runtime::less, whatever the values are.
void sortValues(Runtime& runtime, std::vector<std::pair<Value, Value>>& keyed, bool reverse);

} // namespace falconer::jinja
