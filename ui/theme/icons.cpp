// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include "ui/theme/palette.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

namespace falconer::ui {
namespace {

class SvgIconEngine : public QIconEngine {
public:
    SvgIconEngine(QString stem, Token token)
        : m_stem(std::move(stem))
        , m_token(token)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QFile file(QStringLiteral(":/icons/%1.svg").arg(m_stem));
        if (!file.open(QIODevice::ReadOnly))
            return;
        const Token token = mode == QIcon::Disabled ? Token::disabled : m_token;
        QByteArray svg = file.readAll();
        svg.replace("currentColor", color(token, QGuiApplication::palette()).name().toLatin1());
        QSvgRenderer(svg).render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap image(size);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return image;
    }

    QIconEngine* clone() const override { return new SvgIconEngine(m_stem, m_token); }

private:
    QString m_stem;
    Token m_token;
};

} // namespace

QIcon icon(const QString& stem, Token token) { return QIcon(new SvgIconEngine(stem, token)); }

} // namespace falconer::ui
