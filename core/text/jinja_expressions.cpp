// SPDX-License-Identifier: Apache-2.0
#include "core/text/jinja_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace falconer::jinja {
namespace {

// Parsing and evaluating recurse, so a template may not decide how deep.
constexpr int kMaxNesting = 60;
constexpr int kMaxDepth = 250;

bool isComparison(const Token& token)
{
    static constexpr std::array<std::string_view, 6> kOperators = {"==", "!=", "<", "<=", ">", ">="};
    return token.type == TokenType::symbol
        && std::find(kOperators.begin(), kOperators.end(), token.text) != kOperators.end();
}

} // namespace

/// Counts how deep the parser is inside brackets.
class ExpressionParser::Nesting {
public:
    explicit Nesting(ExpressionParser& parser)
        : m_parser(parser)
    {
        if (++m_parser.m_nesting > kMaxNesting)
            m_parser.m_tokens.fail("the expression is nested too deep");
    }
    ~Nesting() { --m_parser.m_nesting; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

private:
    ExpressionParser& m_parser;
};

const Token& TokenStream::take()
{
    const Token& token = m_tokens[m_at];
    if (m_at + 1 < m_tokens.size())
        ++m_at;
    return token;
}

bool TokenStream::skipName(std::string_view name)
{
    const bool there = current().isName(name);
    if (there)
        take();
    return there;
}

bool TokenStream::skipSymbol(std::string_view symbol)
{
    const bool there = current().isSymbol(symbol);
    if (there)
        take();
    return there;
}

void TokenStream::fail(std::string message) const { throw SyntaxProblem{current().line, std::move(message)}; }

void TokenStream::unexpected(std::string_view wanted) const
{
    std::string found;
    switch (current().type) {
    case TokenType::data: found = "text"; break;
    case TokenType::variableBegin: found = "\"{{\""; break;
    case TokenType::variableEnd: found = "\"}}\""; break;
    case TokenType::blockBegin: found = "\"{%\""; break;
    case TokenType::blockEnd: found = "\"%}\""; break;
    case TokenType::end: found = "the end of the template"; break;
    case TokenType::string: found = "a string"; break;
    default: found = fmt::format("\"{}\"", current().text);
    }
    fail(fmt::format("{} expected, found {}", wanted, found));
}

const Token& TokenStream::expectName()
{
    if (current().type != TokenType::name)
        unexpected("a name");
    return take();
}

void TokenStream::expectName(std::string_view name)
{
    if (!skipName(name))
        unexpected(fmt::format("\"{}\"", name));
}

void TokenStream::expectSymbol(std::string_view symbol)
{
    if (!skipSymbol(symbol))
        unexpected(fmt::format("\"{}\"", symbol));
}

void TokenStream::expect(TokenType type)
{
    if (current().type != type)
        unexpected(type == TokenType::blockEnd ? "\"%}\"" : "\"}}\"");
    take();
}

void ExpressionParser::refuseUnknown() const
{
    if (!m_unknown.empty())
        throw m_unknown.front();
}

ExpressionPtr ExpressionParser::make(ExpressionKind kind, int line, std::string text) const
{
    auto made = std::make_unique<Expression>();
    made->kind = kind;
    made->line = line;
    made->text = std::move(text);
    return made;
}

void ExpressionParser::deepen(Expression& parent, const ExpressionPtr& child) const
{
    if (!child)
        return;
    parent.depth = std::max(parent.depth, child->depth + 1);
    if (parent.depth > kMaxDepth)
        m_tokens.fail("the expression has too many parts");
}

void ExpressionParser::add(Expression& parent, ExpressionPtr operand) const
{
    deepen(parent, operand);
    parent.operands.push_back(std::move(operand));
}

ExpressionPtr ExpressionParser::conditional(bool allowed)
{
    const Nesting nesting(*this);
    const std::size_t known = unknown();
    ExpressionPtr value = logicalOr();
    while (allowed && m_tokens.skipName("if")) {
        auto made = make(ExpressionKind::conditional, value->line);
        add(*made, logicalOr());
        add(*made, std::move(value));
        add(*made, m_tokens.skipName("else") ? conditional(true) : nullptr);
        value = std::move(made);
        forgive(known);
    }
    return value;
}

ExpressionPtr ExpressionParser::logicalOr()
{
    ExpressionPtr left = logicalAnd();
    while (m_tokens.skipName("or")) {
        auto made = make(ExpressionKind::logicalOr, left->line);
        add(*made, std::move(left));
        add(*made, logicalAnd());
        left = std::move(made);
    }
    return left;
}

ExpressionPtr ExpressionParser::logicalAnd()
{
    ExpressionPtr left = logicalNot();
    while (m_tokens.skipName("and")) {
        auto made = make(ExpressionKind::logicalAnd, left->line);
        add(*made, std::move(left));
        add(*made, logicalNot());
        left = std::move(made);
    }
    return left;
}

ExpressionPtr ExpressionParser::logicalNot()
{
    if (!m_tokens.current().isName("not"))
        return compare();
    const Nesting nesting(*this);
    auto made = make(ExpressionKind::logicalNot, m_tokens.take().line);
    add(*made, logicalNot());
    return made;
}

ExpressionPtr ExpressionParser::compare()
{
    ExpressionPtr first = sum();
    ExpressionPtr made;
    for (;;) {
        std::string op;
        if (isComparison(m_tokens.current())) {
            op = m_tokens.take().text;
        } else if (m_tokens.skipName("in")) {
            op = "in";
        } else if (m_tokens.current().isName("not") && m_tokens.look().isName("in")) {
            m_tokens.take();
            m_tokens.take();
            op = "notin";
        } else {
            return made ? std::move(made) : std::move(first);
        }
        if (!made) {
            made = make(ExpressionKind::compare, first->line);
            add(*made, std::move(first));
        }
        made->operators.push_back(std::move(op));
        add(*made, sum());
    }
}

ExpressionPtr ExpressionParser::sum()
{
    ExpressionPtr left = concat();
    while (m_tokens.current().isSymbol("+") || m_tokens.current().isSymbol("-")) {
        auto made = make(ExpressionKind::binary, left->line, m_tokens.take().text);
        add(*made, std::move(left));
        add(*made, concat());
        left = std::move(made);
    }
    return left;
}

ExpressionPtr ExpressionParser::concat()
{
    ExpressionPtr first = product();
    if (!m_tokens.current().isSymbol("~"))
        return first;
    auto made = make(ExpressionKind::concat, first->line);
    add(*made, std::move(first));
    while (m_tokens.skipSymbol("~"))
        add(*made, product());
    return made;
}

ExpressionPtr ExpressionParser::product()
{
    ExpressionPtr left = power();
    while (m_tokens.current().isSymbol("*") || m_tokens.current().isSymbol("/") || m_tokens.current().isSymbol("//")
        || m_tokens.current().isSymbol("%")) {
        auto made = make(ExpressionKind::binary, left->line, m_tokens.take().text);
        add(*made, std::move(left));
        add(*made, power());
        left = std::move(made);
    }
    return left;
}

ExpressionPtr ExpressionParser::power()
{
    ExpressionPtr left = unary(true);
    while (m_tokens.skipSymbol("**")) {
        auto made = make(ExpressionKind::binary, left->line, "**");
        add(*made, std::move(left));
        add(*made, unary(true));
        left = std::move(made);
    }
    return left;
}

ExpressionPtr ExpressionParser::unary(bool withFilter)
{
    const Nesting nesting(*this);
    ExpressionPtr operand;
    if (m_tokens.current().isSymbol("-") || m_tokens.current().isSymbol("+")) {
        const Token& sign = m_tokens.take();
        operand = make(sign.text == "-" ? ExpressionKind::negate : ExpressionKind::plus, sign.line);
        add(*operand, unary(false));
    } else {
        operand = primary();
    }
    operand = postfix(std::move(operand));
    return withFilter ? filterExpression(std::move(operand)) : std::move(operand);
}

ExpressionPtr ExpressionParser::primary()
{
    const Token& token = m_tokens.current();
    const auto constant = [&](const Value& value) {
        auto made = make(ExpressionKind::constant, token.line);
        made->value = value;
        m_tokens.take();
        return made;
    };
    switch (token.type) {
    case TokenType::name:
        if (token.text == "true" || token.text == "True" || token.text == "false" || token.text == "False")
            return constant(Value::of(token.text.size() == 4));
        if (token.text == "none" || token.text == "None")
            return constant(Value::none());
        m_names.insert(token.text);
        m_tokens.take();
        return make(ExpressionKind::name, token.line, token.text);
    case TokenType::integer: return constant(Value::of(token.integer));
    case TokenType::floating: return constant(Value::of(token.floating));
    case TokenType::string: {
        auto made = make(ExpressionKind::constant, token.line);
        while (m_tokens.current().type == TokenType::string)
            made->text += m_tokens.take().text;
        made->value = Value::of(std::string_view(made->text));
        return made;
    }
    default: break;
    }
    if (m_tokens.skipSymbol("(")) {
        ExpressionPtr inner = tuple(true, true);
        m_tokens.expectSymbol(")");
        return inner;
    }
    if (token.isSymbol("["))
        return listLiteral();
    if (token.isSymbol("{"))
        return dictLiteral();
    m_tokens.unexpected("an expression");
}

ExpressionPtr ExpressionParser::listLiteral()
{
    auto made = make(ExpressionKind::list, m_tokens.take().line);
    while (!m_tokens.current().isSymbol("]")) {
        if (!made->operands.empty()) {
            m_tokens.expectSymbol(",");
            if (m_tokens.current().isSymbol("]"))
                break;
        }
        add(*made, expression());
    }
    m_tokens.take();
    return made;
}

ExpressionPtr ExpressionParser::dictLiteral()
{
    auto made = make(ExpressionKind::dict, m_tokens.take().line);
    while (!m_tokens.current().isSymbol("}")) {
        if (!made->operands.empty()) {
            m_tokens.expectSymbol(",");
            if (m_tokens.current().isSymbol("}"))
                break;
        }
        add(*made, expression());
        m_tokens.expectSymbol(":");
        add(*made, expression());
    }
    m_tokens.take();
    return made;
}

ExpressionPtr ExpressionParser::tuple(bool withConditional, bool parentheses)
{
    const int line = m_tokens.current().line;
    const auto ended = [&] {
        const Token& token = m_tokens.current();
        return token.type == TokenType::variableEnd || token.type == TokenType::blockEnd || token.isSymbol(")");
    };
    auto made = make(ExpressionKind::tuple, line);
    bool several = false;
    for (;;) {
        if (!made->operands.empty())
            m_tokens.expectSymbol(",");
        if (ended())
            break;
        add(*made, conditional(withConditional));
        if (!m_tokens.current().isSymbol(","))
            break;
        several = true;
    }
    if (several)
        return made;
    if (!made->operands.empty())
        return std::move(made->operands.front());
    if (!parentheses)
        m_tokens.unexpected("an expression");
    return made;
}

ExpressionPtr ExpressionParser::postfix(ExpressionPtr operand)
{
    for (;;) {
        if (m_tokens.current().isSymbol(".") || m_tokens.current().isSymbol("["))
            operand = subscript(std::move(operand));
        else if (m_tokens.current().isSymbol("("))
            operand = call(std::move(operand));
        else
            return operand;
    }
}

ExpressionPtr ExpressionParser::filterExpression(ExpressionPtr operand)
{
    for (;;) {
        if (m_tokens.current().isSymbol("|"))
            operand = filters(std::move(operand), false);
        else if (m_tokens.current().isName("is"))
            operand = test(std::move(operand));
        else if (m_tokens.current().isSymbol("("))
            operand = call(std::move(operand));
        else
            return operand;
    }
}

ExpressionPtr ExpressionParser::subscript(ExpressionPtr operand)
{
    const Token& opening = m_tokens.take();
    if (opening.text == ".") {
        const Token& member = m_tokens.current();
        if (member.type == TokenType::name) {
            auto made = make(ExpressionKind::attribute, opening.line, member.text);
            add(*made, std::move(operand));
            m_tokens.take();
            return made;
        }
        if (member.type != TokenType::integer)
            m_tokens.unexpected("a name or a number");
        auto index = make(ExpressionKind::constant, member.line);
        index->value = Value::of(member.integer);
        m_tokens.take();
        auto made = make(ExpressionKind::item, opening.line);
        add(*made, std::move(operand));
        add(*made, std::move(index));
        return made;
    }
    const auto ended = [&] { return m_tokens.current().isSymbol("]") || m_tokens.current().isSymbol(":"); };
    ExpressionPtr first = m_tokens.current().isSymbol(":") ? nullptr : expression();
    if (m_tokens.skipSymbol("]")) {
        auto made = make(ExpressionKind::item, opening.line);
        add(*made, std::move(operand));
        add(*made, std::move(first));
        return made;
    }
    m_tokens.expectSymbol(":");
    auto made = make(ExpressionKind::slice, opening.line);
    add(*made, std::move(operand));
    add(*made, std::move(first));
    add(*made, ended() ? nullptr : expression());
    add(*made, m_tokens.skipSymbol(":") && !ended() ? expression() : nullptr);
    m_tokens.expectSymbol("]");
    return made;
}

void ExpressionParser::callArguments(Expression& owner)
{
    CallArguments& arguments = owner.call;
    m_tokens.expectSymbol("(");
    for (bool first = true; !m_tokens.current().isSymbol(")"); first = false) {
        if (!first) {
            m_tokens.expectSymbol(",");
            if (m_tokens.current().isSymbol(")"))
                break;
        }
        ExpressionPtr* place = nullptr;
        if (m_tokens.skipSymbol("*")) {
            place = &arguments.unpackedList;
        } else if (m_tokens.skipSymbol("**")) {
            place = &arguments.unpackedDict;
        } else if (m_tokens.current().type == TokenType::name && m_tokens.look().isSymbol("=")) {
            place = &arguments.named.emplace_back(NamedExpression{m_tokens.take().text, nullptr}).value;
            m_tokens.take();
        } else {
            if (arguments.unpackedList || !arguments.named.empty())
                m_tokens.fail("a positional argument stands behind a named one");
            place = &arguments.positional.emplace_back();
        }
        if (arguments.unpackedDict)
            m_tokens.fail("nothing may stand behind ** in a call, and no second * or **");
        ExpressionPtr value = expression();
        deepen(owner, value);
        if (*place)
            m_tokens.fail("a call has * only once");
        *place = std::move(value);
    }
    m_tokens.take();
}

ExpressionPtr ExpressionParser::call(ExpressionPtr callee)
{
    auto made = make(ExpressionKind::call, m_tokens.current().line);
    add(*made, std::move(callee));
    callArguments(*made);
    return made;
}

ExpressionPtr ExpressionParser::filters(ExpressionPtr operand, bool startInside)
{
    while (startInside || m_tokens.current().isSymbol("|")) {
        if (!startInside)
            m_tokens.take();
        startInside = false;
        const Token& name = m_tokens.expectName();
        if (!isFilter(name.text))
            m_unknown.push_back({name.line, unknownFilter(name.text)});
        auto made = make(ExpressionKind::filter, name.line, name.text);
        add(*made, std::move(operand));
        if (m_tokens.current().isSymbol("("))
            callArguments(*made);
        operand = std::move(made);
    }
    return operand;
}

ExpressionPtr ExpressionParser::test(ExpressionPtr operand)
{
    const int line = m_tokens.take().line;
    const bool negated = m_tokens.skipName("not");
    const Token& name = m_tokens.expectName();
    if (!isTest(name.text))
        m_unknown.push_back({name.line, unknownTest(name.text)});
    auto made = make(ExpressionKind::test, line, name.text);
    add(*made, std::move(operand));
    const Token& next = m_tokens.current();
    if (next.isSymbol("(")) {
        callArguments(*made);
    } else if (next.type == TokenType::string || next.type == TokenType::integer || next.type == TokenType::floating
        || next.isSymbol("[") || next.isSymbol("{")
        || (next.type == TokenType::name && next.text != "else" && next.text != "or" && next.text != "and")) {
        if (next.isName("is"))
            m_tokens.fail("tests cannot be chained with \"is\"");
        ExpressionPtr argument = postfix(primary());
        deepen(*made, argument);
        made->call.positional.push_back(std::move(argument));
    }
    if (!negated)
        return made;
    auto inverse = make(ExpressionKind::logicalNot, line);
    add(*inverse, std::move(made));
    return inverse;
}

ExpressionPtr ExpressionParser::targetPart(bool withNamespace)
{
    if (m_tokens.skipSymbol("(")) {
        const Nesting nesting(*this);
        ExpressionPtr inner = target(withNamespace);
        m_tokens.expectSymbol(")");
        return inner;
    }
    const Token& name = m_tokens.expectName();
    for (const std::string_view constant : {"true", "false", "none", "True", "False", "None"})
        if (name.text == constant)
            throw SyntaxProblem{name.line, fmt::format("\"{}\" cannot be assigned to", name.text)};
    if (withNamespace && m_tokens.skipSymbol(".")) {
        auto made = make(ExpressionKind::spaceAttribute, name.line, name.text);
        made->member = m_tokens.expectName().text;
        m_names.insert(name.text);
        return made;
    }
    return make(ExpressionKind::name, name.line, name.text);
}

ExpressionPtr ExpressionParser::target(bool withNamespace)
{
    ExpressionPtr first = targetPart(withNamespace);
    if (!m_tokens.current().isSymbol(","))
        return first;
    auto made = make(ExpressionKind::tuple, first->line);
    add(*made, std::move(first));
    while (m_tokens.skipSymbol(",")) {
        if (m_tokens.current().type != TokenType::name && !m_tokens.current().isSymbol("("))
            break;
        if (m_tokens.current().isName("in"))
            break;
        add(*made, targetPart(withNamespace));
    }
    return made;
}

Signature ExpressionParser::signature()
{
    Signature made;
    m_tokens.expectSymbol("(");
    while (!m_tokens.current().isSymbol(")")) {
        if (!made.parameters.empty())
            m_tokens.expectSymbol(",");
        made.parameters.push_back(m_tokens.expectName().text);
        if (m_tokens.skipSymbol("="))
            made.defaults.push_back(expression());
        else if (!made.defaults.empty())
            m_tokens.fail("a parameter without a default stands behind one with a default");
    }
    m_tokens.take();
    return made;
}

} // namespace falconer::jinja
