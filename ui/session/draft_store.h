// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace falconer::ui {

class RecipeDraft;

/// Keeps the recipe that is being put together between starts, a moment after each change, so that neither closing the
/// window nor a crash costs the work.
class DraftStore : public QObject {
    Q_OBJECT

public:
    explicit DraftStore(RecipeDraft& draft);
    /// Saves what has not been saved yet.
    ~DraftStore() override;

    /// The draft begins as it was left; does nothing when none was kept.
    void restore();
    void save();

private:
    RecipeDraft& m_draft;
    QTimer m_pause;
};

} // namespace falconer::ui
