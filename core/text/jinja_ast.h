// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text/jinja_value.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// A parsed template. Strings inside it outlive every rendering, so values may point at them.
namespace falconer::jinja {

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

enum class ExpressionKind : std::uint8_t {
    constant, ///< value
    name, ///< text
    list,
    tuple,
    dict, ///< operands: key, value, key, value …
    attribute, ///< operand 0 . text
    item, ///< operand 0 [ operand 1 ]
    slice, ///< operand 0 [ operands 1 : 2 : 3 ], each of which may be null
    call, ///< operand 0 ( call )
    filter, ///< operand 0 | text ( call ); operand 0 null: the body of a block
    test, ///< operand 0 is text ( call )
    binary, ///< text: + - * / // % **
    negate,
    plus,
    concat, ///< ~
    compare, ///< operands, and between them `operators`: == != < <= > >= in notin
    logicalAnd,
    logicalOr,
    logicalNot,
    conditional, ///< operand 1 if operand 0 else operand 2, which may be null
    spaceAttribute ///< text . member, as the target of a set
};

struct NamedExpression {
    std::string name;
    ExpressionPtr value;
};

struct CallArguments {
    std::vector<ExpressionPtr> positional;
    std::vector<NamedExpression> named;
    ExpressionPtr unpackedList; ///< *value
    ExpressionPtr unpackedDict; ///< **value
};

struct Expression {
    ExpressionKind kind = ExpressionKind::constant;
    int line = 1;
    int depth = 1; ///< nodes from here down
    std::string text;
    std::string member;
    Value value;
    std::vector<ExpressionPtr> operands;
    std::vector<std::string> operators;
    CallArguments call;
};

struct Statement;
struct Branch;
using Body = std::vector<Statement>;

enum class StatementKind : std::uint8_t {
    text,
    print, ///< expression
    set, ///< target = expression
    setBlock, ///< target = body, through the filter in expression
    branch, ///< branches
    loop, ///< target in expression if test
    macro,
    callBlock,
    filterBlock,
    generation,
    with,
    breakLoop,
    continueLoop
};

/// A macro's or a call block's parameters and body.
struct Signature {
    std::string name;
    std::vector<std::string> parameters;
    std::vector<ExpressionPtr> defaults; ///< of the last parameters
    bool usesKwargs = false, usesVarargs = false, usesCaller = false;
};

struct Statement {
    StatementKind kind = StatementKind::text;
    int line = 1;
    std::string text;
    ExpressionPtr expression;
    ExpressionPtr target;
    ExpressionPtr test;
    Body body;
    Body otherwise; ///< the else of a loop
    std::vector<Branch> branches;
    Signature signature;
    std::vector<NamedExpression> bindings; ///< of with
};

/// An if, an elif, or with a null condition the else.
struct Branch {
    ExpressionPtr condition;
    Body body;
};

struct Template {
    Body body;
    bool marksGeneration = false;
};

/// Throws SyntaxProblem (jinja_lexer.h).
Template parseTemplate(std::string_view source);

/// Whether the templates' language knows a filter or a test of that name; asked by the parser, so that a misspelt one
/// is found before anything runs.
bool isFilter(std::string_view name);
bool isTest(std::string_view name);
/// "there is no filter "x"; did you mean y?"
std::string unknownFilter(std::string_view name);
std::string unknownTest(std::string_view name);

} // namespace falconer::jinja
