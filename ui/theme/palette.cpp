// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/palette.h"

namespace falconer::ui {

QPalette makePalette(Scheme scheme)
{
    const auto token = [scheme](Token t) { return color(t, scheme); };
    QPalette palette;
    const auto all = [&palette](QPalette::ColorRole role, const QColor& value) {
        for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled})
            palette.setColor(group, role, value);
    };
    all(QPalette::Window, token(Token::window));
    all(QPalette::Base, token(Token::surface));
    all(QPalette::AlternateBase, token(Token::alt));
    all(QPalette::Button, token(Token::surface));
    all(QPalette::ToolTipBase, token(Token::surface));
    all(QPalette::ToolTipText, token(Token::text));
    all(QPalette::Light, token(Token::surface));
    all(QPalette::Midlight, token(Token::hover));
    all(QPalette::Mid, token(Token::line));
    all(QPalette::Dark, token(Token::control));
    all(QPalette::Shadow, token(Token::line));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::BrightText}) {
        all(role, token(Token::text));
        palette.setColor(QPalette::Disabled, role, token(Token::disabled));
    }
    all(QPalette::PlaceholderText, token(Token::text2));
    all(QPalette::Link, token(Token::link));
    all(QPalette::LinkVisited, token(Token::link));
    // A soft selection keeps the text colour, so a selected row reads like any other.
    all(QPalette::Highlight, token(Token::accentSoft));
    all(QPalette::HighlightedText, token(Token::text));
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, token(Token::disabled));
    palette.setColor(QPalette::Disabled, QPalette::Base, token(Token::window));
    palette.setColor(QPalette::Disabled, QPalette::Button, token(Token::window));
    return palette;
}

Scheme schemeOf(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? Scheme::dark : Scheme::light;
}

} // namespace falconer::ui
