// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe.h"
#include "core/data/row_lens.h"
#include "core/data/row_survey.h"
#include "ui/session/data_jobs.h"
#include "ui/session/data_session_filter.h"

#include <QCache>
#include <QElapsedTimer>
#include <QFutureWatcher>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace falconer::ui {

/// The recipe's data as the Data page shows it: rows by number, their texts on demand, their lengths and sides as they
/// become known. Everything that reads a file or runs a tokenizer happens in workers; a change of files, mapping or
/// model ends those that work for the old one.
class DataSession : public QObject {
    Q_OBJECT

public:
    explicit DataSession(QObject* parent = nullptr);
    ~DataSession() override;

    /// Shows the data of this recipe: what has changed since the last call is read anew.
    void show(const Recipe& recipe);
    /// Reads the files again.
    void reload();

    // Files and rows. Rows are numbered from 0 over all files: training files in order, then the validation file.
    const std::vector<DataFile>& files() const { return m_files; }
    qint64 rowCount() const { return m_rows; }
    qint64 trainingRows() const { return m_trainingRows; } ///< of them, those of the training files
    bool isReading() const { return m_scan != nullptr; } ///< rows may still be added
    double readShare() const; ///< 0..1
    /// Why a file cannot be read (any further).
    const std::vector<Fault>& faults() const { return m_faults; }
    /// Texts of a row; nullptr while they are fetched: cellsArrived() tells when to ask again.
    const RowCells* cells(qint64 row);
    /// A row that is broken or does not fit the format.
    bool isBad(qint64 row) const;
    qint64 badRows() const { return m_badRows; }
    const DataFile& fileOf(qint64 row) const { return m_files[placeOf(row).file]; }

    // Lengths and sides, with a model.
    bool hasModel() const { return !m_model.empty(); }
    bool isCounting() const { return m_survey != nullptr || m_tokenizerWatcher.isRunning(); }
    double countedShare() const;
    /// nullptr while it is not known yet.
    const SurveyedRow* facts(qint64 row) const;
    /// Over every row counted so far; never null.
    const std::shared_ptr<const LengthStats>& stats() const { return m_stats; }
    /// Everything but the rows; nullptr until all are counted.
    const SurveyReport* report() const { return m_report.get(); }
    qint64 repeats() const { return m_repeats; } ///< rows with the whole text of an earlier one, so far
    std::vector<qint64> repeatedRows() const; ///< the first of them, ascending; as many as anybody would look at
    qint64 longestRow() const; ///< -1: not known yet
    /// Held back for validation, by share or because it stands in the validation file.
    bool isHeld(qint64 row) const;
    bool sidesKnown() const { return m_sidesKnown; }
    qint64 heldRows() const { return m_heldRows; } ///< good ones
    /// All of this at once, for whoever goes through the rows in a worker.
    RowsKnown known() const;
    /// What keeps rows from being counted: no tokenizer, a template that there is not.
    const std::vector<Fault>& countFaults() const { return m_countFaults; }

    /// Looks for rows whose texts contain `text` (case ignored); empty ends the search.
    void search(const QString& text);
    const QString& searchText() const { return m_searchText; }
    bool isSearching() const { return m_search != nullptr; }
    const SharedList<qint64>& matches() const { return m_matches; } ///< in order, so far

    /// Puts a row under the microscope; looked() answers. -1: none.
    void look(qint64 row);
    const LookResult& lookResult() const { return m_look; }

Q_SIGNALS:
    void filesReset(); ///< other files, or read anew: nothing is known of any row
    void rowsAdded();
    void cellsArrived(qint64 first, qint64 count);
    void factsChanged(); ///< facts() or isHeld() of any row
    void statsChanged();
    void stateChanged(); ///< anything else
    void searchChanged();
    void looked();

private:
    struct Place {
        std::size_t file;
        std::size_t row;
    };
    Place placeOf(qint64 row) const;
    qint64 numberOf(const Place& place) const;
    void start();
    void startScan();
    void startTokenizer();
    void startSurvey();
    void startSides();
    void startSearch();
    void startLook();
    void fetch();
    void deliverCells();
    void deliverTokenizer();
    void deliverSides();
    void deliverLook();
    void drain();
    void handle(const ScanNews& news);
    void handle(const SurveyNews& news);
    void forgetCounts();

    DataSettings m_settings;
    std::uint64_t m_seed = 0;
    std::string m_model;
    bool m_shown = false;

    std::vector<DataFile> m_files;
    qint64 m_rows = 0;
    qint64 m_trainingRows = 0;
    qint64 m_badRows = 0;
    std::vector<Fault> m_faults;
    std::shared_ptr<ScanJob> m_scan;
    QElapsedTimer m_sinceRows; // since rowsAdded() was said last
    bool m_rowsUnsaid = false;

    QCache<quint64, std::vector<RowCells>> m_cells; // by file and block
    std::vector<quint64> m_wanted; // blocks to fetch, the latest last
    std::vector<quint64> m_fetching;
    QFutureWatcher<CellsResult> m_cellsWatcher;
    std::uint64_t m_generation = 0; // of the files: what was asked for older ones is dropped

    std::shared_ptr<const Tokenizer> m_tokenizer;
    QFutureWatcher<TokenizerResult> m_tokenizerWatcher;
    std::string m_tokenizerModel; // of m_tokenizer
    std::shared_ptr<SurveyJob> m_survey;
    std::shared_ptr<const LengthStats> m_stats = std::make_shared<LengthStats>();
    std::shared_ptr<const SurveyReport> m_report;
    std::vector<Fault> m_countFaults;
    SurveyPlace m_longest;
    std::shared_ptr<const std::vector<std::uint8_t>> m_held; // of training rows; nullptr: not known
    bool m_sidesKnown = false;
    qint64 m_heldRows = 0;
    qint64 m_repeats = 0;
    std::vector<Place> m_repeated; // the first of them
    std::uint64_t m_knownGeneration = 0; // of known()
    QFutureWatcher<SidesResult> m_sidesWatcher;
    std::uint64_t m_sidesGeneration = 0;

    QString m_searchText;
    std::shared_ptr<SearchJob> m_search;
    SharedList<qint64> m_matches;

    qint64 m_lookRow = -1;
    LookResult m_look;
    QFutureWatcher<LookResult> m_lookWatcher;
    bool m_lookAgain = false;

    QTimer m_timer;
};

} // namespace falconer::ui
