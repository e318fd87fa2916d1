// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/playground_template.h"

#include "ui/session/run_adapters.h"
#include "ui/theme/style.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QVBoxLayout>

namespace falconer::ui {
namespace {

struct PlaygroundTemplate {
    Q_DECLARE_TR_FUNCTIONS(PlaygroundTemplate)
};

QPlainTextEdit* makeText(const QString& text, const QString& name, QWidget* parent)
{
    auto* view = new QPlainTextEdit(text, parent);
    view->setReadOnly(true);
    view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    view->setTabChangesFocus(true);
    view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    view->setAccessibleName(name);
    return view;
}

} // namespace

QDialog* showPlaygroundTemplate(
    const RunAdapters* run, bool chat, const QString& basePrompt, const QString& tunedPrompt, QWidget* parent)
{
    auto* dialog = new QDialog(parent);
    dialog->setObjectName(QStringLiteral("templateDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(PlaygroundTemplate::tr("What the model reads"));
    const int u = unit(dialog);
    auto* note = new QLabel(dialog);
    note->setWordWrap(true);
    note->setTextFormat(Qt::PlainText);
    note->setText(!run ? PlaygroundTemplate::tr("Choose a run first.")
            : chat     ? PlaygroundTemplate::tr("The conversation is rendered by %1.").arg(run->templateName)
            : run->hasTemplate
            ? PlaygroundTemplate::tr("Plain text: prompts are continued as they stand, without the template.")
            : PlaygroundTemplate::tr("The model has no chat template: prompts are continued as they stand."));
    auto* tabs = new QTabWidget(dialog);
    const auto add = [&](const QString& text, const QString& title) {
        if (!text.isEmpty())
            tabs->addTab(makeText(text, title, tabs), title);
    };
    add(basePrompt, PlaygroundTemplate::tr("Last prompt, base"));
    add(tunedPrompt, PlaygroundTemplate::tr("Last prompt, tuned"));
    add(run ? run->templateSource : QString(), PlaygroundTemplate::tr("Template"));
    tabs->setVisible(tabs->count() > 0);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(4 * u, 4 * u, 4 * u, 4 * u);
    layout->setSpacing(3 * u);
    layout->addWidget(note);
    layout->addWidget(tabs, 1);
    layout->addWidget(buttons);
    dialog->resize(160 * u, tabs->count() > 0 ? 110 * u : 0);
    dialog->open();
    return dialog;
}

} // namespace falconer::ui
