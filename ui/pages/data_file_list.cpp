// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data_file_list.h"

#include "ui/session/data_session.h"
#include "ui/session/workspace.h"
#include "ui/text/fault_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/number_spin.h"
#include "ui/widgets/text_labels.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace falconer::ui {
namespace {

constexpr double kLeastWeight = 0.01;
constexpr double kMostWeight = 1000; // core's own limit

} // namespace

DataFileList::DataFileList(Workspace& workspace, DataSession& session, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_session(session)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(unit(this));
    hide();
}

void DataFileList::refresh()
{
    std::vector<std::string> files;
    for (const DataFile& file : m_session.files())
        if (!file.validation)
            files.push_back(file.path);
    if (files != m_files) {
        m_files = std::move(files);
        build();
    }
    setVisible(m_lines.size() > 1);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const DataFile& file = m_session.files()[i];
        const QSignalBlocker blocker(m_lines[i].weight);
        m_lines[i].weight->setValue(file.weight);
        m_lines[i].name->setFullText(
            tr("%1 · %n row(s)", nullptr, static_cast<int>(file.bad.size())).arg(toQString(file.path)));
    }
}

void DataFileList::build()
{
    for (const Line& line : std::exchange(m_lines, {})) {
        line.row->hide();
        line.row->deleteLater(); // its own button may have led here
    }
    for (std::size_t i = 0; i < m_files.size(); ++i)
        add(i);
}

void DataFileList::add(std::size_t file)
{
    const int u = unit(this);
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(2 * u);
    auto* name = new ElidedLabel(Qt::ElideMiddle, row);
    name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto* weight = new NumberSpin(row);
    weight->setRange(kLeastWeight, kMostWeight);
    weight->setDecimals(2);
    weight->setSingleStep(0.25);
    weight->setPrefix(tr("weight "));
    weight->setKeyboardTracking(false);
    weight->setAccessibleName(tr("Weight of %1").arg(toQString(m_files[file])));
    weight->setToolTip(tr("How often an epoch goes through the rows of this file."));
    weight->setWhatsThis(weight->toolTip());
    auto* remove = new QToolButton(row);
    remove->setIcon(icon(QStringLiteral("close")));
    remove->setMinimumSize(6 * u, 6 * u);
    remove->setFocusPolicy(Qt::StrongFocus);
    remove->setToolTip(tr("Leave this file out"));
    remove->setAccessibleName(tr("Leave out %1").arg(toQString(m_files[file])));
    layout->addWidget(name, 1);
    layout->addWidget(weight);
    layout->addWidget(remove);
    static_cast<QVBoxLayout*>(this->layout())->addWidget(row);
    m_lines.push_back({row, name, weight});
    connect(weight, &QDoubleSpinBox::valueChanged, this, [this, file](double value) {
        m_workspace.draft().edit({"data.train"}, tr("Weight"), [&](Recipe& recipe) {
            if (file < recipe.data.train.size())
                recipe.data.train[file].weight = value;
        });
    });
    connect(remove, &QToolButton::clicked, this, [this, file] {
        m_workspace.draft().edit({"data.train"}, tr("Remove file"), [&](Recipe& recipe) {
            if (file < recipe.data.train.size())
                recipe.data.train.erase(recipe.data.train.begin() + static_cast<std::ptrdiff_t>(file));
        });
    });
}

} // namespace falconer::ui
