// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data_findings.h"

#include "ui/session/data_session.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text_labels.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

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
    findings.push_back({skip ? Meaning::info : Meaning::error, text, skip ? Action::stopAtBadRows : Action::skipBadRows,
        0, Show::problems});
}

void addMaskedRows(std::vector<DataFinding>& findings, const LengthStats& stats, std::int64_t maxLength)
{
    const qint64 masked = stats.maskedAt(maxLength);
    if (masked == 0)
        return;
    QString text = FindingText::tr(
        "Every token of %n row(s) is masked, so nothing is learned from there.", nullptr, asInt(masked));
    const bool canRaise = stats.rescue() > maxLength;
    if (canRaise)
        text += QLatin1Char(' ')
            + FindingText::tr("Raise max_length to %1 or drop them.").arg(countText(stats.rescue()));
    findings.push_back(
        {Meaning::warn, text, canRaise ? Action::raiseMaxLength : Action::none, stats.rescue(), Show::problems});
}

} // namespace

std::vector<DataFinding> dataFindings(const DataSession& session, const DataSettings& settings)
{
    std::vector<DataFinding> findings;
    for (const Fault& fault : session.faults())
        findings.push_back({Meaning::error, describe(fault), Action::readAgain, 0, {}});
    bool unrecognised = false;
    for (const DataFile& file : session.files())
        if (file.unrecognised) {
            findings.push_back({Meaning::error, describe(*file.unrecognised), Action::none, 0, {}});
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
            findings.push_back({Meaning::error, describe(fault), Action::none, 0, {}});
    }
    if (const SurveyReport* report = session.report(); report && !unrecognised) {
        if (const auto overlap = report->report.overlap; overlap > 0)
            findings.push_back({Meaning::warn,
                FindingText::tr("%n training row(s) share a prompt or the whole text with the validation file, so the "
                                "validation loss will look better than it is.",
                    nullptr, asInt(overlap)),
                Action::none, 0, Show::problems});
        for (const std::string& warning : report->report.warnings)
            findings.push_back({Meaning::warn, toQString(warning), Action::none, 0, {}});
        if (session.repeats() > 0)
            findings.push_back({Meaning::info,
                FindingText::tr("%n row(s) repeat an earlier row word for word.", nullptr, asInt(session.repeats())),
                Action::none, 0, {}});
    }
    const auto* share = std::get_if<double>(&settings.validation);
    if (share && *share == 0 && session.rowCount() > 0)
        findings.push_back(
            {Meaning::info, FindingText::tr("No row is held back for validation, so nothing can warn of overfitting."),
                Action::none, 0, {}});
    if (!session.hasModel() && session.rowCount() > 0)
        findings.push_back(
            {Meaning::info, FindingText::tr("Choose a model to see tokens and lengths."), Action::chooseModel, 0, {}});
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
    const auto same = [](const DataFinding& a, const DataFinding& b) {
        return a.meaning == b.meaning && a.text == b.text && a.action == b.action && a.show == b.show;
    };
    if (std::ranges::equal(m_findings, findings, same))
        return;
    m_findings = std::move(findings);
    build();
}

void DataFindings::setAll(bool all)
{
    if (m_all == all)
        return;
    m_all = all;
    build();
}

void DataFindings::build()
{
    const bool hadFocus = focusWidget() && focusWidget()->hasFocus();
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // a button's own click may have led here
        delete item;
    }
    const std::size_t shown = m_all ? m_findings.size() : std::min<std::size_t>(m_findings.size(), 1);
    for (std::size_t i = 0; i < shown; ++i)
        m_layout->addWidget(stripFor(m_findings[i], static_cast<int>(m_findings.size() - shown)));
    setVisible(shown > 0);
    if (hadFocus && shown > 0)
        if (auto* button = m_layout->itemAt(0)->widget()->findChild<QPushButton*>())
            button->setFocus();
}

QWidget* DataFindings::stripFor(const DataFinding& finding, int more)
{
    static constexpr const char* kLooks[] = {"info", "ok", "warn", "error"};
    const int u = unit(this);
    auto* strip = new QFrame(this);
    strip->setProperty("strip", QString::fromLatin1(kLooks[static_cast<int>(finding.meaning)]));
    strip->setObjectName(QStringLiteral("finding"));
    const Token token = finding.meaning == Meaning::error ? Token::error
        : finding.meaning == Meaning::warn                ? Token::warn
                                                          : Token::link;
    auto* text = new QLabel(finding.text, strip);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setFont(scaledFont(kCaptionSize));
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QHBoxLayout(strip);
    layout->setContentsMargins(3 * u, u, 2 * u, u);
    layout->setSpacing(2 * u);
    layout->addWidget(new IconLabel(
        finding.meaning == Meaning::info ? QStringLiteral("info") : QStringLiteral("alert"), token, strip));
    layout->addWidget(text, 1);
    const auto add = [&](const QString& label, const QString& help, auto slot) {
        auto* button = new QPushButton(label, strip);
        button->setAccessibleDescription(help);
        button->setToolTip(help);
        connect(button, &QPushButton::clicked, this, slot);
        layout->addWidget(button);
    };
    const auto choose = [this, finding] { Q_EMIT chosen(finding); };
    switch (finding.action) {
    case Action::none: break;
    case Action::readAgain: add(tr("Read again"), tr("Reads the files once more."), choose); break;
    case Action::skipBadRows: add(tr("Skip bad rows"), tr("Sets on_bad_row to skip."), choose); break;
    case Action::stopAtBadRows: add(tr("Stop at bad rows"), tr("Sets on_bad_row to stop."), choose); break;
    case Action::raiseMaxLength:
        add(tr("Use %1").arg(countText(finding.maxLength)), tr("Sets max_length."), choose);
        break;
    case Action::chooseModel: add(tr("Choose a model"), tr("Shows the Model page."), choose); break;
    }
    if (finding.show)
        add(tr("Show"), tr("Lists these rows."), [this, show = *finding.show] { Q_EMIT showRequested(show); });
    if (more > 0)
        add(tr("%n more", nullptr, more), finding.text, [this] { Q_EMIT allRequested(); });
    return strip;
}

} // namespace falconer::ui
