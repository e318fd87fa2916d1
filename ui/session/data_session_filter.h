// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/data/row_survey.h"
#include "ui/session/data_session_list.h"

#include <QtGlobal>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace falconer::ui {

/// What a DataSession knows of its rows at one moment. It can be taken to a worker: nothing in it is copied or changes.
struct RowsKnown {
    struct File {
        bool validation = false;
        SharedList<std::uint8_t> bad; ///< of each row, 1 where it cannot be used
        SharedList<SurveyedRow> facts; ///< of each row, as far as they were counted
    };
    std::uint64_t generation = 0; ///< with another one, what was known of a row may have become otherwise
    std::vector<File> files;
    std::shared_ptr<const std::vector<std::uint8_t>> held; ///< of training rows; nullptr: sides are not known
};

/// A row as a filter sees it.
struct KnownRow {
    qint64 number = 0;
    bool bad = false;
    bool held = false; ///< also false while sides are not known
    const SurveyedRow* facts = nullptr; ///< nullptr: not counted yet
};
using RowPredicate = std::function<bool(const KnownRow& row)>;

/// How far a list has come in one file.
struct RowsSeen {
    std::size_t rows = 0;
    std::size_t facts = 0;
};

/// Rows that were found, and how far the search for them went.
struct RowList {
    std::vector<qint64> rows; ///< ascending
    std::vector<RowsSeen> seen; ///< of each file
};

/// The rows that `wanted` wants among those that have been added or counted since `seen`; what it wanted without facts
/// it is taken to want with them. `seen` empty: all rows. A raised flag ends it early, with part of the rows.
RowList listRows(
    const RowsKnown& known, std::vector<RowsSeen> seen, const RowPredicate& wanted, const CancelFlag& cancel);

/// How many rows listRows() would look at.
std::size_t rowsToSee(const RowsKnown& known, const std::vector<RowsSeen>& seen);

/// The rows that are in both; ascending.
std::vector<qint64> inBoth(const std::vector<qint64>& rows, const SharedList<qint64>& others);

/// Which training rows are held back for validation.
struct SidesResult {
    std::uint64_t generation = 0;
    std::shared_ptr<const std::vector<std::uint8_t>> held; ///< of each training row; bad ones have no side
    qint64 heldRows = 0; ///< good ones, those of a validation file included
};
SidesResult chooseSides(const RowsKnown& known, const SurveyReport& report, double share, std::uint64_t seed);

} // namespace falconer::ui
