// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings_folder_row.h"

#include "ui/pages/file_dialogs.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/widgets/fault_label.h"
#include "ui/widgets/path_field.h"

#include <QDir>
#include <QGridLayout>
#include <QPushButton>

namespace falconer::ui {

SettingsFolderRow::SettingsFolderRow(const QString& name, const QString& help, const QString& fallback, QWidget* parent)
    : QWidget(parent)
    , m_field(new PathField(this))
    , m_fault(new FaultLabel(this))
{
    m_field->setPlaceholderText(QDir::toNativeSeparators(fallback));
    m_field->setAccessibleName(name);
    m_field->setAccessibleDescription(help);
    m_field->setToolTip(help);
    m_field->setWhatsThis(help);
    auto* browse = new QPushButton(icon(QStringLiteral("folder")), tr("Browse…"), this);
    browse->setAccessibleName(tr("Browse for: %1").arg(name));
    browse->setToolTip(tr("Choose the folder in a dialog"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->addWidget(m_field, 0, 0);
    grid->addWidget(browse, 0, 1);
    grid->addWidget(m_fault, 1, 0, 1, 2);
    setFocusProxy(m_field);
    connect(m_field, &QLineEdit::editingFinished, this, &SettingsFolderRow::apply);
    connect(browse, &QPushButton::clicked, this, [this] {
        askForFolder(
            this, tr("Choose a folder"),
            [this](const QString& folder) {
                m_field->setText(QDir::toNativeSeparators(folder));
                apply();
            },
            m_field->text());
    });
}

void SettingsFolderRow::follow(const QString& folder)
{
    const bool typing = m_field->text() != m_shown;
    m_shown = QDir::toNativeSeparators(folder);
    if (!typing)
        m_field->setText(m_shown);
}

void SettingsFolderRow::apply()
{
    // A field that only lost the focus must not bring an old folder back.
    if (m_field->text() == m_shown) {
        m_fault->setFault({});
        return;
    }
    const QString typed = m_field->text().trimmed();
    const QString path = typed.isEmpty() ? QString() : QDir::cleanPath(typed);
    if (!path.isEmpty() && !QDir::isAbsolutePath(path)) {
        m_fault->setFault(tr("%1 is no full path. The old folder stays in force.").arg(path));
        return;
    }
    m_fault->setFault({});
    m_shown = m_field->text();
    Q_EMIT chosen(path);
}

} // namespace falconer::ui
