// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/recipe.h"
#include "ui/models/rows_model.h"
#include "ui/widgets/strip.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QVBoxLayout;

namespace falconer::ui {

class DataSession;

/// Something about the data that deserves a look, and what can be done about it.
struct DataFinding {
    enum class Action { none, readAgain, skipBadRows, stopAtBadRows, raiseMaxLength, chooseModel };

    Strip::Meaning meaning = Strip::Meaning::info;
    QString text;
    Action action = Action::none;
    std::int64_t maxLength = 0; ///< of raiseMaxLength
    std::optional<RowsModel::Show> show; ///< the rows it is about
};

/// What there is to say, most important first.
std::vector<DataFinding> dataFindings(const DataSession& session, const DataSettings& settings);

/// The findings as strips with their buttons; only the first, with how many more there are, unless all are wanted.
class DataFindings : public QWidget {
    Q_OBJECT

public:
    explicit DataFindings(QWidget* parent = nullptr);
    void setFindings(std::vector<DataFinding> findings);
    void setAll(bool all);
    const std::vector<DataFinding>& findings() const { return m_findings; }

Q_SIGNALS:
    void chosen(const falconer::ui::DataFinding& finding);
    void showRequested(falconer::ui::RowsModel::Show show);
    void allRequested();

private:
    void build();
    QWidget* stripFor(const DataFinding& finding, int more);

    QVBoxLayout* m_layout;
    std::vector<DataFinding> m_findings;
    bool m_all = false;
};

} // namespace falconer::ui
