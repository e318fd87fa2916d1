// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

namespace falconer::ui {

/// Prompts that the person keeps for the playground, the newest first, kept between starts.
class SavedPrompts : public QObject {
    Q_OBJECT

public:
    static constexpr int kCapacity = 100;

    using QObject::QObject;

    QStringList all() const;
    /// Puts it first; it is kept once. Nothing but white space is not kept.
    void add(const QString& prompt);
    void remove(const QString& prompt);

Q_SIGNALS:
    void changed();

private:
    void save(const QStringList& prompts);
};

} // namespace falconer::ui
