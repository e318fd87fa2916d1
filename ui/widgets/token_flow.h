// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/row_lens.h"

#include <QFontMetricsF>
#include <QHash>
#include <QString>

#include <span>
#include <vector>

namespace falconer::ui {

/// A token, or the part of it that fits a line.
struct TokenPiece {
    int token = 0;
    int line = 0;
    double x = 0; ///< from the leading edge
    double width = 0;
    QString text;
};

/// How a token is written: line breaks as ↵, blanks as · when they are to be seen, what has no shape (control and
/// direction characters) by its number; a token that is only a part of a character by its bytes.
QString tokenText(const LensToken& token, bool showBlanks);

/// A token as it is written, and how wide that is.
struct WrittenToken {
    QString text;
    double width = 0;
    bool seam = false; ///< room is left before it
    bool breaks = false; ///< a new line begins behind it
};

/// Measures tokens, each text once in a font: a row is laid out anew while its view is resized or its cut is dragged.
class TokenRuler {
public:
    explicit TokenRuler(const QFont& font);
    std::vector<WrittenToken> write(std::span<const LensToken> tokens, bool showBlanks, bool showIds);
    const QFontMetricsF& metrics() const { return m_metrics; }
    /// Texts that were measured so far, for tests.
    int measured() const { return static_cast<int>(m_widths.size()); }

private:
    QFontMetricsF m_metrics;
    QHash<QString, double> m_widths;
};

/// Lays tokens out in lines, as wide as `width`. Before token `cut` there is room of `cutWidth` for the mark that says
/// where the row is cut, and `seamWidth` before a seam. `metrics` tells where a token that is longer than a line
/// breaks.
class TokenFlow {
public:
    struct Settings {
        double width = 0;
        int cut = -1; ///< -1: the row is not cut
        double cutWidth = 0;
        double seamWidth = 0;
    };

    TokenFlow() = default;
    TokenFlow(const std::vector<WrittenToken>& tokens, const QFontMetricsF& metrics, const Settings& settings);

    const std::vector<TokenPiece>& pieces() const { return m_pieces; }
    int lines() const { return m_lines; }
    /// The first piece on this line or a later one.
    std::size_t firstOn(int line) const;
    /// The first piece of a token.
    std::size_t firstOf(int token) const;
    /// The token at that place, -1 where there is none.
    int tokenAt(int line, double x) const;
    /// The token nearest to that place of a line; -1 on a line that is not there.
    int nearest(int line, double x) const;
    /// Where the mark of the cut stands.
    double cutX() const { return m_cutX; }
    int cutLine() const { return m_cutLine; } ///< -1: nowhere

private:
    std::vector<TokenPiece> m_pieces;
    int m_lines = 0;
    double m_cutX = 0;
    int m_cutLine = -1;
};

} // namespace falconer::ui
