// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/jinja_ast.h"
#include "core/text/jinja_lexer.h"

#include <algorithm>
#include <set>

namespace falconer::jinja {

/// The tokens and what reads them; ExpressionParser and StatementParser go through the same one.
class TokenStream {
public:
    explicit TokenStream(std::vector<Token> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    const Token& current() const { return m_tokens[m_at]; }
    const Token& look() const { return m_tokens[std::min(m_at + 1, m_tokens.size() - 1)]; }
    /// The current token; goes on to the next one. The last one stays.
    const Token& take();
    bool skipName(std::string_view name);
    bool skipSymbol(std::string_view symbol);
    const Token& expectName();
    void expectName(std::string_view name);
    void expectSymbol(std::string_view symbol);
    void expect(TokenType type);
    [[noreturn]] void fail(std::string message) const;
    [[noreturn]] void unexpected(std::string_view wanted) const;

private:
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
};

/// Expressions, in the order of precedence that Jinja has.
class ExpressionParser {
public:
    explicit ExpressionParser(TokenStream& tokens)
        : m_tokens(tokens)
    {
    }

    ExpressionPtr expression() { return conditional(true); }
    /// An expression, or several with commas between: a tuple. `parentheses`: an empty one is a tuple too.
    ExpressionPtr tuple(bool withConditional = true, bool parentheses = false);
    /// What stands left of "=" or "in": a name, a tuple of names, or for a set namespace.attribute.
    ExpressionPtr target(bool withNamespace);
    /// The filters behind a `set` or `filter` tag; operand 0 of the innermost is null. Null when there are none.
    ExpressionPtr filters(ExpressionPtr operand, bool startInside);
    Signature signature();

    /// An unknown filter or test is a fault of the template, but as in Jinja one inside a condition or behind one is a
    /// fault only when it is reached: forgive() forgets those found since unknown() was that many.
    std::size_t unknown() const { return m_unknown.size(); }
    void forgive(std::size_t count) { m_unknown.resize(std::min(count, m_unknown.size())); }
    /// Throws for the first one that is left.
    void refuseUnknown() const;

    /// Every name that was read, for what depends on whether a macro mentions "caller".
    std::set<std::string, std::less<>> takeNames() { return std::exchange(m_names, {}); }
    void addNames(const std::set<std::string, std::less<>>& names) { m_names.insert(names.begin(), names.end()); }

private:
    class Nesting;

    ExpressionPtr make(ExpressionKind kind, int line, std::string text = {}) const;
    /// Adds an operand (null allowed) and keeps the depth, which may not pass the limit.
    void add(Expression& parent, ExpressionPtr operand) const;
    void deepen(Expression& parent, const ExpressionPtr& child) const;

    ExpressionPtr conditional(bool allowed);
    ExpressionPtr logicalOr();
    ExpressionPtr logicalAnd();
    ExpressionPtr logicalNot();
    ExpressionPtr compare();
    ExpressionPtr sum();
    ExpressionPtr concat();
    ExpressionPtr product();
    ExpressionPtr power();
    ExpressionPtr unary(bool withFilter);
    ExpressionPtr primary();
    ExpressionPtr listLiteral();
    ExpressionPtr dictLiteral();
    ExpressionPtr postfix(ExpressionPtr operand);
    ExpressionPtr filterExpression(ExpressionPtr operand);
    ExpressionPtr subscript(ExpressionPtr operand);
    ExpressionPtr call(ExpressionPtr callee);
    ExpressionPtr test(ExpressionPtr operand);
    void callArguments(Expression& owner);
    ExpressionPtr targetPart(bool withNamespace);

    TokenStream& m_tokens;
    int m_nesting = 0;
    std::vector<SyntaxProblem> m_unknown;
    std::set<std::string, std::less<>> m_names;
};

} // namespace falconer::jinja
