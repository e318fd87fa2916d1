// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>

#include <vector>

namespace falconer::ui {

/// What was opened lately, newest first, kept between starts. What is no longer there stays listed, so that the person
/// can say where it went.
class RecentItems : public QObject {
    Q_OBJECT

public:
    enum class Kind { model, data, recipe, run };
    struct Item {
        Kind kind = Kind::run;
        QString path;
        QDateTime when; ///< UTC
    };
    static constexpr int kCapacity = 20;

    explicit RecentItems(QObject* parent = nullptr);

    const std::vector<Item>& items() const { return m_items; }
    /// Puts an item first; it is listed once.
    void add(Kind kind, const QString& path);
    /// The thing has moved.
    void relocate(const QString& from, const QString& to);
    void remove(const QString& path);

Q_SIGNALS:
    void changed();

private:
    void save();

    std::vector<Item> m_items;
};

} // namespace falconer::ui
