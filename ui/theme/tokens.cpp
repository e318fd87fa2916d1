// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tokens.h"

#include <array>

namespace falconer::ui {
namespace {

struct Row {
    Token token;
    const char* name;
    QRgb light;
    QRgb dark;
};

constexpr std::array<Row, kTokenCount> kRows{{
    {Token::window, "window", 0xFFF3F4F6, 0xFF1C1E23},
    {Token::surface, "surface", 0xFFFFFFFF, 0xFF25282E},
    {Token::rail, "rail", 0xFFE9EBEF, 0xFF17191D},
    {Token::alt, "alt", 0xFFF7F8FA, 0xFF2A2D34},
    {Token::hover, "hover", 0xFFE4E7EC, 0xFF30343C},
    {Token::line, "line", 0xFFD9DCE2, 0xFF3A3E47},
    {Token::control, "control", 0xFF858C99, 0xFF7C8492},
    {Token::text, "text", 0xFF1A1D23, 0xFFE9EBEE},
    {Token::text2, "text2", 0xFF525966, 0xFFABB2BE},
    {Token::disabled, "disabled", 0xFF969DA9, 0xFF6C7380},
    {Token::accent, "accent", 0xFF3D50AE, 0xFF586CD3},
    {Token::accentHover, "accentHover", 0xFF324396, 0xFF4D60C6},
    {Token::onAccent, "onAccent", 0xFFFFFFFF, 0xFFFFFFFF},
    {Token::accentSoft, "accentSoft", 0xFFE4E8F8, 0xFF2E3557},
    {Token::link, "link", 0xFF3547A3, 0xFFA9B6FF},
    {Token::focus, "focus", 0xFF3D50AE, 0xFFA9B6FF},
    {Token::ok, "ok", 0xFF1A6B45, 0xFF62CE98},
    {Token::okSoft, "okSoft", 0xFFE1F2E8, 0xFF1E3A2D},
    {Token::warn, "warn", 0xFF865100, 0xFFF0B953},
    {Token::warnSoft, "warnSoft", 0xFFFBF0D9, 0xFF3B301A},
    {Token::error, "error", 0xFFB3261E, 0xFFFF8F85},
    {Token::errorSoft, "errorSoft", 0xFFFBE7E5, 0xFF432424},
    {Token::maskedToken, "maskedToken", 0xFFF1F2F4, 0xFF2A2D34},
    {Token::maskedTokenAlt, "maskedTokenAlt", 0xFFE6E8EC, 0xFF30343C},
    {Token::learnedToken, "learnedToken", 0xFFDCEAF7, 0xFF1F3A52},
    {Token::learnedTokenAlt, "learnedTokenAlt", 0xFFC6DDF2, 0xFF284A68},
    {Token::grid, "grid", 0xFFE6E8EC, 0xFF363A43},
    {Token::trainingRaw, "trainingRaw", 0xFFB5CFE6, 0xFF31536E},
    {Token::training, "training", 0xFF0A62AB, 0xFF5DB5EE},
    {Token::validation, "validation", 0xFFBF4A0B, 0xFFF58B4C},
    {Token::best, "best", 0xFF00734F, 0xFF3FCF9C},
    {Token::checkpoint, "checkpoint", 0xFF525966, 0xFFABB2BE},
    {Token::watchBand, "watchBand", 0xFFFBF0D4, 0xFF3A3219},
    {Token::watchEdge, "watchEdge", 0xFF8F6400, 0xFFDDB04F},
    {Token::overfittingBand, "overfittingBand", 0xFFF9DFDC, 0xFF4A2629},
    {Token::overfittingEdge, "overfittingEdge", 0xFFB3261E, 0xFFFF8F85},
    {Token::run1, "run1", 0xFF1A1D23, 0xFFE9EBEE},
    {Token::run2, "run2", 0xFF6A4FD8, 0xFF6F7BF2},
    {Token::run3, "run3", 0xFFD9480F, 0xFFE8BA30},
    {Token::run4, "run4", 0xFF2E8F84, 0xFFEE5A6F},
    {Token::memoryWeights, "memoryWeights", 0xFF2B3F8C, 0xFF7F93EA},
    {Token::memoryTables, "memoryTables", 0xFF5D70BD, 0xFFB9C4F7},
    {Token::memoryActivations, "memoryActivations", 0xFFA4551C, 0xFFE79B5A},
    {Token::memoryAdapter, "memoryAdapter", 0xFF2C7F6B, 0xFF5DC3A8},
    {Token::memoryWorkspace, "memoryWorkspace", 0xFF7B5E91, 0xFFC6A3DC},
    {Token::memoryProgram, "memoryProgram", 0xFF646B78, 0xFFA3AAB6},
    {Token::onMemory, "onMemory", 0xFFFFFFFF, 0xFF17191D},
    {Token::mapRank, "mapRank", 0xFF7385CB, 0xFF6F80D6},
    {Token::mapHighest, "mapHighest", 0xFF33449B, 0xFFB3BEFF},
}};

constexpr bool inOrder()
{
    for (std::size_t i = 0; i < kRows.size(); ++i)
        if (static_cast<std::size_t>(kRows[i].token) != i)
            return false;
    return true;
}
static_assert(inOrder(), "the table is indexed by the token");

const Row& row(Token token) { return kRows[static_cast<std::size_t>(token)]; }

} // namespace

QColor color(Token token, Scheme scheme)
{
    return QColor::fromRgb(scheme == Scheme::light ? row(token).light : row(token).dark);
}

QLatin1String name(Token token) { return QLatin1String(row(token).name); }

} // namespace falconer::ui
