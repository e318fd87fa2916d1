// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace falconer::ui {

class DataSession;
class ElidedLabel;
class TokenLegend;
class TokenView;

/// The selected row as tokens, with its legend and the way to other rows.
class DataMicroscope : public Card {
    Q_OBJECT

public:
    explicit DataMicroscope(DataSession& session, QWidget* parent = nullptr);

    TokenView* view() const { return m_view; }
    QSpinBox* rowBox() const { return m_row; }
    /// What stands there instead of tokens; empty when there are tokens.
    QString message() const;
    QPushButton* openFileButton() const { return m_openFile; }
    void setMaxLength(std::int64_t maxLength);
    void refresh();

Q_SIGNALS:
    void rowRequested(qint64 number);

private:
    void buildHeading();
    void showLook();
    void openFile();
    void showCurrent();
    void refreshLegend();

    DataSession& m_session;
    QSpinBox* m_row;
    QToolButton* m_previous;
    QToolButton* m_next;
    QCheckBox* m_ids;
    QCheckBox* m_blanks;
    TokenLegend* m_legend;
    ElidedLabel* m_current;
    QLabel* m_message;
    QPushButton* m_openFile;
    TokenView* m_view;
    QPlainTextEdit* m_text;
};

} // namespace falconer::ui
