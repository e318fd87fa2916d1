// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QLabel>
#include <QString>

namespace falconer::ui {

/// A small icon of resources/icons that keeps its token's colour through a change of theme.
class IconLabel : public QLabel {
    Q_OBJECT

public:
    IconLabel(const QString& stem, Token token, QWidget* parent = nullptr);
    void setIcon(const QString& stem, Token token);

protected:
    void changeEvent(QEvent* event) override;

private:
    void render();

    QString m_stem;
    Token m_token;
};

} // namespace falconer::ui
