// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/fault_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace falconer::ui {
namespace {

struct FaultText {
    Q_DECLARE_TR_FUNCTIONS(FaultText)
};

} // namespace

QString heading(ErrorCode code)
{
    switch (code) {
    case ErrorCode::fileMissing: return FaultText::tr("A file is missing");
    case ErrorCode::fileUnreadable: return FaultText::tr("A file cannot be read");
    case ErrorCode::fileUnwritable: return FaultText::tr("A file cannot be written");
    case ErrorCode::diskFull: return FaultText::tr("The disk is full");
    case ErrorCode::fileTruncated: return FaultText::tr("A file is cut off");
    case ErrorCode::fileMalformed: return FaultText::tr("A file is damaged");
    case ErrorCode::modelUnsupported: return FaultText::tr("This model is not supported");
    case ErrorCode::modelIncomplete: return FaultText::tr("The model is incomplete");
    case ErrorCode::adapterMismatch: return FaultText::tr("The adapter belongs to another model");
    case ErrorCode::recipeInvalid: return FaultText::tr("A setting does not fit");
    case ErrorCode::dataInvalid: return FaultText::tr("The data cannot be used as it is");
    case ErrorCode::requestInvalid: return FaultText::tr("This cannot be done now");
    case ErrorCode::deviceUnavailable: return FaultText::tr("The device is not there");
    case ErrorCode::outOfMemory: return FaultText::tr("Memory ran out");
    case ErrorCode::numericFailure: return FaultText::tr("The loss is no longer a number");
    case ErrorCode::cancelled: return FaultText::tr("Stopped on request");
    case ErrorCode::internal: return FaultText::tr("A defect in Falconer");
    }
    return {};
}

QString toQString(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

QString describe(const Fault& fault) { return toQString(falconer::sentence(fault)); }

QString describe(const std::vector<Fault>& faults)
{
    QStringList lines;
    for (const Fault& fault : faults)
        lines << describe(fault);
    return lines.join(QLatin1Char('\n'));
}

} // namespace falconer::ui
