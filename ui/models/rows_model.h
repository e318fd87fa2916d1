// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QTimer>

#include <cstdint>
#include <vector>

namespace falconer {
struct SurveyedRow;
}

namespace falconer::ui {

class DataSession;

/// The rows of a DataSession, or those of a kind. It holds no text: what the view asks for is fetched and appears a
/// moment later, so that millions of rows cost no more than a screenful.
class RowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { rowColumn, promptColumn, completionColumn, tokensColumn, noteColumn, columns };
    enum class Show { all, validation, cut, problems };
    enum Role { NumberRole = Qt::UserRole }; ///< the session's number of the row

    explicit RowsModel(DataSession& session, QObject* parent = nullptr);

    void setShow(Show show);
    Show show() const { return m_show; }
    /// Lists anew at once what is asked for; a change of the session is followed a moment later by itself.
    void filter();
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
    bool isToBeFiltered() const;
    bool isWanted(qint64 row, bool bad, const SurveyedRow* facts) const;
    void reset();
    void grow();
    void filterSoon();
    QVariant decoration(qint64 number) const;

    DataSession& m_session;
    Show m_show = Show::all;
    std::int64_t m_maxLength = 0;
    int m_rows = 0; // of the table
    bool m_filtered = false;
    std::vector<qint64> m_numbers; // of the rows shown, when filtered
    QTimer m_filterTimer;
};

} // namespace falconer::ui
