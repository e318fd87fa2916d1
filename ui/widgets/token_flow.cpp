// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_flow.h"

#include <QList>

#include <algorithm>
#include <cmath>

namespace falconer::ui {
namespace {

/// Has no shape of its own, or would change the direction of what stands beside it.
bool isShapeless(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return true;
    default: return false;
    }
}

QString byNumber(char32_t c) { return QStringLiteral("‹%1›").arg(uint(c), 4, 16, QLatin1Char('0')).toUpper(); }

/// A piece as long as fits `width`, at least one character.
qsizetype fitting(const QString& text, const QFontMetricsF& metrics, double width)
{
    qsizetype low = 1;
    qsizetype high = text.size();
    while (low < high) {
        const qsizetype middle = (low + high + 1) / 2;
        if (metrics.horizontalAdvance(text.left(middle)) <= width)
            low = middle;
        else
            high = middle - 1;
    }
    if (low < text.size() && text.at(low).isLowSurrogate())
        low = low > 1 ? low - 1 : low + 1;
    return low;
}

} // namespace

QString tokenText(const LensToken& token, bool showBlanks)
{
    if (token.text.empty()) {
        QString bytes;
        for (const char byte : token.bytes)
            bytes += QStringLiteral("‹%1›")
                         .arg(uint(static_cast<unsigned char>(byte)), 2, 16, QLatin1Char('0'))
                         .toUpper();
        return bytes.isEmpty() ? QStringLiteral("‹›") : bytes;
    }
    QString shown;
    for (const char32_t c : QString::fromStdString(token.text).toUcs4()) {
        if (c == U'\n')
            shown += QStringLiteral("↵"); // unlike ␊ it is in every usual fixed font
        else if (c == U'\t')
            shown += QStringLiteral("⇥");
        else if (c == U' ' && showBlanks)
            shown += QStringLiteral("·");
        else if (isShapeless(c))
            shown += byNumber(c);
        else
            shown += QString::fromUcs4(&c, 1);
    }
    return shown;
}

TokenRuler::TokenRuler(const QFont& font)
    : m_metrics(font)
{
}

std::vector<WrittenToken> TokenRuler::write(std::span<const LensToken> tokens, bool showBlanks, bool showIds)
{
    std::vector<WrittenToken> written;
    written.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const LensToken& token = tokens[i];
        QString text = showIds ? QStringLiteral(" %1 ").arg(token.id) : tokenText(token, showBlanks);
        auto width = m_widths.find(text);
        if (width == m_widths.end())
            width = m_widths.insert(text, m_metrics.horizontalAdvance(text));
        const bool last = i + 1 == tokens.size();
        const bool breaks = !last && !showIds && !token.text.empty() && token.text.back() == '\n';
        written.push_back({std::move(text), *width, token.seam, breaks});
    }
    return written;
}

TokenFlow::TokenFlow(const std::vector<WrittenToken>& tokens, const QFontMetricsF& metrics, const Settings& settings)
{
    double x = 0;
    int line = 0;
    bool lineBegun = false;
    const auto breakLine = [&] {
        x = 0;
        ++line;
        lineBegun = false;
    };
    m_pieces.reserve(tokens.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const WrittenToken& token = tokens[i];
        const int number = static_cast<int>(i);
        if (number == settings.cut) {
            if (x + settings.cutWidth > settings.width && lineBegun)
                breakLine();
            m_cutX = x;
            m_cutLine = line;
            x += settings.cutWidth;
        }
        if (token.seam)
            x += settings.seamWidth;
        QString text = token.text;
        double width = token.width;
        if (x + width > settings.width && lineBegun) {
            breakLine();
            x += token.seam ? settings.seamWidth : 0;
        }
        while (x + width > settings.width && text.size() > 1) {
            const qsizetype part = fitting(text, metrics, settings.width - x);
            if (part >= text.size())
                break;
            const QString head = text.left(part);
            m_pieces.push_back({number, line, x, metrics.horizontalAdvance(head), head});
            text.remove(0, part);
            width = metrics.horizontalAdvance(text);
            breakLine();
        }
        m_pieces.push_back({number, line, x, width, text});
        x += width;
        lineBegun = true;
        if (token.breaks)
            breakLine();
    }
    m_lines = m_pieces.empty() ? 0 : m_pieces.back().line + 1;
}

std::size_t TokenFlow::firstOn(int line) const
{
    const auto found = std::lower_bound(m_pieces.begin(), m_pieces.end(), line,
        [](const TokenPiece& piece, int wanted) { return piece.line < wanted; });
    return static_cast<std::size_t>(found - m_pieces.begin());
}

std::size_t TokenFlow::firstOf(int token) const
{
    const auto found = std::lower_bound(m_pieces.begin(), m_pieces.end(), token,
        [](const TokenPiece& piece, int wanted) { return piece.token < wanted; });
    return static_cast<std::size_t>(found - m_pieces.begin());
}

int TokenFlow::tokenAt(int line, double x) const
{
    for (std::size_t i = firstOn(line); i < m_pieces.size() && m_pieces[i].line == line; ++i)
        if (x >= m_pieces[i].x && x < m_pieces[i].x + m_pieces[i].width)
            return m_pieces[i].token;
    return -1;
}

int TokenFlow::nearest(int line, double x) const
{
    int token = -1;
    double best = 0;
    for (std::size_t i = firstOn(line); i < m_pieces.size() && m_pieces[i].line == line; ++i) {
        const double distance = std::abs(m_pieces[i].x + m_pieces[i].width / 2 - x);
        if (token >= 0 && distance >= best)
            continue;
        token = m_pieces[i].token;
        best = distance;
    }
    return token;
}

} // namespace falconer::ui
