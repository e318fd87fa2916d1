// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data_findings.h"

#include "ui/session/data_session.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"

#include <QApplication>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace falconer::ui {
namespace {

struct FindingText {
    Q_DECLARE_TR_FUNCTIONS(FindingText)
};

using Action = DataFinding::Action;
using Meaning = Strip::Meaning;
using Show = RowsModel::Show;

int asInt(qint64 count) { return static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max())); }

bool isRequestToGo(const DataFinding& a, const DataFinding& b) { return a.meaning > b.meaning; }

/// But for what is counted.
bool isAlike(const DataFinding& a, const DataFinding& b)
{
    return a.meaning == b.meaning && a.heading == b.heading && a.action == b.action && a.show == b.show;
}

struct ActionText {
    QString label;
    QString help;
};

ActionText actionOf(const DataFinding& finding)
{
    switch (finding.action) {
    case Action::none: break;
    case Action::readAgain: return {DataFindings::tr("Read again"), DataFindings::tr("Reads the files once more.")};
    case Action::skipBadRows: return {DataFindings::tr("Skip bad rows"), DataFindings::tr("Sets on_bad_row to skip.")};
    case Action::stopAtBadRows:
        return {DataFindings::tr("Stop at bad rows"), DataFindings::tr("Sets on_bad_row to stop.")};
    case Action::raiseMaxLength:
        return {DataFindings::tr("Use %1").arg(countText(finding.maxLength)), DataFindings::tr("Sets max_length.")};
    case Action::chooseModel: return {DataFindings::tr("Choose a model"), DataFindings::tr("Shows the Model page.")};
    case Action::nextRow: return {DataFindings::tr("Show"), DataFindings::tr("Goes to the next of these rows.")};
    }
    return {};
}

void addBadRows(std::vector<DataFinding>& findings, const DataSession& session, const DataSettings& settings)
{
    const qint64 bad = session.report() ? session.report()->report.badRows : session.badRows();
    if (bad == 0)
        return;
    const bool skip = settings.onBadRow == "skip";
    QString text = skip ? FindingText::tr("%n row(s) cannot be used and will be skipped.", nullptr, asInt(bad))
                        : FindingText::tr("%n row(s) cannot be used, so training would stop.", nullptr, asInt(bad));
    if (session.report() && !session.report()->problems.empty())
        text += QLatin1Char(' ') + FindingText::tr("The first: %1").arg(describe(session.report()->problems.front()));
    findings.push_back({skip ? Meaning::info : Meaning::error, FindingText::tr("Bad rows"), text,
        skip ? Action::stopAtBadRows : Action::skipBadRows, 0, Show::problems});
}

void addMaskedRows(std::vector<DataFinding>& findings, const LengthStats& stats, std::int64_t maxLength)
{
    const qint64 masked = stats.maskedAt(maxLength);
    if (masked == 0)
        return;
    QString text = FindingText::tr(
        "Every token of %n row(s) is masked, so nothing can be learned there; training leaves them out.", nullptr,
        asInt(masked));
    const bool canRaise = stats.rescue() > maxLength;
    if (canRaise)
        text += QLatin1Char(' ')
            + FindingText::tr("Raise max_length to %1 to keep what can be kept.").arg(countText(stats.rescue()));
    findings.push_back({Meaning::warn, FindingText::tr("Masked rows"), text,
        canRaise ? Action::raiseMaxLength : Action::none, stats.rescue(), Show::problems});
}

void addRepeatedRows(std::vector<DataFinding>& findings, const DataSession& session)
{
    constexpr std::size_t kNamed = 5;
    const std::vector<qint64> rows = session.repeatedRows();
    if (rows.empty())
        return;
    QStringList numbers;
    for (std::size_t i = 0; i < rows.size() && i < kNamed; ++i)
        numbers << countText(rows[i] + 1);
    QString named = numbers.join(QStringLiteral(", "));
    if (session.repeats() > static_cast<qint64>(kNamed))
        named += QStringLiteral(", …");
    findings.push_back({Meaning::info, FindingText::tr("Repeated rows"),
        FindingText::tr("%n row(s) repeat an earlier row word for word: %1", nullptr, asInt(session.repeats()))
            .arg(named),
        Action::nextRow, 0, {}, rows});
}

void addReported(std::vector<DataFinding>& findings, const DataSession& session)
{
    const DatasetReport& report = session.report()->report;
    if (report.overlap > 0)
        findings.push_back({Meaning::warn, FindingText::tr("Validation is not apart"),
            FindingText::tr("%n training row(s) share a prompt or the whole text with the validation file, so the "
                            "validation loss will look better than it is.",
                nullptr, asInt(report.overlap)),
            Action::none, 0, Show::problems});
    for (const std::string& warning : report.warnings)
        findings.push_back(
            {Meaning::warn, FindingText::tr("How rows are read"), toQString(warning), Action::none, 0, {}});
    addRepeatedRows(findings, session);
}

} // namespace

std::vector<DataFinding> dataFindings(const DataSession& session, const DataSettings& settings)
{
    std::vector<DataFinding> findings;
    for (const Fault& fault : session.faults())
        findings.push_back({Meaning::error, heading(fault.code), describe(fault), Action::readAgain, 0, {}});
    bool unrecognised = false;
    for (const DataFile& file : session.files())
        if (file.unrecognised) {
            findings.push_back({Meaning::error, FindingText::tr("Columns not recognised"), describe(*file.unrecognised),
                Action::none, 0, {}});
            unrecognised = true;
        }
    if (!unrecognised) {
        addBadRows(findings, session, settings);
        addMaskedRows(findings, *session.stats(), settings.maxLength);
    }
    for (const Fault& fault : session.countFaults()) {
        // A file that cannot be read fails twice; it is said once.
        const bool said
            = std::ranges::any_of(findings, [&](const DataFinding& f) { return f.text == describe(fault); });
        if (!said && !(unrecognised && fault.code == ErrorCode::dataInvalid))
            findings.push_back({Meaning::error, heading(fault.code), describe(fault), Action::none, 0, {}});
    }
    if (session.report() && !unrecognised)
        addReported(findings, session);
    const auto* share = std::get_if<double>(&settings.validation);
    if (share && *share == 0 && session.rowCount() > 0)
        findings.push_back({Meaning::info, FindingText::tr("No validation"),
            FindingText::tr("No row is held back for validation, so nothing can warn of overfitting."), Action::none, 0,
            {}});
    if (!session.hasModel() && session.rowCount() > 0)
        findings.push_back({Meaning::info, FindingText::tr("No model yet"),
            FindingText::tr("Choose a model to see tokens and lengths."), Action::chooseModel, 0, {}});
    std::stable_sort(findings.begin(), findings.end(), isRequestToGo);
    return findings;
}

DataFindings::DataFindings(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(0);
    hide();
}

void DataFindings::setFindings(std::vector<DataFinding> findings)
{
    if (m_findings == findings)
        return;
    const bool alike = std::ranges::equal(m_findings, findings, isAlike);
    m_findings = std::move(findings);
    if (alike) {
        // Only numbers have moved: nothing is built, and announced, anew.
        for (const Shown& shown : m_strips) {
            const DataFinding& finding = m_findings[shown.finding];
            shown.strip->set(finding.meaning, finding.heading, finding.text);
            if (shown.act)
                shown.act->setText(actionOf(finding).label);
        }
        return;
    }
    m_first = 0;
    build();
}

void DataFindings::setAll(bool all)
{
    if (m_all == all)
        return;
    m_all = all;
    build();
}

void DataFindings::goTo(int finding)
{
    if (finding < 0 || finding >= static_cast<int>(m_findings.size()))
        return;
    m_first = static_cast<std::size_t>(finding);
    if (!m_all)
        build();
    focusStrip(m_all ? m_first : 0);
}

void DataFindings::build()
{
    const int focused = focusedStrip();
    m_strips.clear();
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // a button's own click may have led here
        delete item;
    }
    if (!m_all && !m_findings.empty())
        addStrip(m_first, static_cast<int>(m_findings.size()) - 1);
    for (std::size_t i = 0; m_all && i < m_findings.size(); ++i)
        addStrip(i, 0);
    setVisible(!m_strips.empty());
    if (focused >= 0 && !m_strips.empty())
        focusStrip(std::min(static_cast<std::size_t>(focused), m_strips.size() - 1));
}

int DataFindings::focusedStrip() const
{
    const QWidget* focus = QApplication::focusWidget();
    for (std::size_t i = 0; focus && i < m_strips.size(); ++i)
        if (m_strips[i].strip == focus || m_strips[i].strip->isAncestorOf(focus))
            return static_cast<int>(i);
    return -1;
}

void DataFindings::focusStrip(std::size_t strip)
{
    QWidget* button = m_strips[strip].strip->findChild<QPushButton*>();
    (button ? button : m_strips[strip].strip)->setFocus(Qt::ShortcutFocusReason);
}

void DataFindings::addStrip(std::size_t index, int more)
{
    const DataFinding& finding = m_findings[index];
    auto* strip = new Strip(this);
    strip->setObjectName(QStringLiteral("finding"));
    m_layout->addWidget(strip);
    QList<QPushButton*> buttons;
    const auto add = [&](const ActionText& text, auto slot) {
        QPushButton* button = strip->addAction(text.label);
        button->setAccessibleDescription(text.help);
        button->setToolTip(text.help);
        connect(button, &QPushButton::clicked, this, slot);
        buttons << button;
        return button;
    };
    QPushButton* act = nullptr;
    if (finding.action != Action::none)
        act = add(actionOf(finding), [this, index] { Q_EMIT chosen(DataFinding(m_findings[index])); });
    if (finding.show)
        add({tr("Show"), tr("Lists these rows.")}, [this, show = *finding.show] { Q_EMIT showRequested(show); });
    if (more > 0)
        add({tr("%n more", nullptr, more), tr("Lists all findings.")}, [this] { Q_EMIT allRequested(); });
    strip->showActions(buttons);
    if (buttons.isEmpty())
        strip->setFocusPolicy(Qt::ClickFocus); // F8 comes here, Tab passes by
    strip->set(finding.meaning, finding.heading, finding.text);
    m_strips.push_back({index, strip, act});
}

} // namespace falconer::ui
