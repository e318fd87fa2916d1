// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/token_flow.h"

#include <QAbstractScrollArea>

namespace falconer::ui {

/// The token microscope: a row as coloured pieces. Masked tokens are dimmed, learned ones underlined in the training
/// colour, cut-off ones struck and hatched; a bar marks a seam. Painted, however long the row is: no widget per token.
/// Arrow keys go from token to token, the mouse points at one without moving the keys' place.
class TokenView : public QAbstractScrollArea {
    Q_OBJECT

public:
    /// Tokens beyond this are not laid out; shownTokens() says how many are.
    static constexpr int kMostTokens = 50'000;

    explicit TokenView(QWidget* parent = nullptr);

    void setRow(LensRow row);
    const LensRow& row() const { return m_row; }
    /// Tokens of the row that are kept.
    void setMaxLength(std::int64_t maxLength);
    void setShowIds(bool show);
    void setShowBlanks(bool show);

    int shownTokens() const;
    int current() const { return m_current; } ///< -1: none
    void setCurrent(int token);
    /// "token 39 of 135: “addle”, id 18849", of the token under the mouse, else of the current one; empty without both.
    QString currentText() const { return textOf(pointed()); }

    struct Counts {
        int masked = 0;
        int learned = 0;
        int cut = 0;
    };
    Counts counts() const;
    /// What happens to a token: the first of a row is never learned, since nothing comes before it.
    bool isLearned(int token) const;
    bool isCut(int token) const { return token >= m_maxLength; }

    /// Texts that were measured so far, for tests.
    int measured() const { return m_ruler.measured(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// What currentText() speaks of is another token.
    void currentChanged(int token);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void write();
    void layOut();
    void updateScrollBar();
    int pointed() const { return m_hovered >= 0 ? m_hovered : m_current; }
    void setHovered(int token);
    QString textOf(int token) const;
    void updateToken(int token);
    void outline(QPainter& painter, int token, const QPen& pen) const;
    int lineHeight() const;
    int tokenAt(const QPoint& point) const;
    QRectF rectOf(const TokenPiece& piece) const;
    void paintPiece(QPainter& painter, const TokenPiece& piece) const;
    void paintCut(QPainter& painter) const;
    QString cutText() const;
    void showToken(int token);

    LensRow m_row;
    TokenRuler m_ruler;
    std::vector<WrittenToken> m_written;
    TokenFlow m_flow;
    std::int64_t m_maxLength = 0;
    int m_current = -1;
    int m_hovered = -1;
    bool m_ids = false;
    bool m_blanks = true;
};

} // namespace falconer::ui
