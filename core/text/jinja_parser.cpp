// SPDX-License-Identifier: Apache-2.0
#include "core/text/jinja_parser.h"

#include <fmt/format.h>

#include <initializer_list>

namespace falconer::jinja {
namespace {

constexpr int kMaxBlocks = 60; // blocks inside one another

class StatementParser {
public:
    explicit StatementParser(std::string_view source)
        : m_tokens(tokenize(source))
        , m_expressions(m_tokens)
    {
    }

    Template parse()
    {
        Template made;
        made.body = body({}, "", 1);
        made.marksGeneration = m_marksGeneration;
        m_expressions.refuseUnknown();
        return made;
    }

private:
    using Ends = std::initializer_list<std::string_view>;

    Statement make(StatementKind kind, int line) const
    {
        Statement statement;
        statement.kind = kind;
        statement.line = line;
        return statement;
    }

    bool atEnd(Ends ends) const
    {
        for (const std::string_view end : ends)
            if (m_tokens.current().isName(end))
                return true;
        return false;
    }

    /// Statements up to one of the tags that end them; the tag's name is then the current token. `opener` and `line`
    /// are for the error when it never comes.
    Body body(Ends ends, std::string_view opener, int line)
    {
        if (++m_depth > kMaxBlocks)
            m_tokens.fail("blocks are nested too deep");
        const std::string outside = std::exchange(
            m_open, opener.empty() ? std::string() : fmt::format("{{% {} %}} of line {}", opener, line));
        Body statements;
        for (;;) {
            const Token& token = m_tokens.current();
            if (token.type == TokenType::end) {
                if (ends.size() > 0)
                    throw SyntaxProblem{line,
                        fmt::format("{{% {} %}} is never closed: {{% {} %}} is missing", opener, *(ends.end() - 1))};
                break;
            }
            if (token.type == TokenType::data) {
                statements.push_back(make(StatementKind::text, token.line));
                statements.back().text = m_tokens.take().text;
            } else if (token.type == TokenType::variableBegin) {
                m_tokens.take();
                statements.push_back(make(StatementKind::print, m_tokens.current().line));
                statements.back().expression = m_expressions.tuple();
                m_tokens.expect(TokenType::variableEnd);
            } else {
                m_tokens.take();
                if (atEnd(ends))
                    break;
                statement(statements);
                m_tokens.expect(TokenType::blockEnd);
            }
        }
        --m_depth;
        m_open = outside;
        return statements;
    }

    /// The body of a block whose tag ends here, up to the tag that closes it.
    Body block(Ends ends, std::string_view opener, int line)
    {
        m_tokens.expect(TokenType::blockEnd);
        return body(ends, opener, line);
    }

    Body closedBlock(std::string_view end, std::string_view opener, int line)
    {
        Body statements = block({end}, opener, line);
        m_tokens.take();
        return statements;
    }

    void statement(Body& statements)
    {
        const Token tag = m_tokens.current();
        if (tag.type != TokenType::name)
            m_tokens.unexpected("the name of a tag");
        m_tokens.take();
        if (tag.text == "if")
            statements.push_back(branch(tag.line));
        else if (tag.text == "for")
            statements.push_back(loop(tag.line));
        else if (tag.text == "set")
            statements.push_back(assignment(tag.line));
        else if (tag.text == "macro" || tag.text == "call")
            statements.push_back(macro(tag));
        else if (tag.text == "generation")
            statements.push_back(generation(tag.line));
        else if (tag.text == "filter")
            statements.push_back(filterBlock(tag.line));
        else if (tag.text == "with")
            statements.push_back(with(tag.line));
        else if (tag.text == "print")
            print(statements, tag.line);
        else if (tag.text == "break" || tag.text == "continue")
            statements.push_back(jump(tag));
        else
            refuse(tag);
    }

    [[noreturn]] void refuse(const Token& tag) const
    {
        for (const std::string_view loader : {"include", "import", "from", "extends"})
            if (tag.text == loader)
                throw SyntaxProblem{
                    tag.line, fmt::format("{{% {} %}} reads another file, which a chat template may not", tag.text)};
        if (tag.text.starts_with("end") || tag.text == "else" || tag.text == "elif")
            throw SyntaxProblem{tag.line,
                m_open.empty() ? fmt::format("{{% {} %}} closes nothing that is open here", tag.text)
                               : fmt::format("{{% {} %}} stands inside {}, which is open", tag.text, m_open)};
        throw SyntaxProblem{tag.line, fmt::format("there is no tag {{% {} %}} in chat templates", tag.text)};
    }

    Statement branch(int line)
    {
        Statement made = make(StatementKind::branch, line);
        const std::size_t known = m_expressions.unknown();
        for (bool isElse = false;;) {
            Branch& next = made.branches.emplace_back();
            if (!isElse)
                next.condition = m_expressions.tuple(false);
            next.body = isElse ? block({"endif"}, "if", line) : block({"elif", "else", "endif"}, "if", line);
            const Token& tag = m_tokens.take();
            if (tag.text == "endif") {
                m_expressions.forgive(known);
                return made;
            }
            isElse = tag.text == "else";
        }
    }

    Statement loop(int line)
    {
        Statement made = make(StatementKind::loop, line);
        made.target = m_expressions.target(false);
        checkLoopTarget(*made.target);
        m_tokens.expectName("in");
        made.expression = m_expressions.tuple(false);
        if (m_tokens.skipName("if"))
            made.test = m_expressions.expression();
        if (m_tokens.current().isName("recursive"))
            m_tokens.fail("recursive loops are not supported; a macro that calls itself does the same");
        ++m_loops;
        made.body = block({"else", "endfor"}, "for", line);
        --m_loops;
        if (m_tokens.take().text == "else")
            made.otherwise = closedBlock("endfor", "for", line);
        return made;
    }

    void checkLoopTarget(const Expression& target) const
    {
        if (target.kind == ExpressionKind::name && target.text == "loop")
            throw SyntaxProblem{target.line, "\"loop\" belongs to the loop itself and cannot be assigned to"};
        for (const ExpressionPtr& part : target.operands)
            checkLoopTarget(*part);
    }

    Statement assignment(int line)
    {
        Statement made = make(StatementKind::set, line);
        made.target = m_expressions.target(true);
        if (m_tokens.skipSymbol("=")) {
            made.expression = m_expressions.tuple();
            return made;
        }
        made.kind = StatementKind::setBlock;
        if (m_tokens.current().isSymbol("|"))
            made.expression = m_expressions.filters(nullptr, false);
        made.body = closedBlock("endset", "set", line);
        return made;
    }

    Statement macro(const Token& tag)
    {
        const bool isMacro = tag.text == "macro";
        Statement made = make(isMacro ? StatementKind::macro : StatementKind::callBlock, tag.line);
        const std::string name = isMacro ? m_tokens.expectName().text : "caller";
        if (isMacro || m_tokens.current().isSymbol("("))
            made.signature = m_expressions.signature();
        made.signature.name = name;
        if (!isMacro) {
            made.expression = m_expressions.expression();
            if (made.expression->kind != ExpressionKind::call)
                throw SyntaxProblem{tag.line, "{% call %} needs a call of a macro"};
        }
        const auto outside = m_expressions.takeNames();
        const int loops = std::exchange(m_loops, 0);
        made.body = closedBlock(isMacro ? "endmacro" : "endcall", tag.text, tag.line);
        m_loops = loops;
        const auto inside = m_expressions.takeNames();
        made.signature.usesCaller = inside.contains("caller");
        made.signature.usesKwargs = inside.contains("kwargs");
        made.signature.usesVarargs = inside.contains("varargs");
        m_expressions.addNames(outside);
        m_expressions.addNames(inside);
        return made;
    }

    Statement generation(int line)
    {
        Statement made = make(StatementKind::generation, line);
        m_marksGeneration = true;
        const int loops = std::exchange(m_loops, 0);
        made.body = closedBlock("endgeneration", "generation", line);
        m_loops = loops;
        return made;
    }

    Statement filterBlock(int line)
    {
        Statement made = make(StatementKind::filterBlock, line);
        made.expression = m_expressions.filters(nullptr, true);
        made.body = closedBlock("endfilter", "filter", line);
        return made;
    }

    Statement with(int line)
    {
        Statement made = make(StatementKind::with, line);
        while (m_tokens.current().type != TokenType::blockEnd) {
            if (!made.bindings.empty())
                m_tokens.expectSymbol(",");
            std::string name = m_tokens.expectName().text;
            m_tokens.expectSymbol("=");
            made.bindings.push_back({std::move(name), m_expressions.expression()});
        }
        made.body = closedBlock("endwith", "with", line);
        return made;
    }

    void print(Body& statements, int line)
    {
        while (m_tokens.current().type != TokenType::blockEnd) {
            statements.push_back(make(StatementKind::print, line));
            statements.back().expression = m_expressions.expression();
            if (m_tokens.current().type != TokenType::blockEnd)
                m_tokens.expectSymbol(",");
        }
    }

    Statement jump(const Token& tag) const
    {
        if (m_loops == 0)
            throw SyntaxProblem{tag.line, fmt::format("{{% {} %}} stands outside of a loop", tag.text)};
        return make(tag.text == "break" ? StatementKind::breakLoop : StatementKind::continueLoop, tag.line);
    }

    TokenStream m_tokens;
    ExpressionParser m_expressions;
    int m_depth = 0;
    std::string m_open; ///< the innermost block that is open, for an error
    int m_loops = 0; ///< loops around, up to the next macro
    bool m_marksGeneration = false;
};

} // namespace

Template parseTemplate(std::string_view source) { return StatementParser(source).parse(); }

} // namespace falconer::jinja
