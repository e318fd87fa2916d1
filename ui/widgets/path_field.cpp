// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/path_field.h"

#include <QUrl>

namespace falconer::ui {

PathField::PathField(QWidget* parent)
    : QLineEdit(parent)
{
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (!text.startsWith(QLatin1String("file://")))
            return;
        const QString path = QUrl(text.trimmed()).toLocalFile();
        if (!path.isEmpty())
            setText(path);
    });
}

} // namespace falconer::ui
