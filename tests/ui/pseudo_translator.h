// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace falconer::test {

/// A language that nobody speaks: every text in accented letters and 40 % longer, so that whatever is not translated,
/// cut off or glued together shows.
class PseudoTranslator : public QTranslator {
public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }

    QString translate(const char* context, const char* source, const char*, int) const override
    {
        // Qt asks for the direction of the layout in the same way.
        if (qstrcmp(source, "QT_LAYOUT_DIRECTION") == 0 || qstrcmp(context, "QApplication") == 0)
            return {};
        const QString text = QString::fromUtf8(source);
        static const QString kPlain = QStringLiteral("aceinouyACEINOU");
        static const QString kAccented = QString::fromUtf8("áçéíñóúýÁÇÉÍÑÓÚ");
        QString result;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const QChar letter = text[i];
            // "%n" and "%1" are places, and the letter after "&" is a key.
            const bool kept = i > 0 && (text[i - 1] == QLatin1Char('%') || text[i - 1] == QLatin1Char('&'));
            const qsizetype at = kept ? -1 : kPlain.indexOf(letter);
            result += at < 0 ? letter : kAccented[at];
        }
        // In words, so that long texts can break their lines as a real language's do.
        for (qsizetype i = 0; i <= static_cast<qsizetype>(double(text.size()) * 0.4); ++i)
            result += QLatin1Char(text.size() > 30 && i % 8 == 0 ? ' ' : '~');
        return result;
    }
};

} // namespace falconer::test
