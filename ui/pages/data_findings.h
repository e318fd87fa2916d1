// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe.h"
#include "ui/models/rows_model.h"
#include "ui/widgets/strip.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QPushButton;
class QVBoxLayout;

namespace falconer::ui {

class DataSession;

/// Something about the data that deserves a look, and what can be done about it.
struct DataFinding {
    enum class Action { none, readAgain, skipBadRows, stopAtBadRows, raiseMaxLength, chooseModel, nextRow };

    Strip::Meaning meaning = Strip::Meaning::info;
    QString heading;
    QString text;
    Action action = Action::none;
    std::int64_t maxLength = 0; ///< of raiseMaxLength
    std::optional<RowsModel::Show> show; ///< the rows it is about, as the table lists them
    std::vector<qint64> rows = {}; ///< of nextRow: those that one goes through
    bool operator==(const DataFinding&) const = default;
};

/// What there is to say, most important first.
std::vector<DataFinding> dataFindings(const DataSession& session, const DataSettings& settings);

/// The findings as strips with their buttons; only one, with how many more there are, unless all are wanted. At first
/// it is the most important one.
class DataFindings : public QWidget {
    Q_OBJECT

public:
    explicit DataFindings(QWidget* parent = nullptr);
    void setFindings(std::vector<DataFinding> findings);
    void setAll(bool all);
    const std::vector<DataFinding>& findings() const { return m_findings; }
    /// Shows this one and gives it the focus.
    void goTo(int finding);

Q_SIGNALS:
    void chosen(const falconer::ui::DataFinding& finding);
    void showRequested(falconer::ui::RowsModel::Show show);
    void allRequested();

private:
    void build();
    void addStrip(std::size_t finding, int more);
    /// The strip that has the focus; -1: none.
    int focusedStrip() const;
    void focusStrip(std::size_t strip);

    struct Shown {
        std::size_t finding;
        Strip* strip;
        QPushButton* act; ///< does what the finding's action says; nullptr: there is none
    };
    QVBoxLayout* m_layout;
    std::vector<Shown> m_strips;
    std::vector<DataFinding> m_findings;
    bool m_all = false;
    std::size_t m_first = 0; ///< the one that is shown, unless all are
};

} // namespace falconer::ui
