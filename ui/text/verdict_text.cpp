// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/verdict_text.h"

#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace falconer::ui {
namespace {

struct VerdictText {
    Q_DECLARE_TR_FUNCTIONS(VerdictText)
};

/// A change smaller than this is none.
constexpr double kNothing = 0.0005;

/// 0.028 -> "2.8 %"
QString percent(double share) { return VerdictText::tr("%1 %").arg(std::abs(share) * 100, 0, 'f', 1); }

QString trainingMeanwhile(const SentinelEvidence& evidence)
{
    if (!evidence.trainChange)
        return {};
    if (std::abs(*evidence.trainChange) < kNothing)
        return VerdictText::tr("Training loss stayed where it was meanwhile.");
    return *evidence.trainChange < 0
        ? VerdictText::tr("Training loss fell %1 meanwhile.").arg(percent(*evidence.trainChange))
        : VerdictText::tr("Training loss rose %1 meanwhile.").arg(percent(*evidence.trainChange));
}

} // namespace

QString verdictLabel(const SentinelVerdict& verdict)
{
    if (verdict.evidence.divergence || verdict.evidence.nonFiniteStep)
        return VerdictText::tr("Diverging");
    switch (verdict.state) {
    case SentinelState::overfitting: return VerdictText::tr("Overfitting");
    case SentinelState::watch: return VerdictText::tr("Watch");
    case SentinelState::fine: break;
    }
    return VerdictText::tr("Healthy");
}

QString verdictHeading(const SentinelVerdict& verdict)
{
    const SentinelEvidence& evidence = verdict.evidence;
    if (evidence.nonFiniteStep)
        return VerdictText::tr("Diverging: the loss of step %1 is not a finite number.").arg(*evidence.nonFiniteStep);
    if (evidence.divergence)
        return VerdictText::tr("Diverging: both losses rise, so this is not overfitting.");
    switch (verdict.state) {
    case SentinelState::overfitting:
        return VerdictText::tr("Overfitting: validation loss has risen since step %1.")
            .arg(verdict.bestStep.value_or(0));
    case SentinelState::watch:
        return VerdictText::tr(
            "Watch: %n evaluation(s) above the best.", nullptr, static_cast<int>(evidence.evaluationsAbove));
    case SentinelState::fine: break;
    }
    if (evidence.evaluations == 0)
        return VerdictText::tr("Healthy: no evaluation yet.");
    return evidence.evaluationsAbove == 0 ? VerdictText::tr("Healthy: validation loss is at its lowest.")
                                          : VerdictText::tr("Healthy: too little above the best to say more.");
}

QString verdictEvidence(const SentinelVerdict& verdict)
{
    const SentinelEvidence& evidence = verdict.evidence;
    QStringList facts;
    if (verdict.bestLoss && evidence.lastLoss && evidence.rise && evidence.evaluationsAbove > 0) {
        QString rise = VerdictText::tr(
            "From %1 to %2 (+%3) over %n evaluation(s)", nullptr, static_cast<int>(evidence.evaluationsAbove))
                           .arg(lossText(*verdict.bestLoss), lossText(*evidence.lastLoss), percent(*evidence.rise));
        if (evidence.evalNoise && *evidence.evalNoise > 0)
            rise += VerdictText::tr(", %1 times their noise")
                        .arg((*evidence.lastLoss - *verdict.bestLoss) / *evidence.evalNoise, 0, 'f', 1);
        facts << rise + QLatin1Char('.');
        if (const QString training = trainingMeanwhile(evidence); !training.isEmpty())
            facts << training;
    } else if (verdict.bestLoss && verdict.bestStep) {
        facts << VerdictText::tr(
            "Lowest %1 at step %2, after %n evaluation(s).", nullptr, static_cast<int>(evidence.evaluations))
                     .arg(lossText(*verdict.bestLoss))
                     .arg(*verdict.bestStep);
    }
    if (evidence.restartStep)
        facts << VerdictText::tr("The learning rate was raised again at step %1.").arg(*evidence.restartStep);
    if (verdict.state == SentinelState::overfitting && verdict.bestStep)
        facts << VerdictText::tr("The adapter of step %1 is safe in best/.").arg(*verdict.bestStep);
    if (evidence.divergence)
        facts << VerdictText::tr("Half the learning rate, or a longer warm-up, usually helps.");
    return facts.join(QLatin1Char(' '));
}

} // namespace falconer::ui
