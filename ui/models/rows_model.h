// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/data_session_filter.h"

#include <QAbstractTableModel>
#include <QFutureWatcher>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace falconer::ui {

class DataSession;

/// The rows of a DataSession, or those of a kind. It holds no text: what the view asks for is fetched and appears a
/// moment later, so that millions of rows cost no more than a screenful. Rows of a kind are looked for in a worker
/// where there are many, and then only among those that came since the last look.
class RowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { rowColumn, promptColumn, completionColumn, tokensColumn, noteColumn, columns };
    enum class Show { all, validation, cut, problems };
    enum Role { NumberRole = Qt::UserRole }; ///< the session's number of the row

    explicit RowsModel(DataSession& session, QObject* parent = nullptr);
    ~RowsModel() override;

    void setShow(Show show);
    Show show() const { return m_show; }
    /// Brings the list up to date at once, as far as no worker is needed for it; a change of the session is followed a
    /// moment later by itself.
    void filter();
    /// A worker is looking for rows.
    bool isListing() const { return m_listing.isRunning(); }
    /// What data.max_length is, or would be.
    void setMaxLength(std::int64_t maxLength);
    /// The session's row in this line of the table, and back; -1: none.
    qint64 numberAt(int line) const;
    int lineOf(qint64 number) const;
    /// What is to say about a row: "cut, validation". Empty for a good one.
    QString note(qint64 number) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    /// What a worker found, and for what.
    struct Listed {
        RowList list;
        int change = 0;
        std::uint64_t generation = 0;
        bool whole = false; ///< all rows, not only what came since the last list
    };

    bool isToBeFiltered() const;
    RowPredicate wanted() const;
    void reset();
    void grow();
    void filterSoon();
    void startOver();
    void showAll();
    void listMatches();
    void list();
    void take(Listed listed);
    void show(std::vector<qint64> rows, bool whole);
    QVariant decoration(qint64 number) const;

    DataSession& m_session;
    Show m_show = Show::all;
    std::int64_t m_maxLength = 0;
    QString m_search; // the session's, as it was last followed
    int m_rows = 0; // of the table
    bool m_filtered = false;
    std::vector<qint64> m_numbers; // of the rows shown, when filtered
    int m_change = 0; // counts what makes a list of rows begin anew
    std::optional<int> m_shown; // the change that m_numbers belongs to
    std::uint64_t m_generation = 0; // of what the session knew then
    std::vector<RowsSeen> m_seen;
    QFutureWatcher<Listed> m_listing;
    std::shared_ptr<CancelFlag> m_cancel;
    bool m_again = false; // there is more to look at
    QTimer m_filterTimer;
};

} // namespace falconer::ui
