// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data_microscope.h"

#include "core/base/files.h"
#include "ui/session/data_session.h"
#include "ui/text/fault_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/token_legend.h"
#include "ui/widgets/token_view.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace falconer::ui {
namespace {

constexpr std::size_t kShownText = 20'000; // bytes of a row without tokens

} // namespace

DataMicroscope::DataMicroscope(DataSession& session, QWidget* parent)
    : Card(tr("Token microscope"), parent)
    , m_session(session)
    , m_row(new QSpinBox(this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
    , m_ids(new QCheckBox(tr("&Ids"), this))
    , m_blanks(new QCheckBox(tr("&Whitespace"), this))
    , m_legend(new TokenLegend(this))
    , m_current(new ElidedLabel(Qt::ElideMiddle, this))
    , m_message(new QLabel(this))
    , m_openFile(new QPushButton(icon(QStringLiteral("folder")), tr("Open file"), this))
    , m_view(new TokenView(this))
    , m_text(new QPlainTextEdit(this))
{
    buildHeading();
    const int u = unit(this);
    m_current->setFont(scaledFont(kCaptionSize));
    m_current->setProperty("quiet", true);
    m_current->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_current->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(m_view->font());
    m_text->setAccessibleName(tr("Text of the row"));
    m_text->setTabChangesFocus(true);
    m_view->setToolTip({});
    body()->setSpacing(u);
    body()->setContentsMargins(3 * u, 2 * u, 3 * u, 2 * u);
    auto* line = new QHBoxLayout;
    line->setSpacing(3 * u);
    line->addWidget(m_legend);
    line->addWidget(m_current, 1);
    body()->addLayout(line);
    auto* trouble = new QHBoxLayout;
    trouble->setSpacing(2 * u);
    trouble->addWidget(m_message, 1);
    trouble->addWidget(m_openFile, 0, Qt::AlignTop);
    body()->addLayout(trouble);
    body()->addWidget(m_view, 1);
    body()->addWidget(m_text, 1);
    connect(m_openFile, &QPushButton::clicked, this, &DataMicroscope::openFile);
    connect(m_view, &TokenView::currentChanged, this, &DataMicroscope::showCurrent);
    connect(&m_session, &DataSession::looked, this, &DataMicroscope::showLook);
    showLook();
}

void DataMicroscope::buildHeading()
{
    const auto button = [&](QToolButton* each, Qt::ArrowType arrow, const QString& help, int step) {
        each->setArrowType(arrow);
        each->setWhatsThis(help);
        each->setAccessibleName(help);
        each->setMinimumSize(7 * unit(this), 7 * unit(this));
        each->setFocusPolicy(Qt::StrongFocus);
        connect(each, &QToolButton::clicked, this, [this, step] { m_row->setValue(m_row->value() + step); });
    };
    button(m_previous, Qt::LeftArrow, tr("Previous row"), -1);
    button(m_next, Qt::RightArrow, tr("Next row"), 1);
    if (layoutDirection() == Qt::RightToLeft) {
        m_previous->setArrowType(Qt::RightArrow);
        m_next->setArrowType(Qt::LeftArrow);
    }
    m_row->setAccessibleName(tr("Row"));
    m_row->setWhatsThis(tr("The row under the microscope."));
    m_row->setKeyboardTracking(false);
    m_row->setRange(1, 1);
    connect(m_row, &QSpinBox::valueChanged, this, [this](int number) { Q_EMIT rowRequested(number - 1); });
    m_ids->setWhatsThis(tr("Shows the numbers that the model sees instead of text."));
    m_blanks->setWhatsThis(tr("Shows blanks as dots."));
    m_blanks->setChecked(true);
    connect(m_ids, &QCheckBox::toggled, m_view, &TokenView::setShowIds);
    connect(m_blanks, &QCheckBox::toggled, m_view, &TokenView::setShowBlanks);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_previous, m_row, m_next, m_ids, m_blanks})
        addToHeading(widget);
}

void DataMicroscope::refresh()
{
    const QSignalBlocker blocker(m_row);
    const int rows = static_cast<int>(std::min<qint64>(m_session.rowCount(), std::numeric_limits<int>::max()));
    m_row->setRange(1, std::max(1, rows));
    const bool any = rows > 0;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_previous, m_row, m_next, m_ids, m_blanks}) {
        widget->setEnabled(any);
        widget->setToolTip(any ? widget->whatsThis() : tr("There is no row yet"));
    }
    if (const std::string& where = m_session.lookResult().place; any && !where.empty())
        m_row->setToolTip(toQString(where));
    if (!m_session.lookResult().tokenized)
        showLook();
}

void DataMicroscope::setMaxLength(std::int64_t maxLength)
{
    m_view->setMaxLength(maxLength);
    refreshLegend();
    showCurrent();
}

QString DataMicroscope::message() const { return m_message->isHidden() ? QString() : m_message->text(); }

void DataMicroscope::showLook()
{
    const LookResult& look = m_session.lookResult();
    if (look.row >= 0) {
        const QSignalBlocker blocker(m_row);
        m_row->setValue(static_cast<int>(look.row) + 1);
        m_row->setToolTip(toQString(look.place));
    }
    m_view->setVisible(look.tokenized);
    m_legend->setVisible(look.tokenized);
    m_current->setVisible(look.tokenized);
    m_text->setVisible(!look.tokenized);
    QString message;
    if (look.tokenized && look.lens.tokens.size() > TokenView::kMostTokens)
        message = tr("The first %1 of %2 tokens are shown.")
                      .arg(countText(TokenView::kMostTokens), countText(static_cast<qint64>(look.lens.tokens.size())));
    else if (!look.tokenized && look.row < 0)
        message = tr("Select a row to see it as the model will.");
    else if (!look.tokenized && !look.faults.empty())
        message = describe(look.faults);
    else if (!look.tokenized && !m_session.hasModel())
        message = tr("Choose a model to see tokens.");
    else if (!look.tokenized && m_session.isCounting())
        message = tr("Reading the tokenizer");
    else if (!look.tokenized && !m_session.countFaults().empty())
        message = describe(m_session.countFaults());
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    const bool bad = look.row >= 0 && look.row < m_session.rowCount() && m_session.isBad(look.row);
    m_openFile->setVisible(bad);
    if (bad)
        m_openFile->setToolTip(
            tr("Opens %1 in the desktop's program for such files").arg(toQString(m_session.fileOf(look.row).path)));
    if (look.tokenized) {
        m_view->setRow(look.lens);
        refreshLegend();
        return;
    }
    const QString text = toQString(std::string_view(look.lens.text).substr(0, kShownText));
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
}

void DataMicroscope::openFile()
{
    const qint64 row = m_session.lookResult().row;
    if (row < 0 || row >= m_session.rowCount())
        return;
    const std::filesystem::path file = expandPath(m_session.fileOf(row).path);
    QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(file.string())));
}

void DataMicroscope::refreshLegend()
{
    const TokenView::Counts counts = m_view->counts();
    m_legend->setCounts(counts.masked, counts.learned, counts.cut);
}

void DataMicroscope::showCurrent() { m_current->setFullText(m_view->currentText()); }

} // namespace falconer::ui
