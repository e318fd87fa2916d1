// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/recipe_help_card.h"

#include "core/config/fields.h"
#include "ui/session/recipe_draft.h"
#include "ui/text/fault_text.h"
#include "ui/text/field_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/style.h"
#include "ui/widgets/text_labels.h"

#include <QLabel>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace falconer::ui {
namespace {

/// "one|other": any of these phrases, as they stand.
QString anyOf(const QString& phrases)
{
    QStringList escaped;
    for (const QString& phrase : phrases.split(QLatin1Char('|')))
        escaped << QRegularExpression::escape(phrase);
    return QStringLiteral("(%1)\\b").arg(escaped.join(QLatin1Char('|')));
}

/// A paragraph a sentence, with what people look for ("Too high", "typical") standing out.
QString asHtml(const QString& help)
{
    constexpr auto kUnicode = QRegularExpression::UseUnicodePropertiesOption;
    static const QRegularExpression kSentenceEnd(QStringLiteral("(?<=[.])\\s+(?=\\p{Lu})"));
    const QRegularExpression lead(QLatin1Char('^')
            + anyOf(RecipeHelpCard::tr("Too high|Too low|Too many|Too seldom|Higher|Lower|Without effect",
                "phrases that stand out where a sentence of the help begins with them")),
        kUnicode);
    const QRegularExpression typical(QStringLiteral("\\b")
            + anyOf(RecipeHelpCard::tr(
                "are typical|is typical|typical|the usual choice", "phrases that stand out anywhere in the help")),
        kUnicode);
    QString html;
    for (const QString& sentence : help.split(kSentenceEnd)) {
        QString text = sentence.toHtmlEscaped();
        text.replace(lead, QStringLiteral("<b>\\1</b>"));
        text.replace(typical, QStringLiteral("<b>\\1</b>"));
        html += QStringLiteral("<p style=\"margin-top:0; margin-bottom:4px\">%1</p>").arg(text);
    }
    return html;
}

} // namespace

RecipeHelpCard::RecipeHelpCard(RecipeDraft& draft, QWidget* parent)
    : Card(tr("Help"), parent)
    , m_draft(draft)
    , m_text(new QLabel(this))
    , m_facts(makeCaption({}, this))
    , m_reset(new QLabel(this))
{
    setObjectName(QStringLiteral("helpCard"));
    addToHeading(makeCaption(tr("F1"), this));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    m_text->setFont(scaledFont(kCaptionSize));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFocusPolicy(Qt::ClickFocus); // Tab goes from field to field; F1 comes here
    setFocusProxy(m_text);
    m_facts->setWordWrap(true);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_reset->setFont(scaledFont(kCaptionSize));
    m_reset->setWordWrap(true);
    m_reset->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_reset->setObjectName(QStringLiteral("resetLink"));
    body()->addWidget(m_text);
    body()->addWidget(m_facts);
    body()->addWidget(m_reset);
    body()->addStretch(1);
    connect(m_reset, &QLabel::linkActivated, this, [this] { m_draft.reset(m_key); });
    connect(&m_draft, &RecipeDraft::changed, this, &RecipeHelpCard::refresh);
    show({});
}

void RecipeHelpCard::show(const std::string& key)
{
    m_key = key;
    refresh();
}

void RecipeHelpCard::refresh()
{
    const FieldInfo* field = findField(m_key);
    m_facts->setVisible(field);
    m_reset->setVisible(field && m_draft.isChanged(m_key));
    if (!field) {
        setHeading(tr("Help"));
        m_text->setText(
            tr("Choose a setting to read what it does, what is typical, and what happens when it is too high."));
        return;
    }
    setHeading(fieldLabel(m_key));
    m_text->setText(asHtml(fieldHelp(m_key)));
    QStringList facts{toQString(m_key)};
    facts << (field->defaultValue == "null" ? tr("Not set by default")
                                            : tr("Default: %1").arg(toQString(field->defaultValue)));
    // Bounds that nobody reaches only say that there must be some.
    constexpr double kBeyondReach = 1e5;
    if (field->minimum && field->maximum && *field->maximum < kBeyondReach)
        facts << tr("From %1 to %2").arg(recipeNumber(*field->minimum), recipeNumber(*field->maximum));
    else if (field->minimum && *field->minimum > 0)
        facts << tr("At least %1").arg(recipeNumber(*field->minimum));
    m_facts->setText(facts.join(QLatin1Char('\n')));
    const QString was = toQString(m_draft.originalValue(m_key));
    const QString words = was == QLatin1String("null") ? tr("Reset to not set") : tr("Reset to %1").arg(was);
    m_reset->setText(QStringLiteral("<a href=\"reset\">%1</a>").arg(words.toHtmlEscaped()));
}

} // namespace falconer::ui
