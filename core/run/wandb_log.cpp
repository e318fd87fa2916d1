// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/run/child_program.h"
#include "core/run/wandb_file.h"

#include <fmt/format.h>

#include <system_error>

namespace fs = std::filesystem;

namespace falconer {

namespace {

using Json = nlohmann::ordered_json;
using namespace std::chrono_literals;

constexpr auto kPatience = 5min; ///< for an upload, when the run is over

/// The last line that a program said, for a message.
std::string lastLine(const fs::path& file)
{
    std::error_code ignored;
    std::string text = fs::exists(file, ignored) ? readFile(file) : std::string();
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.pop_back();
    return text.substr(text.find_last_of("\r\n") + 1).substr(0, 200);
}

class WandbLog : public RunLogSink {
public:
    explicit WandbLog(const RunLogInput& input)
        : m_run(input.run)
        , m_say(input.say)
        , m_file(input)
        , m_isOnline(input.recipe.logging.wandb == "online")
    {
        if (m_isOnline)
            startSending();
    }

    void step(const StepMetrics& m) override
    {
        m_file.history(m.step,
            {{"train/loss", wandbJson(m.loss)}, {"train/grad_norm", wandbJson(m.gradNorm)},
                {"train/learning_rate", wandbJson(m.learningRate)}, {"train/epoch", wandbJson(m.epoch)},
                {"train/num_tokens", std::to_string(m.tokens)},
                {"train/tokens_per_second", wandbJson(m.tokensPerSecond)}});
    }

    void eval(const EvalMetrics& m) override
    {
        m_file.history(m.step, {{"eval/loss", wandbJson(m.loss)}, {"eval/perplexity", wandbJson(m.perplexity)}});
    }

    void sample(std::int64_t step, std::size_t index, const std::string& prompt, const std::string& answer) override
    {
        const Json text = prompt + " → " + answer;
        m_file.history(
            step, {{fmt::format("sample_{}", index + 1), text.dump(-1, ' ', false, Json::error_handler_t::replace)}});
    }

    void checkpoint(std::int64_t step, const fs::path& folder) override
    { // As artifacts they are listed at the end: until then the older ones are still removed.
        m_file.summary({{"checkpoint/step", std::to_string(step)},
            {"checkpoint/folder", Json(folder.string()).dump(-1, ' ', false, Json::error_handler_t::replace)}});
    }

    void finish(const RunOutcome& outcome) override
    {
        WandbFile::Values values{{"state", Json(outcome.state).dump()}};
        if (outcome.start)
            values.emplace_back("start/eval_loss", wandbJson(outcome.start->loss));
        if (outcome.best) {
            values.emplace_back("best/eval_loss", wandbJson(outcome.best->loss));
            values.emplace_back("best/step", std::to_string(outcome.best->step));
        }
        m_file.summary(values);
        try {
            listArtifacts(outcome);
        } catch (const Error& error) { // the curves are worth more than the list
            m_say("W&B's log does not list every checkpoint of this run. " + sentence(error.faults().front()), true);
        }
        m_file.exit(outcome.exitCode);
        if (m_isOnline)
            finishSending();
        else
            m_say("send this run to Weights & Biases with: wandb sync " + m_file.folder().string(), false);
    }

private:
    void listArtifacts(const RunOutcome& outcome)
    {
        const std::vector<std::int64_t> steps = m_run.checkpointSteps();
        for (const std::int64_t step : steps) {
            std::vector<std::string> aliases{fmt::format("step-{}", step)};
            if (step == steps.back())
                aliases.emplace_back("latest");
            m_file.artifact("checkpoint", m_run.checkpoint(step), aliases, {{"step", step}});
        }
        std::error_code ignored;
        if (!fs::is_directory(m_run.adapter(), ignored))
            return;
        Json metadata{{"state", outcome.state}};
        if (outcome.best)
            metadata.update({{"step", outcome.best->step}, {"eval_loss", outcome.best->loss}});
        m_file.artifact("adapter", m_run.adapter(), {"latest"}, metadata);
    }

    fs::path said() const { return m_file.folder() / "logs" / "sync.log"; }
    std::string later() const { return "send it later with: wandb sync " + m_file.folder().string(); }

    void startSending()
    {
        m_program = ChildProgram::find("wandb");
        if (!m_program) {
            m_say("logging.wandb is online, but there is no program `wandb` in PATH. This run is logged in "
                    + m_file.folder().string() + ": install it (pip install wandb), then " + later(),
                true);
            return;
        }
        // Versions that cannot send a run while it grows end at once; the end of the run then sends all of it.
        m_live = std::make_unique<ChildProgram>(*m_program,
            std::vector<std::string>{"beta", "sync", "--live", "--yes", "--no-skip-synced", m_file.folder().string()},
            m_run.path() / "logs", said());
    }

    bool isSent() const
    {
        std::error_code ignored;
        return fs::exists(m_file.sentMark(), ignored);
    }

    void finishSending()
    {
        if (!m_program)
            return;
        bool isOver = m_live->wait(kPatience).has_value();
        m_live.reset();
        if (isOver && !isSent()) {
            ChildProgram sync(*m_program, {"sync", m_file.folder().string()}, m_run.path() / "logs", said());
            isOver = sync.wait(kPatience).has_value();
        }
        if (isSent())
            m_say("this run was sent to Weights & Biases", false);
        else if (isOver)
            m_say("the program wandb did not send this run; its last words: " + lastLine(said())
                    + " (all of them: " + said().string() + "). " + later(),
                true);
        else
            m_say("the program wandb did not send this run within five minutes and was ended. " + later(), true);
    }

    const RunFolder m_run;
    const RunLogs::Say m_say;
    WandbFile m_file;
    const bool m_isOnline;
    std::optional<fs::path> m_program;
    std::unique_ptr<ChildProgram> m_live;
};

} // namespace

std::unique_ptr<RunLogSink> makeWandbLog(const RunLogInput& input) { return std::make_unique<WandbLog>(input); }

} // namespace falconer
