// SPDX-License-Identifier: Apache-2.0
#include "app/falconer/drive.h"
#include "app/falconer/options.h"
#include "app/falconer/verb.h"
#include "core/base/files.h"
#include "core/train/session.h"

namespace falconer::cli {
namespace {

class ResumeVerb : public Verb {
public:
    ResumeVerb()
        : Verb("resume", "go on with a run from its newest checkpoint", "falconer resume runs/cynic-20260102-030405")
    {
    }

    void declare(CLI::App& arguments) override
    {
        addOption(arguments, "DIR", m_folder, "The run's folder")->required()->type_name("");
    }

    int run(Console& console) override
    {
        const auto session = resumeSession(expandPath(m_folder));
        return drive(*session, console);
    }

private:
    std::string m_folder;
};

} // namespace

std::unique_ptr<Verb> makeResumeVerb() { return std::make_unique<ResumeVerb>(); }

} // namespace falconer::cli
