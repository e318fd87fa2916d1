// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace falconer::jinja {

/// A fault of the template's text, at a line counted from 1.
struct SyntaxProblem {
    int line;
    std::string message;
};

enum class TokenType {
    data,
    variableBegin,
    variableEnd,
    blockBegin,
    blockEnd,
    name,
    string,
    integer,
    floating,
    symbol,
    end
};

struct Token {
    TokenType type = TokenType::end;
    int line = 1;
    std::string text; ///< the text, name, unescaped string, or symbol
    std::int64_t integer = 0;
    double floating = 0;

    bool isName(std::string_view name) const { return type == TokenType::name && text == name; }
    bool isSymbol(std::string_view symbol) const { return type == TokenType::symbol && text == symbol; }
};

/// Cuts a template into tokens as Jinja's lexer does with trim_blocks and lstrip_blocks; a final newline of the
/// template is dropped, comments and raw blocks are resolved. The last token is `end`. Throws SyntaxProblem.
std::vector<Token> tokenize(std::string_view source);

} // namespace falconer::jinja
